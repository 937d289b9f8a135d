//! The domain model: what a place is, where it is, when it is open and who may see it.
//!
//! Plain values and pure functions over them, independent of file formats, database and network. This module does no
//! I/O.

pub mod access;
pub mod area;
pub mod audience;
pub mod basemap;
pub mod batched_report;
pub mod category;
pub mod city;
pub mod city_words;
pub mod consent;
pub mod district;
pub mod exact_number;
pub mod institution;
pub mod interest;
pub mod language;
pub mod limits;
pub mod line_simplification;
pub mod link_worker;
pub mod messages;
pub mod month;
pub mod municipality_code;
mod neighbour;
pub mod place;
pub mod place_row;
pub mod place_workbook;
mod planning_summary;
pub mod population;
pub mod position;
pub mod practice_person;
pub mod prefecture;
pub mod quarter;
pub mod referral_reason;
pub mod referral_result;
pub mod revision;
pub mod roman_letters;
pub mod sample;
pub mod schedule;
pub mod times_history;
pub mod town;
pub mod translated;
pub mod travel_mode;
pub mod unmet_need;
pub mod web_address;

pub use access::{Access, AccessAnswer, AccessFact};
pub use area::Area;
pub use audience::Audience;
pub use basemap::{BasemapFeature, BasemapKind, BasemapShape};
pub use batched_report::{BATCH_SIZE, BatchedReport, ReportKey, StoredReport};
pub use category::{Category, CategoryId, CategoryTable, RESERVED_CATEGORY_IDS};
pub use city::{City, GapTargets, MapSettings, is_origin, without_county};
pub use city_words::CityWords;
pub use consent::{Consent, ConsentMonths, ConsentState};
pub use district::{District, DistrictId, DistrictTable};
pub use exact_number::ExactNumber;
pub use institution::{Institution, InstitutionTable};
pub use interest::{Closeness, Interest, InterestKind, Thesaurus};
pub use language::Language;
pub use limits::ReadingLimits;
pub use link_worker::{Layer, LinkWorker, ServedArea, ServedDistricts};
pub use messages::Messages;
pub use month::Month;
pub use municipality_code::{CodeFault, MunicipalityCode};
pub use neighbour::{NeighbourListing, NeighbourPlace, NeighbourPopulation};
pub use place::{
    Contact, Facts, Location, MeetingMode, Person, Place, PlaceId, Precision, Role, Source, Status, Town, Verification,
};
pub use planning_summary::{FigureDefinitions, PlanningFigures, PlanningSummary, PopulationStamp, UnitFigures};
pub use population::{AgeCounts, JoinBasis, PeopleCount, PopulationArea, PopulationEdition};
pub use position::{Metres, Position};
pub use practice_person::PracticePerson;
pub use prefecture::PREFECTURES;
pub use quarter::Quarter;
pub use referral_reason::{ReferralReason, ReferralReasonId, ReferralReasonTable};
pub use referral_result::{ReferralOutcome, ReferralResult, ReferralSource};
pub use revision::{Author, Revision};
pub use roman_letters::{capitalised, roman_letters};
pub use sample::{SampleLists, SampleNote, SampleState};
pub use schedule::Schedule;
pub use times_history::{TimesHistory, TimesWording};
pub use town::TownEntry;
pub use translated::Translated;
pub use travel_mode::TravelMode;
pub use unmet_need::UnmetNeed;
