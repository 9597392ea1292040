//! Requirements as registers print them, their bounds, and how they compare with limits.

use super::*;

/// Canonical form, least and greatest value in the base unit (`[` and `]` are inclusive), `None` where nothing is read.
fn read(requirement: &str, unit: &str) -> (String, Option<String>) {
    let quantity = Quantity::parse_with_unit(requirement, unit);
    let (low, high) = (quantity.low(), quantity.high());
    let bounds = (low.is_some() || high.is_some()).then(|| {
        let open = low.map_or("(".into(), |low| {
            format!("{}{}", if low.inclusive { '[' } else { '(' }, low.value)
        });
        let close = high.map_or(")".into(), |high| {
            format!("{}{}", high.value, if high.inclusive { ']' } else { ')' })
        });
        format!("{open},{close}")
    });
    (quantity.canonical().to_owned(), bounds)
}

#[test]
fn requirements_have_one_form_and_bounds() {
    let table = [
        ("≥12.5 MPa", "≥12.5 MPa", "[12500000,)"),
        ("不小于12.50兆帕", "≥12.50 MPa", "[12500000,)"),
        ("不大于 0.1mg/kg", "≤0.1 mg/kg", "(,0.0000001]"),
        ("≤0.05 mg/m³", "≤0.05 mg/m³", "(,0.00000005]"),
        ("10±0.5 mm", "10±0.5 mm", "[0.0095,0.0105]"),
        ("(10±0.5) mm", "10±0.5 mm", "[0.0095,0.0105]"),
        ("10mm±0.5mm", "10±0.5 mm", "[0.0095,0.0105]"),
        ("10 mm +/- 0.5 mm", "10±0.5 mm", "[0.0095,0.0105]"),
        ("0.3±0.1", "0.3±0.1", "[0.2,0.4]"),
        ("5~10 ℃", "5~10 ℃", "[5,10]"),
        ("5℃～10℃", "5~10 ℃", "[5,10]"),
        ("5 – 10 ℃", "5~10 ℃", "[5,10]"),
        ("5至10℃", "5~10 ℃", "[5,10]"),
        ("5——10℃", "5~10 ℃", "[5,10]"),
        ("-20~-5℃", "-20~-5 ℃", "[-20,-5]"),
        ("-5℃~-20℃", "-20~-5 ℃", "[-20,-5]"),
        ("﹣20℃至+5℃", "-20~5 ℃", "[-20,5]"),
        ("≥-20℃", "≥-20 ℃", "[-20,)"),
        ("293.15 K以上", "≥293.15 K", "[293.15,)"),
        ("≥ 95%", "≥95%", "[0.95,)"),
        ("≥95％", "≥95%", "[0.95,)"),
        ("5%~10%", "5~10%", "[0.05,0.1]"),
        ("（50±5）%", "(50±5)%", "[0.45,0.55]"),
        ("50%±5%", "(50±5)%", "[0.45,0.55]"),
        ("±5%", "±5%", "[-0.05,0.05]"),
        ("220V±10%", "220 V±10%", "[198,242]"),
        ("不低于2级", "≥2级", "[2,)"),
        ("应达到至少2级", "≥2级", "[2,)"),
        ("<1×10⁻³", "<1×10⁻³", "(,0.001)"),
        ("1.2e3 Pa", "1.2×10³ Pa", "[1200,1200]"),
        ("≥1×10^6 Ω", "≥1×10⁶ Ω", "[1000000,)"),
        ("≥10⁶Ω", "≥10⁶ Ω", "[1000000,)"),
        ("≥10 000 h", "≥10000 h", "[36000000,)"),
        ("大于等于5mm", "≥5 mm", "[0.005,)"),
        ("大于5毫米", ">5 mm", "(0.005,)"),
        ("不得超过 5 min", "≤5 min", "(,300]"),
        ("至多：3次", "≤3次", "(,3]"),
        ("小于或等于40 dB（A）", "≤40 dB(A)", "(,40]"),
        ("低于75dB(A)", "<75 dB(A)", "(,75)"),
        ("5mm以下", "≤5 mm", "(,0.005]"),
        ("30min内", "≤30 min", "(,1800]"),
        ("5 mm以上（不含）", ">5 mm", "(0.005,)"),
        ("5≤x≤10 mm", "5~10 mm", "[0.005,0.01]"),
        ("5 mm<d≤10 mm", "5<x≤10 mm", "(0.005,0.01]"),
        ("10 > pH ≥ 6", "6≤x<10", "[6,10)"),
        ("≥5且≤10 mm", "5~10 mm", "[0.005,0.01]"),
        ("大于5 mm，小于10 mm", "5<x<10 mm", "(0.005,0.01)"),
        ("不大于10，不小于5", "5~10", "[5,10]"),
        ("pH 6.5～8.5", "6.5~8.5 pH", "[6.5,8.5]"),
        ("pH值：6.5-8.5", "6.5~8.5 pH", "[6.5,8.5]"),
        ("pH7.0", "7.0 pH", "[7,7]"),
        ("≤0.5 mg/kg（以Pb计）", "≤0.5 mg/kg", "(,0.0000005]"),
        ("≤0.5 mg/kg (GB 5009.12)", "≤0.5 mg/kg", "(,0.0000005]"),
        ("抗拉强度应≥12.5MPa。", "≥12.5 MPa", "[12500000,)"),
        ("PM2.5≤35μg/m³", "≤35 μg/m³", "(,0.000000035]"),
        ("维生素B12 ≥5 μg/100g", "≥5 μg/100g", "[0.00000005,)"),
        ("无机砷≤0.5 mg/kg", "≤0.5 mg/kg", "(,0.0000005]"),
        ("水不溶物 ≤0.1%", "≤0.1%", "(,0.001]"),
        ("≥5 mm，且无裂纹", "≥5 mm", "[0.005,)"),
        ("≮5 N/mm2", "≥5 N/mm²", "[5000000,)"),
        ("12 mm", "12 mm", "[0.012,0.012]"),
        ("应为5次", "5次", "[5,5]"),
        ("≤500 个/cm²", "≤500个/cm²", "(,500]"),
        ("-0", "0", "[0,0]"),
        ("去除率≥90%", "≥90%", "[0.9,)"),
        ("铅(以Pb计)/(mg/kg) ≤0.1", "≤0.1 mg/kg", "(,0.0000001]"),
        ("长度（mm）≥5", "≥5 mm", "[0.005,)"),
        ("导热系数(W/(m·K))：≤0.04", "≤0.04 W/(m·K)", "(,0.04]"),
        ("总氮(N) ≤5 mg/L", "≤5 mg/L", "(,0.005]"),
        ("氮(N)≥5", "≥5", "[5,)"),
        ("应在5~10之间", "5~10", "[5,10]"),
        ("≥99.5%(w/w)", "≥99.5%", "[0.995,)"),
        ("Ra≤3.2μm", "≤3.2 μm", "(,0.0000032]"),
        ("≤18.3 Ω/km (20℃)", "≤18.3 Ω/km", "(,0.0183]"),
        ("1.5 kW·h/24h以下", "≤1.5 kW·h/24h", "(,62.5]"),
        ("58~62HRC", "58~62 HRC", "[58,62]"),
        ("90°±1°", "(90±1)°", "[89,91]"),
    ];
    for (raw, canonical, bounds) in table {
        assert_eq!(read(raw, ""), (canonical.into(), Some(bounds.into())), "{raw}");
        assert_eq!(
            read(canonical, ""),
            (canonical.into(), Some(bounds.into())),
            "again {canonical}"
        );
    }
}

