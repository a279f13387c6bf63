//! The number of a request in log and traces: the id of the trace that it came with (W3C Trace Context), or a number of our own.

use std::{
    fmt,
    sync::{
        LazyLock,
        atomic::{AtomicU64, Ordering},
    },
};

/// A request's number, in the form of a trace's id: where it belongs to a trace it is that trace's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RequestId(pub u128);

impl fmt::Display for RequestId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:032x}", self.0)
    }
}

/// The first half of every number of this process, so that two instances never use the same number.
static OWN: LazyLock<u64> = LazyLock::new(|| getrandom::u64().unwrap_or_else(|_| u64::from(std::process::id())) | 1);
static NEXT: AtomicU64 = AtomicU64::new(1);

impl RequestId {
    /// The next number of this process.
    pub fn next() -> Self {
        Self((u128::from(*OWN) << 64) | u128::from(NEXT.fetch_add(1, Ordering::Relaxed)))
    }
}

tokio::task_local! {
    /// The request that is being answered, for as long as it is.
    pub static REQUEST: RequestId;
}

/// The request that is being answered, if any.
pub fn request_id() -> Option<RequestId> {
    REQUEST.try_with(|id| *id).ok()
}

/// The header `traceparent`: which trace a request belongs to, and which span caused it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Traceparent {
    pub trace: u128,
    pub span: u64,
    pub sampled: bool,
}

impl Traceparent {
    /// Parses it as the recommendation says: lower-case hexadecimal, no id of only zeros, never version `ff`; a later version may
    /// append fields.
    pub fn parse(text: &str) -> Option<Self> {
        let mut parts = text.splitn(5, '-');
        let mut hex = |digits: usize| {
            let part = parts.next()?;
            let whole = part.len() == digits && part.bytes().all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b));
            whole.then(|| u128::from_str_radix(part, 16).ok()).flatten()
        };
        let (version, trace, span, flags) = (hex(2)?, hex(32)?, hex(16)?, hex(2)?);
        let more = parts.next().is_some();
        if version == 0xff || (version == 0 && more) || trace == 0 || span == 0 {
            return None;
        }
        Some(Self { trace, span: u64::try_from(span).ok()?, sampled: flags & 1 == 1 })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_traceparent_is_read_as_the_recommendation_says() {
        let trace = "4bf92f3577b34da6a3ce929d0e0e4736";
        let read = Traceparent { trace: 0x4bf9_2f35_77b3_4da6_a3ce_929d_0e0e_4736, span: 0x00f0_67aa_0ba9_02b7, sampled: true };
        for (text, expected) in [
            (format!("00-{trace}-00f067aa0ba902b7-01"), Some(read)),
            (format!("00-{trace}-00f067aa0ba902b7-00"), Some(Traceparent { sampled: false, ..read })),
            (format!("cc-{trace}-00f067aa0ba902b7-01-what-else"), Some(read)),
            (format!("00-{trace}-00f067aa0ba902b7-01-what-else"), None),
            (format!("ff-{trace}-00f067aa0ba902b7-01"), None),
            (format!("00-{}-00f067aa0ba902b7-01", trace.to_uppercase()), None),
            (format!("00-{trace}-0000000000000000-01"), None),
            (format!("00-{}-00f067aa0ba902b7-01", "0".repeat(32)), None),
            (format!("00-{trace}-00f067aa0ba902b7"), None),
            (format!("00-+{}-00f067aa0ba902b7-01", &trace[1..]), None),
            (String::new(), None),
        ] {
            assert_eq!(Traceparent::parse(&text), expected, "{text}");
        }
    }

    #[test]
    fn no_two_requests_have_the_same_number() {
        let (one, other) = (RequestId::next(), RequestId::next());
        assert_ne!(one, other);
        assert_eq!(one.to_string().len(), 32);
    }
}
