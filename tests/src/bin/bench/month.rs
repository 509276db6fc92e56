//! The month's export over 100,000 notes.

use crate::{
    table::{Row, median, time},
    world::{Notebook, PAGE, newest},
};
use chrono::Duration as Span;
use domain::{Kind, calendar::MonthOf};
use reports::{Catalogue, District, Lists, Live, Month, Scope};
use scenes::prose::Dice;
use std::time::{Duration, Instant};

const COUNT: usize = 100_000;

/// Counting a month of 100,000 notes, and writing it with its list as XLSX and CSV.
pub(crate) fn export() -> Vec<Row> {
    let notebook = Notebook::empty();
    let mut dice = Dice::new(3);
    let place = &notebook.place;
    for _ in 0..COUNT / PAGE {
        let page: Vec<_> = (0..PAGE)
            .map(|_| {
                let before = Span::seconds(dice.below(19 * 86_400) as i64);
                place.confirmed(place.note_at(&mut dice, newest() - before))
            })
            .collect();
        notebook.take(&page);
    }
    notebook.store.rest().expect("an idle moment");
    let mut figures: Vec<Duration> = (0..3)
        .map(|_| took(|| drop(count(&notebook, Lists::None).figures())))
        .collect();
    let mut xlsx: Vec<Duration> = (0..3)
        .map(|_| took(|| drop(reports::xlsx::write(&count(&notebook, Lists::WithoutTexts)).expect("a sheet"))))
        .collect();
    let mut csv: Vec<Duration> = (0..3)
        .map(|_| took(|| drop(reports::csv::write(&count(&notebook, Lists::None), None).expect("a file"))))
        .collect();
    let row = |work: &str, figure: Duration, target: &str, limit: Option<Duration>| Row {
        work: work.into(),
        figure: time(figure),
        baseline: String::new(),
        ratio: None,
        target: target.into(),
        reached: limit.map(|limit| figure <= limit),
    };
    vec![
        row(
            "counts for the month (all tables), 100,000 notes in it",
            median(&mut figures),
            "<= 300 ms",
            Some(Duration::from_millis(300)),
        ),
        row(
            "month of 100,000 notes: XLSX with the list",
            median(&mut xlsx),
            "<= 3 s",
            Some(Duration::from_secs(3)),
        ),
        row("month of 100,000 notes: CSV", median(&mut csv), "-", None),
    ]
}

fn count(notebook: &Notebook, lists: Lists) -> Month {
    let of = MonthOf::of(newest().date_naive());
    let districts = notebook.place.districts.iter().enumerate();
    let catalogue = Catalogue {
        districts: districts
            .map(|(n, id)| District {
                id: *id,
                name: format!("Stadtteil {n}"),
            })
            .collect(),
        codes: Vec::new(),
        organisation: None,
    };
    let mut month = Month::new(
        of,
        catalogue,
        Scope {
            lists,
            ..Scope::default()
        },
    );
    notebook
        .store
        .read(|r| {
            r.each(
                &Kind::Note,
                Some(of.first()),
                Some(of.last()),
                &Default::default(),
                |told| {
                    month.add_live(&Live {
                        id: told.id,
                        kind: &Kind::Note,
                        districts: told.districts,
                        changed_at: Some(told.changed_at),
                        body: told.body,
                    });
                    Ok(())
                },
            )
        })
        .expect("the month is read");
    month
}

fn took(work: impl FnOnce()) -> Duration {
    let start = Instant::now();
    work();
    start.elapsed()
}
