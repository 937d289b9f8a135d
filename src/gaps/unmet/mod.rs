//! Unmet needs, published under statistical disclosure control: no count of one or two is released.
//!
//! [`NeedReport`] parses a request, [`NeedLedger`] decides which counts are released, [`UnmetTable`] is what
//! planners see, and [`InterestSupply`] puts needs beside what there is. This module does no I/O.

mod beside_supply;
pub mod disclosure;
mod report;
mod table;

pub use self::beside_supply::{
    InterestSupply, NeedBesideSupply, NeedCell, StartingPoint, first_of_quarters, need_cells,
};
pub use self::disclosure::NeedLedger;
pub use self::report::NeedReport;
pub use self::table::{DistrictRow, InterestGroup, MapChoice, UnmetTable};

#[cfg(test)]
mod tests;
