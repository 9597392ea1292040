//! Enterprises (市场主体) that do not exist.

use chrono::{Days, NaiveDate};

use super::chance::Chance;
use super::credit_code::{fictitious_credit_code, organization_code};
use super::number::NumberStyle;
use super::region::Region;
use super::seat::Seat;
use super::trade::{self, Trade};
use super::trade_name::TradeNames;

/// Share of enterprises that have changed their name, per mille.
pub(super) const RENAMED: u32 = 40;
/// Share of enterprises that the register file tells of, per mille; a register is never complete.
pub(super) const REGISTERED: u32 = 950;

/// Status words (登记状态) of public registers, and how often each stands.
const STATUSES: [(&str, u32); 13] = [
    ("存续（在营、开业、在册）", 380),
    ("存续", 250),
    ("在业", 200),
    ("开业", 40),
    ("在营（开业）企业", 30),
    ("正常", 10),
    ("注销", 40),
    ("已注销", 10),
    ("吊销，未注销", 12),
    ("吊销", 8),
    ("迁出", 12),
    ("停业", 5),
    ("清算", 3),
];

/// An enterprise.
pub(super) struct Enterprise {
    pub(super) number: u32,
    pub(super) credit_code: String,
    pub(super) name: String,
    pub(super) former: Option<Former>,
    pub(super) region: &'static Region,
    pub(super) address: String,
    pub(super) founded: NaiveDate,
    pub(super) status: &'static str,
    pub(super) registered: bool,
    pub(super) trade: &'static Trade,
    pub(super) brand: String,
    pub(super) style: NumberStyle,
}

/// A name that was given up.
pub(super) struct Former {
    pub(super) name: String,
    /// The first day of the new name.
    pub(super) until: NaiveDate,
}

impl Enterprise {
    /// The enterprise of a number; `delivered_on` is the last day of its life so far. None only where a date or a
    /// code cannot be computed, which the bounds of the plan exclude.
    pub(super) fn new(
        number: u32,
        seat: &Seat,
        names: &TradeNames,
        key: u64,
        delivered_on: NaiveDate,
        chance: &mut Chance,
    ) -> Option<Self> {
        let founded = founding_day(delivered_on, chance)?;
        let reform = NaiveDate::from_ymd_opt(2015, 10, 1)?;
        let organization_code = organization_code(number, key, founded < reform)?;
        let trade = trade::any(chance);
        let trade_name = names.name(seat.in_city);
        let form = NameForm::any(seat.region, trade, chance);
        let former = chance.per_mille(RENAMED).then(|| {
            let (name, form) = match chance.weighted(&[4, 3, 3]) {
                0 => (trade_name.clone(), form.with_suffix("厂")),
                1 => (trade_name.clone(), NameForm::any(seat.region, trade, chance)),
                _ => (names.former_name(seat.in_city), form.clone()),
            };
            form.around(&name)
        });
        let name = form.around(&trade_name);
        let life = u32::try_from((delivered_on - founded).num_days()).unwrap_or(0);
        let renamed_after = chance.between(life / 4, life);
        let until = founded.checked_add_days(Days::new(renamed_after.into()))?;
        let (statuses, weights): (Vec<&str>, Vec<u32>) = STATUSES.iter().copied().unzip();
        Some(Self {
            number,
            credit_code: fictitious_credit_code(&organization_code)?,
            former: former
                .filter(|former| *former != name)
                .map(|name| Former { name, until }),
            name,
            region: seat.region,
            address: address(seat.region, names, chance),
            founded,
            status: statuses.get(chance.weighted(&weights)).copied().unwrap_or("存续"),
            registered: chance.per_mille(REGISTERED),
            trade,
            brand: names.any(chance.below(10_000)),
            style: NumberStyle::any(seat.region, trade, chance),
        })
    }

    /// The name that the enterprise bore on a day.
    pub(super) fn name_on(&self, day: NaiveDate) -> &str {
        match &self.former {
            Some(former) if day < former.until => &former.name,
            _ => &self.name,
        }
    }

