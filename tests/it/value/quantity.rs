//! Properties of requirements.

use entity::value::{Bound, Quantity, QuantityFlag};
use proptest::prelude::*;
use proptest::sample::select;

/// Pieces that requirements are made of, in any order.
fn disturbed() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        6 => select(vec![
            "≥", "≤", ">", "<", "=", "不", "不大于", "不小于", "大于", "小于", "等于", "±", "~", "-", "—", "至", "(", ")", "（", "）",
            "，", ";", "且", "或", "以上", "以下", "内", "约", "pH", "x", "×", "10", "^", "³", "⁻", "e", "E", ".", ",", " ", "/", "·",
            "mm", "m", "MPa", "mg/kg", "%", "℃", "K", "dB(A)", "级", "次", "个/cm²", "g/100 g", "W/(m·K)", "s-1", "℃", "°", "裂纹",
            "循环", "抗拉强度", "(mm)", "/(mg/kg)", "(N)", "无量纲", "PM2.5", "0", "1", "5", "95", "0.1", "12.50", "000", "1e3",
        ]).prop_map(str::to_owned),
        1 => "[0-9]{1,6}(\\.[0-9]{1,4})?",
        1 => any::<char>().prop_map(String::from),
    ];
    proptest::collection::vec(piece, 0..12).prop_map(|pieces| pieces.concat())
}

fn ends(quantity: &Quantity) -> Vec<(f64, bool, String)> {
    let ends = [quantity.low(), quantity.high()].into_iter().flatten();
    ends.map(|bound| (bound.value(), bound.is_inclusive(), bound.decimal().to_owned()))
        .collect()
}

/// ASCII as full-width forms, blanks as ideographic ones.
fn widened(text: &str) -> String {
    let wide = |one: char| match one {
        ' ' => '\u{3000}',
        // The full-width comma ends a clause, the narrow one parts thousands; the full-width x is no sign of
        // multiplication that anybody types.
        ',' | 'x' => one,
        '!'..='~' => char::from_u32(u32::from(one) + 0xFEE0).unwrap_or(one),
        other => other,
    };
    text.chars().map(wide).collect()
}

const UNITS: [&str; 14] = [
    "", "mm", "MPa", "mg/kg", "%", "℃", "K", "dB(A)", "级", "个/cm²", "g/100g", "W/(m·K)", "min", "Ω",
];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn any_text_is_read_without_panic(text in disturbed(), other in any::<String>(), unit in disturbed()) {
        for quantity in [
            Quantity::parse(&text),
            Quantity::parse(&other),
            Quantity::parse_with_unit(&text, &unit),
            Quantity::parse_with_unit("≥5", &unit),
        ] {
            let low = quantity.low().map_or(f64::MIN, Bound::value);
            let high = quantity.high().map_or(f64::MAX, Bound::value);
            prop_assert!(low.is_finite() && high.is_finite() && low <= high, "{:?}", quantity);
            let again = Quantity::parse(quantity.canonical());
            prop_assert_eq!(again.canonical(), quantity.canonical());
            let unread = quantity.low().is_none() && quantity.high().is_none();
            let why = [QuantityFlag::NoNumber, QuantityFlag::Unclear, QuantityFlag::TooLong, QuantityFlag::UnreadableUnit];
            prop_assert_eq!(unread, quantity.flags().iter().any(|flag| why.contains(flag)));
            let _ = (quantity.weaker_than(&again), again.weaker_than(&Quantity::parse(&other)));
        }
    }

    #[test]
    fn canonical_form_says_the_same(text in disturbed()) {
        let quantity = Quantity::parse(&text);
        let again = Quantity::parse(quantity.canonical());
        prop_assert_eq!(ends(&again), ends(&quantity), "{:?}", quantity);
        prop_assert_eq!(
            again.unit().map(|unit| (unit.canonical(), unit.dimension())),
            quantity.unit().map(|unit| (unit.canonical(), unit.dimension()))
        );
        prop_assert_eq!(again.is_nominal(), quantity.is_nominal());
        if !quantity.is_nominal() && !ends(&quantity).is_empty() {
            prop_assert_eq!(quantity.weaker_than(&again), Some(false), "nothing is weaker than itself");
        }
    }

    #[test]
    fn full_width_says_the_same(text in disturbed()) {
        let (narrow, wide) = (Quantity::parse(&text), Quantity::parse(&widened(&text)));
        prop_assert_eq!(ends(&narrow), ends(&wide), "{:?} {:?}", narrow, wide);
    }

    #[test]
    fn words_and_signs_are_one(
        number in "(0|[1-9][0-9]{0,3})(\\.[0-9]{1,3})?",
        (sign, words) in select(vec![
            ("≥", vec!["不小于", "不低于", "至少", "大于等于", ">=", "≥ ", "应不小于", "不得低于：", "≧", "≮"]),
            ("≤", vec!["不大于", "不超过", "不高于", "至多", "小于等于", "<=", "≤ ", "应不大于", "不得超过", "⩽", "≯"]),
            (">", vec!["大于", "高于", "＞"]),
            ("<", vec!["小于", "低于", "＜"]),
        ]),
        unit in select(UNITS.to_vec()),
        blank in select(vec!["", " ", "\u{3000}"]),
    ) {
        let canonical = Quantity::parse(&format!("{sign}{number}{unit}"));
        prop_assert!(canonical.low().or(canonical.high()).is_some());
        for word in words {
            prop_assert_eq!(&Quantity::parse(&format!("{word}{number}{blank}{unit}")), &canonical, "{}", word);
            prop_assert_eq!(&Quantity::parse_with_unit(&format!("{word}{number}"), unit), &canonical, "{}", word);
        }
    }

    #[test]
    fn order_of_limits_is_the_order_of_numbers(
        one in 1_u32..100_000,
        other in 1_u32..100_000,
        places in 0_usize..5,
        (unit, thousandth) in select(vec![
            ("mg/kg", "μg/kg"), ("kg", "g"), ("m", "mm"), ("MPa", "kPa"), ("L", "mL"), ("kN", "N"), ("mg/L", "mg/m³"), ("A", "mA"), ("kV", "V"), ("s", "ms"),
        ]),
    ) {
        let decimal = |number: u32, places: usize| {
            let digits = format!("{number:0>width$}", width = places + 1);
            let (whole, fraction) = digits.split_at(digits.len() - places);
            if places == 0 { digits.clone() } else { format!("{whole}.{fraction}") }
        };
        // The limit in the unit with three places more is the same number of the smaller unit.
        let requirement = Quantity::parse(&format!("≤{} {thousandth}", decimal(one, places)));
        let limit = Quantity::parse(&format!("≤{} {unit}", decimal(other, places + 3)));
        prop_assert_eq!(requirement.weaker_than(&limit), Some(one > other));
        let requirement = Quantity::parse(&format!("≥{} {thousandth}", decimal(one, places)));
        let limit = Quantity::parse(&format!("≥{} {unit}", decimal(other, places + 3)));
        prop_assert_eq!(requirement.weaker_than(&limit), Some(one < other));
    }
}
