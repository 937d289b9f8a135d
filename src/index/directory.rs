//! The directory of link workers as one audience may see it: redacted and sorted.
//!
//! The order depends only on public fields and on the order of the lists, so that it reveals nothing private. This module does
//! no I/O.

use super::visible::VisibleLinkWorker;
use crate::model::web_address::clean_address;
use crate::model::{Audience, DistrictTable, Layer, LinkWorker, ServedDistricts};
use crate::privacy::{PrivateNames, redact_link_worker};

/// The entries that `audience` may see, redacted, in the order of the snapshot. `workers` come with whether they are of the
/// sample; `names` are the private names of everything.
pub(super) fn visible_link_workers<'a>(
    workers: impl Iterator<Item = (&'a LinkWorker, bool)>,
    audience: Audience,
    districts: &DistrictTable,
    names: &PrivateNames,
) -> Vec<VisibleLinkWorker> {
    let visible = |(worker, sample): (&LinkWorker, bool)| {
        let mut redacted = redact_link_worker(worker, audience, names)?;
        redacted.url.iter_mut().for_each(clean_address);
        // By the area before redaction: a redacted area must not count as the whole municipality.
        let mut served = worker.served(districts);
        if audience == Audience::Public {
            served.unknown.retain(|area| redacted.serves.iter().any(|kept| kept.written == *area));
        }
        Some(VisibleLinkWorker { worker: redacted, served, sample })
    };
    let mut listed: Vec<VisibleLinkWorker> = workers.filter_map(visible).collect();
    // A stable sort: within one layer and district, the order of the lists is kept.
    listed.sort_by_key(|it| (layer_rank(it.worker.layer), area_rank(&it.served, districts)));
    listed
}

fn layer_rank(layer: Option<Layer>) -> u8 {
    match layer {
        Some(Layer::One) => 0,
        Some(Layer::Two) => 1,
        None => 2,
    }
}

fn area_rank(served: &ServedDistricts, districts: &DistrictTable) -> usize {
    let first = served.districts.first().filter(|_| !served.everywhere);
    first.and_then(|id| districts.all().iter().position(|district| district.id == *id)).unwrap_or(usize::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::index::{Snapshot, SnapshotInput};
    use crate::model::{District, DistrictId, Person, Position, ServedArea};

    fn everything() -> SnapshotInput {
        let centre = Position::new(134.7, 35.4).unwrap();
        let district = |name: &str| District {
            id: DistrictId(name.to_owned()),
            name: name.to_owned(),
            former_town: None,
            kana: None,
            boundary: None,
            centre: Some(centre),
            ..District::default()
        };
        let worker = |layer, role: &str, area: &str| LinkWorker {
            layer,
            role: Some(role.to_owned()),
            person: Some(Person { name: "城崎 花太郎".to_owned(), public: false }),
            person_phones: vec!["079-662-0000".to_owned()],
            serves: vec![ServedArea { written: area.to_owned(), whole: area == "全域", town: None }],
            ..LinkWorker::default()
        };
        SnapshotInput {
            districts: DistrictTable::new(["八鹿", "大屋"].map(district).to_vec()),
            link_workers: vec![
                worker(None, "相談員", "大屋"),
                worker(Some(Layer::Two), "民生委員", "全域"),
                worker(Some(Layer::Two), "訪問員", "大屋"),
                worker(Some(Layer::Two), "福祉委員", "八鹿"),
                worker(Some(Layer::One), "保健師", "大屋"),
            ],
            ..SnapshotInput::default()
        }
    }

    fn versions(everything: &SnapshotInput) -> [String; 3] {
        Snapshot::build_all(everything).map(|snapshot| snapshot.version.clone())
    }

    #[test]
    fn layers_stand_first_then_districts_and_those_of_the_whole_municipality_last() {
        let snapshot = Snapshot::build(&everything(), Audience::Public);
        let roles: Vec<_> = snapshot.link_workers.iter().filter_map(|it| it.worker.role.as_deref()).collect();
        assert_eq!(roles, ["保健師", "福祉委員", "訪問員", "民生委員", "相談員"]);
    }

    #[test]
    fn a_private_change_moves_the_version_of_those_who_see_it_alone() {
        let before = versions(&everything());
        let mut changed = everything();
        changed.link_workers[1].person = Some(Person { name: "別の人".to_owned(), public: false });
        changed.link_workers[2].person_phones = vec!["079-662-9999".to_owned()];
        changed.link_workers[3].source.row = 99;
        let after = versions(&changed);
        assert_eq!(before[0], after[0]);
        assert_ne!((&before[1], &before[2]), (&after[1], &after[2]));
        changed.link_workers[1].role = Some("主任児童委員".to_owned());
        assert_ne!(versions(&changed)[0], before[0]);
    }

    #[test]
    fn an_area_that_may_not_be_read_is_not_the_whole_municipality() {
        let mut everything = everything();
        everything.link_workers[4].serves[0].written = "城崎花太郎の担当".to_owned();
        let snapshot = Snapshot::build(&everything, Audience::Public);
        let seen = &snapshot.link_workers[0];
        assert_eq!((seen.served.everywhere, seen.served.unknown.len(), seen.worker.serves.len()), (false, 0, 0));
    }
}
