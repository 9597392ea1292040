//! Units with their factor to the base unit: SI (GB 3100-1993, GB/T 3101, GB/T 3102) and what requirements use beside it.

use super::dimension::Powers;
use super::scale::{Scale, ten, times};

/// One unit that compounds are made of.
#[derive(Debug)]
pub(super) struct Atom {
    /// The canonical symbol.
    pub(super) symbol: &'static str,
    /// Other spellings, the careless ones of registers (`Mpa`, `KG`) and Chinese names among them. A spelling that could
    /// be two units (`mpa`) is not here.
    spellings: &'static [&'static str],
    /// Base units in one of this unit.
    pub(super) scale: Scale,
    pub(super) powers: Powers,
}

const fn atom(
    symbol: &'static str,
    spellings: &'static [&'static str],
    scale: Scale,
    powers: Powers,
) -> Atom {
    Atom {
        symbol,
        spellings,
        scale,
        powers,
    }
}

/// The unit of a symbol or another spelling.
pub(super) fn atom_of(text: &str) -> Option<&'static Atom> {
    let all = || [MECHANICS, ELECTRICS, OTHERS].into_iter().flatten();
    all()
        .find(|atom| atom.symbol == text)
        .or_else(|| all().find(|atom| atom.spellings.contains(&text)))
}

const MECHANICS: &[Atom] = &[
    atom("m", &["米"], ten(0), Powers::LENGTH),
    atom("km", &["KM", "Km", "千米", "公里"], ten(3), Powers::LENGTH),
    atom("dm", &["分米"], ten(-1), Powers::LENGTH),
    atom("cm", &["CM", "厘米"], ten(-2), Powers::LENGTH),
    atom("mm", &["MM", "毫米"], ten(-3), Powers::LENGTH),
    atom("μm", &["um", "微米"], ten(-6), Powers::LENGTH),
    atom("nm", &["纳米"], ten(-9), Powers::LENGTH),
    atom("in", &["英寸"], times(0.0254), Powers::LENGTH),
    atom("m²", &["平方米"], ten(0), Powers::AREA),
    atom("dm²", &["平方分米"], ten(-2), Powers::AREA),
    atom("cm²", &["平方厘米"], ten(-4), Powers::AREA),
    atom("mm²", &["平方毫米"], ten(-6), Powers::AREA),
    atom("ha", &["公顷"], ten(4), Powers::AREA),
    atom("m³", &["立方米"], ten(0), Powers::VOLUME),
    atom("cm³", &["立方厘米", "cc"], ten(-6), Powers::VOLUME),
    atom("L", &["l", "升"], ten(-3), Powers::VOLUME),
    atom("dL", &["dl"], ten(-4), Powers::VOLUME),
    atom("cL", &["cl"], ten(-5), Powers::VOLUME),
    atom("mL", &["ml", "ML", "Ml", "毫升"], ten(-6), Powers::VOLUME),
    atom("μL", &["uL", "ul", "μl", "微升"], ten(-9), Powers::VOLUME),
    atom("kg", &["KG", "Kg", "公斤", "千克"], ten(0), Powers::MASS),
    atom("t", &["吨"], ten(3), Powers::MASS),
    atom("g", &["克"], ten(-3), Powers::MASS),
    atom("mg", &["MG", "毫克"], ten(-6), Powers::MASS),
    atom("μg", &["ug", "mcg", "微克"], ten(-9), Powers::MASS),
    atom("ng", &["纳克"], ten(-12), Powers::MASS),
    atom("pg", &[], ten(-15), Powers::MASS),
    atom("tex", &[], ten(-6), Powers::LINEAR_DENSITY),
    atom("dtex", &[], ten(-7), Powers::LINEAR_DENSITY),
    atom("s", &["sec", "秒"], ten(0), Powers::TIME),
    atom("ms", &["毫秒"], ten(-3), Powers::TIME),
    atom("μs", &["us", "微秒"], ten(-6), Powers::TIME),
    atom("ns", &["纳秒"], ten(-9), Powers::TIME),
    atom("min", &["分钟"], times(60.0), Powers::TIME),
    atom("h", &["hr", "小时"], times(3600.0), Powers::TIME),
    atom("d", &["天"], times(86_400.0), Powers::TIME),
    atom("N", &["牛", "牛顿"], ten(0), Powers::FORCE),
    atom("kN", &["KN", "千牛"], ten(3), Powers::FORCE),
    atom("MN", &["兆牛"], ten(6), Powers::FORCE),
    atom("mN", &[], ten(-3), Powers::FORCE),
    atom("cN", &[], ten(-2), Powers::FORCE),
    atom("kgf", &["千克力"], times(9.806_65), Powers::FORCE),
    atom("Pa", &["PA", "帕", "帕斯卡"], ten(0), Powers::PRESSURE),
    atom("hPa", &["百帕"], ten(2), Powers::PRESSURE),
    atom(
        "kPa",
        &["KPa", "Kpa", "KPA", "kpa", "千帕"],
        ten(3),
        Powers::PRESSURE,
    ),
    atom("MPa", &["Mpa", "MPA", "兆帕"], ten(6), Powers::PRESSURE),
    atom("GPa", &["Gpa", "GPA", "吉帕"], ten(9), Powers::PRESSURE),
    atom("mPa", &["毫帕"], ten(-3), Powers::PRESSURE),
    atom("bar", &["巴"], ten(5), Powers::PRESSURE),
    atom("mbar", &["毫巴"], ten(2), Powers::PRESSURE),
    atom("mmHg", &["毫米汞柱"], times(133.322_387_415), Powers::PRESSURE),
    atom("J", &["焦", "焦耳"], ten(0), Powers::ENERGY),
    atom("mJ", &["毫焦"], ten(-3), Powers::ENERGY),
    atom("kJ", &["KJ", "千焦"], ten(3), Powers::ENERGY),
    atom("MJ", &["兆焦"], ten(6), Powers::ENERGY),
    atom("GJ", &["吉焦"], ten(9), Powers::ENERGY),
    atom(
        "kW·h",
        &["kWh", "KWh", "KWH", "kwh", "千瓦时"],
        times(3.6e6),
        Powers::ENERGY,
    ),
];

