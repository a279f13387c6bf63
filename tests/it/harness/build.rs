//! What most stories begin with (companies, citizens, bookings), created over HTTP as people do.

use super::{Answer, House, Value, cpr, cvr, json, later, p_number};
use reqwest::Method;

/// A company with a workplace that foresees a vacancy, and a contact there.
#[derive(Clone, Debug)]
pub struct Company {
    pub id: String,
    pub workplace: String,
    pub contact: String,
    pub contact_email: String,
}

/// A booked internship and all that belongs to it.
#[derive(Clone, Debug)]
pub struct Stay {
    pub id: String,
    pub reference: String,
    pub citizen: String,
    pub citizen_email: String,
    pub company: Company,
    pub first_day: String,
    pub last_day: String,
}

impl Stay {
    pub fn path(&self) -> String {
        format!("/internships/{}", self.id)
    }
    /// A path below it.
    pub fn at(&self, below: &str) -> String {
        format!("/internships/{}/{below}", self.id)
    }
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_else(|| panic!("no text: {value}")).to_owned()
}

/// A clarification of the goal, which needs neither position nor decision date.
pub fn clarification() -> Value {
    json!({"kind": "clarification", "questions": ["Hvor mange timer kan hun arbejde på et kontor?"]})
}

/// A recruitment with a date on which the company decides.
pub fn recruitment(decision_on: &str) -> Value {
    json!({"kind": "recruitment", "prospect": {
        "position": "Kontorassistent", "weekly_hours": 20, "must_be_able_to": ["Føre et arkiv"], "decision_on": decision_on,
    }})
}

impl House {
    pub async fn company(&self) -> Company {
        let liaison = &self.here.liaison;
        let name = cvr();
        let company = liaison
            .post("/companies", json!({"cvr": name, "name": format!("Virksomhed {name}"), "advertising_protected": false}))
            .await
            .ok();
        let id = text(&company["id"]);
        let body = json!({"p_number": p_number(), "name": "Lageret", "address": "Havnegade 1", "foresees_vacancy": true});
        let workplace = text(&liaison.post(&format!("/companies/{id}/workplaces"), body).await.ok()["id"]);
        let contact_email = format!("kontakt@{name}.example");
        let body = json!({"name": "Kontakt Person", "email": contact_email, "phone": "11 22 33 44"});
        let contact = text(&liaison.post(&format!("/workplaces/{workplace}/contacts"), body).await.ok()["id"]);
        Company { id, workplace, contact, contact_email }
    }

    /// A citizen's id and address.
    pub async fn citizen(&self) -> (String, String) {
        let number = cpr();
        let email = format!("borger{}@post.example", number.replace('-', ""));
        let body = json!({
            "cpr": number, "name": "Bo Borger", "email": email, "target_group": "3", "hours_capacity": 25,
            "goals": [{"own_words": "Jeg vil arbejde på et kontor.", "occupations": ["office"]}],
        });
        (text(&self.here.consultant.post("/citizens", body).await.ok()["id"]), email)
    }

    /// A body that books twelve weeks from a day.
    pub fn booking(&self, citizen: &str, company: &Company, first_day: &str) -> Value {
        json!({
            "citizen": citizen, "workplace": company.workplace, "purpose": clarification(), "occupation": "office",
            "tasks": ["sitting all day"], "first_day": first_day, "last_day": later(first_day, 83),
            "hours": [{"from": first_day, "weekly_hours": 20}], "road": "network", "accommodations": {"none_needed": true},
        })
    }

    /// Books with a body, for a citizen and a company that are there.
    pub async fn book(&self, citizen: &(String, String), company: &Company, body: Value) -> Stay {
        let booked = self.here.consultant.post("/internships", body.clone()).await.ok();
        Stay {
            id: text(&booked["id"]),
            reference: text(&booked["reference"]),
            citizen: citizen.0.clone(),
            citizen_email: citizen.1.clone(),
            company: company.clone(),
            first_day: text(&body["first_day"]),
            last_day: text(&body["last_day"]),
        }
    }

    /// Booked, to begin in two weeks.
    pub async fn booked(&self) -> Stay {
        self.booked_with(|_| {}).await
    }

    pub async fn booked_with(&self, change: impl FnOnce(&mut Value)) -> Stay {
        let (citizen, company) = (self.citizen().await, self.company().await);
        let mut body = self.booking(&citizen.0, &company, &later(&self.today().to_string(), 14));
        change(&mut body);
        self.book(&citizen, &company, body).await
    }

