//! Label placement: greedy, in order of importance; each label takes the first free candidate position. This module does no I/O.

use super::view::{DrawingPoint, HEIGHT, WIDTH};

/// Maximum length of a label, in characters.
const LONGEST: usize = 9;
/// Distances by which a number may be moved aside, in user units, nearest first.
const ASIDE: [f64; 6] = [0.0, 62.0, 80.0, 105.0, 140.0, 180.0];
/// The least distance to the frame, in user units.
const EDGE: f64 = 8.0;

/// An axis-aligned box in user units.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct LabelBox {
    pub(super) west: f64,
    pub(super) north: f64,
    pub(super) east: f64,
    pub(super) south: f64,
}

impl LabelBox {
    /// The box around a centre.
    pub(super) fn around(middle: DrawingPoint, half_width: f64, half_height: f64) -> Self {
        Self {
            west: middle.x - half_width,
            north: middle.y - half_height,
            east: middle.x + half_width,
            south: middle.y + half_height,
        }
    }

    /// Whether two boxes overlap.
    pub(super) fn meets(&self, other: &Self) -> bool {
        self.west < other.east && other.west < self.east && self.north < other.south && other.north < self.south
    }

    /// Whether the box keeps [`EDGE`] from the frame.
    fn is_inside(&self) -> bool {
        self.west >= EDGE && self.north >= EDGE && self.east <= WIDTH - EDGE && self.south <= HEIGHT - EDGE
    }
}

/// The occupied boxes (collision detection).
#[derive(Debug, Clone, Default)]
pub(super) struct LabelBoard(Vec<LabelBox>);

impl LabelBoard {
    /// Occupies `rect`, free or not.
    pub(super) fn occupy(&mut self, rect: LabelBox) {
        self.0.push(rect);
    }

    /// Occupies `rect` if it is free and on the map; returns whether it did.
    pub(super) fn try_occupy(&mut self, rect: LabelBox) -> bool {
        let free = rect.is_inside() && !self.0.iter().any(|taken| taken.meets(&rect));
        if free {
            self.occupy(rect);
        }
        free
    }

    /// The nearest free centre for a circle around `spot`; `spot` itself if none is free.
    pub(super) fn room_for_circle(&mut self, spot: DrawingPoint, radius: f64) -> DrawingPoint {
        let half = radius + 3.0;
        self.room_near(spot, (half, half), &ASIDE).unwrap_or_else(|| {
            self.occupy(LabelBox::around(spot, half, half));
            spot
        })
    }

    /// The nearest free centre for a box of this half width and half height, at one of `distances` from `spot`.
    pub(super) fn room_near(
        &mut self,
        spot: DrawingPoint,
        (half_width, half_height): (f64, f64),
        distances: &[f64],
    ) -> Option<DrawingPoint> {
        let around = |distance: &f64| {
            let distance = *distance;
            (0..8).map(move |part| {
                let angle = f64::from(part) * std::f64::consts::FRAC_PI_4;
                DrawingPoint { x: spot.x + distance * angle.cos(), y: spot.y + distance * angle.sin() }
            })
        };
        let mut candidates = distances.iter().flat_map(around);
        candidates.find(|at| self.try_occupy(LabelBox::around(*at, half_width, half_height)))
    }

    /// A free position for a label of this width beside `middle`, `gap` away, with its `text-anchor`.
    pub(super) fn room_for_label(
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
            self.try_occupy(rect).then_some((DrawingPoint { x, y }, anchor))
        })
    }
}

/// The estimated width of a label in user units: full-width characters are square.
pub(super) fn label_width(label: &str, size: f64) -> f64 {
    label.chars().map(|c| if c.is_ascii() { 0.6 } else { 1.0 }).sum::<f64>() * size
}

/// Shortens a name for the map: drops what is in brackets, then truncates it to [`LONGEST`] characters.
pub(super) fn shortened_name(name: &str) -> String {
    let name = name.split(['（', '(']).next().map(str::trim).filter(|name| !name.is_empty()).unwrap_or(name);
    if name.chars().count() <= LONGEST {
        return name.to_owned();
    }
    name.chars().take(LONGEST - 1).chain(['…']).collect()
}
