//! Who and what a record is about: enterprises known by code or by name, records that move or are deleted, and any
//! order of files that gives the same rows.

use entity::value::Gtin;
use serde_json::{Value, json};
use support::{Engine, TestDatabase, on_both};

use super::record::{
    CATALOGUE, IN_FORCE, NAME, OTHER_NAME, PLATFORM, REGISTER, Record, STANDARDS, accepted, ask, assert_same,
    credit_code, golden, items, lines, register, taken, word,
};

/// A file on its way to the hub.
pub(super) struct Delivery {
    pub(super) adapter: &'static str,
    pub(super) ending: &'static str,
    pub(super) text: String,
    pub(super) as_of: &'static str,
}

pub(super) fn declared(records: &[Record], as_of: &'static str) -> Delivery {
    Delivery {
        adapter: PLATFORM,
        ending: "ndjson",
        text: lines(records).join("\n") + "\n",
        as_of,
    }
}

pub(super) fn registered(rows: &[(&str, &str)], as_of: &'static str) -> Delivery {
    Delivery {
        adapter: REGISTER,
        ending: "csv",
        text: register(rows),
        as_of,
    }
}

pub(super) fn catalogued(as_of: &'static str) -> Delivery {
    Delivery {
        adapter: CATALOGUE,
        ending: "csv",
        text: STANDARDS.to_owned(),
        as_of,
    }
}

/// A database into which the deliveries came in this order.
pub(super) async fn after(engine: Engine, deliveries: &[&Delivery]) -> TestDatabase {
    let database = TestDatabase::new(engine).await;
    for delivery in deliveries {
        accepted(
            &database,
            delivery.adapter,
            delivery.ending,
            &delivery.text,
            delivery.as_of,
        );
    }
    database
}

/// What the hub shows behind the deliveries, which is the same in whatever order they come.
pub(super) async fn in_every_order(engine: Engine, deliveries: &[Delivery]) -> Value {
    let mut first: Option<Value> = None;
    for order in orders(deliveries.len()) {
        let ordered: Vec<&Delivery> = order.iter().map(|place| &deliveries[*place]).collect();
        let shown = golden(&after(engine, &ordered).await).await;
        match &first {
            Some(first) => assert_same(&shown, first, &format!("in the order {order:?}")),
            None => first = Some(shown),
        }
    }
    first.unwrap_or_default()
}

/// Every order of so many things; the first is the plain one.
pub(super) fn orders(count: usize) -> Vec<Vec<usize>> {
    let mut orders: Vec<Vec<usize>> = vec![Vec::new()];
    for place in 0..count {
        let mut longer = Vec::new();
        for order in &orders {
            for at in (0..=order.len()).rev() {
                let mut one = order.clone();
                one.insert(at, place);
                longer.push(one);
            }
        }
        orders = longer;
    }
    orders
}

/// The one row of a list with a value.
pub(super) fn row<'a>(shown: &'a Value, list: &str, field: &str, value: &str) -> &'a Value {
    let mut rows = items(&shown[list]["nodes"]).filter(|row| row[field] == value);
    match (rows.next(), rows.next()) {
        (Some(row), None) => row,
        (None, _) => panic!("no {field} {value} among the {list}: {shown:#}"),
        (Some(_), Some(_)) => panic!("{field} {value} twice among the {list}: {shown:#}"),
    }
}

/// The texts of a list, in the order of the alphabet.
pub(super) fn sorted(list: &Value) -> Vec<&str> {
    let mut words: Vec<&str> = items(list).map(word).collect();
    words.sort_unstable();
    words
}

/// The values of a field in the rows of a connection, in the order of the alphabet.
pub(super) fn column<'a>(connection: &'a Value, field: &str) -> Vec<&'a str> {
    let mut words: Vec<&str> = items(&connection["nodes"])
        .map(|node| word(&node[field]))
        .collect();
    words.sort_unstable();
    words
}

/// The versions of a declaration: kind, first day, end.
pub(super) fn versions(declaration: &Value) -> Vec<(&str, &str, Option<&str>)> {
    items(&declaration["versions"])
        .map(|version| {
            (
                word(&version["changeKind"]),
                word(&version["validFrom"]),
                version["validUntil"].as_str(),
            )
        })
        .collect()
}

/// A code whose last character is wrong.
fn failing(code: &str) -> String {
    let (body, check) = code.split_at(code.len() - 1);
    format!("{body}{}", if check == "0" { '1' } else { '0' })
}

