//! Where a record stands in time: its position, and its local day.

use chrono::{DateTime, NaiveDate, NaiveDateTime, NaiveTime, TimeZone, Utc};
use chrono_tz::Europe::Berlin;
use domain::{Kind, Members, RecordId};

/// Each second holds so many positions; a further record of the same second goes to the next one.
pub(crate) const PLACES: i64 = 1 << 14;
/// Far enough for any date a person types, and a position still fits a number of the window's language.
const LAST_SECOND: i64 = 1 << 38;
/// Full seconds push a record at most so many positions behind its own second: a million records of one second.
pub(crate) const SLACK: i64 = 64 * PLACES;

/// When something was, as far as its record tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct When {
    /// The first position of its second.
    pub(crate) first: i64,
    /// The local day, in days since 1970; `None` for what has no date.
    pub(crate) day: Option<i64>,
}

/// The members that say when, by kind; the first that can be read counts.
fn members_of(kind: &Kind) -> &'static [&'static str] {
    match kind {
        Kind::Activity => &["start", "start_at", "started_at"],
        Kind::Request => &["received_at", "received_on", "received"],
        Kind::Meeting => &["start_at", "starts_at", "held_at", "on", "date"],
        Kind::Referral => &["sent_at", "sent_on"],
        kind if kind.is_catalogue() => &[],
        _ => &["occurred_at"],
    }
}

/// When the record was: by its body, or by the moment its id was made.
pub(crate) fn when(kind: &Kind, id: RecordId, members: Option<&Members>) -> When {
    let said = members.and_then(|members| {
        members_of(kind)
            .iter()
            .find_map(|name| members.read::<String>(name).and_then(|text| instant(&text)))
    });
    let made = || {
        let (seconds, _) = id.0.get_timestamp().filter(|_| id.0.get_version_num() == 7)?.to_unix();
        DateTime::from_timestamp(i64::try_from(seconds).ok()?, 0)
    };
    let at = said.or_else(|| if kind.is_catalogue() { None } else { made() });
    When {
        first: first(at.map_or(0, |at| at.timestamp())),
        day: at.map(|at| day_number(at.with_timezone(&Berlin).date_naive())),
    }
}

/// The instant a member means: with an offset, or a local day.
fn instant(text: &str) -> Option<DateTime<Utc>> {
    if let Ok(at) = DateTime::parse_from_rfc3339(text) {
        return Some(at.with_timezone(&Utc));
    }
    Some(midnight(text.parse().ok()?))
}

/// The first position of a second.
fn first(second: i64) -> i64 {
    second.clamp(1, LAST_SECOND) * PLACES
}

/// The first position of a local day.
pub(crate) fn first_of(day: NaiveDate) -> i64 {
    first(midnight(day).timestamp())
}

/// Days since 1970.
pub(crate) fn day_number(day: NaiveDate) -> i64 {
    (day - NaiveDate::default()).num_days()
}

fn midnight(day: NaiveDate) -> DateTime<Utc> {
    let local = NaiveDateTime::new(day, NaiveTime::MIN);
    // Berlin has never moved its clock at midnight in the years a notebook knows; elsewhere UTC is near enough.
    Berlin
        .from_local_datetime(&local)
        .earliest()
        .map_or_else(|| local.and_utc(), |at| at.with_timezone(&Utc))
}
