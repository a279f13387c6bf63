//! `import companies` and `import postcodes`: a list from a file, in the name of an account. Invalid rows are written into a file
//! beside it, which can be corrected and imported; changes into another.

mod beside;
mod companies;
mod order;
mod postcodes;

pub use companies::companies;
pub use order::Order;
pub use postcodes::postcodes;
