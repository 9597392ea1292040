//! Numbers printed on products in China, numbers cut in a register, numbers made up for demonstrations.

use super::*;

/// Numbers of products on sale, as listed; all pass.
const PRINTED: [&str; 30] = [
    "6902890264651",
    "6970512358996",
    "6972333772968",
    "6901236333709",
    "6937003706315",
    "6914068053189",
    "6925303797751",
    "6925303710187",
    "6937003703840",
    "6907992513645",
    "6925303770563",
    "6925303701536",
    "6925303796426",
    "6925303740719",
    "6902083814052",
    "6914068020082",
    "6923644241353",
    "6920208924028",
    "6937962134617",
    "6937962144715",
    "6971552201303",
    "6935270642121",
    "4897090850174",
    "6974354667506",
    "6971329920895",
    "6971329921007",
    "6921168509256",
    "6921168594849",
    "6976586902578",
    "6923644266066",
];

/// Numbers of a supermarket's list without their check digit, and the whole number.
const CUT: [(&str, &str); 40] = [
    ("690799251257", "6907992512570"),
    ("692364422345", "6923644223458"),
    ("690799210027", "6907992100272"),
    ("693262090005", "6932620900054"),
    ("692586153183", "6925861531835"),
    ("690103520063", "6901035200639"),
    ("692250782275", "6922507822753"),
    ("693686921537", "6936869215375"),
    ("690799251205", "6907992512051"),
    ("690289023416", "6902890234166"),
    ("694896010156", "6948960101563"),
    ("695056110013", "6950561100135"),
    ("690128599121", "6901285991219"),
    ("690152428238", "6901524282382"),
    ("690799251285", "6907992512853"),
    ("692777090182", "6927770901822"),
    ("695606400042", "6956064000422"),
    ("690152413833", "6901524138337"),
    ("692356788010", "6923567880103"),
    ("692586153122", "6925861531224"),
    ("690799251139", "6907992511399"),
    ("697046974031", "6970469740318"),
    ("693359561616", "6933595616162"),
    ("692364426851", "6923644268510"),
    ("690799210001", "6907992100012"),
    ("693472810060", "6934728100602"),
    ("693472810059", "6934728100596"),
    ("693472810066", "6934728100664"),
    ("693466508645", "6934665086458"),
    ("690799250013", "6907992500133"),
    ("692364424292", "6923644242923"),
    ("690799250001", "6907992500010"),
    ("690799251258", "6907992512587"),
    ("692364425048", "6923644250485"),
    ("692364426411", "6923644264116"),
    ("692364426595", "6923644265953"),
    ("694593067884", "6945930678841"),
    ("692245680503", "6922456805036"),
    ("690102819349", "6901028193498"),
    ("690102807576", "6901028075763"),
];

/// Numbers made up for demonstrations, and whether they pass by chance.
const INVENTED: [(&str, bool); 20] = [
    ("6901028181636", false),
    ("6920152431055", false),
    ("6902083881214", true),
    ("6920152412345", false),
    ("6925303712345", false),
    ("6920152401234", false),
    ("6901234567890", false),
    ("6901234567891", false),
    ("6901234567892", true),
    ("6901028012345", false),
    ("6901939621298", false),
    ("6920152467899", false),
    ("6902083880024", false),
    ("6901236341711", true),
    ("6920152485652", false),
    ("6907878016626", false),
    ("6920174751581", true),
    ("6902083890193", true),
    ("6920152430132", true),
    ("6921168509876", false),
];

fn gtin(raw: &str) -> Gtin {
    Gtin::parse(raw).unwrap()
}

#[test]
fn printed_numbers_pass() {
    for text in PRINTED {
        let read = gtin(text);
        assert_eq!((read.as_str(), read.flags()), (text, vec![]));
        assert_eq!(read.is_china(), text.starts_with("69"), "{text}");
        assert_eq!(read.key(), format!("0{text}"));
        assert_eq!(Gtin::with_check_digit(&text[..12]), Some(read));
    }
}

