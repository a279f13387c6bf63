//! Who the municipality's own provider says somebody is, read from verified claims, and which of our roles that gives.
//!
//! Promise: an address counts as somebody's only where the provider says that it verified it. Of several roles the one that the settings
//! name first counts; no claim that names one gives none.

use crate::domain::{
    people::{access::Role, tenant::Tenant},
    values::{
        register::Municipality,
        text::{Email, Line},
    },
};
use chrono::{DateTime, Utc};
use serde_json::{Map, Value};

/// Which value of the claim gives which role, the first that somebody has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RoleMapping(Vec<(String, Role)>);

/// A word of the mapping that is no role.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0} is no role: liaison, consultant, team-leader, administrator or auditor")]
pub struct UnknownRole(pub String);

impl RoleMapping {
    /// From `value=role` each.
    ///
    /// # Errors
    /// A word that is no role.
    pub fn parse(lines: &[String]) -> Result<Self, UnknownRole> {
        let line = |line: &String| {
            let (value, role) = line.rsplit_once('=').unwrap_or((line, ""));
            Role::parse(role.trim())
                .map(|role| (value.trim().to_owned(), role))
                .ok_or_else(|| UnknownRole(role.trim().to_owned()))
        };
        lines.iter().map(line).collect::<Result<_, _>>().map(Self)
    }

    fn of(&self, values: &[&str]) -> Option<Role> {
        self.0.iter().find(|(value, _)| values.contains(&value.as_str())).map(|(_, role)| *role)
    }
}

/// Where in the claims something stands.
#[derive(Clone, Debug)]
pub struct ClaimPlaces {
    pub role: String,
    pub roles: RoleMapping,
    /// Empty: everybody is of one municipality.
    pub municipality: String,
    pub usual: Tenant,
}

/// Who somebody is, as far as the claims say it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProviderPerson {
    pub issuer: String,
    /// Names somebody at the issuer, for ever.
    pub subject: String,
    pub issued_at: DateTime<Utc>,
    pub name: Option<Line>,
    pub email: Option<Email>,
    pub is_email_verified: bool,
    pub role: Option<Role>,
    pub tenant: Option<Tenant>,
}

impl ProviderPerson {
    /// None: the claims name no subject or not when they were made.
    pub fn read(issuer: &str, claims: &Map<String, Value>, places: &ClaimPlaces) -> Option<Self> {
        let text = |name: &str| claims.get(name).and_then(Value::as_str);
        let subject = text("sub").filter(|subject| !subject.is_empty() && subject.len() <= 255)?.to_owned();
        let issued_at = claims.get("iat").and_then(seconds).and_then(|seconds| DateTime::from_timestamp(seconds, 0))?;
        let tenant = match places.municipality.as_str() {
            "" => Some(places.usual.clone()),
            claim => texts(found(claims, claim)).first().and_then(|code| Municipality::parse(code)).map(Tenant::of),
        };
        Some(Self {
            issuer: issuer.to_owned(),
            subject,
            issued_at,
            name: text("name").and_then(|name| Line::parse(name).ok()),
            email: text("email").and_then(Email::parse),
            // Entra ID has no `email_verified`, and says by this claim that whoever owns the domain was verified.
            is_email_verified: ["email_verified", "xms_edov"].iter().any(|name| claims.get(*name).is_some_and(says_yes)),
            role: places.roles.of(&texts(found(claims, &places.role))),
            tenant,
        })
    }
}

/// Whole seconds; some providers write them with decimals.
pub fn seconds(value: &Value) -> Option<i64> {
    value.as_i64().or_else(|| value.to_string().split_once('.').and_then(|(whole, _)| whole.parse().ok()))
}

fn says_yes(value: &Value) -> bool {
    *value == Value::Bool(true) || value.as_i64() == Some(1) || value.as_str().is_some_and(|text| ["true", "1"].contains(&text))
}

/// A claim by its name, or within others by their names with dots between.
fn found<'v>(claims: &'v Map<String, Value>, place: &str) -> Option<&'v Value> {
    claims.get(place).or_else(|| {
        let mut names = place.split('.');
        let first = claims.get(names.next()?)?;
        names.try_fold(first, |value, name| value.get(name))
    })
}

