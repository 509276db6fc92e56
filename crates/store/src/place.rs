//! Where a record stands in time: its position.

use chrono::{DateTime, FixedOffset, NaiveDate};
use domain::{At, Kind, Members, RecordId, calendar};

/// Bits for the places of one local day: more than a million.
const DAY_BITS: u32 = 20;
/// Each second of a day has this many places of its own; a further record of that second takes one of the next seconds'.
const PLACES: i64 = 8;
/// The first day that is told apart from "no date"; whatever is said to be earlier stands on it.
const FIRST_DAY: i64 = 1;

/// When the record was: by its body, or by the moment its id was made. The first place of its second.
///
/// A position is the local day and the second of that day, so that a span of days is a span of positions, exactly.
/// Small steps between neighbours matter: the index writes down differences, and a byte more each is a third more of it.
pub(crate) fn of(kind: &Kind, id: RecordId, members: Option<&Members>) -> i64 {
    let said = members.and_then(|members| {
        let read = |name: &&str| members.read::<String>(name).and_then(|text| instant(&text));
        members_of(kind).iter().find_map(read)
    });
    let made = || if kind.is_catalogue() { None } else { made_at(id) };
    let Some(at) = said.or_else(made) else { return PLACES };
    let day = calendar::day_at(at);
    let second = (at.millis() - calendar::start_of(day).millis()).div_euclid(1_000);
    first_of(day) + second.clamp(0, (1 << DAY_BITS) / PLACES - 1) * PLACES
}

/// The members that say when, by kind; the first that can be read counts.
fn members_of(kind: &Kind) -> &'static [&'static str] {
    match kind {
        Kind::Activity | Kind::Meeting => &["starts_at"],
        Kind::Request => &["received_on"],
        Kind::Referral => &["sent_on"],
        Kind::Month => &["signed_at"],
        Kind::Publication => &["released_at"],
        kind if kind.is_catalogue() => &[],
        _ => &["occurred_at"],
    }
}

/// The instant a member means: with an offset, or the beginning of a local day.
fn instant(text: &str) -> Option<At> {
    let with_offset: Option<DateTime<FixedOffset>> = DateTime::parse_from_rfc3339(text).ok();
    with_offset
        .map(|at| at.to_utc().into())
        .or_else(|| text.parse().ok().map(calendar::start_of))
}

/// The moment that a UUIDv7 tells.
fn made_at(id: RecordId) -> Option<At> {
    let time = id.0.get_timestamp().filter(|_| id.0.get_version_num() == 7)?;
    let (seconds, nanos) = time.to_unix();
    At::from_millis(i64::try_from(seconds).ok()?.checked_mul(1_000)? + i64::from(nanos / 1_000_000))
}

/// The first position of a local day; positions below that of the first day have no date.
pub(crate) fn first_of(day: NaiveDate) -> i64 {
    (day - NaiveDate::default()).num_days().max(FIRST_DAY) << DAY_BITS
}

/// The number of the day that a position is on; 0 where it has no date.
pub(crate) fn day_number(position: i64) -> i64 {
    position >> DAY_BITS
}

/// The local day of this number.
pub(crate) fn day_of_number(number: i64) -> NaiveDate {
    NaiveDate::default() + chrono::TimeDelta::days(number)
}

/// The local day of a position that has a date.
pub(crate) fn day_of(position: i64) -> NaiveDate {
    day_of_number(day_number(position))
}

/// The first position that has a date.
pub(crate) const FIRST_DATED: i64 = FIRST_DAY << DAY_BITS;

/// The last position of the day that `position` is in.
pub(crate) fn last_of_day(position: i64) -> i64 {
    position | ((1 << DAY_BITS) - 1)
}

/// Whether `position` is one of the places of the second that begins at `first`.
pub(crate) fn is_within_second(first: i64, position: i64) -> bool {
    (first..first + PLACES).contains(&position)
}
