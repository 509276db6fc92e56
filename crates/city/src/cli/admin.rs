//! `city admin`.

use domain::DeviceId;
use serde_json::json;
use std::{fs::File, io::Read, path::Path};

use super::{
    Failed,
    args::{Admin, Device, Districts, Organisation, Person},
    print::{Printer, table},
};
use crate::{
    Error, LedgerOptions, Service,
    admin::{self, AuditEntry, DeviceListed, DistrictFile, NewOrganisation, NewPerson, PersonChange},
};

/// A file of districts is at most so long: outlines of a whole state are shorter.
const MAX_FILE_BYTES: u64 = 64 * 1024 * 1024;

pub(super) fn administer(options: &LedgerOptions, command: &Admin, out: Printer) -> Result<(), Failed> {
    if let Admin::Init { city, districts } = command {
        return init(options, city, districts.as_deref(), out);
    }
    if let Admin::Restored = command {
        return restored(options, out);
    }
    let service = Service::open(options)?;
    match command {
        Admin::Init { .. } | Admin::Restored => {}
        Admin::Organisation(Organisation::Add {
            name,
            regime,
            controller,
            dpo,
        }) => {
            let new = NewOrganisation {
                name: name.clone(),
                regime: *regime,
                controller: controller.clone(),
                dpo: dpo.clone(),
            };
            let id = admin::add_organisation(&service, &new)?;
            out.print(&json!({ "id": id }), |t| {
                t.say("Organisation added: ", "Organisation angelegt: ").to_owned() + &id.to_string()
            });
        }
        Admin::Person(command) => person(&service, command, out)?,
        Admin::Invite { person, valid } => {
            let made = admin::invite(&service, person, *valid)?;
            out.print(&made, |t| {
                t.say(
                    format!(
                        "Code: {}\nWorks once, until {}. It is shown only now.",
                        made.code, made.valid_until
                    ),
                    format!(
                        "Code: {}\nGilt einmal, bis {}. Er wird nur jetzt angezeigt.",
                        made.code, made.valid_until
                    ),
                )
            });
        }
        Admin::Device(Device::List) => {
            let devices = admin::devices(&service)?;
            out.print(&devices, |t| device_table(&devices, t.say(DEVICES_EN, DEVICES_DE)));
        }
        Admin::Device(Device::Revoke { device }) => {
            let id = find_device(&service, device)?;
            admin::revoke(&service, id)?;
            out.print(&json!({ "id": id }), |t| {
                t.say(
                    "Revoked. The device destroys its key when it next calls; `device list` shows when it has.",
                    "Gesperrt. Das Gerät vernichtet seinen Schlüssel beim nächsten Kontakt; `device list` zeigt, wann.",
                )
                .to_owned()
            });
        }
        Admin::Districts(Districts::Import { file }) => {
            let done = admin::import_districts(&service, &read_districts(file)?)?;
            out.print(&done, |t| {
                t.say(
                    format!(
                        "Districts: {} added, {} updated, {} unchanged",
                        done.added, done.updated, done.unchanged
                    ),
                    format!(
                        "Gebiete: {} neu, {} geändert, {} unverändert",
                        done.added, done.updated, done.unchanged
                    ),
                )
            });
        }
        Admin::Erase {
            records,
            fields,
            ground,
            case,
        } => {
            let fields = (!fields.is_empty()).then_some(fields.as_slice());
            let id = admin::erase(&service, records, fields, ground, case)?;
            out.print(&json!({ "id": id }), |t| {
                t.say("Forgetting ordered: ", "Löschung beauftragt: ").to_owned() + &id.0.to_string()
            });
        }
        Admin::Audit { since } => {
            let entries = admin::audit(&service, *since)?;
            out.print(&entries, |t| audit_table(&entries, t.say(AUDIT_EN, AUDIT_DE)));
        }
        Admin::Verify => verify(&service, out)?,
    }
    Ok(())
}

fn init(options: &LedgerOptions, city: &str, districts: Option<&Path>, out: Printer) -> Result<(), Failed> {
    let districts = districts.map(read_districts).transpose()?;
    let made = admin::init(options, city, districts.as_ref())?;
    let (place, key, log) = (options.place(), options.key(), options.forget());
    out.print(&made, |t| {
        let (key, log) = (key.display(), log.display());
        let (districts, codes) = (made.districts, made.codes);
        if options.database_url.is_some() {
            return t.say(
                format!(
                    "{city} is founded in {place}: {districts} districts, {codes} codes.\n\
                     What is forgotten will stand in {log}: it belongs in no backup, and every city on this database wants the same one."
                ),
                format!(
                    "{city} ist gegründet in {place}: {districts} Gebiete, {codes} Codes.\n\
                     Gelöschtes wird in {log} stehen: die Datei gehört in keine Sicherung, und jede Stadt auf dieser Datenbank braucht dieselbe."
                ),
            );
        }
        t.say(
            format!(
                "{city} is founded in {place}: {districts} districts, {codes} codes.\n\
                 Keep a copy of the key file {key} apart from backups: without it the database cannot be opened."
            ),
            format!(
                "{city} ist gegründet in {place}: {districts} Gebiete, {codes} Codes.\n\
                 Die Schlüsseldatei {key} getrennt von den Sicherungen aufbewahren: ohne sie lässt sich die Datenbank nicht öffnen."
            ),
        )
    });
    Ok(())
}

