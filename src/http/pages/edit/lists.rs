//! The first page of those who edit, and lists of places: all of them, a search, or what waits for somebody.

use std::collections::{HashMap, HashSet};

use axum::Extension;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, Uri};
use serde_json::json;

use super::places::drafts;
use super::{EditResult, json as answer, run_plain, staff_snapshot, wants_json};
use crate::accounts::SignedIn;
use crate::editor::EditQueues;
use crate::http::InternalState;
use crate::http::pages::account;
use crate::http::params::QueryParams;
use crate::index::duplicates::likely_duplicates;
use crate::index::{Filter, Snapshot, VisiblePlace};
use crate::model::{MeetingMode, PlaceId, Status};
use crate::publish::html::edit::{self, BatchView, EditListView, EditOverviewView, EditQueue, ListedPlaceView};

/// Places on one page.
const PAGE: usize = 50;

/// Handler: the first page: what waits for somebody, drafts, what was made together lately.
pub(in crate::http) async fn show(
    State(internal): State<InternalState>,
    Extension(who): Extension<SignedIn>,
) -> EditResult {
    let drafts = drafts(&internal, &who).await?;
    let queues = run_plain(&internal, |editor| Ok(editor.queues()?)).await?;
    let suggestions = run_plain(&internal, |editor| Ok(editor.suggestions(chrono::Utc::now())?)).await?.len();
    let uploads = run_plain(&internal, |editor| Ok(editor.uploads(chrono::Utc::now())?)).await?;
    let snapshot = staff_snapshot(&internal);
    let counts = EditQueue::ALL.map(|queue| (queue, places_of(&snapshot, queue, &queues).len()));
    let name_of = |id: &str| snapshot.by_id(&PlaceId(id.to_owned())).map(|it| it.place.facts.name.clone());
    let batches = queues.batches.iter().map(|batch| BatchView {
        number: batch.number,
        list: (batch.list != crate::editor::EDITS).then(|| batch.list.clone()),
        file: batch.file.clone(),
        by: batch.by.clone(),
        at: batch.at,
        places: batch.places,
        absent: batch.absent,
    });
    let view = EditOverviewView {
        counts: &counts,
        suggestions,
        uploads: &uploads,
        drafts: &drafts.iter().map(|draft| (draft, name_of(&draft.place))).collect::<Vec<_>>(),
        batches: &batches.collect::<Vec<_>>(),
    };
    Ok(account::page(StatusCode::OK, edit::overview_page(&snapshot, &view)))
}

/// Handler: a list of places.
pub(in crate::http) async fn list(State(internal): State<InternalState>, uri: Uri, headers: HeaderMap) -> EditResult {
    let params = QueryParams::read(&uri, &["q", "queue", "offset"])?;
    let query = params.one("q")?.unwrap_or_default().trim().to_owned();
    let queue = params.one("queue")?.filter(|code| !code.is_empty());
    let queue = queue
        .map(|code| {
            EditQueue::from_code(code).ok_or_else(|| {
                let all = EditQueue::ALL.map(EditQueue::code).join(", ");
                crate::http::HttpProblem::BadParameter { name: "queue", reason: format!("must be one of {all}") }
            })
        })
        .transpose()?;
    let offset: usize = params.number("offset", "a whole number")?.unwrap_or_default();
    let snapshot = staff_snapshot(&internal);
    let queues = match queue {
        None => EditQueues::default(),
        Some(_) => run_plain(&internal, |editor| Ok(editor.queues()?)).await?,
    };
    let chosen = match queue {
        None => (0..snapshot.places.len()).map(|at| vec![at]).collect(),
        Some(queue) => places_of(&snapshot, queue, &queues),
    };
    let found = found_by(&snapshot, &query);
    let chosen: Vec<Vec<usize>> = chosen
        .into_iter()
        .filter(|group| found.as_ref().is_none_or(|found| group.iter().any(|at| found.contains(at))))
        .collect();
    let total = chosen.len();
    let shown: Vec<Vec<usize>> = chosen.into_iter().skip(offset).take(PAGE).collect();
    let ids: Vec<PlaceId> = shown.iter().flatten().map(|at| snapshot.places[*at].place.id.clone()).collect();
    let numbers: HashMap<PlaceId, u32> = run_plain(&internal, move |editor| Ok(editor.revision_numbers(&ids)?)).await?;
    let revised: HashMap<&PlaceId, Vec<(PlaceId, String)>> = revised_into(&queues);
    let row = |at: &usize| {
        let place = &snapshot.places[*at];
        let of_others = revised.get(&place.place.id).cloned().unwrap_or_default();
        listed(&snapshot, place, (numbers.get(&place.place.id).copied().unwrap_or_default(), of_others))
    };
    let groups: Vec<Vec<ListedPlaceView>> = shown.iter().map(|group| group.iter().map(row).collect()).collect();
    if wants_json(&headers) {
        let row = |it: &ListedPlaceView| {
            json!({
                "id": it.id, "revision": it.revision, "name": it.name, "category": it.category,
                "district": it.district, "status": it.status.code(), "audience": it.audience,
            })
        };
        let groups: Vec<Vec<_>> = groups.iter().map(|group| group.iter().map(row).collect()).collect();
        return Ok(answer(StatusCode::OK, &json!({ "total": total, "groups": groups })));
    }
    let next = Some(offset + PAGE).filter(|next| *next < total);
    let before = (offset > 0).then(|| offset.saturating_sub(PAGE));
    let view = EditListView { queue, query: &query, groups: &groups, total, pages: (before, next) };
    Ok(account::page(StatusCode::OK, edit::list_page(&snapshot, &view)))
}

