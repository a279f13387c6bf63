//! The timeline (S17): the citizen's whole course in order of its days, assembled from what is recorded anyway. Turning points
//! come from the caseworker, the network or the right match, often long before the company is met. It holds nobody's own words
//! but the story's.

use crate::domain::{
    internships::{course::Course, internship::Internship, outcome::Outcome},
    people::{continuity::StoryKind, correction::Corrected, leaving::ToldClosing},
    rules::{
        flags::{self, FlagEventKind, Level},
        rule_id::RuleId,
    },
    values::{
        day::danish,
        ids::{CorrectionId, FlagId, StoryId},
        localized::{Localized, localized},
    },
};
use chrono::NaiveDate;
use serde::Serialize;
use utoipa::ToSchema;

crate::code_enum! {
    /// What a moment is about.
    pub enum MomentKind {
        Registered = "registered" ("registreret", "registered"),
        Story = "story" ("historie", "story"),
        Booked = "booked" ("aftalt", "booked"),
        Started = "started" ("begyndt", "started"),
        Changed = "changed" ("ny udgave gælder", "a new version is in force"),
        Extended = "extended" ("forlænget", "extended"),
        Objected = "objected" ("indsigelse", "objection"),
        Answered = "answered" ("virksomhedens svar", "the company's answer"),
        Cancelled = "cancelled" ("aflyst", "cancelled"),
        Ended = "ended" ("slut", "ended"),
        Paused = "paused" ("pause", "pause"),
        FollowedUp = "followed-up" ("opfølgning", "follow-up"),
        Outcome = "outcome" ("næste skridt", "next step"),
        Checked = "checked" ("kontrol af jobbet", "check of the job"),
        Lost = "lost" ("jobbet er slut", "the job has ended"),
        ConsultantChanged = "consultant-changed" ("ny konsulent", "new consultant"),
        HandoverRead = "handover-read" ("overlevering læst", "handover read"),
        Step = "step" ("uden for praktik", "without an internship"),
        Closed = "closed" ("forløbet er lukket", "the course is closed"),
        Reopened = "reopened" ("forløbet er genåbnet", "the course is opened again"),
        Flag = "flag" ("flag", "flag"),
        PutRight = "put-right" ("rettet", "put right"),
    }
}

/// One moment of a course.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Moment {
    pub on: NaiveDate,
    pub kind: MomentKind,
    #[serde(flatten)]
    pub said: Localized,
    /// What it is about, as `kind:id`.
    pub about: String,
}

/// A piece of the story.
pub struct Told {
    pub id: StoryId,
    pub kind: StoryKind,
    pub on: NaiveDate,
    pub words: String,
}

/// Something that was put right.
pub struct PutRight {
    pub id: CorrectionId,
    pub on: NaiveDate,
    pub what: Corrected,
}

/// Something that happened to a flag.
pub struct Flagged {
    pub id: FlagId,
    pub rule: RuleId,
    pub on: NaiveDate,
    pub what: FlagEventKind,
    pub level: Level,
}