/// Two of the forty pass as GTIN-12 by chance: nothing in the digits tells that they were cut.
#[test]
fn cut_numbers_are_flagged_and_completed() {
    let passing: Vec<&str> = CUT
        .iter()
        .map(|(cut, _)| *cut)
        .filter(|cut| gtin(cut).flags().is_empty())
        .collect();
    assert_eq!(passing, ["690799210027", "695606400042"]);
    for (cut, whole) in CUT.into_iter().filter(|(cut, _)| !passing.contains(cut)) {
        assert_eq!(
            gtin(cut).flags(),
            [GtinFlag::CheckDigit, GtinFlag::LastDigitMissing],
            "{cut}"
        );
        assert!(!gtin(cut).is_china(), "a GTIN-12 has a prefix of America");
        assert_eq!(Gtin::with_check_digit(cut), Some(gtin(whole)));
    }
}

#[test]
fn invented_numbers_are_read() {
    for (text, passes) in INVENTED {
        assert_eq!(gtin(text).check_digit_ok(), passes, "{text}");
    }
    assert_eq!(INVENTED.iter().filter(|(_, passes)| *passes).count(), 6);
    assert_eq!(gtin("6976983800013").flags(), [GtinFlag::CheckDigit]);
    assert_eq!(gtin("6928804011153").flags(), [GtinFlag::CheckDigit]);
}

#[test]
fn every_substitution_of_one_digit_is_detected() {
    for text in PRINTED {
        for (at, right) in text.char_indices() {
            for wrong in ('0'..='9').filter(|one| *one != right) {
                let changed = format!("{}{wrong}{}", &text[..at], &text[at + 1..]);
                assert!(!gtin(&changed).check_digit_ok(), "{changed}");
            }
        }
    }
}

#[test]
fn cells_of_registers() {
    let good = Some("6970872410006");
    let table = [
        ("6970872410006", good),
        ("６９７０８７２４１０００６", good),
        (" 697 0872 41000-6 ", good),
        ("条码：6970872410006", good),
        ("商品条码 6970872410006", good),
        ("EAN-13: 6970872410006", good),
        ("69码 6970872410006", good),
        ("6970872410006.0", good),
        ("'6970872410006", good),
        ("084501142315", Some("084501142315")),
        ("16970872410003", Some("16970872410003")),
        ("69012345", Some("69012345")),
        ("——", None),
        ("/", None),
        ("无", None),
        ("0", None),
        ("0000000000000", None),
        ("00000000", None),
        ("6.97087E+12", None),
        ("6970872410006、6901028181636", None),
        ("697087241000", Some("697087241000")),
        ("69708724100061", Some("69708724100061")),
        ("697087241000612", None),
        ("6970872410006123", None),
        ("84501142315", None),
        ("型号 6970872410006", None),
        ("697087241000X", None),
        ("٦٩٧٠٨٧٢٤١٠٠٠٦", None),
        ("", None),
    ];
    for (raw, expected) in table {
        assert_eq!(Gtin::parse(raw).as_ref().map(Gtin::as_str), expected, "{raw}");
    }
}

#[test]
fn all_lengths_have_their_prefix_and_their_key() {
    let table = [
        ("6970872410006", true, "06970872410006"),
        ("06970872410006", true, "06970872410006"),
        ("16970872410003", true, "16970872410003"),
        ("6801234567895", true, "06801234567895"),
        ("69012341", true, "00000069012341"),
        ("084501142315", false, "00084501142315"),
        ("96385074", false, "00000096385074"),
        ("4897090850174", false, "04897090850174"),
    ];
    for (text, china, key) in table {
        let read = gtin(text);
        assert!(read.check_digit_ok(), "{text}");
        assert_eq!((read.is_china(), read.key().as_str()), (china, key), "{text}");
    }
    assert_eq!(gtin("2012345678903").flags(), [GtinFlag::InStore]);
}

#[test]
fn texts() {
    let read = gtin("条码：6970872410006");
    assert_eq!(
        (read.to_string().as_str(), read.raw()),
        ("6970872410006", "条码：6970872410006")
    );
    assert_eq!(serde_json::to_string(&read).unwrap(), "\"6970872410006\"");
    assert_eq!(serde_json::from_str::<Gtin>("\"6970872410006\"").unwrap(), read);
    assert!(serde_json::from_str::<Gtin>("\"——\"").is_err());
    for flag in GtinFlag::ALL {
        assert_eq!(
            serde_json::to_string(&flag).unwrap(),
            format!("\"{}\"", flag.as_str())
        );
    }
}
