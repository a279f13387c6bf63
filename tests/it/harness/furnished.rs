//! A service with at least one of everything in it, so that every path of the description leads somewhere.

use super::{Client, House, Letter, Stay, Value, cpr, json, later, schema::Operation};

pub struct Furnished {
    pub house: House,
    pub ids: Vec<(&'static str, String)>,
    /// A one-time link's token that asks for a confirmation, and one that asks for a decision.
    pub tokens: (String, String),
    pub waiting: Stay,
}

fn id(value: &Value) -> String {
    value["id"].as_str().unwrap().to_owned()
}

impl Furnished {
    pub async fn open() -> Self {
        Self::furnish(House::open().await).await
    }

    pub async fn furnish(house: House) -> Self {
        let (leader, consultant) = (&house.here.team_leader, &house.here.consultant);
        let decision_on = later(&house.today().to_string(), 80);
        let running = house.recruiting(&decision_on).await;
        let step = json!({"outcome": "wage-subsidy", "first_day": running.first_day, "weekly_hours": 20});
        let outcome = id(&consultant.post(&running.at("outcomes"), step).await.ok());
        house.turn(&decision_on);
        let waiting = house.booked().await;
        let statement = json!({"given_by": "unit", "name": "Tillids Person", "conditions_met": false});
        consultant.replace(&waiting.at("representative-statement"), statement).await.ok();
        house.tick().await;
        house.deliver().await;
        let flag = leader.get("/flags").await.ok()["items"][0].clone();
        let letter = leader.get("/letters").await.ok()["items"][0].clone();
        let prospect = json!({"position": "Lager", "weekly_hours": 20, "words": "Vi mangler en til sommer."});
        let prospect = leader.post(&format!("/workplaces/{}/prospects", waiting.company.workplace), prospect).await.ok();
        let opening = json!({
            "kind": "training", "occupation": "shop", "tasks": [], "hours": {"from": 10, "to": 20}, "from": house.today(), "places": 1,
        });
        let opening = leader.post(&format!("/workplaces/{}/openings", waiting.company.workplace), opening).await.ok();
        let token = |address: &str| {
            let letter = house.letters_to(address).into_iter().rfind(Letter::has_link).unwrap();
            letter.link().trim_start_matches("/links/").to_owned()
        };
        let tokens = (token(&waiting.citizen_email), token(&running.company.contact_email));
        let follow_up = consultant.get(&format!("/follow-ups?internship={}", running.id)).await.ok()["items"][0].clone();
        let answer = json!({"answer": "more-time", "words": "Vi venter på en ordre.", "via": "telephone"});
        consultant.post(&running.at("answers"), answer).await.ok();
        let answer = id(&house.see(&running).await["answers"][0]);
        let hire = json!({"outcome": "ordinary-part-time", "first_day": house.today(), "weekly_hours": 20, "employer": "Havnen"});
        let hire = id(&consultant.post(&running.at("outcomes"), hire).await.ok());
        let check = consultant.post(&format!("/outcomes/{hire}/retention-checks"), json!({"holds": true})).await.ok();
        let change = json!({"consultant": house.here.team_leader.account});
        let change = leader.post(&format!("/citizens/{}/consultant-changes", running.citizen), change).await.ok();
        let step = json!({"kind": "step", "words": "Ryd op i gælden.", "expected_on": later(&house.today().to_string(), 30)});
        let step = consultant.post(&format!("/citizens/{}/steps", waiting.citizen), step).await.ok();
        let asking = json!({"what": "extension", "day": later(&waiting.last_day, 7), "reasons": "Der mangler øvelse."});
        let request = consultant.post(&waiting.at("approval-requests"), asking).await.ok();
        let pause = json!({"kind": "holiday", "from": waiting.first_day});
        let pause = consultant.post(&waiting.at("pauses"), pause).await.ok();
        let closed = json!({"from": "2020-07-13", "to": "2020-08-02"});
        let closed = leader.post(&format!("/workplaces/{}/closures", waiting.company.workplace), closed).await.ok();
        let client = json!({
            "name": "Fagsystemet", "role": "liaison", "scopes": ["companies:read"], "expires_on": later(&house.today().to_string(), 90),
        });
        let client = house.here.administrator.post("/clients", client).await.ok();
        let ids = vec![
            ("/clients/", id(&client)),
            ("/pauses/", id(&pause)),
            ("/closures/", id(&closed)),
            ("/approval-requests/", id(&request)),
            ("/accounts/", house.here.liaison.account.clone()),
            ("/companies/", waiting.company.id.clone()),
            ("/workplaces/", waiting.company.workplace.clone()),
            ("/contacts/", waiting.company.contact.clone()),
            ("/prospects/", id(&prospect)),
            ("/openings/", id(&opening)),
            ("/citizens/", waiting.citizen.clone()),
            ("/internships/", waiting.id.clone()),
            ("/outcomes/", outcome),
            ("/answers/", answer),
            ("/retention-checks/", id(&check["checks"][0])),
            ("/flags/", id(&flag)),
            ("/letters/", id(&letter)),
            ("/follow-ups/", id(&follow_up)),
            ("/consultant-changes/", id(&change)),
            ("/steps/", id(&step)),
            ("/sessions/", house.text("SELECT id AS text FROM sessions ORDER BY id")),
        ];
        Self { house, ids, tokens, waiting }
    }

    /// The path of an operation with an id of ours in it.
    pub fn path(&self, operation: &Operation) -> String {
        let id = self.ids.iter().find(|(begin, _)| operation.path.starts_with(begin)).map(|(_, id)| id.as_str());
        self.path_with(operation, id.unwrap_or_default())
    }

    pub fn path_with(&self, operation: &Operation, id: &str) -> String {
        let token = if operation.path.ends_with("/answer") { &self.tokens.1 } else { &self.tokens.0 };
        let path = operation.path.replace("{id}", id).replace("{month}", "2025-12").replace("{token}", token);
        assert!(!path.contains('{') && !path.contains("//"), "no value for {path}");
        path
    }

    /// Whoever may do it here: the team leader, or the administrator; a password is chosen by its holder, who is the liaison.
    pub fn able(&self, operation: &Operation) -> &Client {
        if operation.name() == "PUT /accounts/{id}/password" {
            return &self.house.here.liaison;
        }
        if of_administrators(operation) { &self.house.here.administrator } else { &self.house.here.team_leader }
    }

    /// The same in the other municipality.
    pub fn able_there(&self, operation: &Operation) -> &Client {
        if of_administrators(operation) { &self.house.there.administrator } else { &self.house.there.team_leader }
    }
}

fn of_administrators(operation: &Operation) -> bool {
    operation.path.starts_with("/accounts") || operation.path.starts_with("/clients")
}

/// A body that fits, but for what must be new each time.
pub fn fresh(mut body: Value) -> Value {
    let new = [
        ("cpr", cpr()),
        ("cvr", super::cvr()),
        ("p_number", super::p_number()),
        ("email", format!("ny{}@ny.example", super::p_number())),
        ("key", format!("ord {}", super::p_number())),
    ];
    for (name, value) in new {
        if body.get(name).is_some() {
            body[name] = json!(value);
        }
    }
    body
}
