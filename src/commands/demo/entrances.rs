//! How to come in: whom to sign in as, a link for each party, and lines for developers.

use crate::commands::result::CommandResult;
use rettematch::{
    actions::{ActionError, people::sessions},
    app::App,
    context::Services,
    crypto,
    domain::{people::access::Role, values::localized::Lang},
    replay::{LiveMunicipality, Player, either},
    store::{StoreError, Tx, system::doors},
};

/// Who can sign in, all with the same password.
pub(super) struct DemoPeople<'a> {
    pub(super) players: &'a [Player],
    pub(super) password: &'a str,
}

/// Whom to sign in as, and one address each to open as citizen, company and consultant.
pub(super) fn entrances(services: &Services, people: &DemoPeople, live: &LiveMunicipality, lang: Lang) -> String {
    let mut text = either(lang, "\nLog ind med adgangskoden ", "\nSign in with the password ") + people.password + "\n";
    for player in people.players {
        text.push_str(&format!("  {:<22}  {:<12}  {}\n", player.role.label().lang(lang), player.name, player.email));
    }
    let mut open = |da: &str, en: &str, address: String| text.push_str(&format!("\n{}\n  {address}\n", either(lang, da, en)));
    if let Some((citizen, company)) = &live.links {
        open(
            "Som borger: linket i brevet til borgeren",
            "As the citizen: the link in the citizen's letter",
            services.link_address(citizen),
        );
        open(
            "Som virksomhed: linket i brevet til kontaktpersonen",
            "As the company: the link in the contact's letter",
            services.link_address(company),
        );
    }
    if let Some(flag) = &live.flag {
        open("Som jobkonsulent: et flag, der står", "As a consultant: a flag that stands", services.flag_address(flag));
    }
    text.push('\n');
    text
}

/// `curl` lines that work as printed.
pub(super) async fn lines_to_try(app: &App, people: &DemoPeople<'_>) -> CommandResult<String> {
    let home = app.services.home();
    let leader = people.players.iter().find(|player| player.role == Role::TeamLeader).ok_or("the courses have no team leader")?;
    let at = app.clock.now();
    let (email, token) = (leader.email.clone(), crypto::new_token().map_err(|error| error.to_string())?);
    let (shown, hours) = (token.clone(), app.services.settings.session_hours);
    let begun = app.db.write(move |tx: &mut Tx| -> Result<_, ActionError> {
        let account = doors::account_by_email(tx, &email)?.ok_or(StoreError::Corrupt("the team leader".into()))?;
        sessions::begin(tx, at, &account.id, &token, hours)
    });
    begun.await?;
    let (email, password) = (&leader.email, people.password);
    Ok(format!(
        "  curl -s {home}/api/v1/sessions \\\n    -H 'Content-Type: application/json' \\\n    \
         -d '{{\"email\":\"{email}\",\"password\":\"{password}\"}}'\n  \
         curl -s '{home}/api/v1/flags?level=alarm' \\\n    -H 'Authorization: Bearer {shown}'\n  {home}/docs/\n"
    ))
}
