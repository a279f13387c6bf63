//! The agreement in plain words, what is new in it, and the three answers: *I agree*, *I want something changed*, *I object* (S1, S3,
//! S20). The citizen also reads the decision and the own course as it stands (S9, S25, L20).

use crate::{
    actions::internships::links::WishedChange,
    domain::{
        internships::{alignment::Party, terms_in_words::TermsPart},
        values::in_words::{capital, day_in_words, genitive, hours_in_words},
    },
    views::{
        agreements::{AgreementPart, OwnCourse},
        internships::VersionView,
    },
    web::pages::{
        components::{FormField, Tone, lines, notice},
        course::{goals_and_story, who_and_what_next},
        frame::WebPage,
        link::{
            facts::LinkFacts,
            outcome::{LinkDone, Pressed},
            statement::{FORM, conditions, statement_fields},
        },
        locale::Locale,
    },
};
use maud::{Markup, html};

/// The page's forms, by the names that they are sent with.
pub(super) const CONFIRMATION: &str = "confirmation";
pub(super) const CHANGE: &str = "change";
pub(super) const OBJECTION: &str = "objection";
pub(super) const TAKING_BACK: &str = "taking-back";

pub(super) struct AgreementFacts<'a> {
    pub(super) link: LinkFacts<'a>,
    pub(super) version: &'a VersionView,
}

pub(super) fn page(locale: &Locale, facts: &AgreementFacts, outcome: &Pressed) -> WebPage {
    let agreement = facts.link.agreement;
    let title = if facts.link.is_company() {
        let own = genitive(&agreement.citizen);
        locale.t(format!("Aftale om {} praktik hos jer", own.da), format!("Agreement on {} internship with you", own.en))
    } else {
        let place = &agreement.workplace;
        locale.t(format!("Aftale om din praktik hos {place}"), format!("Agreement on your internship at {place}"))
    };
    let body = html! {
        (outcome.notice(locale))
        (standing(locale, facts, outcome))
        (withdrawn(locale, facts))
        (parts(locale, facts))
        (place(locale, facts))
        (at_the_end(locale, facts))
        (answers(locale, facts, outcome))
        @if let Some(decision) = &agreement.decision {
            h2 id="decision" { (locale.t("Kommunens afgørelse", "The municipality's decision")) }
            p.words { (decision.reasons.as_str()) }
            h3 { (locale.t("Hvis du vil klage", "If you want to complain")) }
            p.words { (decision.complaint_guidance.as_str()) }
            p.quiet { (locale.say(&day_in_words(decision.on))) ", " (decision.by) }
        }
        @if let Some(own) = &agreement.own { (own_course(locale, facts, own)) }
    };
    facts.link.framed(locale, title, &body)
}

