//! What citizen and company are asked before a follow-up, and when it is time to hear whether a job holds; what they write, and who
//! reads it.

use crate::harness::{House, Letter, Stay, Value, json, later};

/// An internship that runs, with an accommodation, and the letters with questions that follow from its first follow-up.
async fn asked() -> (House, Stay, Value) {
    let house = House::open().await;
    let stay = house.ready_with(|body| body["accommodations"] = json!({"items": [{"function": "Skærmet plads"}]})).await;
    house.turn(&stay.first_day);
    house.here.consultant.change(&stay.at("start"), json!({})).await.ok();
    let due = house.here.consultant.get(&format!("/follow-ups?internship={}&open=true", stay.id)).await.ok()["items"][0].clone();
    house.live_until(&later(&stay.first_day, 3)).await;
    (house, stay, due)
}

fn questions_to(house: &House, address: &str) -> Vec<Letter> {
    let asks = |letter: &Letter| letter.has_link() && letter.plain.contains("Det er frivilligt at skrive");
    house.letters_to(address).into_iter().filter(asks).collect()
}

#[tokio::test]
async fn each_is_asked_once_and_in_the_letter_stands_nothing_of_health() {
    let (house, stay, due) = asked().await;
    let (citizen, company) = (questions_to(&house, &stay.citizen_email), questions_to(&house, &stay.company.contact_email));
    assert_eq!((citizen.len(), company.len()), (1, 1), "{due}");
    for (letter, own, not) in [
        (&citizen[0], "Hvor meget tror du på, at du kan få et job?", "Hvad siger kollegerne?"),
        (&company[0], "Hvad siger kollegerne?", "tror du på"),
    ] {
        assert!(letter.plain.contains(own) && !letter.plain.contains(not), "{}", letter.plain);
        for hidden in ["Skærmet plads", "Hvor mange timer kan hun"] {
            assert!(!letter.plain.contains(hidden) && !letter.html.contains(hidden), "{hidden}");
        }
    }
    let moved = format!("/follow-ups/{}/move", due["id"].as_str().unwrap());
    house.here.consultant.change(&moved, json!({"to": later(&stay.first_day, 10)})).await.ok();
    house.live_until(&later(&stay.first_day, 9)).await;
    let about_it = |letter: &&Letter| letter.page() == citizen[0].page();
    assert_eq!(questions_to(&house, &stay.citizen_email).iter().filter(about_it).count(), 1, "asked once, moved or not");
}

#[tokio::test]
async fn the_citizen_writes_by_page_and_only_those_who_may_see_citizens_read_it() {
    let (house, stay, due) = asked().await;
    let page = questions_to(&house, &stay.citizen_email).remove(0).page();
    let seen = house.nobody.page(&page).await;
    for word in [
        "Hvordan går det hos Lageret?",
        "Skærmet plads",
        "Hvor mange timer kan hun arbejde på et kontor?",
        "Er din kontaktperson der",
    ] {
        assert!(seen.text.contains(word), "{word} is missing in {}", seen.text);
    }
    let item = house.see(&stay).await["accommodations"][0]["id"].as_str().unwrap().to_owned();
    let kept = format!("accommodations[accommodation={item}].kept:bool");
    let answer = "answers[question=Hvor mange timer kan hun arbejde på et kontor?].answer";
    let sent = [
        ("words", "Det larmer om morgenen"),
        ("belief:number", "4"),
        (&kept, "false"),
        (answer, "Seks"),
        ("contact_person_there:bool", "true"),
    ];
    for _ in 0..2 {
        let done = house.nobody.submit(&format!("{page}/words"), &sent).await;
        assert_eq!(done.status, 200, "{}", done.text);
        for word in ["Tak. Jobkonsulenten læser det", "Det larmer om morgenen", "Skærmet plads: nej", "Seks", "Skriv noget mere"]
        {
            assert!(done.text.contains(word), "{word} is missing in {}", done.text);
        }
    }
    let path = format!("/follow-ups/{}", due["id"].as_str().unwrap());
    let view = house.here.consultant.get(&path).await.ok();
    assert_eq!(view["written"].as_array().unwrap().len(), 1, "pressed twice");
    let own = &view["written"][0];
    assert_eq!((&own["party"], &own["belief"], &own["contact_person_there"]), (&json!("citizen"), &json!(4), &json!(true)));
    assert_eq!(own["accommodations"], json!([{"accommodation": item, "kept": false, "note": null}]));
    assert_eq!(house.here.liaison.get(&path).await.status, 403);
    assert_eq!(house.there.consultant.get(&path).await.status, 404);
    // The company reads nothing of it, and is not asked what only the citizen can say.
    let company = questions_to(&house, &stay.company.contact_email).remove(0);
    let theirs = house.nobody.page(&company.page()).await;
    assert!(theirs.text.contains("Hvordan går det med Bo?") && !theirs.text.contains("larmer"), "{}", theirs.text);
    let asked = house.nobody.post(&format!("{}/words", company.link()), json!({"belief": 9, "words": "Fint"})).await;
    assert_eq!(asked.faults(), [("/belief".to_owned(), "not-asked".to_owned())]);
    house.deliver().await;
    let told =
        house.letters_to("consultant@101.example").into_iter().rfind(|letter| letter.plain.contains("har skrevet")).unwrap();
    assert!(told.plain.contains(&path) && !told.plain.contains("larmer"), "{}", told.plain);
    assert!(!house.dump().contains("larmer"), "what was written is sealed");
}

