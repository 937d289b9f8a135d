//! Label placement: greedy, in order of importance; a later label goes where nothing is drawn yet. This module does no I/O.

use super::view::{DrawingPoint, HEIGHT, WIDTH};

/// Maximum length of a label, in characters.
const LONGEST: usize = 9;
/// How far a number may be moved aside, nearest first.
const ASIDE: [f64; 6] = [0.0, 62.0, 80.0, 105.0, 140.0, 180.0];
/// How near the frame anything may come.
const EDGE: f64 = 8.0;

/// A part of the drawing.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct LabelBox {
    pub(super) west: f64,
    pub(super) north: f64,
    pub(super) east: f64,
    pub(super) south: f64,
}

impl LabelBox {
    pub(super) fn around(middle: DrawingPoint, half_width: f64, half_height: f64) -> Self {
        Self {
            west: middle.x - half_width,
            north: middle.y - half_height,
            east: middle.x + half_width,
            south: middle.y + half_height,
        }
    }

    pub(super) fn meets(&self, other: &Self) -> bool {
        self.west < other.east && other.west < self.east && self.north < other.south && other.north < self.south
    }

    fn is_inside(&self) -> bool {
        self.west >= EDGE && self.north >= EDGE && self.east <= WIDTH - EDGE && self.south <= HEIGHT - EDGE
    }
}

/// What is taken already.
#[derive(Debug, Default)]
pub(super) struct LabelBoard(Vec<LabelBox>);

impl LabelBoard {
    pub(super) fn take(&mut self, rect: LabelBox) {
        self.0.push(rect);
    }

    /// Takes `rect` if nothing is there and it is on the map.
    pub(super) fn try_take(&mut self, rect: LabelBox) -> bool {
        let free = rect.is_inside() && !self.0.iter().any(|taken| taken.meets(&rect));
        if free {
            self.take(rect);
        }
        free
    }

    /// Where a circle for `spot` can stand: there, or as near as there is room. Where there is none, there all the same.
    pub(super) fn room_for_circle(&mut self, spot: DrawingPoint, radius: f64) -> DrawingPoint {
        let around = |distance: f64| {
            (0..8).map(move |part| {
                let angle = f64::from(part) * std::f64::consts::FRAC_PI_4;
                DrawingPoint { x: spot.x + distance * angle.cos(), y: spot.y + distance * angle.sin() }
            })
        };
        let room = |at: &DrawingPoint| LabelBox::around(*at, radius + 3.0, radius + 3.0);
        let found = ASIDE.into_iter().flat_map(around).find(|at| self.try_take(room(at)));
        found.unwrap_or_else(|| {
            self.take(room(&spot));
            spot
        })
    }

    /// Where words of this width can stand beside what is at `middle`, `gap` away: the beginning, middle or end of their
    /// base line, and which of these it is.
    pub(super) fn room_for_words(
        &mut self,
        middle: DrawingPoint,
        gap: f64,
        width: f64,
        size: f64,
    ) -> Option<(DrawingPoint, &'static str)> {
        let base = size * 0.36;
        let (up, down) = (middle.y - gap - size * 0.15, middle.y + gap + size * 0.85);
        let beside = middle.y + base;
        let candidates = [
            (middle.x + gap, beside, "start"),
            (middle.x - gap, beside, "end"),
            (middle.x, down, "middle"),
            (middle.x, up, "middle"),
            (middle.x + gap * 0.6, down - size * 0.2, "start"),
            (middle.x + gap * 0.6, up + size * 0.2, "start"),
            (middle.x - gap * 0.6, down - size * 0.2, "end"),
            (middle.x - gap * 0.6, up + size * 0.2, "end"),
        ];
        candidates.into_iter().find_map(|(x, y, anchor)| {
            let west = match anchor {
                "start" => x,
                "end" => x - width,
                _ => x - width / 2.0,
            };
            let rect = LabelBox { west, north: y - size * 0.95, east: west + width, south: y + size * 0.2 };
            self.try_take(rect).then_some((DrawingPoint { x, y }, anchor))
        })
    }
}

/// About how wide `words` are.
pub(super) fn width(words: &str, size: f64) -> f64 {
    words.chars().map(|c| if c.is_ascii() { 0.6 } else { 1.0 }).sum::<f64>() * size
}

/// A name that is not too long for a map: without what stands in brackets at its end.
pub(super) fn cut(name: &str) -> String {
    let name = name.split(['（', '(']).next().map(str::trim).filter(|name| !name.is_empty()).unwrap_or(name);
    if name.chars().count() <= LONGEST {
        return name.to_owned();
    }
    name.chars().take(LONGEST - 1).chain(['…']).collect()
}
