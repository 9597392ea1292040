//! `/calendar/instruments.ics`: the due days of instruments for the calendar of a clerk or of an owner (RFC 5545).
//!
//! It holds what the list `instruments(filter: { regionCode, dueWithinDays })` shows its reader, no more, and is read with the same token.

mod ics;

use std::time::Instant;

use actix_web::http::StatusCode;
use actix_web::http::header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_TYPE, VARY};
use actix_web::{HttpRequest, HttpResponse, web};
use entity::Scope;
use entity::access::Permission;
use entity::metrology::{Instrument, InstrumentFilter, InstrumentList, InstrumentOrderField};
use entity::page::{List, Page, PageRequest};
use entity::value::RegionCode;
use serde::Deserialize;
use tracing::error;

use super::answer::Answer;
use super::check::Price;
use super::door::Door;
use super::graphql::respond;
use super::metrics::Way;
use super::refused::Refused;
use super::request::accept::Media;
use super::request::{self, Caller, bearer};

/// The days ahead unless told.
const DAYS: u64 = 90;
/// The most days ahead.
const MOST_DAYS: u64 = 366;
/// The most events of a calendar; what is due first comes first.
const MOST_EVENTS: u64 = 2_000;

/// What an address asks for.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Wanted {
    region: Option<String>,
    days: Option<u64>,
}

/// Answers with a calendar, or with the refusal that a query would get.
pub(super) async fn instruments(door: web::Data<Door>, http: HttpRequest) -> HttpResponse {
    let begun = Instant::now();
    let caller = request::caller(&http, &door.proxies, false);
    let known = match bearer::token(&http) {
        Ok(token) => door.identify(token).await,
        Err(refused) => Err(refused),
    };
    let caller = match known {
        Ok(identity) => caller.known_as(identity),
        Err(refused) => return respond(&door, &http, &caller, Media::Json, refused.into()),
    };
    let calendar = match calendar(&door, &http, &caller).await {
        Ok(calendar) => calendar,
        Err(refused) => return respond(&door, &http, &caller, Media::Json, Answer::from(refused)),
    };
    door.metrics.answered(Way::Http, "OK");
    door.metrics.took(begun.elapsed());
    HttpResponse::Ok()
        .insert_header((CONTENT_TYPE, "text/calendar; charset=utf-8"))
        .insert_header((CONTENT_DISPOSITION, "inline; filename=\"instruments.ics\""))
        .insert_header((CACHE_CONTROL, "private, no-cache"))
        .insert_header((VARY, "Authorization, Accept-Encoding"))
        .body(calendar)
}

async fn calendar(door: &Door, http: &HttpRequest, caller: &Caller) -> Result<String, Refused> {
    if !caller.identity.role.allows(Permission::ReadRows) {
        let message = "this role reads counts and no rows: a calendar consists of rows";
        return Err(Refused::http(StatusCode::FORBIDDEN, "FORBIDDEN", message));
    }
    let filter = filter(door, http)?;
    let price = Price {
        requested: MOST_EVENTS,
        dearest: Vec::new(),
    };
    door.rate.take(&caller.payer(), price)?;
    let turn = door.turns.take(MOST_EVENTS).await?;
    let scope = Scope::of(&caller.identity);
    let list = InstrumentList {
        filter,
        order: InstrumentOrderField::DueOn,
        ..InstrumentList::default()
    };
    let request = PageRequest {
        limit: MOST_EVENTS,
        ..PageRequest::default()
    };
    let page = tokio::time::timeout(door.limits.execution, list.list(&door.db, &scope, &request)).await;
    drop(turn);
    let page: Page<Instrument> = match page {
        Ok(Ok(page)) => page,
        Ok(Err(error)) => {
            error!(cause = %error, "the calendar failed");
            let message = "something went wrong on our side; please report the request";
            return Err(Refused::http(
                StatusCode::INTERNAL_SERVER_ERROR,
                "INTERNAL",
                message,
            ));
        }
        Err(_) => {
            return Err(Refused::overloaded(
                "the calendar took too long: ask for fewer days",
            ));
        }
    };
    Ok(ics::calendar(&page.items, page.has_next, door.clock.now()))
}

/// The instruments that an address asks for.
fn filter(door: &Door, http: &HttpRequest) -> Result<InstrumentFilter, Refused> {
    let wanted = web::Query::<Wanted>::from_query(http.query_string())
        .map_err(|why| Refused::bad(format!("{why}: write ?region=320582&days=90")))?
        .into_inner();
    let region = wanted.region.filter(|text| !text.is_empty());
    let region = region.map(|text| {
        RegionCode::parse(&text)
            .ok_or_else(|| Refused::bad(format!("region: {text:?} is no code of GB/T 2260 (six digits)")))
    });
    let days = wanted.days.unwrap_or(DAYS);
    if days > MOST_DAYS {
        return Err(Refused::bad(format!(
            "days: a calendar looks 0 to {MOST_DAYS} days ahead; {days} were asked for"
        )));
    }
    Ok(InstrumentFilter {
        region: region.transpose()?,
        due: InstrumentFilter::due_within(door.clock.today(), days),
        ..InstrumentFilter::default()
    })
}
