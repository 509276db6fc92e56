//! Days and months as the city lives them: Europe/Berlin, also across the change of clocks.

use crate::At;
use chrono::{
    DateTime, Datelike, FixedOffset, Months, NaiveDate, NaiveDateTime, NaiveTime, TimeZone, Utc, offset::LocalResult,
};
use chrono_tz::Tz;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::{fmt, str::FromStr};

/// The city's time zone.
pub const ZONE: Tz = chrono_tz::Europe::Berlin;

/// The local day on which something happened, whatever offset it was written with.
pub fn day_of(occurred_at: &DateTime<FixedOffset>) -> NaiveDate {
    occurred_at.with_timezone(&ZONE).date_naive()
}

/// [`day_of`] for the text of a body; `None` where it is not RFC 3339.
pub fn day_of_text(occurred_at: &str) -> Option<NaiveDate> {
    DateTime::parse_from_rfc3339(occurred_at).ok().map(|at| day_of(&at))
}

/// An instant with the offset the city's clocks have then.
pub fn with_offset(at: At) -> DateTime<FixedOffset> {
    at.utc().with_timezone(&ZONE).fixed_offset()
}

/// The local day of an instant.
pub fn day_at(at: At) -> NaiveDate {
    at.utc().with_timezone(&ZONE).date_naive()
}

/// The instant at which a local day begins.
pub fn start_of(day: NaiveDate) -> At {
    let midnight = day.and_time(NaiveTime::MIN);
    let at = match local_to_offset(midnight) {
        LocalTime::One(at) | LocalTime::Twice { earlier: at, .. } => at.with_timezone(&Utc),
        // Berlin's clocks never skipped midnight since 1980; before, the day began an hour later.
        LocalTime::Never => ZONE
            .from_local_datetime(&(midnight + chrono::TimeDelta::hours(1)))
            .earliest()
            .map_or_else(|| midnight.and_utc(), |at| at.with_timezone(&Utc)),
    };
    At::from(at)
}

/// What a local wall-clock time means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LocalTime {
    /// One instant.
    One(DateTime<FixedOffset>),
    /// The hour that comes twice when summer time ends.
    Twice {
        /// While summer time still held.
        earlier: DateTime<FixedOffset>,
        /// An hour later, by the same clock face.
        later: DateTime<FixedOffset>,
    },
    /// The hour that is skipped when summer time begins.
    Never,
}

/// Gives a local wall-clock time its offset.
pub fn local_to_offset(local: NaiveDateTime) -> LocalTime {
    match ZONE.from_local_datetime(&local) {
        LocalResult::Single(at) => LocalTime::One(at.fixed_offset()),
        LocalResult::Ambiguous(a, b) => {
            let (earlier, later) = if a <= b { (a, b) } else { (b, a) };
            LocalTime::Twice {
                earlier: earlier.fixed_offset(),
                later: later.fixed_offset(),
            }
        }
        LocalResult::None => LocalTime::Never,
    }
}

/// A calendar month, written `2026-10`.
#[derive(Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct MonthOf {
    first: NaiveDate,
}

impl MonthOf {
    /// `None` for a month outside 1 to 12 or a year outside 1 to 9999.
    pub fn new(year: i32, month: u32) -> Option<Self> {
        (1..=9999)
            .contains(&year)
            .then(|| NaiveDate::from_ymd_opt(year, month, 1))
            .flatten()
            .map(|first| Self { first })
    }

    /// The month a day lies in.
    pub fn of(day: NaiveDate) -> Self {
        Self {
            first: day.with_day(1).unwrap_or(day),
        }
    }

    /// The year.
    pub fn year(self) -> i32 {
        self.first.year()
    }

    /// The month, from 1.
    pub fn month(self) -> u32 {
        self.first.month()
    }

    /// Its first day.
    pub fn first(self) -> NaiveDate {
        self.first
    }

    /// Its last day.
    pub fn last(self) -> NaiveDate {
        self.next().first.pred_opt().unwrap_or(self.first)
    }

    /// The month after it.
    #[must_use]
    pub fn next(self) -> Self {
        Self {
            first: self.first + Months::new(1),
        }
    }

    /// The month before it.
    #[must_use]
    pub fn previous(self) -> Self {
        Self {
            first: self.first - Months::new(1),
        }
    }