#[tokio::test]
async fn what_does_not_fit_is_told_beside_its_field_with_what_was_typed() {
    let (house, stay, _) = asked().await;
    let page = questions_to(&house, &stay.citizen_email).remove(0).page();
    let act = format!("{page}/words");
    let empty = house.nobody.submit(&act, &[]).await;
    assert_eq!(empty.status, 422);
    assert!(empty.text.contains("Skriv noget, eller svar på et af spørgsmålene."), "{}", empty.text);
    let wrong = house.nobody.submit(&act, &[("belief:number", "12"), ("words", "Godt <b>")]).await;
    assert_eq!(wrong.status, 422);
    assert!(wrong.text.contains("Godt &lt;b&gt;") && wrong.text.contains("value=\"12\""), "{}", wrong.text);
    let foreign = house.nobody.submit(&act, &[("skills[skill=Kasse].now:number", "3")]).await;
    assert_eq!(foreign.status, 422, "nothing is to be learned in a clarification");
}

#[tokio::test]
async fn nothing_more_is_asked_once_the_follow_up_is_held() {
    let (house, stay, due) = asked().await;
    let letter = questions_to(&house, &stay.company.contact_email).remove(0);
    let held = format!("/follow-ups/{}/record", due["id"].as_str().unwrap());
    let record = json!({"phase": "progression", "citizen_words": "Det går."});
    let answer = house.here.consultant.change(&held, record).await;
    assert!(answer.status < 300, "{}", answer.text);
    let seen = house.nobody.page(&letter.page()).await;
    assert!(seen.text.contains("Du behøver ikke at skrive mere") && !seen.text.contains("Bo"), "{}", seen.text);
    house.nobody.post(&format!("{}/words", letter.link()), json!({"words": "Fint"})).await.conflict("over");
}

#[tokio::test]
async fn a_letter_that_has_not_left_is_dropped_when_the_follow_up_is_held_before() {
    let house = House::open().await;
    let stay = house.ready().await;
    house.turn(&stay.first_day);
    house.here.consultant.change(&stay.at("start"), json!({})).await.ok();
    let due = house.here.consultant.get(&format!("/follow-ups?internship={}&open=true", stay.id)).await.ok()["items"][0].clone();
    house.turn(&later(&stay.first_day, 2));
    house.tick().await;
    let waiting = "SELECT id AS text FROM letters WHERE kind = 'questions' AND sent_at IS NULL AND dropped_at IS NULL";
    assert_eq!(house.texts(waiting).len(), 2);
    let held = format!("/follow-ups/{}/record", due["id"].as_str().unwrap());
    house.here.consultant.change(&held, json!({"phase": "progression", "citizen_words": "Det går."})).await;
    house.deliver().await;
    assert!(questions_to(&house, &stay.citizen_email).is_empty());
    assert!(house.texts(waiting).is_empty());
}

#[tokio::test]
async fn thirteen_weeks_into_a_job_both_are_asked_whether_it_holds() {
    let house = House::open().await;
    let stay = house.started().await;
    let first_day = later(&stay.first_day, 7);
    house.turn(&later(&stay.first_day, 6));
    let end = json!({"outcome": "flex-job", "first_day": first_day, "weekly_hours": 12});
    house.here.consultant.change(&stay.at("end"), end).await.ok();
    house.turn(&later(&first_day, 91));
    house.live_until(&later(&first_day, 92)).await;
    let company = questions_to(&house, &stay.company.contact_email).remove(0);
    assert!(company.plain.contains("Bo har nu haft jobbet hos jer i 13 uger."), "{}", company.plain);
    let citizen = questions_to(&house, &stay.citizen_email).remove(0);
    let done =
        house.nobody.submit(&format!("{}/words", citizen.page()), &[("holds:bool", "false"), ("words", "Jeg blev fyret")]).await;
    assert!(done.text.contains("Tak.") && done.text.contains("Jeg blev fyret"), "{}", done.text);
    let outcome = house.see(&stay).await["outcomes"][0]["id"].as_str().unwrap().to_owned();
    let view = house.here.consultant.get(&format!("/outcomes/{outcome}")).await.ok();
    assert_eq!((&view["written"][0]["holds"], &view["ended_on"]), (&json!(false), &Value::Null), "a person decides");
    let check = json!({"holds": false, "last_day": later(&first_day, 80)});
    house.here.consultant.post(&format!("/outcomes/{outcome}/retention-checks"), check).await.ok();
    let over = house.nobody.page(&company.page()).await;
    assert!(over.text.contains("Vi har allerede hørt om jobbet"), "{}", over.text);
}

#[tokio::test]
async fn a_company_reads_nothing_of_accommodations_that_wait_for_the_citizen_through_any_link() {
    let (house, stay, _) = asked().await;
    let letter = questions_to(&house, &stay.company.contact_email).remove(0);
    let more = json!({"items": [{"function": "Skærmet plads"}, {"function": "Pause hver time"}]});
    house.here.consultant.replace(&stay.at("accommodations"), more).await.ok();
    for text in [house.nobody.page(&letter.page()).await.text, house.nobody.get(&letter.link()).await.ok().to_string()] {
        assert!(text.contains("kollegerne") && !text.contains("Pause hver time"), "{text}");
    }
    house.confirm(&stay, "citizen").await.ok();
    assert!(house.nobody.page(&letter.page()).await.text.contains("Pause hver time"));
}
