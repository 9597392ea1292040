//! Findings (问题线索) about products: what a machine can see to be wrong, with its rule and the values that led to it. Pure.

use super::model::Model;
use crate::declaration::Severity;
use crate::vocabulary::vocabulary;

vocabulary! {
    /// 检查规则 of products: what is looked for.
    ProductRule {
        /// A product of one of the four groups that have to carry a barcode has none (R63).
        BarcodeMissing = "BARCODE_MISSING",
    }
}

vocabulary! {
    /// 条码抽查品类: the four groups of products that have to carry a barcode (R63).
    BarcodeGroup {
        /// 食品、饮料、烟草
        Food = "FOOD",
        /// 种子、农药、化肥、饲料、日用化工
        AgriculturalAndDailyChemical = "AGRICULTURAL_AND_DAILY_CHEMICAL",
        /// 医药、医疗用品
        Medical = "MEDICAL",
        /// 纺织、皮革、纸制品、工艺品
        TextileLeatherPaper = "TEXTILE_LEATHER_PAPER",
    }
}

impl ProductRule {
    /// The rules of the notices that the finding rests on.
    pub fn basis(self) -> &'static str {
        match self {
            Self::BarcodeMissing => "R63；《商品条码管理办法》",
        }
    }
}

impl BarcodeGroup {
    /// The group in the words of the notice.
    pub fn name_zh(self) -> &'static str {
        match self {
            Self::Food => "食品、饮料、烟草",
            Self::AgriculturalAndDailyChemical => "种子、农药、化肥、饲料、日用化工",
            Self::Medical => "医药、医疗用品",
            Self::TextileLeatherPaper => "纺织、皮革、纸制品、工艺品",
        }
    }

    /// The group in English.
    pub fn name_en(self) -> &'static str {
        match self {
            Self::Food => "food, drink, tobacco",
            Self::AgriculturalAndDailyChemical => "seed, pesticide, fertiliser, feed, daily chemicals",
            Self::Medical => "medicine, medical supplies",
            Self::TextileLeatherPaper => "textile, leather, paper, crafts",
        }
    }
}

/// Words that put a product into a group. No code of a classification comes with a product, so that only words long enough to mean nothing
/// else are taken.
const WORDS: [(BarcodeGroup, &[&str]); 4] = [
    (
        BarcodeGroup::Food,
        &[
            "食品",
            "饮料",
            "卷烟",
            "白酒",
            "啤酒",
            "黄酒",
            "葡萄酒",
            "饼干",
            "糕点",
            "糖果",
            "巧克力",
            "方便面",
            "食用油",
            "酱油",
            "食醋",
            "大米",
            "面粉",
            "乳制品",
            "牛奶",
            "酸奶",
            "奶粉",
            "火腿肠",
            "罐头",
            "茶叶",
            "蜂蜜",
            "饮用水",
            "果汁",
            "蜜饯",
            "食盐",
            "月饼",
            "面包",
            "蛋糕",
        ],
    ),
    (
        BarcodeGroup::AgriculturalAndDailyChemical,
        &[
            "种子",
            "农药",
            "杀虫剂",
            "除草剂",
            "化肥",
            "复合肥",
            "尿素",
            "肥料",
            "饲料",
            "洗衣粉",
            "洗衣液",
            "洗洁精",
            "洗涤剂",
            "洗发",
            "沐浴露",
            "牙膏",
            "香皂",
            "肥皂",
            "化妆品",
            "护肤",
            "面膜",
        ],
    ),
    (
        BarcodeGroup::Medical,
        &[
            "药品",
            "中成药",
            "医疗器械",
            "医用口罩",
            "纱布",
            "绷带",
            "创可贴",
            "注射器",
            "输液器",
        ],
    ),
    (
        BarcodeGroup::TextileLeatherPaper,
        &[
            "纺织",
            "服装",
            "校服",
            "衬衫",
            "床单",
            "被套",
            "毛巾",
            "羊毛衫",
            "袜子",
            "皮鞋",
            "皮革",
            "箱包",
            "纸巾",
            "面巾纸",
            "卫生纸",
            "工艺品",
        ],
    ),
];

