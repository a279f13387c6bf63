//! Fills a database with the made-up country as a jobcentre would have it after some years: what the register says of every
//! workplace; openings at a third of them, some with a prospect or a contact person; a history of internships at a few
//! thousand; and one citizen at each of four places, alike but for where they live.

use crate::{
    country::{Dice, Unit, month},
    place::{at, here, today},
    rows,
};
use chrono::Days;
use rettematch::{
    actions::{
        ActionError,
        people::{citizens as people, profile},
    },
    app::App,
    context::{Account, Context},
    domain::{
        companies::approach::ApproachVia,
        input::read,
        internships::{
            follow_up::{Planned, Record},
            internship::Ending,
            purpose::InternshipType,
        },
        matching::{Prospect, Standing},
        values::{
            day::plus,
            geo::{PlacedBy, Point, degrees},
            ids::{
                ApproachId, CitizenId, CompanyId, ContactId, FollowUpId, InternshipId, OpeningId, ProspectId, WorkplaceId, new_id,
            },
            register::IndustryScheme,
            vocabulary::{Term, TermKind, built_in, occupations_in},
        },
    },
    store::{
        Tx, approaches, citizens, companies, follow_ups, internships, openings,
        schema::*,
        sealed::{self, SealedText},
    },
};
use serde_json::json;

/// Whose goal it is to work in a shop or with customers, who needs pauses, no lifting, and to go home when ill.
pub const GOALS: [&str; 2] = ["shop", "customer service"];
pub const NEEDS: [&str; 3] = ["breaks", "lifting", "home when ill"];
pub const RULED_OUT: &str = "heavy lifting";
pub const HOURS: i64 = 15;

pub const HOMES: [(&str, Point); 4] = [
    ("inner København", Point { latitude: 55_676_100, longitude: 12_568_300 }),
    ("Odense", Point { latitude: 55_403_800, longitude: 10_402_400 }),
    ("Lemvig", Point { latitude: 56_548_600, longitude: 8_310_000 }),
    ("Bornholm", Point { latitude: 55_100_900, longitude: 14_706_600 }),
];

/// So many workplaces are written in one transaction.
const BATCH: usize = 1_000;

/// What a filled country has.
pub struct Filled {
    pub citizens: Vec<CitizenId>,
    pub workplaces: usize,
    pub openings: usize,
    /// The P-number of one of its workplaces.
    pub some_p_number: String,
}

pub async fn fill(app: &App, by: &Account, units: impl Iterator<Item = Unit>) -> Filled {
    let mut filled = Filled { citizens: Vec::new(), workplaces: 0, openings: 0, some_p_number: String::new() };
    let (mut rows, mut cvr, mut company) = (Rows::default(), String::new(), String::new());
    for unit in units {
        if unit.cvr != cvr {
            (cvr, company) = (unit.cvr.clone(), new_id(at()));
            rows.companies.push(company_row(&company, &unit, by));
        }
        rows.add(app, by, &unit, &company);
        filled.workplaces += 1;
        filled.some_p_number = unit.p_number;
        if rows.workplaces.len() >= BATCH {
            filled.openings += rows.openings.len();
            std::mem::take(&mut rows).write(app).await;
        }
    }
    filled.openings += rows.openings.len();
    rows.write(app).await;
    for (index, (_, home)) in HOMES.iter().enumerate() {
        filled.citizens.push(citizen(app, by, index, *home).await);
    }
    filled
}

async fn citizen(app: &App, by: &Account, index: usize, home: Point) -> CitizenId {
    let (services, by) = (app.services.clone(), by.clone());
    let needs: Vec<_> = NEEDS
        .iter()
        .map(|need| json!({"kind": need, "function": need, "rules_out": if *need == "lifting" { vec![RULED_OUT] } else { vec![] }}))
        .collect();
    let goal = json!({"own_words": "Jeg vil gerne tale med kunder.", "occupations": GOALS});
    let details = json!({"cpr": format!("610379-000{index}"), "name": "Prøve", "target_group": "3", "goals": [goal],
        "hours_capacity": HOURS});
    let lives = json!({"home": {"coordinates": {"latitude": degrees(home.latitude), "longitude": degrees(home.longitude)}},
        "languages": ["da"]});
    let needs = json!({ "needs": needs });
    let make = move |tx: &mut Tx| {
        let context = Context::of(&services, &by, at());
        let id = people::register(tx, &context, &read(&details).map_err(ActionError::Faults)?)?;
        people::put_needs(tx, &context, rettematch::context::Seen::Newest, &id, &read(&needs).map_err(ActionError::Faults)?)?;
        profile::put(tx, &context, rettematch::context::Seen::Newest, &id, &read(&lives).map_err(ActionError::Faults)?)?;
        Ok::<_, ActionError>(id)
    };
    app.db.write(make).await.unwrap()
}

