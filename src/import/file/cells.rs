//! Number format rendering: the value of a workbook's cell → the text that a person would type.
//!
//! Numbers are written without binary rounding noise, dates as `2026-11-22` and times as `13:30`, whatever the format
//! displays. What only the format displays (leading zeros, the hyphen of a postcode) is written out. This module does no
//! I/O.

use calamine::{Data, DataRef, ExcelDateTime, ExcelDateTimeType};

/// What a cell's number format displays.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DisplayFormat {
    /// A plain number.
    Number,
    /// A date, a time or both.
    Moment,
    /// A time of day; the date behind it is ignored.
    TimeOfDay,
    /// Elapsed hours, which may exceed 24.
    Duration,
    /// A day of the week.
    Weekday,
    /// Digits that fill a pattern of `0` from the right: `000-0000`.
    Digits(String),
}

/// Classifies a number format code such as `yyyy/m/d`.
pub fn display_format(format_code: &str) -> DisplayFormat {
    let code = tokens(format_code);
    let has = |chars: &[char]| code.chars().any(|c| chars.contains(&c));
    if code.contains("[h") || code.contains("[m") || code.contains("[s") {
        return DisplayFormat::Duration;
    }
    if !code.is_empty() && code.chars().all(|c| c == '0' || c == '-') && code.matches('0').count() >= 2 {
        return DisplayFormat::Digits(code);
    }
    if has(&['0', '#', '?', '%']) && !has(&['y', 'e', 'g', 'd', 'h']) {
        return DisplayFormat::Number;
    }
    let date = has(&['y', 'e', 'g', 'd']) || (has(&['m']) && !has(&['h', 's']));
    match (date, has(&['h', 's'])) {
        (true, _) => DisplayFormat::Moment,
        (false, true) => DisplayFormat::TimeOfDay,
        (false, false) if code.contains("aaa") => DisplayFormat::Weekday,
        (false, false) => DisplayFormat::Number,
    }
}

/// The first section of a format code in lower case, without literal text, colours, locales and `General`.
fn tokens(format_code: &str) -> String {
    let lower = format_code.to_ascii_lowercase().replace("general", "").replace("am/pm", "").replace("a/p", "");
    let mut code = String::new();
    let mut chars = lower.chars();
    while let Some(character) = chars.next() {
        match character {
            ';' => break,
            '"' => {
                let literal: String = chars.by_ref().take_while(|&c| c != '"').collect();
                code.push_str(if literal == "-" { "-" } else { "" });
            }
            '\\' | '_' | '*' => {
                let escaped = chars.next();
                code.push_str(if character == '\\' && escaped == Some('-') { "-" } else { "" });
            }
            '[' => {
                let inside: String = chars.by_ref().take_while(|&c| c != ']').collect();
                if !inside.is_empty() && inside.chars().all(|c| matches!(c, 'h' | 'm' | 's')) {
                    code.push('[');
                    code.push_str(&inside);
                }
            }
            _ => code.push(character),
        }
    }
    code
}

/// Renders the value of an XLSX cell; `Err` holds Excel's own error (`#N/A`).
pub fn text(value: &DataRef<'_>, shown: &DisplayFormat, is_1904: bool) -> Result<String, String> {
    let number = |value: f64| render_number(value, shown, is_1904);
    match value {
        DataRef::Empty => Ok(String::new()),
        DataRef::String(text) => Ok(clean(text)),
        DataRef::SharedString(text) => Ok(clean(text)),
        DataRef::Int(value) => Ok(exact_int(*value).map_or_else(|| value.to_string(), number)),
        DataRef::Float(value) => Ok(number(*value)),
        DataRef::Bool(value) => Ok(if *value { "TRUE" } else { "FALSE" }.to_owned()),
        DataRef::DateTime(moment) => Ok(match shown {
            DisplayFormat::Number | DisplayFormat::Digits(_) => self::moment(*moment),
            _ => number(moment.as_f64()),
        }),
        DataRef::DateTimeIso(text) => Ok(text.trim_end_matches("T00:00:00").replace('T', " ")),
        DataRef::DurationIso(text) => Ok(text.clone()),
        DataRef::Error(error) => Err(error.to_string()),
    }
}

