//! Auswertung: what the screen says, what the file says, and what lies in the notebook are the same.

use crate::{driver::Window, in_german, open, world::World};
use calamine::{Data, Reader, Xlsx, open_workbook};
use serde_json::{Value, json};
use std::{collections::BTreeMap, fs, path::PathBuf};

/// A month as the notebook holds it: conversations with people, topics and a service, in two districts.
fn prepared() -> World {
    let world = World::offline();
    for (list, code, label) in [
        ("contact_order", "first", "Erstkontakt"),
        ("contact_order", "repeat", "Folgekontakt"),
        ("age_band", "18-26", "18-26"),
        ("age_band", "65+", "65+"),
        ("gender", "w", "weiblich"),
        ("gender", "m", "männlich"),
        ("service", "beratung", "Beratung"),
    ] {
        world.code(list, code, label);
    }
    let altstadt = world.district("Altstadt");
    for day in 1..=9 {
        let first = day % 3 == 0;
        world.keep_in(
            if day % 2 == 0 { world.rieth } else { altstadt },
            domain::Kind::Note,
            &json!({
                "occurred_at": format!("2026-10-{day:02}T10:00:00+02:00"),
                "text": "Vom Aufzug.",
                "topics": if first { vec!["wohnen", "einsamkeit"] } else { vec!["wohnen"] },
                "contact_order": if first { "first" } else { "repeat" },
                "people": [{"age_band": "65+", "gender": "w", "count": 2}, {"age_band": "18-26", "gender": "m", "count": 1}],
                "services": [{"service": "beratung"}],
            }),
        );
    }
    world.log("2026-09-30T23:59:00+02:00", "Noch September.");
    for (received, closed) in [("2026-10-02", Some("2026-10-20")), ("2026-10-09", None)] {
        let mut body = json!({"received_on": received, "description": "Die Bank ist kaputt.", "status": "recorded"});
        if let Some(day) = closed {
            body["status"] = json!("done");
            body["closed_on"] = json!(day);
            body["feedback"] = json!({"kind": "given", "on": day});
        }
        world.keep(domain::Kind::Request, &body);
    }
    world
}

/// What the notebook itself says of October: each conversation looked at by its own.
fn counted(world: &World) -> BTreeMap<String, u64> {
    let mut counts = BTreeMap::new();
    let mut add = |key: &str, count: u64| *counts.entry(key.to_owned()).or_default() += count;
    let stored = world
        .store
        .read(|reading| reading.list(&store::Filter::of(domain::Kind::Note), store::Page::first(1_000)))
        .expect("the notebook can be read");
    for each in stored {
        let body: Value = serde_json::from_str(each.record.body.expect("a body").as_str()).expect("JSON");
        if !body["occurred_at"].as_str().is_some_and(|at| at.starts_with("2026-10")) {
            continue;
        }
        add("conversations", 1);
        for group in body["people"].as_array().expect("a matrix") {
            add("people", group["count"].as_u64().expect("a count"));
        }
        for topic in body["topics"].as_array().expect("topics") {
            add(topic.as_str().expect("a code"), 1);
        }
        add(body["contact_order"].as_str().expect("a code"), 1);
    }
    counts
}

async fn on_october(name: &str, world: &World) -> Window {
    let window = open(name, world).await;
    in_german(&window).await;
    window.named("heading", "Gespräche").await;
    window.ask("void (location.hash = '#/report')").await;
    window
        .until(
            "the last month with conversations is shown",
            "document.querySelector('h1')?.ariaLabel?.includes('Oktober 2026') && !!document.querySelector('main table')",
        )
        .await;
    window.has_focus("heading", "Auswertung, Oktober 2026").await;
    window
}

/// The text of the cell in a row and column of the table under a heading, by what a person reads.
fn cell(table: &str, row: &str, column: &str) -> String {
    format!(
        "(() => {{
            const heads = [...document.querySelectorAll('main h2')];
            const head = heads.find((each) => each.innerText.startsWith({table:?}));
            const table = document.querySelector(`table[aria-labelledby='${{head.id}}']`);
            const at = [...table.querySelectorAll('thead th')].findIndex((head) => head.innerText.replaceAll('\\u00AD', '').trim() === {column:?});
            const line = [...table.querySelectorAll('tbody tr, tfoot tr')].find((tr) => tr.querySelector('th').innerText.trim() === {row:?});
            return line.children[at].innerText.trim();
        }})()"
    )
}

