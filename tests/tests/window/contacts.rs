//! Kontakte: residents only with consent, and a withdrawal takes the card along.

use crate::{in_german, open, world::World};
use domain::Kind;
use serde_json::json;

fn prepared() -> World {
    let world = World::offline();
    world.code("contact_mode", "telefon", "Telefon");
    world.code("language", "de", "Deutsch");
    world
}

#[tokio::test]
async fn a_resident_is_kept_only_with_consent() {
    let world = prepared();
    let window = open("contact-consent", &world).await;
    in_german(&window).await;
    window.press_control("\u{e008}K").await;
    window.named("heading", "Neuer Kontakt").await;
    window.has_focus("radio", "Akteur*in").await;
    window.tick("radio", "Bewohner*in").await;
    window.fill("Name", "Herr Yıldız").await;
    window.fill("Telefon", "0361 555 01 27").await;
    window.finish().await;
    window
        .reads("Ohne gültige Einwilligung kann die Karte nicht gespeichert werden.")
        .await;
    window.has_focus("button", "Einwilligung eintragen").await;
    let none = world
        .store
        .read(|reading| reading.count(&Kind::Contact, None, None))
        .expect("a count");
    assert_eq!(none, 0, "nothing was saved");
    assert_eq!(
        window.accessibility_faults().await,
        Vec::<String>::new(),
        "what is missing"
    );

    window.push("Einwilligung eintragen").await;
    window.has_focus("textbox", "Wozu?").await;
    window.named("button", "Weitere Einwilligung eintragen").await;
    assert_eq!(window.accessibility_faults().await, Vec::<String>::new(), "the consent");
    window.finish().await;
    window.reads("Kontakt angelegt.").await;
    let card = world.only(Kind::Contact);
    assert_eq!(
        (card["standing"].clone(), card["name"].clone()),
        (json!("resident"), json!("Herr Yıldız"))
    );
    assert_eq!(card["consents"][0]["form"], "spoken");
    assert_eq!(card["phones"], json!(["0361 555 01 27"]));
    assert_eq!(window.accessibility_faults().await, Vec::<String>::new(), "reading");

    window.push("Widerruf eintragen, Karte entfernen").await;
    window.reads("Die Karte liegt im Papierkorb.").await;
    let none = world
        .store
        .read(|reading| reading.count(&Kind::Contact, None, None))
        .expect("a count");
    assert_eq!(none, 0, "the card went with its last consent");
    window.shortcut('z').await;
    window.see("main a.row").await;
    assert!(
        world.only(Kind::Contact)["consents"][0].get("withdrawn_on").is_none(),
        "taken back, the consent holds again"
    );
}

#[tokio::test]
async fn a_professional_is_found_by_name_and_number_and_edited() {
    let world = prepared();
    world.keep(
        Kind::Contact,
        &json!({"type": "person", "standing": "professional", "name": "Zoë Ärmel", "function": "Leitung",
                "organisation": "Kita Sonnenschein", "phones": ["0361 / 12 34-5"], "nickname": {"new": true}}),
    );
    world.keep(
        Kind::Contact,
        &json!({"type": "organisation", "standing": "professional", "name": "Bürgerbüro"}),
    );
    let window = open("contact-edit", &world).await;
    window.go_to("#/contacts", "Kontakte").await;
    let rows = "[...document.querySelectorAll('main a.row .text:first-child')].map((row) => row.innerText).filter((_, at) => at % 2 === 0)";
    window
        .until(
            "both are listed by name",
            &format!("{rows}.join() === 'Bürgerbüro,Zoë Ärmel'"),
        )
        .await;
    window.fill("Suche in Kontakten", "12345").await;
    window
        .until(
            "a number is found however it is spaced",
            &format!("{rows}.join() === 'Zoë Ärmel'"),
        )
        .await;
    let row = window.see("main a.row").await;
    window.answer(row.click()).await;
    window.named("heading", "Zoë Ärmel").await;
    window.shortcut('e').await;
    window.named("heading", "Kontakt bearbeiten").await;
    window.has_focus("textbox", "Name").await;
    window.fill("E-Mail", "keine Adresse").await;
    window.finish().await;
    window.reads("So ist eine E-Mail-Adresse").await;
    window.has_focus("textbox", "E-Mail").await;
    window.push("Entfernen: keine Adresse").await;
    window.fill("E-Mail", "zoe@kita.example").await;
    window.finish().await;
    window.reads("Kontakt geändert.").await;
    let card = world
        .store
        .read(|reading| reading.list(&store::Filter::of(Kind::Contact), store::Page::first(10)))
        .expect("the notebook can be read")
        .into_iter()
        .filter_map(|stored| serde_json::from_str::<serde_json::Value>(stored.record.body?.as_str()).ok())
        .find(|card| card["name"] == "Zoë Ärmel")
        .expect("the card");
    assert_eq!(card["emails"], json!(["zoe@kita.example"]));
    assert_eq!(
        card["nickname"],
        json!({"new": true}),
        "what this version does not know stays"
    );
}

#[tokio::test]
async fn a_card_shows_the_requests_that_name_it() {
    let world = prepared();
    let card = world.keep(
        Kind::Contact,
        &json!({"type": "person", "standing": "professional", "name": "Frau Beispiel"}),
    );
    let request = world.keep(
        Kind::Request,
        &json!({"received_on": "2026-10-01", "status": "recorded", "number": "26-K7-001",
                "description": "Mehr Bänke.", "contact": card.to_string()}),
    );
    let window = open("contact-links", &world).await;
    window.go_to(&format!("#/contacts/{card}"), "Frau Beispiel").await;
    window.reads("26-K7-001 Mehr Bänke.").await;
    let link = window.see(&format!("a[href='#/requests/{request}']")).await;
    window.answer(link.click()).await;
    window.named("heading", "Mehr Bänke.").await;
    window.named("link", "Frau Beispiel").await;
}
