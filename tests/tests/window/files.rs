//! A photo in the window: added, described, seen on another device, forgotten on both.

use super::{
    device::{Device, transferred},
    driver::{Stage, Window},
    tour::opened,
    world::World,
};
use base64::{Engine, prelude::BASE64_STANDARD};
use domain::{Kind, kinds};
use scenes::City;
use std::path::Path;
use store::{Contents, Filter, Page, Store};

const ENTER: &str = "\u{e007}";
const TEXT: &str = "Was wurde gesagt?";
const ADD: &str = "Foto oder Datei hinzufügen";
const SEEN: &str = "Eine Schaukel, der ein Seil fehlt";
/// Where the photo of these tests was taken, as its camera wrote it.
const PLACE: &[u8] = b"50.9787 N 11.0328 E";

fn photo() -> Vec<u8> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("data/photo-with-place.jpg");
    std::fs::read(path).expect("a photo")
}

/// What a hand does that drops a file onto the part of the page for them, or pastes one.
pub(crate) async fn bring(window: &Window, how: &str, onto: &str, name: &str, bytes: &[u8]) {
    window.named("button", onto).await;
    let script = format!(
        "(() => {{
            const bytes = Uint8Array.from(atob({:?}), (each) => each.charCodeAt(0));
            const brought = {{ files: [new File([bytes], {name:?})], types: ['Files'] }};
            const event = new Event({how:?}, {{ bubbles: true, cancelable: true }});
            Object.defineProperty(event, {how:?} === 'drop' ? 'dataTransfer' : 'clipboardData', {{ value: brought }});
            const called = (each) => each.innerText.includes({onto:?});
            [...document.querySelectorAll('button')].find(called).dispatchEvent(event);
        }})()",
        BASE64_STANDARD.encode(bytes)
    );
    window.ask(&script).await;
}

async fn open_the_one(window: &Window) {
    window.go_to("#/talks", "Gespräche").await;
    let row = window.see("main li .row").await;
    window.answer(row.click()).await;
    window.named("button", "Bearbeiten").await;
}

const DRAWN: &str =
    "[...document.querySelectorAll('main li img')].some((each) => each.complete && each.naturalWidth > 0)";

/// The one note of a device, and its one attachment opened.
fn kept(store: &Store) -> (domain::RecordId, kinds::Attachment, Contents) {
    let filter = Filter::of(Kind::Note);
    let found = store
        .read(|reading| reading.list(&filter, Page::first(2)))
        .expect("a list");
    let record = &found.first().expect("a note").record;
    let body = record.body.as_ref().expect("its body");
    let attachment = kinds::attachments(&Kind::Note, body).pop().expect("an attachment");
    let (blob, key) = (
        attachment.blob.clone().expect("a hash"),
        attachment.key.clone().expect("a key"),
    );
    let contents = store
        .open_enclosed(None, &blob, &key, domain::At::from_millis(0).expect("a time"))
        .expect("an answer");
    (record.envelope.id, attachment, contents)
}

fn holds(bytes: &[u8], part: &[u8]) -> bool {
    bytes.windows(part.len()).any(|window| window == part)
}

#[tokio::test]
async fn a_photo_reaches_the_others_without_its_place_and_is_forgotten_with_its_note() {
    let districts = Path::new(env!("CARGO_MANIFEST_DIR")).join("data/erfurt-districts.csv");
    let city = City::with_districts(&districts);
    let team = city.organisation("Team Nord");
    let (jana, tobias) = (Device::new(), Device::new());
    let person = |name: &str| city.person(name, &team, "worker", &["Rieth"]);
    let (of_jana, of_tobias) = (person("Jana Köhler"), person("Tobias Brandt"));
    let first = jana.enrolled("files-jana", &city, &of_jana).await;
    let second = tobias.enrolled("files-tobias", &city, &of_tobias).await;

    first.press_control("n").await;
    first.has_focus("textbox", TEXT).await;
    first.type_text(&format!("Die Schaukel ist kaputt. #wohn{ENTER}")).await;
    assert!(holds(&photo(), PLACE), "the camera wrote down where it was");
    bring(&first, "paste", ADD, "IMG_0042.JPG", &photo()).await;
    first
        .until(
            "the photo is drawn in the editor",
            "[...document.querySelectorAll('form li img')].some((each) => each.naturalWidth > 0)",
        )
        .await;
    first.press_control(ENTER).await;
    first.reads("Gesprächsnotiz aufgenommen.").await;
    open_the_one(&first).await;
    first.until("the photo is drawn", DRAWN).await;
    assert_eq!(
        first.accessibility_faults().await,
        Vec::<String>::new(),
        "a note with a photo"
    );

    // Large by Enter, and said in words.
    first.tab_to("IMG_0042.jpg ohne Beschreibung").await;
    first.type_text(ENTER).await;
    first.named("dialog", "IMG_0042.jpg").await;
    let large = "(document.querySelector('dialog img')?.naturalWidth ?? 0) > 0";
    first.until("it is drawn large", large).await;
    assert_eq!(
        first.accessibility_faults().await,
        Vec::<String>::new(),
        "the photo alone"
    );
    first.fill("Was ist zu sehen?", SEEN).await;
    first.push("Schließen").await;
    first.reads("Beschreibung gespeichert").await;
    let (_, attachment, contents) = kept(&jana.store());
    assert_eq!(attachment.caption.as_deref(), Some(SEEN));
    let Contents::Here(bytes) = contents else {
        panic!("it is on the device it was added on")
    };
    assert!(
        !holds(&bytes, PLACE) && !holds(&bytes, b"Exif"),
        "only what one sees came in"
    );
    transferred(&first).await;

    second.press("Jetzt übertragen").await;
    second.reads("Die Schaukel ist kaputt.").await;
    open_the_one(&second).await;
    second.reads(SEEN).await;
    // Opened before Jana's device has brought it, it comes as soon as that has.
    second
        .ask("void document.querySelector('main li button .picture').closest('button').click()")
        .await;
    second.until("it came, and is drawn large", large).await;
    second.push("Schließen").await;
    second.until("and small", DRAWN).await;
    let (id, _, contents) = kept(&tobias.store());
    assert_eq!(contents, Contents::Here(bytes), "byte for byte");

    city.admin(&["erase", &id.to_string(), "--ground", "art17_1b", "--case", "1/26"]);
    for (device, window) in [(&jana, &first), (&tobias, &second)] {
        window.press("Jetzt übertragen").await;
        let gone = format!("!document.body.innerText.includes({SEEN:?})");
        window.until("nothing of it is shown", &gone).await;
        let folder = device.store().dir().join("attachments");
        let left = std::fs::read_dir(folder).map_or(0, Iterator::count);
        assert_eq!(left, 0, "and nothing of it lies on the device");
    }
}

