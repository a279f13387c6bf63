//! Who may use which route: every route, every role, in the caller's own municipality and in another. The table is kept by hand,
//! and a route that is missing in it fails, so that nobody adds one without saying who it is for.

use crate::harness::{
    Client, House, PASSWORD, Value, cpr,
    furnished::{Furnished, fresh},
    json,
    schema::{Description, Operation, unknown_id},
};
use rettematch::domain::people::access::Role;
use std::collections::BTreeSet;

/// L liaison, C consultant, T team leader, A administrator, R auditor; `-` for those who have no account.
const TABLE: &[(&str, &str)] = &[
    ("POST /sessions", "-"),
    ("GET /sessions/current", "LCTAR"),
    ("DELETE /sessions/current", "LCTAR"),
    ("GET /sessions", "LCTAR"),
    ("DELETE /sessions", "LCTAR"),
    ("DELETE /sessions/{id}", "LCTAR"),
    ("GET /accounts", "A"),
    ("POST /accounts", "A"),
    ("GET /accounts/{id}", "TA"),
    ("PATCH /accounts/{id}", "A"),
    ("GET /accounts/{id}/changes", "A"),
    ("PUT /accounts/{id}/password", ""),
    ("POST /accounts/{id}/closure", "A"),
    ("POST /accounts/{id}/reopening", "A"),
    ("POST /accounts/{id}/confirmation", "TA"),
    ("POST /accounts/{id}/password-link", "A"),
    ("POST /links/{token}/password", "-"),
    ("PUT /accounts/{id}/substitute", "TA"),
    ("DELETE /accounts/{id}/substitute", "TA"),
    ("GET /clients", "A"),
    ("POST /clients", "A"),
    ("GET /clients/{id}", "TA"),
    ("POST /clients/{id}/keys", "A"),
    ("POST /clients/{id}/confirmation", "TA"),
    ("POST /clients/{id}/end", "A"),
    ("GET /colleagues", "LCTAR"),
    ("PUT /accounts/{id}/digests", "A"),
    ("POST /company-imports", "LT"),
    ("POST /postcode-imports", "LT"),
    ("GET /companies", "LCT"),
    ("POST /companies", "LT"),
    ("GET /companies/{id}", "LCT"),
    ("PUT /companies/{id}", "LT"),
    ("PATCH /companies/{id}", "LT"),
    ("GET /companies/{id}/workplaces", "LCT"),
    ("POST /companies/{id}/workplaces", "LT"),
    ("GET /workplaces", "LCT"),
    ("GET /workplaces/{id}", "LCT"),
    ("PUT /workplaces/{id}", "LT"),
    ("PATCH /workplaces/{id}", "LT"),
    ("GET /workplaces/{id}/contacts", "LCT"),
    ("POST /workplaces/{id}/contacts", "LT"),
    ("GET /contacts/{id}", "LCT"),
    ("PUT /contacts/{id}", "LT"),
    ("PATCH /contacts/{id}", "LT"),
    ("GET /workplaces/{id}/staff", "LCT"),
    ("PUT /workplaces/{id}/staff/{month}", "LT"),
    ("GET /workplaces/{id}/prospects", "LCT"),
    ("POST /workplaces/{id}/prospects", "LT"),
    ("GET /prospects/{id}", "LCT"),
    ("POST /prospects/{id}/withdrawal", "LT"),
    ("GET /workplaces/{id}/record", "LCT"),
    ("GET /companies/{id}/record", "LCT"),
    ("GET /openings", "LCT"),
    ("GET /workplaces/{id}/openings", "LCT"),
    ("POST /workplaces/{id}/openings", "LT"),
    ("GET /openings/{id}", "LCT"),
    ("PUT /openings/{id}", "LT"),
    ("PATCH /openings/{id}", "LT"),
    ("POST /openings/{id}/renewal", "LT"),
    ("POST /openings/{id}/closure", "LT"),
    ("POST /workplaces/{id}/approaches", "LCT"),
    ("GET /workplaces/{id}/approaches", "LCT"),
    ("GET /companies/{id}/approaches", "LCT"),
    ("GET /workplaces/{id}/closures", "LCT"),
    ("POST /workplaces/{id}/closures", "LCT"),
    ("GET /closures/{id}", "LCT"),
    ("POST /closures/{id}/in-error", "LCT"),
    ("GET /citizens", "CT"),
    ("GET /reads", "TR"),
    ("GET /citizens/{id}/reads", "CTR"),
    ("GET /citizens/{id}/extract", "CT"),
    ("GET /citizens/{id}/changes", "CTR"),
    ("POST /citizens/{id}/access-reasons", "CT"),
    ("POST /citizens", "CT"),
    ("POST /citizens/search", "CT"),
    ("POST /citizens/name-search", "CT"),
    ("GET /citizens/{id}", "CT"),
    ("PUT /citizens/{id}", "CT"),
    ("PATCH /citizens/{id}", "CT"),
    ("POST /citizens/{id}/capacities", "CT"),
    ("GET /citizens/{id}/needs", "CT"),
    ("PUT /citizens/{id}/needs", "CT"),
    ("POST /citizens/{id}/outcomes", "CT"),
    ("POST /citizens/{id}/extension-approvals", "T"),
    ("GET /citizens/{id}/steps", "CT"),
    ("POST /citizens/{id}/steps", "CT"),
    ("GET /steps/{id}", "CT"),
    ("POST /steps/{id}/done", "CT"),
    ("POST /steps/{id}/move", "CT"),
    ("POST /steps/{id}/cancellation", "CT"),
    ("POST /citizens/{id}/closing", "CT"),
    ("POST /citizens/{id}/reopening", "CT"),
    ("POST /citizens/{id}/restriction", "T"),
    ("POST /citizens/{id}/restriction/lifting", "T"),
    ("GET /erasures", "TR"),
    ("GET /changes", "TR"),
    ("GET /citizens/{id}/changed-values", "CTR"),
    ("GET /erasures/ahead", "T"),
    ("GET /terms", "LCTAR"),
    ("POST /terms", "CTA"),
    ("GET /internships", "LCT"),
    ("POST /internships", "CT"),
    ("GET /internships/{id}", "LCT"),
    ("POST /internships/{id}/versions", "CT"),
    ("POST /internships/{id}/confirmations", "CT"),
    ("POST /internships/{id}/objections", "CT"),
    ("POST /internships/{id}/objections/withdrawal", "CT"),
    ("PUT /internships/{id}/accommodations", "CT"),
    ("POST /internships/{id}/agreements", "CT"),
    ("POST /internships/{id}/agreements/withdrawal", "CT"),
    ("PUT /internships/{id}/contact-person", "CT"),
    ("PUT /internships/{id}/meeting", "CT"),
    ("PUT /internships/{id}/representative-statement", "CT"),
    ("POST /internships/{id}/representative-statement/request", "CT"),
    ("POST /internships/{id}/representative-statement/overruling", "T"),
    ("PUT /internships/{id}/employer-statement", "CT"),
    ("PUT /internships/{id}/decision", "CT"),
    ("POST /internships/{id}/start", "CT"),
    ("POST /internships/{id}/extensions", "CT"),
    ("PUT /internships/{id}/extension-decision", "CT"),
    ("POST /internships/{id}/versions/withdrawal", "CT"),
    ("POST /internships/{id}/invitations", "CT"),
    ("POST /internships/{id}/approval-requests", "CT"),
    ("GET /approval-requests", "CT"),
    ("GET /approval-requests/{id}", "CT"),
    ("POST /approval-requests/{id}/answer", "T"),
    ("POST /internships/{id}/end", "CT"),
    ("POST /internships/{id}/cancellation", "CT"),
    ("PUT /internships/{id}/next-step", "CT"),
    ("POST /internships/{id}/answers", "LCT"),
    ("GET /internships/{id}/pauses", "LCT"),
    ("POST /internships/{id}/pauses", "CT"),
    ("GET /pauses/{id}", "LCT"),
    ("POST /pauses/{id}/end", "CT"),
    ("POST /pauses/{id}/in-error", "CT"),
    ("POST /internships/{id}/outcomes", "CT"),
    ("GET /outcomes/{id}", "CT"),
    ("POST /outcomes/{id}/end", "CT"),
    ("PUT /outcomes/{id}/next-step", "CT"),
    ("GET /follow-ups", "CT"),
    ("GET /follow-ups/{id}", "CT"),
    ("POST /follow-ups/{id}/record", "CT"),
    ("POST /follow-ups/{id}/move", "CT"),
    ("POST /follow-ups/{id}/cancellation", "CT"),
    ("POST /follow-ups/{id}/addenda", "CT"),
    ("POST /internships/{id}/follow-ups", "CT"),
    ("GET /citizens/{id}/beliefs", "CT"),
    ("POST /internships/{id}/prospect-withdrawal", "LCT"),
    ("POST /outcomes/{id}/retention-checks", "CT"),
    ("GET /citizens/{id}/corrections", "CT"),
    ("POST /citizens/{id}/cpr", "CT"),
    ("POST /citizens/{id}/merge", "T"),
    ("POST /internships/{id}/in-error", "CT"),
    ("POST /internships/{id}/start/in-error", "CT"),
    ("POST /internships/{id}/end/in-error", "CT"),
    ("POST /follow-ups/{id}/in-error", "CT"),
    ("POST /answers/{id}/in-error", "LCT"),
    ("POST /outcomes/{id}/in-error", "CT"),
    ("POST /retention-checks/{id}/in-error", "CT"),
    ("GET /workplaces/{id}/placed-by-others", "LCT"),
    ("POST /workplaces/{id}/placed-by-others", "LT"),
    ("POST /citizens/{id}/consultant-changes", "CT"),
    ("GET /citizens/{id}/consultant-changes", "CT"),
    ("GET /consultant-changes/{id}", "CT"),
    ("POST /consultant-changes", "TA"),
    ("PUT /consultant-changes/{id}/handover", "CT"),
    ("POST /consultant-changes/{id}/reading", "CT"),
    ("POST /citizens/{id}/story", "CT"),
    ("GET /citizens/{id}/story", "CT"),
    ("GET /citizens/{id}/timeline", "CT"),
    ("POST /citizens/{id}/written-reasons", "T"),
    ("GET /citizens/{id}/search-profile", "CT"),
    ("PUT /citizens/{id}/search-profile", "CT"),
    ("PATCH /citizens/{id}/search-profile", "CT"),
    ("GET /citizens/{id}/matches", "CT"),
    ("GET /openings/{id}/matches", "CT"),
    ("GET /flags", "LCT"),
    ("GET /flags/{id}", "LCT"),
    ("POST /flags/{id}/acknowledgement", "LCT"),
    ("POST /flags/{id}/snooze", "LCT"),
    ("GET /letters", "LCTA"),
    ("GET /letters/{id}", "LCTA"),
    ("POST /letters/{id}/resending", "TA"),
    ("GET /runs", "TAR"),
    ("GET /rules", "LCTAR"),
    ("GET /links/{token}", "-"),
    ("POST /links/{token}/confirmation", "-"),
    ("POST /links/{token}/agreements/withdrawal", "-"),
    ("POST /links/{token}/objection", "-"),
    ("POST /links/{token}/answer", "-"),
    ("POST /links/{token}/words", "-"),
    ("POST /links/{token}/digits", "-"),
    ("POST /links/{token}/statement", "-"),
    ("POST /links/{token}/renewal", "-"),
    ("POST /links/{token}/unsubscription", "-"),
];

