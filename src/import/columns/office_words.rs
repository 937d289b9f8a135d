//! Words for an office, which column mapping and private columns both look for in group headings.
//!
//! This module does no I/O.

/// Words for an office or a building, whose telephone and name stand below them.
pub(super) const OFFICES: [&str; 11] =
    ["連絡", "問", "事務局", "窓口", "申込", "施設", "会場", "場所", "開催", "拠点", "団体"];