    /// The row of the register file.
    pub(super) fn register_row(&self) -> RegisterRow {
        let former = self.former.as_ref();
        RegisterRow {
            credit_code: self.credit_code.clone(),
            name: self.name.clone(),
            status: self.status,
            region_code: self.region.code,
            address: self.address.clone(),
            founded_on: self.founded,
            former_name: former.map(|former| former.name.clone()).unwrap_or_default(),
            changed_on: former.map(|former| former.until),
        }
    }
}

/// What the register of enterprises says of one. It holds no natural person (no 法定代表人).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RegisterRow {
    /// 统一社会信用代码, 18 characters, region digits 000000.
    pub credit_code: String,
    /// 企业名称, the present name.
    pub name: String,
    /// 登记状态, a word of a public register.
    pub status: &'static str,
    /// 行政区划代码 of the seat, GB/T 2260.
    pub region_code: &'static str,
    /// 注册地址.
    pub address: String,
    /// 成立日期.
    pub founded_on: NaiveDate,
    /// 曾用名; empty where there is none.
    pub former_name: String,
    /// 变更日期, the first day of the present name.
    pub changed_on: Option<NaiveDate>,
}

/// A day from 1995 to 200 days before the first delivery; more in later years.
fn founding_day(delivered_on: NaiveDate, chance: &mut Chance) -> Option<NaiveDate> {
    let first = NaiveDate::from_ymd_opt(1995, 1, 2)?;
    let last = delivered_on.checked_sub_days(Days::new(200))?;
    let days = u32::try_from((last - first).num_days()).ok()?;
    let after = chance.below(days).max(chance.below(days));
    first.checked_add_days(Days::new(after.into()))
}

fn address(region: &Region, names: &TradeNames, chance: &mut Chance) -> String {
    let road = names.any(chance.below(10_000));
    let kind = chance.word(&["路", "路", "路", "大道", "街"]);
    let house = chance.between(1, 999);
    let building = if chance.per_mille(250) {
        format!("{}幢", chance.between(1, 30))
    } else {
        String::new()
    };
    let Region { name, city, .. } = region;
    format!("江苏省{city}{name}{road}{kind}{house}号{building}")
}

/// The parts of a name around the trade name.
#[derive(Clone)]
struct NameForm {
    place: String,
    trade: &'static str,
    suffix: &'static str,
    place_in_brackets: bool,
}

impl NameForm {
    fn any(region: &Region, trade: &Trade, chance: &mut Chance) -> Self {
        let place_in_brackets = chance.per_mille(80);
        Self {
            place: place(region, place_in_brackets, chance),
            trade: chance.word(trade.names),
            suffix: chance.word(&[
                "有限公司",
                "有限公司",
                "有限公司",
                "有限公司",
                "有限公司",
                "有限公司",
                "有限公司",
                "有限公司",
                "股份有限公司",
                "厂",
            ]),
            place_in_brackets,
        }
    }

    fn with_suffix(&self, suffix: &'static str) -> Self {
        Self {
            suffix,
            ..self.clone()
        }
    }

    fn around(&self, trade_name: &str) -> String {
        let Self {
            place, trade, suffix, ..
        } = self;
        if self.place_in_brackets {
            format!("{trade_name}（{place}）{trade}{suffix}")
        } else {
            format!("{place}{trade_name}{trade}{suffix}")
        }
    }
}

/// The place in a name, with or without the word 市 or 县. A district gives way to its city: 鼓楼区 is in two cities.
fn place(region: &Region, short: bool, chance: &mut Chance) -> String {
    let district = region.name.ends_with('区');
    let county = if district { region.city } else { region.name };
    let form = if short { 2 } else { chance.weighted(&[5, 2, 3]) };
    match form {
        0 => county.to_owned(),
        1 if district => format!("{}{}", region.city, region.name),
        1 => region.city.to_owned(),
        _ => without_last_character(county).to_owned(),
    }
}

/// 张家港 of 张家港市; 沛县 stays as it is.
fn without_last_character(place: &str) -> &str {
    let mut characters = place.chars();
    characters.next_back();
    if characters.clone().count() < 2 {
        place
    } else {
        characters.as_str()
    }
}
