//! What the paths beside `/graphql` have in common: who asks, with which parameters, and whether there is room and budget for it.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse};
use entity::Scope;
use entity::access::Permission;
use tracing::info;

use super::answer::Answer;
use super::check::Price;
use super::door::Door;
use super::load::Turn;
use super::metrics::Way;
use super::refused::Refused;
use super::request::accept::Media;
use super::request::{self, Caller, Parameters, bearer};

/// Whoever was let in.
pub(super) struct Guest {
    pub(super) caller: Caller,
    pub(super) scope: Scope,
    pub(super) parameters: Parameters,
    /// The room that its work takes, until it is dropped.
    pub(super) turn: Turn,
}

/// What a path asks of who comes.
#[derive(Debug, Clone, Copy)]
pub(super) struct Rule {
    /// What an answer costs.
    pub(super) price: u64,
    /// The parameters that it knows.
    pub(super) parameters: &'static [&'static str],
}

/// Answers who may come in, and tells everybody else why not.
pub(super) async fn answer(
    door: &Door,
    http: &HttpRequest,
    rule: Rule,
    work: impl AsyncFnOnce(Guest) -> Result<HttpResponse, Refused>,
) -> HttpResponse {
    let caller = request::caller(http, &door.proxies, false);
    let id = caller.id.clone();
    let answered = match let_in(door, http, caller, rule).await {
        Ok(guest) => work(guest).await,
        Err(refused) => Err(refused),
    };
    let (response, code) = match answered {
        Ok(response) => (response, "OK".to_owned()),
        Err(refused) => {
            let answer = Answer::from(refused).named(&id, door.limits.errors);
            (answer.respond(http, Media::Json), answer.code().to_owned())
        }
    };
    let status = response.status().as_u16();
    info!(id = id.as_str(), code, status, path = http.path(), "answered");
    door.metrics.answered(Way::Http, &code);
    response
}

async fn let_in(door: &Door, http: &HttpRequest, caller: Caller, rule: Rule) -> Result<Guest, Refused> {
    let identity = door.identify(bearer::token(http)?).await?;
    let caller = caller.known_as(identity);
    let scope = Scope::of(&caller.identity);
    if !scope.allows(Permission::ReadRows) {
        let remedy = "this role reads counts and no rows: ask /graphql for totalCount of lists";
        return Err(Refused::http(StatusCode::FORBIDDEN, "FORBIDDEN", remedy));
    }
    let parameters = Parameters::read(http, &door.limits)?;
    parameters.known(rule.parameters)?;
    let price = Price {
        requested: rule.price,
        dearest: Vec::new(),
    };
    door.rate.take(&caller.payer(), price)?;
    let turn = door.turns.take(rule.price).await?;
    Ok(Guest {
        caller,
        scope,
        parameters,
        turn,
    })
}
