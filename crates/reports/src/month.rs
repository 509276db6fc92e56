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
    At, Body, DistrictId, Envelope, Kind, RecordId, State,
    calendar::{self, MonthOf},
    kinds::{Activity, Request},
};
use std::collections::{BTreeMap, BTreeSet};

/// What a report is to hold.
#[derive(Clone, Debug, Default)]
pub struct Scope {
    /// The language of its words.
    pub language: Language,
    /// Records of these districts alone; of all where empty.
    pub only: BTreeSet<DistrictId>,
    /// Districts that have a row even where nothing was counted in them, where the month is not of chosen ones.
    pub named: BTreeSet<DistrictId>,
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

/// What a count looks at of a live record.
#[derive(Clone, Copy)]
pub struct Live<'a> {
    /// Its id.
    pub id: RecordId,
    /// Its kind.
    pub kind: &'a Kind,
    /// Where it stands.
    pub districts: &'a BTreeSet<DistrictId>,
    /// When it was changed last, where that is known.
    pub changed_at: Option<At>,
    /// Its body, as it is stored.
    pub body: &'a str,
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
    pub(crate) basis: Basis,
}

/// What a device's figures stand on.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Basis {
    /// Records that were looked at.
    pub(crate) records: u64,
    /// The newest change among them.
    pub(crate) changed_at: Option<At>,
    /// When the device last heard everything from the city, and how many entries of its own wait; said in the workbook
    /// alone, because it is of the device and not of the data.
    pub(crate) transfer: Option<Transfer>,
}

/// How a device stands with its city.
#[derive(Clone, Copy, Debug)]
pub struct Transfer {
    /// The end of the last transfer; none where there was none.
    pub at: Option<At>,
    /// Entries that wait for the next one.
    pub waiting: u64,
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
            basis: Basis::default(),
        }
    }

    /// How the device that counts stands with its city.
    pub fn stands(&mut self, transfer: Transfer) {
        self.basis.transfer = Some(transfer);
    }

    /// Counts a record: a conversation or activity of this month, or a request that was known in it. Other records,
    /// trashed ones and those of other districts pass by; one that cannot be read is counted as such.
    pub fn add(&mut self, envelope: &Envelope, body: &Body) {
        if envelope.state == State::Live {
            self.add_live(&Live {
                id: envelope.id,
                kind: &envelope.kind,
                districts: &envelope.districts,
                changed_at: None,
                body: body.as_str(),
            });
        }
    }

    /// The same for a record that is known to be live, by what a count looks at.
    pub fn add_live(&mut self, live: &Live<'_>) {
        let only = &self.scope.only;
        if !only.is_empty() && only.is_disjoint(live.districts) {
            return;
        }
        self.basis.records += 1;
        self.basis.changed_at = self.basis.changed_at.max(live.changed_at);
        let owned = || Body::new(live.body.to_owned());
        let read = match live.kind {
            Kind::Note => serde_json::from_str(live.body)
                .ok()
                .map(|talk| self.add_talk(live, &talk)),
            Kind::Activity => Activity::read(&owned())
                .ok()
                .map(|activity| self.add_activity(live, &activity)),
            Kind::Request => Request::read(&owned())
                .ok()
                .map(|request| self.add_request(live, &request)),
            _ => Some(()),
        };
        self.unreadable += u64::from(read.is_none());
    }

    /// The month.
    pub fn month(&self) -> MonthOf {
        self.of
    }

    /// The districts it is about; empty where it is about all.
    pub fn only(&self) -> &BTreeSet<DistrictId> {
        &self.scope.only
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
        format!(
            "{} {month} {} – {}",
            language.pick(text::REPORT),
            self.of.year(),
            self.districts_title()
        )
    }

    /// Its districts by name, as long as a title has room for them.
    fn districts_title(&self) -> String {
        const NAMED: usize = 3;
        let mut districts: Vec<DistrictId> = self.scope.only.iter().copied().collect();
        districts.sort_by_key(|id| self.labels.district_place(*id));
        match districts.as_slice() {
            [] => self.language().pick(text::ALL_DISTRICTS).to_owned(),
            few if few.len() <= NAMED => {
                let names: Vec<_> = few.iter().map(|id| self.labels.district(*id)).collect();
                names.join(", ")
            }
            many => format!("{} {}", many.len(), self.language().pick(text::DISTRICTS)),
        }
    }
}

/// Says which month it is and how much was counted, and nothing of whom.
impl std::fmt::Debug for Month {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Month({}, {} conversations)", self.of, self.talks.all.talks)
    }
}
