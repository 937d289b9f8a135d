//! Lists from which a person, a number or a home once became public, or from which something vanished that is nobody's.

use super::*;

/// Below a heading of a group that is not for everybody nothing is, whether the group is merged, last, narrow or under a title.
#[test]
fn what_stands_below_a_group_that_is_not_public_is_for_staff_only() {
    for group in [
        "非公開",
        "非公開情報",
        "内部用",
        "職員用（非公開）",
        "支援者のみ",
        "公開しない項目",
        "連絡先（非公開）",
        "公開×",
    ] {
        let below =
            "サロン名,会場,開催日時,備考,電話,住所,参加費\nA会,公民館,毎週月曜,持病あり,079-111-2222,広谷999,秘密円\n";
        for above in [
            format!("公開情報,,,{group},,,\n"),
            format!(",,,{group},,,\n"),
            format!("サロン一覧（2026年度）,,,{group},,,\n"),
            format!("公開,公開,公開,{group},{group},{group},{group}\n"),
        ] {
            let text = format!("{above}{below}");
            let shown = public(&text);
            assert_eq!(
                (shown.len(), shown[0].name.as_str(), shown[0].venue.as_deref()),
                (1, "A会", Some("公民館")),
                "{text}"
            );
            let shown = format!("{shown:?}");
            for secret in ["持病", "2222", "999", "秘密円"] {
                assert!(!shown.contains(secret), "{text}{shown}");
            }
            assert!(format!("{:?}", places(&text)).contains("持病あり"), "{text}");
        }
    }
}

#[test]
fn a_merged_group_that_is_not_public_closes_its_columns_and_no_others() {
    use rust_xlsxwriter::{Format, Workbook};
    for last in [4, 3] {
        let mut workbook = Workbook::new();
        let sheet = workbook.add_worksheet();
        sheet.merge_range(0, 0, 0, 2, "公開情報", &Format::new()).unwrap();
        match last {
            4 => drop(sheet.merge_range(0, 3, 0, 4, "非公開", &Format::new()).unwrap()),
            _ => drop(sheet.write(0, 3, "非公開").unwrap()),
        }
        sheet.write_row(1, 0, ["サロン名", "会場", "参加費", "備考", "電話"]).unwrap();
        sheet.write_row(2, 0, ["A会", "公民館", "100円", "持病あり", "079-111-2222"]).unwrap();
        let import = import(&workbook.save_to_buffer().unwrap());
        let facts = &import.sheets[0].entries[0].facts;
        assert_eq!((facts.cost.as_deref(), facts.venue.as_deref()), (Some("100円"), Some("公民館")));
        assert_eq!((facts.note.as_deref(), facts.contact.phone.as_deref()), (None, None));
        assert_eq!(facts.extra.get("非公開_備考").map(String::as_str), Some("持病あり"));
    }
}

#[test]
fn a_row_whose_audience_stands_below_a_closed_group_is_still_kept_from_the_public() {
    let text = "公開情報,,非公開,\nサロン名,会場,掲載可否,備考\nA会,公民館,×,い\nB会,集会所,○,ろ\n";
    let shown: Vec<_> = public(text).into_iter().map(|facts| facts.name).collect();
    assert_eq!(shown, ["B会"]);
}

