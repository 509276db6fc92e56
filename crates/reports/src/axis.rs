//! The rows or columns of a table: a code list in its order, then what the records name beyond it.

use crate::{Cell, Heading, Line, Month, text, words::Word};

/// One row or column.
pub(crate) struct Place {
    head: Heading,
    /// Outer `None`: no record names it. Inner `None`: what nobody filled in.
    word: Option<Option<Word>>,
}

impl Place {
    /// What it is counted by, if anything was.
    pub(crate) fn word(&self) -> Option<Option<Word>> {
        self.word
    }
}

pub(crate) struct Axis {
    pub(crate) places: Vec<Place>,
}

impl Axis {
    /// All codes of a list, also unused ones; then unknown codes that were used; last what nobody filled in, if anybody
    /// did not.
    pub(crate) fn of_list(
        month: &Month,
        list: &str,
        used: impl Iterator<Item = Option<Word>>,
        unknown: text::Words,
    ) -> Self {
        let codes = month
            .labels
            .list(list)
            .codes()
            .map(|code| (code.to_owned(), String::new()))
            .collect();
        Self::new(month, list, codes, used, unknown)
    }

    /// Only what was used, in the list's order.
    pub(crate) fn of_used(month: &Month, list: &str, used: impl Iterator<Item = Option<Word>>) -> Self {
        let mut axis = Self::of_list(month, list, used, text::NOT_STATED);
        axis.places.retain(|place| place.word.is_some());
        axis
    }

    /// Every main topic, below each its sub-topics that were named.
    pub(crate) fn of_topics(month: &Month) -> Self {
        const INDENT: &str = "– ";
        let list = month.labels.list("topic");
        let parent = |code: &str| {
            list.entry(code)
                .and_then(|entry| entry.parent.as_deref())
                .filter(|p| list.entry(p).is_some())
        };
        let mut codes = Vec::new();
        for main in list.codes().filter(|code| parent(code).is_none()) {
            codes.push((main.to_owned(), String::new()));
            let named = |code: &&str| {
                month
                    .words
                    .seen(code)
                    .is_some_and(|word| month.talks.topic.of(Some(word)).talks > 0)
            };
            let below = list.codes().filter(|code| parent(code) == Some(main)).filter(named);
            codes.extend(below.map(|code| (code.to_owned(), INDENT.to_owned())));
        }
        Self::new(month, "topic", codes, month.talks.topic.keys(), text::NOT_STATED)
    }

    fn new(
        month: &Month,
        list: &str,
        mut codes: Vec<(String, String)>,
        used: impl Iterator<Item = Option<Word>>,
        unknown: text::Words,
    ) -> Self {
        let mut somebody_left_it_open = false;
        let mut beyond: Vec<String> = Vec::new();
        let mut counted = std::collections::HashSet::new();
        for word in used {
            let Some(word) = word else {
                somebody_left_it_open = true;
                continue;
            };
            counted.insert(word);
            let code = month.words.text(word);
            if !codes.iter().any(|(known, _)| known == code) {
                beyond.push(code.to_owned());
            }
        }
        beyond.sort_unstable();
        beyond.dedup();
        codes.extend(beyond.into_iter().map(|code| (code, String::new())));
        let place = |(code, before): (String, String)| Place {
            head: Heading::new(&code, format!("{before}{}", month.labels.label(list, &code))),
            word: month.words.seen(&code).filter(|word| counted.contains(word)).map(Some),
        };
        let mut places: Vec<Place> = codes.into_iter().map(place).collect();
        if somebody_left_it_open {
            places.push(Place {
                head: Heading::new("unknown", month.language().pick(unknown)),
                word: Some(None),
            });
        }
        Self { places }
    }

    pub(crate) fn headings(&self) -> impl Iterator<Item = Heading> {
        self.places.iter().map(|place| place.head.clone())
    }

    pub(crate) fn lines(&self, cells: impl Fn(&Place) -> Vec<Cell<'static>>) -> Vec<Line> {
        self.places
            .iter()
            .map(|place| Line {
                head: place.head.clone(),
                cells: cells(place),
            })
            .collect()
    }
}
