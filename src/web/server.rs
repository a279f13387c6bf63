//! Starting the server: its middleware, its limits, and what no route answers.

use crate::{
    app::App,
    web::{
        access_log,
        addresses::Addresses,
        api::health,
        connections::{HEAD, WatchedStream, most_connections},
        language,
        openapi::{DescriptionText, describe_with, openapi},
        page_paths::is_page,
        pages::{self, Locale, PageError},
        request::IntakePlaces,
        routes, security_headers,
    },
};
use actix_http::{HttpService, KeepAlive, Protocol};
use actix_server::ServerBuilder;
use actix_service::{IntoServiceFactory, ServiceFactoryExt, fn_service, map_config};
use actix_web::{
    App as Actix, Error, HttpRequest, HttpResponse, ResponseError,
    dev::{AppConfig, Server},
    middleware::from_fn,
    rt::net::TcpStream,
    web,
};
use std::{net::TcpListener, time::Duration};
use utoipa_swagger_ui::{Config, SwaggerUi};

/// How long requests that are being answered may take when the server is told to stop.
const STOP_SECONDS: u64 = 20;
/// How long a connection is kept for a next request.
const NEXT_REQUEST: Duration = Duration::from_secs(5);
/// How long the other side may take to see that a connection has ended.
const TO_DISCONNECT: Duration = Duration::from_secs(1);

/// Serves on a listener until it is stopped.
///
/// # Errors
/// The listener's own.
pub fn serve(app: App, listener: TcpListener) -> std::io::Result<Server> {
    let description = describe_with(&app.services.book);
    let addresses = web::Data::new(Addresses::of(&description));
    let text = web::Data::new(DescriptionText::of(&description));
    drop(description);
    let workers = app.services.settings.worker_threads();
    let places = web::Data::new(IntakePlaces::default());
    let most_each = (most_connections() / workers.max(1)).max(1);
    let builder = ServerBuilder::new()
        .worker_max_blocking_threads(2)
        .workers(workers)
        .max_concurrent_connections(most_each)
        // The caller decides when it stops.
        .disable_signals()
        .shutdown_timeout(STOP_SECONDS);
    let stopping = builder.graceful_shutdown_signal();
    // What actix-web's own server does, but for the watched connection.
    let service = move || {
        let own = Actix::new()
            .wrap(from_fn(security_headers::add))
            .wrap(from_fn(language::negotiate))
            .wrap(from_fn(access_log::watch))
            .app_data(web::Data::new(app.clone()))
            .app_data(addresses.clone())
            .app_data(text.clone())
            .app_data(places.clone())
            .route("/api/v1/openapi.json", web::get().to(openapi))
            .service(web::scope("/api/v1").configure(routes::served))
            .route("/health/live", web::get().to(health::live))
            .route("/health/ready", web::get().to(health::ready))
            .route("/metrics", web::get().to(health::metrics))
            .configure(pages::served)
            .service(
                SwaggerUi::new("/docs/{_:.*}")
                    .config(Config::from("/api/v1/openapi.json").validator_url("none").try_it_out_enabled(true)),
            )
            .default_service(web::to(unknown_address))
            .into_factory()
            .map_err(|error: Error| error.error_response());
        let stopping = stopping.clone();
        let http = HttpService::build()
            .graceful_shutdown_signal(move || {
                let stopping = stopping.clone();
                async move { stopping.notified().await }
            })
            .keep_alive(KeepAlive::Timeout(NEXT_REQUEST))
            .client_request_timeout(HEAD)
            .client_disconnect_timeout(TO_DISCONNECT)
            .finish(map_config(own, |()| AppConfig::default()));
        fn_service(|connection: TcpStream| async move {
            let peer = connection.peer_addr().ok();
            Ok((WatchedStream::new(connection), Protocol::Http1, peer))
        })
        .and_then(http)
    };
    Ok(builder.listen("http", listener, service)?.run())
}

/// What no route answers.
async fn unknown_address(request: HttpRequest, addresses: web::Data<Addresses>) -> HttpResponse {
    let refusal = addresses.refusal(request.path());
    if is_page(request.path()) {
        return PageError::new(&Locale::of(&request), refusal).error_response();
    }
    refusal.error_response()
}
