//! Anliegen: recorded, followed, answered and closed only when somebody was told; and what was typed is never lost.

use crate::{driver::Stage, in_german, open, open_on, world::World};
use domain::{At, Kind, calendar};
use serde_json::json;

fn prepared() -> World {
    let world = World::offline();
    for (list, code, label) in [
        ("request_category", "moebel", "Bänke und Stadtmöbel"),
        ("request_way", "gespraech", "im Gespräch"),
        ("field", "gruenplanung", "Grünplanung"),
        ("contact_mode", "telefon", "Telefon"),
    ] {
        world.code(list, code, label);
    }
    world
}

#[tokio::test]
async fn a_request_is_closed_only_when_the_person_knows_what_came_of_it() {
    let world = prepared();
    let window = open("request-course", &world).await;
    in_german(&window).await;
    window.named("heading", "Gespräche").await;
    window.press_control("\u{e008}A").await;
    window.named("heading", "Neues Anliegen").await;
    window.has_focus("textbox", "Worum geht es?").await;
    window
        .type_text("Die Bank am Spielplatz ist kaputt. Die Großmütter stehen.")
        .await;
    window.choose("Kategorie", "Bänke und Stadtmöbel").await;
    window.finish().await;
    window.named("heading", "Die Bank am Spielplatz ist kaputt.").await;
    let number = world.only(Kind::Request)["number"].clone();
    let today = calendar::day_at(At::from(chrono::Utc::now()));
    let year = &today.format("%y-K7-001").to_string();
    assert_eq!(number, json!(year), "year, device, counter");
    assert_eq!(window.accessibility_faults().await, Vec::<String>::new(), "reading");

    window.push("Weiterleiten …").await;
    window.has_focus("textbox", "An wen?").await;
    window.finish().await;
    window.reads("Hier fehlt noch etwas.").await;
    window.has_focus("textbox", "An wen?").await;
    window.type_text("Garten- und Friedhofsamt").await;
    assert_eq!(window.accessibility_faults().await, Vec::<String>::new(), "forwarding");
    window.finish().await;
    window.reads("Weitergeleitet an Garten- und Friedhofsamt").await;
    assert_eq!(world.only(Kind::Request)["status"], "forwarded");

    window.push("Status ändern …").await;
    let ways = "[...document.querySelectorAll('form label')].map((label) => label.innerText.trim())";
    let ways = window.ask(ways).await.to_string();
    assert!(!ways.contains("erledigt"), "forwarded is never done at once: {ways}");
    window.tick("radio", "in Bearbeitung").await;
    window.finish().await;
    window.reads("Status geändert: in Bearbeitung.").await;
    window.push("Status ändern …").await;
    window.tick("radio", "erledigt").await;
    window.fill("Ergebnis", "Die Bank hat eine neue Sitzfläche.").await;
    window.finish().await;
    window
        .named("heading", "Die Person weiß noch nicht, was daraus geworden ist")
        .await;
    assert!(
        world.only(Kind::Request).get("closed_on").is_none(),
        "done is not closed"
    );

    window.push("Rückmeldung eintragen …").await;
    window.has_focus("radio", "gegeben").await;
    window.finish().await;
    window.reads("Person unterrichtet").await;
    let closed = world.only(Kind::Request);
    assert_eq!(closed["feedback"]["kind"], "given");
    assert!(closed["closed_on"].is_string(), "now it is closed: {closed}");

    window.shortcut('z').await;
    window
        .named("heading", "Die Person weiß noch nicht, was daraus geworden ist")
        .await;
    let back = world.only(Kind::Request);
    assert!(
        back.get("closed_on").is_none() && back.get("feedback").is_none(),
        "taken back as a whole: {back}"
    );
}

