//! Findings (问题线索): what a machine can see to be wrong with a declaration, each with its rule, its law and the values
//! that led to it. Pure functions: the same declaration, standards and day give the same findings.

use chrono::NaiveDate;

use super::model::Model;
use super::term::{DeclarationStatus, IndicatorCategory};
use crate::limit::{MandatoryLimit, indicator_key};
use crate::standard::StandardStatus;
use crate::value::{StandardKind, StandardNumber};
use crate::vocabulary::vocabulary;

vocabulary! {
    /// 检查规则: what is looked for.
    FindingRule {
        /// An indicator of an enterprise or group standard has no test method (R71, 企业标准化促进办法 art 12).
        TestMethodMissing = "TEST_METHOD_MISSING",
        /// Functional or performance indicators of an enterprise or group standard are not disclosed (R62, 标准化法 art 27).
        IndicatorsMissing = "INDICATORS_MISSING",
        /// The standard number has not the form that the law asks for (R61, 标准化法 art 24, 42).
        NumberForm = "NUMBER_FORM",
        /// Declared later than 30 days after publication (R70).
        DeclaredLate = "DECLARED_LATE",
        /// The declared standard is withdrawn, or another took its place (R73, 标准化法 art 27).
        StandardNotInForce = "STANDARD_NOT_IN_FORCE",
        /// A standard that a test method names is withdrawn, or another took its place (R76).
        CitedStandardNotInForce = "CITED_STANDARD_NOT_IN_FORCE",
        /// An indicator allows what a limit of a mandatory standard forbids (R76, 标准化法 art 21).
        BelowMandatoryLimit = "BELOW_MANDATORY_LIMIT",
        /// The enterprise has another name now and did not declare anew (R74).
        EnterpriseRenamed = "ENTERPRISE_RENAMED",
    }
}

vocabulary! {
    /// 严重程度
    Severity {
        /// 提示: worth a look.
        Info = "INFO",
        /// 一般: to be corrected.
        Warning = "WARNING",
        /// 严重: against a law or a mandatory standard.
        Serious = "SERIOUS",
    }
}

/// A finding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// What was looked for.
    pub rule: FindingRule,
    /// How much it matters.
    pub severity: Severity,
    /// The values that led to it, by what they are.
    pub values: Vec<(&'static str, String)>,
}

impl FindingRule {
    /// The rules of the notices and the law that the finding rests on.
    pub fn basis(self) -> &'static str {
        match self {
            Self::TestMethodMissing => "R71；《企业标准化促进办法》第十二条",
            Self::IndicatorsMissing => "R62；《标准化法》第二十七条",
            Self::NumberForm => "R61；《标准化法》第二十四条、第四十二条",
            Self::DeclaredLate => "R70；粤质监〔2016〕77号",
            Self::StandardNotInForce => "R73；《标准化法》第二十七条",
            Self::CitedStandardNotInForce => "R76；《企业标准化促进办法》第十二条",
            Self::BelowMandatoryLimit => "R76；《标准化法》第二十一条",
            Self::EnterpriseRenamed => "R74；粤质监〔2016〕77号",
        }
    }
}

/// A standard that the declaration names, with its status on the day asked about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NamedStandard {
    /// Its number.
    pub number: String,
    /// Its status on the day.
    pub status: StandardStatus,
    /// Why, for a clerk.
    pub because: String,
}

/// What the hub knows around a declaration.
#[derive(Debug, Clone, Default)]
pub struct Surroundings {
    /// The declared standard, where the catalogue holds it.
    pub declared: Option<NamedStandard>,
    /// The standards that test methods name, where the catalogue holds them.
    pub cited: Vec<NamedStandard>,
    /// The mandatory limits in force that are for its products and speak of its indicators.
    pub limits: Vec<MandatoryLimit>,
    /// The name that the enterprise has now, and its key.
    pub enterprise: Option<(String, String)>,
}

