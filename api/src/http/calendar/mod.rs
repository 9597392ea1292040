//! `/calendar/instruments.ics`: the due days of instruments for the calendar of a clerk or of an owner (RFC 5545).
//!
//! It holds what the list `instruments(filter: { regionCode, dueWithinDays })` shows its reader, no more, and is read with the same token.

mod ics;

use actix_web::http::StatusCode;
use actix_web::http::header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_TYPE};
use actix_web::{HttpRequest, HttpResponse, web};
use entity::metrology::{Instrument, InstrumentFilter, InstrumentList, InstrumentOrderField};
use entity::page::{List, Page, PageRequest};
use entity::value::RegionCode;

use super::answer::Answer;
use super::door::Door;
use super::entrance::{self, Guest, Rule};
use super::refused::Refused;
use super::request::Parameters;
use crate::graphql::ApiError;

/// The days ahead unless told.
const DAYS: u64 = 90;
/// The most days ahead.
const MOST_DAYS: u64 = 366;
/// The most events of a calendar; what is due first comes first.
const MOST_EVENTS: u64 = 2_000;

const RULE: Rule = Rule {
    price: MOST_EVENTS,
    parameters: &["region", "days"],
};

/// Answers with a calendar, or with the refusal that a query would get.
pub(super) async fn instruments(door: web::Data<Door>, http: HttpRequest) -> HttpResponse {
    let work = async |guest: Guest| {
        let calendar = calendar(&door, guest).await?;
        let mut response = HttpResponse::build(StatusCode::OK);
        Answer::default().head(&mut response);
        response
            .insert_header((CONTENT_TYPE, "text/calendar; charset=utf-8"))
            .insert_header((CONTENT_DISPOSITION, "inline; filename=\"instruments.ics\""))
            .insert_header((CACHE_CONTROL, "private, no-cache"));
        Ok(response.body(calendar))
    };
    entrance::answer(&door, &http, RULE, work).await
}

async fn calendar(door: &Door, guest: Guest) -> Result<String, Refused> {
    let list = InstrumentList {
        filter: filter(door, &guest.parameters)?,
        order: InstrumentOrderField::DueOn,
        ..InstrumentList::default()
    };
    let request = PageRequest {
        limit: MOST_EVENTS,
        ..PageRequest::default()
    };
    let reading = list.list(&door.db, &guest.scope, &request);
    let page = tokio::time::timeout(door.limits.execution, reading).await;
    let page = page.map_err(|_| Refused::overloaded("the calendar took too long: ask for fewer days"))?;
    let page: Page<Instrument> = page.map_err(ApiError::from)?;
    Ok(ics::calendar(&page.items, page.has_next, door.clock.now()))
}

/// The instruments that an address asks for.
fn filter(door: &Door, parameters: &Parameters) -> Result<InstrumentFilter, Refused> {
    let region = parameters.value("region").map(|text| {
        RegionCode::parse(text)
            .ok_or_else(|| Refused::bad(format!("region: {text:?} is no code of GB/T 2260 (six digits)")))
    });
    let days = parameters.value("days").map_or(Ok(DAYS), |text| {
        let days = text.parse().ok().filter(|days| *days <= MOST_DAYS);
        days.ok_or_else(|| {
            Refused::bad(format!(
                "days: a calendar looks 0 to {MOST_DAYS} days ahead; {text:?} was asked for"
            ))
        })
    });
    Ok(InstrumentFilter {
        region: region.transpose()?,
        due: InstrumentFilter::due_within(door.clock.today(), days?),
        ..InstrumentFilter::default()
    })
}
