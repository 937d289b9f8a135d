//! Directions as text: compass direction, great-circle distance, estimated travel time. The text marks them as estimates. This module does no I/O.

use crate::find::reach::{TravelReach, rule_of_thumb};
use crate::find::{TravelMode, ride_takes};
use crate::model::{AccessAnswer, Metres, Position};
use crate::publish::ruby::{RubyText, plain, ruby_message};

/// Where the person starts.
#[derive(Debug, Clone, PartialEq)]
pub struct HandoutOrigin {
    /// The name of the district or 大字, with furigana; 「出発の場所」 for a point of the person's own.
    pub name: RubyText,
    /// What the start and the areas around it are called, for rides that go there only.
    pub names: Vec<String>,
    /// The point from which distances are measured.
    pub position: Position,
    /// Whether the position is the centre of an area, not the person's own point.
    pub about: bool,
}

/// Below this distance in metres, no direction is given.
const BESIDE_M: f64 = 100.0;

/// The same where either end is the centre of an area.
const VAGUE_M: f64 = 700.0;

/// Direction and distance, 「大屋から北東へ 約1.2km（直線・目安）」, or that it is near. `rough` marks an approximate position of the place.
pub fn direction_and_distance(origin: &HandoutOrigin, to: Position, rough: bool) -> RubyText {
    let metres = origin.position.distance_to(to);
    let from = ("from", origin.name.clone());
    if is_near(origin, to, rough) {
        return ruby_message("way.near", &[from]);
    }
    let compass = ruby_message(compass_key(origin.position, to), &[]);
    ruby_message("way.far", &[from, ("compass", compass), ("distance", plain(&distance_text(metres)))])
}

/// Whether the place is so near, or its position so vague, that direction and minutes mean nothing.
pub fn is_near(origin: &HandoutOrigin, to: Position, rough: bool) -> bool {
    origin.position.distance_to(to).0 < if rough || origin.about { VAGUE_M } else { BESIDE_M }
}

/// The message key of the compass direction, one of eight (initial great-circle bearing).
fn compass_key(from: Position, to: Position) -> &'static str {
    const KEYS: [&str; 8] =
        ["compass.n", "compass.ne", "compass.e", "compass.se", "compass.s", "compass.sw", "compass.w", "compass.nw"];
    let (lat1, lat2) = (from.lat().to_radians(), to.lat().to_radians());
    let east = (to.lon() - from.lon()).to_radians();
    let y = east.sin() * lat2.cos();
    let x = lat1.cos() * lat2.sin() - lat1.sin() * lat2.cos() * east.cos();
    let degrees = y.atan2(x).to_degrees().rem_euclid(360.0);
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "0 to 8")]
    let part = ((degrees + 22.5) / 45.0) as usize;
    KEYS[part % 8]
}

/// Formats a distance to two digits or so, as precise as a straight line deserves: 「350m」, 「1.2km」, 「12km」.
fn distance_text(metres: Metres) -> String {
    match metres.0 {
        m if m < 975.0 => format!("{:.0}m", (m / 50.0).round() * 50.0),
        m if m < 9_950.0 => format!("{:.1}km", m / 1_000.0),
        m => format!("{:.0}km", m / 1_000.0),
    }
}

/// Estimated travel times by those of `ways` that reach the place, else by the quickest.
pub fn travel_times(ways: &[TravelMode], metres: Metres) -> Vec<RubyText> {
    let reach = TravelReach::new(ways, None, rule_of_thumb);
    let on_own = || reach.ways.iter().filter(|it| it.way != TravelMode::PickUp);
    let mut bearable: Vec<(TravelMode, f64)> =
        on_own().filter(|it| metres <= it.metres).map(|it| (it.way, rule_of_thumb(it.way, metres))).collect();
    if bearable.is_empty() {
        bearable.extend(reach.quickest(metres, false).filter(|(way, _)| *way != TravelMode::PickUp));
    }
    bearable.into_iter().map(|(way, minutes)| minutes_by(way, minutes)).collect()
}

