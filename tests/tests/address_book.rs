//! An address book comes in and goes out by the command line: once on every device, and with consent.
#![allow(clippy::unwrap_used, reason = "a test may fail loudly where a program must answer")]

use scenes::{City, Notebook};
use serde_json::{Value, json};
use std::{path::Path, process::Command};

const BOOK: &str = "BEGIN:VCARD\r\nVERSION:3.0\r\nN:K\u{e4}stner;Erika;;;\r\nFN:Erika K\u{e4}stner\r\nORG:Kita Sonnenschein\r\n\
TITLE:Leitung\r\nTEL;TYPE=WORK:+49 361 5550101\r\nEMAIL:erika@kita.example\r\nADR;TYPE=WORK:;;Mainzer Stra\u{df}e 7\\nHof;Erfurt;;99089;\r\n\
NOTE:privat\r\nCATEGORIES:Presse\\, Funk,Runder Tisch\r\nEND:VCARD\r\n\
BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Frau Nachbarin\r\nN:Nachbarin;;;Frau;\r\nTEL:0361 5550102\r\nEND:VCARD\r\n\
BEGIN:VCARD\r\nVERSION:3.0\r\nN:;;;;\r\nFN:\r\nTEL:0361 5550103\r\nEND:VCARD\r\n";

struct Scene {
    city: City,
    team: String,
    files: tempfile::TempDir,
}

impl Scene {
    fn new() -> Self {
        let districts = Path::new(env!("CARGO_MANIFEST_DIR")).join("data/erfurt-districts.csv");
        let city = City::with_districts(&districts);
        let team = city.organisation("Quartiersmanagement Nord");
        let files = tempfile::tempdir().unwrap();
        Self { city, team, files }
    }

    fn notebook(&self, name: &str) -> Notebook {
        let person = self.city.person(name, &self.team, "worker", &["Rieth"]);
        Notebook::enrolled(&self.city, &person)
    }

    fn file(&self, name: &str, text: &str) -> String {
        let path = self.files.path().join(name);
        std::fs::write(&path, text).unwrap();
        path.to_str().unwrap().to_owned()
    }
}

fn import(notebook: &Notebook, file: &str, more: &[&str]) -> Value {
    let args: Vec<&str> = ["import", "contacts", file].iter().chain(more).copied().collect();
    notebook.run(&args).json()
}

fn cards(notebook: &Notebook) -> Vec<Value> {
    let listed = notebook.run(&["list", "contact"]).json();
    listed
        .as_array()
        .unwrap()
        .iter()
        .map(|card| card["body"].clone())
        .collect()
}

#[test]
fn a_trial_says_what_would_come_and_writes_nothing() {
    let scene = Scene::new();
    let anna = scene.notebook("Anna Beispiel");
    let book = scene.file("kontakte.vcf", BOOK);
    let said = import(&anna, &book, &["--dry-run"]);
    assert_eq!(said["taken"], 1);
    assert_eq!(
        said["skipped"],
        json!([{"row": 2, "why": "needs_consent"}, {"row": 3, "why": "no_name"}]),
        "a neighbour without a consent is not kept"
    );
    assert_eq!(said["left_out"], json!([{"row": 1, "what": [{"code": "note"}]}]));
    assert_eq!(cards(&anna), Vec::<Value>::new());
    let no_book = scene.file("brief.txt", "Liebe Leute,\nwir treffen uns.\n");
    let refused = anna.run(&["import", "contacts", &no_book]).ends_with(1).document();
    assert_eq!(refused["error"]["code"], "import_file");
}

#[test]
fn two_laptops_that_take_one_address_book_have_each_card_once() {
    let scene = Scene::new();
    let (anna, bela) = (scene.notebook("Anna Beispiel"), scene.notebook("Bela Beispiel"));
    let book = scene.file("kontakte.vcf", BOOK);
    assert_eq!(import(&anna, &book, &[])["taken"], 1);
    assert_eq!(import(&anna, &book, &[])["again"], 1, "a second time it is there");
    assert_eq!(
        import(&bela, &book, &[])["taken"],
        1,
        "the other laptop does not know yet"
    );
    anna.sync();
    bela.sync();
    anna.sync();
    for notebook in [&anna, &bela] {
        let cards = cards(notebook);
        assert_eq!(cards.len(), 1);
        assert_eq!(cards[0]["name"], "Erika K\u{e4}stner");
        assert_eq!(cards[0]["source"], "Import: kontakte.vcf");
        assert_eq!(cards[0].get("variants"), None, "and in one version");
    }
}