#[test]
fn a_mobile_number_in_any_writing_is_private_under_a_heading_of_telephones_and_in_remarks() {
    for (number, rest) in [
        ("090-1234-5671", ""),
        ("060-1234-5672", ""),
        ("+81 90 1234 5673", ""),
        ("090.1234.5674", ""),
        ("〇九〇ー一二三四ー五六七五", ""),
        ("090/1234/5676", ""),
        ("90-1234-5677", ""),
        ("⓪⑨⓪-①②③④-⑤⑥⑦⑧", ""),
        ("090~1234~5679", ""),
        ("9012345670", ""),
        ("+81(0)90-1234-5670", ""),
        ("０９０・１２３４・５６７０", ""),
        ("٠٩٠-١٢٣٤-٥٦٧٠", ""),
        ("090-1234-567", ""),
        ("079-662-0001（会長宅）", ""),
        ("079-662-0002 / ○九○-一二三四-五六七八", "079-662-0002"),
    ] {
        for heading in ["電話", "FAX", "問合せ先"] {
            let text = format!("サロン名,会場,{heading},備考\nA会,広谷公民館,{number},連絡は {number} へ\n");
            let facts = &public(&text)[0];
            let contact = &facts.contact;
            let shown = contact.phone.as_deref().or(contact.fax.as_deref()).unwrap_or_default();
            assert_eq!(shown, rest, "{heading}: {number}");
            if number != "090-1234-567" {
                let note = facts.note.as_deref().unwrap_or_default();
                let last: String = number.chars().rev().filter(|c| c.is_numeric()).take(4).collect();
                let written: String = note.chars().rev().filter(|c| c.is_numeric()).collect();
                assert!(!written.contains(&last), "{heading}: {number}: {note}");
            }
            let kept = places(&text)[0].contact.person_phone.clone();
            assert!(kept.is_some(), "{heading}: {number}");
        }
    }
}

#[test]
fn an_office_s_number_stays_public_in_any_writing() {
    for number in [
        "079-662-0160",
        "０７９（６６２）０１６０",
        "0796620160",
        "+81-79-662-0160",
        "079.662.0160",
        "0120-123-456",
        "0800-123-4567",
        "050-1234-5678",
        "平日:079-662-0160;土日:079-662-0161",
        "079-662-0160（平日の日中に限る）",
        "079-662-0160（内線 12）",
        "直通 079-662-0160",
        "夜間・休日 079-662-0160",
    ] {
        let text = format!("サロン名,会場,電話\nA会,広谷公民館,{number}\n");
        let contact = &public(&text)[0].contact;
        let digits = |text: &str| text.chars().filter(|c| c.is_numeric()).collect::<String>();
        assert_eq!(contact.phone.as_deref().map(digits), Some(digits(number)), "{number}");
    }
}

/// Asserts that nothing of `text` that holds one of `secrets` is public, and that all of `open` is.
fn assert_public(text: &str, secrets: &[&str], open: &[&str]) {
    let shown = format!("{:?}", public(text));
    for secret in secrets {
        assert!(!shown.contains(secret), "{secret} of {text} is public: {shown}");
    }
    for word in open {
        assert!(shown.contains(word), "{word} of {text} is not public: {shown}");
    }
}

#[test]
fn a_role_in_a_column_of_persons_takes_no_other_words_away() {
    assert_public(
        "サロン名,会場,代表者,備考\nA会,広谷公民館,自治会長 山田太郎,自治会長会の集会所\n",
        &["山田", "太郎"],
        &["自治会長会の集会所"],
    );
    assert_public("サロン名,会場,代表者,備考\nA会,広谷公民館,加保区長,加保の集会所です\n", &[], &["A会"]);
}

#[test]
fn a_value_of_a_column_of_persons_is_private_in_every_field_of_every_row() {
    assert_public(
        "団体名,運営主体,会場,代表者,備考,URL,メール\n\
         楠瀬千代松,楠瀬千代松,楠瀬千代松宅,楠瀬 千代松,,,\n\
         A会,社会福祉協議会,広谷公民館,見田 花子,雨天時は楠瀬千代松まで,https://example.jp/%E8%A6%8B%E7%94%B0%E8%8A%B1%E5%AD%90,\n\
         B会,楠瀬 千代松,楠瀬邸,,花子さんも来ます,,\n\
         C会,社会福祉協議会,伊佐公民館,山田 はなこ,,,hanako-yamada@example.jp\n",
        &["楠瀬", "千代松", "見田", "%E8%A6%8B", "花子さん", "yamada"],
        &["A会", "B会", "C会", "広谷公民館", "伊佐公民館", "社会福祉協議会"],
    );
}

