//! Invented persons with whom link workers practise: the rows of `practice.csv`. This module does no I/O.

/// An invented person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PracticePerson {
    /// An invented name, marked as one (練習 花江).
    pub name: String,
    /// The age.
    pub age: u32,
    /// The afternoon of the training, from 1.
    pub afternoon: u32,
    /// What is known of the person.
    pub story: String,
    /// What the person says.
    pub says: String,
    /// Words to enter in the finder.
    pub likes: Vec<String>,
    /// What to talk about afterwards.
    pub questions: Vec<String>,
}
