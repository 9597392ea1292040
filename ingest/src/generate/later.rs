//! The later delivery: what the 30 days after the first one changed.

use chrono::{Days, NaiveDate, NaiveDateTime};

use super::chance::Chance;
use super::declaration::{Declarant, Declaration, abolish, count_one, replace, time_of_day};
use super::fault::Counts;
use super::number::StandardType;
use super::record::ExchangeRecord;

/// How often something is told again, of 1,000 declarations: corrected backwards (the same record, other
/// content), deleted at the source, revised (a new record, and the old one again as replaced), abolished.
const EVENTS: [(&str, u32); 5] = [
    ("nothing", 969),
    ("corrected", 15),
    ("deleted", 3),
    ("revised_later", 8),
    ("abolished_later", 5),
];

/// The records of the later delivery that tell of one declaration. Records told again have no faults: the source
/// has put them right.
pub(super) fn later(
    declaration: &mut Declaration,
    declarant: &mut Declarant<'_>,
    delivered_on: NaiveDate,
    life: &mut Counts,
    chance: &mut Chance,
) -> Vec<ExchangeRecord> {
    let event = chance.weighted(&EVENTS.map(|(_, weight)| weight));
    let event = EVENTS.get(event).map_or("nothing", |(event, _)| event);
    let at = time_after(delivered_on, chance);
    let records = match event {
        "corrected" => vec![corrected(declaration, declarant, chance)],
        "deleted" => vec![ExchangeRecord {
            op: "DELETE".to_owned(),
            record_id: declaration.record.record_id.clone(),
            ..ExchangeRecord::default()
        }],
        "revised_later" if declaration.in_force && declaration.kind == StandardType::Own => {
            let next = declarant.revise(declaration, at, chance);
            replace(declaration, at.date(), chance);
            vec![next.record, declaration.record.clone()]
        }
        "abolished_later" if declaration.in_force => {
            abolish(declaration, at.date());
            vec![declaration.record.clone()]
        }
        _ => return Vec::new(),
    };
    count_one(life, event);
    records
}

/// The same record with other content: a product more, the text opened or closed, or another day of publication.
fn corrected(
    declaration: &Declaration,
    declarant: &mut Declarant<'_>,
    chance: &mut Chance,
) -> ExchangeRecord {
    let mut record = declaration.record.clone();
    let day_before = record
        .published_on
        .parse()
        .ok()
        .and_then(|day: NaiveDate| day.pred_opt());
    match (chance.below(3), day_before) {
        (0, _) => record.products.push(declarant.product(&declaration.good, chance)),
        (1, Some(day)) => record.published_on = day.to_string(),
        _ => record.text_public = if record.text_public == "是" { "否" } else { "是" }.to_owned(),
    }
    record
}

/// A time on one of the 30 days after the first delivery.
fn time_after(delivered_on: NaiveDate, chance: &mut Chance) -> NaiveDateTime {
    let day = delivered_on.checked_add_days(Days::new(chance.between(1, 30).into()));
    day.unwrap_or(delivered_on).and_time(time_of_day(chance))
}