/// What was just done, or where it stands.
fn standing(locale: &Locale, facts: &AgreementFacts, outcome: &Pressed) -> Markup {
    let confirmed = facts.link.agreement.confirmed_on.map(day_in_words);
    let others: Vec<&str> = facts
        .link
        .agreement
        .waits_for
        .iter()
        .filter(|party| **party != facts.link.view.party)
        .map(|party| match party {
            Party::Citizen => locale.t("borgeren", "the citizen"),
            Party::Company => locale.t("virksomheden", "the company"),
            Party::Consultant => locale.t("jobkonsulenten", "the consultant"),
        })
        .collect();
    let missing = others.join(locale.t(" og ", " and "));
    let all = locale.t("Alle tre har sagt ja. Aftalen gælder.", "All three have agreed. The agreement holds.");
    let waits = locale.t(format!("Vi venter stadig på {missing}."), format!("We still wait for {missing}."));
    let objected = facts.version.objections.iter().any(|objection| objection.withdrawn_on.is_none());
    match (outcome.done, confirmed) {
        (Some(LinkDone::TakenBack), _) => notice(
            Tone::Good,
            html! {
                p {
                    (locale.t(
                        "Vi har noteret, at hensynet ikke længere er aftalt. Jobkonsulenten får besked.",
                        "We have noted that the accommodation is no longer agreed. The consultant is told.",
                    ))
                }
            },
        ),
        (Some(LinkDone::Objected), _) => notice(
            Tone::Good,
            html! {
                p {
                    (locale.t(
                        "Tak. Vi har modtaget det, du skrev, og jobkonsulenten læser det. Praktikken begynder ikke, før I er blevet enige. Det tæller ikke som et afslag på et tilbud.",
                        "Thank you. We have received what you wrote, and the consultant reads it. The internship does not begin before you agree. It does not count as refusing an offer.",
                    ))
                }
            },
        ),
        (_, Some(day)) if !objected => {
            let you = if facts.link.is_company() { locale.t("I", "You") } else { locale.t("Du", "You") };
            notice(
                Tone::Good,
                html! {
                    p {
                        (locale.t(format!("{you} sagde ja den {}. ", day.da), format!("{you} agreed on {}. ", day.en)))
                        @if others.is_empty() { (all) } @else { (waits) }
                    }
                },
            )
        }
        _ if objected => notice(
            Tone::Warn,
            html! {
                p {
                    (locale.t(
                        "Vi har noteret, at der skal ændres noget. Jobkonsulenten vender tilbage. Er I blevet enige, så sig ja herunder.",
                        "We have noted that something is to be changed. The consultant comes back to you. If it is settled, agree below.",
                    ))
                }
            },
        ),
        _ => {
            let text = if facts.link.is_company() {
                locale.t(
                    "Læs aftalen. Den gælder først, når I, borgeren og jobkonsulenten har sagt ja til det samme.",
                    "Read the agreement. It holds only when you, the citizen and the consultant have agreed to the same.",
                )
            } else {
                locale.t(
                    "Læs aftalen. Den gælder først, når du, virksomheden og din jobkonsulent har sagt ja til det samme.",
                    "Read the agreement. It holds only when you, the company and your consultant have agreed to the same.",
                )
            };
            notice(Tone::Plain, html! { p { (text) } })
        }
    }
}

fn parts(locale: &Locale, facts: &AgreementFacts) -> Markup {
    let shown = |part: &&AgreementPart| part.part != TermsPart::Accommodations || facts.link.view.accommodations.is_empty();
    html! {
        h2 { (locale.t("Det aftaler vi", "What we agree on")) }
        dl.facts {
            @for part in facts.link.agreement.parts.iter().filter(shown) {
                div {
                    dt {
                        (locale.say(&part.label))
                        @if part.new { " " mark { (locale.t("Nyt", "New")) } }
                    }
                    @for line in lines(locale, &part.lines) { dd { (capital(line)) } }
                    @if part.lines.is_empty() { dd { (locale.t("Gælder ikke længere", "No longer holds")) } }
                    @if part.new && !part.before.is_empty() {
                        dd.was { (locale.t("Før: ", "Before: ")) (lines(locale, &part.before).join("; ")) }
                    }
                }
            }
        }
        @if !facts.link.view.accommodations.is_empty() {
            h2 { (locale.t("Aftalte hensyn", "Agreed accommodations")) }
            ul { @for item in &facts.link.view.accommodations { li { (item.function) } } }
        }
        @for pause in &facts.link.view.pauses {
            @let from = day_in_words(pause.from);
            p {
                @match pause.to.map(day_in_words) {
                    Some(to) => {
                        (locale.t(format!("Pause fra den {} til og med den {}.", from.da, to.da), format!("A pause from {} to {}.", from.en, to.en)))
                    }
                    None => {
                        (locale.t(format!("Pause fra den {} og indtil videre.", from.da), format!("A pause from {} until further notice.", from.en)))
                    }
                }
            }
        }
    }
}

fn place(locale: &Locale, facts: &AgreementFacts) -> Markup {
    html! {
        h2 { (locale.t("Hvor og hos hvem", "Where and with whom")) }
        p {
            (facts.link.agreement.workplace)
            @if let Some(address) = &facts.link.agreement.address { br; (address) }
        }
        @if let Some(contact) = &facts.link.agreement.contact {
            p {
                @if facts.link.is_company() {
                    (locale.t("Kontaktperson hos jer: ", "Contact person with you: "))
                } @else {
                    (locale.t("Spørg efter: ", "Ask for: "))
                }
                (contact)
            }
        }
        p { (locale.t("Praktikant: ", "Citizen: ")) (facts.link.agreement.citizen) }
    }
}