/// The days after publication within which a standard is to be declared (R70).
const DAYS_TO_DECLARE: i64 = 30;
/// The validity of the notice that says so (R79), and the province that it is for.
const NOTICE_OF_30_DAYS: (Option<NaiveDate>, Option<NaiveDate>, &str) = (
    NaiveDate::from_ymd_opt(2017, 1, 10),
    NaiveDate::from_ymd_opt(2022, 1, 9),
    "44",
);

/// Every finding of a declaration. One that ended has none: nobody makes products to it any more.
pub fn findings(declaration: &Model, around: &Surroundings) -> Vec<Finding> {
    let mut found = own_findings(declaration);
    if !declaration.stands() {
        return found;
    }
    if let Some(standard) = around
        .declared
        .as_ref()
        .filter(|standard| is_gone(standard.status))
    {
        found.push(gone(FindingRule::StandardNotInForce, Severity::Serious, standard));
    }
    for standard in around.cited.iter().filter(|standard| is_gone(standard.status)) {
        found.push(gone(
            FindingRule::CitedStandardNotInForce,
            Severity::Warning,
            standard,
        ));
    }
    found.extend(below_limits(declaration, &around.limits));
    found.extend(renamed(declaration, around));
    found
}

/// The findings that follow from the declaration alone.
pub(crate) fn own_findings(declaration: &Model) -> Vec<Finding> {
    if !declaration.stands() {
        return Vec::new();
    }
    let found = [
        test_method_missing(declaration),
        indicators_missing(declaration),
        number_form(declaration),
        declared_late(declaration),
    ];
    found.into_iter().flatten().collect()
}

impl Model {
    /// Whether products are still made to it, as far as anybody said.
    pub(super) fn stands(&self) -> bool {
        use DeclarationStatus::{Current, Unknown};
        matches!(self.status.parse(), Ok(Current | Unknown))
    }

    /// 视同备案 (R69): the whole text is open, and the declaration holds.
    pub fn counts_as_filing(&self) -> bool {
        self.text_public == Some(true) && self.status == DeclarationStatus::Current.as_str()
    }
}

/// Whether the content has to be disclosed: of the standards that an enterprise or a group wrote itself (R71).
fn discloses_content(declaration: &Model) -> bool {
    matches!(
        declaration.standard_kind.parse(),
        Ok(StandardKind::Enterprise | StandardKind::Group)
    )
}

fn is_gone(status: StandardStatus) -> bool {
    matches!(status, StandardStatus::Replaced | StandardStatus::Withdrawn)
}

fn gone(rule: FindingRule, severity: Severity, standard: &NamedStandard) -> Finding {
    Finding {
        rule,
        severity,
        values: vec![
            ("standard", standard.number.clone()),
            ("status", standard.status.as_str().to_owned()),
            ("because", standard.because.clone()),
        ],
    }
}

fn test_method_missing(declaration: &Model) -> Option<Finding> {
    let untested = declaration
        .indicators
        .0
        .iter()
        .filter(|indicator| indicator.test_method.is_none())
        .map(|indicator| ("indicator", indicator.name.clone()));
    let values: Vec<_> = untested.collect();
    (discloses_content(declaration) && !values.is_empty()).then_some(Finding {
        rule: FindingRule::TestMethodMissing,
        severity: Severity::Warning,
        values,
    })
}

/// Without a single category nobody can tell functional from performance indicators: only their absence is a finding.
fn indicators_missing(declaration: &Model) -> Option<Finding> {
    if !discloses_content(declaration) {
        return None;
    }
    let indicators = &declaration.indicators.0;
    let has = |category| {
        indicators
            .iter()
            .any(|indicator| indicator.category == Some(category))
    };
    let told = indicators.iter().any(|indicator| indicator.category.is_some());
    let missing: Vec<IndicatorCategory> = [IndicatorCategory::Functional, IndicatorCategory::Performance]
        .into_iter()
        .filter(|category| indicators.is_empty() || told && !has(*category))
        .collect();
    (!missing.is_empty()).then(|| Finding {
        rule: FindingRule::IndicatorsMissing,
        severity: if indicators.is_empty() {
            Severity::Serious
        } else {
            Severity::Warning
        },
        values: missing
            .into_iter()
            .map(|category| ("missing", category.as_str().to_owned()))
            .collect(),
    })
}

