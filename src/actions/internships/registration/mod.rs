//! What booking, change and extension have in common. Each is three steps: *load* what is needed into one value ([`facts`]),
//! *decide* without a connection ([`decide`]), *save* what was decided and ask the parties to confirm it ([`save`]).

pub mod decide;
pub mod facts;
pub mod save;
