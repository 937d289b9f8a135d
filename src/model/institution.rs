//! Where help by law begins: the rows of `institutions.csv`, for the card 「制度の入口」. This module does no I/O.

/// One office for one kind of trouble.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Institution {
    /// The law or field it belongs to (介護保険, 生活困窮 …); rows of one group stand together.
    pub group: String,
    /// What people say that it is for, in their words.
    pub troubles: Vec<String>,
    /// What it does, in a sentence or two.
    pub what: String,
    /// The office.
    pub office: String,
    /// Its telephone number; `None` leads to the municipality's.
    pub phone: Option<String>,
    /// When somebody answers, where that is known.
    pub hours: Option<String>,
}

/// The institutions in the order of their file.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct InstitutionTable(Vec<Institution>);

impl InstitutionTable {
    /// A table of `institutions`.
    pub fn new(institutions: Vec<Institution>) -> Self {
        Self(institutions)
    }

    /// All rows.
    pub fn all(&self) -> &[Institution] {
        &self.0
    }

    /// The rows by group, in the order in which the groups are first named.
    pub fn groups(&self) -> Vec<(&str, Vec<&Institution>)> {
        let mut groups: Vec<(&str, Vec<&Institution>)> = Vec::new();
        for row in &self.0 {
            match groups.iter_mut().find(|(group, _)| *group == row.group) {
                Some((_, rows)) => rows.push(row),
                None => groups.push((&row.group, vec![row])),
            }
        }
        groups
    }
}
