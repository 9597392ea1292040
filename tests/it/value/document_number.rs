//! Properties of document numbers and plan numbers.

use entity::value::{DocumentNumber, PlanNumber};
use proptest::prelude::*;
use proptest::sample::select;

proptest! {
    #[test]
    fn document_number_is_one_in_any_bracket(
        issuer in "[张京粤国市监标计发函]{2,8}",
        year in 1950_u16..2040,
        serial in 1_u32..10_000,
        (open, close) in select(vec![('〔', '〕'), ('[', ']'), ('（', '）'), ('(', ')'), ('【', '】'), ('〈', '〉'), ('［', '］')]),
        blank in select(vec!["", " ", "\u{3000}"]),
    ) {
        let number = DocumentNumber::parse(&format!("{issuer}{blank}{open}{year}{close}{blank}{serial}{blank}号"));
        let canonical = format!("{issuer}〔{year}〕{serial}号");
        prop_assert_eq!(number.as_ref().map(DocumentNumber::canonical), Some(canonical.as_str()));
        prop_assert_eq!(number.as_ref().map(DocumentNumber::year), Some(year));
        prop_assert_eq!(DocumentNumber::parse(&canonical), number);
    }

    #[test]
    fn any_text_is_read_without_panic(raw in any::<String>()) {
        for text in [raw.clone(), format!("市监〔2022〕{raw}号"), format!("{raw}〔2022〕2号")] {
            if let Some(number) = DocumentNumber::parse(&text) {
                let again = DocumentNumber::parse(number.canonical());
                prop_assert_eq!(again.as_ref(), Some(&number));
            }
        }
    }

    #[test]
    fn plan_number_reads_as_itself(year in 1990_u16..2040, serial in 0_u16..10_000, nature in select(vec!['Q', 'T', 'Z']), department in 100_u16..1000) {
        let text = format!("{year}{serial:04}-{nature}-{department}");
        let plan = PlanNumber::parse(&text);
        prop_assert_eq!(plan.as_ref().map(PlanNumber::as_str), Some(text.as_str()));
        prop_assert_eq!(plan.as_ref().and_then(PlanNumber::year), Some(year));
        prop_assert_eq!(PlanNumber::parse(&text.replace('-', "—").to_lowercase()), plan);
    }

    #[test]
    fn plan_number_of_any_text_is_no_panic(raw in any::<String>()) {
        if let Some(plan) = PlanNumber::parse(&raw) {
            prop_assert_eq!(PlanNumber::parse(plan.as_str()), Some(plan.clone()));
        }
    }
}
