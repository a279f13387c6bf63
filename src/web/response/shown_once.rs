//! A secret that an answer shows once, and that is kept nowhere: not in the answer that is repeated for an `Idempotency-Key` either.

use crate::web::{
    problem::{Problem, ProblemKind},
    response::answer::Answered,
};
use actix_web::body::to_bytes;
use serde_json::{Map, Value, json};
use std::sync::{Arc, Mutex, PoisonError};

/// See the module.
#[derive(Clone)]
pub struct ShownOnce(Arc<MadeSecret>);

struct MadeSecret {
    secret: String,
    /// What it was made for, in the attempt that was run last.
    made_for: Mutex<Option<String>>,
}

impl ShownOnce {
    pub fn of(secret: String) -> Self {
        Self(Arc::new(MadeSecret { secret, made_for: Mutex::default() }))
    }

    pub fn reveal(&self) -> &str {
        &self.0.secret
    }

    /// Says for the thing of which id it is.
    pub fn is_for(&self, id: &str) {
        *self.0.made_for.lock().unwrap_or_else(PoisonError::into_inner) = Some(id.to_owned());
    }

    /// The answer with the secret as one of its fields; with null where the answer is another attempt's and shows another thing.
    ///
    /// # Errors
    /// Those of the answer.
    pub async fn shown_in(&self, answer: Answered, field: &str) -> Answered {
        let (head, body) = answer?.into_parts();
        let bytes = to_bytes(body).await.map_err(|_| Problem::new(ProblemKind::Internal))?;
        let unreadable = |_| Problem::new(ProblemKind::Internal);
        let mut shown: Map<String, Value> = serde_json::from_slice(&bytes).map_err(unreadable)?;
        let made_for = self.0.made_for.lock().unwrap_or_else(PoisonError::into_inner).clone();
        let shows = made_for.is_some_and(|id| String::from_utf8_lossy(&bytes).contains(&id));
        shown.insert(field.to_owned(), json!(shows.then_some(self.reveal())));
        let text = serde_json::to_string(&shown).map_err(unreadable)?;
        Ok(head.set_body(text).map_into_boxed_body())
    }
}
