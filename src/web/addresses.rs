//! Which methods each address has, from the description: to tell an unknown address from a method that it does not have.

use crate::web::problem::{Problem, ProblemKind};
use actix_web::dev::ResourceDef;
use serde_json::Value;

/// Addresses with their methods.
pub struct Addresses(Vec<(ResourceDef, Vec<String>)>);

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

    /// Whether a route has exactly this path, without a pattern.
    pub fn is_fixed(&self, path: &str) -> bool {
        self.0.iter().any(|(address, _)| address.pattern() == Some(path))
    }

    /// From the description.
    pub fn of(description: &Value) -> Self {
        let paths = description.get("paths").and_then(Value::as_object).into_iter().flatten();
        let own = ["/api/v1/openapi.json", "/health/live", "/health/ready", "/metrics"]
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
