//! Trades, and what enterprises of a trade make.

use super::chance::Chance;
use super::requirement::{self, Requirement};

/// A trade (行业).
#[derive(Debug)]
pub(super) struct Trade {
    /// Words for it in a name of an enterprise.
    pub(super) names: &'static [&'static str],
    /// Whether its own standards are food standards, numbered with an S.
    pub(super) food: bool,
    /// 产品分类.
    pub(super) category: &'static str,
    /// 通用名 of what it makes.
    pub(super) goods: &'static [&'static str],
    /// Words before a generic name that make a name of a product.
    pub(super) kinds: &'static [&'static str],
    /// 规格.
    pub(super) specs: &'static [&'static str],
    /// 技术指标 of its own standards.
    pub(super) requirements: &'static [Requirement],
}

/// One of the trades.
pub(super) fn any(chance: &mut Chance) -> &'static Trade {
    let [first, ..] = &TRADES;
    chance.pick(&TRADES).unwrap_or(first)
}

/// Trades of the lower Yangtze.
pub(super) static TRADES: [Trade; 12] = [
    Trade {
        names: &["机械", "机械制造", "重工机械", "精密机械"],
        food: false,
        category: "通用设备",
        goods: &[
            "离心泵",
            "减速机",
            "螺旋输送机",
            "液压缸",
            "离心风机",
            "搅拌机",
            "闸阀",
        ],
        kinds: &["", "立式", "卧式", "高效节能", "不锈钢"],
        specs: &["1.5 kW", "7.5 kW", "22 kW", "DN50", "DN100", "PN16"],
        requirements: &requirement::MACHINERY,
    },
    Trade {
        names: &["金属制品", "特种钢管", "五金制品", "金属材料"],
        food: false,
        category: "金属制品",
        goods: &["无缝钢管", "焊接钢管", "紧固件", "钢丝绳", "型钢", "法兰"],
        kinds: &["", "冷拔", "热轧", "镀锌", "高强度"],
        specs: &["Φ25×2.5", "Φ89×4", "M12×50", "6 m", "12 m"],
        requirements: &requirement::METAL,
    },
    Trade {
        names: &["纺织", "纺织科技", "毛纺织", "针织"],
        food: false,
        category: "纺织品",
        goods: &["精纺呢绒", "针织面料", "涤纶长丝", "棉纱", "床上用品"],
        kinds: &["", "阻燃", "抗菌", "羊毛混纺", "再生"],
        specs: &["150 cm", "32 s", "83 dtex/36 f", "220 g/m²", "200 cm×230 cm"],
        requirements: &requirement::TEXTILE,
    },
    Trade {
        names: &["服饰", "制衣", "服装"],
        food: false,
        category: "服装",
        goods: &["羽绒服", "工作服", "针织衫", "校服", "西裤"],
        kinds: &["", "男式", "女式", "儿童", "防静电"],
        specs: &["165/84A", "170/88A", "175/92A", "均码"],
        requirements: &requirement::TEXTILE,
    },
    Trade {
        names: &["化工", "化学", "精细化工", "新材料"],
        food: false,
        category: "化学品",
        goods: &[
            "丙烯酸树脂",
            "分散染料",
            "环氧固化剂",
            "水处理剂",
            "润滑油",
            "表面活性剂",
        ],
        kinds: &["", "低粘度", "水性", "工业用", "环保型"],
        specs: &["25 kg/桶", "200 kg/桶", "25 kg/袋", "1 t/IBC"],
        requirements: &requirement::CHEMICAL,
    },
    Trade {
        names: &["塑业", "塑料制品", "橡塑", "包装材料"],
        food: false,
        category: "塑料制品",
        goods: &["聚乙烯管材", "缠绕膜", "注塑托盘", "密封圈", "吸塑盒", "编织袋"],
        kinds: &["", "可降解", "耐候", "高强", "阻燃"],
        specs: &["DN110", "0.02 mm×500 mm", "1200 mm×1000 mm", "80 g/m²"],
        requirements: &requirement::PLASTIC,
    },
    Trade {
        names: &["电缆", "电线电缆", "线缆"],
        food: false,
        category: "电线电缆",
        goods: &["电力电缆", "控制电缆", "布电线", "电缆桥架", "光伏电缆"],
        kinds: &["", "阻燃", "耐火", "铝合金", "低烟无卤"],
        specs: &["0.6/1 kV", "450/750 V", "3×95+1×50", "2.5 mm²"],
        requirements: &requirement::ELECTRIC,
    },
    Trade {
        names: &["电器", "电气", "电子科技", "照明电器"],
        food: false,
        category: "电气设备",
        goods: &[
            "配电箱",
            "LED灯具",
            "空气净化器",
            "电磁继电器",
            "充电桩",
            "电风扇",
        ],
        kinds: &["", "智能", "户外", "防爆", "便携式"],
        specs: &["220 V/50 Hz", "380 V/50 Hz", "18 W", "7 kW", "60 W"],
        requirements: &requirement::ELECTRIC,
    },
    Trade {
        names: &["食品", "食品科技", "农产品加工", "调味食品"],
        food: true,
        category: "食品",
        goods: &["糕点", "速冻面米制品", "调味料", "坚果炒货", "肉制品", "植物饮料"],
        kinds: &["", "五香", "低糖", "即食", "原味"],
        specs: &["100 g/袋", "250 g/袋", "500 g/盒", "350 mL/瓶", "5 kg/箱"],
        requirements: &requirement::FOOD,
    },
    Trade {
        names: &["建材", "新型建材", "门窗", "装饰材料"],
        food: false,
        category: "建筑材料",
        goods: &["铝合金门窗", "防水涂料", "保温板", "预拌砂浆", "人造板"],
        kinds: &["", "断桥", "外墙用", "轻质", "环保"],
        specs: &[
            "60 系列",
            "70 系列",
            "20 kg/桶",
            "1200 mm×600 mm×50 mm",
            "1220 mm×2440 mm",
        ],
        requirements: &requirement::BUILDING,
    },
    Trade {
        names: &["纸业", "印刷包装", "纸制品"],
        food: false,
        category: "纸制品",
        goods: &["瓦楞纸箱", "卫生用纸", "纸浆模塑餐具", "标签", "纸袋"],
        kinds: &["", "食品级", "防潮", "可回收"],
        specs: &["三层", "五层", "120 抽×3 层", "A4", "70 g/m²"],
        requirements: &requirement::PAPER,
    },
    Trade {
        names: &["汽车零部件", "汽车配件", "车辆部件"],
        food: false,
        category: "汽车零部件",
        goods: &["制动盘", "轮毂轴承", "座椅骨架", "线束", "减震器"],
        kinds: &["", "乘用车", "商用车", "轻量化", "新能源车用"],
        specs: &["16 英寸", "18 英寸", "12 V", "前", "后"],
        requirements: &requirement::METAL,
    },
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_trade_can_fill_ten_indicators() {
        for trade in &TRADES {
            assert!(
                trade.requirements.len() + requirement::GENERAL.len() >= 10,
                "{trade:?}"
            );
            assert!(!trade.goods.is_empty() && !trade.specs.is_empty() && !trade.names.is_empty());
        }
    }
}
