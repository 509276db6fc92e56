//! What may stand on the command line (`contract.md`, `city`).

use crate::admin::Regime;
use chrono::{DateTime, Local, NaiveDate, NaiveTime, Utc};
use clap::{Args, Parser, Subcommand};
use domain::{At, RecordId, Role};
use std::{net::SocketAddr, path::PathBuf, time::Duration};

/// The city of the Quartierbuch: keeps and orders what the district workers' notebooks send.
#[derive(Parser)]
#[command(name = "city", version, disable_help_subcommand = true)]
pub(super) struct Arguments {
    #[command(subcommand)]
    pub(super) command: Command,
    #[command(flatten)]
    pub(super) place: Place,
    /// One JSON document on stdout, messages on stderr
    #[arg(long, global = true)]
    pub(super) json: bool,
}

#[derive(Args)]
pub(super) struct Place {
    /// Folder of the SQLite ledger
    #[arg(long, global = true, value_name = "DIR", conflicts_with = "database_url")]
    pub(super) data_dir: Option<PathBuf>,
    /// A PostgreSQL database instead: postgres://USER@HOST/NAME
    #[arg(
        long,
        global = true,
        value_name = "URL",
        env = "CITY_DATABASE_URL",
        hide_env_values = true
    )]
    pub(super) database_url: Option<String>,
    /// The ledger's key, mode 0600 [default: city.key in the data folder]
    #[arg(long, global = true, value_name = "FILE")]
    pub(super) key_file: Option<PathBuf>,
    /// The log of what was forgotten; keep it outside of backups [default: forget.log in the data folder]
    #[arg(long, global = true, value_name = "FILE")]
    pub(super) forget_log: Option<PathBuf>,
}

#[derive(Subcommand)]
pub(super) enum Command {
    /// Answer devices until SIGTERM
    Serve(Serving),
    /// Look after people, devices and the catalogue
    #[command(subcommand)]
    Admin(Admin),
}

#[derive(Args)]
pub(super) struct Serving {
    /// Where devices call; port 0 takes a free one
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1:8750")]
    pub(super) listen: SocketAddr,
    /// Certificate and its chain, PEM; read again on SIGHUP
    #[arg(long, value_name = "FILE", requires = "tls_key")]
    pub(super) tls_cert: Option<PathBuf>,
    /// Private key of the certificate, PEM
    #[arg(long, value_name = "FILE", requires = "tls_cert")]
    pub(super) tls_key: Option<PathBuf>,
    /// A proxy before it does TLS; its X-Forwarded-For is believed
    #[arg(long, conflicts_with = "tls_cert")]
    pub(super) behind_proxy: bool,
    /// Where Prometheus finds /metrics; only on loopback
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1:0")]
    pub(super) metrics_listen: SocketAddr,
}

#[derive(Subcommand)]
pub(super) enum Admin {
    /// Found the city: database, key file, catalogue
    Init {
        /// The city's name
        #[arg(long, value_name = "NAME")]
        city: String,
        /// Its districts
        #[arg(long, value_name = "FILE")]
        districts: Option<PathBuf>,
    },
    /// Organisations (Träger)
    #[command(subcommand)]
    Organisation(Organisation),
    /// People who work with the notebook
    #[command(subcommand)]
    Person(Person),
    /// Make an invitation for a person's next device
    Invite {
        /// The person, by id or name
        person: String,
        /// How long the code works: 30m, 12h, 7d
        #[arg(long, default_value = "7d", value_parser = duration)]
        valid: Duration,
    },
    /// Devices
    #[command(subcommand)]
    Device(Device),
    /// Districts
    #[command(subcommand)]
    Districts(Districts),
    /// Forget a record, or fields of it, everywhere
    Erase {
        /// The record
        #[arg(required = true, value_name = "RECORD_ID")]
        records: Vec<RecordId>,
        /// Only this field of the body, or `sealed`; may be repeated
        #[arg(long = "field", value_name = "NAME")]
        fields: Vec<String>,
        /// Code of the legal ground, for example art17_1b
        #[arg(long, value_name = "CODE")]
        ground: String,
        /// The case's number in the organisation's own files
        #[arg(long, value_name = "NO")]
        case: String,
    },
    /// Who did what, without content
    Audit {
        /// From this day or instant (RFC 3339) on
        #[arg(long, value_name = "T", value_parser = instant)]
        since: Option<At>,
    },
    /// Count every digest anew and compare
    Verify,
    /// Take a database into use that was restored or moved: it forgets again, and devices can tell
    Restored,
}

