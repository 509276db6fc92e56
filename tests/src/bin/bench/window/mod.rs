//! The real window on 100,000 notes: how it starts beside an empty one, how its list opens and jumps, what it holds.

mod driver;
mod screen;

use crate::{
    memory::{own_of, peak_of},
    table::{Row, median, percentile, time},
    world::Notebook,
};
use driver::{Driver, Window};
use scenes::prose::Dice;
use screen::{Part, blank};
use serde_json::Value;
use std::{
    fs,
    path::Path,
    thread,
    time::{Duration, Instant},
};

const NOTES: usize = 100_000;
const STARTS: usize = 7;
const JUMPS: usize = 50;
/// A row that is empty so long stays empty.
const PATIENCE: Duration = Duration::from_secs(10);
/// Lines without ink: a row that is missing leaves 64, the gaps between two rows and a day's heading fewer.
const GAP: usize = 48;
/// How often the screen is looked at: a look in a tight circle would take a core from the window.
const LOOK: Duration = Duration::from_millis(1);
const LIST: &str = "document.querySelector('main [role=list]')";

/// The rows of this part.
pub(crate) fn rows() -> Vec<Row> {
    let notebook = Notebook::of(NOTES);
    notebook.enrol();
    let folder = tempfile::tempdir().expect("a temporary folder");
    let passphrase = folder.path().join("passphrase");
    fs::write(&passphrase, crate::world::PASSPHRASE).expect("a file in the bench's own folder");
    let driver = Driver::start(folder.path());
    let (dir, file) = (text(notebook.store.dir()), text(&passphrase));
    let ours = ["--data-dir", dir, "--passphrase-file", file];
    let listed = format!("!!{LIST}?.querySelector('li button')");

    let empty = text(folder.path());

    let (mut real, mut bare) = (Vec::new(), Vec::new());
    let mut bare_held = 0;
    for _ in 0..STARTS {
        let (took, window) = start(
            &driver,
            "examples/empty",
            &[empty],
            "document.readyState === 'complete'",
        );
        bare_held = bare_held.max(peak_of(driver.program()));
        bare.push(took);
        drop(window);
        real.push(start(&driver, "quartierbuch", &ours, &listed).0);
    }
    let mut rows = vec![beside(median(&mut real), median(&mut bare))];
    let (_, window) = start(&driver, "quartierbuch", &ours, &listed);
    rows.extend([opening(&window), searching(&window), asking(&driver, &window)]);
    rows.extend(jumping(&driver, &window));
    let program = driver.program();
    rows.extend(weighed(peak_of(program), bare_held, own_of(program)));
    rows
}

/// From the start of a program until its page says yes.
fn start<'a>(driver: &'a Driver, program: &str, arguments: &[&str], ready: &str) -> (Duration, Window<'a>) {
    let began = Instant::now();
    let window = driver.open(program, arguments);
    window.until(ready);
    (began.elapsed(), window)
}

fn beside(real: Duration, bare: Duration) -> Row {
    let ratio = real.as_secs_f64() / bare.as_secs_f64();
    Row {
        work: "start to a usable list, 100,000 notes".into(),
        figure: time(real),
        baseline: format!("{} (empty window)", time(bare)),
        ratio: Some(ratio),
        target: "<= 1.2x".into(),
        reached: Some(ratio <= 1.2),
    }
}

/// The window's own process: all of it beside what every window holds, and what is left without the web view's libraries.
fn weighed(held: u64, bare: u64, own: u64) -> [Row; 2] {
    let mb = |bytes: u64| format!("{:.0} MB", bytes as f64 / 1e6);
    let whole = Row {
        work: "memory of the window's own process after all that".into(),
        figure: mb(held),
        baseline: format!("{} (empty window's own process)", mb(bare)),
        ratio: Some(held as f64 / bare as f64),
        target: "-".into(),
        reached: None,
    };
    let without = Row {
        work: "... without the mapped files of web view and desktop".into(),
        figure: mb(own),
        baseline: String::new(),
        ratio: None,
        target: "<= 150 MB".into(),
        reached: Some(own <= 150_000_000),
    };
    [whole, without]
}

/// The list from another view, until the frame that shows it.
fn opening(window: &Window<'_>) -> Row {
    let mut samples = Vec::new();
    for _ in 0..20 {
        window.ask("void (location.hash = '/settings')");
        window.until(&format!("!{LIST}"));
        samples.push(millis(&window.wait(&format!(
            "const began = performance.now();
             const look = () => {LIST}?.querySelector('li button')
               ? requestAnimationFrame(() => done(performance.now() - began)) : requestAnimationFrame(look);
             location.hash = '/talks';
             look();"
        ))));
    }
    within("the list opens, 100,000 notes", &mut samples, 100)
}

