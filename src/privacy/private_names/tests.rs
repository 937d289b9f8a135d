use super::*;
use crate::model::Audience;

fn entry(name: &str, kana: &str) -> LinkWorker {
    LinkWorker {
        person: Some(Person { name: name.to_owned(), public: false }),
        person_kana: Some(kana.to_owned()),
        person_phones: vec!["079-662-7777".to_owned()],
        audience: Audience::LinkWorkers,
        ..LinkWorker::default()
    }
}

fn directory() -> PrivateNames {
    PrivateNames::of(&[
        entry("秘密 花子", "ひみつ はなこ"),
        entry("森 愛", "もり あい"),
        entry("大屋六郎", "おおやろくろう"),
    ])
}

#[test]
fn whoever_names_somebody_of_the_directory_is_heard() {
    for text in [
        "不在時は秘密さんへ",
        "秘密氏と分担",
        "秘密様",
        "秘密先生に相談",
        "秘密（花子）まで",
        "副（花子）",
        "花子ちゃんの会",
        "ヒミツ ハナコ",
        "ﾋﾐﾂさんへ",
        "森 愛",
        "森愛に電話",
        "森さん",
        "大屋さんと",
        "大屋 六郎",
        "おおやろくろう",
        "夜は079-662-7777",
        "夜は０７９（６６２）７７７７",
        "夜は662 7777",
        "hanako@example.jp",
        "ｈａｎａｋｏ＠ｅｘａｍｐｌｅ．ｊｐ",
        "hanako(at)example.jp",
        "自宅 079-660-0001",
        "自宅電話：0796-60-0001",
        "携帯番号は 12-345-678",
        "けいたい１２３４５６７８",
        "LINE ID hanako55",
        "LINE：@hanako",
        "https://www.instagram.com/hanako55/",
        "受付は秘密の自宅で",
        "秘密家",
        "秘密夫妻",
    ] {
        assert!(directory().are_hinted_at_in(text), "{text}");
    }
}

#[test]
fn an_office_whose_number_ends_like_a_mobile_is_not_a_person_s() {
    let worker =
        LinkWorker { person_phones: vec!["090-0000-4006".to_owned()], ..entry("見本 太郎", "みほん たろう") };
    let directory = PrivateNames::of(&[worker]);
    assert!(!directory.are_hinted_at_in("電話は079-000-4006へ"));
    assert!(directory.are_hinted_at_in("電話は09000004006へ"));
}

#[test]
fn ordinary_words_and_an_office_s_number_name_nobody() {
    for text in [
        "お子さんの相談",
        "皆さんお気軽に",
        "大屋地区",
        "大屋まで送迎",
        "森の会",
        "秘密は守ります",
        "自宅訪問 13:30〜15:00",
        "自宅へ 2回",
        "八鹿支所 079-662-3333",
        "毎月第2・4木曜 9:00〜12:00",
        "@で始まる",
        "いのちのホットライン 0120-000-000",
        "オンライン相談は zoom で",
        "公式LINEで受付",
    ] {
        assert!(!directory().are_hinted_at_in(text), "{text}");
    }
}

#[test]
fn a_full_name_in_roman_letters_is_found_in_addresses_and_texts() {
    let directory = PrivateNames::of(&[entry("大塚 純一", "おおつか じゅんいち")]);
    for text in ["ohtsuka_junichi@example.jp", "https://example.jp/~junichiotsuka55/", "連絡は otsuka-junichi まで"]
    {
        assert!(directory.are_in_address(text), "{text}");
    }
    for text in ["otsuka-salon@example.jp", "info@example.jp", "囲碁"] {
        assert!(!directory.are_in_address(text), "{text}");
    }
}

#[test]
fn a_family_name_that_ends_like_a_role_of_one_character_is_a_name() {
    let directory = PrivateNames::of(&[entry("鬼頭 花子", ""), entry("江頭太郎", "")]);
    for text in ["鬼頭花子", "鬼頭 花子の畑", "鬼頭さん", "江頭太郎", "江頭家", "江頭様"] {
        assert!(directory.are_named_in(text), "{text}");
    }
}

#[test]
fn a_percent_encoded_name_is_heard_however_often_it_is_encoded() {
    let encoded = |text: &str| text.bytes().map(|byte| format!("%{byte:02x}")).collect::<Vec<_>>().concat();
    for secret in
        ["秘密花子", "秘密　花子", "秘密さん", "ひみつはなこ", "079-662-7777", "hanako@example.jp", "090-1111-2222"]
    {
        let once = encoded(secret);
        for text in [
            format!("https://example.jp/{once}/ へどうぞ"),
            format!("https://example.jp/?q={once}"),
            format!("https://example.jp/?to={}", encoded(&once)),
        ] {
            assert!(directory().are_hinted_at_in(&text), "{secret}: {text}");
        }
    }
    for harmless in ["見守り", "介護の相談", "100%オフ", "民生委員"] {
        let text = format!("https://example.jp/{}/ 50%", encoded(harmless));
        assert!(!directory().are_hinted_at_in(&text), "{text}");
    }
}