/// What is written together.
#[derive(Default)]
struct Rows {
    companies: Vec<CompanyRow>,
    workplaces: Vec<WorkplaceRow>,
    staff: Vec<StaffRow>,
    contacts: Vec<ContactRow>,
    prospects: Vec<ProspectRow>,
    openings: Vec<OpeningRow>,
    approaches: Vec<ApproachRow>,
    citizens: Vec<CitizenRow>,
    internships: Vec<InternshipRow>,
    versions: Vec<VersionRow>,
    follow_ups: Vec<FollowUpRow>,
    outcomes: Vec<OutcomeRow>,
}

impl Rows {
    async fn write(self, app: &App) {
        let put = move |tx: &mut Tx| {
            companies::insert_all(tx, &self.companies)?;
            companies::workplaces::insert_all(tx, &self.workplaces)?;
            companies::staff::insert_all(tx, &self.staff)?;
            self.contacts.iter().try_for_each(|row| companies::contacts::insert(tx, row))?;
            self.prospects.iter().try_for_each(|row| companies::prospects::insert(tx, row))?;
            self.openings.iter().try_for_each(|row| openings::insert(tx, row))?;
            self.approaches.iter().try_for_each(|row| approaches::insert(tx, row))?;
            self.citizens.iter().try_for_each(|row| citizens::insert(tx, row))?;
            self.internships.iter().try_for_each(|row| internships::insert(tx, row))?;
            self.versions.iter().try_for_each(|row| internships::add_version(tx, row))?;
            self.follow_ups.iter().try_for_each(|row| follow_ups::insert(tx, row))?;
            self.outcomes.iter().try_for_each(|row| internships::outcomes::insert(tx, row))
        };
        app.db.write(put).await.unwrap();
    }

    /// A workplace, and what the jobcentre knows of it. The same for a workplace whatever country it is taken from.
    fn add(&mut self, app: &App, by: &Account, unit: &Unit, company: &str) {
        let mut dice = Dice::of(unit.p_number.parse().unwrap());
        let id = new_id(at());
        let usual = occupations_in(unit.industry);
        let open = unit.closed.is_none();
        let offers = if open && !usual.is_empty() { [0.38, 0.05].map(|share| dice.jitter(share)) } else { [false; 2] };
        let history = if open && dice.jitter(0.012) { 1 + dice.below(8) } else { 0 };
        let in_touch = open && dice.jitter(0.1);
        let known = offers.contains(&true) || history > 0 || in_touch;
        let foresees_vacancy = if known { dice.one(&[Some(true), Some(false), None, None]) } else { None };
        let recorded = offers.map(|offer| offer && dice.jitter(0.2));
        let prospect = Prospect::of(recorded.contains(&true), foresees_vacancy);
        let standing = Standing { prospect, tried: history > 0 }.code();
        self.workplaces.push(WorkplaceRow { foresees_vacancy, known, standing, ..workplace_row(&id, company, unit) });
        if let Some(hundredths) = unit.full_time() {
            self.staff.push(StaffRow { given_here: false, ..rows::staff(id.clone(), month(), hundredths) });
        }
        for (_, recorded) in offers.iter().zip(recorded).filter(|(offer, _)| **offer) {
            self.offer(by, unit, company, (&id, standing), recorded, &usual, &mut dice);
        }
        // Some hire most, most hire few.
        let share = if dice.jitter(0.3) { 0.6 } else { 0.1 };
        for nth in 0..history {
            self.ended(app, by, &id, 700 - 80 * nth as u64, share, &mut dice);
        }
        if in_touch {
            self.approaches.push(ApproachRow {
                id: ApproachId::new(at()),
                municipality: here(),
                company_id: CompanyId::stored(company),
                workplace_id: WorkplaceId::stored(id),
                opening_id: None,
                made_on: today() - Days::new(dice.below(500) as u64),
                made_by: by.id.clone(),
                via: ApproachVia::Visit,
                invited: dice.jitter(0.5),
                words: None,
            });
        }
    }