/// Words of what is no consumer product although a word above stands in its name: what is made for making others.
const EXCEPTIONS: [&str; 8] = [
    "机械",
    "设备",
    "机组",
    "生产线",
    "用泵",
    "用塑料",
    "包装",
    "加工机",
];

/// A finding about a product.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProductFinding {
    /// What was looked for.
    pub rule: ProductRule,
    /// How much it matters.
    pub severity: Severity,
    /// The values that led to it, by what they are.
    pub values: Vec<(&'static str, String)>,
}

/// Every finding of a product.
pub fn findings(product: &Model) -> Vec<ProductFinding> {
    let Some((group, word)) = barcode_group(product).filter(|_| product.gtin.is_none()) else {
        return Vec::new();
    };
    vec![ProductFinding {
        rule: ProductRule::BarcodeMissing,
        severity: Severity::Info,
        values: vec![("group", group.as_str().to_owned()), ("word", word.to_owned())],
    }]
}

/// The group of a product with the word that tells it.
fn barcode_group(product: &Model) -> Option<(BarcodeGroup, &'static str)> {
    let excepted = |text: &str| EXCEPTIONS.iter().any(|word| text.contains(word));
    if product.words().any(excepted) {
        return None;
    }
    WORDS.iter().find_map(|(group, words)| {
        let word = words
            .iter()
            .find(|word| product.words().any(|text| text.contains(**word)))?;
        Some((*group, *word))
    })
}

impl ProductFinding {
    fn group(&self) -> Option<BarcodeGroup> {
        let group = self.values.iter().find(|(name, _)| *name == "group");
        group.and_then(|(_, word)| word.parse().ok())
    }

    /// In Chinese, in one sentence for a clerk.
    pub fn message_zh(&self) -> String {
        match self.rule {
            ProductRule::BarcodeMissing => format!(
                "产品属于应使用商品条码的品类（{}），未给出条码。",
                self.group().map(BarcodeGroup::name_zh).unwrap_or_default()
            ),
        }
    }

    /// The same in English.
    pub fn message_en(&self) -> String {
        match self.rule {
            ProductRule::BarcodeMissing => format!(
                "Belongs to a group that has to carry a barcode ({}), and none is told.",
                self.group().map(BarcodeGroup::name_en).unwrap_or_default()
            ),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::db::list::TextList;

    fn product(name: &str, category: Option<&str>, gtin: Option<&str>) -> Model {
        Model {
            key: "x/y".to_owned(),
            owner_key: "x".to_owned(),
            name: name.to_owned(),
            generic_name: None,
            brand: None,
            spec: None,
            model: None,
            gtin: gtin.map(str::to_owned),
            gtin_key: None,
            category: category.map(str::to_owned),
            flags: TextList::default(),
            audience: "PUBLIC".to_owned(),
            region: "320582".to_owned(),
        }
    }

    #[test]
    fn r63_a_product_of_the_four_groups_needs_a_barcode() {
        let cases = [
            ("苏打饼干", None, Some("FOOD")),
            ("洗衣液2kg", None, Some("AGRICULTURAL_AND_DAILY_CHEMICAL")),
            ("医用口罩", None, Some("MEDICAL")),
            ("四件套", Some("纺织品"), Some("TEXTILE_LEATHER_PAPER")),
            ("离心泵", None, None),
            ("食品机械", None, None),
            ("饼干包装机组", Some("食品机械"), None),
        ];
        for (name, category, group) in cases {
            let found = findings(&product(name, category, None));
            let groups: Vec<&str> = found
                .iter()
                .flat_map(|finding| &finding.values)
                .filter(|(what, _)| *what == "group")
                .map(|(_, value)| value.as_str())
                .collect();
            assert_eq!(groups, group.into_iter().collect::<Vec<_>>(), "{name}");
            assert!(
                findings(&product(name, category, Some("6970872410006"))).is_empty(),
                "{name}"
            );
        }
    }
}
