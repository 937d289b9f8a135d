//! Places as the public may see them, kept beside places that show more: for what leaves the office. This module does no I/O.

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::OnceLock;

use super::spatial::place_number;
use super::visible::VisiblePlace;
use crate::model::{Audience, Place};

/// The public forms of places of which the public sees less, each made once.
#[derive(Debug, Default)]
pub(super) struct PublicForms(HashMap<u32, OnceLock<Box<Place>>>);

impl PublicForms {
    /// Room for the forms of those of `places` that are a private person's or not for everybody.
    pub(super) fn of(places: &[VisiblePlace]) -> Self {
        let differs = |it: &VisiblePlace| it.private || it.place.facts.audience != Audience::Public;
        let places = places.iter().enumerate().filter(|(_, it)| differs(it));
        Self(places.map(|(at, _)| (place_number(at), OnceLock::new())).collect())
    }

    /// The form of the place at `at`, which `redact` makes where it is not kept.
    pub(super) fn form(&self, at: usize, redact: impl FnOnce() -> Place) -> Cow<'_, Place> {
        match self.0.get(&place_number(at)) {
            Some(form) => Cow::Borrowed(form.get_or_init(|| Box::new(redact()))),
            None => Cow::Owned(redact()),
        }
    }

    /// The indices of the places whose forms are kept.
    pub(super) fn kept(&self) -> impl Iterator<Item = usize> {
        self.0.keys().map(|at| *at as usize)
    }
}
