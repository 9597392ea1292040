//! The history of divisions in the bundled catalogue, asked over GraphQL. The facts are public: acts of the State
//! Council and the code lists of the Ministry of Civil Affairs.

use entity::Database;
use serde_json::{Value, json};
use support::{Engine, Server, catalogue, on_both, test_clock};

/// A region, its ancestors on a day, and all that its history holds.
const QUERY: &str = "query($code: String!, $on: Date!) { region(code: $code) { \
    code validUntil ancestors(on: $on) { code name } successors { code } \
    names { name level parentCode validFrom validUntil fromPrecision untilPrecision } \
    changes { kind word happenedOn oldCode newCode documentNumber } } }";

/// A server with connections of its own: those of another test end with its runtime.
async fn serve(engine: Engine) -> Server {
    match Database::connect(catalogue(engine).await.url()).await {
        Ok(db) => Server::start(db, test_clock()),
        Err(error) => panic!("{error}"),
    }
}

async fn region(server: &Server, code: &str, on: &str) -> Value {
    server.data(QUERY, json!({ "code": code, "on": on })).await["region"].take()
}

fn words(list: &Value, field: &str) -> Vec<String> {
    let items = list.as_array().into_iter().flatten();
    items
        .map(|item| item[field].as_str().unwrap_or_default().to_owned())
        .collect()
}

/// The name on a day, as a client finds it among the periods: dates of ISO 8601 compare as texts.
fn name_on(region: &Value, on: &str) -> Option<String> {
    let periods = region["names"].as_array()?;
    let period = periods.iter().find(|period| {
        period["validFrom"].as_str().is_none_or(|from| from <= on)
            && period["validUntil"].as_str().is_none_or(|until| on < until)
    })?;
    period["name"].as_str().map(str::to_owned)
}