/// Where it is already tomorrow or still yesterday: of these two, one is always another day than the city's.
#[tokio::test]
async fn today_is_the_citys_day_wherever_the_machine_believes_to_be() {
    for (name, zone) in [("east", "Pacific/Kiritimati"), ("west", "Etc/GMT+12")] {
        let world = prepared();
        let stage = Stage {
            zone: Some(zone),
            ..Stage::default()
        };
        let window = open_on(&format!("request-{name}"), &world, &stage).await;
        in_german(&window).await;
        window.named("heading", "Gespräche").await;
        window.press_control("\u{e008}A").await;
        window.has_focus("textbox", "Worum geht es?").await;
        window.type_text("Die Bank ist kaputt.").await;
        window.choose("Kategorie", "Bänke und Stadtmöbel").await;
        window.finish().await;
        window.push("Weiterleiten …").await;
        window.has_focus("textbox", "An wen?").await;
        window.type_text("Gartenamt").await;
        window.finish().await;
        window.reads("Weitergeleitet an Gartenamt").await;
        let request = world.only(Kind::Request);
        assert_eq!(request["steps"][0]["on"], request["received_on"], "{zone}: {request}");
    }
}

#[tokio::test]
async fn a_status_that_turns_somebody_down_wants_a_reason() {
    let world = prepared();
    let id = world.keep(
        Kind::Request,
        &json!({"received_on": "2026-10-01", "description": "Mehr Licht.", "status": "examined", "later": 1.50}),
    );
    let window = open("request-reason", &world).await;
    window.go_to(&format!("#/requests/{id}"), "Mehr Licht.").await;
    window.push("Status ändern …").await;
    window.tick("radio", "nicht umsetzbar").await;
    window.finish().await;
    window.reads("Bitte nennen Sie den Grund.").await;
    window.has_focus("textbox", "Warum?").await;
    window.type_text("Der Weg gehört der Bahn.").await;
    window.finish().await;
    window.reads("Status geändert: nicht umsetzbar.").await;
    let stored = world.only(Kind::Request);
    assert_eq!(stored["status_reason"], "Der Weg gehört der Bahn.");
    assert_eq!(stored["later"], json!(1.5), "what this version does not know stays");
}

#[tokio::test]
async fn what_was_typed_is_a_draft_until_it_is_whole() {
    let world = prepared();
    let altstadt = world.district("Altstadt");
    let id = world.keep_in(altstadt, Kind::Note, &json!({"occurred_at": "2026-10-05T09:15:00+02:00", "topics": ["wohnen"], "place": "Am Brunnen", "text": "Der Brunnen ist trocken."}));
    let window = open("request-draft", &world).await;
    window.go_to(&format!("#/talks/{id}"), "Gespräche").await;
    window.push("Neues Anliegen daraus").await;
    window.named("heading", "Neues Anliegen").await;
    window.has_focus("textbox", "Worum geht es?").await;
    let place = window.named("textbox", "Ort").await;
    let place = window.answer(place.prop("value")).await;
    assert_eq!(
        place.as_deref(),
        Some("Am Brunnen"),
        "the place comes from the conversation"
    );
    window.type_text("Wasser für den Brunnen").await;
    let kept = || {
        world
            .store
            .read(|reading| reading.drafts())
            .expect("drafts can be read")
    };
    while kept().is_empty() {
        tokio::task::yield_now().await;
    }
    // Left, it stays a draft; nothing is recorded before somebody says so.
    window.key('\u{e00c}').await;
    window.reads("Als Entwurf behalten.").await;
    window.named("heading", "Anliegen").await;
    let draft = window.named("link", "Entwurf Wasser für den Brunnen").await;
    window.answer(draft.click()).await;
    window.named("heading", "Neues Anliegen").await;
    window.reads("Das ist Ihr Entwurf von vorhin.").await;
    window.has_focus("textbox", "Worum geht es?").await;
    window.choose("Stadtteil", "Rieth").await;
    window.finish().await;
    window.named("heading", "Wasser für den Brunnen").await;
    let stored = world.only(Kind::Request);
    assert_eq!(stored["links"], json!([id.to_string()]), "it names the conversation");
    assert_eq!(stored["received_on"], "2026-10-05");
    assert!(kept().is_empty(), "a finished draft goes");
}

