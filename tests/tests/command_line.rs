//! What scripts rely on: one JSON document on stdout, sentences on stderr, and exit codes that mean one thing each.
#![allow(clippy::unwrap_used, reason = "a test may fail loudly where a program must answer")]

use scenes::{City, Notebook, log_rows};
use std::fs::File;

#[test]
fn each_exit_code_means_one_thing() {
    let scene = Scene::new();
    let nobody = Notebook::new();
    let said = nobody.run(&["status"]).ends_with(1).document();
    assert_eq!(
        said["error"]["code"], "no_notebook",
        "without a notebook a command fails and says so"
    );
    let said = scene
        .anna
        .run(&["enrol", "--city", scene.city.url(), "--code", "AAAA-BBBB-CCCC"])
        .ends_with(1)
        .document();
    assert_eq!(
        said["error"]["code"], "enrolled_already",
        "a second enrolment changes nothing"
    );
    let said = nobody
        .run(&["enrol", "--city", scene.city.url(), "--code", "AAAA-BBBB-CCCC"])
        .ends_with(1)
        .document();
    assert_eq!(
        said["error"]["code"], "code_invalid",
        "a code that nobody gave does not work"
    );
    let said = nobody
        .run(&["note", "add", "--district", "Rieth", "--text", "x"])
        .ends_with(1)
        .document();
    assert_eq!(
        said["error"]["code"], "not_enrolled",
        "before enrolment nothing can be logged"
    );

    let _ = scene.anna.run(&["list"]).ends_with(2);
    let said = scene
        .anna
        .run(&["export", "month", "Oktober", "--format", "csv", "--out", "x"])
        .ends_with(2)
        .document();
    assert_eq!(said["error"]["code"], "not_a_month", "a month has one form");
    let said = scene
        .anna
        .run(&["note", "add", "--district", "Atlantis", "--text", "x"])
        .ends_with(2)
        .document();
    assert_eq!(
        said["error"]["code"], "unknown",
        "no note in a district that is not one's own"
    );
    let known = said["error"]["known"].as_array().unwrap();
    assert!(
        known.contains(&"Rieth".into()),
        "the answer offers what there is: {known:?}"
    );

    std::fs::write(scene.anna.folder().join("passphrase"), "falsch\n").unwrap();
    let said = scene.anna.run(&["status"]).ends_with(3).document();
    assert_eq!(
        said["error"]["code"], "wrong_passphrase",
        "a wrong passphrase is its own case"
    );
}

#[test]
fn until_the_device_is_enrolled_the_last_passphrase_counts() {
    let scene = Scene::new();
    let person = scene
        .city
        .person("Bela Beispiel", "Quartiersmanagement Nord", "worker", &["Rieth"]);
    let bela = Notebook::new();
    let enrol = |code: &str| bela.run(&["enrol", "--city", scene.city.url(), "--code", code]);
    let with_passphrase = |text: &str| std::fs::write(bela.folder().join("passphrase"), text).unwrap();
    with_passphrase("verschrieben\n");
    let refused = enrol("AAAA-BBBB-CCCC").ends_with(1).document();
    assert_eq!(refused["error"]["code"], "code_invalid");
    let below = format!("{}/irgendwas", scene.city.url());
    let refused = bela.run(&["enrol", "--city", &below, "--code", "AAAA-BBBB-CCCC"]);
    assert_eq!(refused.ends_with(1).document()["error"]["code"], "not_a_city");

    with_passphrase("gemeint\n");
    let code = scene.city.invite(&person);
    enrol(&code).json();
    bela.run(&["status"]).json();
    with_passphrase("verschrieben\n");
    let _ = bela.run(&["status"]).ends_with(3);
}

