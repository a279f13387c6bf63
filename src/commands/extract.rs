//! `extract`: writes all that is kept of a citizen into a file, in the name of somebody who may see it. That it was written stands in the
//! log, as every look does.

use crate::commands::result::CommandResult;
use rettematch::{
    actions::{
        ActionError,
        error::unserializable,
        people::{accounts::by, scope::relations},
    },
    app::App,
    context::{Context, Shown},
    domain::{
        people::read_log::{LoggedRead, ReadVia},
        values::{ids::CitizenId, text::Email},
    },
    settings::Settings,
    store::{Conn, citizens, system::doors},
    views::extracts,
};
use std::{fs::File, io::Write, path::Path};

pub async fn run(config: Option<&Path>, citizen: &str, email: &str, to: &Path) -> CommandResult {
    let app = App::open(Settings::load(config)?)?;
    let email = Email::parse(email).ok_or_else(|| format!("{email} is no address of e-mail"))?;
    let row = app.db.read(move |conn: &mut Conn| doors::account_by_email(conn, email.as_str())).await?;
    let account = by(row.filter(|row| row.closed_on.is_none()).ok_or("the address has no open account")?);
    let (services, own, at, named) = (app.services.clone(), account.clone(), app.clock.now(), citizen.to_owned());
    let read = move |conn: &mut Conn| {
        let (shown, context) = (Shown::default(), Context::of(&services, &own, at));
        let id = match CitizenId::parse(&named) {
            Some(id) => Some(id),
            None => citizens::by_reference(conn, context.tenant, &named)?,
        };
        let id = id.ok_or(ActionError::NotFound)?;
        let extract = extracts::of_citizen(conn, &context.noting(&shown), &id)?;
        let text = serde_json::to_string_pretty(&extract).map_err(unserializable)?;
        Ok::<_, ActionError>((text, relations(conn, &context, shown.take())?))
    };
    let (text, shown) = app.db.read(read).await.map_err(|error| format!("citizen {citizen}: {error}"))?;
    let (account_id, network) = (Some(account.id), "command".to_owned());
    let read = LoggedRead { at: at.instant.naive_utc(), account: account_id, link: None, via: ReadVia::Command, network, shown };
    let mut file = File::create_new(to).map_err(|error| format!("{}: {error}", to.display()))?;
    app.read_log.keep(&account.tenant, read).await?;
    file.write_all(text.as_bytes())?;
    println!("wrote {}", to.display());
    Ok(())
}
