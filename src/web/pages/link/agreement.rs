//! The agreement in plain words, what is new in it, and the three answers: *I agree*, *I want something changed*, *I object* (S1, S3,
//! S20). The citizen also reads the decision and the own course as it stands (S9, S25, L20).

use crate::{
    actions::internships::links::WishedChange,
    domain::{
        internships::{alignment::Party, terms_in_words::TermsPart},
        values::in_words::{day_in_words, genitive, hours_in_words},
    },
    views::{
        agreements::{AgreementPart, AgreementView, OwnCourse},
        internships::VersionView,
        links::LinkView,
    },
    web::pages::{
        components::{FormField, Tone, lines, notice, whom_to_call},
        frame::WebPage,
        link::outcome::{LinkDone, Pressed},
        locale::Locale,
    },
};
use maud::{Markup, html};

/// The page's forms, by the names that they are sent with.
pub(super) const CHANGE: &str = "change";
pub(super) const OBJECTION: &str = "objection";

pub(super) struct AgreementFacts<'a> {
    pub(super) token: &'a str,
    pub(super) view: &'a LinkView,
    pub(super) agreement: &'a AgreementView,
    pub(super) version: &'a VersionView,
}

impl AgreementFacts<'_> {
    fn is_company(&self) -> bool {
        self.view.party == Party::Company
    }

    fn action(&self, site: &Locale, what: &str) -> String {
        site.to(&format!("/l/{}/{what}", self.token))
    }
}

pub(super) fn page(site: &Locale, facts: &AgreementFacts, outcome: &Pressed) -> WebPage {
    let agreement = facts.agreement;
    let title = if facts.is_company() {
        let own = genitive(&agreement.citizen);
        site.t(format!("Aftale om {} praktik hos jer", own.da), format!("Agreement on {} internship with you", own.en))
    } else {
        let place = &agreement.workplace;
        site.t(format!("Aftale om din praktik hos {place}"), format!("Agreement on your internship at {place}"))
    };
    let body = html! {
        (outcome.notice(site))
        (standing(site, facts, outcome))
        (parts(site, facts))
        (place(site, facts))
        (at_the_end(site, facts))
        (answers(site, facts, outcome))
        @if let Some(decision) = &agreement.decision {
            h2 { (site.t("Kommunens afgørelse", "The municipality's decision")) }
            p.words { (decision.reasons.as_str()) }
            h3 { (site.t("Hvis du vil klage", "If you want to complain")) }
            p.words { (decision.complaint_guidance.as_str()) }
            p.quiet { (site.say(&day_in_words(decision.on))) ", " (decision.by) }
        }
        @if let Some(own) = &agreement.own { (own_course(site, own)) }
        @if let Some(who) = &agreement.responsible {
            h2 { (site.t("Spørgsmål? Ring eller skriv", "Questions? Call or write")) }
            (whom_to_call(site, &who.name, who.phone.as_deref(), &who.email))
        }
        @if let Some(reference) = &facts.view.reference { p.quiet { (reference) } }
    };
    WebPage { municipality: Some(agreement.municipality.clone()), ..WebPage::new(title, body) }
}