#[test]
fn a_name_that_two_districts_bear_is_answered_with_both() {
    let files = tempfile::tempdir().unwrap();
    let districts = files.path().join("districts.csv");
    std::fs::write(&districts, "number,name,parent\n01,Neustadt,Nord\n02,Neustadt,Süd\n").unwrap();
    let city = City::with_districts(&districts);
    let team = city.organisation("Quartiersmanagement");
    let person = city.person("Anna Beispiel", &team, "worker", &["01", "02"]);
    let anna = Notebook::enrolled(&city, &person);
    let said = anna
        .run(&["note", "add", "--district", "neustadt", "--text", "x"])
        .ends_with(2)
        .document();
    assert_eq!(
        said["error"]["code"], "ambiguous",
        "a guess would put the note in the wrong district"
    );
    let codes: Vec<_> = said["error"]["candidates"]
        .as_array()
        .unwrap()
        .iter()
        .map(|c| c["code"].clone())
        .collect();
    assert_eq!(codes.len(), 2, "both are named: {codes:?}");
    let added = anna.run(&["note", "add", "--district", "02", "--text", "x"]).json();
    assert!(added["id"].is_string(), "the number tells them apart");
}

#[test]
fn one_program_at_a_time_syncs_and_the_next_may_wait() {
    let scene = Scene::new();
    let lock = File::create(scene.anna.folder().join("data/sync.lock")).unwrap();
    lock.lock().unwrap();
    let said = scene.anna.run(&["sync"]).ends_with(1).document();
    assert_eq!(said["error"]["code"], "sync_busy", "the window, say, is syncing");
    let waiting = scene
        .anna
        .command(&["sync", "--wait"])
        .stdout(std::process::Stdio::piped())
        .spawn()
        .unwrap();
    scene.anna.add_note(
        "Rieth",
        "Einsamkeit",
        "2026-10-05T09:15:00+02:00",
        "Beim Warten notiert.",
    );
    lock.unlock().unwrap();
    let output = waiting.wait_with_output().unwrap();
    assert!(output.status.success(), "who waits has its turn afterwards");
    assert_eq!(
        scene.anna.run(&["status"]).json()["waiting"],
        0,
        "and takes along what was logged meanwhile"
    );
}

#[test]
fn lists_keep_to_days_districts_and_limits() {
    let scene = Scene::new();
    for (district, at) in [
        ("Rieth", "2026-09-30T23:59:00+02:00"),
        ("Rieth", "2026-10-01T00:00:00+02:00"),
        ("Moskauer Platz", "2026-10-31T23:59:00+01:00"),
        ("Rieth", "2026-11-01T00:00:00+01:00"),
    ] {
        scene.anna.add_note(district, "Einsamkeit", at, &format!("Am {at}."));
    }
    let times = |args: &[&str]| -> Vec<String> {
        let said = scene.anna.run(&[&["list", "note"], args].concat()).json();
        let rows = said.as_array().unwrap().iter();
        rows.map(|row| row["body"]["occurred_at"].as_str().unwrap()[..10].to_owned())
            .collect()
    };
    let october = times(&["--from", "2026-10-01", "--to", "2026-10-31"]);
    assert_eq!(
        october,
        ["2026-10-31", "2026-10-01"],
        "both days are included, the newest comes first"
    );
    assert_eq!(
        times(&["--district", "moskauer platz"]),
        ["2026-10-31"],
        "a district is found without its case"
    );
    assert_eq!(times(&["--limit", "1"]), ["2026-11-01"], "the limit keeps the newest");
}

