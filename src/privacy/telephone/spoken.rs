//! Numbers whose digits are written out as words: 「ゼロキュウゼロ イチニサンヨン …」, "zero nine zero 1234 …". This module does no I/O.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::digits::digit;

/// What each digit is called, the longest words of one beginning first.
const WORDS: [(&str, char); 10] = [
    ("ゼロ ぜろ ｾﾞﾛ レイ れい ﾚｲ マル まる ﾏﾙ オー 〇 ○ ◯ zero Zero ZERO oh", '0'),
    ("イチ いち ｲﾁ ワン ﾜﾝ one One ONE", '1'),
    ("ニー ニイ にい ﾆｰ ツー ﾂｰ two Two TWO ニ に ﾆ", '2'),
    ("サン さん ｻﾝ スリー ｽﾘｰ three Three THREE", '3'),
    ("ヨン よん ﾖﾝ フォー ﾌｫｰ four Four FOUR シー シ し ｼ", '4'),
    ("ゴー ごお ｺﾞｰ ファイブ ﾌｧｲﾌﾞ five Five FIVE ゴ ご ｺﾞ", '5'),
    ("ロク ろく ﾛｸ シックス ｼｯｸｽ six Six SIX", '6'),
    ("ナナ なな ﾅﾅ シチ しち ｼﾁ セブン ｾﾌﾞﾝ seven Seven SEVEN", '7'),
    ("ハチ はち ﾊﾁ エイト ｴｲﾄ eight Eight EIGHT", '8'),
    ("キュウ キュー きゅう きゅー ｷｭｳ ｷｭｰ ナイン ﾅｲﾝ nine Nine NINE ク く ｸ", '9'),
];

/// How many words must follow each other: に and さん are words of every text.
const FEWEST_WORDS: usize = 3;

/// Most signs between two of them.
const MOST_SIGNS: usize = 3;

/// A word and the digit that it says.
struct NamedDigit {
    word: Vec<char>,
    digit: char,
}

/// The words with their digits, by their first character, the longest first.
static BY_FIRST: LazyLock<HashMap<char, Vec<NamedDigit>>> = LazyLock::new(|| {
    let mut named: HashMap<char, Vec<NamedDigit>> = HashMap::new();
    for (word, digit) in WORDS.iter().flat_map(|(words, digit)| words.split(' ').map(move |word| (word, *digit))) {
        let word: Vec<char> = word.chars().collect();
        named.entry(word[0]).or_default().push(NamedDigit { word, digit });
    }
    for words in named.values_mut() {
        words.sort_by_key(|named| usize::MAX - named.word.len());
    }
    named
});

/// A text with digits in place of words for them.
pub(super) struct DigitText {
    /// Its characters.
    pub(super) chars: Vec<char>,
    /// Where each of them, and the end, stands in the text as written.
    written_at: Vec<usize>,
}

impl DigitText {
    /// `chars` with digits in place of the words for them; `None` where no words for digits follow each other.
    pub(super) fn of(chars: &[char]) -> Option<Self> {
        let runs = runs_in(chars);
        if runs.is_empty() {
            return None;
        }
        let (mut read, mut written_at, mut at) = (Vec::with_capacity(chars.len()), Vec::new(), 0);
        let mut words = runs.into_iter().flatten().peekable();
        while at < chars.len() {
            let word = words.next_if(|word| word.start == at);
            read.push(word.map_or(chars[at], |word| word.digit));
            written_at.push(at);
            at = word.map_or(at + 1, |word| word.end);
        }
        written_at.push(chars.len());
        Some(Self { chars: read, written_at })
    }

    /// A range of its characters in the text as written.
    pub(super) fn written(&self, (start, end): (usize, usize)) -> (usize, usize) {
        (self.written_at[start], self.written_at[end])
    }
}

/// A word for a digit, as a half-open range of character positions.
#[derive(Clone, Copy)]
struct DigitWord {
    start: usize,
    end: usize,
    digit: char,
}