fn downloads(world: &World) -> PathBuf {
    world.dir().join("Downloads")
}

#[tokio::test]
async fn the_screen_and_the_file_say_what_lies_in_the_notebook() {
    let world = prepared();
    let truth = counted(&world);
    let window = on_october("report", &world).await;
    let shown = window.ask("document.querySelector('main dl').innerText").await;
    let shown = shown.as_str().expect("text");
    assert!(
        shown.contains(&format!("{}", truth["conversations"])) && shown.contains("3 Erst-, 6 Folgekontakte"),
        "the figures at the top: {shown}"
    );
    assert!(shown.contains("100\u{a0}%"), "the one closed request was told: {shown}");
    for (topic, label) in [("wohnen", "Wohnen und Segregation"), ("einsamkeit", "Einsamkeit")] {
        let total = window
            .ask(&cell("Gespräche nach Thema und Stadtteil", label, "Gesamt"))
            .await;
        assert_eq!(total, json!(truth[topic].to_string()), "{label}");
    }
    let people = window.ask(&cell("Erreichte Personen", "65+", "weiblich")).await;
    assert_eq!(people, json!("18"), "age by gender");
    assert_eq!(
        window.ask(&cell("Leistungen", "Beratung", "Gespräche")).await,
        json!("9")
    );

    // One key, no dialog.
    window.shortcut('e').await;
    let written = "document.body.innerText.includes('liegt im Ordner „Downloads“')";
    window.until("the file lies with the downloads", written).await;
    let file = downloads(&world).join("Monatsbericht 2026-10.xlsx");
    let mut book: Xlsx<_> = open_workbook(&file).expect("another library reads it");
    let sheet = book.worksheet_range("Übersicht").expect("the overview");
    let figure = |name: &str| {
        let row = sheet.rows().find(|row| row[0] == Data::String(name.into()));
        match row.map(|row| &row[1]) {
            Some(Data::Float(count)) => *count as u64,
            other => panic!("{name}: {other:?}"),
        }
    };
    assert_eq!(figure("Gespräche"), truth["conversations"]);
    assert_eq!(figure("Erreichte Personen"), truth["people"]);
    assert_eq!(figure("davon Erstkontakte"), truth["first"]);
    let talks = book.worksheet_range("Gespräche").expect("the list");
    assert_eq!(
        talks.height() as u64,
        truth["conversations"] + 1,
        "a row each, and the header"
    );
    assert!(
        !talks.rows().flatten().any(|cell| cell.to_string().contains("Aufzug")),
        "no text leaves unless somebody asked for it"
    );

    window.shortcut('e').await;
    let second = downloads(&world).join("Monatsbericht 2026-10 (2).xlsx");
    window
        .until(
            "the second file has a name of its own",
            "document.body.innerText.includes('(2).xlsx')",
        )
        .await;
    assert_eq!(
        fs::read(&file).expect("the first"),
        fs::read(&second).expect("the second"),
        "the same state gives the same bytes"
    );
}