#[test]
fn what_is_not_one_clear_requirement_has_no_bounds() {
    let table = [
        ("无明显异味", QuantityFlag::NoNumber),
        ("一级", QuantityFlag::NoNumber),
        ("——", QuantityFlag::NoNumber),
        ("", QuantityFlag::NoNumber),
        ("符合GB 2762-2022的规定", QuantityFlag::Unclear),
        ("按GB/T 191-2008第3章", QuantityFlag::Unclear),
        ("≥5 mm；宽度≥10 mm", QuantityFlag::Unclear),
        ("长≥5 mm，宽3 mm", QuantityFlag::Unclear),
        ("100×50 mm", QuantityFlag::Unclear),
        ("5x10", QuantityFlag::Unclear),
        ("2×103 Pa", QuantityFlag::Unclear),
        ("不得有大于5 mm的裂纹", QuantityFlag::Unclear),
        ("无≥5 mm裂纹", QuantityFlag::Unclear),
        ("大于5 mm的裂纹不多于3处", QuantityFlag::Unclear),
        ("≥5 mm的颗粒无", QuantityFlag::Unclear),
        ("约5 mm", QuantityFlag::Unclear),
        ("5 mm左右", QuantityFlag::Unclear),
        ("≥5 mm或≥3 kg", QuantityFlag::Unclear),
        ("50±5%", QuantityFlag::Unclear),
        ("10 +0.5/-0.3 mm", QuantityFlag::Unclear),
        ("10(+0.5)", QuantityFlag::Unclear),
        ("1/2", QuantityFlag::Unclear),
        ("1:2", QuantityFlag::Unclear),
        ("5-10-15", QuantityFlag::Unclear),
        ("5~10 mm~15 mm", QuantityFlag::Unclear),
        ("≥10且≤5", QuantityFlag::Unclear),
        (">5且<5", QuantityFlag::Unclear),
        ("≥5且≥3", QuantityFlag::Unclear),
        ("不大于等于5", QuantityFlag::Unclear),
        ("500 mL~1 L", QuantityFlag::Unclear),
        ("1e999 Pa", QuantityFlag::Unclear),
        ("≤1e-30 pm^6", QuantityFlag::OwnUnit),
        ("9999999999999999999999999", QuantityFlag::Unclear),
        ("-20--5", QuantityFlag::Unclear),
        ("未检出(<0.01mg/kg)", QuantityFlag::Unclear),
        ("纵向≥300N，横向≥250N", QuantityFlag::Unclear),
        ("(23±2)℃，相对湿度(50±5)%", QuantityFlag::Unclear),
        ("优等品≥85，合格品≥80", QuantityFlag::Unclear),
        ("导热系数 W/(m·K) ≤0.04", QuantityFlag::Unclear),
        ("长度(mm)≥5 cm", QuantityFlag::Unclear),
        ("不超过标称值的5%", QuantityFlag::Unclear),
        ("每100g不少于5g", QuantityFlag::Unclear),
        ("5.0（最大）", QuantityFlag::Unclear),
        ("≥3-4级", QuantityFlag::Unclear),
        ("额定电压220V/50Hz", QuantityFlag::Unclear),
        ("IP65", QuantityFlag::Unclear),
        ("30°15′", QuantityFlag::Unclear),
        ("第3级", QuantityFlag::Unclear),
        ("≤5以上", QuantityFlag::Unclear),
        ("5²", QuantityFlag::Unclear),
        ("GB 2762 ≤0.5", QuantityFlag::Unclear),
    ];
    for (raw, flag) in table {
        let quantity = Quantity::parse(raw);
        assert_eq!(quantity.flags(), [flag], "{raw}");
        if flag != QuantityFlag::OwnUnit {
            assert!(
                quantity.low().is_none() && quantity.high().is_none() && quantity.unit().is_none(),
                "{raw}"
            );
            assert_eq!((quantity.canonical(), quantity.raw()), (raw, raw));
        }
    }
    let long = Quantity::parse(&"9".repeat(601));
    assert_eq!(long.flags(), [QuantityFlag::TooLong]);
}