/// Everything, in order of days; of one day in the order in which a course goes.
pub fn timeline(
    course: &Course,
    told: Vec<Told>,
    flagged: Vec<Flagged>,
    closings: Vec<ToldClosing>,
    righted: Vec<PutRight>,
) -> Vec<Moment> {
    let citizen = format!("citizen:{}", course.citizen.id);
    let registered = course.citizen.registered_on.map(|on| moment(on, MomentKind::Registered, None, citizen.clone()));
    let mut moments: Vec<Moment> = registered.into_iter().collect();
    moments.extend(told.into_iter().map(|told| {
        let kind = told.kind.label();
        let words = localized(format!("{}: {}", kind.da, told.words), format!("{}: {}", kind.en, told.words));
        Moment { on: told.on, kind: MomentKind::Story, said: words, about: format!("story:{}", told.id) }
    }));
    for change in &course.changes {
        let about = format!("consultant-change:{}", change.id);
        let wished = change.wished_by_citizen.then(|| localized("borgeren ønskede det", "the citizen wished for it"));
        moments.push(moment(change.on, MomentKind::ConsultantChanged, wished, about.clone()));
        moments.extend(change.read_on.map(|on| moment(on, MomentKind::HandoverRead, None, about)));
    }
    course.internships.iter().for_each(|internship| of_internship(internship, &mut moments));
    course.outcomes.iter().for_each(|outcome| of_outcome(outcome, &mut moments));
    for step in &course.steps {
        let about = format!("step:{}", step.id);
        moments.extend(step.done_on.map(|on| moment(on, MomentKind::Step, Some(step.kind.label()), about)));
    }
    for closing in closings {
        moments.push(moment(closing.left.on, MomentKind::Closed, Some(closing.left.how.label()), citizen.clone()));
        moments.extend(closing.reopened_on.map(|on| moment(on, MomentKind::Reopened, None, citizen.clone())));
    }
    moments.extend(flagged.into_iter().map(|flagged| {
        let what = flags::rule(flagged.rule).map(|rule| rule.words().what);
        let what = what.unwrap_or_else(|| localized(flagged.rule.as_str(), flagged.rule.as_str()));
        let label = format!("{} ({}, {})", flagged.rule, flagged.what, flagged.level);
        let words = localized(format!("{label}: {}", what.da), format!("{label}: {}", what.en));
        Moment { on: flagged.on, kind: MomentKind::Flag, said: words, about: format!("flag:{}", flagged.id) }
    }));
    moments.extend(righted.into_iter().map(|righted| {
        moment(righted.on, MomentKind::PutRight, Some(righted.what.label()), format!("correction:{}", righted.id))
    }));
    moments.sort_by_key(|moment| (moment.on, moment.kind));
    moments
}

fn moment(on: NaiveDate, kind: MomentKind, more: Option<Localized>, about: String) -> Moment {
    let name = kind.label();
    let words = match more {
        Some(more) => localized(format!("{}: {}", name.da, more.da), format!("{}: {}", name.en, more.en)),
        None => name,
    };
    Moment { on, kind, said: words, about }
}

fn of_internship(internship: &Internship, moments: &mut Vec<Moment>) {
    let about = format!("internship:{}", internship.id);
    let mut add = |on: NaiveDate, kind: MomentKind, more: Option<Localized>| moments.push(moment(on, kind, more, about.clone()));
    let terms = &internship.first.terms;
    let kind = terms.kind().label();
    let (place, first, last) = (&terms.place.name, terms.period.first, terms.period.last);
    let booked =
        localized(format!("{} hos {place}, {first} til {last}", kind.da), format!("{} at {place}, {first} to {last}", kind.en));
    add(internship.booked_on, MomentKind::Booked, Some(booked));
    let at = localized(&**place, &**place);
    internship.started_on.into_iter().for_each(|on| add(on, MomentKind::Started, Some(at.clone())));
    for version in &internship.later {
        let Some(on) = version.in_force_since() else { continue };
        let last = version.terms.period.last;
        let kind = if version.is_extension() { MomentKind::Extended } else { MomentKind::Changed };
        add(on, kind, Some(localized(format!("til {last}"), format!("to {last}"))));
    }
    for objection in internship.versions().flat_map(|version| &version.objections) {
        add(objection.on, MomentKind::Objected, Some(objection.party.label()));
    }
    internship.answers.iter().for_each(|answer| add(answer.on, MomentKind::Answered, Some(answer.answer.label())));
    for pause in &internship.pauses {
        let kind = pause.kind.label();
        let until = match pause.to {
            Some(to) => localized(format!("til den {}", danish(to)), format!("to {to}")),
            None => localized("uden slutdato", "without an end"),
        };
        add(
            pause.from,
            MomentKind::Paused,
            Some(localized(format!("{} {}", kind.da, until.da), format!("{} {}", kind.en, until.en))),
        );
    }
    for held in internship.held() {
        let phase = held.record.phase.map(|phase| phase.label());
        let belief = held.record.belief.map(|belief| {
            let (citizen, consultant) = (belief.citizen.get(), belief.consultant.get());
            localized(
                format!("tro på job: borger {citizen}, konsulent {consultant}"),
                format!("belief in a job: citizen {citizen}, consultant {consultant}"),
            )
        });
        let both: Vec<Localized> = phase.into_iter().chain(belief).collect();
        let join = |pick: fn(&Localized) -> &String| both.iter().map(|words| pick(words).as_str()).collect::<Vec<_>>().join("; ");
        let more = (!both.is_empty()).then(|| localized(join(|words| &words.da), join(|words| &words.en)));
        add(held.on, MomentKind::FollowedUp, more);
    }
    internship.cancelled_on.into_iter().for_each(|on| add(on, MomentKind::Cancelled, Some(at.clone())));
    internship.ended.iter().for_each(|ended| add(ended.last_day, MomentKind::Ended, Some(ended.how.label())));
}

