//! Every path that can be asked for, of everything that is there.

use super::schema::Description;

/// Of each noun so many are asked for, and so many of what there is much of.
const EACH: usize = 40;
const OF_MANY: usize = 10;

/// Those of a municipality, whoever may ask for them.
pub fn every_path(texts: &dyn Fn(&str) -> Vec<String>, municipality: &str) -> Vec<String> {
    let mut paths = Vec::new();
    for operation in Description::own().operations() {
        let path = &operation.path;
        if operation.method != reqwest::Method::GET || path.starts_with("/links/") || path.contains("openapi") {
            continue;
        }
        if !operation.has_id() {
            paths.push(if operation.has("limit") { format!("{path}?limit=200") } else { path.clone() });
            continue;
        }
        let noun = path.trim_start_matches('/').split('/').next().unwrap().replace('-', "_");
        let ids = texts(&format!("SELECT id AS text FROM {noun} WHERE municipality = '{municipality}' ORDER BY id"));
        let many = ["letters", "flags", "follow_ups"].contains(&noun.as_str()) || path.ends_with("/matches");
        paths.extend(ids.iter().take(if many { OF_MANY } else { EACH }).map(|id| path.replace("{id}", id)));
    }
    paths
}