/// A number with its kind and its year in four digits. An enterprise standard begins with Q/.
fn number_form(declaration: &Model) -> Option<Finding> {
    let number = StandardNumber::parse(&declaration.standard_number);
    let kind: Option<StandardKind> = declaration.standard_kind.parse().ok();
    let two_digits = declaration
        .standard_number
        .rsplit(['-', ':'])
        .next()
        .is_some_and(|year| year.len() == 2 && year.bytes().all(|byte| byte.is_ascii_digit()));
    let fault = if number.key().is_none() || number.kind().is_none_or(|kind| kind == StandardKind::Other) {
        "UNREADABLE"
    } else if number.year().is_none() {
        "YEAR_MISSING"
    } else if two_digits && kind == Some(StandardKind::Enterprise) {
        "YEAR_OF_TWO_DIGITS"
    } else {
        return None;
    };
    Some(Finding {
        rule: FindingRule::NumberForm,
        severity: Severity::Warning,
        values: vec![
            ("standard", declaration.standard_number.clone()),
            ("fault", fault.to_owned()),
        ],
    })
}

/// The notice counts thirty days, or less where the product is sold before; the day of sale is not known here.
fn declared_late(declaration: &Model) -> Option<Finding> {
    let published = declaration.published_on?;
    let declared = declaration.declared_on;
    let due = published.checked_add_signed(chrono::TimeDelta::days(DAYS_TO_DECLARE))?;
    let (from, until, province) = NOTICE_OF_30_DAYS;
    let in_validity =
        from.is_none_or(|from| published >= from) && until.is_none_or(|until| published <= until);
    let severity = if in_validity && declaration.region.starts_with(province) {
        Severity::Warning
    } else {
        Severity::Info
    };
    (declared > due).then(|| Finding {
        rule: FindingRule::DeclaredLate,
        severity,
        values: vec![
            ("publishedOn", published.to_string()),
            ("dueOn", due.to_string()),
            ("declaredOn", declared.to_string()),
        ],
    })
}

/// A finding for each indicator and limit: a person compares them one by one.
fn below_limits(declaration: &Model, limits: &[MandatoryLimit]) -> Vec<Finding> {
    let mut found = Vec::new();
    for indicator in &declaration.indicators.0 {
        let (key, declared) = (indicator_key(&indicator.name), indicator.quantity());
        let speaks =
            |limit: &&MandatoryLimit| limit.indicators.0.iter().any(|name| indicator_key(name) == key);
        for limit in limits.iter().filter(speaks) {
            let mandatory = limit.quantity();
            if declared.weaker_than(&mandatory) != Some(true) {
                continue;
            }
            let mut values = vec![
                ("indicator", indicator.name.clone()),
                ("requirement", declared.canonical().to_owned()),
                ("standard", limit.standard_number.clone()),
                ("limit", mandatory.canonical().to_owned()),
            ];
            values.extend(limit.clause.iter().map(|clause| ("clause", clause.clone())));
            found.push(Finding {
                rule: FindingRule::BelowMandatoryLimit,
                severity: Severity::Serious,
                values,
            });
        }
    }
    found
}

fn renamed(declaration: &Model, around: &Surroundings) -> Option<Finding> {
    let (name, key) = around.enterprise.as_ref()?;
    let declared = declaration.enterprise_name_key.as_ref()?;
    (declared != key).then(|| Finding {
        rule: FindingRule::EnterpriseRenamed,
        severity: Severity::Warning,
        values: vec![
            (
                "declaredName",
                declaration.enterprise_name.clone().unwrap_or_default(),
            ),
            ("presentName", name.clone()),
        ],
    })
}
