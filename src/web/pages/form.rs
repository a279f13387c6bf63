//! The body of a form, read into the same types as the API's bodies, with all faults at once.
//!
//! A field named `name[]` is a list, `name:number` a number, `name:bool` yes or no, and `list[key=value].name` is a field of that item
//! of a list whose `key` is `value`. A field that was left empty is left out. What was typed is kept beside, so that a form with a fault
//! is shown again as it was sent.

use crate::{
    app::App,
    domain::input::{self, Field},
    web::{
        problem::{Problem, ProblemKind},
        request::PacedBody,
    },
};
use actix_web::{FromRequest, HttpRequest, dev::Payload, web};
use serde_json::{Map, Value};
use std::{convert::Infallible, future::Future, pin::Pin};
use url::form_urlencoded;

/// What was typed, by the names of the fields.
#[derive(Clone, Debug, Default)]
pub struct Typed(Vec<(String, String)>);

impl Typed {
    /// What fields hold before anybody has typed.
    pub fn of(fields: &[(&str, String)]) -> Self {
        Self(fields.iter().map(|(name, text)| ((*name).to_owned(), text.clone())).collect())
    }

    /// What was typed into a field; nothing where it was left empty.
    pub fn text(&self, name: &str) -> String {
        self.0.iter().find(|(own, _)| own == name).map(|(_, text)| text.clone()).unwrap_or_default()
    }

    /// Whether one of several was chosen.
    pub fn has(&self, name: &str, value: &str) -> bool {
        self.0.iter().any(|(own, given)| own == name && given == value)
    }

    /// Whether nothing was sent.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Takes a field out: it is no part of what is read.
    pub fn take(&mut self, name: &str) -> Option<String> {
        let at = self.0.iter().position(|(own, _)| own == name)?;
        Some(self.0.remove(at).1)
    }

    /// Reads it as what it says.
    ///
    /// # Errors
    /// Fields that do not fit.
    pub fn read<T: Field>(&self) -> Result<T, Problem> {
        input::read(&self.as_body()).map_err(|faults| Problem::faults(faults, false))
    }

    fn as_body(&self) -> Value {
        let mut body = Map::new();
        for (name, text) in self.0.iter().filter(|(_, text)| !text.trim().is_empty()) {
            // Browsers send lines as CRLF.
            let text = text.replace("\r\n", "\n");
            if let Some(name) = name.strip_suffix("[]") {
                list_of(&mut body, name, |list| list.push(Value::String(text)));
            } else if let Some((list, key, value, field)) = item(name) {
                let (field, said) = said(field, text);
                list_of(&mut body, list, |list| put(list, (key, value), field, said));
            } else {
                let (field, said) = said(name, text);
                body.insert(field.to_owned(), said);
            }
        }
        Value::Object(body)
    }
}

fn list_of(body: &mut Map<String, Value>, name: &str, change: impl FnOnce(&mut Vec<Value>)) {
    if let Value::Array(list) = body.entry(name).or_insert_with(|| Value::Array(Vec::new())) {
        change(list);
    }
}

/// The parts of `list[key=value].field`.
fn item(name: &str) -> Option<(&str, &str, &str, &str)> {
    let (list, rest) = name.split_once('[')?;
    let (of, field) = rest.rsplit_once("].")?;
    let (key, value) = of.split_once('=')?;
    Some((list, key, value, field))
}

/// Puts a field into the item of a list that has a key.
fn put(list: &mut Vec<Value>, (key, value): (&str, &str), field: &str, said: Value) {
    let own = list.iter_mut().filter_map(Value::as_object_mut).find(|item| item.get(key).is_some_and(|is| is == value));
    match own {
        Some(item) => {
            item.insert(field.to_owned(), said);
        }
        None => list.push(Value::Object(Map::from_iter([(key.to_owned(), value.into()), (field.to_owned(), said)]))),
    }
}

/// The name of a field without its kind, and what was typed as that kind.
fn said(name: &str, text: String) -> (&str, Value) {
    if let Some(name) = name.strip_suffix(":number") {
        // A decimal comma is as good as a point; what is no number is a fault of the type that reads it.
        let number = text.trim().replace(',', ".").parse().ok().and_then(serde_json::Number::from_f64);
        return (name, number.map_or(Value::String(text), whole));
    }
    match name.strip_suffix(":bool") {
        Some(name) => (name, text.parse().map_or(Value::String(text), Value::Bool)),
        None => (name, Value::String(text)),
    }
}

/// `5.0` is sent as `5`.
fn whole(number: serde_json::Number) -> Value {
    let text = number.to_string();
    let whole = text.strip_suffix(".0").and_then(|whole| whole.parse::<i64>().ok());
    whole.map_or(Value::Number(number), Value::from)
}

/// What a form sent.
pub struct FormBody(pub Result<Typed, Problem>);

impl FromRequest for FormBody {
    type Error = Infallible;
    type Future = Pin<Box<dyn Future<Output = Result<Self, Infallible>>>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let (request, mut payload) = (request.clone(), payload.take());
        Box::pin(async move { Ok(Self(typed(&request, &mut payload).await)) })
    }
}

/// Whether a form comes from a page of ours, as far as the browser says where it comes from.
fn is_ours(request: &HttpRequest) -> bool {
    let text = |name: &str| request.headers().get(name).and_then(|value| value.to_str().ok());
    match text("Origin").filter(|origin| *origin != "null") {
        None => text("Sec-Fetch-Site").is_none_or(|from| from == "same-origin"),
        Some(origin) => origin.split_once("://").map(|(_, host)| host) == text("Host"),
    }
}

async fn typed(request: &HttpRequest, payload: &mut Payload) -> Result<Typed, Problem> {
    if !is_ours(request) {
        return Err(Problem::new(ProblemKind::Forbidden));
    }
    let limit = request.app_data::<web::Data<App>>().map_or(0, |app| app.services.settings.body_bytes);
    let body = PacedBody::of(request, payload, u64::try_from(limit).unwrap_or(u64::MAX)).await?;
    let bytes = body.whole().await?;
    Ok(Typed(form_urlencoded::parse(&bytes).into_owned().collect()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_form_becomes_the_body_that_the_api_reads() {
        let sent = "words=Ja+tak%0D%0Atil+det&changes%5B%5D=hours&changes%5B%5D=place&weekly_hours%3Anumber=37%2C5&empty=+&n%3Anumber=5&x%3Anumber=mange&yes%3Abool=true";
        let typed = Typed(form_urlencoded::parse(sent.as_bytes()).into_owned().collect());
        assert_eq!(
            typed.as_body(),
            json!({"words": "Ja tak\ntil det", "changes": ["hours", "place"], "weekly_hours": 37.5, "n": 5, "x": "mange", "yes": true})
        );
        let sent = "kept%3Abool=false&a%5Bid%3D1%5D.kept%3Abool=true&a%5Bid%3D2%5D.note=+&a%5Bid%3D3%5D.n%3Anumber=4&a%5Bid%3D1%5D.note=so";
        let items = Typed(form_urlencoded::parse(sent.as_bytes()).into_owned().collect());
        assert_eq!(items.as_body(), json!({"kept": false, "a": [{"id": "1", "kept": true, "note": "so"}, {"id": "3", "n": 4}]}));
        assert!(typed.has("changes[]", "place") && !typed.has("changes[]", "tasks"));
        assert_eq!((typed.text("empty").as_str(), typed.text("none").as_str()), (" ", ""));
    }
}
