//! Values as TIMEX3 writes them: what stays open, and the time of day.

use std::fmt::Write as _;

use jiff::civil::Date;

use super::meaning::{Clock, Meaning, Zone};
use super::value::{Unit, nth_weekday};

/// What is known without a day to count from.
pub(super) fn unresolved(meaning: &Meaning) -> String {
    match meaning {
        Meaning::MonthDay { month, day, .. } => format!("XXXX-{month:02}-{day:02}"),
        Meaning::Month { month, .. } => format!("XXXX-{month:02}"),
        Meaning::Weekday { weekday, .. } => format!("XXXX-WXX-{weekday}"),
        Meaning::Holiday { rule, .. } if rule.len() == 5 => format!("XXXX-{rule}"),
        Meaning::Shift { unit, .. } | Meaning::Current(unit) => open_unit(*unit).to_owned(),
        Meaning::WeekOf { .. } => "XXXX-WXX".to_owned(),
        Meaning::Weekend(_) => "XXXX-WXX-WE".to_owned(),
        Meaning::Quarter { quarter: 0, .. } => "XXXX-QX".to_owned(),
        Meaning::Quarter { quarter, .. } => format!("XXXX-Q{quarter}"),
        Meaning::Half { half, .. } => format!("XXXX-H{half}"),
        Meaning::Season { season, .. } => format!("XXXX-{season}"),
        Meaning::Reference(reference) => (*reference).to_owned(),
        Meaning::Amount(amount) => amount.to_string(),
        Meaning::Set(value) => value.clone(),
        Meaning::YearAgo => "XXXX".to_owned(),
        Meaning::SameDay | Meaning::Point(_) | Meaning::Holiday { .. } => "XXXX-XX-XX".to_owned(),
    }
}

fn open_unit(unit: Unit) -> &'static str {
    match unit {
        Unit::Century => "XX",
        Unit::Decade => "XXX",
        Unit::Year => "XXXX",
        Unit::Quarter => "XXXX-QX",
        Unit::Month => "XXXX-XX",
        Unit::Week => "XXXX-WXX",
        Unit::Weekend => "XXXX-WXX-WE",
        _ => "XXXX-XX-XX",
    }
}

pub(super) fn add_clock(value: &mut String, clock: Clock, day: Option<Date>) {
    // Writing to a string cannot fail.
    let _ = match clock {
        Clock::Part(part) => write!(value, "T{part}"),
        Clock::At { hour, minute, second, zone } => {
            let _ = write!(value, "T{hour:02}:{:02}", minute.unwrap_or(0));
            if let Some(second) = second {
                let _ = write!(value, ":{second:02}");
            }
            zone.map_or(Ok(()), |zone| write!(value, "{}", offset(zone, day)))
        }
    };
}

/// "Z" or "+02:00".
fn offset(zone: Zone, day: Option<Date>) -> String {
    let summer = zone.summer && day.is_some_and(is_us_summer);
    let minutes = zone.minutes + if summer { 60 } else { 0 };
    if minutes == 0 {
        return "Z".to_owned();
    }
    let sign = if minutes < 0 { '-' } else { '+' };
    format!("{sign}{:02}:{:02}", minutes.abs() / 60, minutes.abs() % 60)
}

/// Summer time of the United States since 2007: second Sunday of March to first of November.
fn is_us_summer(day: Date) -> bool {
    let year = i32::from(day.year());
    let begin = nth_weekday(year, 3, 2, 7);
    let end = nth_weekday(year, 11, 1, 7);
    begin.is_some_and(|begin| day >= begin) && end.is_some_and(|end| day < end)
}
