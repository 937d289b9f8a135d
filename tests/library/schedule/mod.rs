//! Schedules: the words that are read, and the dates that follow.

// The dates of rules against the crate `opening-hours`.
mod oracle;
// Phrases with dates known beforehand, and phrases that must give none.
mod phrases;
