//! The month as it is collected, record by record.

use crate::{
    Catalogue, Language,
    catalogue::Labels,
    rows::{ActivityRow, RequestRow, TalkRow},
    tally::{Activities, Requests, Talks},
    text,
    words::{Word, Words},
};
use domain::{
    At, Body, DistrictId, Envelope, Kind, State,
    calendar::{self, MonthOf},
    kinds::{Activity, Request},
};
use std::collections::BTreeMap;

/// What a report is to hold.
#[derive(Clone, Debug, Default)]
pub struct Scope {
    /// The language of its words.
    pub language: Language,
    /// Records of this district alone.
    pub only: Option<DistrictId>,
    /// Which lists it can write.
    pub lists: Lists,
}

/// How much of single records a report remembers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Lists {
    /// Figures alone.
    None,
    /// Rows without any text that somebody wrote about a person.
    #[default]
    WithoutTexts,
    /// Rows with their texts.
    WithTexts,
}

/// A month's figures and lists. Records are added one by one and not kept; their order does not matter.
pub struct Month {
    pub(crate) of: MonthOf,
    pub(crate) bounds: (At, At),
    pub(crate) scope: Scope,
    pub(crate) labels: Labels,
    pub(crate) words: Words,
    pub(crate) talks: Talks,
    pub(crate) activities: Activities,
    pub(crate) requests: Requests,
    pub(crate) request_categories: BTreeMap<Option<Word>, Requests>,
    pub(crate) talk_rows: Vec<TalkRow>,
    pub(crate) activity_rows: Vec<ActivityRow>,
    pub(crate) request_rows: Vec<RequestRow>,
    pub(crate) unreadable: u64,
}

impl Month {
    /// An empty month.
    pub fn new(of: MonthOf, catalogue: Catalogue, scope: Scope) -> Self {
        Self {
            of,
            bounds: calendar::bounds(of),
            labels: Labels::new(catalogue, scope.language),
            scope,
            words: Words::default(),
            talks: Talks::default(),
            activities: Activities::default(),
            requests: Requests::default(),
            request_categories: BTreeMap::new(),
            talk_rows: Vec::new(),
            activity_rows: Vec::new(),
            request_rows: Vec::new(),
            unreadable: 0,
        }
    }

    /// Counts a record: a conversation or activity of this month, or a request that was known in it. Other records,
    /// trashed ones and those of other districts pass by; one that cannot be read is counted as such.
    pub fn add(&mut self, envelope: &Envelope, body: &Body) {
        let elsewhere = self.scope.only.is_some_and(|only| !envelope.districts.contains(&only));
        if envelope.state != State::Live || elsewhere {
            return;
        }
        let read = match envelope.kind {
            Kind::Note => serde_json::from_str(body.as_str())
                .ok()
                .map(|talk| self.add_talk(envelope, &talk)),
            Kind::Activity => Activity::read(body)
                .ok()
                .map(|activity| self.add_activity(envelope, &activity)),
            Kind::Request => Request::read(body)
                .ok()
                .map(|request| self.add_request(envelope, &request)),
            _ => Some(()),
        };
        self.unreadable += u64::from(read.is_none());
    }

    /// The month.
    pub fn month(&self) -> MonthOf {
        self.of
    }

    /// The district it is about, if it is about one alone.
    pub fn only(&self) -> Option<DistrictId> {
        self.scope.only
    }

    /// Its language.
    pub fn language(&self) -> Language {
        self.scope.language
    }

    /// Title of the report: month and district.
    pub fn title(&self) -> String {
        let language = self.language();
        let month = text::MONTHS
            .get(self.of.month() as usize - 1)
            .map_or("", |name| language.pick(*name));
        let districts = match self.scope.only {
            Some(only) => self.labels.district(only),
            None => language.pick(text::ALL_DISTRICTS).into(),
        };
        format!(
            "{} {month} {} – {districts}",
            language.pick(text::REPORT),
            self.of.year()
        )
    }
}

/// Says which month it is and how much was counted, and nothing of whom.
impl std::fmt::Debug for Month {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Month({}, {} conversations)", self.of, self.talks.all.talks)
    }
}