/// What was just done, or where it stands.
fn standing(site: &Locale, facts: &AgreementFacts, outcome: &Pressed) -> Markup {
    let confirmed = facts.agreement.confirmed_on.map(day_in_words);
    let others: Vec<&str> = facts
        .agreement
        .waits_for
        .iter()
        .filter(|party| **party != facts.view.party)
        .map(|party| match party {
            Party::Citizen => site.t("borgeren", "the citizen"),
            Party::Company => site.t("virksomheden", "the company"),
            Party::Consultant => site.t("jobkonsulenten", "the consultant"),
        })
        .collect();
    let missing = others.join(site.t(" og ", " and "));
    let all = site.t("Alle tre har sagt ja. Aftalen gælder.", "All three have agreed. The agreement holds.");
    let waits = site.t(format!("Vi venter stadig på {missing}."), format!("We still wait for {missing}."));
    let objected = facts.version.objections.iter().any(|objection| objection.withdrawn_on.is_none());
    match (outcome.done, confirmed) {
        (Some(LinkDone::Objected), _) => notice(
            Tone::Good,
            html! {
                p {
                    (site.t(
                        "Tak. Vi har modtaget det, du skrev, og jobkonsulenten læser det. Praktikken begynder ikke, før I er blevet enige. Det tæller ikke som et afslag på et tilbud.",
                        "Thank you. We have received what you wrote, and the consultant reads it. The internship does not begin before you agree. It does not count as refusing an offer.",
                    ))
                }
            },
        ),
        (_, Some(day)) if !objected => {
            let you = if facts.is_company() { site.t("I", "You") } else { site.t("Du", "You") };
            notice(
                Tone::Good,
                html! {
                    p {
                        (site.t(format!("{you} sagde ja den {}. ", day.da), format!("{you} agreed on {}. ", day.en)))
                        @if others.is_empty() { (all) } @else { (waits) }
                    }
                },
            )
        }
        _ if objected => notice(
            Tone::Warn,
            html! {
                p {
                    (site.t(
                        "Vi har noteret, at der skal ændres noget. Jobkonsulenten vender tilbage. Er I blevet enige, så kan der siges ja herunder.",
                        "We have noted that something is to be changed. The consultant comes back to you. If it is settled, agree below.",
                    ))
                }
            },
        ),
        _ => {
            let text = if facts.is_company() {
                site.t(
                    "Læs aftalen. Den gælder først, når I, borgeren og jobkonsulenten har sagt ja til det samme.",
                    "Read the agreement. It holds only when you, the citizen and the consultant have agreed to the same.",
                )
            } else {
                site.t(
                    "Læs aftalen. Den gælder først, når du, virksomheden og din jobkonsulent har sagt ja til det samme.",
                    "Read the agreement. It holds only when you, the company and your consultant have agreed to the same.",
                )
            };
            notice(Tone::Plain, html! { p { (text) } })
        }
    }
}

fn parts(site: &Locale, facts: &AgreementFacts) -> Markup {
    let shown = |part: &&AgreementPart| !(part.part == TermsPart::Accommodations && !facts.view.accommodations.is_empty());
    html! {
        h2 { (site.t("Det aftaler vi", "What we agree on")) }
        dl.facts {
            @for part in facts.agreement.parts.iter().filter(shown) {
                div {
                    dt {
                        (site.say(&part.label))
                        @if part.new { " " mark { (site.t("Nyt", "New")) } }
                    }
                    @for line in lines(site, &part.lines) { dd { (capital(line)) } }
                    @if part.lines.is_empty() { dd { (site.t("Gælder ikke længere", "No longer holds")) } }
                    @if part.new && !part.before.is_empty() {
                        dd.was { (site.t("Før: ", "Before: ")) (lines(site, &part.before).join("; ")) }
                    }
                }
            }
        }
        @if !facts.view.accommodations.is_empty() {
            h2 { (site.t("Aftalte hensyn", "Agreed accommodations")) }
            ul { @for item in &facts.view.accommodations { li { (item.function) } } }
        }
        @for pause in &facts.view.pauses {
            @let from = day_in_words(pause.from);
            p {
                @match pause.to.map(day_in_words) {
                    Some(to) => {
                        (site.t(format!("Pause fra den {} til og med den {}.", from.da, to.da), format!("A pause from {} to {}.", from.en, to.en)))
                    }
                    None => {
                        (site.t(format!("Pause fra den {} og indtil videre.", from.da), format!("A pause from {} until further notice.", from.en)))
                    }
                }
            }
        }
    }
}