on_both! {
    async fn a_standard_that_comes_later_is_linked(engine) {
        let records = [
            Record::new("waits", 1).of_standard("gb/t 900002—2020", "国家标准"),
            Record::new("own", 2),
            Record::new("unknown", 3).of_standard("GB/T 900009-2020", "国家标准"),
        ];
        let deliveries = [declared(&records, "2026-03-01"), catalogued("2026-07-11")];
        let waiting = golden(&after(engine, &[&deliveries[0]]).await).await;
        let waits = row(&waiting, "declarations", "recordId", "waits");
        assert_eq!((&waits["standard"], word(&waits["standardNumber"])), (&json!(null), IN_FORCE), "{waits:#}");
        // An enterprise standard is known by its declaration.
        let own = row(&waiting, "declarations", "recordId", "own");
        assert_eq!(own["standard"]["number"], "Q/320582TSA 002-2023", "{own:#}");

        let linked = in_every_order(engine, &deliveries).await;
        let waits = row(&linked, "declarations", "recordId", "waits");
        assert_eq!(waits["standard"], json!({ "number": IN_FORCE, "name": "编造标准乙", "status": "IN_FORCE" }));
        assert_eq!(row(&linked, "standards", "number", IN_FORCE)["declarations"]["totalCount"], 1);
        assert_eq!(row(&linked, "declarations", "recordId", "unknown")["standard"], json!(null));
    }

    async fn an_enterprise_known_by_name_turns_out_to_be_the_one_with_the_code(engine) {
        let code = credit_code(1);
        let spelled = format!(" {} ", NAME.replace('（', "(").replace('）', ") "));
        let deliveries = [
            declared(&[Record::new("by-name", 1).by("", &spelled)], "2026-03-01"),
            declared(&[Record::new("by-code", 2).by(&code, "")], "2026-03-02"),
            registered(&[(&code, NAME)], "2026-03-03"),
        ];
        let apart = golden(&after(engine, &[&deliveries[0], &deliveries[1]]).await).await;
        assert_eq!(apart["enterprises"]["totalCount"], 2, "{apart:#}");
        let by_name = row(&apart, "enterprises", "name", NAME);
        assert_eq!((&by_name["creditCode"], sorted(&by_name["flags"])), (&json!(null), vec!["NO_CREDIT_CODE"]));

        let one = in_every_order(engine, &deliveries).await;
        assert_eq!(one["enterprises"]["totalCount"], 1, "{one:#}");
        let enterprise = row(&one, "enterprises", "creditCode", &code);
        assert_eq!((word(&enterprise["name"]), word(&enterprise["status"])), (NAME, "IN_OPERATION"));
        assert_eq!(column(&enterprise["declarations"], "recordId"), ["by-code", "by-name"]);
        assert_eq!((&enterprise["declarations"]["totalCount"], &enterprise["products"]["totalCount"]), (&json!(2), &json!(2)));
        for record in ["by-code", "by-name"] {
            let declaration = row(&one, "declarations", "recordId", record);
            assert_eq!(declaration["enterprise"]["creditCode"], code, "{declaration:#}");
        }
    }

    async fn a_name_of_two_codes_stays_alone(engine) {
        let (first, second) = (credit_code(1), credit_code(2));
        let deliveries = [
            declared(&[Record::new("by-name", 1).by("", NAME)], "2026-03-01"),
            registered(&[(&first, NAME)], "2026-03-02"),
            registered(&[(&second, NAME)], "2026-03-03"),
        ];
        let shown = in_every_order(engine, &deliveries).await;
        assert_eq!(shown["enterprises"]["totalCount"], 3, "{shown:#}");
        let declaration = row(&shown, "declarations", "recordId", "by-name");
        assert_eq!(declaration["enterprise"], json!({ "creditCode": null, "name": NAME }));
        let mut flags = Vec::new();
        for enterprise in items(&shown["enterprises"]["nodes"]) {
            flags.push((sorted(&enterprise["flags"]), &enterprise["declarations"]["totalCount"]));
        }
        flags.sort_by_key(|(flags, _)| flags.clone());
        let fictitious = (vec!["FICTITIOUS"], &json!(0));
        let alone = (vec!["NAME_AMBIGUOUS", "NO_CREDIT_CODE"], &json!(1));
        assert_eq!(flags, [fictitious.clone(), fictitious, alone]);
    }

    async fn two_codes_of_one_name_make_no_third_enterprise(engine) {
        let (first, second) = (credit_code(1), credit_code(2));
        let deliveries = [registered(&[(&first, NAME), (&second, NAME)], "2026-03-02")];
        let shown = in_every_order(engine, &deliveries).await;
        assert_eq!(column(&shown["enterprises"], "creditCode"), [first.as_str(), second.as_str()], "{shown:#}");
    }

    async fn credit_codes_in_every_state(engine) {
        let (code, wrong) = (credit_code(1), failing(&credit_code(3)));
        let masked = "9132058****1234567";
        let database = TestDatabase::new(engine).await;
        taken(&database, &lines(&[
            Record::new("upper", 1),
            Record::new("lower", 2).with("credit_code", code.to_lowercase()),
            Record::new("labelled", 3).with("credit_code", format!("统一社会信用代码：{code}")),
            Record::new("wrong", 4).by(&wrong, OTHER_NAME),
            Record::new("masked", 5).by(masked, "苏州戊己轴承有限公司"),
            // The name is known with a code.
            Record::new("masked-known", 6).by(masked, NAME),
        ]), "2026-03-01");
        let shown = golden(&database).await;
        assert_eq!(shown["enterprises"]["totalCount"], 3, "{shown:#}");
        let cases: [(&str, &str, &[&str], &[&str]); 3] = [
            (NAME, &code, &["FICTITIOUS"], &["labelled", "lower", "masked-known", "upper"]),
            (OTHER_NAME, &wrong, &["CREDIT_CODE_CHECK_FAILED", "FICTITIOUS"], &["wrong"]),
            ("苏州戊己轴承有限公司", "", &["CREDIT_CODE_UNREADABLE", "NO_CREDIT_CODE"], &["masked"]),
        ];
        for (name, code, flags, records) in cases {
            let enterprise = row(&shown, "enterprises", "name", name);
            assert_eq!(word(&enterprise["creditCode"]), code, "{enterprise:#}");
            assert_eq!(sorted(&enterprise["flags"]), flags, "{enterprise:#}");
            assert_eq!(column(&enterprise["declarations"], "recordId"), records, "{enterprise:#}");
        }
        let query = "query($code: String!) { enterprise(creditCode: $code) { name } \
            declarations(filter: { creditCode: $code }) { totalCount } \
            enterprises(filter: { flag: CREDIT_CODE_CHECK_FAILED }) { nodes { creditCode } } }";
        let asked = ask(&database, query, json!({ "code": code.to_lowercase() })).await;
        assert_eq!((word(&asked["enterprise"]["name"]), &asked["declarations"]["totalCount"]), (NAME, &json!(4)));
        assert_eq!(column(&asked["enterprises"], "creditCode"), [wrong.as_str()]);
    }

    async fn barcodes_that_fail_their_check_are_flagged(engine) {
        let right = Gtin::with_check_digit("952000001001").unwrap();
        let wrong = failing(right.as_str());
        let wide: String = right
            .as_str()
            .chars()
            .filter_map(|digit| char::from_u32(u32::from(digit) + 0xFEE0))
            .collect();
        let products = json!([
            { "name": "泵", "model": "right", "gtin": right.as_str() },
            { "name": "泵", "model": "wide", "gtin": wide },
            { "name": "泵", "model": "wrong", "gtin": wrong },
            { "name": "泵", "model": "short", "gtin": "12345" },
            { "name": "泵", "model": "dash", "gtin": "——" },
            { "name": "泵", "model": "none" },
        ]);
        let database = TestDatabase::new(engine).await;
        taken(&database, &lines(&[Record::new("coded", 1).with("products", products)]), "2026-03-01");
        let shown = golden(&database).await;
        assert_eq!(shown["products"]["totalCount"], 6, "{shown:#}");
        let cases: [(&str, Option<&str>, &[&str]); 6] = [
            ("right", Some(right.as_str()), &[]),
            ("wide", Some(right.as_str()), &[]),
            ("wrong", Some(&wrong), &["BARCODE_CHECK_FAILED"]),
            ("short", Some("12345"), &["BARCODE_UNREADABLE"]),
            ("dash", None, &[]),
            ("none", None, &[]),
        ];
        for (model, gtin, flags) in cases {
            let product = row(&shown, "products", "model", model);
            assert_eq!(product["gtin"].as_str(), gtin, "{product:#}");
            assert_eq!(sorted(&product["flags"]), flags, "{product:#}");
        }
        let query = "{ products(filter: { flag: BARCODE_CHECK_FAILED }) { nodes { model } } }";
        let flagged = ask(&database, query, json!({})).await;
        assert_eq!(column(&flagged["products"], "model"), ["wrong"]);
    }
}