    /// Records the word of a party to the newest version.
    pub async fn confirm(&self, stay: &Stay, party: &str) -> Answer {
        let consultant = &self.here.consultant;
        let seen = consultant.get(&stay.path()).await.ok();
        let hash = seen["versions"].as_array().unwrap().last().unwrap()["hash"].clone();
        let items: Vec<Value> = seen["accommodations"].as_array().unwrap().iter().map(|item| item["id"].clone()).collect();
        let via = if party == "consultant" { "account" } else { "telephone" };
        let agreed = if party == "consultant" { json!([]) } else { json!(items) };
        let body = json!({"party": party, "via": via, "hash": hash, "agreed_accommodations": agreed});
        consultant.post(&stay.at("confirmations"), body).await
    }

    /// All three confirm the newest version.
    pub async fn confirm_all(&self, stay: &Stay) {
        for party in ["citizen", "consultant", "company"] {
            self.confirm(stay, party).await.ok();
        }
    }

    /// The papers that the gate asks for besides the confirmations.
    pub async fn papers(&self, stay: &Stay) {
        let consultant = &self.here.consultant;
        consultant.replace(&stay.at("contact-person"), json!({"contact": stay.company.contact})).await.ok();
        let statement = json!({"given_by": "unit", "name": "Tillids Person", "conditions_met": true});
        consultant.replace(&stay.at("representative-statement"), statement).await.ok();
        let own = json!({"conditions_met": true, "via": "paper"});
        consultant.replace(&stay.at("employer-statement"), own).await.ok();
        let decision = json!({"reasons": "Borgeren skal afklares.", "complaint_guidance": "Klag inden fire uger."});
        consultant.replace(&stay.at("decision"), decision).await.ok();
    }

    /// Confirmed by all three, with every paper: it may start on its first day.
    pub async fn ready(&self) -> Stay {
        self.ready_with(|_| {}).await
    }

    pub async fn ready_with(&self, change: impl FnOnce(&mut Value)) -> Stay {
        let stay = self.booked_with(change).await;
        self.confirm_all(&stay).await;
        self.papers(&stay).await;
        stay
    }

    /// Started on its first day, to which the clock is turned.
    pub async fn started(&self) -> Stay {
        self.started_with(|_| {}).await
    }

    pub async fn started_with(&self, change: impl FnOnce(&mut Value)) -> Stay {
        let stay = self.ready_with(change).await;
        self.turn(&stay.first_day);
        self.here.consultant.change(&stay.at("start"), json!({})).await.ok();
        self.no_follow_ups(&stay).await;
        stay
    }

    /// Cancels what is planned, so that a story about something else is not told of what nobody holds.
    pub async fn no_follow_ups(&self, stay: &Stay) {
        let consultant = &self.here.consultant;
        let open = consultant.get(&format!("/follow-ups?internship={}&open=true", stay.id)).await.ok();
        for planned in open["items"].as_array().unwrap() {
            let path = format!("/follow-ups/{}", text(&planned["id"]));
            let etag = consultant.etag(&path).await;
            let body = json!({"reason": "Holdes sammen med mentoren."});
            consultant.change_from(Method::POST, &format!("{path}/cancellation"), &etag, body).await.ok();
        }
    }

    /// Started, with the company to decide on a day.
    pub async fn recruiting(&self, decision_on: &str) -> Stay {
        let purpose = recruitment(decision_on);
        self.started_with(|body| body["purpose"] = purpose).await
    }

    /// The standing flags of a rule about a citizen.
    pub async fn flags(&self, stay: &Stay, rule: &str) -> Vec<Value> {
        let path = format!("/flags?citizen={}&rule={rule}&standing=true", stay.citizen);
        self.here.team_leader.get(&path).await.ok()["items"].as_array().unwrap().clone()
    }

    /// The standing flag of a rule, in full.
    pub async fn flag(&self, stay: &Stay, rule: &str) -> Value {
        let flag = self.flags(stay, rule).await.remove(0);
        self.here.team_leader.get(&format!("/flags/{}", text(&flag["id"]))).await.ok()
    }

    /// What is there, now.
    pub async fn see(&self, stay: &Stay) -> Value {
        self.here.consultant.get(&stay.path()).await.ok()
    }

    /// Extends with a body and its decision, as the consultant.
    pub async fn extend(&self, stay: &Stay, mut body: Value) -> Answer {
        body["decision"] = extension_decision();
        let etag = self.here.consultant.etag(&stay.path()).await;
        self.here.consultant.change_from(Method::POST, &stay.at("extensions"), &etag, body).await
    }
}

/// The decision of an extension.
pub fn extension_decision() -> Value {
    json!({"reasons": "Oplæringen mangler endnu.", "complaint_guidance": "Du kan klage til kommunen inden fire uger."})
}
