//! In which language a request is answered: Danish, or English where `Accept-Language` wants it more.

use crate::{domain::values::localized::Lang, web::page_paths::is_page};
use actix_web::{
    Error,
    body::MessageBody,
    dev::{ServiceRequest, ServiceResponse},
    http::header,
    middleware::Next,
};

tokio::task_local! {
    /// The language of the request that is being answered, for as long as it is.
    pub static LANG: Lang;
}

/// The language of the request that is being answered.
pub fn lang() -> Lang {
    LANG.try_with(|lang| *lang).unwrap_or_default()
}

/// Middleware: answers in the asker's language.
pub async fn negotiate(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<impl MessageBody>, Error> {
    // A page's address can name the language; the API's cannot.
    let named = request.query_string().split('&').find_map(|pair| pair.strip_prefix("lang="));
    let named = named.filter(|_| is_page(request.path())).map(str::to_owned);
    let accepted = request.headers().get(header::ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let lang = language(named.as_deref().unwrap_or(accepted));
    let mut response = LANG.scope(lang, next.call(request)).await?;
    let code = if lang == Lang::En { "en" } else { "da" };
    response.headers_mut().insert(header::CONTENT_LANGUAGE, header::HeaderValue::from_static(code));
    Ok(response)
}

/// The most wanted of the supported languages; Danish if none is.
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
