//! An address book in the window: looked at, taken in as one change, and taken back as one.

use crate::{files::bring, in_german, open, world::World};
use domain::Kind;
use serde_json::{Value, json};

const PICK: &str = "Datei wählen …";
const BOOK: &str = "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Erika Kästner\r\nORG:Kita Sonnenschein\r\nEMAIL:erika@kita.example\r\n\
NOTE:privat\r\nEND:VCARD\r\nBEGIN:VCARD\r\nVERSION:3.0\r\nFN:Bürgerbüro Rieth\r\nORG:Bürgerbüro Rieth\r\nTEL:0361 5550110\r\n\
END:VCARD\r\nBEGIN:VCARD\r\nVERSION:3.0\r\nFN:Herr Yıldız\r\nTEL:0361 5550127\r\nEND:VCARD\r\nBEGIN:VCARD\r\n\
VERSION:3.0\r\nFN:\r\nTEL:1\r\nEND:VCARD\r\n";

fn kept(world: &World) -> Vec<Value> {
    let listed = world
        .store
        .read(|reading| reading.list(&store::Filter::of(Kind::Contact), store::Page::first(10)))
        .expect("the notebook can be read");
    let bodies = listed.into_iter().filter_map(|stored| stored.record.body);
    bodies
        .map(|body| serde_json::from_str(body.as_str()).expect("JSON"))
        .collect()
}

#[tokio::test]
async fn an_address_book_is_looked_at_before_it_comes_in_and_goes_as_one() {
    let world = World::offline();
    world.keep(
        Kind::Contact,
        &json!({"type": "person", "standing": "professional", "name": "E. Kästner", "emails": ["Erika@Kita.example"]}),
    );
    let window = open("book", &world).await;
    in_german(&window).await;
    window.go_to("#/contacts", "Kontakte").await;
    window.push("Importieren …").await;
    bring(&window, "drop", PICK, "kontakte.vcf", BOOK.as_bytes()).await;
    window.named("heading", "3 Kontakte in „kontakte.vcf“").await;
    window
        .reads("Wahrscheinlich schon im Notizbuch: „E. Kästner“ (gleiche E-Mail-Adresse).")
        .await;
    window.reads("Wird nicht übernommen: Notiz zur Person.").await;
    window.reads("1 Karte bleibt draußen").await;
    assert_eq!(kept(&world).len(), 1, "looking writes nothing");
    assert_eq!(window.accessibility_faults().await, Vec::<String>::new(), "the preview");

    window.named("button", "1 Kontakt übernehmen").await;
    window
        .choose("Herr Yıldız übernehmen als", "Bewohner*in, hat eingewilligt")
        .await;
    window.named("textbox", "Wozu?").await;
    assert_eq!(window.accessibility_faults().await, Vec::<String>::new(), "the consent");
    window.push("2 Kontakte übernehmen").await;
    window.reads("2 Kontakte übernommen.").await;
    let cards = kept(&world);
    assert_eq!(cards.len(), 3);
    let resident = cards
        .iter()
        .find(|card| card["name"] == "Herr Yıldız")
        .expect("the card");
    assert_eq!(resident["consents"][0]["purpose"], "Rückmeldung zum Anliegen");
    assert_eq!(resident["source"], "Import: kontakte.vcf");
    window.shortcut('z').await;
    window
        .until(
            "the list has one card again",
            "document.querySelectorAll('main a.row').length === 1",
        )
        .await;
    assert_eq!(kept(&world).len(), 1, "both went as one");
}

#[tokio::test]
async fn a_file_that_is_no_address_book_is_refused_in_words() {
    let world = World::offline();
    let window = open("book-none", &world).await;
    in_german(&window).await;
    window.go_to("#/contacts/import", "Kontakte importieren").await;
    bring(&window, "drop", PICK, "brief.txt", b"Liebe Leute, wir treffen uns.").await;
    window
        .reads("Das ist kein Adressbuch, das dieses Programm lesen kann.")
        .await;
    window.named("button", PICK).await;
    assert_eq!(kept(&world).len(), 0);
}
