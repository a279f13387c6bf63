//! The language of PostgreSQL's messages. A failure whose code diesel does not show is recognised by its English message
//! ([`failures`](super::failures)), so no connection is used on which messages come in another language.

use crate::store::db::error::StoreError;
use diesel::{PgConnection, RunQueryDsl, connection::SimpleConnection, result::Error, sql_query, sql_types::Text};

#[derive(diesel::QueryableByName)]
struct Locale {
    #[diesel(sql_type = Text)]
    locale: String,
}

/// Makes the server speak English on this connection.
///
/// # Errors
/// It speaks another language and does not let this user change that. The text says how an administrator can.
pub fn require_english(conn: &mut PgConnection) -> Result<(), StoreError> {
    let set: Locale = sql_query("SELECT current_setting('lc_messages') AS locale").get_result(conn)?;
    if is_english(&set.locale) {
        return Ok(());
    }
    match conn.batch_execute("SET lc_messages = 'C'") {
        Ok(()) => Ok(()),
        // Only a superuser may set it; but the refusal shows the language: many a locale has no translation.
        Err(Error::DatabaseError(_, info)) if info.message().starts_with("permission denied to set parameter") => Ok(()),
        Err(Error::DatabaseError(..)) => Err(StoreError::Unreachable(foreign(&set.locale))),
        Err(other) => Err(other.into()),
    }
}

fn is_english(locale: &str) -> bool {
    locale == "C" || locale.starts_with("C.") || locale == "POSIX" || locale.starts_with("en_") || locale.starts_with("English")
}

fn foreign(locale: &str) -> String {
    format!(
        "the server's messages are not in English (lc_messages is {locale}), so conflicts and full disks would not be recognised: as \
         a superuser run ALTER ROLE the_user SET lc_messages = 'C'"
    )
}

#[cfg(test)]
mod tests {
    use super::is_english;

    #[test]
    fn english_is_known_by_the_name_of_the_locale() {
        for locale in ["C", "C.UTF-8", "POSIX", "en_US.UTF-8", "English_United Kingdom.1252"] {
            assert!(is_english(locale), "{locale}");
        }
        for locale in ["", "da_DK.UTF-8", "de_DE.utf8", "Czech", "Danish_Denmark.1252"] {
            assert!(!is_english(locale), "{locale}");
        }
    }
}
