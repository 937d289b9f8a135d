//! Whole tables of population, in the styles of e-Stat and of cities.