#[tokio::test]
async fn a_month_of_one_district_is_chosen_by_key_and_leaves_as_a_table() {
    let world = prepared();
    let window = on_october("report-district", &world).await;
    window.choose("Stadtteile", "Rieth").await;
    let rieth = "document.querySelector('main dl dd b')?.innerText === '4'";
    window.until("four conversations were in Rieth", rieth).await;
    window.push("Andere Datei …").await;
    window.tick("radio", "Alle Zahlen als Tabelle").await;
    window.push("In „Downloads“ schreiben").await;
    window
        .until(
            "it is written",
            "document.body.innerText.includes('Monatsbericht 2026-10 Rieth.csv liegt im Ordner')",
        )
        .await;
    let csv = fs::read_to_string(downloads(&world).join("Monatsbericht 2026-10 Rieth.csv")).expect("the file");
    assert!(
        csv.contains("overview;Übersicht;conversations;Gespräche;value;Wert;4"),
        "{csv}"
    );
    assert!(!csv.contains("Altstadt"), "no other district is named");
    assert!(csv.contains("auf anderen Geräten kann noch etwas fehlen"), "{csv}");

    window.push("Andere Datei …").await;
    window.tick("radio", "Liste der Aktivitäten").await;
    window.push("In „Downloads“ schreiben").await;
    let rows = "document.body.innerText.includes('Aktivitäten 2026-10 Rieth.csv liegt im Ordner') && document.body.innerText.includes('0 Einträge stehen darin')";
    window.until("the rows of this file are named", rows).await;
    window.push("Andere Datei …").await;
    window.tick("radio", "Liste der Gespräche").await;
    window.tick("checkbox", "Mit den Texten").await;
    window.push("In „Downloads“ schreiben").await;
    let texts = "document.body.innerText.includes('Gespräche 2026-10 Rieth mit Texten.csv liegt im Ordner') && document.body.innerText.includes('was zu den Menschen aufgeschrieben wurde')";
    window.until("a file with texts says so", texts).await;

    window.push("Im Ordner zeigen").await;
    window
        .until(
            "without a file manager the place is said in words",
            "document.body.innerText.includes('kann den Ordner nicht öffnen')",
        )
        .await;
}

#[tokio::test]
async fn months_are_stepped_through_and_an_empty_one_says_so() {
    let world = prepared();
    let window = on_october("report-months", &world).await;
    window.push("Vorheriger Monat").await;
    window
        .until(
            "September has its one conversation",
            "document.querySelector('main dl dd b')?.innerText === '1'",
        )
        .await;
    window.push("Vorheriger Monat").await;
    let empty = "document.body.innerText.includes('Im August 2026 ist auf diesem Gerät noch nichts zu zählen')";
    window.until("August says that it is empty", empty).await;
    let focused = "document.activeElement.getAttribute('aria-label') === 'Vorheriger Monat'";
    assert_eq!(
        window.ask(focused).await,
        json!(true),
        "the focus stays where one steps"
    );
}

#[tokio::test]
async fn what_comes_in_changes_figures_and_never_the_month_that_is_shown() {
    let world = prepared();
    let window = on_october("report-stays", &world).await;
    let counted = |count: u32| format!("document.querySelector('main dl dd b')?.innerText === '{count}'");
    window.until("October is counted", &counted(9)).await;
    world.log("2026-11-02T09:00:00+01:00", "Schon November.");
    world.log("2026-10-31T23:59:00+01:00", "Noch Oktober.");
    window.until("the later note of October is counted", &counted(10)).await;
    let heading = window.ask("document.querySelector('h1').ariaLabel").await;
    assert_eq!(heading, json!("Auswertung, Oktober 2026"));

    window.ask("void (location.hash = '#/talks')").await;
    window.named("heading", "Gespräche").await;
    window.ask("void (location.hash = '#/report')").await;
    window.has_focus("heading", "Auswertung, Oktober 2026").await;
}

#[tokio::test]
async fn a_folder_that_takes_nothing_is_said_in_words() {
    let world = prepared();
    fs::write(downloads(&world), "a file where the folder should be").expect("the notebook's folder can be written to");
    let window = on_october("report-refused", &world).await;
    window.shortcut('e').await;
    window
        .until(
            "the reason and the next step",
            "document.body.innerText.includes('In diesen Ordner lässt sich nicht schreiben')",
        )
        .await;
    window.see("main .state button").await;
}

#[tokio::test]
async fn the_report_is_clean_for_a_screen_reader() {
    let world = prepared();
    let window = on_october("report-heard", &world).await;
    assert_eq!(
        window.heard("h1").await,
        ("heading".to_owned(), "Auswertung, Oktober 2026".to_owned())
    );
    assert_eq!(window.accessibility_faults().await, Vec::<String>::new(), "the figures");
    window.push("Andere Datei …").await;
    window.see("form input[type=radio]").await;
    assert_eq!(
        window.accessibility_faults().await,
        Vec::<String>::new(),
        "the form of the file"
    );
    window.shortcut('e').await;
    window
        .until("it is written", "document.body.innerText.includes('liegt im Ordner')")
        .await;
    assert_eq!(
        window.accessibility_faults().await,
        Vec::<String>::new(),
        "the file that was written"
    );
}
