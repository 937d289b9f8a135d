//! A list of places and one of link workers in which every column and every free text gives somebody away.

use super::search::{Planted, Searched};
use super::writings::{Secret, Writing};

/// A column, what stands in it where nothing is planted, and whether a number may be planted there.
type Column = (&'static str, &'static str);

/// The columns of the list of places into which secrets are planted.
const PLACE_COLUMNS: [Column; 25] = [
    ("名称", "おしゃべりの会"),
    ("名称_かな", "おしゃべりのかい"),
    ("団体名", "いきいき会"),
    ("運営主体", "いきいき会"),
    ("会場", "集会所"),
    ("住所", ""),
    ("地区", ""),
    ("活動内容", "体操"),
    ("キーワード", "囲碁"),
    ("説明", "だれでもどうぞ"),
    ("開催日時", "毎週月曜 10:00〜12:00"),
    ("送迎", "あり"),
    ("駐車場", "あり"),
    ("配慮事項", "椅子あり"),
    ("アクセス", "駅から5分"),
    ("参加費", "無料"),
    ("持ち物", "飲み物"),
    ("対象", "どなたでも"),
    ("定員", "10人"),
    ("備考", ""),
    ("問い合わせ先", "公民館"),
    ("電話番号", "079-000-0000"),
    ("メール", ""),
    ("URL", ""),
    ("確認方法", "電話"),
];

/// The columns of persons, of which one is filled in each row.
const PERSON_COLUMNS: [&str; 4] = ["代表者", "担当者名", "責任者氏名", "世話人"];

/// The columns of the list of link workers into which secrets are planted.
const WORKER_COLUMNS: [Column; 9] = [
    ("役職", "民生委員"),
    ("所属", "社会福祉協議会"),
    ("所属電話", "079-000-0000"),
    ("所属住所", ""),
    ("URL", ""),
    ("受付時間", "平日 9:00〜17:00"),
    ("相談内容", "介護の相談"),
    ("備考", ""),
    ("担当地区", ""),
];

/// What stands around a secret: nothing, or a few words.
const AROUND: [[&str; 2]; 4] = [["", ""], ["会場は", "です"], ["※", "（要予約）"], ["", " へどうぞ"]];

/// Both lists as CSV, and what must be nowhere in public.
pub struct SecretLists {
    pub places: String,
    pub workers: String,
    pub searched: Searched,
}

/// Everything that is planted, of every person in turn; the same for the same `turn`.
fn writings(secret: &Secret) -> Vec<Writing> {
    let mut all = secret.names();
    all.extend(secret.mobiles());
    all.extend(secret.homes());
    all
}

/// `rows` places and a quarter as many link workers. Each row names a person of its own; in three of its columns, this person or
/// the one of another row is given away. Nothing is random: the writings, columns and contexts take turns.
pub fn generated(rows: usize, categories: &[&str]) -> SecretLists {
    let secrets: Vec<Secret> = (0..rows + rows / 4).map(Secret::of).collect();
    let mut searched = Searched::default();
    let mut places = csv::Writer::from_writer(Vec::new());
    let columns = PLACE_COLUMNS.iter().map(|(heading, _)| *heading);
    let own =
        ["分類", "代表者電話", "代表者ふりがな", "代表者住所", "確認日", "確認者", "同意日", "同意期限", "内部メモ"];
    places.write_record(columns.chain(PERSON_COLUMNS).chain(own)).unwrap();
    let mut turn = 0;
    for row in 0..rows {
        let mut cells: Vec<String> = PLACE_COLUMNS.iter().map(|(_, usual)| (*usual).to_owned()).collect();
        for plant in 0..3 {
            let person = if plant == 1 { (row + 13) % rows } else { row };
            let column = (row + plant * 8 + row / 25) % PLACE_COLUMNS.len();
            let place = ("places", row + 2, PLACE_COLUMNS[column].0);
            cells[column] = planted(&secrets[person], &mut turn, place, &mut searched);
        }
        let secret = &secrets[row];
        let persons =
            (0..PERSON_COLUMNS.len()).map(|at| if at == row % 4 { secret.in_column(row) } else { String::new() });
        cells.extend(persons);
        cells.extend(own_cells(secret, categories[row % categories.len()]));
        places.write_record(&cells).unwrap();
    }
    let workers = workers(&secrets[rows..], &secrets, &mut turn, &mut searched);
    let text = |writer: csv::Writer<Vec<u8>>| String::from_utf8(writer.into_inner().unwrap()).unwrap();
    SecretLists { places: text(places), workers: text(workers), searched }
}

/// The cells behind those into which something is planted: category, and what is private by its column.
fn own_cells(secret: &Secret, category: &str) -> Vec<String> {
    let [b, c] = &secret.mobile;
    vec![
        category.to_owned(),
        format!("090-{b}-{c}"),
        format!("{} {}", secret.kana[0], secret.kana[1]),
        secret.address.clone(),
        "2026-04-01".to_owned(),
        format!("{}{}", secret.family, secret.given),
        "2026-04-01".to_owned(),
        "2099-12-31".to_owned(),
        format!("{}{}の件", secret.family, secret.given),
    ]
}

fn workers(own: &[Secret], all: &[Secret], turn: &mut usize, searched: &mut Searched) -> csv::Writer<Vec<u8>> {
    let mut workers = csv::Writer::from_writer(Vec::new());
    let columns = WORKER_COLUMNS.iter().map(|(heading, _)| *heading);
    let private = ["氏名", "ふりがな", "携帯電話", "自宅電話", "自宅住所", "メール", "FAX", "内部メモ"];
    workers.write_record(columns.chain(private)).unwrap();
    for (row, secret) in own.iter().enumerate() {
        let mut cells: Vec<String> = WORKER_COLUMNS.iter().map(|(_, usual)| (*usual).to_owned()).collect();
        for plant in 0..2 {
            let column = (row + plant * 4 + row / 9) % WORKER_COLUMNS.len();
            let whose = if plant == 1 { &all[(row * 3 + 1) % all.len()] } else { secret };
            cells[column] = planted(whose, turn, ("workers", row + 2, WORKER_COLUMNS[column].0), searched);
        }
        let ([b, c], [hb, hc]) = (&secret.mobile, &secret.home);
        let name = secret.in_column(row);
        let kana = format!("{} {}", secret.kana[0], secret.kana[1]);
        let mail = format!("{}.{}@example.jp", secret.romaji[0], secret.romaji[1]);
        let (mobile, home) = (format!("090-{b}-{c}"), format!("079-{hb}-{hc}"));
        cells.extend([
            name,
            kana,
            mobile,
            home.clone(),
            secret.address.clone(),
            mail,
            home,
            format!("{}の件", secret.family),
        ]);
        workers.write_record(&cells).unwrap();
    }
    workers
}

/// The next writing in turn of `secret`, with words around it.
fn planted(
    secret: &Secret,
    turn: &mut usize,
    (list, row, column): (&'static str, usize, &'static str),
    searched: &mut Searched,
) -> String {
    let mut all = writings(secret);
    let writing = all.swap_remove(*turn % all.len());
    let [before, behind] = AROUND[*turn / 3 % AROUND.len()];
    *turn += 1;
    let text = format!("{before}{}{behind}", writing.text);
    searched.add(&writing.needle, Planted { list, row, column, label: writing.label, text: text.clone() });
    text
}
