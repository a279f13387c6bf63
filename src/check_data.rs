//! Compares a whole database with what the domain says of it: the plain columns of each internship, and that the terms of each
//! version are those that its hash was made of, which is what people have signed. Opening them proves that every sealed value
//! belongs to its row.
//!
//! Promise: nothing is written, and nothing is told but the ids of rows.

use crate::{
    app::App,
    crypto::Keys,
    domain::{internships::internship::Internship, people::tenant::Tenant, values::ids::CitizenId},
    jobs::Progress,
    store::{Conn, StoreError, courses, internship_facts, system::every},
};

/// So many citizens are found at a time.
const BATCH: i64 = 200;

/// Every row that differs, each as a line that names it.
///
/// # Errors
/// A failure of the database.
pub async fn check_data(app: &App, progress: Progress<'_>) -> Result<Vec<String>, StoreError> {
    let total = u64::try_from(app.db.read(every::count_citizens).await?).unwrap_or_default();
    let (mut differ, mut after, mut done) = (Vec::new(), String::new(), 0);
    loop {
        let from = after.clone();
        let batch = app.db.read(move |conn: &mut Conn| every::citizens(conn, &from, BATCH)).await?;
        let Some((_, last)) = batch.last() else { return Ok(differ) };
        last.as_str().clone_into(&mut after);
        for (tenant, id) in batch {
            let services = app.services.clone();
            differ.extend(app.db.read(move |conn: &mut Conn| of_citizen(conn, &services.keys, &tenant, &id)).await?);
            done += 1;
            progress(done, total);
        }
    }
}

fn of_citizen(conn: &mut Conn, keys: &Keys, tenant: &Tenant, id: &CitizenId) -> Result<Vec<String>, StoreError> {
    let course = match courses::load(conn, keys, tenant, id) {
        Err(StoreError::Corrupt(why)) => return Ok(vec![format!("citizen {id}: {why}")]),
        other => other?,
    };
    let mut differ = Vec::new();
    for internship in course.iter().flat_map(|course| &course.internships) {
        if internship_facts::find(conn, tenant, &internship.id)? != Some(internship_facts::row(tenant, internship)) {
            differ.push(format!("internship {}: its columns", internship.id));
        }
        differ.extend(changed_since_signed(internship));
    }
    Ok(differ)
}

fn changed_since_signed(internship: &Internship) -> impl Iterator<Item = String> {
    let changed =
        internship.versions().filter(|version| version.terms.hash(internship.id.as_str(), version.number) != version.hash);
    changed.map(|version| format!("internship {}: version {} is not what was signed", internship.id, version.number))
}
