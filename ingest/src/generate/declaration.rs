//! The declarations of an enterprise over the years.

use chrono::{Datelike, Days, NaiveDate, NaiveDateTime, NaiveTime, Weekday};

use super::catalogue::Catalogue;
use super::chance::Chance;
use super::enterprise::Enterprise;
use super::fault::Counts;
use super::number::{StandardType, picked_standard};
use super::product::{self, Good};
use super::record::{ExchangeProduct, ExchangeRecord};

/// Share of declarations that try to revise an earlier one of the enterprise, per mille: they do where the
/// earlier one, met by chance, is an own standard that is in force.
pub(super) const REVISING: u32 = 120;
/// Share of declarations in force that are abolished without a successor, per mille.
pub(super) const ABOLISHED: u32 = 50;
/// Share of replaced declarations whose state is 废止 rather than 被代替, per mille: platforms differ.
pub(super) const REPLACED_AS_ABOLISHED: u32 = 300;
/// Share of states in force that are written 现行 rather than 现行有效, per mille.
const SHORT_STATUS: u32 = 60;

const PLEDGE: &str = "本企业对所公开标准的真实性、准确性、合法性负责，并承诺产品和服务符合所公开的标准。";

/// A declaration without faults, and what its later life needs.
pub(super) struct Declaration {
    pub(super) record: ExchangeRecord,
    pub(super) at: NaiveDateTime,
    pub(super) kind: StandardType,
    pub(super) good: Good,
    pub(super) in_force: bool,
}

/// Writes the declarations of one enterprise, in the order of their days.
pub(super) struct Declarant<'a> {
    enterprise: &'a Enterprise,
    catalogue: &'a Catalogue,
    delivered_on: NaiveDate,
    records: u32,
    own_standards: u32,
    barcodes: u32,
}

impl<'a> Declarant<'a> {
    pub(super) fn new(enterprise: &'a Enterprise, catalogue: &'a Catalogue, delivered_on: NaiveDate) -> Self {
        Self {
            enterprise,
            catalogue,
            delivered_on,
            records: 0,
            own_standards: 0,
            barcodes: 0,
        }
    }

    /// `count` declarations. `life` counts what became of them.
    pub(super) fn declare(&mut self, count: u32, life: &mut Counts, chance: &mut Chance) -> Vec<Declaration> {
        let mut times: Vec<NaiveDateTime> = (0..count).map(|_| self.time(chance)).collect();
        times.sort();
        let mut told: Vec<Declaration> = Vec::new();
        for at in times {
            let earlier = chance.below(u32::try_from(told.len()).unwrap_or(u32::MAX)) as usize;
            let revised = told
                .get_mut(earlier)
                .filter(|_| chance.per_mille(REVISING))
                .filter(|earlier| earlier.in_force && earlier.kind == StandardType::Own && earlier.at < at);
            let declaration = match revised {
                Some(earlier) => {
                    count_one(life, "revised");
                    let next = self.revise(earlier, at, chance);
                    replace(earlier, at.date(), chance);
                    next
                }
                None => self.new_declaration(at, chance),
            };
            told.push(declaration);
        }
        for declaration in told.iter_mut().filter(|declaration| declaration.in_force) {
            if chance.per_mille(ABOLISHED)
                && let Some(day) = self.day_after(declaration.at.date(), chance)
            {
                count_one(life, "abolished");
                abolish(declaration, day);
            }
        }
        told
    }

    /// A declaration of the revised text of an own standard: a new record with the same number.
    pub(super) fn revise(
        &mut self,
        earlier: &Declaration,
        at: NaiveDateTime,
        chance: &mut Chance,
    ) -> Declaration {
        let mut record = ExchangeRecord {
            standard_number: earlier.record.standard_number.clone(),
            standard_name: earlier.record.standard_name.clone(),
            products: earlier.record.products.clone(),
            ..self.head(at, earlier.kind, chance)
        };
        record.published_on = self.published_before(at, chance).to_string();
        record.indicators = product::indicators(self.enterprise, year(at), self.catalogue, chance);
        record.products.push(self.product(&earlier.good, chance));
        Declaration {
            record,
            at,
            kind: earlier.kind,
            good: earlier.good.clone(),
            in_force: true,
        }
    }

    /// One more product of a kind.
    pub(super) fn product(&mut self, good: &Good, chance: &mut Chance) -> ExchangeProduct {
        product::product(self.enterprise, good, &mut self.barcodes, chance)
    }

    fn new_declaration(&mut self, at: NaiveDateTime, chance: &mut Chance) -> Declaration {
        let kind = StandardType::any(chance);
        let good = Good::any(self.enterprise, chance);
        let mut record = self.head(at, kind, chance);
        match kind {
            StandardType::Own => {
                let published = self.published_before(at, chance);
                self.own_standards += 1;
                let year = u32::try_from(published.year()).unwrap_or(0);
                record.standard_number = self.enterprise.style.number(self.own_standards, year);
                record.standard_name.clone_from(&good.name);
                record.published_on = published.to_string();
            }
            StandardType::Listed(picked) => {
                let trade = self.enterprise.trade;
                (record.standard_number, record.standard_name) =
                    picked_standard(picked, trade, year(at), self.catalogue, chance);
            }
        }
        record.products = product::products(self.enterprise, &good, &mut self.barcodes, chance);
        if kind.tells_indicators() {
            record.indicators = product::indicators(self.enterprise, year(at), self.catalogue, chance);
        }
        Declaration {
            record,
            at,
            kind,
            good,
            in_force: true,
        }
    }