fn of_outcome(outcome: &Outcome, moments: &mut Vec<Moment>) {
    let about = format!("outcome:{}", outcome.id);
    let mut add = |on: NaiveDate, kind: MomentKind, more: Option<Localized>| moments.push(moment(on, kind, more, about.clone()));
    add(outcome.first_day, MomentKind::Outcome, Some(outcome.step.label()));
    for check in &outcome.checks {
        let words =
            if check.holds { localized("det holder", "it holds") } else { localized("det holdt ikke", "it did not hold") };
        add(check.on, MomentKind::Checked, Some(words));
    }
    outcome.ended_on.into_iter().for_each(|on| add(on, MomentKind::Lost, Some(outcome.step.label())));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{
        internships::outcome::OutcomeStep,
        testing::{change_consultant, end, extend_first, follow_up, outcome, pause, running},
    };
    use serde_json::json;

    #[test]
    fn everything_stands_in_the_order_of_its_days() {
        let mut course = running("a", "2024-01-08", "2024-04-07");
        course.citizen.registered_on = Some("2023-12-31".parse().unwrap());
        change_consultant(&mut course, "2024-02-01", "x", "y");
        follow_up(&mut course, "2024-02-05", json!({"phase": "stagnation", "belief": {"citizen": 3, "consultant": 6}}));
        course.internships[0].pauses = vec![pause("holiday", "2024-02-12", Some("2024-02-16"))];
        extend_first(&mut course, "2024-04-02", "2024-05-05");
        end(&mut course, "a", "2024-05-05");
        course.outcomes.push(outcome(Some("a"), OutcomeStep::FlexJob, None, "2024-05-06"));
        let told = Told {
            id: StoryId::stored("s"),
            kind: StoryKind::TurningPoint,
            on: "2024-01-15".parse().unwrap(),
            words: "Mødte Gitte".into(),
        };
        let flagged = Flagged {
            id: FlagId::stored("f"),
            rule: crate::domain::rules::flags::extended_without_hire::RULE.id,
            on: "2024-04-02".parse().unwrap(),
            what: FlagEventKind::Raised,
            level: Level::Notice,
        };
        let righted = PutRight { id: CorrectionId::stored("c"), on: "2024-05-06".parse().unwrap(), what: Corrected::FollowUp };
        let kinds: Vec<(String, &str)> = timeline(&course, vec![told], vec![flagged], Vec::new(), vec![righted])
            .iter()
            .map(|moment| (moment.on.to_string(), moment.kind.code()))
            .collect();
        let expected = [
            ("2023-12-31", "registered"),
            ("2024-01-01", "booked"),
            ("2024-01-08", "started"),
            ("2024-01-15", "story"),
            ("2024-02-01", "consultant-changed"),
            ("2024-02-05", "followed-up"),
            ("2024-02-12", "paused"),
            ("2024-04-02", "extended"),
            ("2024-04-02", "flag"),
            ("2024-05-05", "ended"),
            ("2024-05-06", "outcome"),
            ("2024-05-06", "put-right"),
        ];
        assert_eq!(kinds, expected.map(|(on, kind)| (on.to_owned(), kind)));
    }
}
