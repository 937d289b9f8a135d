//! Fuzzy record linkage: matches the rest where it is *plainly the same*, renamed or moved.
//!
//! A value is evidence as far as it is rare: the telephone of an office that occurs at forty salons, the name that ten
//! halls share and the address of a hall with six groups prove little. A value counts in full (*alone*) if only one
//! entry has it in the last edition and only one in this one. This module does no I/O.

use std::collections::{BTreeSet, HashMap};

use super::RowPairing;
use super::likeness::{NameLikeness, PlaceTraits, SiteLikeness, TraitAgreement};

/// Pairs whose scores differ by less are ambiguous.
const MARGIN: f64 = 0.4;

/// Pairs per shared value at most; a value shared by more pairs is no evidence.
const MOST_PAIRS: usize = 10_000;

/// Matches the rest. `differ` is whether the list's own IDs contradict a pair of stored entry and row.
pub(super) fn pair(pairing: &mut RowPairing, differ: impl Fn(usize, usize) -> bool) {
    let rarity = NameRarity::of(&pairing.stored, &pairing.rows);
    let mut pairs: Vec<CandidatePair> = candidates(pairing)
        .into_iter()
        .filter(|&(s, r)| !differ(s, r))
        .filter_map(|(s, r)| {
            let sureness = sureness(&pairing.stored[s], &pairing.rows[r], &rarity)?;
            Some(CandidatePair { stored: s, row: r, sureness })
        })
        .collect();
    pairs.sort_by(|a, b| b.sureness.total_cmp(&a.sureness).then((a.stored, a.row).cmp(&(b.stored, b.row))));
    for (stored, row) in surest_first(&pairs) {
        pairing.add_pair(stored, row);
    }
}

#[derive(Debug, Clone, Copy)]
struct CandidatePair {
    stored: usize,
    row: usize,
    sureness: f64,
}

/// Selects pairs by descending score. If another pair of the same entry is ambiguous with it, neither is selected.
fn surest_first(pairs: &[CandidatePair]) -> Vec<(usize, usize)> {
    let (mut of_stored, mut of_row) =
        (HashMap::<usize, Vec<CandidatePair>>::new(), HashMap::<usize, Vec<CandidatePair>>::new());
    for pair in pairs {
        of_stored.entry(pair.stored).or_default().push(*pair);
        of_row.entry(pair.row).or_default().push(*pair);
    }
    let (mut done_stored, mut done_rows) = (BTreeSet::new(), BTreeSet::new());
    let mut taken = Vec::new();
    for pair in pairs {
        if done_stored.contains(&pair.stored) || done_rows.contains(&pair.row) {
            continue;
        }
        let rivals: Vec<CandidatePair> = of_stored[&pair.stored]
            .iter()
            .chain(&of_row[&pair.row])
            .filter(|p| (p.stored, p.row) != (pair.stored, pair.row) && p.sureness > pair.sureness - MARGIN)
            .filter(|p| !done_stored.contains(&p.stored) && !done_rows.contains(&p.row))
            .copied()
            .collect();
        if rivals.is_empty() {
            taken.push((pair.stored, pair.row));
        }
        for p in rivals.iter().chain([pair]) {
            done_stored.insert(p.stored);
            done_rows.insert(p.row);
        }
    }
    taken
}

/// Blocking: candidate pairs share a name, an address or a telephone number.
fn candidates(pairing: &RowPairing) -> BTreeSet<(usize, usize)> {
    let mut pairs = BTreeSet::new();
    let (stored, rows) = (pairing.free_stored(), pairing.free_rows());
    let values: [fn(&PlaceTraits) -> Option<&String>; 3] =
        [|t| Some(&t.name), |t| t.address.as_ref(), |t| t.phone.as_ref()];
    for value in values {
        let mut groups: HashMap<&String, (Vec<usize>, Vec<usize>)> = HashMap::new();
        for &s in &stored {
            if let Some(v) = value(&pairing.stored[s]) {
                groups.entry(v).or_default().0.push(s);
            }
        }
        for &r in &rows {
            if let Some(v) = value(&pairing.rows[r]) {
                groups.entry(v).or_default().1.push(r);
            }
        }
        for (s, r) in groups.into_values().filter(|(s, r)| s.len() * r.len() <= MOST_PAIRS) {
            pairs.extend(s.iter().flat_map(|&s| r.iter().map(move |&r| (s, r))));
        }
    }
    pairs
}

/// The values that only one entry has, in the whole of both editions.
struct NameRarity<'a> {
    names: HashMap<&'a str, [u32; 2]>,
    addresses: HashMap<&'a str, [u32; 2]>,
    phones: HashMap<&'a str, [u32; 2]>,
}