/// What happens at the end, and what the company has committed itself to.
fn at_the_end(locale: &Locale, facts: &AgreementFacts) -> Markup {
    html! {
        h2 { (locale.t("Hvad sker der bagefter?", "What happens at the end?")) }
        @if let Some(day) = facts.version.terms.decision_on {
            @let day = day_in_words(day);
            p {
                (locale.t(
                    format!("Den {} svarer virksomheden på, om den ansætter.", day.da),
                    format!("On {} the company answers whether it hires.", day.en),
                ))
            }
        } @else {
            p {
                (locale.t(
                    "Ved slutningen taler vi om, hvad praktikken har vist, og aftaler det næste skridt.",
                    "At the end we talk about what the internship has shown, and agree on the next step.",
                ))
            }
        }
        @if let Some(commitment) = &facts.link.agreement.commitment {
            @let from = day_in_words(commitment.latest_first_day);
            @let hours = hours_in_words(commitment.weekly_hours);
            h3 { (locale.t("Virksomheden har skrevet", "What the company has written")) }
            p {
                (locale.t(
                    format!("Ansættelse som {}, {}, senest fra den {}.", commitment.position.as_str(), hours.da, from.da),
                    format!("A job as {}, {}, from {} at the latest.", commitment.position.as_str(), hours.en, from.en),
                ))
            }
            p { (locale.t("Betingelse: ", "Condition: ")) (commitment.condition.as_str()) }
            @if let Some(words) = &commitment.words { p.words { "»" (words.as_str()) "«" } }
        }
        @if let Some(reason) = &facts.link.agreement.reason {
            h3 { (locale.t("Derfor foreslår vi en forlængelse", "Why we propose an extension")) }
            p.words { (reason.as_str()) }
        }
    }
}

fn answers(locale: &Locale, facts: &AgreementFacts, outcome: &Pressed) -> Markup {
    let is_company = facts.link.is_company();
    html! {
        h2.lead-on { (if is_company { locale.t("Jeres svar", "Your answer") } else { locale.t("Dit svar", "Your answer") }) }
        @if facts.version.objections.iter().any(|own| own.withdrawn_on.is_none()) || !facts.link.view.confirmed {
            (agree(locale, facts, outcome))
        }
        @if facts.link.view.confirmed { (employer_statement(locale, facts, outcome)) }
        (change(locale, facts, outcome))
        (take_back(locale, facts, outcome))
        (object(locale, facts, outcome))
    }
}

/// A yes to one accommodation can be taken back without the rest of the agreement.
fn take_back(locale: &Locale, facts: &AgreementFacts, outcome: &Pressed) -> Markup {
    let agreed: Vec<(&str, &str, bool)> = facts
        .link
        .view
        .accommodations
        .iter()
        .filter(|item| item.agreed)
        .map(|item| (item.id.as_str(), item.function.as_str(), false))
        .collect();
    if agreed.is_empty() {
        return html! {};
    }
    let typed = outcome.typed(TAKING_BACK);
    let field = FormField { locale, typed: &typed, faults: outcome.faults(TAKING_BACK), form: TAKING_BACK };
    let (title, legend, then) = if facts.link.is_company() {
        (
            locale.t("Der er et hensyn, vi ikke længere kan holde", "There is an accommodation that we can no longer keep"),
            locale.t("Hvilket hensyn?", "Which accommodation?"),
            locale.t("Jobkonsulenten får besked og ringer til jer.", "The consultant is told, and calls you."),
        )
    } else {
        (
            locale.t("Jeg vil tage mit ja til et hensyn tilbage", "I want to take back my yes to an accommodation"),
            locale.t("Hvilket hensyn?", "Which accommodation?"),
            locale.t(
                "Virksomheden kan ikke længere læse det på sin side. Din jobkonsulent får besked og taler med dig.",
                "The company can no longer read it on its page. Your consultant is told, and talks to you.",
            ),
        )
    };
    html! {
        details open[outcome.form == Some(TAKING_BACK)] {
            summary { (title) }
            form method="post" action=(facts.link.action(locale, "agreements/withdrawal")) {
                (field.choices("radio", "accommodation", legend, &agreed))
                p.hint { (then) }
                button.second type="submit" { (locale.t("Tag mit ja tilbage", "Take my yes back")) }
            }
        }
    }
}

