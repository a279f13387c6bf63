//! Starting the server: its middleware, its limits, and what no route answers.

use crate::{
    app::App,
    web::{
        access_log,
        addresses::Addresses,
        api::health,
        language,
        openapi::{DescriptionText, describe_with, openapi},
        page_paths::is_page,
        pages::{self, Locale, PageError},
        routes, security_headers,
    },
};
use actix_web::{App as Actix, HttpRequest, HttpResponse, HttpServer, ResponseError, dev::Server, middleware::from_fn, web};
use std::net::TcpListener;
use utoipa_swagger_ui::{Config, SwaggerUi};

/// How long requests that are being answered may take when the server is told to stop.
const STOP_SECONDS: u64 = 20;

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
    let server = HttpServer::new(move || {
        Actix::new()
            .wrap(from_fn(security_headers::add))
            .wrap(from_fn(language::negotiate))
            .wrap(from_fn(access_log::watch))
            .app_data(web::Data::new(app.clone()))
            .app_data(addresses.clone())
            .app_data(text.clone())
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
    })
    .worker_max_blocking_threads(2)
    .workers(workers)
    // The caller decides when it stops.
    .disable_signals()
    .shutdown_timeout(STOP_SECONDS)
    .listen(listener)?;
    Ok(server.run())
}

/// What no route answers.
async fn unknown_address(request: HttpRequest, addresses: web::Data<Addresses>) -> HttpResponse {
    let refusal = addresses.refusal(request.path());
    if is_page(request.path()) {
        return PageError::new(&Locale::of(&request), refusal).error_response();
    }
    refusal.error_response()
}
