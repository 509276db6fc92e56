//! What an address book would bring, before anything is written.

use super::book;
use crate::desk::{
    Error, Notebook,
    import::{id_key, read_bounded},
};
use domain::{
    RecordId, State,
    alike::{Shared, Sign, signs},
    derived_id,
};
use intake::{
    Notice,
    card::{CardDraft, SkippedCard},
};
use std::{
    collections::{BTreeMap, BTreeSet, HashMap},
    path::Path,
};

/// A file that was looked at. No Debug: it holds people who are not in the notebook.
pub struct BookPreview {
    /// The file's name, for the cards to say where they come from.
    pub source: String,
    /// Who can be taken, in the order of the file.
    pub cards: Vec<Previewed>,
    /// Who cannot.
    pub skipped: Vec<SkippedCard>,
    /// What a person should know about the file.
    pub notices: Vec<Notice>,
}

/// A card that can be taken. No Debug: it says who somebody is.
pub struct Previewed {
    /// What it says.
    pub draft: CardDraft,
    /// The id it will have: derived from what it says, so that two devices that take it have one card.
    pub id: RecordId,
    /// Whether it was taken before.
    pub known: Known,
    /// Cards that are probably of the same one: those of the notebook, or of the file before it.
    pub alike: Vec<Alike>,
}

/// Whether the very same card was taken before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Known {
    /// It was not, or it lies in the trash and comes back.
    New,
    /// It is in the notebook.
    Here,
    /// It was erased, and is not taken a second time.
    Erased,
}

/// A card that another is probably of. No Debug: it names somebody.
#[derive(Clone, PartialEq, Eq)]
pub struct Alike {
    /// The notebook's card; nothing where it is one of the file.
    pub id: Option<RecordId>,
    /// Whose.
    pub name: String,
    /// What both have.
    pub shared: BTreeSet<Shared>,
}

impl Notebook {
    /// Looks at an address book: vCards, CSV or Excel.
    ///
    /// # Errors
    /// [`Error::NotEnrolled`], [`Error::Intake`] where it is none or too large, or the store's own reason.
    pub fn preview_contacts(&self, file: &Path) -> Result<BookPreview, Error> {
        let name = file.file_name().unwrap_or_default().to_string_lossy();
        self.preview_book(&name, &read_bounded(file)?)
    }

    /// The same of the bytes of a file of this name.
    ///
    /// # Errors
    /// As [`Notebook::preview_contacts`].
    pub fn preview_book(&self, name: &str, bytes: &[u8]) -> Result<BookPreview, Error> {
        let identity = self.identity()?;
        let key = id_key(&identity)?;
        let read = intake::card::read(bytes)?;
        let source = intake::attachment::clean_name(name, None);
        let mut cards = Vec::new();
        let found = self.store().read(|reading| {
            let mut known = Signs::default();
            book::each(reading, |id, contact| {
                known.add(&signs(&contact), Some(id), &contact.name);
            })?;
            for draft in read.cards {
                let id = derived_id(&key, "import contact", &[&draft.key_text]);
                let state = reading.record(id)?.map(|stored| stored.record.envelope.state);
                let own = signs(&draft.contact);
                cards.push(Previewed {
                    alike: known.alike(&own, id),
                    known: match state {
                        Some(State::Live) => Known::Here,
                        Some(State::Erased) => Known::Erased,
                        _ => Known::New,
                    },
                    id,
                    draft,
                });
                let newest = cards.last().expect("just pushed");
                if newest.known == Known::New {
                    known.add(&own, None, &newest.draft.contact.name);
                }
            }
            Ok(())
        });
        found?;
        Ok(BookPreview {
            source,
            cards,
            skipped: read.skipped,
            notices: read.notices,
        })
    }
}

/// Who bears which sign.
#[derive(Default)]
struct Signs {
    bearers: Vec<(Option<RecordId>, String)>,
    of: HashMap<Sign, Vec<usize>>,
}

/// Whoever looks through it needs no more.
const MOST_ALIKE: usize = 5;

impl Signs {
    fn add(&mut self, signs: &BTreeSet<Sign>, id: Option<RecordId>, name: &str) {
        for sign in signs {
            self.of.entry(sign.clone()).or_default().push(self.bearers.len());
        }
        self.bearers.push((id, name.to_owned()));
    }

    fn alike(&self, signs: &BTreeSet<Sign>, own: RecordId) -> Vec<Alike> {
        let mut found: BTreeMap<usize, BTreeSet<Shared>> = BTreeMap::new();
        for sign in signs {
            for bearer in self.of.get(sign).into_iter().flatten() {
                found.entry(*bearer).or_default().insert(sign.0);
            }
        }
        let alike = found.into_iter().map(|(bearer, shared)| {
            let (id, name) = self.bearers[bearer].clone();
            Alike { id, name, shared }
        });
        alike.filter(|alike| alike.id != Some(own)).take(MOST_ALIKE).collect()
    }
}