/// What was recorded here of the reader's own objections.
fn withdrawn(locale: &Locale, facts: &AgreementFacts) -> Markup {
    html! {
        @for own in &facts.version.objections {
            @if let (Some(on), Some(because)) = (own.withdrawn_on, &own.withdrawn_because) {
                @let (on, made) = (day_in_words(on), day_in_words(own.on));
                (notice(Tone::Warn, html! {
                    p {
                        (locale.t(
                            format!("Indsigelsen fra den {} er den {} noteret som trukket tilbage. Begrundelsen er:", made.da, on.da),
                            format!("The objection of {} was recorded on {} as withdrawn. The reasons are:", made.en, on.en),
                        ))
                    }
                    p.words { "»" (because) "«" }
                    p { (locale.t("Passer det ikke, så skriv igen herunder, eller ring til os.", "If that is not right, write again below, or call us.")) }
                }))
            }
        }
    }
}

/// What the employer stated; or the form, where the yes was recorded without it.
fn employer_statement(locale: &Locale, facts: &AgreementFacts, outcome: &Pressed) -> Markup {
    let Some(asked) = &facts.link.view.employer_statement else { return html! {} };
    let typed = outcome.typed(FORM);
    let field = FormField { locale, typed: &typed, faults: outcome.faults(FORM), form: FORM };
    let again = html! {
        form method="post" action=(facts.link.action(locale, "statement")) {
            (conditions(locale, &asked.conditions))
            (statement_fields(locale, &field))
            button.second type="submit" { (locale.t("Send svar", "Send answer")) }
        }
    };
    html! {
        h3 { (locale.t("Lovens betingelser", "The conditions of the law")) }
        @match &asked.given {
            Some(own) => {
                @let day = day_in_words(own.on);
                p {
                    @if own.conditions_met {
                        (locale.t(format!("I svarede den {}, at de er opfyldt.", day.da), format!("You answered on {} that they are met.", day.en)))
                    } @else {
                        (locale.t(format!("I svarede den {}, at de ikke er opfyldt.", day.da), format!("You answered on {} that they are not met.", day.en)))
                    }
                    @if let Some(words) = &own.remark { br; span.words { "»" (words.as_str()) "«" } }
                }
                details open[outcome.form == Some(FORM)] {
                    summary { (locale.t("Svar igen, hvis noget har ændret sig", "Answer again if something has changed")) }
                    (again)
                }
            }
            None => {
                p { (locale.t("Vi mangler jeres svar på dette, før praktikken kan begynde.", "We need your answer to this before the internship can begin.")) }
                (again)
            }
        }
    }
}

fn agree(locale: &Locale, facts: &AgreementFacts, outcome: &Pressed) -> Markup {
    let typed = outcome.typed(CONFIRMATION);
    let field = FormField { locale, typed: &typed, faults: outcome.faults(CONFIRMATION), form: CONFIRMATION };
    let chosen = |id: &str| typed.is_empty() || typed.has("agreed_accommodations[]", id);
    let items: Vec<(&str, &str, bool)> = facts
        .link
        .view
        .accommodations
        .iter()
        .map(|item| (item.id.as_str(), item.function.as_str(), chosen(item.id.as_str())))
        .collect();
    let label = if facts.link.is_company() {
        locale.t("Ja, vi er enige", "Yes, we agree")
    } else {
        locale.t("Ja, jeg er enig", "Yes, I agree")
    };
    let (fits, untick) = if facts.link.is_company() {
        (
            locale.t("Hensyn, som I kan holde", "Accommodations that you can keep"),
            locale.t("Fjern fluebenet ved det, I ikke kan.", "Untick what you cannot."),
        )
    } else {
        (
            locale.t("Hensyn, som virksomheden må få at vide", "Accommodations that the company may be told"),
            locale.t(
                "Fjern fluebenet ved det, du ikke vil have med. Virksomheden ser først aftalen, når du har sagt ja.",
                "Untick what you do not want in it. The company sees the agreement only when you have agreed.",
            ),
        )
    };
    html! {
        form method="post" action=(facts.link.action(locale, "confirmation")) {
            input type="hidden" name="hash" value=(facts.version.hash);
            @if !items.is_empty() {
                (field.choices("checkbox", "agreed_accommodations[]", fits, &items))
                p.hint { (untick) }
            }
            @if let Some(asked) = facts.link.view.employer_statement.as_ref().filter(|own| own.given.is_none()) {
                h3 { (locale.t("Lovens betingelser", "The conditions of the law")) }
                (conditions(locale, &asked.conditions))
                (statement_fields(locale, &field))
            }
            button type="submit" { (label) }
        }
    }
}