/// The runs of words for digits, with digits and a few signs between them.
fn runs_in(chars: &[char]) -> Vec<Vec<DigitWord>> {
    let (mut runs, mut run, mut at, mut signs) = (Vec::new(), Vec::new(), 0, 0);
    while at < chars.len() {
        if let Some(word) = word_at(chars, at) {
            run.push(word);
            (at, signs) = (word.end, 0);
            continue;
        }
        let is_digit = digit(chars[at]).is_some();
        signs = if is_digit { 0 } else { signs + 1 };
        if signs > MOST_SIGNS || chars[at].is_alphabetic() && !is_digit && !matches!(chars[at], 'の' | 'ー' | 'ｰ') {
            close(&mut run, &mut runs);
        }
        at += 1;
    }
    close(&mut run, &mut runs);
    runs
}

fn close(run: &mut Vec<DigitWord>, runs: &mut Vec<Vec<DigitWord>>) {
    let words = std::mem::take(run);
    if words.len() >= FEWEST_WORDS {
        runs.push(words);
    }
}

fn word_at(chars: &[char], at: usize) -> Option<DigitWord> {
    // The longest word, unless only a shorter one leaves something that can follow: ニイチ is ニ and イチ, not ニイ and a rest.
    let goes_on = |named: &&NamedDigit| can_follow(chars, at + named.word.len());
    let named = words_at(chars, at).find(goes_on).or_else(|| words_at(chars, at).next())?;
    let end = at + named.word.len();
    // "phone" holds "one".
    let is_roman = |at: Option<usize>| at.and_then(|at| chars.get(at)).is_some_and(char::is_ascii_alphabetic);
    let is_within = is_roman(Some(at)) && (is_roman(at.checked_sub(1)) || is_roman(Some(end)));
    (!is_within).then_some(DigitWord { start: at, end, digit: named.digit })
}

/// The words for digits that begin at `at`, the longest first.
fn words_at(chars: &[char], at: usize) -> impl Iterator<Item = &'static NamedDigit> {
    let words = chars.get(at).and_then(|first| BY_FIRST.get(first)).into_iter().flatten();
    words.filter(move |named| chars[at..].starts_with(&named.word))
}

/// Whether what stands at `at` can follow a word for a digit: another one, a digit, a sign, or the end.
fn can_follow(chars: &[char], at: usize) -> bool {
    let Some(&next) = chars.get(at) else { return true };
    !next.is_alphabetic() || digit(next).is_some() || words_at(chars, at).next().is_some()
}

#[cfg(test)]
mod tests {
    use crate::privacy::telephone::without_own_telephones;

    #[test]
    fn a_mobile_number_in_words_is_cut_out() {
        for number in [
            "ゼロキュウゼロ イチニサンヨン ゴロクナナハチ",
            "ゼロハチゼロの1234の5678",
            "ぜろきゅうぜろ いちにさんよん ごろくしちはち",
            "れいきゅうれい、いちにさんよん、ごろくななはち",
            "マルキュウマル－１２３４－５６７８",
            "ｾﾞﾛｷｭｳｾﾞﾛ 1234 5678",
            "zero nine zero 1234 5678",
            "Zero-Eight-Zero one two three four five six seven eight",
            "0キュウ0イチニーサンヨン5678",
            "〇キュー〇の1234の5678",
            "ゼロキュウゼロ ヨンサンナナキュウ ヨンサンニイチ",
            "れいきゅうれい ごにしちろく にいちれいに",
            "ゼロ・キュー・ゼロ・イチ・ニ・サン・ヨン・ゴ・ロク・ナナ・ハチ",
        ] {
            assert_eq!(without_own_telephones(&format!("携帯は{number}です")), "携帯はです", "{number}");
        }
    }

    #[test]
    fn words_that_hold_digits_stay() {
        for text in [
            "ゼロから始めるスマホ教室",
            "イチゴとサンゴとハチミツ",
            "いちにのさんで体操",
            "ワンツースリー体操 10:00〜12:00",
            "ゴミゼロ運動 5月30日",
            "にこにこさんさんロクナナ会",
            "one two three 体操",
            "いちにさんしごろくしちはち体操",
        ] {
            assert_eq!(without_own_telephones(text), text);
        }
    }
}
