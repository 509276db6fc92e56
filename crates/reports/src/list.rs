//! Lists of single records, in the order of time.

use crate::{
    Cell, Heading, Lists, Month,
    rows::{ActivityRow, RequestRow, TalkRow},
    text,
};
use domain::Kind;

/// Which records a list holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ListKind {
    /// Conversations of the month.
    Conversations,
    /// Requests that came, were open or were closed in the month.
    Requests,
    /// Activities of the month.
    Activities,
}

impl ListKind {
    /// The list of a kind of records; `None` where a month has none.
    pub fn of(kind: &Kind) -> Option<Self> {
        match kind {
            Kind::Note => Some(Self::Conversations),
            Kind::Request => Some(Self::Requests),
            Kind::Activity => Some(Self::Activities),
            _ => None,
        }
    }

    pub(crate) fn sheet(self) -> text::Words {
        match self {
            Self::Conversations => text::CONVERSATIONS_SHEET,
            Self::Requests => text::REQUESTS_SHEET,
            Self::Activities => text::ACTIVITIES_SHEET,
        }
    }

    fn id(self) -> &'static str {
        match self {
            Self::Conversations => "conversations",
            Self::Requests => "requests",
            Self::Activities => "activities",
        }
    }

    fn columns(self, with_texts: bool) -> Vec<&'static str> {
        let (columns, texts): (&[&str], &[&str]) = match self {
            Self::Conversations => (
                &[
                    "date",
                    "time",
                    "minutes",
                    "district",
                    "contact_mode",
                    "place_kind",
                    "place",
                    "contact_order",
                    "people",
                    "age_bands",
                    "topics",
                    "services",
                    "sent_to",
                    "follow_up",
                ],
                &["text", "original_words", "resources"],
            ),
            Self::Requests => (
                &[
                    "number",
                    "received_on",
                    "received_way",
                    "district",
                    "category",
                    "field",
                    "status",
                    "due_on",
                    "closed_on",
                    "feedback",
                    "feedback_on",
                ],
                &["place", "description", "result"],
            ),
            Self::Activities => (
                &[
                    "date",
                    "time",
                    "hours",
                    "kind",
                    "district",
                    "place_kind",
                    "place",
                    "people",
                    "tallied",
                    "target_groups",
                ],
                &["result"],
            ),
        };
        let texts = if with_texts { texts } else { &[] };
        columns.iter().chain(texts).chain(&["id"]).copied().collect()
    }
}

/// A list whose rows are made one at a time: with 100,000 of them they are not all in memory at once.
pub struct List<'a> {
    /// Stable name for programs.
    pub id: &'static str,
    /// Columns from left to right.
    pub columns: Vec<Heading>,
    /// How many rows there are.
    pub count: usize,
    rows: Rows<'a>,
    month: &'a Month,
}

enum Rows<'a> {
    Talks(Vec<&'a TalkRow>),
    Requests(Vec<&'a RequestRow>),
    Activities(Vec<&'a ActivityRow>),
}

impl Month {
    /// A list of the month's records, sorted by time and then by id, so that equal content has equal bytes.
    pub fn list(&self, kind: ListKind) -> List<'_> {
        let with_texts = self.scope.lists == Lists::WithTexts;
        let heading = |id: &str| Heading::new(id, self.language().pick(text::column(id)));
        let columns = kind.columns(with_texts).into_iter().map(heading).collect();
        let rows = match kind {
            ListKind::Conversations => {
                let mut rows: Vec<&TalkRow> = self.talk_rows.iter().collect();
                rows.sort_unstable_by_key(|row| (row.at, row.id));
                Rows::Talks(rows)
            }
            ListKind::Requests => {
                let mut rows: Vec<&RequestRow> = self.request_rows.iter().collect();
                rows.sort_unstable_by_key(|row| (row.received_on, row.id));
                Rows::Requests(rows)
            }
            ListKind::Activities => {
                let mut rows: Vec<&ActivityRow> = self.activity_rows.iter().collect();
                rows.sort_unstable_by_key(|row| (row.at, row.id));
                Rows::Activities(rows)
            }
        };
        let count = match &rows {
            Rows::Talks(rows) => rows.len(),
            Rows::Requests(rows) => rows.len(),
            Rows::Activities(rows) => rows.len(),
        };
        List {
            id: kind.id(),
            columns,
            count,
            rows,
            month: self,
        }
    }
}

impl<'a> List<'a> {
    /// The rows, each with one cell a column.
    pub fn rows(&self) -> impl Iterator<Item = Vec<Cell<'a>>> {
        (0..self.count).map(|at| match &self.rows {
            Rows::Talks(rows) => self.month.talk_cells(rows[at]),
            Rows::Requests(rows) => self.month.request_cells(rows[at]),
            Rows::Activities(rows) => self.month.activity_cells(rows[at]),
        })
    }
}