/// The lines about a pick-up, with its limit in the words of the list: 「あり（町内だけ）」. A ride that may not be one for somebody who
/// starts at a place of these names is a question.
pub fn ride(offered: &AccessAnswer, start: Option<&[String]>) -> Vec<RubyText> {
    let Some(limit) = offered.limit() else { return vec![ruby_message("travel.pick_up", &[])] };
    if start.is_some_and(|names| ride_takes(limit, names)) {
        return vec![ruby_message("travel.pick_up", &[]), plain(limit)];
    }
    vec![ruby_message("travel.pick_up_limited", &[]), plain(limit)]
}

/// The text of one travel time.
fn minutes_by(way: TravelMode, minutes: f64) -> RubyText {
    let key = match way {
        TravelMode::Walk => "travel.walk",
        TravelMode::Bicycle => "travel.bicycle",
        TravelMode::Bus => "travel.bus",
        TravelMode::Car | TravelMode::PickUp => "travel.car",
    };
    ruby_message(key, &[("minutes", plain(&format!("{:.0}", minutes.max(1.0).round())))])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::publish::ruby::base_text;

    fn at(lon: f64, lat: f64) -> Position {
        Position::new(lon, lat).unwrap()
    }

    fn heading_from(about: bool, to: Position) -> String {
        base_text(&direction_and_distance(
            &HandoutOrigin {
                name: plain("大屋"), names: vec!["大屋".to_owned()], position: at(134.70, 35.30), about
            },
            to,
            false,
        ))
    }

    #[test]
    fn the_direction_is_told_as_people_say_it() {
        for (lon, lat, expected) in [
            (134.70, 35.40, "compass.n"),
            (134.80, 35.38, "compass.ne"),
            (134.80, 35.30, "compass.e"),
            (134.70, 35.20, "compass.s"),
            (134.60, 35.30, "compass.w"),
            (134.60, 35.38, "compass.nw"),
            (134.60, 35.22, "compass.sw"),
            (134.80, 35.22, "compass.se"),
        ] {
            assert_eq!(compass_key(at(134.70, 35.30), at(lon, lat)), expected);
        }
    }

    #[test]
    fn a_distance_is_no_more_exact_than_it_can_be() {
        let texts = [12.0, 349.0, 980.0, 1_234.0, 9_949.0, 12_345.0].map(|m| distance_text(Metres(m)));
        assert_eq!(texts, ["0m", "350m", "1.0km", "1.2km", "9.9km", "12km"]);
    }

    #[test]
    fn beside_the_start_there_is_no_direction() {
        assert_eq!(heading_from(false, at(134.705, 35.30)), "大屋から東へ 約450m（直線・目安）");
        assert_eq!(heading_from(true, at(134.705, 35.30)), "大屋の近く（目安）");
        assert_eq!(heading_from(false, at(134.7001, 35.30)), "大屋の近く（目安）");
    }

    #[test]
    fn only_texts_ways_are_told_or_else_the_quickest() {
        let lines = |ways: &[TravelMode], m: f64| travel_times(ways, Metres(m)).len();
        assert_eq!(lines(&[TravelMode::Bus, TravelMode::Bicycle], 1_500.0), 2);
        assert_eq!(lines(&[TravelMode::Walk], 5_000.0), 1);
        assert_eq!(lines(&[TravelMode::PickUp], 5_000.0), 0);
        assert_eq!(lines(&[], 5_000.0), 0);
    }

    #[test]
    fn a_ride_that_may_be_none_is_a_question() {
        let told = |words: &str, start: Option<&str>| {
            let names = start.map(|name| vec![name.to_owned()]);
            let lines = ride(&AccessAnswer { yes: true, words: words.to_owned() }, names.as_deref());
            lines.iter().map(|line| base_text(line)).collect::<Vec<_>>()
        };
        for start in [Some("大屋"), Some("関宮"), None] {
            assert_eq!(told("あり", start), ["送迎があります"]);
        }
        assert_eq!(told("あり（大屋のみ）", Some("大屋")), ["送迎があります", "あり（大屋のみ）"]);
        for start in [Some("関宮"), None] {
            let lines = told("あり（大屋のみ）", start);
            assert!(lines.len() == 2 && lines[0].contains("たずね") && lines[1] == "あり（大屋のみ）", "{lines:?}");
            assert!(!lines.concat().contains("送迎があります"), "{lines:?}");
        }
    }
}