fn place(site: &Locale, facts: &AgreementFacts) -> Markup {
    html! {
        h2 { (site.t("Hvor og hos hvem", "Where and with whom")) }
        p {
            (facts.agreement.workplace)
            @if let Some(address) = &facts.agreement.address { br; (address) }
        }
        @if let Some(contact) = &facts.agreement.contact {
            p {
                @if facts.is_company() {
                    (site.t("Kontaktperson hos jer: ", "Contact person with you: "))
                } @else {
                    (site.t("Spørg efter: ", "Ask for: "))
                }
                (contact)
            }
        }
        p { (site.t("Praktikant: ", "Intern: ")) (facts.agreement.citizen) }
    }
}

/// What happens at the end, and what the company has committed itself to.
fn at_the_end(site: &Locale, facts: &AgreementFacts) -> Markup {
    html! {
        h2 { (site.t("Hvad sker der bagefter?", "What happens at the end?")) }
        @if let Some(day) = facts.view.decision_on.or(facts.version.terms.decision_on) {
            @let day = day_in_words(day);
            p {
                (site.t(
                    format!("Den {} svarer virksomheden på, om den ansætter.", day.da),
                    format!("On {} the company answers whether it hires.", day.en),
                ))
            }
        } @else {
            p {
                (site.t(
                    "Ved slutningen taler vi om, hvad praktikken har vist, og aftaler det næste skridt.",
                    "At the end we talk about what the internship has shown, and agree on the next step.",
                ))
            }
        }
        @if let Some(commitment) = &facts.agreement.commitment {
            @let from = day_in_words(commitment.latest_first_day);
            @let hours = hours_in_words(commitment.weekly_hours);
            h3 { (site.t("Virksomheden har skrevet", "What the company has written")) }
            p {
                (site.t(
                    format!("Ansættelse som {}, {}, senest fra den {}.", commitment.position.as_str(), hours.da, from.da),
                    format!("A job as {}, {}, from {} at the latest.", commitment.position.as_str(), hours.en, from.en),
                ))
            }
            p { (site.t("Betingelse: ", "Condition: ")) (commitment.condition.as_str()) }
            @if let Some(words) = &commitment.words { p.words { "»" (words.as_str()) "«" } }
        }
        @if let Some(reason) = &facts.agreement.reason {
            h3 { (site.t("Derfor foreslår vi en forlængelse", "Why we propose an extension")) }
            p.words { (reason.as_str()) }
        }
    }
}

fn answers(site: &Locale, facts: &AgreementFacts, outcome: &Pressed) -> Markup {
    let is_company = facts.is_company();
    html! {
        h2 { (if is_company { site.t("Jeres svar", "Your answer") } else { site.t("Dit svar", "Your answer") }) }
        @if facts.version.objections.iter().any(|own| own.withdrawn_on.is_none()) || !facts.view.confirmed {
            (agree(site, facts, outcome))
        }
        (change(site, facts, outcome))
        (object(site, facts, outcome))
    }
}

fn agree(site: &Locale, facts: &AgreementFacts, outcome: &Pressed) -> Markup {
    let typed = outcome.typed("confirmation");
    let field = FormField { site, typed: &typed, faults: outcome.faults("confirmation"), form: "yes" };
    let chosen = |id: &str| typed.is_empty() || typed.has("agreed_accommodations[]", id);
    let items: Vec<(&str, &str, bool)> = facts
        .view
        .accommodations
        .iter()
        .map(|item| (item.id.as_str(), item.function.as_str(), chosen(item.id.as_str())))
        .collect();
    let label =
        if facts.is_company() { site.t("Ja, vi er enige", "Yes, we agree") } else { site.t("Ja, jeg er enig", "Yes, I agree") };
    html! {
        form method="post" action=(facts.action(site, "confirmation")) {
            input type="hidden" name="hash" value=(facts.version.hash);
            @if !items.is_empty() {
                (field.choices(
                    "checkbox",
                    "agreed_accommodations[]",
                    site.t("Hensyn, som passer. Fjern fluebenet ved det, der ikke gør.", "Accommodations that fit. Untick what does not."),
                    &items,
                ))
            }
            button type="submit" { (label) }
        }
    }
}

