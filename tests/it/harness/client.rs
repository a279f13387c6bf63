//! An HTTP client with its answers.

use super::{Value, json};
use reqwest::{Method, RequestBuilder, header::HeaderMap};

#[derive(Clone)]
pub struct Client {
    http: reqwest::Client,
    base: String,
    pub token: Option<String>,
    pub account: String,
}

/// What came back.
#[derive(Clone, Debug)]
pub struct Answer {
    pub status: u16,
    pub headers: HeaderMap,
    pub text: String,
    pub asked: String,
}

impl Client {
    pub fn new(http: reqwest::Client, base: &str) -> Self {
        Self { http, base: base.into(), token: None, account: String::new() }
    }

    pub fn of(self, account: String) -> Self {
        Self { account, ..self }
    }

    /// The same person at another service.
    pub fn at(&self, base: &str) -> Self {
        Self { base: base.into(), ..self.clone() }
    }

    pub fn with_token(&self, token: &str) -> Self {
        Self { token: Some(token.into()), ..self.clone() }
    }

    /// A request to a path under `/api/v1`, in English, to be completed and handed to [`Client::send`].
    pub fn ask(&self, method: Method, path: &str) -> RequestBuilder {
        let url = if path.starts_with("/api/") || path.starts_with("/health") || path == "/metrics" {
            path.to_owned()
        } else {
            format!("/api/v1{path}")
        };
        let request = self.http.request(method, format!("{}{url}", self.base)).header("Accept-Language", "en");
        match &self.token {
            Some(token) => request.bearer_auth(token),
            None => request,
        }
    }

    /// A request of a browser that reads Danish, to any path of the service.
    pub fn browse(&self, method: Method, path: &str) -> RequestBuilder {
        self.http.request(method, format!("{}{path}", self.base)).header("Accept-Language", "da")
    }

    /// Opens a page.
    pub async fn page(&self, path: &str) -> Answer {
        self.send(self.browse(Method::GET, path)).await
    }

    /// Sends a form, and goes where it leads.
    pub async fn submit(&self, path: &str, fields: &[(&str, &str)]) -> Answer {
        let mut body = url::form_urlencoded::Serializer::new(String::new());
        body.extend_pairs(fields);
        let request = self.browse(Method::POST, path).header("Content-Type", "application/x-www-form-urlencoded");
        let answer = self.send(request.body(body.finish())).await;
        match answer.header("Location") {
            Some(path) if answer.status == 303 => self.page(path).await,
            _ => answer,
        }
    }

    pub async fn send(&self, request: RequestBuilder) -> Answer {
        self.execute(request.build().unwrap()).await
    }

    pub async fn execute(&self, request: reqwest::Request) -> Answer {
        let asked = format!("{} {}", request.method(), request.url().path());
        let answer = self.http.execute(request).await.unwrap();
        let (status, headers) = (answer.status().as_u16(), answer.headers().clone());
        Answer { status, headers, text: answer.text().await.unwrap(), asked }
    }

    pub async fn get(&self, path: &str) -> Answer {
        self.send(self.ask(Method::GET, path)).await
    }

    pub async fn delete(&self, path: &str) -> Answer {
        self.send(self.ask(Method::DELETE, path)).await
    }

    pub async fn post(&self, path: &str, body: Value) -> Answer {
        self.send(self.ask(Method::POST, path).json(&body)).await
    }

    /// A POST without a body.
    pub async fn press(&self, path: &str) -> Answer {
        self.send(self.ask(Method::POST, path)).await
    }

    pub async fn put(&self, path: &str, body: Value) -> Answer {
        self.send(self.ask(Method::PUT, path).json(&body)).await
    }

    pub async fn post_once(&self, path: &str, key: &str, body: &Value) -> Answer {
        self.send(self.ask(Method::POST, path).header("Idempotency-Key", key).json(body)).await
    }

    /// The tag of the thing that a path begins with: `/internships/{id}/start` asks `/internships/{id}`.
    pub async fn etag(&self, path: &str) -> String {
        let thing: Vec<&str> = path.split(['/', '?']).filter(|part| !part.is_empty()).take(2).collect();
        let seen = self.get(&format!("/{}", thing.join("/"))).await;
        seen.header("ETag").unwrap_or_else(|| panic!("no ETag: {seen:?}")).to_owned()
    }

