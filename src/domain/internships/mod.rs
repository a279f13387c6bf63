//! Internships: what is agreed, how it goes, and what comes of it.

pub mod alignment;
pub mod appointments;
pub mod approval;
pub mod away;
mod canonical;
pub mod course;
pub mod decision;
pub mod facts;
pub mod follow_up;
pub mod follow_up_minimum;
pub mod follow_up_plan;
pub mod gate;
pub mod hearing;
pub mod in_error;
pub mod internship;
pub mod link_purpose;
pub mod meeting;
pub mod outcome;
pub mod pause;
pub mod purpose;
pub mod put_right_stay;
pub mod questions;
pub mod retention;
pub mod statements;
pub mod terms_in_words;
