//! What a report remembers of single records: small, and without texts unless asked.

use crate::{
    Live,
    words::{Word, Words},
};
use chrono::{NaiveDate, NaiveDateTime};
use domain::{
    DistrictId, RecordId, calendar,
    kinds::{Activity, FeedbackKind, Request, RequestStatus},
};

pub(crate) struct TalkRow {
    /// Local time.
    pub(crate) at: NaiveDateTime,
    pub(crate) id: RecordId,
    pub(crate) minutes: Option<u32>,
    pub(crate) districts: Box<[DistrictId]>,
    pub(crate) mode: Option<Word>,
    pub(crate) place_kind: Option<Word>,
    pub(crate) place: Option<Word>,
    pub(crate) order: Option<Word>,
    pub(crate) people: Option<u64>,
    pub(crate) bands: Box<[(Option<Word>, u64)]>,
    pub(crate) topics: Box<[Word]>,
    pub(crate) services: Box<[(Word, Option<Word>)]>,
    pub(crate) follow_up: Option<NaiveDate>,
    /// Note, Originalton, resources.
    pub(crate) texts: Option<Box<[Option<String>; 3]>>,
}

pub(crate) struct ActivityRow {
    /// Local time.
    pub(crate) at: NaiveDateTime,
    pub(crate) id: RecordId,
    pub(crate) minutes: Option<u64>,
    pub(crate) districts: Box<[DistrictId]>,
    pub(crate) kind: Option<Word>,
    pub(crate) place_kind: Option<Word>,
    pub(crate) place: Option<Word>,
    pub(crate) people: u64,
    pub(crate) tallied: u64,
    pub(crate) target_groups: Box<[Word]>,
    pub(crate) result: Option<String>,
}

pub(crate) struct RequestRow {
    pub(crate) id: RecordId,
    pub(crate) number: Option<String>,
    pub(crate) received_on: NaiveDate,
    pub(crate) way: Option<Word>,
    pub(crate) districts: Box<[DistrictId]>,
    pub(crate) category: Option<Word>,
    pub(crate) field: Option<Word>,
    pub(crate) status: RequestStatus,
    pub(crate) due_on: Option<NaiveDate>,
    pub(crate) closed_on: Option<NaiveDate>,
    pub(crate) feedback: Option<(FeedbackKind, Option<NaiveDate>)>,
    /// Place, description, result.
    pub(crate) texts: Option<Box<[Option<String>; 3]>>,
}

fn districts(live: &Live<'_>) -> Box<[DistrictId]> {
    live.districts.iter().copied().collect()
}

impl ActivityRow {
    pub(crate) fn new(live: &Live<'_>, activity: &Activity, words: &mut Words, with_texts: bool) -> Self {
        let minutes = activity.minutes().and_then(|minutes| u64::try_from(minutes).ok());
        Self {
            at: activity.starts_at.with_timezone(&calendar::ZONE).naive_local(),
            id: live.id,
            minutes,
            districts: districts(live),
            kind: words.maybe(Some(&activity.kind)),
            place_kind: words.maybe(activity.place_kind.as_deref()),
            place: words.maybe(activity.place.as_deref()),
            people: activity.people.iter().map(|group| u64::from(group.count)).sum(),
            tallied: activity.tally.iter().map(|cell| u64::from(cell.count)).sum(),
            target_groups: activity
                .target_groups
                .iter()
                .filter_map(|code| words.maybe(Some(code)))
                .collect(),
            result: activity.result.clone().filter(|_| with_texts),
        }
    }
}

impl RequestRow {
    pub(crate) fn new(live: &Live<'_>, request: &Request, words: &mut Words, with_texts: bool) -> Self {
        let texts = || {
            Box::new([
                request.place.clone(),
                request.description.clone(),
                request.result.clone(),
            ])
        };
        Self {
            id: live.id,
            number: request.number.clone(),
            received_on: request.received_on,
            way: words.maybe(request.received_way.as_deref()),
            districts: districts(live),
            category: words.maybe(request.category.as_deref()),
            field: words.maybe(request.field.as_deref()),
            status: request.status.clone(),
            due_on: request.due_on,
            closed_on: request.closed_on,
            feedback: request
                .feedback
                .as_ref()
                .map(|feedback| (feedback.kind.clone(), feedback.on)),
            texts: with_texts.then(texts),
        }
    }
}
