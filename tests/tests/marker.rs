//! No plain text of a note in any file the programs wrote: a word is planted in every field, and looked for in every
//! file below both data folders, in temporary files and logs, in every form it may have taken.
#![allow(clippy::unwrap_used, reason = "a test may fail loudly where a program must answer")]

use domain::{Body, Members, fields};
use scenes::{City, Notebook, Scanner, Stranger, log_rows, stranger::kinds_of_work};
use std::path::Path;
use store::Draft;

/// Stands in no language and in no list of the city.
const MARKER: &str = "quittenzwirbel";

#[test]
fn the_scanner_finds_the_word_in_every_form() {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, bytes: &[u8]| std::fs::write(folder.path().join(name), bytes).unwrap();
    let text = format!("Vorher {MARKER} nachher");
    let utf16 = |bytes_of: fn(u16) -> [u8; 2]| text.encode_utf16().flat_map(bytes_of).collect::<Vec<u8>>();
    write("utf-8", text.as_bytes());
    write("utf-16le", &utf16(u16::to_le_bytes));
    write("utf-16be", &utf16(u16::to_be_bytes));
    for shift in 0..3 {
        write(
            &format!("base64-{shift}"),
            base64(&format!("{}{text}", "x".repeat(shift))).as_bytes(),
        );
    }
    let packed = zstd::encode_all(text.as_bytes(), 3).unwrap();
    write("zstd", &[b"log line\n".as_slice(), &packed, b"\nmore"].concat());
    write("innocent", "Quitten und Zwirbel".as_bytes());

    let traces = Scanner::of(MARKER).traces(folder.path());
    let is_found = |name: &str| traces.iter().any(|trace| trace.file.ends_with(name));
    for name in [
        "utf-8", "utf-16le", "utf-16be", "base64-0", "base64-1", "base64-2", "zstd",
    ] {
        assert!(
            is_found(name),
            "a plain marker in {name} must not escape the scanner: {traces:?}"
        );
    }
    assert!(
        !is_found("innocent"),
        "a file without the word raises no alarm: {traces:?}"
    );
}

#[test]
fn a_word_from_any_field_lies_in_no_file_in_plain() {
    let outside = tempfile::tempdir().unwrap();
    let districts = outside.path().join("districts.csv");
    std::fs::write(&districts, log_rows::DISTRICTS).unwrap();
    let city = City::with_districts(&districts);
    let team = city.organisation("Quartiersmanagement Nord");
    let person = city.person("Anna Beispiel", &team, "lead", &["Rieth", "Moskauer Platz"]);
    let notebook = Notebook::enrolled(&city, &person);
    let stranger = Stranger::enrolled(&city, &person);

    // Every member that any kind of work knows, and some that it does not, written by another client.
    for kind in kinds_of_work().map(domain::Kind::as_str).chain(["hologram"]) {
        stranger.create(kind, &marked_body(kind));
    }
    notebook.add_note(
        "Rieth",
        "Einsamkeit",
        "2026-10-05T09:15:00+02:00",
        &format!("Sie sagte {MARKER}, zweimal."),
    );
    import_marked_log(&notebook, outside.path());
    notebook.sync();
    assert!(
        notebook.search(MARKER).len() > 2,
        "the word did arrive, or its absence would prove nothing"
    );
    assert!(
        !notebook.search("zwirbel").is_empty(),
        "and it stands in the index of parts of words"
    );
    export_marked_month(&notebook, outside.path());

    // While the city runs and the notebook is open: their write-ahead logs lie in the folders too.
    let store = notebook.store();
    store
        .write(|writing| {
            writing.put_draft(&Draft {
                key: "note:new".to_owned(),
                record: None,
                kind: domain::Kind::Note,
                body: Body::new(marked_body("note")),
                base: None,
                form: None,
                at: domain::At::from_millis(1_790_000_000_000).expect("an instant of 2026"),
            })
        })
        .unwrap();
    for folder in [city.folder(), notebook.folder()] {
        let traces = Scanner::of(MARKER).traces(folder);
        assert!(traces.is_empty(), "what was confided lies in plain in: {traces:?}");
    }
    assert!(
        has_wal(notebook.folder()),
        "an open notebook keeps a write-ahead log, and it was looked at"
    );
    assert!(has_wal(city.folder()), "so does a running city");
}

/// A body in which every member the kind knows holds the word, and unknown ones at depth.
fn marked_body(kind: &str) -> String {
    let mut members = Members::default();
    for rule in fields::rules(&kind.parse().expect("a kind's name")) {
        // Variants have a form of their own.
        if rule.name != "variants" {
            members
                .set(rule.name, &format!("{MARKER} in {}", rule.name))
                .expect("text is JSON");
        }
    }
    let unknown = serde_json::json!({ MARKER: [{ "tief": format!("und {MARKER}") }] });
    members.set("unbekannt", &unknown).expect("text is JSON");
    members.to_json()
}

fn import_marked_log(notebook: &Notebook, outside: &Path) {
    let log = outside.join("log.csv");
    let header = log_rows::SAMPLE.lines().next().expect("the sample has a header");
    let row = format!(
        "05.10.2026;09:15;20;Rieth;am {MARKER};aufsuchend;Erst;2;27-64;Einsamkeit;Notiz {MARKER};Vermittlung an {MARKER};;{MARKER}"
    );
    std::fs::write(&log, format!("{header}\r\n{row}\r\n{row};zu viel {MARKER}\r\n")).unwrap();
    let said = notebook.run(&["import", "notes", log.to_str().unwrap()]).json();
    assert_eq!(said["taken"], 1, "the row with the word is taken: {said}");
}

fn export_marked_month(notebook: &Notebook, outside: &Path) {
    for format in ["xlsx", "csv", "json"] {
        let out = outside.join(format!("oktober.{format}"));
        let month = [
            "export",
            "month",
            "2026-10",
            "--format",
            format,
            "--with-text",
            "--out",
            out.to_str().unwrap(),
        ];
        notebook.run(&month).json();
    }
}

fn has_wal(folder: &Path) -> bool {
    let data = std::fs::read_dir(folder.join("data")).expect("the data folder can be read");
    data.filter_map(Result::ok)
        .any(|file| file.file_name().to_string_lossy().ends_with("-wal"))
}

fn base64(text: &str) -> String {
    use base64::{Engine, prelude::BASE64_STANDARD};
    BASE64_STANDARD.encode(text)
}
