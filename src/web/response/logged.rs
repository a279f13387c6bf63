//! Reads and answers that are kept in the log of who has read of whom, before anything is sent.

use crate::{
    actions::{
        ActionError, Conn, Tx,
        internships::opened_link::PresentedLink,
        people::{changes, scope::relations},
    },
    app::App,
    context::{Account, Context, Services, Shown},
    crypto::Keys,
    domain::{
        people::read_log::{LoggedRead, ReadVia, ShownCitizen},
        values::day::At,
    },
    store::StoreError,
    views::ShownByLink,
};

/// Who reads, when, by which way and from where.
#[derive(Clone)]
pub struct Reader {
    pub account: Account,
    pub at: At,
    pub via: ReadVia,
    pub network: String,
}

impl Reader {
    /// Reads with a view.
    ///
    /// # Errors
    /// Those of the view; a reason is required and missing; the log cannot be kept.
    pub async fn read<T, F>(&self, app: &App, read: F) -> Result<T, ActionError>
    where
        T: Send + 'static,
        F: Fn(&mut Conn, &Context) -> Result<T, ActionError> + Send + 'static,
    {
        let (services, own) = (app.services.clone(), self.clone());
        let read = move |conn: &mut Conn| {
            let (shown, context) = (Shown::default(), Context::of(&services, &own.account, own.at));
            let answer = read(conn, &context.noting(&shown))?;
            Ok::<_, ActionError>((answer, relations(conn, &context, shown.take())?))
        };
        let (answer, shown) = app.db.read(read).await?;
        self.keep(app, shown).await?;
        Ok(answer)
    }

    /// Notes whom a change was about, and what stood there before, in its transaction: since its journal began.
    ///
    /// # Errors
    /// A failure of the database.
    pub fn note_change(&self, tx: &mut Tx, keys: &Keys, of: Vec<ShownCitizen>) -> Result<(), StoreError> {
        changes::keep_values(tx, keys, (&self.account, self.at))?;
        changes::note(tx, (&self.account, self.at), (self.via, &self.network), of)
    }

    /// Keeps whom an answer shows.
    ///
    /// # Errors
    /// The log cannot be kept.
    pub async fn keep(&self, app: &App, shown: Vec<ShownCitizen>) -> Result<(), StoreError> {
        if shown.is_empty() {
            return Ok(());
        }
        let (at, network) = (self.at.instant.naive_utc(), self.network.clone());
        let account = Some(self.account.id.clone());
        let read = LoggedRead { at, account, link: None, via: self.via, network, shown };
        app.read_log.keep(&self.account.tenant, read).await
    }
}

/// Reads through a one-time link.
///
/// # Errors
/// Those of the view; the log cannot be kept.
pub async fn read_by_link<V, F>(app: &App, at: At, via: ReadVia, link: PresentedLink, read: F) -> Result<V, ActionError>
where
    V: Send + 'static,
    F: Fn(&mut Conn, &Services, At, &PresentedLink) -> Result<ShownByLink<V>, ActionError> + Send + 'static,
{
    let (services, network) = (app.services.clone(), link.network.clone());
    let found = app.db.read(move |conn| read(conn, &services, at, &link)).await?;
    if !found.shown.is_empty() {
        let (at, link) = (at.instant.naive_utc(), Some(found.link));
        let read = LoggedRead { at, account: None, link, via, network, shown: found.shown };
        app.read_log.keep(&found.tenant, read).await?;
    }
    Ok(found.body)
}