const ROLES: [(Role, char); 5] =
    [(Role::Liaison, 'L'), (Role::Consultant, 'C'), (Role::TeamLeader, 'T'), (Role::Administrator, 'A'), (Role::Auditor, 'R')];

fn allowed(operation: &Operation) -> &'static str {
    let name = operation.name();
    let found = TABLE.iter().find(|(route, _)| *route == name);
    found.unwrap_or_else(|| panic!("{name} is not in the table: say there who it is for")).1
}

#[test]
fn the_table_has_every_route_and_no_other() {
    let served: BTreeSet<String> = Description::own().operations().iter().map(Operation::name).collect();
    let said: BTreeSet<String> = TABLE.iter().map(|(route, _)| (*route).to_owned()).collect();
    assert_eq!(served, said);
    assert_eq!(TABLE.len(), said.len(), "a route stands in the table twice");
}

/// The status and type of a request that fits. A change carries a tag that is too old: let in, it ends with 412.
async fn ask(full: &Furnished, role: Role, here: bool, operation: &Operation, path: &str, body: Option<&Value>) -> (u16, String) {
    let house = &full.house;
    let people = if here { &house.here } else { &house.there };
    // A session of its own: one of the routes ends it.
    let client = house.session(people.of(role)).await;
    let path = match operation.path.as_str() {
        "/sessions/{id}" if here => &own_session(&client).await,
        _ => path,
    };
    let mut request = client.ask(operation.method.clone(), path);
    if operation.has("If-Match") {
        request = request.header("If-Match", "\"999-0a1b2c3d\"");
    }
    if let Some(body) = body {
        request = request.json(&if operation.path == "/citizens/search" { body.clone() } else { fresh(body.clone()) });
    }
    if operation.takes_file() {
        request = operation.with_file(request);
    }
    let answer = client.send(request).await;
    (answer.status, answer.text)
}

