//! What a caseload costs people's attention, counted anew from the rows.

use crate::{
    app::App,
    domain::{
        people::tenant::Tenant,
        rules::flags::{Audience, Level},
        values::register::Municipality,
    },
    jobs::quiet,
    replay::{
        folder::Folder,
        summary::{print_summary, summarise},
        tests::{booking, case, recruitment},
        together::play_together,
        *,
    },
    store::{
        Conn, StoreError,
        schema::{LetterRow, ToldRow, letters, told},
    },
};
use diesel::prelude::*;
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};

/// Three citizens of one consultant: two whose company does not answer, and one whose start nobody records.
fn caseload() -> Value {
    let mut start_left_out = booking("2015-01-05", "a", "butik", "2015-01-12", "2015-04-12");
    start_left_out["start_recorded"] = json!(false);
    start_left_out["goal_mismatch_reason"] = json!("Et nyt fag");
    let citizens =
        [("en", "610379-0002", recruitment()), ("to", "650682-0006", recruitment()), ("tre", "640774-0008", start_left_out)];
    let cases = citizens.map(|(name, cpr, event)| {
        let mut case = case(
            name,
            json!([event, {"on": "2015-04-10", "do": "nothing"}]),
            json!([{"never": "decision-due", "why": "two of three fall short"}]),
        );
        case["citizen"]["cpr"] = json!(cpr);
        case
    });
    json!({"cases": cases})
}

#[tokio::test]
async fn the_sums_of_a_summary_are_those_of_the_rows() {
    let cases = read(&caseload().to_string()).unwrap().cases;
    let folder = Folder::make().unwrap();
    let app = App::open(folder.settings(&cases[0], None).unwrap()).unwrap();
    let (played, period) = play_together(&app, &cases, &Cast { shared: true, ..Cast::default() }, None, &quiet).await.unwrap();
    let emails: BTreeSet<&str> = played.iter().flat_map(|case| &case.players).map(|player| player.email.as_str()).collect();
    assert_eq!(emails.len(), 4, "one account of each role: {emails:?}");
    assert_eq!(played.iter().map(|case| case.shortfalls.len()).collect::<Vec<_>>(), [1, 1, 0]);

    let tenant = Municipality::parse(&app.services.settings.municipality).map(Tenant::of).unwrap();
    let own = tenant.clone();
    let summary = app.db.read(move |conn: &mut Conn| summarise(conn, &own, period)).await.unwrap();
    let text = print_summary(&summary);
    type Rows = (Vec<ToldRow>, Vec<LetterRow>);
    let all = |conn: &mut Conn| -> Result<Rows, StoreError> {
        Ok((told::table.load(conn)?, letters::table.filter(letters::sent_at.is_not_null()).load(conn)?))
    };
    let (told, sent) = app.db.read(all).await.unwrap();
    let ids: BTreeSet<_> = sent.iter().map(|letter| letter.id.clone()).collect();
    let carried = told.iter().filter(|line| line.letter_id.as_ref().is_some_and(|letter| ids.contains(letter)));
    assert_eq!(summary.roles.iter().map(|role| role.lines).sum::<usize>(), carried.clone().count(), "{text}");
    assert_eq!(summary.rows.iter().map(|row| row.lines).sum::<usize>(), carried.clone().count(), "{text}");
    assert_eq!(summary.roles.iter().map(|role| role.mails).sum::<usize>(), sent.len(), "{text}");
    for level in Level::ALL {
        let of = |line: &ToldRow| line.audience == Audience::CompanyContact && line.level == *level;
        let rows = summary.rows.iter().filter(|row| row.role == Audience::CompanyContact && row.level == Some(*level));
        assert_eq!(rows.map(|row| row.lines).sum::<usize>(), carried.clone().filter(|line| of(line)).count(), "{text}");
    }

    let consultant = summary.roles.iter().find(|role| role.role == Audience::Consultant).unwrap();
    let own = sent.iter().filter(|letter| letter.audience == Audience::Consultant);
    let mut days: BTreeMap<_, usize> = BTreeMap::new();
    for letter in own {
        *days.entry(letter.sent_at.unwrap().date()).or_default() += 1;
    }
    assert_eq!((consultant.persons, consultant.most_mails_on_one_day), (1, days.values().copied().max().unwrap()), "{text}");
    assert!(consultant.lines > consultant.mails, "what is told of several citizens on a day is one mail: {text}");
    assert_eq!((consultant.mails_on_days_off, summary.running_at_most), (0, 2), "{text}");
}

#[tokio::test]
async fn a_summary_counts_the_days_that_are_asked_for() {
    let file = caseload().to_string();
    let day = |text: &str| Some(text.parse().unwrap());
    let days = Days { from: day("2015-03-01"), to: day("2015-03-31") };
    let (played, summary) = replay_together(&[file], None, days, &quiet).await.unwrap();
    assert_eq!((played.len(), summary.from.to_string(), summary.to.to_string()), (3, "2015-03-01".into(), "2015-03-31".into()));
    let contact = summary.roles.iter().find(|role| role.role == Audience::CompanyContact).unwrap();
    assert_eq!(
        (contact.persons, contact.mails),
        (2, 10),
        "14 and 7 days before the decision; the questions before three follow-ups"
    );
    assert!(played.iter().flat_map(|case| &case.diary).all(|entry| entry.on <= summary.to));
    let text = print_summary(&summary);
    assert!(text.contains("| virksomhedens kontaktperson | decision-due | besked | 4 | 4 |"), "{text}");
    let before = Days { from: None, to: day("2014-12-31") };
    assert!(replay_together(&[caseload().to_string()], None, before, &quiet).await.is_err());
    let mut twice = caseload();
    twice["cases"][1]["case"] = json!("en");
    assert!(replay_together(&[twice.to_string()], None, Days::default(), &quiet).await.is_err());
}