#[test]
fn a_person_beside_a_group_is_cut_off_and_the_group_stays_public() {
    for name in [
        "ひだまり会（代表 楠瀬ゑみ）",
        "ひだまり会（会長：楠瀬）",
        "ひだまり会(会計・楠瀬)",
        "ひだまり会（担当　楠瀬さん）",
        "ひだまり会（世話人　楠瀬 ゑみ）",
    ] {
        let text = format!("サロン名,区分,会場,連絡先\n{name},サロン,広谷公民館,{name}\n");
        assert_public(&text, &["楠瀬", "ゑみ"], &["ひだまり会", "広谷公民館"]);
        assert_eq!(places(&text)[0].name, "ひだまり会", "{name}");
    }
}

#[test]
fn homes_are_private_whatever_the_column() {
    for (venue, address, secret) in [
        ("楠瀬様方", "養父市広谷123", "楠瀬"),
        ("集会室", "養父市広谷123番地 楠瀬方", "楠瀬"),
        ("集会室", "養父市広谷123（楠瀬宅）", "楠瀬"),
        ("楠瀬邸", "養父市広谷123", "123"),
        ("会長宅", "養父市広谷123", "123"),
        ("自宅", "養父市広谷123", "123"),
        ("楠瀬さん宅", "養父市広谷123", "123"),
    ] {
        let text = format!("サロン名,会場,住所,備考\nA会,{venue},{address},{venue}に集合。駐車場あり\n");
        assert_public(&text, &[secret, "番地"], &["A会"]);
    }
    assert_public(
        "サロン名,会場,住所,備考\nA会,市営住宅集会所,養父市広谷123,在宅の方も。三宅公民館の隣\n",
        &[],
        &["市営住宅集会所", "養父市広谷123", "在宅の方も。三宅公民館の隣"],
    );
}

#[test]
fn who_is_listed_under_a_role_that_is_a_person_is_a_private_person() {
    for text in [
        "名称,種別,住所,電話\n見田 花子,家庭福祉員,養父市広谷123,079-662-0001\n",
        "名称,種別,住所,電話\n家庭的保育者 見田花子,保育,養父市広谷123,079-662-0001\n",
        "名称,種別,住所,電話\n見田花子（個人立）,保育,養父市広谷123,079-662-0001\n",
        "家庭福祉員名,住所,電話\n見田 花子,養父市広谷123,079-662-0001\n",
    ] {
        let shown = format!("{:?}", public(text));
        assert!(!["見田", "花子", "123", "0001"].iter().any(|secret| shown.contains(secret)), "{text}: {shown}");
    }
    assert_public(
        "名称,種別,住所,電話\nひまわり保育室,家庭的保育事業,養父市広谷123,079-662-0001\n",
        &[],
        &["ひまわり保育室", "079-662-0001"],
    );
}

#[test]
fn how_a_place_was_confirmed_is_public_as_known_words_only() {
    for (how, shown) in [("電話", true), ("電話・訪問", true), ("楠瀬秀夫が電話", false), ("代表に確認", false)]
    {
        let sheets = import(format!("サロン名,会場,確認日,確認方法\nA会,公民館,2026-04-01,{how}\n").as_bytes()).sheets;
        let place = sheets.into_iter().flat_map(|sheet| sheet.entries).next().unwrap();
        let place = Place {
            id: PlaceId("a".into()),
            facts: place.facts,
            source: place.source,
            verification: place.verification,
        };
        let seen = redact(&place, Audience::Public, &categories(), &DistrictTable::default(), &PrivateNames::default());
        let seen_how = seen.unwrap().verification.unwrap().how;
        assert_eq!(seen_how.is_some(), shown, "{how}");
    }
}