    /// What a record says of the enterprise and of the day.
    fn head(&mut self, at: NaiveDateTime, kind: StandardType, chance: &mut Chance) -> ExchangeRecord {
        self.records += 1;
        let enterprise = self.enterprise;
        let own = kind == StandardType::Own;
        let (short, public, below) = (
            chance.per_mille(SHORT_STATUS),
            chance.per_mille(350),
            chance.per_mille(15),
        );
        let yes_no = |yes| if yes { "是" } else { "否" }.to_owned();
        ExchangeRecord {
            op: "UPSERT".to_owned(),
            record_id: format!(
                "Q-{}-{}-{:04}",
                enterprise.credit_code,
                at.format("%Y%m%d%H%M"),
                self.records
            ),
            credit_code: enterprise.credit_code.clone(),
            enterprise_name: enterprise.name_on(at.date()).to_owned(),
            region_code: enterprise.region.code.to_owned(),
            address: enterprise.address.clone(),
            standard_type: kind.word().to_owned(),
            declared_at: at.format("%Y-%m-%d %H:%M").to_string(),
            status: if short { "现行" } else { "现行有效" }.to_owned(),
            text_public: if own { yes_no(public) } else { String::new() },
            pledge: PLEDGE.to_owned(),
            below_recommended: if own && at.year() >= 2024 {
                yes_no(below)
            } else {
                String::new()
            },
            ..ExchangeRecord::default()
        }
    }

    /// A time since 2017 and since the founding, more often in later years, mostly in working hours.
    fn time(&self, chance: &mut Chance) -> NaiveDateTime {
        let opened = NaiveDate::from_ymd_opt(2017, 1, 3).unwrap_or_default();
        let begin = later_by(self.enterprise.founded, 30).max(opened);
        let days = u32::try_from((self.delivered_on - begin).num_days()).unwrap_or(0);
        let after = chance.below(days).max(chance.below(days));
        let day = later_by(begin, after);
        let back = match day.weekday() {
            Weekday::Sat if chance.per_mille(900) => 1,
            Weekday::Sun if chance.per_mille(900) => 2,
            _ => 0,
        };
        let day = day.checked_sub_days(Days::new(back)).unwrap_or(day);
        day.and_time(time_of_day(chance))
    }

    /// The day on which the enterprise published what it declares: most declare within 30 days (R70).
    fn published_before(&self, at: NaiveDateTime, chance: &mut Chance) -> NaiveDate {
        let days = match chance.weighted(&[45, 40, 15]) {
            0 => chance.between(0, 7),
            1 => chance.between(8, 30),
            _ => chance.between(31, 240),
        };
        let day = at.date().checked_sub_days(Days::new(days.into()));
        day.unwrap_or(at.date()).max(self.enterprise.founded)
    }

    /// A day between a month after the given one and the delivery; none where there is none.
    fn day_after(&self, day: NaiveDate, chance: &mut Chance) -> Option<NaiveDate> {
        let first = later_by(day, 30);
        let days = u32::try_from((self.delivered_on - first).num_days()).ok()?;
        Some(later_by(first, chance.between(0, days)))
    }
}

/// Marks a declaration as replaced by one that was made on the given day.
pub(super) fn replace(earlier: &mut Declaration, day: NaiveDate, chance: &mut Chance) {
    abolish(earlier, day);
    if !chance.per_mille(REPLACED_AS_ABOLISHED) {
        "被代替".clone_into(&mut earlier.record.status);
    }
}

/// Marks a declaration as abolished on the given day.
pub(super) fn abolish(declaration: &mut Declaration, day: NaiveDate) {
    declaration.in_force = false;
    "废止".clone_into(&mut declaration.record.status);
    declaration.record.abolished_on = day.to_string();
}

/// A minute of a day: mostly 8 to 18 o'clock.
pub(super) fn time_of_day(chance: &mut Chance) -> NaiveTime {
    let hour = if chance.per_mille(930) {
        chance.between(8, 17)
    } else {
        chance.between(18, 23)
    };
    NaiveTime::from_hms_opt(hour, chance.below(60), 0).unwrap_or_default()
}

pub(super) fn count_one(counts: &mut Counts, key: &'static str) {
    *counts.entry(key).or_default() += 1;
}

fn later_by(day: NaiveDate, days: u32) -> NaiveDate {
    day.checked_add_days(Days::new(days.into())).unwrap_or(day)
}

fn year(at: NaiveDateTime) -> u32 {
    u32::try_from(at.year()).unwrap_or(0)
}
