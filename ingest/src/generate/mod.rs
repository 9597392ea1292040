//! Generated data of a hub (`nqi-hub generate`), for trials, tests and measurements.
//!
//! No enterprise in it exists: credit codes have the region digits 000000, which no authority has, names are made
//! of rare characters, barcodes begin with the prefix that GS1 keeps for examples. There is no natural person in
//! it. Sizes, shares and faults are those of the national platform and of published spot checks.
//!
//! The same [`Plan`] gives the same bytes on every machine. Each enterprise has streams of chance of its own, so it
//! can be generated alone, and memory does not grow with the scale.

mod approval;
mod catalogue;
mod chance;
mod credit;
mod credit_code;
mod credit_file;
mod declaration;
mod delivery;
mod enterprise;
mod fault;
mod flat;
mod instrument;
mod later;
mod metrology_file;
mod number;
mod plan;
mod plant;
mod product;
mod readme;
mod record;
mod region;
mod requirement;
mod seat;
mod share;
mod shuffle;
mod side_files;
mod trade;
mod trade_name;
mod write;

#[cfg(test)]
mod tests;

pub use credit::CreditRow;
pub use credit_file::CreditFile;
pub use enterprise::RegisterRow;
pub use fault::*;
pub use flat::{FLAT_HEADERS, csv_form};
pub use metrology_file::MetrologyFile;
pub use plan::{CatalogueStandard, Plan, PlanError, Scale};
pub use record::{ExchangeIndicator, ExchangeProduct, ExchangeRecord};
pub use side_files::{SideFile, SideRow};
pub use write::{Form, Summary, generate};

/// The newest day of generated data, unless told: a fixed one, so that the same seed gives the same files tomorrow.
pub const DAY: &str = "2026-10-31";

use catalogue::Catalogue;
use chance::{Chance, Purpose};
use chrono::NaiveDate;
use declaration::{Declarant, count_one};
use enterprise::Enterprise;
use seat::Seats;
use shuffle::{Shuffle, mixed};
use trade_name::TradeNames;

/// One enterprise and all that is told of it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct GeneratedEnterprise {
    /// Its row in the register file; one enterprise in twenty is not in the register.
    pub register: Option<RegisterRow>,
    /// Its records in the first delivery, by day; repeated ones at the end.
    pub records: Vec<ExchangeRecord>,
    /// Its records in the later delivery.
    pub later: Vec<ExchangeRecord>,
    /// The faults in `records`.
    pub faults: FaultTally,
    /// What happened: `renamed`, `revised` and `abolished` in the first delivery, `corrected`, `deleted`,
    /// `revised_later` and `abolished_later` in the later one.
    pub life: Counts,
}

/// A plan made ready: any of its enterprises can be generated, in any order.
pub struct Generator {
    seed: u64,
    scale: Scale,
    delivered_on: NaiveDate,
    catalogue: Catalogue,
    seats: Seats,
    ranks: Shuffle,
    names: TradeNames,
}

impl Generator {
    /// Checks the plan and sorts its catalogue.
    pub fn new(plan: &Plan) -> Result<Self, PlanError> {
        plan.check()?;
        let (seed, enterprises) = (plan.seed, plan.scale.enterprises());
        Ok(Self {
            seed,
            scale: plan.scale,
            delivered_on: plan.delivered_on(),
            catalogue: Catalogue::new(&plan.standards)?,
            seats: Seats::new(plan.scale.regions().collect(), enterprises, mixed(seed ^ 1)),
            ranks: Shuffle::new(enterprises.into(), mixed(seed ^ 2)),
            names: TradeNames::new(mixed(seed ^ 3)),
        })
    }

    /// Number of enterprises; their numbers run from 0.
    pub fn enterprises(&self) -> u32 {
        self.scale.enterprises()
    }

    /// One enterprise. It does not depend on any other. None for a number that the plan does not have.
    pub fn enterprise(&self, number: u32) -> Option<GeneratedEnterprise> {
        let (enterprises, declarations) = (self.scale.enterprises(), self.scale.declarations());
        let enterprise = self.identity(number)?;
        let rank = u32::try_from(self.ranks.place(number.into())).ok()?;
        let count = share::declarations_of(rank, enterprises, declarations);
        let mut generated = GeneratedEnterprise {
            register: enterprise.registered.then(|| enterprise.register_row()),
            ..GeneratedEnterprise::default()
        };
        if enterprise.former.is_some() {
            count_one(&mut generated.life, "renamed");
        }
        self.tell(&enterprise, count, &mut generated);
        Some(generated)
    }

    /// The credit records of one enterprise, by streams of chance of their own. None for a number that the plan does not have.
    pub fn credit(&self, number: u32) -> Option<Vec<CreditRow>> {
        let enterprise = self.identity(number)?;
        let writer = credit::Writer {
            enterprise: &enterprise,
            until: self.delivered_on,
            chance: Chance::of(mixed(self.seed ^ 5), number, Purpose::Identity),
            rows: Vec::new(),
        };
        Some(writer.write())
    }

    /// An enterprise before anything is told of it.
    fn identity(&self, number: u32) -> Option<Enterprise> {
        if number >= self.scale.enterprises() {
            return None;
        }
        Enterprise::new(
            number,
            &self.seats.seat(number)?,
            &self.names,
            mixed(self.seed ^ 4),
            self.delivered_on,
            &mut Chance::of(self.seed, number, Purpose::Identity),
        )
    }

    fn tell(&self, enterprise: &Enterprise, count: u32, generated: &mut GeneratedEnterprise) {
        let chance = |purpose| Chance::of(self.seed, enterprise.number, purpose);
        let (mut telling, mut failing, mut later) = (
            chance(Purpose::Declarations),
            chance(Purpose::Faults),
            chance(Purpose::Later),
        );
        let mut declarant = Declarant::new(enterprise, &self.catalogue, self.delivered_on);
        let mut declarations = declarant.declare(count, &mut generated.life, &mut telling);
        let mut repeated = Vec::new();
        for declaration in &declarations {
            let mut record = declaration.record.clone();
            plant::plant(&mut record, &mut generated.faults, &mut failing);
            if generated.faults.falls(&REPEATED_RECORD, &mut failing) {
                repeated.push(record.clone());
            }
            generated.records.push(record);
        }
        generated.records.append(&mut repeated);
        for declaration in &mut declarations {
            generated.later.extend(later::later(
                declaration,
                &mut declarant,
                self.delivered_on,
                &mut generated.life,
                &mut later,
            ));
        }
    }
}

/// All records of a plan, first those of the first delivery, then those of the later one, without any file. Each
/// enterprise is generated twice for it, so that memory stays flat.
pub fn records(plan: &Plan) -> Result<impl Iterator<Item = ExchangeRecord>, PlanError> {
    let generator = std::rc::Rc::new(Generator::new(plan)?);
    let again = generator.clone();
    let count = generator.enterprises();
    let first = (0..count).filter_map(move |number| generator.enterprise(number));
    let later = (0..count).filter_map(move |number| again.enterprise(number));
    Ok(first
        .flat_map(|enterprise| enterprise.records)
        .chain(later.flat_map(|enterprise| enterprise.later)))
}
