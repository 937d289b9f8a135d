use super::*;

#[test]
fn every_kind_has_a_message_in_both_languages_with_the_same_placeholders() {
    for kind in ProblemKind::ALL {
        let wording = kind.wording();
        let [ja, en] = [Language::Ja, Language::En].map(|language| wording.sentence.written(language).unwrap());
        assert!(ja.ends_with('。') && en.ends_with('.'), "{kind:?}: {ja} {en}");
        let names = |text| {
            let mut names: Vec<_> = placeholders(text).collect();
            names.sort_unstable();
            names.dedup();
            names.join(" ")
        };
        assert_eq!(names(ja), names(en), "{kind:?}");
    }
    assert_eq!(WORDINGS.len(), ProblemKind::ALL.len());
}

#[test]
fn only_lost_rows_and_lost_characters_are_errors() {
    let errors: Vec<_> = ProblemKind::ALL.iter().filter(|k| k.severity() == Severity::Error).collect();
    assert!(errors.contains(&&ProblemKind::MissingName) && errors.contains(&&ProblemKind::LostCharacters));
    for kind in ["missing_coordinates", "placed_by_address", "example_sheet_skipped"] {
        let found = ProblemKind::ALL.iter().find(|k| k.name() == kind).unwrap();
        assert_eq!(found.severity(), Severity::Info, "{kind}");
    }
}

#[test]
fn a_message_quotes_the_value_on_one_line_and_never_reads_it_as_a_template() {
    let problem = ListProblem::new(7, Some("緯度"), ProblemKind::NotANumber, &[("value", "{value}\n北緯")]);
    assert!(problem.message(Language::Ja).contains("「{value} 北緯」"), "{}", problem.message(Language::Ja));
    let long = ListProblem::new(7, None, ProblemKind::NotANumber, &[("value", &"あ".repeat(500))]);
    assert!(long.message(Language::En).chars().count() < 300);
}
