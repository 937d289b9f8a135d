//! Further invented lists, as answers to forms, exports, flyers and text files hold them. No heading was added to any table for
//! them: composed headings, questions, parts of addresses and uniform lines are read by rule.

use super::unseen_lists::{UnseenList, assert_read, import};

const LISTS: &[UnseenList] = &[
    UnseenList(
        "answers to a form on the web: who sent them is nobody's place",
        "タイムスタンプ,メールアドレス,団体のお名前を教えてください,活動の場所を教えてください（会館名）,いつ活動していますか,参加費はかかりますか（金額）,公開してよい電話番号をご記入ください,記入された方のお名前\n\
         2026/10/01 9:12:33,x@example.jp,青葉おしゃべり会,青葉公民館,毎週水曜 10時,100円,0790-00-0001,轡田まさ\n\
         2026/10/02 9:12:33,y@example.jp,若草料理塾,若草公民館,第3土曜 9時,500円,0790-00-0002,鎗田進\n",
        &["若草料理塾", "青葉おしゃべり会"],
        0,
        &["青葉公民館", "毎週水曜 10時", "100円", "0790-00-0001"],
    ),
    UnseenList(
        "headings composed of a verb and a noun",
        "グループの名,あつまる会館,活動する日,はじまる時間,おわる時間,対象のかた,協力内容\n\
         青葉の会,青葉公民館,毎週金曜,10:00,11:30,おとな,草刈り\n若草の会,若草公民館,毎週月曜,13:00,15:00,親子,読み聞かせ\n",
        &["若草の会", "青葉の会"],
        0,
        &["青葉公民館", "毎週金曜", "10:00〜11:30", "おとな", "草刈り"],
    ),
    UnseenList(
        "an address in two columns, the second of numbers; weeks in a column of their own",
        "ID;サロン名称;会場〒;会場住所1;会場住所2;開催曜日;開催週;開始;終了;対象者区分\n\
         1;青葉サロン;667-0021;乙市青葉;1675;水;2,4;10:00;12:00;高齢者\n2;若草サロン;667-0111;乙市若草;402;金;全;13:30;15:30;どなたでも\n",
        &["若草サロン", "青葉サロン"],
        0,
        &["乙市青葉1675", "第2・4水 10:00〜12:00", "毎週金 13:30〜15:30", "高齢者"],
    ),
    UnseenList(
        "an address in parts that notes name",
        "事業所の名称,所在地（市区町村）,所在地（番地）,電話番号\n青葉の家,乙市,青葉町45,0790-00-0001\n若草の家,乙市,若草町120,0790-00-0002\n",
        &["若草の家", "青葉の家"],
        0,
        &["青葉町45"],
    ),
    UnseenList(
        "two things in one column, by a stroke and by lines",
        "愛称,正式名称,Tel./Fax.,所在地・電話窓口,備考\n\
         ぽかぽか,青葉ひろば,0790-00-0001／0790-00-0002,\"乙市青葉1-2\n0790-00-0003\",\nのびのび,若草ひろば,0790-00-0004／0790-00-0005,\"乙市若草3-4\n0790-00-0006\",\n",
        &["若草ひろば", "青葉ひろば"],
        0,
        &["\"fax\":\"0790-00-0002\"", "\"address\":\"乙市青葉1-2\""],
    ),
    UnseenList(
        "lines of text with strokes",
        "教室名／対象／曜日・時間／会場／費用\nヨガ教室／一般／毎週月曜 19:30〜21:00／青葉体育館／全10回4000円\n\
         卓球教室／60歳以上／毎週木曜 10:00〜11:30／若草体育館／1回200円\n親子ダンス／親子／第1土曜 10:00〜11:00／港体育館／1組500円\n",
        &["ヨガ教室", "卓球教室", "親子ダンス"],
        0,
        &["毎週月曜 19:30〜21:00", "青葉体育館", "全10回4000円"],
    ),
    UnseenList(
        "lines of text with spaces and no headings",
        "コーラスあかね　　青葉公民館　　毎週月曜 19:30～21:00\n詩吟の会　　　　　若草公民館　　第1・3水曜 13:30～15:30\n囲碁同好会　　　　港市民センター　　毎週日曜 13:00～17:00\n",
        &["コーラスあかね", "囲碁同好会", "詩吟の会"],
        0,
        &["\"venue\":\"青葉公民館\"", "毎週月曜 19:30～21:00"],
    ),
    UnseenList(
        "prices by who pays, under no word of money",
        "食堂の名前,開催日,会場,こども,おとな\n青葉食堂,第2金曜,青葉公民館,無料,300円\n若草食堂,第4金曜,若草公民館,100円,300円\n",
        &["若草食堂", "青葉食堂"],
        0,
        &["こども 無料、おとな 300円"],
    ),
    UnseenList(
        "romanised headings",
        "shisetsu_cd,shisetsu_mei,jusho,denwa_bango,kaikan_jikan,kyukan_bi,teiin\nA1,青葉会館,乙市青葉1,0790-00-0001,9:00-22:00,月曜,200\nA2,若草会館,乙市若草2,0790-00-0002,9:00-21:00,火曜,150\n",
        &["若草会館", "青葉会館"],
        0,
        &["9:00-22:00", "定休日: 月曜", "\"capacity\":\"200\"", "0790-00-0001"],
    ),
    UnseenList(
        "places beside each other below their names",
        "項目,広場A,広場B\n会場,青葉公民館,若草公民館\n日時,毎週月曜 10時,毎週火曜 10時\n電話,0790-00-0001,0790-00-0002\n",
        &["広場A", "広場B"],
        0,
        &["青葉公民館", "毎週火曜 10時", "0790-00-0002"],
    ),
    UnseenList(
        "days in one column, hours under a heading that says nothing of them",
        "開放施設,利用団体,利用日,利用区分,種目名\n青葉体育館,青葉バレー,毎週水曜,19:30～21:30,バレーボール\n若草体育館,若草卓球,毎週土曜,8:00～12:00,タッキュウ\n",
        &["若草卓球", "青葉バレー"],
        0,
        &["毎週水曜 19:30～21:30", "\"venue\":\"青葉体育館\"", "バレーボール"],
    ),
    UnseenList(
        "who does it and where they go: neither area nor contents name a place",
        "事業者名・店名,配食の内容,配達区域,配達曜日,注文先\n弁当あおば,普通食,市内全域,月～土,0790-00-0001\nいずみ工房,おかゆ,若草のみ,月～金,0790-00-0002\n",
        &["いずみ工房", "弁当あおば"],
        0,
        &["普通食", "市内全域", "0790-00-0001"],
    ),
];

#[test]
fn lists_of_offices_that_nobody_has_met_are_read() {
    assert_read(LISTS);
}

#[test]
fn who_sent_an_answer_stays_with_staff() {
    let read = import(LISTS[0].1);
    let facts: Vec<_> = read.sheets.iter().flat_map(|sheet| &sheet.entries).map(|place| &place.facts).collect();
    assert_eq!(facts.len(), 2);
    for facts in facts {
        assert_eq!(facts.contact.email, None);
        let person = facts.contact.person.as_ref().expect("who sent it is kept for staff");
        assert!(!person.public, "{person:?}");
    }
}

#[test]
fn lines_that_are_not_uniform_are_refused_with_what_to_do() {
    let read = import(
        "青葉の会 青葉公民館で歌っています\nとても楽しい会です\n月曜と たまに 火曜 にも あります\n電話は 役場へ\n",
    );
    assert_eq!(read.refused.map(|problem| problem.kind), Some(tsunagari::import::ProblemKind::NotATable));
}