#[test]
fn unit_may_stand_in_a_column() {
    let table = [
        ("≥12.5", "MPa", "≥12.5 MPa", "[12500000,)"),
        ("≤0.1", "mg/kg（以干基计）", "≤0.1 mg/kg", "(,0.0000001]"),
        ("5~10", "g / 100 g", "5~10 g/100g", "[0.05,0.1]"),
        ("≥95", "％", "≥95%", "[0.95,)"),
        ("220±10%", "V", "220 V±10%", "[198,242]"),
        ("50±5%", "%", "(50±5)%", "[0.45,0.55]"),
        ("≥5", "——", "≥5", "[5,)"),
        ("≥5", "/", "≥5", "[5,)"),
        ("6.0～9.0", "无量纲", "6.0~9.0", "[6,9]"),
        ("≤64", "倍（稀释倍数）", "≤64倍", "(,64]"),
        ("≥5", "", "≥5", "[5,)"),
        ("≥5 mm", "mm", "≥5 mm", "[0.005,)"),
        ("≥5 mm", "cm", "≥5 mm", "[0.005,)"),
    ];
    for (raw, unit, canonical, bounds) in table {
        assert_eq!(
            read(raw, unit),
            (canonical.into(), Some(bounds.into())),
            "{raw} {unit}"
        );
    }
    assert_eq!(
        Quantity::parse_with_unit("≥5 mm", "cm").flags(),
        [QuantityFlag::UnitConflict]
    );
    for unit in ["mg per day", "5 mm", "e.", "mg/kg, mg/L", &"m".repeat(121)] {
        let quantity = Quantity::parse_with_unit("≥5；无裂纹", unit);
        assert_eq!(quantity.flags(), [QuantityFlag::UnreadableUnit], "{unit}");
        let again = Quantity::parse(quantity.canonical());
        assert_eq!(
            (again.canonical(), again.flags()),
            (quantity.canonical(), &[QuantityFlag::Unclear][..])
        );
        let in_text = Quantity::parse_with_unit("≥5 mm", unit);
        assert_eq!((in_text.canonical(), in_text.flags()), ("≥5 mm", &[][..]));
    }
    assert_eq!(
        Quantity::parse_with_unit("无异味", "级").flags(),
        [QuantityFlag::NoNumber]
    );
}

