//! What the platform's labels mean: printed word -> field of the exchange record.

use std::collections::BTreeMap;

use serde::de::{DeserializeOwned, Error, IntoDeserializer};
use serde::{Deserialize, Deserializer};

use super::record::{IndicatorField, ProductField, RecordField};

/// Where a printed value goes that is not simply a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rule {
    /// `code_by_length`: 18 characters are a 统一社会信用代码, anything else is a 组织机构代码.
    CodeByLength,
    /// `spec_and_model`: `40KG / 820` under 规格/型号, specification before the slash, model behind it.
    SpecAndModel,
    /// `ignore`: not taken; overrules a built-in label.
    Ignore,
}

/// What a label means: the name of a field, or of a rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Meaning<F> {
    /// The value is this field.
    Field(F),
    /// The value needs a rule.
    Rule(Rule),
}

impl<'de, F: DeserializeOwned> Deserialize<'de> for Meaning<F> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let name = String::deserialize(deserializer)?;
        match name.as_str() {
            "code_by_length" => Ok(Self::Rule(Rule::CodeByLength)),
            "spec_and_model" => Ok(Self::Rule(Rule::SpecAndModel)),
            "ignore" => Ok(Self::Rule(Rule::Ignore)),
            field => F::deserialize(field.into_deserializer()).map(Self::Field),
        }
        .map_err(|error: serde::de::value::Error| D::Error::custom(format!("{error}, or a rule")))
    }
}

/// The labels of a platform. What a TOML table gives is laid over the built-in labels of the old site (cpbz.gov.cn)
/// and the new one (qybz.org.cn); `"label" = "ignore"` takes a built-in label away.
///
/// ```toml
/// pledge_classes = ["cl-w-top2"]
/// [record]
/// "备案号" = "record_id"
/// [product]
/// "商标" = "brand"
/// [indicator]
/// "检测依据" = "test_method"
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(try_from = "GivenLabels")]
pub struct Labels {
    record: BTreeMap<String, Meaning<RecordField>>,
    product: BTreeMap<String, Meaning<ProductField>>,
    indicator: BTreeMap<String, Meaning<IndicatorField>>,
    pledge_classes: Vec<String>,
}

#[derive(Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct GivenLabels {
    record: BTreeMap<String, Meaning<RecordField>>,
    product: BTreeMap<String, Meaning<ProductField>>,
    indicator: BTreeMap<String, Meaning<IndicatorField>>,
    pledge_classes: Option<Vec<String>>,
}

const RECORD: &[(&str, Meaning<RecordField>)] = &[
    ("名称", Meaning::Field(RecordField::EnterpriseName)),
    ("企业名称", Meaning::Field(RecordField::EnterpriseName)),
    ("机构名称", Meaning::Field(RecordField::EnterpriseName)),
    ("单位名称", Meaning::Field(RecordField::EnterpriseName)),
    ("统一社会信用代码", Meaning::Field(RecordField::CreditCode)),
    ("组织机构代码", Meaning::Rule(Rule::CodeByLength)),
    ("组织机构代码/统一社会信用代码", Meaning::Rule(Rule::CodeByLength)),
    ("统一社会信用代码/组织机构代码", Meaning::Rule(Rule::CodeByLength)),
    ("注册地址", Meaning::Field(RecordField::Address)),
    ("标准名称", Meaning::Field(RecordField::StandardName)),
    ("标准编号", Meaning::Field(RecordField::StandardNumber)),
    ("标准类型", Meaning::Field(RecordField::StandardType)),
    ("标准发布日期", Meaning::Field(RecordField::PublishedOn)),
    ("发布日期", Meaning::Field(RecordField::PublishedOn)),
    ("公开时间", Meaning::Field(RecordField::DeclaredAt)),
    ("状态", Meaning::Field(RecordField::Status)),
    ("标准状态", Meaning::Field(RecordField::Status)),
    ("废止日期", Meaning::Field(RecordField::AbolishedOn)),
    ("废止时间", Meaning::Field(RecordField::AbolishedOn)),
    ("全文公开", Meaning::Field(RecordField::TextPublic)),
    ("自我承诺", Meaning::Field(RecordField::Pledge)),
    ("低于推荐性标准", Meaning::Field(RecordField::BelowRecommended)),
];

