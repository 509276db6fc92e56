//! Two people change the same record before their devices know of each other: both versions are seen, one is chosen.

use super::{
    device::{Device, transferred},
    driver::Window,
};
use scenes::City;
use std::path::Path;

const ENTER: &str = "\u{e007}";
const TEXT: &str = "Was wurde gesagt?";
const ASKED: &str = "Mehr Licht am Weg.";

/// Goes to the list of one kind and opens the one record in it.
async fn read_the_one(window: &Window, area: &str, heading: &str) {
    window.go_to(area, heading).await;
    let row = window.see("main li .row").await;
    window.answer(row.click()).await;
    window.named("button", "Bearbeiten").await;
}

/// Types at the end of the note's only paragraph.
async fn write_on(window: &Window, more: &str) {
    read_the_one(window, "#/talks", "Gespräche").await;
    window.press_control("e").await;
    window.has_focus("textbox", TEXT).await;
    window.key('\u{e010}').await;
    window.type_text(more).await;
    window.press_control(ENTER).await;
    window.reads("Gesprächsnotiz geändert.").await;
}

async fn set_status(window: &Window, status: &str) {
    read_the_one(window, "#/requests", "Anliegen").await;
    window.push("Status ändern …").await;
    window.tick("radio", status).await;
    window.finish().await;
    window.reads(&format!("Status geändert: {status}.")).await;
}

#[tokio::test]
async fn both_windows_show_both_versions_and_what_one_settles_is_settled_for_the_other() {
    let districts = Path::new(env!("CARGO_MANIFEST_DIR")).join("data/erfurt-districts.csv");
    let mut city = City::with_districts(&districts);
    let team = city.organisation("Team Nord");
    let (jana, tobias) = (Device::new(), Device::new());
    let person = |name: &str| city.person(name, &team, "worker", &["Rieth"]);
    let (of_jana, of_tobias) = (person("Jana Köhler"), person("Tobias Brandt"));
    let first = jana.enrolled("versions-jana", &city, &of_jana).await;
    let second = tobias.enrolled("versions-tobias", &city, &of_tobias).await;

    first.press_control("n").await;
    first.has_focus("textbox", TEXT).await;
    first.type_text(&format!("Der Radweg endet hier. #wohn{ENTER}")).await;
    first.press_control(ENTER).await;
    first.reads("Gesprächsnotiz aufgenommen.").await;
    first.press_control("\u{e008}A").await;
    first.has_focus("textbox", "Worum geht es?").await;
    first.type_text(ASKED).await;
    first.finish().await;
    first.named("heading", ASKED).await;
    transferred(&first).await;
    second.go_to("#/requests", "Anliegen").await;
    second.reads(ASKED).await;

    city.stop();
    write_on(&first, " Schulweg über die Hauptstraße.").await;
    set_status(&first, "geprüft").await;
    write_on(&second, " Im Bürgerbeirat schon Thema.").await;
    set_status(&second, "in Bearbeitung").await;

    city.start();
    for window in [&first, &second, &first] {
        window.press("Jetzt übertragen").await;
        window.reads("Einträge").await;
    }
    for window in [&first, &second] {
        window.reads("2 Einträge in zwei Fassungen").await;
        window.go_to("#/versions", "Zwei Fassungen").await;
        let rows = "document.querySelectorAll('main a.row').length === 2";
        window.until("both records are listed", rows).await;
        read_the_one(window, "#/talks", "Gespräche").await;
        window.named("heading", "Welche Fassung soll gelten?").await;
        for said in ["Schulweg über die Hauptstraße.", "Im Bürgerbeirat schon Thema."] {
            window.reads(said).await;
        }
        read_the_one(window, "#/requests", "Anliegen").await;
        window.named("heading", "Welche Fassung soll gelten?").await;
        let sides = "(() => { const said = document.querySelector('fieldset')?.innerText ?? ''; return said.includes('geprüft') && said.includes('in Bearbeitung') })()";
        window.until("both statuses stand there", sides).await;
    }
    assert_eq!(first.accessibility_faults().await, Vec::<String>::new(), "two statuses");

    // By keyboard alone: from the words of the transfer to the list, to the record, to the other version.
    first.tab_to("2 Einträge in zwei Fassungen").await;
    first.type_text(ENTER).await;
    first.has_focus("heading", "Zwei Fassungen").await;
    assert_eq!(first.accessibility_faults().await, Vec::<String>::new(), "the list");
    read_the_one(&first, "#/requests", "Anliegen").await;
    let other = "document.querySelector('fieldset input:not(:checked)').focus()";
    first.named("heading", "Welche Fassung soll gelten?").await;
    first.ask(other).await;
    first.key(' ').await;
    first.press_control(ENTER).await;
    first.reads("Fassung übernommen.").await;
    first.has_focus("heading", ASKED).await;
    read_the_one(&first, "#/talks", "Gespräche").await;
    first.push("Beide zusammenführen").await;
    first.push("Diese Fassung übernehmen").await;
    first.reads("Fassung übernommen.").await;
    transferred(&first).await;

    second.press("Jetzt übertragen").await;
    transferred(&second).await;
    let settled = "![...document.querySelectorAll('h2')].some((each) => each.innerText.includes('Welche Fassung'))";
    second.until("nothing is left to decide", settled).await;
    let read = "document.querySelector('main').innerText";
    let chosen = first.go_and_read("#/requests", ASKED, read).await;
    let seen = second.go_and_read("#/requests", ASKED, read).await;
    let status = |said: &str| said.contains("geprüft");
    assert_eq!(status(&chosen), status(&seen), "one status: {chosen} and {seen}");
    read_the_one(&second, "#/talks", "Gespräche").await;
    for said in ["Schulweg über die Hauptstraße.", "Im Bürgerbeirat schon Thema."] {
        second.reads(said).await;
    }
}

impl Window {
    /// What a script says of a view once it holds these words.
    async fn go_and_read(&self, address: &str, words: &str, script: &str) -> String {
        self.ask(&format!("void (location.hash = {address:?})")).await;
        self.reads(words).await;
        self.ask(script).await.as_str().unwrap_or_default().to_owned()
    }
}