const ELECTRICS: &[Atom] = &[
    atom("W", &["瓦", "瓦特"], ten(0), Powers::POWER),
    atom("kW", &["KW", "Kw", "kw", "千瓦"], ten(3), Powers::POWER),
    atom("MW", &["兆瓦"], ten(6), Powers::POWER),
    atom("mW", &["毫瓦"], ten(-3), Powers::POWER),
    atom("μW", &["uW", "微瓦"], ten(-6), Powers::POWER),
    atom("V", &["伏", "伏特"], ten(0), Powers::VOLTAGE),
    atom("kV", &["KV", "Kv", "kv", "千伏"], ten(3), Powers::VOLTAGE),
    atom("mV", &["毫伏"], ten(-3), Powers::VOLTAGE),
    atom("μV", &["uV", "微伏"], ten(-6), Powers::VOLTAGE),
    atom("A", &["安", "安培"], ten(0), Powers::CURRENT),
    atom("kA", &["KA", "千安"], ten(3), Powers::CURRENT),
    atom("mA", &["毫安"], ten(-3), Powers::CURRENT),
    atom("μA", &["uA", "微安"], ten(-6), Powers::CURRENT),
    atom("Ω", &["ohm", "Ohm", "欧", "欧姆"], ten(0), Powers::RESISTANCE),
    atom("μΩ", &["uΩ", "微欧"], ten(-6), Powers::RESISTANCE),
    atom("mΩ", &["毫欧"], ten(-3), Powers::RESISTANCE),
    atom("kΩ", &["KΩ", "千欧"], ten(3), Powers::RESISTANCE),
    atom("MΩ", &["兆欧"], ten(6), Powers::RESISTANCE),
    atom("GΩ", &[], ten(9), Powers::RESISTANCE),
    atom("TΩ", &[], ten(12), Powers::RESISTANCE),
    atom("S", &["西门子"], ten(0), Powers::CONDUCTANCE),
    atom("mS", &[], ten(-3), Powers::CONDUCTANCE),
    atom("μS", &["uS"], ten(-6), Powers::CONDUCTANCE),
    atom("F", &["法拉"], ten(0), Powers::CAPACITANCE),
    atom("μF", &["uF", "微法"], ten(-6), Powers::CAPACITANCE),
    atom("nF", &[], ten(-9), Powers::CAPACITANCE),
    atom("pF", &["皮法"], ten(-12), Powers::CAPACITANCE),
    atom("H", &["亨利"], ten(0), Powers::INDUCTANCE),
    atom("mH", &["毫亨"], ten(-3), Powers::INDUCTANCE),
    atom("μH", &["uH", "微亨"], ten(-6), Powers::INDUCTANCE),
    atom("Hz", &["HZ", "hz", "赫", "赫兹"], ten(0), Powers::FREQUENCY),
    atom("kHz", &["KHz", "KHZ", "khz", "千赫"], ten(3), Powers::FREQUENCY),
    atom("MHz", &["MHZ", "兆赫"], ten(6), Powers::FREQUENCY),
    atom("GHz", &["GHZ", "吉赫"], ten(9), Powers::FREQUENCY),
];

