//! Findings and executions in words.

use super::execution::Execution;
use super::finding::{Finding, FindingRule};
use super::model::Model;
use super::term::IndicatorCategory;

impl Finding {
    fn value(&self, name: &str) -> &str {
        let found = self.values.iter().find(|(one, _)| *one == name);
        found.map_or("", |(_, value)| value)
    }

    /// The values of one name, with something between them.
    fn joined(&self, name: &str, between: &str) -> String {
        let values: Vec<&str> = self
            .values
            .iter()
            .filter(|(one, _)| *one == name)
            .map(|(_, value)| value.as_str())
            .collect();
        values.join(between)
    }

    /// The standard of a limit, with its clause where that is known.
    fn clause(&self, before: &str, behind: &str) -> String {
        let standard = self.value("standard");
        match self.value("clause") {
            "" => standard.to_owned(),
            clause => format!("{standard} {before}{clause}{behind}"),
        }
    }

    /// In Chinese, in one sentence for a clerk.
    pub fn message_zh(&self) -> String {
        match self.rule {
            FindingRule::TestMethodMissing => {
                format!(
                    "以下技术指标未公开对应的试验方法：{}。",
                    self.joined("indicator", "、")
                )
            }
            FindingRule::IndicatorsMissing => {
                let missing: Vec<&str> = self
                    .values
                    .iter()
                    .filter_map(|(_, word)| word.parse().ok())
                    .map(IndicatorCategory::name_zh)
                    .collect();
                format!("未公开{}。", missing.join("和"))
            }
            FindingRule::NumberForm => {
                let fault = match self.value("fault") {
                    "YEAR_MISSING" => "编号没有年份号",
                    "YEAR_OF_TWO_DIGITS" => "年份号应为四位数字",
                    _ => "不是标准编号",
                };
                format!("标准编号“{}”不符合编号规则：{fault}。", self.value("standard"))
            }
            FindingRule::DeclaredLate => format!(
                "标准于 {} 发布，应不晚于 {} 公开，实际于 {} 公开。",
                self.value("publishedOn"),
                self.value("dueOn"),
                self.value("declaredOn")
            ),
            FindingRule::StandardNotInForce => {
                format!(
                    "所声明的标准 {} 已不现行：{}",
                    self.value("standard"),
                    self.value("because")
                )
            }
            FindingRule::CitedStandardNotInForce => {
                format!(
                    "试验方法引用的标准 {} 已不现行：{}",
                    self.value("standard"),
                    self.value("because")
                )
            }
            FindingRule::BelowMandatoryLimit => format!(
                "指标“{}”声明为 {}，低于强制性标准 {} 的限值 {}。",
                self.value("indicator"),
                self.value("requirement"),
                self.clause("第 ", " 条"),
                self.value("limit")
            ),
            FindingRule::EnterpriseRenamed => format!(
                "企业已由“{}”更名为“{}”，应以新名称重新声明。",
                self.value("declaredName"),
                self.value("presentName")
            ),
        }
    }

    /// In English, in one sentence.
    pub fn message_en(&self) -> String {
        match self.rule {
            FindingRule::TestMethodMissing => {
                format!(
                    "These indicators have no test method: {}.",
                    self.joined("indicator", ", ")
                )
            }
            FindingRule::IndicatorsMissing => {
                format!("Indicators are not disclosed: {}.", self.joined("missing", ", "))
            }
            FindingRule::NumberForm => {
                format!(
                    "The standard number {:?} breaks the rules of numbering: {}.",
                    self.value("standard"),
                    self.value("fault")
                )
            }
            FindingRule::DeclaredLate => format!(
                "Published on {}, due by {}, declared on {}.",
                self.value("publishedOn"),
                self.value("dueOn"),
                self.value("declaredOn")
            ),
            FindingRule::StandardNotInForce => {
                format!(
                    "The declared standard {} is {}.",
                    self.value("standard"),
                    self.value("status")
                )
            }
            FindingRule::CitedStandardNotInForce => {
                format!(
                    "The standard {} that a test method names is {}.",
                    self.value("standard"),
                    self.value("status")
                )
            }
            FindingRule::BelowMandatoryLimit => format!(
                "The indicator {:?} is declared as {}, weaker than the limit {} of {}.",
                self.value("indicator"),
                self.value("requirement"),
                self.value("limit"),
                self.clause("clause ", "")
            ),
            FindingRule::EnterpriseRenamed => format!(
                "The enterprise was renamed from {:?} to {:?} and has to declare anew.",
                self.value("declaredName"),
                self.value("presentName")
            ),
        }
    }
}

impl IndicatorCategory {
    fn name_zh(self) -> &'static str {
        match self {
            Self::Functional => "功能指标",
            Self::Performance => "性能指标",
            Self::Safety => "安全指标",
        }
    }
}

impl Execution {
    /// Why the declared standard holds for the product, in Chinese; `standard` tells how the standard itself stands.
    pub fn because_zh(&self, declaration: &Model, standard: &str) -> String {
        let until = self
            .valid_until
            .map_or_else(|| "至今".to_owned(), |day| format!("至 {day} 前"));
        format!(
            "企业自 {} 起声明执行 {}（第 {} 版），{until}有效；{standard}",
            self.valid_from, declaration.standard_number, self.ordinal
        )
    }

    /// The same in English.
    pub fn because_en(&self, declaration: &Model, standard: &str) -> String {
        let until = self
            .valid_until
            .map_or_else(|| "until today".to_owned(), |day| format!("before {day}"));
        format!(
            "Declared to {} from {} {until} (version {}). {standard}",
            declaration.standard_number, self.valid_from, self.ordinal
        )
    }
}