on_both! {
    async fn names_and_ancestors_on_a_day(engine) {
        let server = serve(engine).await;
        let table: [(&str, &str, Option<&str>, &[&str]); 28] = [
            // 重庆 became a municipality in 1997 and took its districts out of 四川.
            ("500000", "1996-12-31", None, &[]),
            ("500000", "1997-06-18", Some("重庆市"), &[]),
            ("500103", "1997-06-18", Some("渝中区"), &["500000"]),
            // 海南 became a province in 1988.
            ("460000", "1987-12-31", None, &[]),
            ("460000", "1988-04-26", Some("海南省"), &[]),
            ("460100", "1990-01-01", Some("海口市"), &["460000"]),
            // 襄樊 was renamed 襄阳 in December 2010.
            ("420600", "2009-01-01", Some("襄樊市"), &["420000"]),
            ("420600", "2011-01-01", Some("襄阳市"), &["420000"]),
            // 莱芜 went into 济南 on 26 December 2018.
            ("371202", "2018-06-01", Some("莱城区"), &["371200", "370000"]),
            ("371202", "2019-01-09", None, &[]),
            ("370116", "2019-01-09", Some("莱芜区"), &["370100", "370000"]),
            // 巢湖: a prefecture-level city until 2011, then a county-level city of 合肥.
            ("341400", "2010-01-01", Some("巢湖市"), &["340000"]),
            ("341402", "2010-01-01", Some("居巢区"), &["341400", "340000"]),
            ("340181", "2012-01-01", Some("巢湖市"), &["340100", "340000"]),
            // 张家港 was 沙洲县, then a city directly under 江苏, and has lain in 苏州 since; its bonded zone lies in it.
            ("320521", "1985-01-01", Some("沙洲县"), &["320500", "320000"]),
            ("329004", "1990-01-01", Some("张家港市"), &["320000"]),
            ("320582", "1990-01-01", None, &[]),
            ("320582", "2022-03-17", Some("张家港市"), &["320500", "320000"]),
            ("320582.01", "2022-03-17", Some("张家港保税区"), &["320582", "320500", "320000"]),
            // The code 320800 belonged to 淮阴 and has belonged to 淮安 since 2001.
            ("320800", "1999-01-01", Some("淮阴市"), &["320000"]),
            ("320800", "2001-01-01", Some("淮安市"), &["320000"]),
            // Counties directly under a province.
            ("429004", "2015-06-01", Some("仙桃市"), &["420000"]),
            ("419001", "2010-01-01", Some("济源市"), &["410000"]),
            // 邢台's 桥东区 was renamed 襄都区 in 2020.
            ("130502", "2019-01-01", Some("桥东区"), &["130500", "130000"]),
            ("130502", "2021-01-01", Some("襄都区"), &["130500", "130000"]),
            // 旅大 was renamed 大连 in 1981; 临平 was cut out of 余杭 in 2021.
            ("210200", "1980-12-31", Some("旅大市"), &["210000"]),
            ("210200", "1982-01-01", Some("大连市"), &["210000"]),
            ("330113", "2022-01-01", Some("临平区"), &["330100", "330000"]),
        ];
        for (code, on, name, above) in table {
            let found = region(&server, code, on).await;
            assert_eq!(name_on(&found, on).as_deref(), name, "{code} on {on}");
            assert_eq!(words(&found["ancestors"], "code"), above, "above {code} on {on}");
        }
    }

    async fn ancestors_carry_the_names_of_their_day(engine) {
        let server = serve(engine).await;
        let table: [(&str, &str, &[&str]); 4] = [
            ("320582.01", "2022-03-17", &["张家港市", "苏州市", "江苏省"]),
            ("371202", "2018-06-01", &["莱芜市", "山东省"]),
            ("420602", "2009-01-01", &["襄樊市", "湖北省"]),
            ("420602", "2012-01-01", &["襄阳市", "湖北省"]),
        ];
        for (code, on, names) in table {
            let found = region(&server, code, on).await;
            assert_eq!(words(&found["ancestors"], "name"), names, "above {code} on {on}");
        }
    }

    async fn abolished_codes_name_their_successors(engine) {
        let server = serve(engine).await;
        let table: [(&str, &[&str]); 14] = [
            ("110103", &["110101"]),
            ("110104", &["110102"]),
            ("110221", &["110114"]),
            ("310102", &["310101"]),
            ("320521", &["329004"]),
            ("329004", &["320582"]),
            ("341400", &["340100", "340200", "340500"]),
            ("341402", &["340181"]),
            ("371200", &["370100"]),
            ("371202", &["370116"]),
            ("410381", &["410307"]),
            ("330103", &["330105"]),
            ("510902", &["510903", "510904"]),
            ("130103", &["130102", "130104"]),
        ];
        for (code, successors) in table {
            let found = region(&server, code, "2026-09-01").await;
            assert!(found["validUntil"].is_string(), "{code} is abolished");
            assert_eq!(name_on(&found, "2026-09-01"), None, "{code}");
            let mut codes = words(&found["successors"], "code");
            codes.sort();
            assert_eq!(codes, successors, "{code}");
        }
        for code in ["320582", "110101", "340100"] {
            let found = region(&server, code, "2026-09-01").await;
            assert!(found["validUntil"].is_null() && words(&found["successors"], "code").is_empty(), "{code}");
        }
    }

    async fn a_day_is_as_good_as_its_act(engine) {
        let server = serve(engine).await;
        let table = [
            ("110103", "2010-06-28", "DAY"),
            ("371200", "2018-12-26", "DAY"),
            ("532331", "2021-02-02", "DAY"),
            ("110221", "1999-12-31", "YEAR"),
        ];
        for (code, until, precision) in table {
            let found = region(&server, code, "2026-09-01").await;
            let last = found["names"].as_array().and_then(|names| names.last()).cloned().unwrap_or_default();
            assert_eq!((&last["validUntil"], &last["untilPrecision"]), (&json!(until), &json!(precision)), "{code}");
        }
    }

    async fn changes_say_what_happened(engine) {
        let server = serve(engine).await;
        let table = [
            ("110103", "MERGED"),
            ("341400", "SPLIT"),
            ("420600", "RENAMED"),
            ("110221", "CONVERTED"),
            ("329004", "RECODED"),
        ];
        for (code, kind) in table {
            let found = region(&server, code, "2026-09-01").await;
            assert!(words(&found["changes"], "kind").iter().any(|word| word == kind), "{code}: {found:#}");
        }
        let laiwu = region(&server, "371200", "2026-09-01").await;
        assert!(words(&laiwu["changes"], "documentNumber").iter().any(|number| number == "国函〔2018〕163号"));
        assert!(words(&laiwu["changes"], "happenedOn").iter().any(|day| day == "2018-12-26"));
    }
}
