//! The second client, written from `docs/protocol.md` alone, against a real city.

use scenes::city::City;
use std::{path::Path, process::Command};

#[test]
fn a_client_written_from_the_protocol_alone_keeps_up_with_the_city() {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let city = City::with_districts(&here.join("data/erfurt-districts.csv"));
    city.organisation("Team Nord");
    let code =
        |name: &str, role: &str, districts: &[&str]| city.invite(&city.person(name, "Team Nord", role, districts));
    let worker = code("Anna", "worker", &["Rieth", "Altstadt"]);
    let second = code("Bela", "worker", &["Rieth"]);
    let lead = code("Cem", "lead", &["Rieth", "Altstadt"]);
    let told = Command::new("python3")
        .arg(here.join("second_client/story.py"))
        .args([city.url(), &worker, &second, &lead])
        .env("PYTHONDONTWRITEBYTECODE", "1")
        .output()
        .expect("python3 is there: `make test` installs it");
    let (said, wrong) = (
        String::from_utf8_lossy(&told.stdout),
        String::from_utf8_lossy(&told.stderr),
    );
    println!("{said}");
    assert!(
        told.status.success(),
        "the second client's story ends well:\n{said}{wrong}"
    );
}
