//! The REST API under `/api/v1`, its description and its readable page. Handlers are thin: they parse, call one action, show.

pub mod access_log;
pub mod api;
pub mod description;
pub mod export;
mod json;
pub mod path;
pub mod problem;
pub mod request;
pub mod response;
pub mod routes;
mod upload;

use crate::{
    app::App,
    domain::{
        rules::rulebook::{BUILT_IN, Rulebook},
        values::localized::Lang,
    },
};
use actix_web::{
    App as Actix, HttpRequest, HttpResponse, HttpServer,
    body::MessageBody,
    dev::{ResourceDef, Server, ServiceRequest, ServiceResponse},
    http::header,
    middleware::{Next, from_fn},
    web,
};
use problem::{LANG, Problem, ProblemKind};
use serde_json::Value;
use std::net::TcpListener;
use utoipa_actix_web::{AppExt, scope};
use utoipa_swagger_ui::{Config, SwaggerUi};

/// Which methods each address has, from the description.
pub struct Addresses(Vec<(ResourceDef, Vec<String>)>);

/// So long requests that are being answered may take when it is told to stop.
const STOP_SECONDS: u64 = 20;

/// Serves on a listener until it is stopped.
///
/// # Errors
/// The listener's own.
pub fn serve(app: App, listener: TcpListener) -> std::io::Result<Server> {
    let description = describe_with(&app.desk.book);
    let addresses = web::Data::new(Addresses::of(&description));
    let text = serde_json::to_vec_pretty(&description).unwrap_or_default();
    let text = web::Data::new(DescriptionText(text.into()));
    drop(description);
    let workers = app.desk.settings.worker_threads();
    let server = HttpServer::new(move || {
        Actix::new()
            .wrap(from_fn(speak))
            .wrap(from_fn(access_log::watch))
            .app_data(web::Data::new(app.clone()))
            .app_data(addresses.clone())
            .app_data(text.clone())
            .route("/api/v1/openapi.json", web::get().to(openapi))
            .service(web::scope("/api/v1").configure(routes::served))
            .route("/health/live", web::get().to(api::health::live))
            .route("/health/ready", web::get().to(api::health::ready))
            .route("/metrics", web::get().to(api::health::metrics))
            .route("/", web::get().to(home))
            .service(
                SwaggerUi::new("/docs/{_:.*}")
                    .config(Config::from("/api/v1/openapi.json").validator_url("none").try_it_out_enabled(true)),
            )
            .default_service(web::to(otherwise))
    })
    .worker_max_blocking_threads(2)
    .workers(workers)
    // Whoever starts it says when it stops.
    .disable_signals()
    .shutdown_timeout(STOP_SECONDS)
    .listen(listener)?;
    Ok(server.run())
}

/// The whole description, with the built-in rulebook.
pub fn describe() -> Value {
    Rulebook::read(BUILT_IN).map_or(Value::Null, |book| describe_with(&book))
}

/// The whole description, with the rules of a book.
pub fn describe_with(book: &Rulebook) -> Value {
    let (_, mut api) = Actix::new()
        .into_utoipa_app()
        .openapi(description::base())
        .service(scope::scope("/api/v1").configure(routes::described))
        .split_for_parts();
    api.openapi = utoipa::openapi::OpenApiVersion::Version31;
    description::complete(&api, book)
}

struct DescriptionText(web::Bytes);

async fn openapi(text: web::Data<DescriptionText>) -> HttpResponse {
    HttpResponse::Ok().content_type("application/json").body(text.0.clone())
}

async fn home() -> HttpResponse {
    HttpResponse::SeeOther().insert_header((header::LOCATION, "/docs/")).finish()
}

/// What no route answers.
async fn otherwise(request: HttpRequest, addresses: web::Data<Addresses>) -> Result<HttpResponse, Problem> {
    Err(addresses.refusal(request.path()))
}

