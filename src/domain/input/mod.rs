//! Parsing what comes from outside, once, into types that cannot hold a wrong value.
//!
//! Promise: every wrong field of a body is reported in the same answer, each with a JSON pointer, a
//! code that never changes, and a text that says what is expected. An unknown field is a fault too:
//! silently dropping what somebody wrote would lose it.
//!
//! [`input!`](crate::input) declares a body: the struct, its description for OpenAPI and its reading come
//! from the same lines, so they cannot drift apart.

mod body;
mod code_enum;
mod fault;
mod field;
mod merge_patch;

pub use fault::{Fault, Faults, Pointer};
pub use field::{Field, LONGEST_LIST, read};
pub use merge_patch::{FieldNames, MergePatch};
