//! What happened, and what to do next: one sentence each, for every failure.

use super::{Failed, tongue::Tongue};
use crate::{Error, http::OpenError};

pub(super) fn sentence(failed: &Failed, tongue: Tongue) -> String {
    match failed {
        Failed::City(error) => city(error, tongue),
        Failed::Door(error) => door(error, tongue),
        Failed::Network(error) => tongue.say(
            format!("The network failed: {error}. Start it again; if it happens again, look at the system's log."),
            format!("Das Netzwerk ist ausgefallen: {error}. Neu starten; geschieht es wieder, ins Systemprotokoll sehen."),
        ),
        Failed::TwoPlaces => tongue
            .say(
                "The ledger is in a folder or in PostgreSQL: leave out --data-dir, or --database-url and CITY_DATABASE_URL.",
                "Die Daten liegen in einem Ordner oder in PostgreSQL: --data-dir weglassen oder --database-url und CITY_DATABASE_URL.",
            )
            .to_owned(),
        Failed::NoFolder => tongue
            .say(
                "This account has no folder for data: give --data-dir.",
                "Dieses Konto hat keinen Ordner für Daten: --data-dir angeben.",
            )
            .to_owned(),
        Failed::Differs => tongue
            .say(
                "The check found differences. Keep the folder as it is, make a copy of it, and restore the last good backup.",
                "Die Prüfung hat Abweichungen gefunden. Den Ordner so lassen, kopieren und die letzte gute Sicherung einspielen.",
            )
            .to_owned(),
    }
}

fn door(error: &OpenError, tongue: Tongue) -> String {
    match error {
        OpenError::InTheClear(address) => tongue.say(
            format!(
                "{address} can be reached from outside of this machine, so the way there must be encrypted: \
                 give --tls-cert and --tls-key, or --behind-proxy if a proxy before it does TLS."
            ),
            format!(
                "{address} ist von außen erreichbar, der Weg dorthin muss also verschlüsselt sein: \
                 --tls-cert und --tls-key angeben, oder --behind-proxy, wenn ein Proxy davor TLS macht."
            ),
        ),
        OpenError::MetricsOutside(address) => tongue.say(
            format!("{address} can be reached from outside; figures are shown on loopback only: give --metrics-listen 127.0.0.1:PORT."),
            format!("{address} ist von außen erreichbar; Kennzahlen gibt es nur auf Loopback: --metrics-listen 127.0.0.1:PORT angeben."),
        ),
        OpenError::Listen { address, source } => tongue.say(
            format!("Cannot listen on {address} ({source}): stop the program that holds it, or give another --listen."),
            format!("{address} ist nicht zu belegen ({source}): das Programm beenden, das es hält, oder anderes --listen angeben."),
        ),
        OpenError::Tls(error) => {
            let (cert, key, source) = (error.files.cert.display(), error.files.key.display(), &error.source);
            tongue.say(
                format!("{cert} and {key} are no certificate and key in PEM that belong together ({source}): check both files."),
                format!("{cert} und {key} sind nicht Zertifikat und Schlüssel in PEM, die zusammengehören ({source}): beide prüfen."),
            )
        }
    }
}

fn city(error: &Error, tongue: Tongue) -> String {
    match error {
        Error::NoCity(place) => tongue.say(
            format!(
                "There is no city in {place}: found one with `city admin init --city NAME`, or give the right --data-dir or --database-url."
            ),
            format!(
                "In {place} ist keine Stadt: mit `city admin init --city NAME` gründen oder das richtige --data-dir oder --database-url angeben."
            ),
        ),
        Error::CityExists(place) => tongue.say(
            format!(
                "There is already a city in {place}; nothing was changed. Give another --data-dir or --database-url for a new one."
            ),
            format!(
                "In {place} ist schon eine Stadt; nichts wurde geändert. Für eine neue ein anderes --data-dir oder --database-url angeben."
            ),
        ),
        Error::Key { path, source } => {
            let path = path.display();
            tongue.say(
                format!("The key file {path} cannot be used ({source}): bring it back from where its copy is kept, or give --key-file."),
                format!("Die Schlüsseldatei {path} ist nicht zu gebrauchen ({source}): aus der Kopie zurückholen oder --key-file angeben."),
            )
        }
        Error::KeyIsOpen(path) => {
            let path = path.display();
            tongue.say(
                format!("Others may read the key file {path}: run `chmod 600 {path}`, and think about who may have seen it."),
                format!("Andere dürfen die Schlüsseldatei {path} lesen: `chmod 600 {path}` ausführen und klären, wer sie gesehen hat."),
            )
        }
        Error::KeyDoesNotFit => tongue
            .say(
                "The database does not open with this key, or is damaged: check --key-file and --data-dir.",
                "Die Datenbank öffnet sich mit diesem Schlüssel nicht oder ist beschädigt: --key-file und --data-dir prüfen.",
            )
            .to_owned(),
        Error::Newer { found, known } => tongue.say(
            format!("The database has version {found}, this program knows {known}: install the newer program."),
            format!("Die Datenbank hat Version {found}, dieses Programm kennt {known}: das neuere Programm installieren."),
        ),
        Error::Damaged(_) => tongue
            .say(
                "The database is damaged. Nothing was deleted: copy the folder, then restore the last backup.",
                "Die Datenbank ist beschädigt. Nichts wurde gelöscht: den Ordner kopieren, dann die letzte Sicherung einspielen.",
            )
            .to_owned(),
        Error::DiskFull => tongue
            .say("The disk is full: make room, then try again.", "Der Datenträger ist voll: Platz schaffen, dann noch einmal.")
            .to_owned(),
        Error::ReadOnly(path) => {
            let path = path.display();
            tongue.say(
                format!("{path} cannot be written: run as the account that owns it, or mend its rights."),
                format!("{path} ist nicht beschreibbar: mit dem Konto ausführen, dem es gehört, oder die Rechte richten."),
            )
        }
        Error::Busy => tongue
            .say(
                "Another program holds the database: wait for it to end, then try again.",
                "Ein anderes Programm hält die Datenbank: dessen Ende abwarten, dann noch einmal.",
            )
            .to_owned(),
        Error::File { path, source } => {
            let path = path.display();
            tongue.say(
                format!("{path} could not be read or written ({source}): check the path and its rights."),
                format!("{path} ließ sich nicht lesen oder schreiben ({source}): Pfad und Rechte prüfen."),
            )
        }
        Error::ForgetLog { line } => tongue.say(
            format!("The forget log is broken at line {line}: bring it back from its copy; do not begin a new one."),
            format!("Das Löschprotokoll ist ab Zeile {line} beschädigt: aus der Kopie zurückholen; kein neues beginnen."),
        ),
        Error::Behind => tongue
            .say(
                "The database is older than its forget log, as after a restore: what was forgotten since is in it again. Stop every city on it, then run `city admin restored`.",
                "Die Datenbank ist älter als ihr Löschprotokoll, wie nach einer Rücksicherung: seither Gelöschtes ist wieder darin. Alle Städte darauf anhalten, dann `city admin restored` ausführen.",
            )
            .to_owned(),
        other => server(other, tongue),
    }
}