    #[allow(clippy::too_many_arguments)]
    fn offer(
        &mut self,
        by: &Account,
        unit: &Unit,
        company: &str,
        (place, standing): (&str, i32),
        recorded: bool,
        usual: &[&Term],
        dice: &mut Dice,
    ) {
        let prospect = recorded.then(|| new_id(at()));
        if let Some(id) = &prospect {
            self.prospects.push(ProspectRow {
                id: ProspectId::stored(id.clone()),
                municipality: here(),
                workplace_id: WorkplaceId::stored(place),
                position: "Medarbejder".into(),
                weekly_minutes: 1_800,
                from_on: None,
                condition: None,
                words: "Vi mangler en fra maj.".into(),
                recorded_on: today(),
                withdrawn_on: None,
                revision: 1,
            });
        }
        let contact = dice.jitter(0.6).then(|| new_id(at()));
        if let Some(id) = &contact {
            self.contacts.push(rows::contact(id.clone(), place.into()));
        }
        let some = |kind: TermKind, share: f64, dice: &mut Dice| {
            let terms: Vec<&str> = built_in(kind).iter().filter(|_| dice.jitter(share)).map(|entry| entry.key.as_str()).collect();
            serde_json::to_string(&terms).unwrap()
        };
        let kind = if prospect.is_some() {
            InternshipType::Recruitment
        } else {
            dice.one(&[InternshipType::Training, InternshipType::Clarification])
        };
        let least = 60 * (5 + dice.below(20) as i64);
        let row = workplace_row(place, company, unit);
        self.openings.push(OpeningRow {
            id: OpeningId::new(at()),
            municipality: here(),
            company_id: CompanyId::stored(company),
            workplace_id: WorkplaceId::stored(place),
            kind,
            occupation: dice.one(usual).to_string(),
            tasks: some(TermKind::Task, 0.05, dice),
            least_minutes: least,
            most_minutes: (least + 60 * dice.below(20) as i64).min(37 * 60),
            times: dice.one(&["[]", "[]", r#"["morning","afternoon"]"#, r#"["evening","weekend"]"#]).into(),
            languages: dice.one(&["[]", r#"["da"]"#, r#"["da"]"#, r#"["da","en"]"#]).into(),
            accommodations: some(TermKind::Accommodation, 0.25, dice),
            prospect_id: prospect.map(ProspectId::stored),
            contact_id: contact.map(ContactId::stored),
            from_on: today(),
            places: 1,
            words: None,
            expires_on: plus(today(), 1 + dice.below(180) as i64),
            closed_on: None,
            close_reason: None,
            kept_by: by.id.clone(),
            remind_on: None,
            latitude: row.latitude,
            longitude: row.longitude,
            placed_by: row.placed_by,
            cell: row.cell,
            standing,
            revision: 1,
        });
    }

    /// An internship of some time ago, its follow-up, and perhaps a hire.
    fn ended(&mut self, app: &App, by: &Account, place: &str, days_ago: u64, hired: f64, dice: &mut Dice) {
        let (first, last) = (today() - Days::new(days_ago + 91), today() - Days::new(days_ago));
        let (person, id) = (new_id(at()), new_id(at()));
        self.citizens.push(CitizenRow {
            registered_on: Some(first),
            ..rows::citizen(&app.services.keys, person.clone(), &person, by.id.as_str())
        });
        let row = rows::internship(id.clone(), &id, person.clone(), place.into(), by.id.as_str(), first);
        self.internships.push(rows::ended(row, last, Ending::NoJob));
        // Never opened: it has ended.
        self.versions.push(rows::version(id.clone(), SealedText::stored("sealed"), "0".repeat(64), by.id.as_str(), first));
        let belonging = dice.below(11);
        let follow_up = new_id(at());
        let record: Record = read(&json!({"contact_person_there": true, "belonging": belonging})).unwrap();
        self.follow_ups.push(FollowUpRow {
            id: FollowUpId::stored(follow_up.clone()),
            municipality: here(),
            citizen_id: CitizenId::stored(person.clone()),
            internship_id: InternshipId::stored(id.clone()),
            kind: Planned::First,
            planned_on: first,
            due_on: first,
            held_on: Some(first),
            held_by: Some(by.id.clone()),
            recorded_on: Some(first),
            sealed: Some(sealed::FOLLOW_UP.seal(&app.services.keys, &follow_up, &record).unwrap()),
            cancelled_on: None,
            cancel_reason: None,
            revision: 1,
            in_error_on: None,
            at_time: None,
            place: None,
            asked_on: None,
        });
        if dice.jitter(hired) {
            self.outcomes.push(rows::hire(new_id(at()), person, id, place.into(), by.id.as_str(), last));
        }
    }
}

fn company_row(id: &str, unit: &Unit, by: &Account) -> CompanyRow {
    CompanyRow {
        name: unit.company.clone(),
        industry: Some(unit.industry.into()),
        industry_scheme: Some(IndustryScheme::Db07),
        advertising_protected: unit.protected,
        form: Some(unit.form.into()),
        ..rows::company(id.into(), unit.cvr.clone(), by.id.as_str())
    }
}

fn workplace_row(id: &str, company: &str, unit: &Unit) -> WorkplaceRow {
    WorkplaceRow {
        name: unit.name.clone(),
        address: Some(unit.address.clone()),
        foresees_vacancy: None,
        industry: Some(unit.industry.into()),
        industry_scheme: Some(IndustryScheme::Db07),
        trade: unit.industry.get(..2).map(Into::into),
        lies_in: Some(unit.municipality.into()),
        postcode: Some(unit.postcode.clone()),
        city: Some(unit.city.into()),
        latitude: unit.point.map(|point| point.latitude),
        longitude: unit.point.map(|point| point.longitude),
        placed_by: unit.point.map(|_| PlacedBy::Coordinates),
        cell: unit.point.map(Point::cell),
        staff_low: unit.staff.map(|(low, _)| low),
        staff_high: unit.staff.map(|(_, high)| high),
        closed_on: unit.closed,
        known: false,
        standing: Standing::of_nobody().code(),
        ..rows::workplace(id.into(), company.into(), unit.p_number.clone())
    }
}
