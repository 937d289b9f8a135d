//! An invented population of the sample city's towns, in the form that the government recommends, marked as invented.
//!
//! Weights make towns and ages unlike each other; whole people are shared out by largest remainders, so that the sum is what it is
//! said to be.

use std::error::Error;

use super::Rows;

/// People of the sample city.
const PEOPLE: u32 = 22_000;

/// How many people of each class of five years there are in a hundred and fifty or so, as in a town that grows old.
const CLASSES: [u32; 18] = [4, 5, 6, 6, 4, 5, 6, 7, 8, 9, 10, 10, 11, 13, 15, 12, 10, 14];

/// The table of the population by town.
///
/// # Errors
///
/// If a character cannot be written in `Shift_JIS`.
pub fn table(towns: &Rows) -> Result<Vec<u8>, Box<dyn Error>> {
    let names: Vec<&str> = towns.iter().skip(1).map(|row| row[0].as_str()).collect();
    let weights: Vec<u32> = names.iter().enumerate().map(|(at, name)| town_weight(at, name)).collect();
    let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(Vec::new());
    writer.write_record(heading())?;
    for ((at, name), people) in names.iter().enumerate().zip(shared_out(PEOPLE, &weights)) {
        writer.write_record(row(at, name, people))?;
    }
    let text = String::from_utf8(writer.into_inner()?)?;
    let (bytes, _, lost) = encoding_rs::SHIFT_JIS.encode(&text);
    if lost { Err("towns.csv: a character cannot be written in Shift_JIS".into()) } else { Ok(bytes.into_owned()) }
}

fn heading() -> Vec<String> {
    let first = [
        "都道府県コード又は市区町村コード",
        "地域コード",
        "都道府県名",
        "市区町村名",
        "調査年月日",
        "地域名",
        "総人口",
        "男性",
        "女性",
    ];
    let class = |at: usize| if at == 17 { "85歳以上".to_owned() } else { format!("{}-{}歳", at * 5, at * 5 + 4) };
    let ages = (0..18).flat_map(|at| ["男性", "女性"].map(|sex| format!("{}の{sex}", class(at))));
    first.map(str::to_owned).into_iter().chain(ages).chain(["世帯数".to_owned(), "備考".to_owned()]).collect()
}

fn row(at: usize, name: &str, people: u32) -> Vec<String> {
    // Women live longer; towns differ a little.
    let weight = |class: usize, woman: usize| {
        let older = if class > 14 { 4 * woman } else { 0 };
        (CLASSES[class] * 10 + u32::try_from(scattered(at * 37 + class) % 30).unwrap_or(0))
            * (10 + u32::try_from(older).unwrap_or(0))
            / 10
    };
    let weights: Vec<u32> = (0..36).map(|cell| weight(cell / 2, cell % 2)).collect();
    let cells = shared_out(people, &weights);
    let of_sex = |sex: usize| cells.iter().skip(sex).step_by(2).sum::<u32>();
    let first = ["282227", "", "兵庫県", "養父市", "2026-10-01", name].map(str::to_owned);
    let sums = [people, of_sex(0), of_sex(1)].map(|n| n.to_string());
    let last = [(people * 10 / 24).to_string(), "見本（すべて架空の人数です）".to_owned()];
    first.into_iter().chain(sums).chain(cells.iter().map(u32::to_string)).chain(last).collect()
}

/// The towns round the town hall have more people than the valleys.
fn town_weight(at: usize, name: &str) -> u32 {
    let valley = 40 + u32::try_from(scattered(at) % 160).unwrap_or(0);
    if name.starts_with("八鹿町") { valley * 3 } else { valley }
}

/// A number that looks random and is the same each time.
fn scattered(at: usize) -> usize {
    (at + 1).wrapping_mul(2_654_435_761) >> 7 & 0xffff
}

/// Shares `whole` out by weights: the parts add up to it.
fn shared_out(whole: u32, weights: &[u32]) -> Vec<u32> {
    let sum: u64 = weights.iter().map(|weight| u64::from(*weight)).sum();
    let exact = |weight: &u32| u64::from(whole) * u64::from(*weight);
    let mut parts: Vec<u32> = weights.iter().map(|weight| u32::try_from(exact(weight) / sum).unwrap_or(0)).collect();
    let missing = whole - parts.iter().sum::<u32>();
    let mut order: Vec<usize> = (0..weights.len()).collect();
    order.sort_by_key(|at| (std::cmp::Reverse(exact(&weights[*at]) % sum), *at));
    order.into_iter().take(missing as usize).for_each(|at| parts[at] += 1);
    parts
}