fn server(error: &Error, tongue: Tongue) -> String {
    match error {
        Error::Elsewhere => tongue
            .say(
                "The database was restored, copied or its standby promoted: it is not served before the devices can know. Stop every city on it, then run `city admin restored`.",
                "Die Datenbank wurde eingespielt, kopiert oder ihr Standby befördert: sie wird erst bereitgestellt, wenn die Geräte es erfahren können. Alle Städte darauf anhalten, dann `city admin restored` ausführen.",
            )
            .to_owned(),
        Error::DatabaseUrl(why) => tongue.say(
            format!("--database-url cannot be used ({why}): write postgres://USER:PASSWORD@HOST/NAME, better in CITY_DATABASE_URL, where no process list shows it."),
            format!("--database-url ist nicht zu gebrauchen ({why}): postgres://NAME:PASSWORT@RECHNER/DATENBANK schreiben, besser in CITY_DATABASE_URL, wo es keine Prozessliste zeigt."),
        ),
        Error::Unreachable(source) => tongue.say(
            format!("The database cannot be reached ({source}): check that PostgreSQL runs, the address, and that the account may log in."),
            format!("Die Datenbank ist nicht zu erreichen ({source}): prüfen, ob PostgreSQL läuft, die Adresse stimmt und das Konto sich anmelden darf."),
        ),
        Error::Postgres { code, .. } => tongue.say(
            format!("PostgreSQL answered with error {code}. Nothing is lost; its own log says more."),
            format!("PostgreSQL hat mit Fehler {code} geantwortet. Nichts ist verloren; mehr steht in dessen Protokoll."),
        ),
        other => inputs(other, tongue),
    }
}

fn inputs(error: &Error, tongue: Tongue) -> String {
    match error {
        Error::Unknown { what, asked } => {
            let german = thing(what);
            tongue.say(
                format!("There is no {what} called \"{asked}\": check the spelling, or give the id."),
                format!("{german} \"{asked}\" gibt es nicht: Schreibweise prüfen oder die Id angeben."),
            )
        }
        Error::Ambiguous { what, candidates } => {
            let german = thing(what);
            let lines: Vec<_> = candidates
                .iter()
                .map(|one| format!("\n  {}  {}", one.id, one.name))
                .collect();
            let lines = lines.concat();
            tongue.say(
                format!("More than one {what} fits; give the id of one of them:{lines}"),
                format!("{german} ist mehrdeutig; die Id angeben:{lines}"),
            )
        }
        Error::Invalid { field, why, row } => {
            let place = row
                .map(|row| tongue.say(format!(" (row {row})"), format!(" (Zeile {row})")))
                .unwrap_or_default();
            tongue.say(
                format!("{field}{place}: {why}. Nothing was changed."),
                format!("{field}{place}: {why}. Nichts wurde geändert."),
            )
        }
        Error::TooMuch { field, limit } => tongue.say(
            format!("{field}: more than {limit}. Nothing was changed; split it."),
            format!("{field}: mehr als {limit}. Nichts wurde geändert; bitte teilen."),
        ),
        other => tongue.say(
            format!("{other}. Nothing is lost; run `city admin verify` to see how the database is."),
            format!("{other}. Nichts ist verloren; `city admin verify` zeigt, wie es um die Datenbank steht."),
        ),
    }
}

fn thing(what: &str) -> &str {
    match what {
        "organisation" => "Organisation",
        "person" => "Person",
        "district" => "Gebiet",
        "device" => "Gerät",
        "record" => "Eintrag",
        other => other,
    }
}
