//! What was agreed, part by part, in words that citizen and company read; and what a newer version says otherwise (S1, S20).
//!
//! Promise: every part of the terms has its words here, so that a change of any of them is seen by whoever is asked to confirm it.

use crate::domain::{
    internships::alignment::{Accommodations, Terms},
    values::{
        in_words::{day_in_words, hours_in_words},
        localized::{Localized, localized},
        vocabulary::{TermKind, label_of},
    },
};

crate::code_enum! {
    /// A part of the terms.
    pub enum TermsPart {
        Purpose = "purpose" ("Formål", "Purpose"),
        Place = "place" ("Sted", "Place"),
        Occupation = "occupation" ("Fag", "Occupation"),
        Tasks = "tasks" ("Opgaver", "Tasks"),
        Period = "period" ("Periode", "Period"),
        Hours = "hours" ("Timer", "Hours"),
        DecisionOn = "decision-on" ("Svar om ansættelse", "Answer on hiring"),
        Accommodations = "accommodations" ("Aftalte hensyn", "Agreed accommodations"),
    }
}

/// A part that a newer version says otherwise.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChangedPart {
    pub part: TermsPart,
    pub before: Vec<Localized>,
    pub after: Vec<Localized>,
}

/// The parts in which two versions differ, in the order in which they are read.
pub fn changed_parts(before: &Terms, after: &Terms) -> Vec<ChangedPart> {
    TermsPart::ALL
        .iter()
        .map(|part| ChangedPart { part: *part, before: part.of(before), after: part.of(after) })
        .filter(|part| part.before != part.after)
        .collect()
}

impl TermsPart {
    /// Whether it tells what the stay is, in short.
    pub fn is_of_the_stay(self) -> bool {
        matches!(self, Self::Place | Self::Occupation | Self::Period | Self::Hours)
    }

    /// What the terms say of it, a line each; nothing where they say nothing of it.
    pub fn of(self, terms: &Terms) -> Vec<Localized> {
        match self {
            Self::Purpose => purpose(terms),
            Self::Place => vec![same(&terms.place.name)],
            Self::Occupation => vec![label_of(TermKind::Occupation, &terms.occupation)],
            Self::Tasks => terms.tasks.iter().map(|task| label_of(TermKind::Task, task)).collect(),
            Self::Period => {
                let (first, last) = (day_in_words(terms.period.first), day_in_words(terms.period.last));
                vec![localized(format!("{} – {}", first.da, last.da), format!("{} – {}", first.en, last.en))]
            }
            Self::Hours => hours(terms),
            Self::DecisionOn => terms.decision_on.map(day_in_words).into_iter().collect(),
            Self::Accommodations => match &terms.accommodations {
                Accommodations::Unsettled => vec![localized("Er ikke aftalt endnu", "Not agreed yet")],
                Accommodations::NoneNeeded => vec![localized("Der er ikke brug for særlige hensyn", "None are needed")],
                Accommodations::Items(items) => items.iter().map(|item| same(item)).collect(),
            },
        }
    }
}

fn same(text: &str) -> Localized {
    localized(text, text)
}

/// The type, and what it asks for: the questions, the skills, or the position.
fn purpose(terms: &Terms) -> Vec<Localized> {
    let kind = terms.kind().label();
    let mut lines = vec![kind];
    lines.extend(terms.purpose.questions.iter().flatten().map(|question| same(question.as_str())));
    for skill in terms.purpose.skills.iter().flatten() {
        let (name, now, target) = (skill.skill.as_str(), skill.now.get(), skill.target.get());
        lines.push(localized(
            format!("{name}: fra {now} til {target} (af 10)"),
            format!("{name}: from {now} to {target} (of 10)"),
        ));
    }
    if let Some(position) = &terms.purpose.prospect {
        let hours = hours_in_words(position.weekly_hours);
        let name = position.position.as_str();
        lines.push(localized(format!("Stilling: {name}, {}", hours.da), format!("Position: {name}, {}", hours.en)));
        lines.extend(
            position.must_be_able_to.iter().map(|skill| {
                localized(format!("Skal kunne: {}", skill.as_str()), format!("Must be able to: {}", skill.as_str()))
            }),
        );
    }
    lines
}

fn hours(terms: &Terms) -> Vec<Localized> {
    let steps = terms.hours.steps();
    let said = |step: &crate::domain::values::hours::HoursStep| {
        let (from, hours) = (day_in_words(step.from), hours_in_words(step.weekly_hours));
        if steps.len() == 1 {
            return hours;
        }
        localized(format!("Fra den {}: {}", from.da, hours.da), format!("From {}: {}", from.en, hours.en))
    };
    steps.iter().map(said).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::testing::{day, terms};

    #[test]
    fn only_what_differs_is_told_as_new() {
        let before = terms("here", "here", "2024-01-08", "2024-04-07", 20.0);
        assert_eq!(changed_parts(&before, &before), []);
        let mut after = before.clone();
        after.period.last = day("2024-05-05");
        after.accommodations = Accommodations::Items(vec!["Ingen tunge løft".into()]);
        let changed = changed_parts(&before, &after);
        assert_eq!(changed.iter().map(|own| own.part).collect::<Vec<_>>(), [TermsPart::Period, TermsPart::Accommodations]);
        let period = changed.first().map(|own| (own.before.clone(), own.after.clone()));
        assert_eq!(
            period,
            Some((
                vec![localized("8. januar 2024 – 7. april 2024", "8 January 2024 – 7 April 2024")],
                vec![localized("8. januar 2024 – 5. maj 2024", "8 January 2024 – 5 May 2024")]
            ))
        );
    }

    #[test]
    fn hours_of_one_step_need_no_day_and_hours_of_several_do() {
        let plan = crate::domain::testing::plan;
        let mut own = terms("here", "here", "2024-01-08", "2024-04-07", 20.0);
        assert_eq!(TermsPart::Hours.of(&own), [localized("20 timer om ugen", "20 hours a week")]);
        own.hours = plan(&[("2024-01-08", 10.0), ("2024-02-05", 15.5)]);
        assert_eq!(
            TermsPart::Hours.of(&own).iter().map(|line| line.da.as_str()).collect::<Vec<_>>(),
            ["Fra den 8. januar 2024: 10 timer om ugen", "Fra den 5. februar 2024: 15,5 timer om ugen"]
        );
    }
}
