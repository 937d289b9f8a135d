//! Sheet selection: which sheets of a workbook are lists.
//!
//! Hidden sheets, examples and legends are skipped, each with a notice; the only sheet of a workbook is read whatever
//! its name. This module does no I/O.

use super::heading;
use crate::import::columns::HeadingTable;
use crate::import::file::CellSheet;
use crate::import::{ListProblem, ProblemKind};

/// Selects the sheets that are lists, and reports the skipped ones in `notices`.
pub fn with_data(sheets: Vec<CellSheet>, columns: &HeadingTable, notices: &mut Vec<ListProblem>) -> Vec<CellSheet> {
    let candidates: Vec<_> = sheets.into_iter().filter(|sheet| !sheet.rows.is_empty()).collect();
    let kinds: Vec<_> = candidates.iter().map(|sheet| reason_against(sheet, columns)).collect();
    let some_is_good = kinds.iter().any(Option::is_none);
    let mut chosen = Vec::new();
    for (sheet, reason) in candidates.into_iter().zip(kinds) {
        match reason {
            None => chosen.push(sheet),
            // A list that is only named 「見本」 is better than none; a sheet without headings is not.
            Some(kind) if !some_is_good && kind != ProblemKind::SheetWithoutHeadings => chosen.push(sheet),
            Some(kind) => {
                let name = sheet.name.as_deref().unwrap_or_default();
                notices.push(ListProblem::new(0, None, kind, &[("value", name)]));
            }
        }
    }
    chosen
}

/// The reason to skip `sheet`, if there is one.
fn reason_against(sheet: &CellSheet, columns: &HeadingTable) -> Option<ProblemKind> {
    let name: String = sheet.name.as_deref().unwrap_or_default().to_lowercase().split_whitespace().collect();
    if sheet.headed {
        None
    } else if heading::find(sheet, 0, columns).is_none() {
        Some(if is_legend(&name) { ProblemKind::LegendSheetSkipped } else { ProblemKind::SheetWithoutHeadings })
    } else if sheet.hidden {
        Some(ProblemKind::HiddenSheetSkipped)
    } else if is_example(&name) {
        Some(ProblemKind::ExampleSheetSkipped)
    } else if is_legend(&name) {
        Some(ProblemKind::LegendSheetSkipped)
    } else {
        None
    }
}

/// Whether a sheet called `name` holds examples.
fn is_example(name: &str) -> bool {
    let words = [
        "入力例",
        "記入例",
        "記載例",
        "作成例",
        "見本",
        "サンプル",
        "sample",
        "example",
        "(例)",
        "（例）",
        "【例】",
        "ひな形",
        "ひな型",
        "雛形",
        "テンプレート",
    ];
    name == "例" || words.iter().any(|word| name.contains(word))
}

/// Whether a sheet called `name` is a legend: instructions, or lists of allowed values.
fn is_legend(name: &str) -> bool {
    let words = [
        "凡例",
        "記入要領",
        "入力要領",
        "記載要領",
        "作成要領",
        "記入方法",
        "入力方法",
        "記入上",
        "入力規則",
        "入力ルール",
        "入力シートの説明",
        "使い方",
        "使用方法",
        "説明書",
        "留意事項",
        "注意事項",
        "はじめに",
        "お読みください",
        "コード表",
        "コード一覧",
        "コードリスト",
        "区分表",
        "分類表",
        "選択肢",
        "選択リスト",
        "プルダウン",
        "ドロップダウン",
        "マスタ",
        "master",
        "目次",
        "表紙",
        "更新履歴",
        "改訂履歴",
        "変更履歴",
        "改版履歴",
        "定義書",
        "項目定義",
        "データ項目",
        "項目説明",
        "readme",
    ];
    matches!(name, "説明" | "リスト" | "list" | "lists" | "設定" | "集計" | "メモ")
        || words.iter().any(|word| name.contains(word))
}