/// Renders the value of an XLS cell, whose format the library has already interpreted.
pub fn xls_text(value: &Data) -> Result<String, String> {
    match value {
        Data::Empty => Ok(String::new()),
        Data::String(text) => Ok(clean(text)),
        Data::Int(value) => Ok(value.to_string()),
        Data::Float(value) => Ok(plain_number(*value)),
        Data::Bool(value) => Ok(if *value { "TRUE" } else { "FALSE" }.to_owned()),
        Data::DateTime(moment) => Ok(self::moment(*moment)),
        Data::DateTimeIso(text) | Data::DurationIso(text) => Ok(text.clone()),
        Data::Error(error) => Err(error.to_string()),
    }
}

/// `value` as a float, if that loses nothing.
fn exact_int(value: i64) -> Option<f64> {
    i32::try_from(value).ok().map(f64::from)
}

/// Normalises line breaks and removes the escapes that workbooks use for control characters.
fn clean(text: &str) -> String {
    text.replace("_x000D_", "").replace("\r\n", "\n").replace('\0', "")
}

fn render_number(value: f64, shown: &DisplayFormat, is_1904: bool) -> String {
    let day = if is_1904 { value + 1462.0 } else { value };
    match shown {
        DisplayFormat::Number => plain_number(value),
        DisplayFormat::Digits(pattern) => patterned(value, pattern),
        DisplayFormat::Duration => duration(value),
        DisplayFormat::TimeOfDay => time_of_day(value),
        DisplayFormat::Moment => date_and_time(value, day),
        DisplayFormat::Weekday => weekday(day).map_or_else(|| plain_number(value), str::to_owned),
    }
}

/// Renders a date or time of which only the library's interpretation is known.
fn moment(moment: ExcelDateTime) -> String {
    let value = moment.as_f64();
    if moment.is_duration() {
        return duration(value);
    }
    // A date is at least one day; a time of day is less.
    if (0.0..1.0).contains(&value) {
        return time_of_day(value);
    }
    if (0.0..2_958_466.0).contains(&value) { dated(moment) } else { plain_number(value) }
}

/// Writes `value` with at most fifteen significant digits, as Excel does, and without trailing ones.
fn plain_number(value: f64) -> String {
    let rounded: f64 = format!("{value:.14e}").parse().unwrap_or(value);
    if rounded != 0.0 && !(1e-9..1e21).contains(&rounded.abs()) { format!("{rounded:e}") } else { format!("{rounded}") }
}

/// Fills a pattern of `0` with the digits of `value`, from the right.
fn patterned(value: f64, pattern: &str) -> String {
    if value < 0.0 || value.fract() != 0.0 || value >= 1e15 {
        return plain_number(value);
    }
    let digits = format!("{value}");
    let mut left = digits.chars().rev().peekable();
    let mut reversed: Vec<char> = Vec::new();
    for place in pattern.chars().rev() {
        reversed.push(if place == '0' { left.next().unwrap_or('0') } else { place });
    }
    reversed.extend(left);
    reversed.into_iter().rev().collect()
}

/// Renders days as hours and minutes, which may exceed 24 hours.
fn duration(days: f64) -> String {
    if !(0.0..10_000.0).contains(&days) {
        return plain_number(days);
    }
    clock((days * 86_400.0).round())
}

fn time_of_day(days: f64) -> String {
    // Excel stores 24:00 as one whole day; a list means the end of the day.
    if (days - 1.0).abs() < f64::EPSILON { "24:00".to_owned() } else { duration(days.rem_euclid(1.0)) }
}

/// Renders seconds as `13:30`, with seconds only where they are not zero.
fn clock(seconds: f64) -> String {
    let (minutes, rest) = ((seconds / 60.0).floor(), seconds % 60.0);
    let (hours, minutes) = ((minutes / 60.0).floor(), minutes % 60.0);
    if rest >= 1.0 { format!("{hours}:{minutes:02}:{rest:02}") } else { format!("{hours}:{minutes:02}") }
}