#[tokio::test]
async fn a_new_request_is_recorded_only_when_asked_and_the_next_one_begins_blank() {
    let world = prepared();
    let window = open("request-new-draft", &world).await;
    window.go_to("#/requests/new", "Neues Anliegen").await;
    window.has_focus("textbox", "Worum geht es?").await;
    window.type_text("Erstes, halb.").await;
    window.choose("Stadtteil", "Rieth").await;
    // It is whole, and left by another area all the same.
    window.go_to("#/contacts", "Kontakte").await;
    window.reads("Als Entwurf behalten.").await;
    let recorded = || {
        let filter = store::Filter::of(Kind::Request);
        let found = world.store.read(|reading| reading.list(&filter, store::Page::first(9)));
        found.expect("the notebook can be read").len()
    };
    assert_eq!(recorded(), 0, "nobody said that it is done");

    window.go_to("#/requests/new", "Neues Anliegen").await;
    window.has_focus("textbox", "Worum geht es?").await;
    assert_eq!(
        window.ask("document.activeElement.value").await,
        json!(""),
        "a blank form"
    );
    window.type_text("Zweites.").await;
    window.key('\u{e00c}').await;
    window.named("heading", "Anliegen").await;
    window.named("link", "Entwurf Zweites.").await;
    let first = window.named("link", "Entwurf Erstes, halb.").await;
    window.answer(first.click()).await;
    window.has_focus("textbox", "Worum geht es?").await;
    assert_eq!(window.ask("document.activeElement.value").await, json!("Erstes, halb."));

    window.push("Verwerfen").await;
    window.reads("Entwurf verworfen.").await;
    let listed = |count: usize| format!("document.querySelectorAll('ul.drafts li').length === {count}");
    window.until("one is left", &listed(1)).await;
    window.press("Rückgängig").await;
    window.until("what was discarded is there again", &listed(2)).await;
    let first = window.named("link", "Entwurf Erstes, halb.").await;
    window.answer(first.click()).await;
    window.has_focus("textbox", "Worum geht es?").await;
    window.finish().await;
    window.named("heading", "Erstes, halb.").await;
    assert_eq!(recorded(), 1, "now it is");
}

#[tokio::test]
async fn a_request_in_the_trash_says_who_put_it_there_and_comes_back() {
    let world = prepared();
    let id = world.keep(
        Kind::Request,
        &json!({"received_on": "2026-10-01", "description": "Mehr Licht.", "status": "examined"}),
    );
    let window = open("request-trashed", &world).await;
    let address = format!("#/requests/{id}");
    window.go_to(&address, "Mehr Licht.").await;
    window.push("In den Papierkorb").await;
    window.named("heading", "Anliegen").await;
    window.go_to(&address, "Mehr Licht.").await;
    window.reads("Liegt im Papierkorb: von Ihnen hineingelegt am").await;
    assert_eq!(
        window.accessibility_faults().await,
        Vec::<String>::new(),
        "in the trash"
    );
    window.push("Zurückholen").await;
    window.reads("Anliegen zurückgeholt.").await;
    window.has_focus("heading", "Mehr Licht.").await;
    window.named("button", "Bearbeiten").await;
}

#[tokio::test]
async fn what_was_typed_for_a_step_outlives_a_power_cut_and_is_done_only_when_asked() {
    let world = prepared();
    let id = world.keep(
        Kind::Request,
        &json!({"received_on": "2026-10-01", "description": "Mehr Licht.", "status": "examined"}),
    );
    let address = format!("#/requests/{id}");
    let window = open("request-act", &world).await;
    window.go_to(&address, "Mehr Licht.").await;
    window.push("Weiterleiten …").await;
    window.has_focus("textbox", "An wen?").await;
    window.type_text("Tiefbauamt").await;
    let kept = || {
        let drafts = world
            .store
            .read(|reading| reading.drafts())
            .expect("drafts can be read");
        drafts
            .iter()
            .any(|draft| draft.form.as_ref().is_some_and(|form| form.contains("Tiefbauamt")))
    };
    while !kept() {
        tokio::task::yield_now().await;
    }
    window.kill().await;

    let window = open("request-act-again", &world).await;
    window.go_to("#/requests", "Anliegen").await;
    window.named("link", "Entwurf Tiefbauamt").await;
    window.go_to(&address, "Mehr Licht.").await;
    assert_eq!(
        world.only(Kind::Request)["status"],
        "examined",
        "nobody said that it is done"
    );
    window.push("Weiterschreiben").await;
    window.reads("Das ist Ihr Entwurf von vorhin.").await;
    window.has_focus("textbox", "An wen?").await;
    window.type_text(" Nord").await;
    window.key('\u{e00c}').await;
    window.reads("Als Entwurf behalten.").await;
    assert_eq!(
        world.only(Kind::Request)["status"],
        "examined",
        "Esc keeps, and does nothing"
    );
    window.push("Weiterschreiben").await;
    window.has_focus("textbox", "An wen?").await;
    window.finish().await;
    window.reads("Weitergeleitet an Tiefbauamt Nord").await;
    assert!(!kept(), "what is done is no draft any more");
}