const PRODUCT: &[(&str, Meaning<ProductField>)] = &[
    ("产品名称", Meaning::Field(ProductField::Name)),
    ("通用名", Meaning::Field(ProductField::GenericName)),
    ("品牌", Meaning::Field(ProductField::Brand)),
    ("条码", Meaning::Field(ProductField::Gtin)),
    ("规格/型号", Meaning::Rule(Rule::SpecAndModel)),
    ("规格型号", Meaning::Rule(Rule::SpecAndModel)),
    ("规格", Meaning::Field(ProductField::Spec)),
    ("型号", Meaning::Field(ProductField::Model)),
    ("产品型号", Meaning::Field(ProductField::Model)),
    ("分类", Meaning::Field(ProductField::Category)),
    ("产品分类", Meaning::Field(ProductField::Category)),
];

const INDICATOR: &[(&str, Meaning<IndicatorField>)] = &[
    ("指标名称", Meaning::Field(IndicatorField::Name)),
    ("指标要求", Meaning::Field(IndicatorField::Requirement)),
    ("计量单位", Meaning::Field(IndicatorField::Unit)),
    ("测试方法", Meaning::Field(IndicatorField::TestMethod)),
    ("试验方法", Meaning::Field(IndicatorField::TestMethod)),
    ("检验方法", Meaning::Field(IndicatorField::TestMethod)),
    ("指标类别", Meaning::Field(IndicatorField::Category)),
    ("指标水平说明", Meaning::Field(IndicatorField::LevelNote)),
];

fn over<F: Copy>(
    built_in: &[(&str, Meaning<F>)],
    given: BTreeMap<String, Meaning<F>>,
) -> BTreeMap<String, Meaning<F>> {
    let mut labels: BTreeMap<_, _> = built_in
        .iter()
        .map(|(label, meaning)| ((*label).to_owned(), *meaning))
        .collect();
    labels.extend(
        given
            .into_iter()
            .map(|(label, meaning)| (fold_label(&label), meaning)),
    );
    labels
}

impl TryFrom<GivenLabels> for Labels {
    type Error = String;

    /// Refuses a rule that says nothing about its label.
    fn try_from(given: GivenLabels) -> Result<Self, String> {
        fits("record", &given.record, Rule::CodeByLength)?;
        fits("product", &given.product, Rule::SpecAndModel)?;
        fits("indicator", &given.indicator, Rule::Ignore)?;
        Ok(Self::over(given))
    }
}

fn fits<F>(kind: &str, labels: &BTreeMap<String, Meaning<F>>, allowed: Rule) -> Result<(), String> {
    for (label, meaning) in labels {
        if let Meaning::Rule(rule) = meaning
            && *rule != allowed
            && *rule != Rule::Ignore
        {
            return Err(format!(
                "the rule of {label:?} makes no sense for a label of a {kind}"
            ));
        }
    }
    Ok(())
}

impl Labels {
    fn over(given: GivenLabels) -> Self {
        Self {
            record: over(RECORD, given.record),
            product: over(PRODUCT, given.product),
            indicator: over(INDICATOR, given.indicator),
            pledge_classes: given
                .pledge_classes
                .unwrap_or_else(|| vec!["cl-w-top2".to_owned()]),
        }
    }
}

impl Default for Labels {
    fn default() -> Self {
        Self::over(GivenLabels::default())
    }
}

impl Labels {
    /// What a label beside a value means.
    pub fn record(&self, label: &str) -> Option<Meaning<RecordField>> {
        self.record.get(&fold_label(label)).copied()
    }

    /// What the head of a product column means.
    pub fn product(&self, label: &str) -> Option<Meaning<ProductField>> {
        self.product.get(&fold_label(label)).copied()
    }

    /// What the head of an indicator column means.
    pub fn indicator(&self, label: &str) -> Option<Meaning<IndicatorField>> {
        self.indicator.get(&fold_label(label)).copied()
    }

    /// Classes of elements whose text is the pledge (自我承诺).
    pub fn pledge_classes(&self) -> &[String] {
        &self.pledge_classes
    }
}

/// A label without blanks, marks of required fields and colons, with a plain slash: `名　称：` is `名称`.
fn fold_label(label: &str) -> String {
    label
        .chars()
        .filter(|c| !c.is_whitespace() && !matches!(c, ':' | '：' | '*' | '＊'))
        .map(|c| if c == '／' { '/' } else { c })
        .collect()
}