impl Addresses {
    /// Why an address is not answered: it has other methods, or there is nothing. A fixed address (`/citizens/search`)
    /// goes before a pattern that it fits as well (`/citizens/{id}`).
    pub fn refusal(&self, path: &str) -> Problem {
        let fits = |fixed: bool| {
            let all = self.0.iter().filter(move |(address, _)| address.is_match(path));
            all.filter(move |(address, _)| (address.pattern() == Some(path)) == fixed).flat_map(|(_, methods)| methods.clone())
        };
        let mut methods: Vec<String> = fits(true).collect();
        if methods.is_empty() {
            methods = fits(false).collect();
        }
        if methods.is_empty() {
            return Problem::new(ProblemKind::NotFound);
        }
        Problem { allow: Some(methods.join(", ")), ..Problem::new(ProblemKind::MethodNotAllowed) }
    }

    /// Whether it stands in the table as it is, without a pattern.
    pub fn is_fixed(&self, path: &str) -> bool {
        self.0.iter().any(|(address, _)| address.pattern() == Some(path))
    }

    fn of(description: &Value) -> Self {
        let paths = description.get("paths").and_then(Value::as_object).into_iter().flatten();
        let own = ["/api/v1/openapi.json", "/health/live", "/health/ready", "/metrics", "/"]
            .map(|path| (ResourceDef::new(path), vec!["GET".to_owned()]));
        let known = ["get", "post", "put", "delete", "patch"];
        Self(
            paths
                .map(|(path, item)| {
                    let methods = item
                        .as_object()
                        .into_iter()
                        .flatten()
                        .map(|(method, _)| method)
                        .filter(|method| known.contains(&method.as_str()));
                    (ResourceDef::new(path.as_str()), methods.map(|method| method.to_uppercase()).collect())
                })
                .chain(own)
                .collect(),
        )
    }
}

/// Answers in the asker's language, and lets no page be framed, sniffed or told on.
async fn speak(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<impl MessageBody>, actix_web::Error> {
    let wanted = request.headers().get(header::ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let lang = language(wanted);
    let mut response = LANG
        .scope(lang, async move {
            match next.call(request).await {
                Ok(response) => Ok(response.map_into_boxed_body()),
                Err(error) => Err(error),
            }
        })
        .await?;
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_LANGUAGE, header::HeaderValue::from_static(if lang == Lang::En { "en" } else { "da" }));
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, header::HeaderValue::from_static("nosniff"));
    headers.insert(header::REFERRER_POLICY, header::HeaderValue::from_static("no-referrer"));
    // Swagger UI sets styles by script; nothing else may load, and nothing from elsewhere.
    let policy = "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self'; connect-src 'self'; form-action 'none'; frame-ancestors 'none'; base-uri 'none'";
    headers.insert(header::CONTENT_SECURITY_POLICY, header::HeaderValue::from_static(policy));
    Ok(response)
}

/// The language that comes first of those we speak; Danish where none does.
fn language(wanted: &str) -> Lang {
    let mut best = (Lang::Da, 0.0_f32);
    for part in wanted.split(',') {
        let (tag, weight) = part
            .split_once(';')
            .map_or((part, 1.0), |(tag, weight)| (tag, weight.trim().trim_start_matches("q=").parse().unwrap_or(0.0)));
        let lang = match tag.trim().split('-').next().unwrap_or_default().to_ascii_lowercase().as_str() {
            "da" | "nb" | "nn" | "no" => Lang::Da,
            "en" => Lang::En,
            _ => continue,
        };
        if weight > best.1 {
            best = (lang, weight);
        }
    }
    best.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_language_is_the_one_wanted_most() {
        for (wanted, lang) in [
            ("", Lang::Da),
            ("en", Lang::En),
            ("da, en;q=0.8", Lang::Da),
            ("de, en;q=0.8, da;q=0.5", Lang::En),
            ("fr", Lang::Da),
            ("da; q=0.3, en ; q=0.7", Lang::En),
            ("en;q=0, da;q=0.1", Lang::Da),
            ("en-GB", Lang::En),
        ] {
            assert_eq!(language(wanted), lang, "{wanted}");
        }
    }
}
