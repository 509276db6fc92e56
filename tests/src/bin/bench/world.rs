//! The world that is measured: made-up notes, a filled notebook, a city in a process of its own.

use chrono::{DateTime, Duration, FixedOffset, TimeZone};
use domain::{At, Body, DeviceId, DistrictId, Envelope, Kind, OrganisationId, PersonId, Record, RecordId, Role, State};
use scenes::prose::{Dice, note_text};
use std::collections::BTreeSet;
use store::{Confirmed, Identity, KeyCost, Passphrase, Store};
use tempfile::TempDir;
use uuid::{Builder, Uuid};

/// Records a page, as a first sync takes them.
pub(crate) const PAGE: usize = 1_000;

/// Opens every notebook of the bench.
pub(crate) const PASSPHRASE: &str = "bench";

const TOPICS: &[&str] = &[
    "raum",
    "wohnen",
    "armut",
    "bildung",
    "mobilitaet",
    "gesundheit",
    "digital",
    "einsamkeit",
    "integration",
    "sicherheit",
    "demokratie",
    "kultur",
];
const BANDS: &[&str] = &["27-64", "65+", "14-17", "18-26", "6-13", "0-5"];

/// Who and where, the same in every part.
pub(crate) struct Place {
    /// The organisation of all notes.
    pub(crate) organisation: OrganisationId,
    /// Who wrote them.
    pub(crate) person: PersonId,
    /// Where they were written.
    pub(crate) districts: Vec<DistrictId>,
}

impl Place {
    /// Ten districts of nobody's city.
    pub(crate) fn of_nobody() -> Self {
        let id = |n: u128| Uuid::from_u128(0x1000_0000_0000_4000_8000_0000_0000_0000 + n);
        Self {
            organisation: OrganisationId(id(1)),
            person: PersonId(id(2)),
            districts: (10..20).map(|n| DistrictId(id(n))).collect(),
        }
    }

    /// The note number `n` of `count`, spread over the four years before November 2026.
    pub(crate) fn note(&self, dice: &mut Dice, n: usize, count: usize) -> Record {
        let seconds = 4 * 365 * 86_400 / count.max(1) as i64;
        self.note_at(dice, newest() - Duration::seconds(seconds * (count - n) as i64))
    }

    /// A note of this time.
    pub(crate) fn note_at(&self, dice: &mut Dice, at: DateTime<FixedOffset>) -> Record {
        let millis = u64::try_from(at.timestamp_millis()).expect("after 1970");
        let mut random = [0; 10];
        random.iter_mut().for_each(|byte| *byte = dice.roll() as u8);
        let id = Builder::from_unix_timestamp_millis(millis, &random).into_uuid();
        let band = dice.word(BANDS);
        let body = serde_json::json!({
            "occurred_at": at.to_rfc3339(),
            "duration_minutes": 5 + dice.below(40),
            "contact_mode": dice.word(&["outreach", "office_hours", "phone"]),
            "place": "Haltestelle am Markt",
            "contact_order": dice.word(&["first", "repeat"]),
            "people": [{"age_band": band, "gender": "none", "count": 1 + dice.below(3)}],
            "topics": BTreeSet::from([dice.word(TOPICS), dice.word(TOPICS)]),
            "text": note_text(dice),
        });
        let district = self.districts[dice.below(self.districts.len()).min(dice.below(self.districts.len()))];
        Record {
            envelope: Envelope {
                id: RecordId(id),
                kind: Kind::Note,
                organisation: Some(self.organisation),
                districts: BTreeSet::from([district]),
                whole_organisation: false,
                owner: self.person,
                confidential: false,
                readers: BTreeSet::new(),
                blobs: BTreeSet::new(),
                retention: None,
                state: State::Live,
                version: 1,
                floor_version: 0,
                redacted: BTreeSet::new(),
            },
            body: Some(Body::new(body.to_string())),
            sealed: None,
        }
    }

    /// The same note as the city confirms it.
    pub(crate) fn confirmed(&self, record: Record) -> Confirmed {
        let changed_at = At::from_millis(1_790_000_000_000).expect("a time chrono knows");
        Confirmed {
            record,
            changed_at,
            changed_by: self.person,
        }
    }
}

/// The time of the newest note.
pub(crate) fn newest() -> DateTime<FixedOffset> {
    let offset = FixedOffset::east_opt(3600).expect("an hour");
    offset
        .with_ymd_and_hms(2026, 11, 20, 12, 0, 0)
        .single()
        .expect("a time that exists once")
}

/// A notebook in a folder of its own that ends with it.
pub(crate) struct Notebook {
    /// The notebook.
    pub(crate) store: Store,
    /// Who and where.
    pub(crate) place: Place,
    _folder: TempDir,
}

impl Notebook {
    /// A notebook of `count` confirmed notes, taken page by page as a first sync takes them, and at rest.
    pub(crate) fn of(count: usize) -> Self {
        let notebook = Self::empty();
        let mut dice = Dice::new(7);
        let place = &notebook.place;
        for first in (0..count).step_by(PAGE) {
            let page: Vec<Confirmed> = (first..(first + PAGE).min(count))
                .map(|n| place.confirmed(place.note(&mut dice, n, count)))
                .collect();
            notebook.take(&page);
        }
        notebook.store.rest().expect("the index merges");
        notebook
    }

    /// An empty notebook.
    pub(crate) fn empty() -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let store = Store::create(
            &folder.path().join("notebook"),
            &Passphrase::new(PASSPHRASE),
            KeyCost::for_tests(),
        )
        .expect("a new notebook");
        Self {
            store,
            place: Place::of_nobody(),
            _folder: folder,
        }
    }

    /// Gives it to its person, out of reach of any city, as the window wants it.
    pub(crate) fn enrol(&self) {
        let identity = Identity {
            city_url: "http://127.0.0.1:1".to_owned(),
            token: "t".repeat(43),
            person: self.place.person,
            organisation: self.place.organisation,
            name: "Anna Beispiel".to_owned(),
            role: Role::Worker,
            field: None,
            districts: self.place.districts.iter().copied().collect(),
            city: "Musterstadt".to_owned(),
            epoch: "e1".to_owned(),
            device_id: DeviceId(Uuid::now_v7()),
            device_code: "K7".to_owned(),
            id_key: "k".repeat(43),
        };
        self.store
            .write(|tx| tx.set_identity(&identity))
            .expect("the notebook takes an identity");
    }

    /// One page, one transaction.
    pub(crate) fn take(&self, page: &[Confirmed]) {
        self.store
            .write(|tx| {
                for confirmed in page {
                    tx.put_confirmed(confirmed)?;
                }
                tx.set_cursor("bench")
            })
            .expect("a page is taken");
    }
}