/// From a letter in the search field until the frame that shows the answer. Each time from the whole list, so that the
/// answer changes something, whatever the one before was.
fn searching(window: &Window<'_>) -> Row {
    let mut samples = Vec::new();
    for letters in 3..=11 {
        for word in ["spielplatz", "aufzug", "beleuchtung"] {
            let Some(query) = word.get(..letters) else { continue };
            whole(window);
            samples.push(millis(&window.wait(&format!(
                "const field = document.querySelector('main search input');
                 const began = performance.now();
                 const eye = new MutationObserver(() => {{
                   eye.disconnect();
                   requestAnimationFrame(() => done(performance.now() - began));
                 }});
                 eye.observe({LIST}, {{ childList: true, subtree: true, attributes: true }});
                 field.value = {query:?};
                 field.dispatchEvent(new Event('input', {{ bubbles: true }}));"
            ))));
        }
    }
    whole(window);
    within("search as one types, in the window, 100,000 notes", &mut samples, 60)
}

/// The list without a search.
fn whole(window: &Window<'_>) {
    window.ask(
        "(() => { const field = document.querySelector('main search input');
           field.value = ''; field.dispatchEvent(new Event('input', { bubbles: true })); })()",
    );
    window.until(&format!("{LIST}?.scrollHeight > {NOTES}"));
}

/// What a question through the driver and a look at the screen cost: part of every jump below.
fn asking(driver: &Driver, window: &Window<'_>) -> Row {
    let part = part(window);
    let mut samples: Vec<Duration> = (0..JUMPS)
        .map(|_| {
            let began = Instant::now();
            window.ask("0");
            driver.screen.look(part);
            began.elapsed()
        })
        .collect();
    let slowest = *samples.iter().max().expect("questions");
    Row {
        work: "a question and a look, the harness's own part of a jump, slowest".into(),
        target: "-".into(),
        reached: None,
        ..within_limit(slowest, &mut samples, 0)
    }
}

/// Where the list stands on the screen.
fn part(window: &Window<'_>) -> Part {
    let part = window.ask(&format!(
        "(() => {{ const box = {LIST}.getBoundingClientRect();
           return [box.left + 8, box.top, box.width - 40, Math.min(box.bottom, innerHeight) - box.top].map(Math.floor); }})()"
    ));
    let pixel = |n: usize| u32::try_from(part[n].as_u64().expect("a number")).expect("a small number");
    Part {
        left: pixel(0),
        top: pixel(1),
        width: pixel(2),
        height: pixel(3),
    }
}

/// Jumps to places all over the list; after each the screen is looked at until every row on it is filled.
fn jumping(driver: &Driver, window: &Window<'_>) -> Vec<Row> {
    let part = part(window);
    let mut dice = Dice::new(3);
    let mut samples = Vec::new();
    for _ in 0..JUMPS {
        let before = driver.screen.look(part);
        let share = dice.below(1_000) as f64 / 1_000.0;
        let began = Instant::now();
        window.ask(&format!("void ({LIST}.scrollTop = {share} * {LIST}.scrollHeight)"));
        loop {
            let seen = driver.screen.look(part);
            if seen != before && blank(&seen) < GAP {
                break;
            }
            if began.elapsed() > PATIENCE {
                break;
            }
            thread::sleep(LOOK);
        }
        samples.push(began.elapsed());
        if began.elapsed() > PATIENCE {
            // A row that stays empty is a fault to look at and not a figure to go on with.
            driver.screen.keep("bench-window-empty");
            break;
        }
    }
    let jumps = samples.len();
    driver.screen.keep("bench-window");
    let reach = window.ask(&format!("Math.round({LIST}.scrollHeight / 64)"));
    let reach = reach.as_u64().unwrap_or_default();
    let slowest = *samples.iter().max().expect("jumps");
    vec![
        Row {
            work: "rows that the list's bar reaches (64 px each, days' headings among them)".into(),
            figure: reach.to_string(),
            baseline: NOTES.to_string(),
            ratio: None,
            target: "all".into(),
            reached: Some(reach >= NOTES as u64),
        },
        Row {
            work: format!("{jumps} jumps, until every row on the screen is filled, slowest"),
            ..within_limit(slowest, &mut samples, 100)
        },
    ]
}

fn within(work: &str, samples: &mut [Duration], limit: u64) -> Row {
    let p99 = percentile(samples, 0.99);
    Row {
        work: format!("{work}, p50 and p99"),
        ..within_limit(p99, samples, limit)
    }
}

fn within_limit(worst: Duration, samples: &mut [Duration], limit: u64) -> Row {
    Row {
        work: String::new(),
        figure: format!("p50 {} worst {}", time(median(samples)), time(worst)),
        baseline: String::new(),
        ratio: None,
        target: format!("<= {limit} ms"),
        reached: Some(worst <= Duration::from_millis(limit)),
    }
}

fn millis(told: &Value) -> Duration {
    Duration::from_secs_f64(told.as_f64().unwrap_or_else(|| panic!("the page says {told}")) / 1e3)
}

fn text(path: &Path) -> &str {
    path.to_str().expect("UTF-8")
}