/// The value that was printed, with the platform's marks for "nothing" (`——`, `/`, `-`) as `""`.
pub fn printed(value: &str) -> &str {
    let value = value.trim();
    let nothing = |c: char| matches!(c, '—' | '–' | '−' | '－' | '-' | '─' | '/' | '／') || c.is_whitespace();
    if value.chars().all(nothing) { "" } else { value }
}

/// Divides `40KG / 820`. The blanks make the platform's slash; a slash without them belongs to the value (`500g/袋`),
/// unless a side is a mark for nothing (`——/820`). Of several the first with blanks divides.
pub fn spec_and_model(value: &str) -> (&str, &str) {
    let bare = value
        .split_once('/')
        .filter(|(spec, model)| printed(spec).is_empty() || printed(model).is_empty());
    match value.split_once(" / ").or(bare) {
        Some((spec, model)) => (printed(spec), printed(model)),
        None => (printed(value), ""),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_label_is_known_however_it_is_set() {
        let labels = Labels::default();
        for label in ["标准编号", "标 准 编 号：", "*标准编号", "标准\u{3000}编号:"] {
            let meaning = labels.record(label);
            assert_eq!(
                meaning,
                Some(Meaning::Field(RecordField::StandardNumber)),
                "{label}"
            );
        }
        assert_eq!(
            labels.product("规格／型号"),
            Some(Meaning::Rule(Rule::SpecAndModel))
        );
        for label in ["", "法定代表人", "企业基本信息"] {
            assert_eq!(labels.record(label), None, "{label}");
        }
    }

    #[test]
    fn given_labels_lie_over_the_built_in_ones() {
        let toml = "pledge_classes = [\"votum\"]\n[record]\n\"备案号\" = \"record_id\"\n\"名 称\" = \"ignore\"\n[product]\n\"商标\" = \"brand\"\n";
        let labels: Labels = toml::from_str(toml).unwrap();
        assert_eq!(
            labels.record("备案号："),
            Some(Meaning::Field(RecordField::RecordId))
        );
        assert_eq!(labels.record("名称"), Some(Meaning::Rule(Rule::Ignore)));
        assert_eq!(
            labels.record("企业名称"),
            Some(Meaning::Field(RecordField::EnterpriseName))
        );
        assert_eq!(labels.product("商标"), Some(Meaning::Field(ProductField::Brand)));
        assert_eq!(labels.pledge_classes(), ["votum"]);
        for wrong in [
            "[record]\n\"x\" = \"no_such_field\"",
            "[recrod]\n",
            "[product]\n\"x\" = \"requirement\"",
            "[product]\n\"x\" = \"code_by_length\"",
            "[indicator]\n\"x\" = \"spec_and_model\"",
        ] {
            assert!(toml::from_str::<Labels>(wrong).is_err(), "{wrong}");
        }
        let error = toml::from_str::<Labels>("[product]\n\"x\" = \"trade_mark\"").unwrap_err();
        assert!(error.to_string().contains("generic_name"), "{error}");
        assert_eq!(toml::from_str::<Labels>("").unwrap(), Labels::default());
    }

    #[test]
    fn marks_for_nothing_are_empty() {
        for nothing in ["", " ", "——", "—", "--", "-", "/", "／", "—— / ——"] {
            assert_eq!(printed(nothing), "", "{nothing}");
        }
        for value in ["无", "0", "a/b", "-1"] {
            assert_eq!(printed(value), value);
        }
    }

    #[test]
    fn specification_and_model_are_told_apart() {
        for (value, expected) in [
            ("40KG / 820", ("40KG", "820")),
            ("—— / 820", ("", "820")),
            ("40KG / ——", ("40KG", "")),
            ("—— / ——", ("", "")),
            ("——/820", ("", "820")),
            ("40KG/——", ("40KG", "")),
            ("500g/袋", ("500g/袋", "")),
            ("500g/袋 / A-1", ("500g/袋", "A-1")),
            ("40KG", ("40KG", "")),
            ("", ("", "")),
        ] {
            assert_eq!(spec_and_model(value), expected, "{value}");
        }
    }
}
