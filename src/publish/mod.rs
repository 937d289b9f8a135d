//! Presentation: renders a snapshot as GeoJSON, HTML, SVG and the handout. Places are encoded once, by the index, and only
//! framed and sliced here.
//!
//! The same functions serve the API, the pages and the exported site. This module does no I/O.

pub mod era;
pub mod formats;
pub mod geojson;
pub mod handout;
pub mod html;
pub mod link_worker_messages;
pub mod messages;
pub mod name_readings;
pub mod ogc;
pub mod paper_code;
pub mod plan_csv;
pub mod plan_history_csv;
pub mod plan_messages;
pub mod plan_xlsx;
pub mod resources;
pub mod ruby;
pub mod rule_words;
pub mod search_data;
pub mod svg;
pub mod tiles;
