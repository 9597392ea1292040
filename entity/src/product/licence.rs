//! Whether the licences of an enterprise cover what it makes: which kinds of products need a production licence or compulsory
//! certification, and which licences are of a kind. Pure.

use chrono::NaiveDate;

use super::check_item::{CheckItem, FOOD_RELATED};
use super::finding::{ProductFinding, ProductRule};
use super::model::Model;
use crate::credit::licence::Model as Licence;
use crate::declaration::Severity;

/// The kinds of products that may be made under a production licence only (工业产品生产许可证管理目录, 国发〔2019〕19号), each with the words
/// that tell it; where one is a part of another, the narrower stands first.
const KINDS: [(&str, &[&str]); 10] = [
    ("建筑用钢筋", &["带肋钢筋", "光圆钢筋", "建筑用钢筋"]),
    ("水泥", &["硅酸盐水泥", "通用水泥", "砌筑水泥"]),
    ("广播电视传输设备", &["广播电视发射机", "卫星广播电视地面接收机"]),
    ("人民币鉴别仪", &["人民币鉴别", "点钞机", "验钞机"]),
    ("预应力混凝土铁路桥简支梁", &["铁路桥简支梁"]),
    (
        "电线电缆",
        &["电线电缆", "电力电缆", "控制电缆", "架空绞线", "布电线"],
    ),
    (
        "危险化学品包装物、容器",
        &["危险化学品包装", "危化品包装", "危险化学品容器"],
    ),
    (
        "危险化学品",
        &[
            "危险化学品",
            "工业用甲醇",
            "工业硫酸",
            "工业硝酸",
            "工业盐酸",
            "液氯",
            "溶解乙炔",
        ],
    ),
    ("化肥", &["复合肥", "复混肥", "磷肥", "掺混肥"]),
    ("直接接触食品的材料等相关产品", FOOD_RELATED),
];

/// Words of what is made for making or using others, although a word above stands beside them. A category is wider than what stands
/// in it, so that there they only say that the category tells nothing.
const EXCEPTIONS: [&str; 10] = [
    "机械",
    "设备",
    "机组",
    "生产线",
    "装置",
    "套筒",
    "夹具",
    "附件",
    "桥架",
    "导管",
];

/// Kinds that are looked at first (R65): hazardous chemicals and their packages.
const FIRST: [&str; 2] = ["危险化学品", "危险化学品包装物、容器"];

/// What a certificate is about: one of these words in its name, its number or the document.
const PRODUCTION: [&str; 2] = ["工业产品生产许可", "XK"];
const CERTIFICATION: [&str; 2] = ["强制性产品认证", "CCC"];

/// The findings of a product by the licences of its enterprise that were known to be decided by a day. Where the hub holds no licence of
/// the enterprise, it knows nothing of them, and there is none.
pub(super) fn findings(product: &Model, licences: &[Licence], on: NaiveDate) -> Vec<ProductFinding> {
    let decided: Vec<&Licence> = licences
        .iter()
        .filter(|licence| licence.decided_on <= on)
        .collect();
    let licence = kind_of(product).filter(|_| !decided.is_empty()).and_then(|kind| {
        let is_of_kind = |licence: &&Licence| is_about(licence, &PRODUCTION) && covers(licence, kind);
        let of_kind: Vec<&Licence> = decided.iter().copied().filter(is_of_kind).collect();
        missing(ProductRule::ProductionLicenceMissing, kind, &of_kind, on)
    });
    let certified = CheckItem::CompulsoryCertification
        .word_in(product)
        .and_then(|kind| {
            let certificates: Vec<&Licence> = decided
                .iter()
                .copied()
                .filter(|licence| is_about(licence, &CERTIFICATION))
                .collect();
            // A certification is no licence: that the hub holds none says nothing.
            let known = (!certificates.is_empty()).then_some(certificates)?;
            missing(ProductRule::CertificationNotValid, kind, &known, on)
        });
    licence.into_iter().chain(certified).collect()
}

/// The kind of a product that needs a production licence.
fn kind_of(product: &Model) -> Option<&'static str> {
    let excepted = |text: &str| EXCEPTIONS.iter().any(|word| text.contains(word));
    let generic = product.generic_name.as_deref();
    if excepted(&product.name) || generic.is_some_and(excepted) {
        return None;
    }
    let told: Vec<&str> = product.words().filter(|text| !excepted(text)).collect();
    let tells = |words: &[&str]| {
        told.iter()
            .any(|text| words.iter().any(|word| text.contains(word)))
    };
    KINDS
        .iter()
        .find(|(_, words)| tells(words))
        .map(|(kind, _)| *kind)
}