#[test]
fn requirement_is_weaker_if_it_allows_what_the_limit_forbids() {
    let table = [
        ("≤0.2 mg/kg", "≤0.1 mg/kg", Some(true)),
        ("≤0.1 mg/kg", "≤0.1 mg/kg", Some(false)),
        ("≤0.05 mg/kg", "≤0.1 mg/kg", Some(false)),
        ("≤0.1 mg/kg", "<0.1 mg/kg", Some(true)),
        ("<0.1 mg/kg", "≤0.1 mg/kg", Some(false)),
        ("≤100 μg/kg", "≤0.1 mg/kg", Some(false)),
        ("≤0.0001 g/kg", "≤0.1 mg/kg", Some(false)),
        ("≤0.1 ppm", "≤0.1 mg/kg", Some(false)),
        ("≤0.00001%", "≤0.1 mg/kg", Some(false)),
        ("≤101 μg/kg", "≤0.1 mg/kg", Some(true)),
        ("≥12.5 MPa", "≥12.5 N/mm²", Some(false)),
        ("≥12 MPa", "≥12.5 N/mm²", Some(true)),
        ("≥13 MPa", "≥12.5 N/mm²", Some(false)),
        ("0.3±0.1", "0.2~0.4", Some(false)),
        ("0.3±0.1", "0.2<x≤0.4", Some(true)),
        ("5~10 ℃", "0~10 ℃", Some(false)),
        ("≤10 ℃", "0~10 ℃", Some(true)),
        ("≤283.15 K", "≤10 ℃", None),
        ("≤0.05 mg/kg", "0~0.1 mg/kg", Some(false)),
        ("≤5 mm", "≥2 mm", Some(true)),
        ("≥3 mm", "2~4 mm", Some(true)),
        ("±5%", "±5%", Some(false)),
        ("±6%", "±5%", Some(true)),
        ("3 mm", "≥2 mm", Some(false)),
        ("1 mm", "≥2 mm", Some(true)),
        ("≥2级", "≥3级", Some(true)),
        ("≥3级", "≥2级", Some(false)),
        ("6.5~8.5 pH", "pH 6~9", Some(false)),
        ("≤36 m/h", "≤1 cm/s", Some(false)),
        ("≤60 dB(A)", "≤55 dB(A)", Some(true)),
        ("≤60 dB", "≤55 dB(A)", None),
        ("≤5次", "≤5个", None),
        ("≤5 mg/L", "≤5 mg/kg", None),
        ("≤5 mL/L", "≤5%", None),
        ("≤5", "≤5 mm", None),
        ("≤5", "≤4", Some(true)),
        ("≤5 mm", "4 mm", None),
        ("无异味", "≤5 mm", None),
        ("≤5 mm", "无异味", None),
    ];
    for (requirement, limit, expected) in table {
        let weaker = Quantity::parse(requirement).weaker_than(&Quantity::parse(limit));
        assert_eq!(weaker, expected, "{requirement} against {limit}");
    }
}

#[test]
fn texts() {
    let quantity = Quantity::parse("不小于 12.50 Mpa");
    assert_eq!(quantity.to_string(), "≥12.50 MPa");
    assert_eq!(quantity.raw(), "不小于 12.50 Mpa");
    assert_eq!(quantity.low().map(Bound::decimal), Some("12.50"));
    let unit = quantity.unit().unwrap();
    assert_eq!(
        (unit.given(), unit.canonical(), unit.dimension().name()),
        ("Mpa", "MPa", "PRESSURE")
    );
    assert_eq!(serde_json::to_string(&quantity).unwrap(), "\"≥12.50 MPa\"");
    assert_eq!(
        serde_json::from_str::<Quantity>("\"≥12.50 MPa\"").unwrap(),
        quantity
    );
    assert_ne!(Quantity::parse("≥12.5 MPa"), quantity);
    let deviation = Quantity::parse("10.0±0.5 mm");
    assert_eq!(deviation.low().map(Bound::decimal), Some("9.5"));
    assert!(Quantity::parse("12 mm").is_nominal() && !deviation.is_nominal());
    for flag in QuantityFlag::ALL {
        assert_eq!(
            serde_json::to_string(&flag).unwrap(),
            format!("\"{}\"", flag.as_str())
        );
    }
}