/// Renders a date, with the time if there is one. Day 0 gives `""`, because a formula returns it for a blank cell.
fn date_and_time(value: f64, day: f64) -> String {
    if value == 0.0 {
        return String::new();
    }
    if (0.0..1.0).contains(&value) {
        return time_of_day(value);
    }
    if (1.0..2_958_466.0).contains(&day) { dated(at(day)) } else { plain_number(value) }
}

/// Serial day number → date and time, counted from 1900.
fn at(day: f64) -> ExcelDateTime {
    ExcelDateTime::new(day, ExcelDateTimeType::DateTime, false)
}

fn dated(moment: ExcelDateTime) -> String {
    let (year, month, day, hour, minute, ..) = moment.to_ymd_hms_milli();
    let date = format!("{year:04}-{month:02}-{day:02}");
    if (hour, minute) == (0, 0) { date } else { format!("{date} {hour}:{minute:02}") }
}

fn weekday(day: f64) -> Option<&'static str> {
    use chrono::Datelike as _;
    let (year, month, day, ..) = at(day).to_ymd_hms_milli();
    let date = chrono::NaiveDate::from_ymd_opt(i32::from(year), u32::from(month), u32::from(day))?;
    let names = ["月", "火", "水", "木", "金", "土", "日"];
    usize::try_from(date.weekday().num_days_from_monday()).ok().and_then(|at| names.get(at)).copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_written_as_a_person_would() {
        let number = |v| render_number(v, &DisplayFormat::Number, false);
        for (value, text) in [
            (3.0, "3"),
            (0.5, "0.5"),
            (34.347_583_61, "34.34758361"),
            ("33.108218000000001".parse().unwrap(), "33.108218"),
            (0.1 + 0.2, "0.3"),
            (5_220_010_000_000.0, "5220010000000"),
            (-7.0, "-7"),
            (0.0, "0"),
            (1e300, "1e300"),
        ] {
            assert_eq!(number(value), text);
        }
    }

    #[test]
    fn what_a_format_shows_is_what_is_read() {
        for (code, value, text) in [
            ("General", 46_348.0, "46348"),
            ("0.00", 1.5, "1.5"),
            ("#,##0\"円\"", 1500.0, "1500"),
            ("yyyy/m/d", 46_348.0, "2026-11-22"),
            ("[$-411]ggge\"年\"m\"月\"d\"日\"", 46_348.0, "2026-11-22"),
            ("[$-411]gggee\"年\"", 46_348.0, "2026-11-22"),
            ("e\"年\"", 46_348.0, "2026-11-22"),
            ("m\"月\"d\"日\"(aaa)", 46_348.0, "2026-11-22"),
            ("aaaa", 46_348.0, "日"),
            ("h:mm", 0.5625, "13:30"),
            ("h\"時\"mm\"分\"", 46_348.562_5, "13:30"),
            ("h:mm AM/PM", 0.375, "9:00"),
            ("[h]:mm", 1.0625, "25:30"),
            ("h:mm", 1.0, "24:00"),
            ("yyyy/m/d h:mm", 46_348.5, "2026-11-22 12:00"),
            ("yyyy/m/d", 0.0, ""),
            ("000000", 92_011.0, "092011"),
            ("000\\-0000", 6_670_021.0, "667-0021"),
            ("000\"-\"0000", 1.0, "000-0001"),
            ("@", 12.0, "12"),
            ("[Red]0;[Blue]-0", 4.0, "4"),
        ] {
            assert_eq!(render_number(value, &display_format(code), false), text, "{code}");
        }
        assert_eq!(render_number(44_886.0, &display_format("yyyy/m/d"), true), "2026-11-22");
    }

    #[test]
    fn no_number_makes_a_cell_panic() {
        for value in [f64::NAN, f64::INFINITY, -1e300, 1e300, f64::MIN_POSITIVE, 2e9, -0.5] {
            for code in ["General", "yyyy/m/d", "h:mm", "[h]:mm", "0000", "aaa"] {
                let _ = render_number(value, &display_format(code), true);
            }
            let _ = moment(ExcelDateTime::new(value, ExcelDateTimeType::DateTime, true));
        }
    }
}