impl<'a> NameRarity<'a> {
    fn of(stored: &'a [PlaceTraits], rows: &'a [PlaceTraits]) -> Self {
        let mut all = Self { names: HashMap::new(), addresses: HashMap::new(), phones: HashMap::new() };
        for (edition, traits) in [stored, rows].into_iter().enumerate() {
            for t in traits {
                all.names.entry(&t.name).or_default()[edition] += 1;
                t.address.iter().for_each(|a| all.addresses.entry(a).or_default()[edition] += 1);
                t.phone.iter().for_each(|p| all.phones.entry(p).or_default()[edition] += 1);
            }
        }
        all
    }

    fn alone(counts: &HashMap<&str, [u32; 2]>, value: Option<&str>) -> bool {
        value.and_then(|v| counts.get(v)).is_some_and(|editions| editions.iter().all(|&n| n <= 1))
    }
}

/// Score of the match between `stored` and `row`; `None` if they are not plainly the same.
fn sureness(stored: &PlaceTraits, row: &PlaceTraits, rarity: &NameRarity<'_>) -> Option<f64> {
    let (alike, unlike) = stored.support(row);
    let evidence = PairEvidence {
        name: stored.name_likeness(row),
        site: stored.site_likeness(row),
        phone: stored.phone_agreement(row),
        name_alone: NameRarity::alone(&rarity.names, Some(&row.name)),
        site_alone: NameRarity::alone(&rarity.addresses, row.address.as_deref()),
        phone_alone: NameRarity::alone(&rarity.phones, row.phone.as_deref()),
        same_category: stored.category == row.category,
        alike,
        unlike,
    };
    evidence.plainly_same().then(|| evidence.sureness())
}

/// Evidence for one pair.
#[expect(clippy::struct_excessive_bools, reason = "each is one independent finding, named where it is weighed")]
struct PairEvidence {
    name: NameLikeness,
    site: SiteLikeness,
    phone: TraitAgreement,
    name_alone: bool,
    site_alone: bool,
    phone_alone: bool,
    same_category: bool,
    /// Number of further traits that agree.
    alike: u8,
    /// Number of differing traits among organization and person.
    unlike: u8,
}

impl PairEvidence {
    fn plainly_same(&self) -> bool {
        match self.name {
            NameLikeness::Same => self.moved(),
            NameLikeness::Grown | NameLikeness::Altered(_) => self.renamed(),
            NameLikeness::Different => self.renamed_altogether(),
        }
    }

    fn own_phone(&self) -> bool {
        self.phone == TraitAgreement::Same && self.phone_alone
    }

    /// Whether the place moved: the name was kept.
    fn moved(&self) -> bool {
        match self.site {
            SiteLikeness::Same | SiteLikeness::Close => true,
            SiteLikeness::Near => self.name_alone || self.own_phone(),
            SiteLikeness::Unknown => self.name_alone && (self.phone != TraitAgreement::Other || self.alike >= 1),
            SiteLikeness::Far => {
                self.own_phone() || (self.name_alone && (self.phone == TraitAgreement::Same || self.alike >= 2))
            }
        }
    }

    /// Whether the place was renamed, to a similar name.
    fn renamed(&self) -> bool {
        match self.site {
            SiteLikeness::Same if self.site_alone => self.phone != TraitAgreement::Other || self.unlike == 0,
            // Several groups in one hall: 「ヨガ教室A」 that went and 「ヨガ教室B」 that came are two groups.
            SiteLikeness::Same => {
                self.own_phone() || (self.name == NameLikeness::Grown && self.phone != TraitAgreement::Other)
            }
            SiteLikeness::Close | SiteLikeness::Near => {
                self.own_phone() || (self.name == NameLikeness::Grown && self.phone == TraitAgreement::Same)
            }
            SiteLikeness::Unknown => self.own_phone(),
            SiteLikeness::Far => false,
        }
    }

    /// Whether the place was renamed altogether. A hall with a single entry before and after, with its own telephone,
    /// was given a new name (公民館 → コミュニティセンター); another organization or person there is another group.
    fn renamed_altogether(&self) -> bool {
        let same_door = self.site == SiteLikeness::Same && self.same_category && self.unlike == 0;
        same_door && (self.own_phone() || (self.site_alone && self.alike >= 2))
    }

    /// Ranks pairs that are plainly the same; the numbers have no other meaning.
    fn sureness(&self) -> f64 {
        let name = match self.name {
            NameLikeness::Same => 4.0,
            NameLikeness::Grown => 3.0,
            NameLikeness::Altered(likeness) => 2.0 * likeness,
            NameLikeness::Different => 0.0,
        };
        let site = match self.site {
            SiteLikeness::Same => 3.0,
            SiteLikeness::Close => 2.0,
            SiteLikeness::Near => 1.5,
            SiteLikeness::Far | SiteLikeness::Unknown => 0.0,
        };
        let phone = match self.phone {
            TraitAgreement::Same if self.phone_alone => 3.0,
            TraitAgreement::Same => 1.0,
            _ => 0.0,
        };
        let category = if self.same_category { 0.5 } else { 0.0 };
        name + site + phone + category + 0.5 * f64::from(self.alike.min(4)) - f64::from(self.unlike)
    }
}