#[test]
fn persons_in_texts_are_reported_once_per_column_with_their_rows() {
    let text = "サロン名,会場,備考\nA会,公民館,会長 楠瀬千代松まで\nB会,公民館,雨天中止\nC会,公民館,楠瀬さんに電話\n";
    let found = problems(text, ProblemKind::PersonInText);
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].column.as_deref(), Some("備考"));
    assert!(found[0].message(tsunagari::model::Language::Ja).contains("2 行（2, 4 行目）"), "{found:?}");
}

#[test]
fn thousands_of_persons_in_one_cell_are_private_and_take_no_gigabytes() {
    let names: Vec<String> = ('\u{5dfe}'..'\u{6dfe}').step_by(2).map(|c| format!("一{c}")).collect();
    for separator in [" ", "、", ""] {
        let text =
            format!("サロン名,代表者,備考\nひだまり会,{},{}まで\n", names.join(separator), names[names.len() - 1]);
        let seen = public(&text);
        assert_eq!(seen[0].contact.person, None);
        if !separator.is_empty() {
            assert_eq!(seen[0].note, None, "the last of them, too: {separator:?}");
        }
    }
}

#[test]
fn a_full_name_is_no_group_and_a_group_is_no_person() {
    for (heading, value, is_public) in [
        ("主催", "山田 太郎", false),
        ("主催", "山田太郎", false),
        ("主催", "山田さん", false),
        ("主催", "鴫原さん", false),
        ("団体名", "佐藤 花子", false),
        ("主催", "山田商店", true),
        ("主催", "養父市社会福祉協議会", true),
        ("主催", "大谷自治会", true),
        ("主催", "NPO法人 花子の家", true),
    ] {
        let seen = public(&format!("サロン名,{heading},開催日時\nひだまり会,{value},毎週月曜\n"));
        assert_eq!(seen[0].organization.is_some(), is_public, "{heading} {value}: {:?}", seen[0].organization);
    }
}

#[test]
fn a_title_before_a_rare_family_name_is_private_in_a_remark() {
    for note in ["代表 鴫原", "会長　楠瀬", "世話人　目黒", "責任者 小椋", "お問合せ：代表　鴫原", "班長 薬袋"]
    {
        let seen = public(&format!("サロン名,備考\nひだまり会,{note}\nA会,雨天中止\nB会,屋外です\nC会,予約不要\n"));
        assert_eq!(seen[0].note, None, "{note}");
    }
    for note in ["山田会長まで", "佐藤代表に電話", "鈴木世話人", "山田先生が来ます", "鴫原先生の日は休み"]
    {
        let seen = public(&format!("サロン名,備考\nひだまり会,{note}\nA会,雨天中止\nB会,屋外です\nC会,予約不要\n"));
        assert_eq!(seen[0].note, None, "{note}");
    }
    for note in ["代表 電話", "会長 不在", "責任者 当番制", "代表 会員", "班長 輪番", "代表 未定"]
    {
        let seen = public(&format!("サロン名,備考\nひだまり会,{note}\nA会,雨天中止\nB会,屋外です\nC会,予約不要\n"));
        assert_eq!(seen[0].note.as_deref(), Some(note));
    }
}

#[test]
fn katakana_far_from_the_name_is_no_reading_of_it() {
    let rows = "ひだまり会,毎週月曜,グエン ティ ラン\nこもれび会,毎週火曜,マリア・サントス\n囲碁の会,毎週水曜,ハチヤ\n";
    let seen = public(&format!("サロン名,開催日時,鍵当番\n{rows}"));
    assert!(seen.iter().all(|facts| facts.kana.is_none()), "{seen:?}");
}

