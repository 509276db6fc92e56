use super::*;
use crate::{DistrictId, OrganisationId, PersonId, State};
use std::collections::BTreeSet;
use uuid::Uuid;

const OWN: OrganisationId = OrganisationId(Uuid::from_u128(1));
const OTHER: OrganisationId = OrganisationId(Uuid::from_u128(2));
const RIETH: DistrictId = DistrictId(Uuid::from_u128(11));
const ALTSTADT: DistrictId = DistrictId(Uuid::from_u128(12));
const ME: PersonId = PersonId(Uuid::from_u128(21));

fn person(role: Role) -> Person {
    let field = (role == Role::Planner).then(|| "sozialplanung".to_owned());
    Person {
        id: ME,
        role,
        organisation: OWN,
        districts: BTreeSet::from([RIETH]),
        field,
    }
}

fn record(kind: Kind) -> Envelope {
    let catalogue = kind.is_catalogue();
    Envelope {
        id: RecordId(Uuid::from_u128(31)),
        kind,
        organisation: (!catalogue).then_some(OWN),
        districts: if catalogue {
            BTreeSet::new()
        } else {
            BTreeSet::from([RIETH])
        },
        whole_organisation: catalogue,
        owner: ME,
        confidential: false,
        readers: BTreeSet::new(),
        blobs: BTreeSet::new(),
        retention: None,
        state: State::Live,
        version: 1,
        floor_version: 0,
        redacted: BTreeSet::new(),
    }
}

fn with(kind: Kind, change: impl FnOnce(&mut Envelope)) -> Envelope {
    let mut envelope = record(kind);
    change(&mut envelope);
    envelope
}

/// The actions that are allowed, as initials in the order Create Read chanGe Move Trash reStore Erase Answer.
fn allowed(role: Role, envelope: &Envelope) -> String {
    Action::ALL
        .into_iter()
        .zip("CRGMTSEA".chars())
        .filter(|(action, _)| may(&person(role), *action, envelope))
        .map(|(_, initial)| initial)
        .collect()
}

const ROLES: [Role; 4] = [Role::Worker, Role::Lead, Role::Planner, Role::Admin];

#[test]
fn the_table_of_the_contract_holds_for_every_kind_and_role_in_own_districts() {
    use Kind::*;
    let work = ["CRGMTS", "CRGMTSE", "", ""];
    let table = [
        (Note, work),
        (Activity, work),
        (Contact, work),
        (Request, work),
        (Task, work),
        (Board, work),
        (Meeting, work),
        (Kind::Other("survey".into()), work),
        (Referral, ["CRGMT", "CRGMT", "", ""]),
        (Month, ["R", "CRGTS", "", ""]),
        (Publication, ["R", "CRT", "", ""]),
        (Grant, ["CRGT", "CRGT", "", ""]),
        (District, ["R", "R", "R", "CRGTS"]),
        (Code, ["R", "R", "R", "CRGTS"]),
        (Rule, ["R", "R", "R", "CRGTS"]),
        (Kind::Person, ["R", "R", "R", "CRGTS"]),
        (Device, ["R", "R", "R", "CRGTS"]),
        (Template, ["R", "R", "R", "CRGTS"]),
        (Organisation, ["R", "R", "R", "CRGTS"]),
    ];
    for kind in Kind::KNOWN {
        assert!(
            table.iter().any(|(listed, _)| listed == kind),
            "{kind} stands in the table"
        );
    }
    for (kind, expected) in table {
        for (role, expected) in ROLES.into_iter().zip(expected) {
            assert_eq!(allowed(role, &record(kind.clone())), expected, "{role:?} with {kind}");
        }
    }
}

#[test]
fn another_organisation_sees_nothing_of_the_work() {
    for kind in Kind::KNOWN.iter().filter(|kind| !kind.is_catalogue()) {
        let foreign = with(kind.clone(), |e| e.organisation = Some(OTHER));
        for role in ROLES {
            assert_eq!(
                allowed(role, &foreign),
                "",
                "{role:?} with a {kind} of another organisation"
            );
        }
    }
}

#[test]
fn another_district_is_closed_but_one_may_move_a_record_there() {
    for role in [Role::Worker, Role::Lead] {
        let elsewhere = with(Kind::Note, |e| e.districts = BTreeSet::from([ALTSTADT]));
        assert_eq!(allowed(role, &elsewhere), "M");
        let both = with(Kind::Note, |e| e.districts = BTreeSet::from([ALTSTADT, RIETH]));
        assert!(
            !may(&person(role), Create, &both),
            "a creation stands in own districts only"
        );
        assert!(
            may(&person(role), Change, &both),
            "what also stands in an own district is changed there"
        );
    }
}

