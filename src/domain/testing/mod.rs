//! Builders and tables for the tests of the rules, one set for all: what is recorded ([`facts`]), what happens in a course
//! ([`course`]) and at a workplace ([`workplace`]), what the rules say of a registration ([`case`]) and of a day
//! ([`flagged`]) by the built-in rulebook ([`book`]).

mod book;
mod case;
mod course;
mod facts;
mod flagged;
mod workplace;

pub use {book::*, case::*, course::*, facts::*, flagged::*, workplace::*};
