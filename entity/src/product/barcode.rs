//! The four groups of products that have to carry a barcode (R63), and the words that put a product into one. Pure.

use super::model::Model;
use crate::vocabulary::vocabulary;

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

/// The group of a product with the word that tells it.
pub(super) fn barcode_group(product: &Model) -> Option<(BarcodeGroup, &'static str)> {
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