fn change(locale: &Locale, facts: &AgreementFacts, outcome: &Pressed) -> Markup {
    let typed = outcome.typed(CHANGE);
    let field = FormField { locale, typed: &typed, faults: outcome.faults(CHANGE), form: CHANGE };
    let labels: Vec<_> = WishedChange::ALL.iter().map(|wish| (wish.code(), wish.label())).collect();
    let wishes: Vec<(&str, &str, bool)> =
        labels.iter().map(|(code, label)| (*code, locale.say(label), typed.has("changes[]", code))).collect();
    let title = if facts.link.is_company() {
        locale.t("Vi vil have noget ændret", "We want something changed")
    } else {
        locale.t("Jeg vil have noget ændret", "I want something changed")
    };
    html! {
        details open[outcome.form == Some(CHANGE)] {
            summary { (title) }
            form method="post" action=(facts.link.action(locale, "objection")) {
                input type="hidden" name="form" value=(CHANGE);
                (field.choices("checkbox", "changes[]", locale.t("Hvad skal være anderledes?", "What should be different?"), &wishes))
                (field.prose("words", locale.t("Skriv med egne ord", "In your own words"), None))
                button.second type="submit" { (locale.t("Send ønsket", "Send the wish")) }
            }
        }
    }
}

fn object(locale: &Locale, facts: &AgreementFacts, outcome: &Pressed) -> Markup {
    let typed = outcome.typed(OBJECTION);
    let field = FormField { locale, typed: &typed, faults: outcome.faults(OBJECTION), form: OBJECTION };
    let title = if facts.link.is_company() {
        locale.t("Vi er ikke enige i aftalen", "We object to the agreement")
    } else {
        locale.t("Jeg er ikke enig i aftalen", "I object to the agreement")
    };
    let hint = if facts.link.is_company() {
        locale.t("Praktikken begynder ikke, før I er blevet enige.", "The internship does not begin before you agree.")
    } else {
        locale.t(
            "Praktikken begynder ikke, før I er blevet enige. Det tæller ikke som et afslag på et tilbud.",
            "The internship does not begin before you agree. It does not count as refusing an offer.",
        )
    };
    html! {
        details open[outcome.form == Some(OBJECTION)] {
            summary { (title) }
            form method="post" action=(facts.link.action(locale, "objection")) {
                input type="hidden" name="form" value=(OBJECTION);
                (field.prose("words", locale.t("Hvad er du ikke enig i?", "What do you not agree with?"), Some(hint)))
                button.second type="submit" { (locale.t("Send indsigelsen", "Send the objection")) }
            }
        }
    }
}

/// The citizen's own goals and story, what is waited for, and who has looked after the case.
fn own_course(locale: &Locale, facts: &AgreementFacts, own: &OwnCourse) -> Markup {
    html! {
        (goals_and_story(locale, own))
        @if own.goals.is_empty() && own.story.is_empty() {
            p { (locale.t("Fortæl din jobkonsulent, hvad der er vigtigt for dig.", "Tell your consultant what matters to you.")) }
        }
        (who_and_what_next(locale, own))
        p.lead-on { a href=(facts.link.action(locale, "course")) { (locale.t("Se hele dit forløb på én side, som kan printes", "See your whole course on one page that can be printed")) } }
    }
}
