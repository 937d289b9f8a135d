//! The sheet of options: what drop-downs offer. This module does no I/O.

use rust_xlsxwriter::{DataValidation, DataValidationErrorStyle, Format, Formula, Worksheet, XlsxError};

use super::text_format;
use crate::model::place_row::{ACCESS_COLUMNS, PlaceColumn, audience_code, word_of, yes_no};
use crate::model::place_workbook::{WorkbookColumn, WorkbookNames, workbook_words};
use crate::model::{Audience, Status};

/// Width of a column, in characters.
const WIDTH: f64 = 24.0;

/// The lists of the sheet of options, each a column.
#[derive(Debug)]
pub(super) struct OptionLists {
    lists: Vec<OptionList>,
}

/// One list.
#[derive(Debug)]
struct OptionList {
    heading: String,
    options: Vec<String>,
    /// The columns that offer it.
    columns: Vec<WorkbookColumn>,
    /// Whether another text is refused, rather than asked about.
    is_strict: bool,
}

impl OptionLists {
    /// The lists of a municipality.
    pub(super) fn of(names: WorkbookNames<'_>) -> Self {
        let words = &workbook_words().options;
        let word_for = |key: &str| words[key].clone();
        let one = |column| vec![WorkbookColumn::Place(column)];
        let list = |heading, options, columns| OptionList { heading, options, columns, is_strict: true };
        let categories = names.categories.all().iter();
        let uses = |name: &str| names.categories.all().iter().filter(|it| it.name.japanese() == name).count();
        let category = categories.map(|it| match it.name.japanese() {
            name if name.trim().is_empty() || uses(name) > 1 => it.id.0.clone(),
            name => name.to_owned(),
        });
        let districts = names.districts.all().iter();
        let district = districts.map(|it| match names.districts.named(&it.name) {
            Some(found) if found.id == it.id => it.name.clone(),
            _ => it.id.0.clone(),
        });
        let audiences = Audience::ALL.map(|it| word_of(audience_code(it)).to_owned()).to_vec();
        let statuses = Status::ALL.map(|it| word_of(it.code()).to_owned()).to_vec();
        let mut lists = vec![
            list(word_for("category"), category.collect(), one(PlaceColumn::Category)),
            list(word_for("district"), district.collect(), one(PlaceColumn::District)),
            list(word_for("audience"), audiences, one(PlaceColumn::Audience)),
            list(word_for("status"), statuses, one(PlaceColumn::Status)),
        ];
        lists.extend(answers(&word_for("unknown")));
        lists.retain(|list| !list.options.is_empty());
        Self { lists }
    }

    /// Writes the sheet.
    pub(super) fn write(&self, sheet: &mut Worksheet) -> Result<(), XlsxError> {
        let (bold, text) = (Format::new().set_bold(), text_format());
        for (column, list) in (0_u16..).zip(&self.lists) {
            sheet.set_column_width(column, WIDTH)?;
            sheet.write_string_with_format(0, column, &list.heading, &bold)?;
            for (row, option) in (1_u32..).zip(&list.options) {
                sheet.write_string_with_format(row, column, option, &text)?;
            }
        }
        sheet.set_freeze_panes(1, 0)?;
        Ok(())
    }

    /// The drop-down of `column`, if it has one.
    pub(super) fn drop_down(&self, column: &WorkbookColumn) -> Option<DataValidation> {
        let (at, list) = (0_u16..).zip(&self.lists).find(|(_, list)| list.columns.contains(column))?;
        let (letters, end) = (rust_xlsxwriter::column_number_to_name(at), list.options.len() + 1);
        let sheet = &workbook_words().sheets["options"];
        let range = Formula::new(format!("='{sheet}'!${letters}$2:${letters}${end}"));
        let style = if list.is_strict { DataValidationErrorStyle::Stop } else { DataValidationErrorStyle::Information };
        Some(DataValidation::new().allow_list_formula(range).set_error_style(style))
    }
}

/// Lists of yes, no and unknown, one for each pair of words. Words may be added to them, so that no text is refused.
fn answers(unknown: &str) -> Vec<OptionList> {
    let mut lists: Vec<OptionList> = Vec::new();
    for fact in ACCESS_COLUMNS {
        let options: Vec<String> = yes_no(fact).into_iter().chain([unknown]).map(str::to_owned).collect();
        let column = WorkbookColumn::Place(PlaceColumn::Access(fact));
        if let Some(list) = lists.iter_mut().find(|list| list.options == options) {
            list.columns.push(column);
        } else {
            let heading = options.join("・");
            lists.push(OptionList { heading, options, columns: vec![column], is_strict: false });
        }
    }
    lists
}