fn texts(licence: &Licence) -> impl Iterator<Item = &str> {
    let named = [
        &licence.certificate_name,
        &licence.certificate_number,
        &licence.document_name,
        &licence.content,
    ];
    named.into_iter().filter_map(|text| text.as_deref())
}

fn is_about(licence: &Licence, words: &[&str]) -> bool {
    texts(licence).any(|text| {
        let folded = crate::search::fold(text);
        words.iter().any(|word| folded.contains(word))
    })
}

/// Whether a licence is for a kind: it names the kind, or it names none, so that it may be for any.
fn covers(licence: &Licence, kind: &str) -> bool {
    let named: Vec<&str> = texts(licence).flat_map(named_in).collect();
    named.is_empty() || named.contains(&kind)
}

/// The kinds that a text names. What names a narrower one is taken out before a wider one is looked for.
fn named_in(text: &str) -> Vec<&'static str> {
    let mut left = text.to_owned();
    let mut named = Vec::new();
    for (kind, words) in &KINDS {
        for word in [*kind].iter().chain(*words) {
            if left.contains(word) {
                left = left.replace(word, " ");
                named.push(*kind);
            }
        }
    }
    named
}

/// That none of the papers is valid on the day, with the last of them.
fn missing(
    rule: ProductRule,
    kind: &'static str,
    papers: &[&Licence],
    on: NaiveDate,
) -> Option<ProductFinding> {
    if papers.iter().any(|licence| licence.is_valid_on(on)) {
        return None;
    }
    let mut values = vec![("kind", kind.to_owned()), ("day", on.to_string())];
    let last = papers
        .iter()
        .max_by_key(|licence| (licence.valid_until, licence.decided_on, &licence.key));
    if let Some(last) = last {
        let number = last.certificate_number.as_ref().unwrap_or(&last.document_number);
        values.push(("number", number.clone()));
        values.extend(last.valid_until.map(|day| ("validUntil", day.to_string())));
        values.extend(last.status.clone().map(|status| ("status", status)));
    }
    // Where the papers that are known are others, the one that is needed may be held elsewhere.
    let severity = match last {
        None => Severity::Info,
        Some(_) if FIRST.contains(&kind) => Severity::Serious,
        Some(_) => Severity::Warning,
    };
    Some(ProductFinding {
        rule,
        severity,
        values,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::credit::{LicenceStatus, SubjectKind};
    use crate::db::list::TextList;

    fn product(name: &str) -> Model {
        Model {
            key: "x/y".to_owned(),
            owner_key: "x".to_owned(),
            name: name.to_owned(),
            generic_name: None,
            brand: None,
            spec: None,
            model: None,
            gtin: None,
            gtin_key: None,
            category: None,
            flags: TextList::default(),
            audience: "PUBLIC".to_owned(),
            region: "320582".to_owned(),
        }
    }

    /// A licence of 2021 until a day.
    fn licence(certificate: &str, content: &str, until: &str, status: LicenceStatus) -> Licence {
        let decided: NaiveDate = "2021-03-01".parse().unwrap();
        Licence {
            key: format!("{certificate}/{content}/{until}"),
            owner_key: "x".to_owned(),
            owner: "x".to_owned(),
            subject_name: "编造有限公司".to_owned(),
            subject_kind: SubjectKind::Organization.as_str().to_owned(),
            document_number: "编造许可〔2021〕1号".to_owned(),
            document_key: String::new(),
            document_name: None,
            kind: None,
            certificate_name: Some(certificate.to_owned()),
            certificate_number: None,
            content: Some(content.to_owned()),
            decided_on: decided,
            valid_from: None,
            valid_until: Some(until.parse().unwrap()),
            organ: None,
            organ_code: None,
            status: Some(status.as_str().to_owned()),
            status_word: None,
            remark: None,
            received_on: decided,
            flags: TextList::default(),
            public_from: None,
            public_until: None,
            audience: "PUBLIC".to_owned(),
            region: String::new(),
        }
    }

    const PAPER: &str = "全国工业产品生产许可证";

    /// The rule and severity of what is found on a day.
    fn found(name: &str, licences: &[Licence], on: &str) -> Vec<(ProductRule, Severity)> {
        findings(&product(name), licences, on.parse().unwrap())
            .into_iter()
            .map(|finding| (finding.rule, finding.severity))
            .collect()
    }

    #[test]
    fn r65_a_product_under_licence_needs_one_that_is_valid_on_the_day() {
        use LicenceStatus::{Cancelled, Valid};
        use ProductRule::ProductionLicenceMissing as Missing;
        let valid = [licence(PAPER, "水泥", "2026-02-28", Valid)];
        assert!(found("通用水泥 P·O 42.5", &valid, "2026-02-28").is_empty());
        let warned = [(Missing, Severity::Warning)];
        assert_eq!(
            found("通用水泥 P·O 42.5", &valid, "2026-03-01"),
            warned,
            "the day after its last"
        );
        let cancelled = [licence(PAPER, "水泥", "2026-02-28", Cancelled)];
        assert_eq!(found("通用水泥 P·O 42.5", &cancelled, "2026-01-01"), warned);
        // One licence of another kind is none of this kind, and one that names no kind may be for any.
        assert_eq!(
            found("交联电力电缆", &valid, "2026-01-01").first(),
            Some(&(Missing, Severity::Info))
        );
        let any = [licence(PAPER, "生产许可", "2026-02-28", Valid)];
        assert!(found("交联电力电缆", &any, "2026-01-01").is_empty());
        // A licence to trade is none to produce.
        let trade = [licence("食品经营许可证", "预包装食品销售", "2026-02-28", Valid)];
        assert_eq!(
            found("通用水泥", &trade, "2026-01-01"),
            [(Missing, Severity::Info)]
        );
        // Hazardous chemicals come first.
        assert_eq!(
            found(
                "工业硫酸",
                &[licence(PAPER, "危险化学品", "2024-02-28", Valid)],
                "2026-01-01"
            ),
            [(Missing, Severity::Serious)]
        );
        for (name, licences, on) in [
            ("通用水泥", &[][..], "2026-01-01"),
            ("离心泵", &trade[..], "2026-01-01"),
            ("水泥机械", &trade[..], "2026-01-01"),
            // Nothing was known of its enterprise then.
            ("通用水泥", &trade[..], "2021-02-28"),
        ] {
            assert!(found(name, licences, on).is_empty(), "{name}");
        }
    }

    #[test]
    fn r65_a_licence_for_packages_is_none_for_what_is_packed() {
        let valid = |content| licence(PAPER, content, "2030-02-28", LicenceStatus::Valid);
        let missing = [(ProductRule::ProductionLicenceMissing, Severity::Info)];
        for content in ["危险化学品包装物、容器", "危险化学品包装物", "危险化学品容器"]
        {
            let packages = [valid(content)];
            assert_eq!(found("工业硫酸", &packages, "2026-01-01"), missing, "{content}");
            assert!(
                found("危险化学品包装桶", &packages, "2026-01-01").is_empty(),
                "{content}"
            );
        }
        for both in [
            "危险化学品包装物、容器；危险化学品（硫酸）",
            "危险化学品、危险化学品包装物",
        ] {
            assert!(
                found("工业硫酸", &[valid(both)], "2026-01-01").is_empty(),
                "{both}"
            );
        }
    }

    #[test]
    fn r65_the_category_excepts_nothing() {
        let known = [licence(PAPER, "水泥", "2030-02-28", LicenceStatus::Valid)];
        let day = "2026-01-01".parse().unwrap();
        for (name, category, is_judged) in [
            ("广播电视发射机", "广播电视传输设备", true),
            ("点钞机", "货币专用设备", true),
            ("电力电缆", "电工机械", true),
            ("水泥机械", "硅酸盐水泥", false),
            ("挤出机", "电线电缆机械", false),
        ] {
            let product = Model {
                category: Some(category.to_owned()),
                ..product(name)
            };
            assert_eq!(!findings(&product, &known, day).is_empty(), is_judged, "{name}");
        }
    }

    #[test]
    fn r82_a_food_related_product_needs_a_licence() {
        let known = [licence(PAPER, "水泥", "2030-02-28", LicenceStatus::Valid)];
        let missing = [(ProductRule::ProductionLicenceMissing, Severity::Info)];
        assert_eq!(found("食品用塑料包装袋", &known, "2026-01-01"), missing);
        let own = [licence(
            PAPER,
            "直接接触食品的材料等相关产品",
            "2030-02-28",
            LicenceStatus::Valid,
        )];
        assert!(found("食品用塑料包装袋", &own, "2026-01-01").is_empty());
    }

    #[test]
    fn r87_a_certificate_that_is_known_has_to_be_valid() {
        let known = [licence(
            "强制性产品认证证书",
            "CCC 电动工具",
            "2025-02-28",
            LicenceStatus::Valid,
        )];
        let rule = [(ProductRule::CertificationNotValid, Severity::Warning)];
        assert_eq!(found("手持电动工具", &known, "2025-03-01"), rule);
        assert!(found("手持电动工具", &known, "2025-02-28").is_empty());
        let other = [licence(PAPER, "水泥", "2030-02-28", LicenceStatus::Valid)];
        assert!(
            found("手持电动工具", &other, "2026-01-01").is_empty(),
            "a certification is no licence"
        );
    }
}