#[tokio::test]
async fn who_waits_is_found_by_typing_and_taken_back_by_emptying_the_field() {
    let world = prepared();
    let card = world.keep(
        Kind::Contact,
        &json!({"type": "person", "standing": "professional", "name": "Frau Kaiser"}),
    );
    world.keep(
        Kind::Contact,
        &json!({"type": "person", "standing": "professional", "name": "Herr Arndt"}),
    );
    let id = world.keep(
        Kind::Request,
        &json!({"received_on": "2026-10-01", "description": "Mehr Licht.", "status": "examined"}),
    );
    let window = open("request-who", &world).await;
    window
        .go_to(&format!("#/requests/edit-{id}"), "Anliegen bearbeiten")
        .await;
    window.tab_to("Wer möchte Rückmeldung?").await;
    window.type_text("kais").await;
    window.until("she is offered", "[...document.querySelectorAll('[role=option]')].some((each) => each.checkVisibility() && each.innerText.includes('Frau Kaiser'))").await;
    window.type_text("\u{e007}").await;
    window.finish().await;
    window.named("link", "Frau Kaiser").await;
    assert_eq!(world.only(Kind::Request)["contact"], json!(card.to_string()));
    window.shortcut('e').await;
    window.named("heading", "Anliegen bearbeiten").await;
    window.tab_to("Wer möchte Rückmeldung?").await;
    let named = "document.activeElement.value === 'Frau Kaiser'";
    window.until("she is called by name", named).await;
    window.type_text("\u{e003}").await;
    window.key('\u{e004}').await;
    window.finish().await;
    window.reads("ohne Namen").await;
    assert!(
        world.only(Kind::Request).get("contact").is_none(),
        "nobody waits any more"
    );
}

#[tokio::test]
async fn the_list_shows_who_waits_longest_and_who_was_not_told() {
    let world = prepared();
    for (day, status, description) in [
        ("2026-09-01", "recorded", "Erste Bank."),
        ("2026-10-01", "done", "Zweite Bank."),
        ("2026-10-10", "recorded", "Dritte Laterne."),
    ] {
        let body = json!({"received_on": day, "status": status, "description": description, "due_on": "2026-10-11"});
        world.keep(Kind::Request, &body);
    }
    let window = open("request-list", &world).await;
    window.go_to("#/requests", "Anliegen").await;
    let rows = "[...document.querySelectorAll('main a.row')].map((row) => row.innerText.split('\\n')[0])";
    window.until("three wait", &format!("{rows}.length === 3")).await;
    assert_eq!(
        window.ask(rows).await,
        json!(["Erste Bank.", "Zweite Bank.", "Dritte Laterne."])
    );
    assert_eq!(window.accessibility_faults().await, Vec::<String>::new(), "the list");
    window.choose("Reihenfolge", "Neueste zuerst").await;
    window
        .until("the newest comes first", &format!("{rows}[0] === 'Dritte Laterne.'"))
        .await;
    window.push("Rückmeldung fehlt 1").await;
    window
        .until("one was not told", &format!("{rows}.join() === 'Zweite Bank.'"))
        .await;
    window.push("Alle").await;
    window.fill("Suche in Anliegen", "laterne").await;
    window
        .until("it is found", &format!("{rows}.join() === 'Dritte Laterne.'"))
        .await;
    window.fill("Suche in Anliegen", "xyz").await;
    window.reads("Kein Anliegen passt zu dieser Auswahl.").await;
}