#[tokio::test]
async fn a_photo_that_was_pasted_a_moment_before_goes_with_its_note() {
    let world = World::offline();
    let window = opened("files-at-once", &world, &Stage::default()).await;
    window.press_control("n").await;
    window.has_focus("textbox", TEXT).await;
    window.type_text(&format!("Die Bank ist kaputt. #wohn{ENTER}")).await;
    bring(&window, "paste", ADD, "IMG_0043.JPG", &photo()).await;
    window.press_control(ENTER).await;
    window.reads("Gesprächsnotiz aufgenommen.").await;
    open_the_one(&window).await;
    window.until("the photo is drawn", DRAWN).await;
}

#[tokio::test]
async fn a_photo_that_was_pasted_a_moment_before_goes_with_its_draft() {
    let world = World::offline();
    let window = opened("files-in-draft", &world, &Stage::default()).await;
    window.press_control("n").await;
    window.has_focus("textbox", TEXT).await;
    window.type_text("Die Bank ist kaputt.").await;
    bring(&window, "paste", ADD, "IMG_0044.JPG", &photo()).await;
    window.key('\u{e00c}').await;
    window.reads("Als Entwurf behalten").await;
    let row = window.see("main .draft").await;
    window.answer(row.click()).await;
    let drawn = "[...document.querySelectorAll('form li img')].some((each) => each.naturalWidth > 0)";
    window.until("the photo is drawn in the draft", drawn).await;
}

#[tokio::test]
async fn a_photo_that_was_pasted_a_moment_before_goes_with_its_request_and_its_draft() {
    let world = World::offline();
    let window = opened("files-request", &world, &Stage::default()).await;
    window.go_to("#/requests/new", "Neues Anliegen").await;
    window.has_focus("textbox", "Worum geht es?").await;
    window.type_text("Die Bank ist kaputt.").await;
    bring(&window, "paste", ADD, "IMG_0045.JPG", &photo()).await;
    window.key('\u{e00c}').await;
    let draft = window.named("link", "Entwurf Die Bank ist kaputt.").await;
    window.answer(draft.click()).await;
    window.has_focus("textbox", "Worum geht es?").await;
    let drawn = "document.querySelectorAll('form li img').length === 1";
    window.until("the photo is in the draft", drawn).await;
    bring(&window, "paste", ADD, "IMG_0046.JPG", &photo()).await;
    window.press_control(ENTER).await;
    window.named("heading", "Die Bank ist kaputt.").await;
    let both = "document.querySelectorAll('.files li img').length === 2";
    window.until("both photos are at the request", both).await;
}

#[tokio::test]
async fn what_is_taken_away_comes_back_and_what_is_refused_says_why() {
    let world = World::offline();
    let id = world.log("2026-10-14T09:00:00+02:00", "Der Aufzug steht.");
    let window = opened("files-undo", &world, &Stage::default()).await;
    window.ask(&format!("void (location.hash = '/talks/{id}')")).await;
    bring(&window, "drop", ADD, "IMG_0042.JPG", &photo()).await;
    window.until("the photo is drawn", DRAWN).await;
    window.reads("Wartet auf die Übertragung").await;

    bring(
        &window,
        "drop",
        ADD,
        "IMG_0043.HEIC",
        b"\0\0\0\x18ftypheic\0\0\0\0heicmif1",
    )
    .await;
    window.reads("„IMG_0043.HEIC“ wurde nicht hinzugefügt.").await;
    window.reads("Maximale Kompatibilität").await;
    bring(&window, "drop", ADD, "Aushang.pdf", b"%PDF-1.7").await;
    window.reads("Aushang.pdf").await;
    window.reads("Diese Datei wurde unverändert übernommen.").await;
    assert_eq!(
        window.accessibility_faults().await,
        Vec::<String>::new(),
        "two files, one refused"
    );

    window
        .ask("void document.querySelector('main li button .picture').closest('button').click()")
        .await;
    window.push("Entfernen").await;
    window.reads("Foto oder Datei entfernt").await;
    window
        .until("it is gone", "document.querySelectorAll('main li img').length === 0")
        .await;
    window.push("Rückgängig").await;
    window.until("it is there again", DRAWN).await;
    assert_eq!(world.only(Kind::Note)["attachments"].as_array().map(Vec::len), Some(2));
}
