//! What is to be checked of a product when somebody looks at it on the spot: one item each, with what it rests on. Pure.
//!
//! They go by the kind of product alone. What the licences of its enterprise say of it is a finding: see [`super::findings`].

use super::model::Model;
use crate::vocabulary::vocabulary;

vocabulary! {
    /// 检查事项: what is to be checked of a product.
    CheckItem {
        /// 定量包装商品净含量 (R64)
        NetContent = "NET_CONTENT",
        /// 能效标识 (R64)
        EnergyLabel = "ENERGY_LABEL",
        /// 水效标识 (R64)
        WaterLabel = "WATER_LABEL",
        /// 企业证照 (R81)
        Licences = "LICENCES",
        /// 原材料进货查验 (R81)
        RawMaterialIntake = "RAW_MATERIAL_INTAKE",
        /// 出厂检验台账 (R81)
        FactoryInspectionLedger = "FACTORY_INSPECTION_LEDGER",
        /// 销售台账 (R81)
        SalesLedger = "SALES_LEDGER",
        /// 生产条件变化 (R81)
        ProductionConditions = "PRODUCTION_CONDITIONS",
        /// 产品标识 (R81, 产品质量法 art 26 to 29)
        Marking = "MARKING",
        /// 合格供方名录及采购 (R82)
        QualifiedSuppliers = "QUALIFIED_SUPPLIERS",
        /// 许可证标志和编号 (R82)
        LicenceMark = "LICENCE_MARK",
        /// 逐批出厂检验及报告项目 (R82)
        BatchInspection = "BATCH_INSPECTION",
        /// 强制性产品认证 (R87)
        CompulsoryCertification = "COMPULSORY_CERTIFICATION",
    }
}

/// The kinds of products that an item is for.
enum For {
    /// Every product.
    All,
    /// Those whose name, generic name or category holds one of these words.
    Words(&'static [&'static str]),
    /// Those whose specification tells a quantity of content.
    Packed,
}

/// 食品相关产品: what touches food and needs a licence.
pub(super) const FOOD_RELATED: &[&str] = &[
    "食品用塑料",
    "食品包装",
    "食品接触",
    "食品相关产品",
    "餐具洗涤剂",
    "压力锅",
    "食品用纸",
    "一次性餐具",
    "纸杯",
];

impl CheckItem {
    /// The rules of the notices and the law that the item rests on.
    pub fn basis(self) -> &'static str {
        match self {
            Self::NetContent => "R64；《定量包装商品计量监督管理办法》",
            Self::EnergyLabel => "R64；《能源效率标识管理办法》",
            Self::WaterLabel => "R64；《水效标识管理办法》",
            Self::Licences
            | Self::RawMaterialIntake
            | Self::FactoryInspectionLedger
            | Self::SalesLedger
            | Self::ProductionConditions => "R81",
            Self::Marking => "R81；《产品质量法》第二十六条至第二十九条",
            Self::QualifiedSuppliers | Self::LicenceMark | Self::BatchInspection => "R82",
            Self::CompulsoryCertification => "R87；《强制性产品认证管理规定》",
        }
    }

    /// The word of a product that makes the item due, where words do.
    pub(super) fn word_in(self, product: &Model) -> Option<&'static str> {
        let For::Words(words) = self.kinds() else {
            return None;
        };
        let is_in = |word: &&&str| product.words().any(|text| text.contains(**word));
        words.iter().find(is_in).copied()
    }

    fn kinds(self) -> For {
        match self {
            Self::NetContent => For::Packed,
            Self::EnergyLabel => For::Words(&[
                "空调",
                "空气调节器",
                "电冰箱",
                "冷柜",
                "洗衣机",
                "热水器",
                "平板电视",
                "显示器",
                "电饭锅",
                "微波炉",
                "电磁灶",
                "打印机",
                "投影机",
                "电风扇",
                "吸油烟机",
                "电动机",
                "变压器",
                "空气压缩机",
            ]),
            Self::WaterLabel => For::Words(&["坐便器", "洗碗机", "淋浴器", "净水机"]),
            Self::QualifiedSuppliers | Self::LicenceMark | Self::BatchInspection => For::Words(FOOD_RELATED),
            Self::CompulsoryCertification => For::Words(&[
                "电线电缆",
                "插头",
                "插座",
                "电动工具",
                "电焊机",
                "灯具",
                "安全玻璃",
                "童车",
                "儿童玩具",
                "电动自行车",
                "机动车",
                "摩托车",
                "轮胎",
                "灭火器",
                "火灾报警",
            ]),
            _ => For::All,
        }
    }
}

/// The items that are to be checked of a product, in the order of the vocabulary.
pub fn check_items(product: &Model) -> Vec<CheckItem> {
    let due = |item: &CheckItem| match item.kinds() {
        For::All => true,
        For::Words(_) => item.word_in(product).is_some(),
        For::Packed => product.spec.as_deref().is_some_and(tells_content),
    };
    CheckItem::ALL.iter().copied().filter(due).collect()
}

/// Whether a specification tells how much is in a package: a number with a unit of mass or volume, as 500g or 24×330 mL.
fn tells_content(spec: &str) -> bool {
    const UNITS: [&str; 10] = ["G", "KG", "ML", "L", "克", "千克", "公斤", "毫升", "升", "斤"];
    let folded = crate::search::fold(spec);
    let mut behind_number = false;
    let mut word = String::new();
    for sign in folded.chars().chain(std::iter::once('/')) {
        if sign.is_alphabetic() {
            word.push(sign);
            continue;
        }
        if sign.is_whitespace() && word.is_empty() {
            continue;
        }
        if behind_number && UNITS.contains(&word.as_str()) {
            return true;
        }
        word.clear();
        behind_number = sign.is_ascii_digit();
    }
    false
}

#[cfg(test)]
mod tests {
    use super::tells_content;

    #[test]
    fn r64_a_content_is_a_number_with_its_unit() {
        for spec in ["500g", "24×330mL", "2.5 kg/袋", "５００克", "1L"] {
            assert!(tells_content(spec), "{spec}");
        }
        for spec in ["GR226-01", "100mm", "A4", "L", "3层", "48V 20Ah", "G3"] {
            assert!(!tells_content(spec), "{spec}");
        }
    }
}
