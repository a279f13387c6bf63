//! Lists of companies and of postcodes, brought in as files. The answer has the counts, and of what was bad, put right or
//! changed the first [`report::SHOWN`] each; the command line writes all of it into files.

pub mod companies;
pub mod postcodes;
pub mod report;