#[test]
fn the_whole_organisation_is_the_leads_but_for_boards_and_contacts() {
    let whole = |kind| {
        with(kind, |e| {
            e.districts.clear();
            e.whole_organisation = true;
        })
    };
    assert_eq!(allowed(Role::Worker, &whole(Kind::Board)), "CRGMTS");
    assert_eq!(allowed(Role::Worker, &whole(Kind::Contact)), "CRGMTS");
    assert_eq!(allowed(Role::Worker, &whole(Kind::Task)), "");
    assert_eq!(allowed(Role::Lead, &whole(Kind::Task)), "CRGMTSE");
    let widened = with(Kind::Task, |e| e.whole_organisation = true);
    assert_eq!(
        allowed(Role::Worker, &widened),
        "R",
        "a worker does not write what belongs to everybody"
    );
}

#[test]
fn a_record_stands_somewhere_or_is_not_written() {
    let nowhere = with(Kind::Board, |e| e.districts.clear());
    assert!(!may(&person(Role::Lead), Create, &nowhere) && !may(&person(Role::Lead), Move, &nowhere));
}

#[test]
fn readers_read_five_kinds_and_never_write() {
    for kind in Kind::KNOWN.iter().filter(|kind| !kind.is_catalogue()) {
        let open = with(kind.clone(), |e| {
            e.organisation = Some(OTHER);
            e.readers = BTreeSet::from([Reader::Organisation(OWN)]);
        });
        let expected = if kind.may_have_readers() { "R" } else { "" };
        for role in [Role::Worker, Role::Lead] {
            assert_eq!(allowed(role, &open), expected, "{role:?} with an opened {kind}");
        }
        assert_eq!(allowed(Role::Admin, &open), "", "an admin sees no content");
    }
    let note = with(Kind::Note, |e| {
        e.readers = BTreeSet::from([Reader::Organisation(OTHER)]);
    });
    assert_eq!(allowed(Role::Lead, &note), "RE", "nobody puts readers on a note");
}

#[test]
fn a_planner_answers_referrals_to_the_own_field_and_reads_publications() {
    let to = |kind, field: &str| {
        with(kind, |e| {
            e.organisation = Some(OTHER);
            e.readers = BTreeSet::from([Reader::Field(field.into())]);
        })
    };
    assert_eq!(allowed(Role::Planner, &to(Kind::Referral, "sozialplanung")), "RA");
    assert_eq!(allowed(Role::Planner, &to(Kind::Referral, "verkehrsplanung")), "");
    assert_eq!(allowed(Role::Planner, &to(Kind::Publication, "sozialplanung")), "R");
    assert_eq!(allowed(Role::Planner, &to(Kind::Meeting, "sozialplanung")), "");
    assert_eq!(
        allowed(Role::Worker, &to(Kind::Referral, "sozialplanung")),
        "",
        "a worker has no field"
    );
}

#[test]
fn a_lead_writes_what_belongs_to_the_own_organisation() {
    for kind in [Kind::Template, Kind::Rule] {
        let ours = with(kind.clone(), |e| e.organisation = Some(OWN));
        let theirs = with(kind, |e| e.organisation = Some(OTHER));
        assert_eq!(allowed(Role::Lead, &ours), "CRGTS");
        assert_eq!(allowed(Role::Worker, &ours), "R");
        assert_eq!(allowed(Role::Admin, &ours), "R");
        assert_eq!(allowed(Role::Lead, &theirs), "");
    }
    let organisation = with(Kind::Organisation, |e| e.id = OWN.into());
    assert_eq!(allowed(Role::Lead, &organisation), "RG");
    assert_eq!(allowed(Role::Worker, &organisation), "R");
}

#[test]
fn everybody_may_change_their_own_card_and_no_other() {
    let own = with(Kind::Person, |e| e.id = ME.into());
    assert_eq!(allowed(Role::Worker, &own), "RG");
    assert_eq!(allowed(Role::Planner, &own), "RG");
    assert_eq!(allowed(Role::Worker, &record(Kind::Person)), "R");
}

#[test]
fn the_owner_has_no_right_for_having_made_a_record() {
    let mine = with(Kind::Note, |e| {
        e.owner = ME;
        e.districts = BTreeSet::from([ALTSTADT]);
    });
    assert!(!may(&person(Role::Worker), Read, &mine));
}
