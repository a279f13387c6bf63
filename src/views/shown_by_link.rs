//! What a one-time link showed, with what the log needs of it.

use crate::{
    actions::{ActionError, internships::opened_link::OpenedLink, people::scope::relations},
    context::{Context, Services, Shown},
    domain::{
        people::{read_log::ShownCitizen, tenant::Tenant},
        values::{day::At, ids::LinkId},
    },
    store::Conn,
};

/// See the module.
pub struct ShownByLink<V> {
    pub tenant: Tenant,
    pub link: LinkId,
    pub shown: Vec<ShownCitizen>,
    pub body: V,
}

impl<V> ShownByLink<V> {
    /// # Errors
    /// A failure of the database.
    pub(super) fn of(
        conn: &mut Conn,
        services: &Services,
        at: At,
        opened: OpenedLink,
        shown: Shown,
        body: V,
    ) -> Result<Self, ActionError> {
        let shown = relations(conn, &Context::link(services, &opened.tenant, at), shown.take())?;
        Ok(Self { tenant: opened.tenant, link: opened.row.id, shown, body })
    }
}