async fn own_session(client: &Client) -> String {
    let lines = client.get("/sessions").await.ok();
    let own = lines["items"].as_array().unwrap().iter().find(|line| line["is_current"] == true).unwrap().clone();
    format!("/sessions/{}", own["id"].as_str().unwrap())
}

#[tokio::test]
async fn every_route_lets_in_whom_the_table_names_and_shows_nobody_another_municipality() {
    let full = Furnished::open().await;
    let known = cpr();
    let body = json!({"cpr": known, "name": "Søgt Person", "target_group": "3", "hours_capacity": 20, "goals": []});
    full.house.here.consultant.post("/citizens", body).await.ok();
    let description = Description::own();
    for operation in description.operations().iter().filter(|operation| !operation.is_open()) {
        let allowed = allowed(operation);
        let mut body = description.fitting(operation);
        if let Some(body) = body.as_mut().filter(|_| operation.path == "/citizens/search") {
            body["cpr"] = json!(known);
        }
        for (role, letter) in ROLES {
            let may = allowed.contains(letter);
            let name = format!("{} as {role}", operation.name());

            let (status, text) = ask(&full, role, true, operation, &full.path(operation), body.as_ref()).await;
            // The account in the path is the liaison's.
            let own = [
                "GET /accounts/{id}",
                "PUT /accounts/{id}/password",
                "PUT /accounts/{id}/digests",
                "PUT /accounts/{id}/substitute",
                "DELETE /accounts/{id}/substitute",
            ]
            .contains(&operation.name().as_str());
            let own_account = own && role == Role::Liaison;
            match status {
                403 => assert!(!may && !own_account, "{name} is kept out: {text}"),
                // The flag is about a citizen, and no liaison was told of it.
                404 => assert!(role == Role::Liaison && operation.path.starts_with("/flags/"), "{name} finds nothing: {text}"),
                200..=299 | 409 | 412 | 422 => assert!(may || own_account, "{name} is let in: {status} {text}"),
                _ => panic!("{name}: {status} {text}"),
            }

            let fixed = !operation.has_id() && operation.path != "/citizens/search";
            if fixed {
                continue;
            }
            for path in [full.path(operation), full.path_with(operation, &unknown_id())] {
                let (status, text) = ask(&full, role, false, operation, &path, body.as_ref()).await;
                assert_eq!(status, if may { 404 } else { 403 }, "{name} of the other municipality: {text}");
            }
        }
    }
}

