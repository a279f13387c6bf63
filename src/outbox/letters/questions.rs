//! To citizen or company: what we talk about at the follow-up that comes, or whether the job holds; and to the consultant: somebody has
//! written. The questions stand in the letter in general words only: which skills or accommodations are meant stands on the page.

use crate::{
    domain::{
        internships::{
            alignment::Party,
            questions::{Question, QuestionsAbout},
        },
        rules::flags::Audience,
        values::{
            in_words::{day_in_words, moment_in_words},
            localized::{Localized, localized},
        },
    },
    outbox::{
        about::audience_of,
        letters::{
            case_names::CaseNames,
            letter::{Block, HOME, LINK, Letter},
        },
    },
};
use chrono::NaiveDate;

pub struct Questions<'a> {
    pub about: &'a QuestionsAbout,
    /// The citizen or the company.
    pub party: Party,
    pub case: &'a CaseNames,
    pub asked: &'a [Question],
    /// The last day on which the link works.
    pub works_until: NaiveDate,
}

pub fn questions(facts: &Questions) -> Letter {
    let (subject, what, then) = match facts.about {
        QuestionsAbout::FollowUp { on, at, place, .. } => follow_up(facts, &moment_in_words(*on, at.as_ref()), place.as_deref()),
        QuestionsAbout::Job { weeks, .. } => job(facts, *weeks),
    };
    let until = day_in_words(facts.works_until);
    let your = if facts.party == Party::Company { "jeres" } else { "dit" };
    let put = |question: &Question| question.put_to(facts.party, facts.about.purpose());
    Letter {
        subject,
        blocks: vec![
            Block::Text(what),
            Block::List(facts.asked.iter().map(put).collect()),
            Block::Text(then),
            Block::Button(localized(format!("Skriv {your} svar"), "Write your answer"), LINK.into()),
            Block::Note(localized(
                format!("Det er frivilligt at skrive. Kun kommunen læser svaret. Linket virker til og med den {}.", until.da),
                format!(
                    "Writing is voluntary. Only the municipality reads the answer. The link works until {}, that day included.",
                    until.en
                ),
            )),
        ],
    }
}

fn follow_up(facts: &Questions, when: &Localized, place: Option<&str>) -> (Localized, Localized, Localized) {
    let own = facts.case.internship(audience_of(facts.party));
    let place = place.map_or_else(String::new, |place| format!(" ({place})"));
    let you = you(facts.party);
    let how = match (facts.party, &facts.case.citizen) {
        (Party::Company, Some(name)) => localized(format!("hvordan går det med {name}?"), format!("how is {name} doing?")),
        _ => localized("hvordan går det?", "how is it going?"),
    };
    (
        localized(format!("Opfølgning den {}: {}", when.da, how.da), format!("Follow-up on {}: {}", when.en, how.en)),
        localized(
            format!("Den {}{place} følger vi op på {}. Det vil vi gerne høre om:", when.da, own.da),
            format!("On {}{place} we follow up on {}. This is what we would like to hear about:", when.en, own.en),
        ),
        localized(
            format!("{you} kan skrive på forhånd, eller vente, til vi taler sammen."),
            "You can write beforehand, or wait until we talk.",
        ),
    )
}

fn job(facts: &Questions, weeks: i64) -> (Localized, Localized, Localized) {
    let you = you(facts.party);
    let who = facts.case.citizen.as_deref();
    let (subject, what) = match (facts.party, who) {
        (Party::Company, Some(name)) => (
            localized(format!("Hvordan går det med {name} i jobbet?"), format!("How is {name} doing in the job?")),
            localized(
                format!("{name} har nu haft jobbet hos jer i {weeks} uger. Vi vil gerne høre:"),
                format!("{name} has now had the job with you for {weeks} weeks. We would like to hear:"),
            ),
        ),
        (Party::Company, None) => (
            localized("Hvordan går det i jobbet?", "How is the job going?"),
            localized(
                format!("Det er nu {weeks} uger siden, jobbet begyndte hos jer. Vi vil gerne høre:"),
                format!("It is now {weeks} weeks since the job with you began. We would like to hear:"),
            ),
        ),
        _ => (
            localized("Hvordan går det i dit job?", "How is your job going?"),
            localized(
                format!("Du har nu haft dit job i {weeks} uger. Vi vil gerne høre:"),
                format!("You have now had your job for {weeks} weeks. We would like to hear:"),
            ),
        ),
    };
    let then = localized(
        format!("Skriv også, hvis noget er svært. Så kan vi hjælpe, mens der er tid. {you} kan også ringe."),
        "Do write if something is difficult. Then we can help while there is time. You can also call.",
    );
    (subject, what, then)
}

/// How a party is addressed: a company is several.
fn you(party: Party) -> &'static str {
    if party == Party::Company { "I" } else { "Du" }
}

/// To whoever reads for the consultant.
pub fn written(about: &QuestionsAbout, party: Party, case: &CaseNames, internship: &str) -> Letter {
    let name = case.short();
    let by = |citizen, company| if party == Party::Company { company } else { citizen };
    let (about_what, path, open) = match about {
        QuestionsAbout::FollowUp { id, on, .. } => {
            let day = day_in_words(*on);
            let what = localized(format!("opfølgningen den {}", day.da), format!("the follow-up on {}", day.en));
            (what, format!("{HOME}/follow-ups/{id}"), localized("Se opfølgningen", "See the follow-up"))
        }
        QuestionsAbout::Job { weeks, .. } => {
            let what = localized(format!("jobbet efter {weeks} uger"), format!("the job after {weeks} weeks"));
            (what, format!("{HOME}/internships/{internship}"), localized("Læs det", "Read it"))
        }
    };
    let own = case.internship(Audience::Consultant);
    Letter {
        subject: localized(
            format!("{name}: {} har skrevet om {}", by("borgeren", "virksomheden"), about_what.da),
            format!("{name}: {} has written about {}", by("the citizen", "the company"), about_what.en),
        ),
        blocks: vec![
            Block::Text(localized(
                format!("{} har skrevet om {}. Det handler om {}.", by("Borgeren", "Virksomheden"), about_what.da, own.da),
                format!("{} has written about {}. It is about {}.", by("The citizen", "The company"), about_what.en, own.en),
            )),
            Block::Text(localized(
                "Læs det, før I taler sammen. Er der noget, der haster, så ring.",
                "Read it before you talk. If something is urgent, call.",
            )),
            Block::Button(open, path),
        ],
    }
}
