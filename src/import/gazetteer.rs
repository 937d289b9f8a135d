//! Where 大字, 町 and 小字 are: from an address to a point, honestly coarse.

/// 町字 with coordinates.
#[derive(Debug, Clone, Default)]
pub struct Gazetteer {}