#[tokio::test]
async fn one_may_see_and_secure_ones_own_account_but_not_close_it() {
    let house = House::open().await;
    for (role, _) in ROLES {
        let me = house.here.of(role);
        let path = format!("/accounts/{}", me.account);
        assert_eq!(me.get(&path).await.ok()["role"], role.code());
        let closed = me.change(&format!("{path}/closure"), Value::Null).await;
        if role == Role::Administrator {
            closed.conflict("own-account");
        } else {
            closed.problem(403, "forbidden");
        }
        let me = house.session(me).await;
        let other = house.session(&me).await;
        let new = json!({"password": "en helt ny kode", "old_password": PASSWORD});
        me.replace(&format!("{path}/password"), new).await.ok();
        other.get("/sessions/current").await.problem(401, "unauthenticated");
    }
}

#[tokio::test]
async fn a_list_shows_nothing_of_another_municipality() {
    let full = Furnished::open().await;
    for operation in Description::own().operations() {
        if operation.method != "GET" || operation.path.contains('{') || operation.path.starts_with("/sessions") {
            continue;
        }
        let own = full.able(&operation).get(&operation.path).await;
        own.ok();
        let other = full.able_there(&operation).get(&operation.path).await;
        other.ok();
        // Of erasures, `erasing` tells.
        if ["/terms", "/rules", "/runs", "/reads", "/erasures", "/erasures/ahead"].contains(&operation.path.as_str()) {
            continue;
        }
        assert!(own.text.contains("\"id\""), "{}: there is nothing to hide", operation.name());
        for item in own.body()["items"].as_array().unwrap() {
            assert!(!other.text.contains(item["id"].as_str().unwrap()), "{} shows {item}", operation.name());
        }
    }
}