fn restored(options: &LedgerOptions, out: Printer) -> Result<(), Failed> {
    let done = admin::restored(options)?;
    out.print(&done, |t| {
        let (erased, redacted, revoked) = (done.erased, done.redacted, done.revoked);
        t.say(
            format!("Taken into use: {erased} records erased again, {redacted} redacted, {revoked} devices revoked. The devices will bring what the backup lacks."),
            format!("In Betrieb genommen: {erased} Einträge erneut gelöscht, {redacted} geschwärzt, {revoked} Geräte gesperrt. Was der Sicherung fehlt, bringen die Geräte."),
        )
    });
    Ok(())
}

fn person(service: &Service, command: &Person, out: Printer) -> Result<(), Failed> {
    let (id, english, german) = match command {
        Person::Add {
            name,
            organisation,
            role,
            districts,
            field,
        } => {
            let new = NewPerson {
                name: name.clone(),
                organisation: organisation.clone(),
                role: *role,
                districts: districts.clone(),
                field: field.clone(),
            };
            (admin::add_person(service, &new)?, "Person added", "Person angelegt")
        }
        Person::Set {
            person,
            districts,
            role,
            field,
            no_field,
        } => {
            let change = PersonChange {
                districts: (!districts.is_empty()).then(|| districts.clone()),
                role: *role,
                field: if *no_field { Some(None) } else { field.clone().map(Some) },
            };
            (
                admin::set_person(service, person, &change)?,
                "Person changed",
                "Person geändert",
            )
        }
        Person::Leave { person } => (
            admin::leave_person(service, person)?,
            "Leaving: the devices push what waits within 14 days, then wipe",
            "Abschied: die Geräte übertragen binnen 14 Tagen, was wartet, und löschen sich dann",
        ),
    };
    out.print(&json!({ "id": id }), |t| format!("{}: {id}", t.say(english, german)));
    Ok(())
}

fn verify(service: &Service, out: Printer) -> Result<(), Failed> {
    let found = admin::verify(service)?;
    let well = found.wrong.is_empty() && found.damaged.is_empty() && found.database == "ok";
    out.print(&found, |t| {
        let (records, wrong, database, lines) = (found.records, found.wrong.len(), &found.database, found.forget_log);
        let (attachments, damaged) = (found.attachments, found.damaged.len());
        t.say(
            format!(
                "{records} records; {wrong} slices differ; {attachments} attachments, {damaged} damaged; \
                 database: {database}; forget log: {lines} lines"
            ),
            format!(
                "{records} Einträge; {wrong} Ausschnitte weichen ab; {attachments} Anhänge, {damaged} beschädigt; \
                 Datenbank: {database}; Löschprotokoll: {lines} Zeilen"
            ),
        )
    });
    if well { Ok(()) } else { Err(Failed::Differs) }
}

/// Reads at most [`MAX_FILE_BYTES`], whatever the file says about its length.
fn read_districts(path: &Path) -> Result<DistrictFile, Failed> {
    let failed = |source| Error::File {
        path: path.to_owned(),
        source,
    };
    let mut bytes = Vec::new();
    File::open(path)
        .and_then(|file| file.take(MAX_FILE_BYTES + 1).read_to_end(&mut bytes))
        .map_err(failed)?;
    if bytes.len() as u64 > MAX_FILE_BYTES {
        return Err(Error::TooMuch {
            field: "file",
            limit: MAX_FILE_BYTES,
        }
        .into());
    }
    // By what it holds: a name says little, and GeoJSON comes as .json as well.
    let first = bytes
        .iter()
        .find(|byte| !byte.is_ascii_whitespace() && !b"\xEF\xBB\xBF".contains(byte));
    Ok(if first == Some(&b'{') {
        DistrictFile::GeoJson(bytes)
    } else {
        DistrictFile::Csv(bytes)
    })
}

/// By id, or by the code that stands in the numbers of its records.
fn find_device(service: &Service, asked: &str) -> Result<DeviceId, Failed> {
    if let Ok(id) = asked.parse() {
        return Ok(id);
    }
    let devices = admin::devices(service)?;
    let found = devices.iter().find(|device| device.code.eq_ignore_ascii_case(asked));
    found.map(|device| device.id).ok_or_else(|| {
        Error::Unknown {
            what: "device",
            asked: asked.to_owned(),
        }
        .into()
    })
}

const DEVICES_EN: [&str; 6] = ["CODE", "DEVICE", "PERSON", "STATE", "LAST SEEN", "ID"];
const DEVICES_DE: [&str; 6] = ["CODE", "GERÄT", "PERSON", "ZUSTAND", "ZULETZT", "ID"];
const AUDIT_EN: [&str; 5] = ["WHEN", "WHAT", "BY", "ON", "DETAIL"];
const AUDIT_DE: [&str; 5] = ["WANN", "WAS", "VON", "AN", "EINZELHEIT"];

fn device_table(devices: &[DeviceListed], headings: [&str; 6]) -> String {
    let row = |device: &DeviceListed| {
        [
            device.code.clone(),
            device.name.clone(),
            device.person_name.clone(),
            device.state.to_owned(),
            device.seen_at.map_or_else(|| "-".to_owned(), |at| at.to_string()),
            device.id.to_string(),
        ]
    };
    table(headings, &devices.iter().map(row).collect::<Vec<_>>())
}

fn audit_table(entries: &[AuditEntry], headings: [&str; 5]) -> String {
    let or_dash = |text: Option<String>| text.unwrap_or_else(|| "-".to_owned());
    let row = |entry: &AuditEntry| {
        [
            entry.at.to_string(),
            entry.action.clone(),
            or_dash(entry.by.map(|by| by.to_string())),
            or_dash(entry.subject.clone()),
            or_dash(entry.detail.clone()),
        ]
    };
    table(headings, &entries.iter().map(row).collect::<Vec<_>>())
}
