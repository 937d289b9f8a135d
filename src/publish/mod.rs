//! Presentation: renders a snapshot as GeoJSON, calendars, HTML, SVG and the handout. Places are encoded once, by the index, and only
//! framed and sliced here.
//!
//! The same functions serve the API, the pages and the exported site. This module does no I/O.

pub mod calendar;
pub mod city_content;
pub mod dcat;
pub mod embedded;
pub mod era;
pub mod file_format;
pub mod formats;
pub mod geojson;
pub mod handout;
pub mod hsds;
pub mod html;
pub mod licence;
pub mod link_worker_messages;
pub mod media_types;
pub mod messages;
pub mod municipal;
pub mod name_readings;
pub mod ogc;
pub mod page_file;
pub mod paper_code;
pub mod place_workbook;
pub mod plan_csv;
pub mod plan_history_csv;
pub mod plan_messages;
pub mod plan_xlsx;
pub mod resources;
pub mod ruby;
pub mod rule_words;
pub mod search_data;
pub mod site;
pub mod svg;
pub mod tiles;