const OTHERS: &[Atom] = &[
    atom("cd", &["坎德拉"], ten(0), Powers::LIGHT),
    atom("lm", &["流明"], ten(0), Powers::LIGHT),
    atom("lx", &["Lx", "lux", "勒克斯"], ten(0), Powers::ILLUMINANCE),
    atom("mol", &["摩尔"], ten(0), Powers::AMOUNT),
    atom("mmol", &["毫摩尔"], ten(-3), Powers::AMOUNT),
    atom("μmol", &["umol"], ten(-6), Powers::AMOUNT),
    atom("Bq", &["贝可"], ten(0), Powers::RADIOACTIVITY),
    atom("mBq", &[], ten(-3), Powers::RADIOACTIVITY),
    atom("kBq", &[], ten(3), Powers::RADIOACTIVITY),
    atom("°", &[], ten(0), Powers::ANGLE),
    atom("′", &[], times(1.0 / 60.0), Powers::ANGLE),
    atom("r", &["转"], ten(0), Powers::TURN),
    atom("r/min", &["rpm", "RPM"], times(1.0 / 60.0), Powers::TURNING),
    atom("CFU", &["cfu"], ten(0), Powers::COLONIES),
    atom("MPN", &["mpn"], ten(0), Powers::PROBABLE),
    // In a compound a degree is a difference, W/(m·℃) is W/(m·K). Alone, 60 K can be a difference or a temperature, so it
    // does not compare with ℃.
    atom("K", &["°C"], ten(0), Powers::TEMPERATURE),
];

/// Dimensionless units: symbol, other spellings, factor, and of what they are a part. `%` without a word is read as a mass
/// fraction.
pub(super) const RATIOS: &[(&str, &[&str], Scale, Powers)] = &[
    ("%", &["%(m/m)", "%(w/w)", "%(W/W)"], ten(-2), Powers::MASS),
    ("‰", &[], ten(-3), Powers::MASS),
    ("ppm", &["PPM"], ten(-6), Powers::MASS),
    ("ppb", &["PPB"], ten(-9), Powers::MASS),
    (
        "%vol",
        &["%Vol", "%VOL", "%(V/V)", "%(v/v)"],
        ten(-2),
        Powers::VOLUME,
    ),
];

/// Units of a scale of their own: symbol, other spellings, and the name of what they measure.
pub(super) const SCALES: &[(&str, &[&str], &str)] = &[
    ("dB", &["DB", "db", "分贝"], "LEVEL"),
    (
        "dB(A)",
        &["DB(A)", "db(A)", "dB(a)", "db(a)", "dBA", "dBa", "分贝(A)"],
        "SOUND_LEVEL",
    ),
    ("pH", &["PH", "ph", "pH值"], "ACIDITY"),
    ("%RH", &["%rh", "RH%"], "RELATIVE_HUMIDITY"),
    ("级", &[], "GRADE"),
    ("℃", &["°C", "摄氏度"], "TEMPERATURE"),
];

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn no_spelling_is_two_units() {
        let mut seen = BTreeSet::new();
        for atom in [MECHANICS, ELECTRICS, OTHERS].into_iter().flatten() {
            for spelling in atom.spellings.iter().chain([&atom.symbol]) {
                assert!(seen.insert(*spelling), "{spelling}");
                assert_eq!(atom_of(spelling).map(|found| found.symbol), Some(atom.symbol));
            }
        }
    }
}