fn change(site: &Locale, facts: &AgreementFacts, outcome: &Pressed) -> Markup {
    let typed = outcome.typed(CHANGE);
    let field = FormField { site, typed: &typed, faults: outcome.faults(CHANGE), form: CHANGE };
    let labels: Vec<_> = WishedChange::ALL.iter().map(|wish| (wish.code(), wish.label())).collect();
    let wishes: Vec<(&str, &str, bool)> =
        labels.iter().map(|(code, label)| (*code, site.say(label), typed.has("changes[]", code))).collect();
    let title = if facts.is_company() {
        site.t("Vi vil have noget ændret", "We want something changed")
    } else {
        site.t("Jeg vil have noget ændret", "I want something changed")
    };
    html! {
        details open[outcome.form == Some(CHANGE)] {
            summary { (title) }
            form method="post" action=(facts.action(site, "objection")) {
                input type="hidden" name="form" value=(CHANGE);
                (field.choices("checkbox", "changes[]", site.t("Hvad skal være anderledes?", "What should be different?"), &wishes))
                (field.prose("words", site.t("Skriv med egne ord", "In your own words"), None))
                button.second type="submit" { (site.t("Send ønsket", "Send the wish")) }
            }
        }
    }
}

fn object(site: &Locale, facts: &AgreementFacts, outcome: &Pressed) -> Markup {
    let typed = outcome.typed(OBJECTION);
    let field = FormField { site, typed: &typed, faults: outcome.faults(OBJECTION), form: OBJECTION };
    let title = if facts.is_company() {
        site.t("Vi er ikke enige i aftalen", "We object to the agreement")
    } else {
        site.t("Jeg er ikke enig i aftalen", "I object to the agreement")
    };
    let hint = if facts.is_company() {
        site.t("Praktikken begynder ikke, før I er blevet enige.", "The internship does not begin before you agree.")
    } else {
        site.t(
            "Praktikken begynder ikke, før I er blevet enige. Det tæller ikke som et afslag på et tilbud.",
            "The internship does not begin before you agree. It does not count as refusing an offer.",
        )
    };
    html! {
        details open[outcome.form == Some(OBJECTION)] {
            summary { (title) }
            form method="post" action=(facts.action(site, "objection")) {
                input type="hidden" name="form" value=(OBJECTION);
                (field.prose("words", site.t("Hvad er du ikke enig i?", "What do you not agree with?"), Some(hint)))
                button.second type="submit" { (site.t("Send indsigelsen", "Send the objection")) }
            }
        }
    }
}

/// The citizen's own goals and story, what is waited for, and who has looked after the case.
fn own_course(site: &Locale, own: &OwnCourse) -> Markup {
    html! {
        h2 { (site.t("Dine mål og din historie, som de står hos os", "Your goals and your story as they stand with us")) }
        @if own.goals.is_empty() && own.story.is_empty() {
            p { (site.t("Der er ikke skrevet noget endnu. Fortæl din jobkonsulent, hvad der er vigtigt for dig.", "Nothing has been written yet. Tell your consultant what matters to you.")) }
        }
        @if !own.goals.is_empty() {
            ul { @for goal in &own.goals { li.words { (goal) } } }
        }
        @for entry in &own.story {
            h3 { (site.say(&day_in_words(entry.on))) " – " (site.say(&entry.kind.label())) }
            p.words { (entry.words) }
        }
        @if !own.awaited.is_empty() {
            h2 { (site.t("Det venter vi på", "What we are waiting for")) }
            ul {
                @for awaited in &own.awaited {
                    @let day = day_in_words(awaited.expected_on);
                    li { (awaited.words.as_str()) " – " (site.t(format!("ventes den {}", day.da), format!("expected on {}", day.en))) }
                }
            }
        }
        @if !own.former_consultants.is_empty() {
            h2 { (site.t("Hvem har haft din sag før?", "Who has looked after your case before?")) }
            ul {
                @for former in &own.former_consultants {
                    @let day = day_in_words(former.until);
                    li { (former.name) " – " (site.t(format!("til den {}", day.da), format!("until {}", day.en))) }
                }
            }
        }
    }
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}
