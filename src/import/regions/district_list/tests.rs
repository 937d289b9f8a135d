use super::*;

fn read(text: &str) -> Result<Vec<District>, ListProblem> {
    districts(text.as_bytes(), &ReadingLimits::default())
}

/// Each district as `id|name|kana|former town|大字`.
fn lines(text: &str) -> Vec<String> {
    let line = |it: District| {
        let part = |text: Option<String>| text.unwrap_or_default();
        [it.id.0, it.name, part(it.kana), part(it.former_town), it.towns.join("+")].join("|")
    };
    read(text).unwrap_or_else(|problem| panic!("{text}: {problem:?}")).into_iter().map(line).collect()
}

#[test]
fn a_list_of_districts_is_read_however_much_it_says() {
    assert_eq!(lines("name\n北\n南\n"), ["北|北|||", "南|南|||"]);
    assert_eq!(lines("地区名,よみ\n北地区,キタチク\n"), ["北地区|北地区|きたちく||"]);
    assert_eq!(
        lines("name,kana,former_town,大字\n伊佐,いさ,八木町,坂本;浅間\n小佐,,八木町,\n"),
        ["伊佐|伊佐|いさ|八木町|坂本+浅間", "小佐|小佐||八木町|"]
    );
    assert_eq!(
        lines("令和8年度 地区一覧\n\n旧町,地区,大字\n八木町,伊佐,坂本\n八木町,伊佐,浅間\n大谷町,伊佐,糸原\n"),
        ["八木町伊佐|伊佐||八木町|坂本+浅間", "大谷町伊佐|伊佐||大谷町|糸原"]
    );
    assert_eq!(
        lines("コード,校区\nA_01,第一小学校区\nA_02,第二小学校区\n"),
        ["a-01|第一小学校区|||", "a-02|第二小学校区|||"]
    );
    assert_eq!(lines("島\t町名\n大島\t港、浜\n"), ["大島|大島|||港+浜"]);
}

#[test]
fn what_is_no_list_of_districts_is_refused() {
    for text in ["これは表ではありません", "名称ではない,列\n1,2\n", "", "大字,緯度,経度\n国木,35.4,134.7\n", "name\n"]
    {
        let problem = read(text).unwrap_err();
        let known = [ProblemKind::DistrictListUnreadable, ProblemKind::EmptyFile];
        assert!(known.contains(&problem.kind), "{text}: {problem:?}");
    }
}