#[test]
fn a_notebook_moves_to_another_machine_in_one_file() {
    let scene = Scene::new();
    scene.anna.add_note(
        "Rieth",
        "Einsamkeit",
        "2026-10-05T09:15:00+02:00",
        "Noch nicht übertragen.",
    );
    let file = scene.anna.path("sicherung.quartierbuch");
    let file = file.to_str().unwrap();
    let written = scene.anna.run(&["backup", file]).json();
    assert!(written["bytes"].as_u64().unwrap() > 0);

    let other = Notebook::new();
    let said = other
        .run(&["restore", other.path("nichts").to_str().unwrap()])
        .ends_with(1)
        .document();
    assert_eq!(
        said["error"]["code"], "file",
        "a file that is not there restores nothing"
    );
    let came = other.run(&["restore", file]).json();
    assert_eq!(came["waiting"], 1, "what waited waits on: {came}");
    let said = other.run(&["sync"]).ends_with(1).document();
    assert_eq!(
        said["error"]["code"], "not_enrolled",
        "two devices never speak under one name"
    );
    let code = scene.city.invite(&scene.person);
    other
        .run(&["enrol", "--city", scene.city.url(), "--code", &code])
        .json();
    assert_eq!(scene.anna.sync()["waiting"], 0);
    let counted = other.sync();
    assert_eq!(counted["waiting"], 0, "{counted}");
    assert_eq!(other.search("übertragen").len(), 1, "both sent it, it is there once");
    let compared = other.run(&["verify", "--repair"]).json();
    assert_eq!(compared["verified"]["equal"], true, "{compared}");
    assert_eq!(
        compared["mended"],
        serde_json::Value::Null,
        "there was nothing to put right"
    );
    let said = other.run(&["restore", file]).ends_with(1).document();
    assert_eq!(said["error"]["code"], "store", "a notebook is never written over");
}

#[test]
fn a_photo_reaches_another_device_and_comes_out_again_without_its_place() {
    let scene = Scene::new();
    let second = Notebook::enrolled(&scene.city, &scene.person);
    let id = scene
        .anna
        .add_note("Rieth", "Einsamkeit", "2026-10-05T09:15:00+02:00", "Die Schaukel");
    let photo = concat!(env!("CARGO_MANIFEST_DIR"), "/data/photo-with-place.jpg");
    let place: &[u8] = b"50.9787 N";
    let holds = |bytes: &[u8]| bytes.windows(place.len()).any(|part| part == place);
    assert!(holds(&std::fs::read(photo).unwrap()), "the camera wrote it down");

    let said = scene
        .anna
        .run(&["attach", &id, photo, "--caption", "Eine Schaukel"])
        .json();
    let part = said["id"].as_str().unwrap().to_owned();
    assert_eq!(scene.anna.run(&["status"]).json()["attachments_waiting"], 1);
    assert_eq!(scene.anna.sync()["files_sent"], 1);
    assert_eq!(second.sync()["files_fetched"], 1, "a small photo comes unasked");
    let listed = second.run(&["attachments", &id]).json();
    assert_eq!(
        (&listed[0]["caption"], &listed[0]["here"]),
        (&"Eine Schaukel".into(), &true.into())
    );
    let out = second.path("kopie.jpg");
    let _ = second
        .run(&["attachments", &id, "--save", &part, "--out", out.to_str().unwrap()])
        .ends_with(0);
    let copy = std::fs::read(out).unwrap();
    assert!(copy.starts_with(b"\xFF\xD8") && !holds(&copy), "only what one sees");

    let film = scene.anna.path("film.mp4");
    std::fs::write(&film, b"\0\0\0\x18ftypmp42\0\0\0\0mp42isom").unwrap();
    let said = scene
        .anna
        .run(&["attach", &id, film.to_str().unwrap()])
        .ends_with(1)
        .document();
    assert_eq!(said["error"]["code"], "film");
}

struct Scene {
    city: City,
    person: String,
    anna: Notebook,
}

impl Scene {
    fn new() -> Self {
        let files = tempfile::tempdir().unwrap();
        let districts = files.path().join("districts.csv");
        std::fs::write(&districts, log_rows::DISTRICTS).unwrap();
        let city = City::with_districts(&districts);
        let team = city.organisation("Quartiersmanagement Nord");
        let person = city.person("Anna Beispiel", &team, "worker", &["Rieth", "Moskauer Platz"]);
        let anna = Notebook::enrolled(&city, &person);
        Self { city, person, anna }
    }
}