#[derive(Subcommand)]
pub(super) enum Organisation {
    /// Add an organisation
    Add {
        name: String,
        /// Its data protection law: dsgvo, kdg or dsg-ekd
        #[arg(long, default_value = "dsgvo")]
        regime: Regime,
        /// Who is responsible, as notices print it
        #[arg(long, value_name = "TEXT")]
        controller: Option<String>,
        /// The data protection contact, as notices print it
        #[arg(long, value_name = "TEXT")]
        dpo: Option<String>,
    },
}

#[derive(Subcommand)]
pub(super) enum Person {
    /// Add a person
    Add {
        #[arg(long)]
        name: String,
        /// Their organisation, by name or id
        #[arg(long, value_name = "ORGANISATION")]
        organisation: String,
        /// worker, planner, lead or admin
        #[arg(long, value_parser = role)]
        role: Role,
        /// A district, by name, number or id; may be repeated
        #[arg(long = "district", value_name = "DISTRICT")]
        districts: Vec<String>,
        /// A planner's Fachplanung
        #[arg(long, value_name = "CODE")]
        field: Option<String>,
    },
    /// Change what a person may see and do
    #[command(group = clap::ArgGroup::new("change").required(true).multiple(true))]
    Set {
        /// The person, by id or name
        #[arg(value_name = "ID")]
        person: String,
        /// All their districts from now on; may be repeated
        #[arg(long = "district", value_name = "DISTRICT", group = "change")]
        districts: Vec<String>,
        /// worker, planner, lead or admin
        #[arg(long, value_parser = role, group = "change")]
        role: Option<Role>,
        /// Their Fachplanung from now on
        #[arg(long, value_name = "CODE", group = "change")]
        field: Option<String>,
        /// No Fachplanung any more
        #[arg(long, conflicts_with = "field", group = "change")]
        no_field: bool,
    },
    /// Let a person leave: their devices push what waits within 14 days, then wipe
    Leave {
        /// The person, by id or name
        #[arg(value_name = "ID")]
        person: String,
    },
}

#[derive(Subcommand)]
pub(super) enum Device {
    /// All devices
    List,
    /// A lost or stolen device: nothing is accepted any more, it destroys its key
    Revoke {
        /// The device, by id or code
        #[arg(value_name = "ID")]
        device: String,
    },
}

#[derive(Subcommand)]
pub(super) enum Districts {
    /// Add and update districts from FILE.csv or FILE.geojson
    Import { file: PathBuf },
}

fn role(name: &str) -> Result<Role, &'static str> {
    match name {
        "worker" => Ok(Role::Worker),
        "lead" => Ok(Role::Lead),
        "planner" => Ok(Role::Planner),
        "admin" => Ok(Role::Admin),
        _ => Err("one of worker, planner, lead, admin"),
    }
}

fn duration(text: &str) -> Result<Duration, &'static str> {
    const WRONG: &str = "a number and a unit, from 1m to 90d: 30m, 12h, 7d";
    let seconds = |unit| match unit {
        "m" => Some(60),
        "h" => Some(3_600),
        "d" => Some(86_400),
        _ => None,
    };
    let (number, unit) = text.split_at_checked(text.len().saturating_sub(1)).ok_or(WRONG)?;
    let count: u64 = number.parse().map_err(|_| WRONG)?;
    let total = seconds(unit).and_then(|one| count.checked_mul(one)).ok_or(WRONG)?;
    (60..=90 * 86_400)
        .contains(&total)
        .then(|| Duration::from_secs(total))
        .ok_or(WRONG)
}

fn instant(text: &str) -> Result<At, &'static str> {
    let day = |text: &str| {
        let day: NaiveDate = text.parse().ok()?;
        day.and_time(NaiveTime::MIN).and_local_timezone(Local).earliest()
    };
    DateTime::parse_from_rfc3339(text)
        .ok()
        .map(|at| at.with_timezone(&Utc))
        .or_else(|| day(text).map(|at| at.with_timezone(&Utc)))
        .map(At::from)
        .ok_or("a day like 2026-10-05 or an instant like 2026-10-05T09:15:00+02:00")
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    #[test]
    fn the_arguments_do_not_contradict_each_other() {
        Arguments::command().debug_assert();
    }

    #[test]
    fn a_time_for_an_invitation_is_minutes_hours_or_days() {
        assert_eq!(duration("7d"), Ok(Duration::from_secs(7 * 86_400)));
        assert_eq!(duration("30m"), Ok(Duration::from_secs(1_800)));
        for wrong in ["", "d", "7", "7w", "-1d", "0h", "91d", "99999999999999999999d", "7ü"] {
            assert!(duration(wrong).is_err(), "{wrong}");
        }
    }
}
