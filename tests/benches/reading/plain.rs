//! The reference server: the same HTTP library with the same number of workers, one statement for an answer.

use std::net::{SocketAddr, TcpListener};
use std::sync::{Arc, Mutex, PoisonError};

use actix_web::{App, HttpResponse, HttpServer, web};
use sea_orm::sqlx::sqlite::{SqliteJournalMode, SqliteSynchronous};
use sea_orm::{ConnectOptions, ConnectionTrait, Database, DatabaseConnection, Statement};
use serde_json::Value;
use support::Engine;

use crate::{Failed, statement};

/// The address that answers what [`fix`] was told.
pub(crate) const FIXED: &str = "/fixed";

static TEXT: Mutex<Option<Arc<str>>> = Mutex::new(None);

/// Sets the text that [`FIXED`] answers.
pub(crate) fn fix(text: String) {
    *TEXT.lock().unwrap_or_else(PoisonError::into_inner) = Some(text.into());
}

/// A question's statement, and where it goes.
struct Door {
    db: DatabaseConnection,
    sql: String,
}

/// Starts the server; it ends with the process.
pub(crate) async fn start(engine: Engine, url: &str) -> Result<SocketAddr, Failed> {
    let db = Database::connect(options(engine, url)).await?;
    let listener = TcpListener::bind("127.0.0.1:0")?;
    let address = listener.local_addr()?;
    let door = |sql: String| web::Data::new(Door { db: db.clone(), sql });
    let (standard, enterprise, list) = (
        door(statement::standard(engine)),
        door(statement::enterprise(engine)),
        door(statement::list(engine)),
    );
    // As the hub does, it takes the number of workers that the library takes: one for each core.
    let server = HttpServer::new(move || {
        let ask = |path: &str, door: &web::Data<Door>| {
            web::resource(path)
                .app_data(door.clone())
                .route(web::post().to(answer))
        };
        App::new()
            .service(ask("/standard", &standard))
            .service(ask("/enterprise", &enterprise))
            .service(ask("/list", &list))
            .route(FIXED, web::post().to(fixed))
    })
    .listen(listener)?
    .run();
    std::thread::spawn(move || support::block_on(server));
    Ok(address)
}

async fn answer(door: web::Data<Door>, body: web::Bytes) -> HttpResponse {
    match found(&door, &body).await {
        Ok(text) => HttpResponse::Ok().content_type("application/json").body(text),
        Err(cause) => HttpResponse::InternalServerError().body(cause.to_string()),
    }
}

async fn found(door: &Door, body: &[u8]) -> Result<String, Failed> {
    let asked: Value = serde_json::from_slice(body)?;
    let key = asked.get("key").and_then(Value::as_str).ok_or("no key")?;
    let backend = door.db.get_database_backend();
    let statement = Statement::from_sql_and_values(backend, door.sql.as_str(), [key.into()]);
    let row = door.db.query_one_raw(statement).await?.ok_or("no row")?;
    Ok(row.try_get("", "answer")?)
}

async fn fixed(_body: web::Bytes) -> HttpResponse {
    let text = TEXT.lock().unwrap_or_else(PoisonError::into_inner).clone();
    HttpResponse::Ok()
        .content_type("application/json")
        .body(text.map(|text| text.to_string()).unwrap_or_default())
}

/// The settings with which the hub opens its readers.
fn options(engine: Engine, url: &str) -> ConnectOptions {
    let mut options = ConnectOptions::new(url);
    options.sqlx_logging(false).test_before_acquire(false);
    match engine {
        Engine::Postgres => options.max_connections(16),
        Engine::Sqlite => options.max_connections(8).map_sqlx_sqlite_opts(|sqlite| {
            sqlite
                .journal_mode(SqliteJournalMode::Wal)
                .synchronous(SqliteSynchronous::Full)
                .pragma("cache_size", "-65536")
                .pragma("query_only", "ON")
        }),
    };
    options
}