/// The places of a queue, in groups that belong together, as indices into the snapshot's places.
fn places_of(snapshot: &Snapshot, queue: EditQueue, queues: &EditQueues) -> Vec<Vec<usize>> {
    let is_meant = |it: &VisiblePlace| match queue {
        EditQueue::Unplaced => {
            let facts = &it.place.facts;
            let is_visited = matches!(facts.mode, MeetingMode::AtPlace | MeetingMode::Roaming);
            facts.site.is_none() && is_visited && facts.status != Status::Closed
        }
        EditQueue::Ending => queues.absent.contains(&it.place.id) && it.place.facts.status != Status::Closed,
        EditQueue::Duplicates | EditQueue::Merged => false,
    };
    match queue {
        EditQueue::Duplicates => {
            likely_duplicates(&snapshot.places).into_iter().map(|(first, second)| vec![first, second]).collect()
        }
        EditQueue::Merged => {
            let into: HashSet<&PlaceId> = queues.merged.iter().map(|it| &it.into).collect();
            into.into_iter().filter_map(|id| snapshot.position_of(id)).map(|at| vec![at]).collect()
        }
        _ => {
            let all = snapshot.places.iter().enumerate().filter(|(_, it)| is_meant(it));
            all.map(|(at, _)| vec![at]).collect()
        }
    }
}

/// The places that a search finds; `None` where nothing is searched for.
fn found_by(snapshot: &Snapshot, query: &str) -> Option<HashSet<usize>> {
    if query.is_empty() {
        return None;
    }
    if let Some(at) = snapshot.position_of(&PlaceId(query.to_owned())) {
        return Some(HashSet::from([at]));
    }
    let filter = Filter { query: query.chars().take(200).collect(), ..Filter::default() };
    Some(snapshot.select(&filter).into_iter().collect())
}

/// By survivor, the merged places that their lists have revised since.
fn revised_into(queues: &EditQueues) -> HashMap<&PlaceId, Vec<(PlaceId, String)>> {
    let mut revised: HashMap<&PlaceId, Vec<(PlaceId, String)>> = HashMap::new();
    for it in &queues.merged {
        let place = &it.revision.place;
        revised.entry(&it.into).or_default().push((place.id.clone(), place.facts.name.clone()));
    }
    revised
}

fn listed(
    snapshot: &Snapshot,
    listed: &VisiblePlace,
    (revision, merged): (u32, Vec<(PlaceId, String)>),
) -> ListedPlaceView {
    let facts = &listed.place.facts;
    let district = listed.district.as_ref().and_then(|id| snapshot.districts.by_id(id));
    ListedPlaceView {
        id: listed.place.id.clone(),
        revision,
        name: facts.name.clone(),
        category: snapshot
            .categories
            .by_id(&facts.category)
            .map(|it| it.name.japanese().to_owned())
            .unwrap_or_default(),
        district: district.map(|it| it.name.clone()).unwrap_or_default(),
        address: facts.address.clone().unwrap_or_default(),
        phone: facts.contact.phone.clone().unwrap_or_default(),
        list: listed.place.source.list.clone(),
        status: facts.status,
        audience: crate::model::place_row::word_of(crate::model::place_row::audience_code(facts.audience)).to_owned(),
        merged,
    }
}
