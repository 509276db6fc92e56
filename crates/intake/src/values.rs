//! Dates, times and numbers as people write them in a log.

use crate::grid::Cell;
use chrono::{Datelike, NaiveDate, NaiveTime, Timelike};

/// Years a log may speak of. Outside them a date is a slip of the hand: `0026`, `2206`.
const YEARS: std::ops::RangeInclusive<i32> = 1990..=2099;

/// A day, and the time where the same cell names one.
pub(crate) fn day(cell: &Cell) -> Option<(NaiveDate, Option<NaiveTime>)> {
    let found = match cell {
        Cell::Text(text) => written_day(text),
        Cell::Moment { day: Some(day), time } => Some((*day, (*time != NaiveTime::MIN).then_some(*time))),
        // A date cell whose format was lost.
        Cell::Number(number) if *number > 1.0 => match Cell::serial(*number) {
            Cell::Moment { day: Some(day), time } => Some((day, (time != NaiveTime::MIN).then_some(time))),
            _ => None,
        },
        _ => None,
    };
    found.filter(|(day, _)| YEARS.contains(&day.year()))
}

/// `05.10.2026`, `5.10.26`, `2026-10-05`, with a weekday before it or a time behind it.
fn written_day(text: &str) -> Option<(NaiveDate, Option<NaiveTime>)> {
    let text = text
        .trim_start_matches(|c: char| c.is_alphabetic())
        .trim_start_matches(['.', ',', ' ']);
    let end = text.find([' ', 'T', ',']).unwrap_or(text.len());
    let (date, rest) = text.split_at(end);
    let rest = rest.trim_start_matches([' ', 'T', ',']);
    let time = if rest.is_empty() {
        None
    } else {
        Some(written_time(rest)?)
    };
    Some((german_day(date).or_else(|| iso_day(date))?, time))
}

fn german_day(date: &str) -> Option<NaiveDate> {
    let mut parts = date.trim_end_matches('.').split('.');
    let (day, month, year) = (digits(parts.next()?, 2)?, digits(parts.next()?, 2)?, parts.next()?);
    let year = match (year.len(), digits(year, 4)?) {
        (2, short) => 2000 + short,
        (4, full) => full,
        _ => return None,
    };
    if parts.next().is_some() {
        None
    } else {
        NaiveDate::from_ymd_opt(i32::try_from(year).ok()?, month, day)
    }
}

fn iso_day(date: &str) -> Option<NaiveDate> {
    if date.len() == 10 {
        NaiveDate::parse_from_str(date, "%Y-%m-%d").ok()
    } else {
        None
    }
}

fn digits(text: &str, at_most: usize) -> Option<u32> {
    if text.is_empty() || text.len() > at_most || !text.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    text.parse().ok()
}

/// A time of day.
pub(crate) fn time(cell: &Cell) -> Option<NaiveTime> {
    match cell {
        Cell::Text(text) => written_time(text),
        Cell::Moment { time, .. } => Some(*time),
        Cell::Number(number) if (0.0..1.0).contains(number) => match Cell::serial(*number) {
            Cell::Moment { day: None, time } => Some(time),
            _ => None,
        },
        _ => None,
    }
}

/// `9:15`, `09:15:00`, `9.15 Uhr`, `9 Uhr`.
fn written_time(text: &str) -> Option<NaiveTime> {
    let lower = text.to_lowercase();
    let plain = lower.trim_end_matches("uhr").trim_end_matches('h').trim_end();
    let mut parts = plain.split([':', '.']);
    let hour = digits(parts.next()?, 2)?;
    let minute = match parts.next() {
        Some(minute) if minute.len() == 2 => digits(minute, 2)?,
        Some(_) => return None,
        None if plain.len() < lower.len() => 0,
        None => return None,
    };
    let second = parts.next().map_or(Some(0), |second| digits(second, 2))?;
    if parts.next().is_some() {
        None
    } else {
        NaiveTime::from_hms_opt(hour, minute, second)
    }
}

/// A whole number of people.
pub(crate) fn count(cell: &Cell) -> Option<u32> {
    whole(number(cell, &["personen", "person", "pers."])?).filter(|count| (1..=10_000).contains(count))
}

/// Minutes of a conversation: a number, `20 Min.`, or `0:20`; at most a day.
pub(crate) fn minutes(cell: &Cell, unit: f64) -> Option<u32> {
    let clock = match cell {
        Cell::Moment { day: None, time } => Some(*time),
        Cell::Text(text) if text.contains(':') => Some(written_time(text)?),
        _ => None,
    };
    let minutes = match clock {
        Some(time) => time.hour() * 60 + time.minute(),
        None => {
            let minutes = number(cell, &["minuten", "min.", "min", "stunden", "std.", "std", "h", "'"])? * unit;
            // Tenths and hundredths of an hour are binary: 8.2 times 60 lies a hair beside the minute it means.
            whole((minutes * 1e6).round() / 1e6)?
        }
    };
    (minutes <= 24 * 60).then_some(minutes)
}

/// A number as a cell or as German text, with one of the units behind it or none.
fn number(cell: &Cell, units: &[&str]) -> Option<f64> {
    match cell {
        Cell::Number(number) => Some(*number),
        Cell::Text(text) => {
            let lower = text.to_lowercase();
            let bare = units
                .iter()
                .find_map(|unit| lower.strip_suffix(unit))
                .unwrap_or(&lower)
                .trim();
            let plain = !bare.is_empty() && bare.bytes().all(|b| b.is_ascii_digit() || b == b',');
            if plain {
                bare.replace(',', ".").parse().ok()
            } else {
                None
            }
        }
        _ => None,
    }
}

fn whole(number: f64) -> Option<u32> {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "checked by the condition"
    )]
    (number.fract() == 0.0 && (0.0..=f64::from(u32::MAX)).contains(&number)).then_some(number as u32)
}