#[test]
fn who_is_probably_there_already_is_asked_about_first() {
    let scene = Scene::new();
    let anna = scene.notebook("Anna Beispiel");
    import(&anna, &scene.file("kontakte.vcf", BOOK), &[]);
    let table = scene.file(
        "liste.csv",
        "Name;Einrichtung;Telefon\nE. K\u{e4}stner;Kita;0361 555 01 01\nIm B\u{fc}ro;Kita;\n",
    );
    let said = import(&anna, &table, &[]);
    assert_eq!(said["taken"], 1);
    assert_eq!(said["skipped"][0]["why"], "alike");
    assert_eq!(said["skipped"][0]["shared"], json!(["phone"]));
    assert_eq!(
        import(&anna, &table, &["--also-alike"])["taken"],
        1,
        "who knows better takes them"
    );
}

#[test]
fn only_who_agreed_leaves_and_another_program_reads_it() {
    let scene = Scene::new();
    let anna = scene.notebook("Anna Beispiel");
    let book = scene.file("kontakte.vcf", BOOK);
    let consent = [
        "--district",
        "Rieth",
        "--consent",
        "Einladungen",
        "--consent-on",
        "2026-10-01",
    ];
    assert_eq!(import(&anna, &book, &consent)["taken"], 2);
    let resident = cards(&anna)
        .into_iter()
        .find(|card| card["standing"] == "resident")
        .unwrap();
    assert_eq!(resident["consents"][0]["purpose"], "Einladungen");

    let out = scene.files.path().join("aus.vcf");
    let out = out.to_str().unwrap();
    let said = anna.run(&["export", "contacts", "--out", out]).json();
    assert_eq!(
        (&said["professionals"], &said["residents"], &said["left"]),
        (&json!(1), &json!(0), &json!(1))
    );
    assert!(
        !std::fs::read_to_string(out).unwrap().contains("Nachbarin"),
        "nobody leaves unasked"
    );
    let said = anna
        .run(&["export", "contacts", "--purpose", "Presse", "--out", out])
        .json();
    assert_eq!(said["residents"], 0, "another purpose is another question");
    let said = anna
        .run(&["export", "contacts", "--purpose", "einladungen", "--out", out])
        .json();
    assert_eq!(said["residents"], 1);

    let read = independently_read(Path::new(out));
    let [erika, neighbour] = &read[..] else {
        panic!("two cards: {read:?}")
    };
    assert_eq!(erika["version"], json!(["4.0"]));
    assert_eq!(erika["fn"], json!(["Erika K\u{e4}stner"]));
    assert_eq!(erika["n"], json!([["K\u{e4}stner", "Erika", "", "", ""]]));
    assert_eq!(erika["title"], json!(["Leitung"]));
    assert_eq!(erika["tel"], json!(["+49 361 5550101"]));
    assert_eq!(erika["email"], json!(["erika@kita.example"]));
    assert_eq!(
        erika["adr"],
        json!([["", "", "Mainzer Stra\u{df}e 7\nHof", "Erfurt", "", "99089", ""]])
    );
    assert_eq!(erika["categories"], json!([["Presse, Funk", "Runder Tisch"]]));
    assert_eq!(neighbour["n"], json!([["Nachbarin", "", "", "Frau", ""]]));
    for card in &read {
        assert!(
            card.get("note").is_none() && card.get("x-consent").is_none(),
            "what is confided stays"
        );
    }

    let bela = scene.notebook("Bela Beispiel");
    let taken = import(&bela, out, &["--consent", "Einladungen", "--consent-on", "2026-10-01"]);
    assert_eq!(taken["taken"], 2, "and what left comes in again");
    let back = cards(&bela)
        .into_iter()
        .find(|card| card["standing"] == "professional")
        .unwrap();
    let kept = cards(&anna)
        .into_iter()
        .find(|card| card["standing"] == "professional")
        .unwrap();
    for member in [
        "name",
        "function",
        "organisation",
        "phones",
        "emails",
        "address",
        "distribution_lists",
        "type",
    ] {
        assert_eq!(back[member], kept[member], "{member}");
    }
}

/// What vobject finds. It is a package of Debian and Ubuntu, so their own interpreter knows it.
fn independently_read(cards: &Path) -> Vec<Value> {
    let output = Command::new("/usr/bin/python3")
        .arg(Path::new(env!("CARGO_MANIFEST_DIR")).join("independent/read_cards.py"))
        .arg(cards)
        .output()
        .expect("python3 is there: `make test` installs it with vobject");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).expect("the script prints JSON")
}