#[test]
fn a_rare_family_name_in_a_sentence_is_private_and_what_groups_do_is_not() {
    let note = |text: &str| {
        let list = format!("サロン名,会場,備考\nひだまり会,広谷公民館,\"{text}\"\nA会,,雨天中止\nB会,,屋外です\n");
        public(&list).remove(0).note
    };
    for text in [
        "担当が鵜木に変わりました",
        "会長は犬童から百々へ引き継ぎ",
        "鵜木が会費を集めに伺います",
        "会計を鵜木が兼務",
        "送迎は鵜木の長女が運転",
        "鵜木（82歳）が現役講師",
        "鵜木、犬童の2人が担当",
        "元校長の鵜木が論語を読みます",
        "世話人の鵜木に電話",
        "休むときは鵜木に一報",
        "鵜木リーダーに連絡",
        "今年の当番は鵜木",
        "代表鵜木",
        "いぬどうさんまで電話",
        "イヌドウさんへ連絡",
        "G. Kuramochi まで電話",
        "高橋（0790-00-0001）",
        "問合せ kuramochi_k@ezweb.ne.jp",
    ] {
        assert_eq!(note(text), None, "{text}");
    }
    for text in [
        "担当が民生委員に変わりました",
        "会場は公民館から集会所へ変更",
        "地元の農家が野菜を届けます",
        "会計を役員が兼務",
        "高齢者（65歳以上）が対象",
        "男性、女性の2人が講師",
        "世話人に電話",
        "休むときは窓口に一報",
        "健康リーダーに連絡",
        "今年の当番は三組",
        "おとなりさんへ声をかけて集合",
        "筆耕：毛筆",
        "連絡 不要",
    ] {
        assert_eq!(note(text).as_deref(), Some(text));
    }
}

/// Where a list says in other ways than by a column of persons that a name is somebody's.
#[test]
fn a_family_where_nothing_but_its_name_stands_is_private() {
    assert_public(
        "サロン名,会場,日時\nA会,小西,毎週月曜\nB会,小西の家,毎週火曜\nC会,しもじ宅 離れ,毎週水曜\n",
        &["小西", "しもじ"],
        &["A会", "B会", "C会"],
    );
    assert_public(
        "サロン名,会場,地区\nA会,小西,小西\nB会,山の家,大山\nC会,青年の家,大山\nD会,若竹の家,竹下\n",
        &[],
        &["小西", "山の家", "青年の家", "若竹の家"],
    );
    assert_public(
        "サロン名,会場,日時\nA会,球場,土曜 鑓水コーチ\nB会,会館,水曜（ふみさん）\n",
        &["鑓水", "ふみさん"],
        &["球場", "会館"],
    );
    assert_public(
        "サロン名,会場,備考\nA会,会館,看護師新納\nB会,会館,担当コーチ 仁科\nC会,会館,鑓水ばあちゃんの煮物\nD会,会館,奥さん（ふさ江）が店番\n",
        &["新納", "仁科", "鑓水", "ふさ江"],
        &[],
    );
    assert_public(
        "サロン名,会場,備考\nA会,会館,野球コーチ募集中\nB会,会館,看護師が同席\nC会,会館,うさぎさんのお面\n",
        &[],
        &["野球コーチ募集中", "看護師が同席", "うさぎさんのお面"],
    );
}

#[test]
fn a_part_of_the_town_behind_a_role_in_a_name_stays() {
    assert_eq!(public("サロン名,会場\n畑の先生（小西）,小西の畑\n")[0].name, "畑の先生（小西）");
}

#[test]
fn a_column_of_persons_that_is_not_read_keeps_its_names_from_every_field() {
    assert_public(
        "サロン名,会場,運転手,開催日時\n号,広谷公民館,木場・仲村渠,8時から（木場は午後のみ）\n",
        &["木場"],
        &["広谷公民館"],
    );
}

/// A common word of the names of places beside a role is the place that is called so, and no person.
#[test]
fn a_place_that_is_called_by_the_word_beside_a_role_keeps_its_name() {
    assert_public("名称,担当者\n相談室あけぼの,あけぼの 生活相談員\n", &[], &["相談室あけぼの"]);
}
