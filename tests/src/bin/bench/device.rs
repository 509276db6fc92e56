//! What a person waits for: a save, a search, a list.

use crate::{
    plain,
    table::{Row, percentile, time},
    world::{Notebook, newest},
};
use chrono::Duration as Span;
use domain::{At, Kind, MutationId};
use scenes::prose::Dice;
use std::time::{Duration, Instant};
use store::{Filter, Page, Stamp};
use uuid::Uuid;

const SAVES: usize = 2_000;

/// Saving one note into a notebook of 100,000, beside what the disk takes for one page.
pub(crate) fn save() -> Vec<Row> {
    let notebook = Notebook::of(100_000);
    let mut dice = Dice::new(99);
    let mut disk = plain::fsyncs(notebook.store.dir(), SAVES);
    let mut samples = Vec::with_capacity(SAVES);
    for n in 0..SAVES {
        let mut record = notebook.place.note_at(&mut dice, newest() + Span::seconds(n as i64));
        record.envelope.version = 0;
        let stamp = Stamp {
            mutation_id: MutationId(Uuid::now_v7()),
            by: notebook.place.person,
            at: At::from(chrono::Utc::now()),
        };
        let start = Instant::now();
        notebook.store.write(|tx| tx.save(&record, stamp)).expect("a save");
        samples.push(start.elapsed());
        if n % 200 == 199 {
            notebook.store.rest().expect("an idle moment");
        }
    }
    let row = |name: &str, share: f64, samples: &mut [Duration], disk: &mut [Duration], target: &str, limit: Limit| {
        let (figure, baseline) = (percentile(samples, share), percentile(disk, share));
        let ratio = figure.as_secs_f64() / baseline.as_secs_f64();
        Row {
            work: format!("save of one note, 100,000 notes, {name}"),
            figure: time(figure),
            baseline: format!("{} (fsync)", time(baseline)),
            ratio: Some(ratio),
            target: target.into(),
            reached: Some(match limit {
                Limit::Time(limit) => figure <= limit,
                Limit::Ratio(limit) => ratio <= limit,
            }),
        }
    };
    vec![
        row(
            "p50",
            0.5,
            &mut samples,
            &mut disk,
            "<= 1 ms",
            Limit::Time(Duration::from_millis(1)),
        ),
        row(
            "p99",
            0.99,
            &mut samples,
            &mut disk,
            "<= 5x fsync p99",
            Limit::Ratio(5.0),
        ),
    ]
}

enum Limit {
    Time(Duration),
    Ratio(f64),
}

/// Queries of each kind, as one types them.
const QUERIES: &[(&str, &[&str])] = &[
    (
        "word",
        &["spielplatz", "aufzug", "jobcenter", "sprachkurs", "radweg", "müllplatz"],
    ),
    (
        "two words",
        &[
            "aufzug rollstuhl",
            "spielplatz dunkel",
            "mutter jobcenter",
            "schüler schulweg",
            "hausmeister flyer",
        ],
    ),
    ("prefix of 3", &["spi", "str", "nac", "woh", "bür", "auf"]),
    (
        "substring",
        &["platz", "beleuchtung", "strasse", "kosten", "zentrum", "konferenz"],
    ),
    (
        "rare",
        &["block 3fa", "hausnummer 399", "0c7", "block fff", "demenzlotse"],
    ),
];
const ROUNDS: usize = 25;

/// Searching, newest 50 first, with a check that nothing is missed.
pub(crate) fn search(count: usize) -> Vec<Row> {
    let notebook = Notebook::of(count);
    let limit = Duration::from_millis(if count > 100_000 { 60 } else { 20 });
    let mut rows = vec![recall(&notebook, count)];
    for (name, queries) in QUERIES {
        let mut samples = Vec::new();
        for _ in 0..ROUNDS {
            for query in *queries {
                let start = Instant::now();
                notebook.store.read(|r| r.search(query, None, 50)).expect("a search");
                samples.push(start.elapsed());
            }
        }
        let (p50, p99) = (percentile(&mut samples, 0.5), percentile(&mut samples, 0.99));
        rows.push(Row {
            work: format!("search, {count} notes, {name}"),
            figure: format!("p50 {} p99 {}", time(p50), time(p99)),
            baseline: String::new(),
            ratio: None,
            target: format!("p99 <= {}", time(limit)),
            reached: Some(p99 <= limit),
        });
    }
    rows
}

/// Whether search finds all that a look into every text finds.
fn recall(notebook: &Notebook, count: usize) -> Row {
    let words = ["platz", "rollst", "beleuchtung", "3fa", "demenzlotse"];
    let (mut found, mut there) = (0, 0);
    for word in words {
        let hits = notebook
            .store
            .read(|r| r.search(word, Some(&Kind::Note), usize::MAX))
            .expect("a search");
        found += hits.len();
        notebook
            .store
            .read(|r| {
                r.each(&Kind::Note, None, None, &Default::default(), |told| {
                    there += usize::from(domain::fold::fold(told.body).contains(word));
                    Ok(())
                })
            })
            .expect("every note is read");
    }
    Row {
        work: format!("search, {count} notes, found of those there"),
        figure: found.to_string(),
        baseline: there.to_string(),
        ratio: Some(found as f64 / there as f64),
        target: "all".into(),
        reached: Some(found == there),
    }
}

/// A page of the list with two filters.
pub(crate) fn list() -> Vec<Row> {
    let notebook = Notebook::of(100_000);
    let today = newest().date_naive();
    let mut samples = Vec::new();
    for n in 0..400 {
        let filter = Filter {
            district: Some(notebook.place.districts[n % notebook.place.districts.len()]),
            from: Some(today - Span::days(30 + n as i64)),
            to: Some(today - Span::days(n as i64 / 2)),
            ..Filter::of(Kind::Note)
        };
        let start = Instant::now();
        notebook
            .store
            .read(|r| r.list(&filter, Page::first(50)))
            .expect("a list");
        samples.push(start.elapsed());
    }
    let (p50, p99) = (percentile(&mut samples, 0.5), percentile(&mut samples, 0.99));
    vec![Row {
        work: "first page of a list, two filters, 100,000 notes".into(),
        figure: format!("p50 {} p99 {}", time(p50), time(p99)),
        baseline: String::new(),
        ratio: None,
        target: "<= 2 ms".into(),
        reached: Some(p99 <= Duration::from_millis(2)),
    }]
}