fn texts(value: Option<&Value>) -> Vec<&str> {
    match value {
        Some(Value::String(text)) => vec![text],
        Some(Value::Array(all)) => all.iter().filter_map(Value::as_str).collect(),
        _ => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn places(role: &str, municipality: &str) -> ClaimPlaces {
        let roles = ["rm-leder=team-leader", "a=b=consultant", "RM Konsulent = consultant"].map(ToOwned::to_owned);
        let usual = Tenant::of(Municipality::parse("101").unwrap());
        let roles = RoleMapping::parse(&roles).unwrap();
        ClaimPlaces { role: role.into(), roles, municipality: municipality.into(), usual }
    }

    fn read(claims: Value, places: &ClaimPlaces) -> Option<ProviderPerson> {
        let mut whole = json!({"sub": "s", "iat": 1_767_600_000});
        whole.as_object_mut().unwrap().append(&mut claims.as_object().unwrap().clone());
        ProviderPerson::read("https://l.example", whole.as_object().unwrap(), places)
    }

    #[test]
    fn the_role_is_found_wherever_the_settings_say_and_the_first_of_theirs_counts() {
        for (place, claims, role) in [
            ("roles", json!({"roles": ["x", "RM Konsulent", "rm-leder"]}), Some(Role::TeamLeader)),
            ("roles", json!({"roles": "RM Konsulent"}), Some(Role::Consultant)),
            ("roles", json!({"roles": ["a=b"]}), Some(Role::Consultant)),
            ("realm_access.roles", json!({"realm_access": {"roles": ["rm-leder"]}}), Some(Role::TeamLeader)),
            ("https://k.dk/roller", json!({"https://k.dk/roller": ["rm-leder"]}), Some(Role::TeamLeader)),
            ("roles", json!({"roles": ["RM-Leder", "team-leader"]}), None),
            ("roles", json!({"roles": {"rm-leder": true}}), None),
            ("roles", json!({}), None),
        ] {
            assert_eq!(read(claims.clone(), &places(place, "")).unwrap().role, role, "{place} in {claims}");
        }
    }

    #[test]
    fn a_mapping_to_what_is_no_role_is_told() {
        assert_eq!(RoleMapping::parse(&["x=chef".into()]), Err(UnknownRole("chef".into())));
        assert_eq!(RoleMapping::parse(&["x".into()]), Err(UnknownRole(String::new())));
    }

    #[test]
    fn the_municipality_is_that_of_the_claim_or_the_only_one() {
        let code = |claims: Value, place: &str| {
            read(claims, &places("roles", place)).unwrap().tenant.map(|tenant| tenant.as_str().to_owned())
        };
        assert_eq!(code(json!({"kommune": "851"}), ""), Some("101".into()));
        assert_eq!(code(json!({"kommune": "851"}), "kommune"), Some("851".into()));
        assert_eq!(code(json!({"kommune": ["851", "101"]}), "kommune"), Some("851".into()));
        assert_eq!((code(json!({"kommune": "999"}), "kommune"), code(json!({}), "kommune")), (None, None));
    }

    #[test]
    fn an_address_is_verified_where_the_provider_says_so() {
        for (claims, verified) in [
            (json!({"email_verified": true}), true),
            (json!({"email_verified": "true"}), true),
            (json!({"xms_edov": 1}), true),
            (json!({"email_verified": false}), false),
            (json!({"email_verified": "no", "xms_edov": "0"}), false),
            (json!({}), false),
        ] {
            assert_eq!(read(claims.clone(), &places("roles", "")).unwrap().is_email_verified, verified, "{claims}");
        }
    }

    #[test]
    fn whoever_has_no_subject_is_nobody() {
        for wrong in [json!({"sub": ""}), json!({"sub": 7}), json!({"iat": "soon"}), json!({"sub": "x".repeat(256)})] {
            assert_eq!(read(wrong.clone(), &places("roles", "")), None, "{wrong}");
        }
        assert!(read(json!({"iat": 1_767_600_000.5}), &places("roles", "")).is_some());
    }
}