#[tokio::test]
async fn a_body_cannot_name_what_belongs_to_another_municipality() {
    let house = House::open().await;
    let (citizen, company) = (house.citizen().await, house.company().await);
    let body = house.booking(&citizen.0, &company, "2026-01-19");
    let theirs = &house.there;
    let faults = theirs.consultant.post("/internships", body).await.faults();
    assert_eq!(faults, [("/citizen".to_owned(), "unknown".to_owned())]);
    let consultant = &house.here.consultant.account;
    let body = json!({
        "cpr": cpr(), "name": "Bo", "target_group": "3", "hours_capacity": 20, "goals": [], "consultant": consultant,
    });
    assert_eq!(theirs.consultant.post("/citizens", body).await.faults(), [("/consultant".to_owned(), "unknown".to_owned())]);
    let body = json!({
        "cvr": crate::harness::cvr(), "name": "Firma", "advertising_protected": false, "liaison": house.here.liaison.account,
    });
    assert_eq!(theirs.liaison.post("/companies", body).await.faults(), [("/liaison".to_owned(), "unknown".to_owned())]);
}

#[tokio::test]
async fn a_liaison_sees_no_need_behind_an_accommodation() {
    let house = House::open().await;
    let (citizen, company) = (house.citizen().await, house.company().await);
    let needs = json!({"needs": [{"kind": "Slidgigt i ryggen", "function": "Hæve-sænke-bord", "rules_out": ["heavy lifting"]}]});
    let needs = house.here.consultant.replace(&format!("/citizens/{}/needs", citizen.0), needs).await.ok();
    let need = needs["needs"][0]["id"].clone();
    let mut body = house.booking(&citizen.0, &company, "2026-01-19");
    body["accommodations"] = json!({"items": [{"function": "Hæve-sænke-bord", "need": need}]});
    let stay = house.book(&citizen, &company, body).await;
    let seen = house.see(&stay).await;
    assert_eq!(seen["accommodations"][0]["need"], need);
    let seen = house.here.liaison.get(&stay.path()).await;
    assert_eq!(seen.ok()["accommodations"][0]["need"], Value::Null);
    assert!(!seen.text.contains("gigt"), "{}", seen.text);
}