    /// POSTs a change of what is there, with the tag it has now.
    pub async fn change(&self, path: &str, body: Value) -> Answer {
        self.change_from(Method::POST, path, &self.etag(path).await, body).await
    }

    /// PUTs a change of what is there, with the tag it has now.
    pub async fn replace(&self, path: &str, body: Value) -> Answer {
        self.change_from(Method::PUT, path, &self.etag(path).await, body).await
    }

    pub async fn change_from(&self, method: Method, path: &str, etag: &str, body: Value) -> Answer {
        let request = self.ask(method, path).header("If-Match", etag);
        self.send(if body.is_null() { request } else { request.json(&body) }).await
    }
}

impl Answer {
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).map(|value| value.to_str().unwrap())
    }

    pub fn body(&self) -> Value {
        serde_json::from_str(&self.text).unwrap_or(json!(null))
    }

    /// The body of an answer that has to be a success.
    #[track_caller]
    pub fn ok(&self) -> Value {
        assert!((200..300).contains(&self.status), "{} answered {}: {}", self.asked, self.status, self.text);
        self.body()
    }

    /// The body of an answer that has to be a problem of a kind.
    #[track_caller]
    pub fn problem(&self, status: u16, kind: &str) -> Value {
        assert_eq!(self.status, status, "{}: {}", self.asked, self.text);
        let body = self.body();
        assert_eq!(body["type"], format!("urn:rettematch:problem:{kind}"), "{}: {}", self.asked, self.text);
        assert_eq!(body["status"], status, "{}", self.asked);
        assert_eq!(self.header("Content-Type"), Some("application/problem+json"), "{}", self.asked);
        body
    }

    /// A conflict of a code.
    #[track_caller]
    pub fn conflict(&self, code: &str) {
        assert_eq!(self.problem(409, "conflict")["code"], code, "{}", self.text);
    }

    /// The pointers (or parameters) of all fields that do not fit, with their codes, sorted.
    #[track_caller]
    pub fn faults(&self) -> Vec<(String, String)> {
        let body = self.problem(422, "invalid-fields");
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        let each = |error: &Value| {
            let at = if error["pointer"].is_null() { text(&error["parameter"]) } else { text(&error["pointer"]) };
            (at, text(&error["code"]))
        };
        let mut faults: Vec<_> = body["errors"].as_array().unwrap().iter().map(each).collect();
        faults.sort();
        faults
    }

    /// A field that does not fit, by its pointer, among what does not.
    #[track_caller]
    pub fn has_fault(&self, pointer: &str) {
        let faults = self.faults();
        assert!(faults.iter().any(|(at, _)| at == pointer), "{pointer} is not among {faults:?}");
    }

    /// The rules that refuse, in the order in which they are asked, each with what is missing.
    #[track_caller]
    pub fn refusals(&self) -> Vec<(String, Vec<String>)> {
        let body = self.problem(422, "refused");
        let text = |value: &Value| value.as_str().unwrap().to_owned();
        let each = |refusal: &Value| (text(&refusal["rule"]), refusal["missing"].as_array().unwrap().iter().map(text).collect());
        body["refusals"].as_array().unwrap().iter().map(each).collect()
    }

    /// Only the names of the rules.
    /// The rules that ask, where nothing else stands in the way, each with what is missing.
    #[track_caller]
    pub fn asks(&self) -> Vec<(String, Vec<String>)> {
        let body = self.problem(422, "asked");
        let each = body["refusals"].as_array().unwrap().iter();
        let codes = |refusal: &Value| {
            refusal["missing"].as_array().unwrap().iter().map(|code| code.as_str().unwrap().to_owned()).collect()
        };
        each.map(|refusal| (refusal["rule"].as_str().unwrap().to_owned(), codes(refusal))).collect()
    }

    #[track_caller]
    pub fn rules(&self) -> Vec<String> {
        self.refusals().into_iter().map(|(rule, _)| rule).collect()
    }
}