    /// Whether a local day lies in it.
    pub fn contains(self, day: NaiveDate) -> bool {
        Self::of(day) == self
    }
}

/// The instants between which a month lies: the first included, the second not.
pub fn bounds(month: MonthOf) -> (At, At) {
    (start_of(month.first()), start_of(month.next().first()))
}

impl fmt::Display for MonthOf {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}", self.year(), self.month())
    }
}

impl fmt::Debug for MonthOf {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// A month that is not written like `2026-10`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a month is written like 2026-10")]
pub struct InvalidMonth;

impl FromStr for MonthOf {
    type Err = InvalidMonth;
    fn from_str(text: &str) -> Result<Self, InvalidMonth> {
        let digits = |part: &str, count: usize| {
            (part.len() == count && part.bytes().all(|b| b.is_ascii_digit()))
                .then(|| part.parse().ok())
                .flatten()
        };
        let (year, month) = text.split_once('-').ok_or(InvalidMonth)?;
        let year: u32 = digits(year, 4).ok_or(InvalidMonth)?;
        let month: u32 = digits(month, 2).ok_or(InvalidMonth)?;
        i32::try_from(year)
            .ok()
            .and_then(|year| Self::new(year, month))
            .ok_or(InvalidMonth)
    }
}

impl Serialize for MonthOf {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for MonthOf {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?
            .parse()
            .map_err(serde::de::Error::custom)
    }
}

impl schemars::JsonSchema for MonthOf {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Month".into()
    }
    fn inline_schema() -> bool {
        true
    }
    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({"type": "string", "pattern": "^[0-9]{4}-(0[1-9]|1[0-2])$"})
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn local(day: (i32, u32, u32), hour: u32, minute: u32) -> NaiveDateTime {
        NaiveDate::from_ymd_opt(day.0, day.1, day.2)
            .unwrap()
            .and_hms_opt(hour, minute, 0)
            .unwrap()
    }

    #[test]
    fn half_past_two_comes_twice_in_autumn_and_never_in_spring() {
        let LocalTime::Twice { earlier, later } = local_to_offset(local((2026, 10, 25), 2, 30)) else {
            panic!("02:30 on 25 October 2026 comes twice")
        };
        assert_eq!(earlier.to_rfc3339(), "2026-10-25T02:30:00+02:00");
        assert_eq!(later.to_rfc3339(), "2026-10-25T02:30:00+01:00");
        assert_eq!(local_to_offset(local((2026, 3, 29), 2, 30)), LocalTime::Never);
        assert!(
            matches!(local_to_offset(local((2026, 10, 5), 9, 15)), LocalTime::One(at) if at.to_rfc3339() == "2026-10-05T09:15:00+02:00")
        );
    }

    #[test]
    fn a_day_is_the_citys_local_one() {
        let day = |text| day_of_text(text).unwrap().to_string();
        assert_eq!(day("2026-10-31T23:59:00+01:00"), "2026-10-31");
        assert_eq!(day("2026-11-01T00:00:00+01:00"), "2026-11-01");
        assert_eq!(
            day("2026-10-31T23:30:00Z"),
            "2026-11-01",
            "written in UTC, lived in Erfurt"
        );
        assert_eq!(day_of_text("yesterday"), None);
    }

    #[test]
    fn a_month_is_as_long_as_the_clocks_make_it() {
        let (from, to) = bounds("2026-10".parse().unwrap());
        assert_eq!(from.to_string(), "2026-09-30T22:00:00.000Z");
        assert_eq!(to.to_string(), "2026-10-31T23:00:00.000Z");
    }

    #[test]
    fn a_month_reads_and_writes_itself() {
        let month: MonthOf = "2026-12".parse().unwrap();
        assert_eq!(month.to_string(), "2026-12");
        assert_eq!(month.next().to_string(), "2027-01");
        assert_eq!(month.next().previous(), month);
        assert_eq!(
            (month.first().to_string(), month.last().to_string()),
            ("2026-12-01".into(), "2026-12-31".into())
        );
        for wrong in ["2026-13", "2026-1", "26-10", "2026/10", "+026-10", "", "2026-10-01"] {
            assert_eq!(wrong.parse::<MonthOf>(), Err(InvalidMonth), "{wrong}");
        }
    }
}
