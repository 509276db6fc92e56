//! The operator's functions.

use crate::{place::Place, town::Town};
use city::{
    Error, Service,
    admin::{self, DistrictFile, Imported, NewOrganisation, NewPerson},
};
use domain::{Kind, Role};

fn csv(text: &str) -> DistrictFile {
    DistrictFile::Csv(text.as_bytes().to_vec())
}

fn someone(districts: &[&str]) -> NewPerson {
    NewPerson {
        name: "Anna".to_owned(),
        organisation: "nord E.V.".to_owned(),
        role: Role::Worker,
        districts: districts.iter().map(|name| (*name).to_owned()).collect(),
        field: None,
    }
}

#[tokio::test]
async fn a_city_is_founded_once() {
    let town = Town::founded();
    assert!(matches!(
        admin::init(&town.options(), "Erfurt", None),
        Err(Error::CityExists(_))
    ));
    assert!(matches!(Service::open(&Place::new().options()), Err(Error::NoCity(_))));
}

#[tokio::test]
async fn a_broken_file_leaves_no_half_founded_city() {
    let place = Place::new();
    let options = place.options();
    for broken in [
        "",
        "number,parent\n1,Nord\n",
        "number,name\n1,Rieth\n1,Altstadt\n",
        "name\n\"\"\n",
    ] {
        let tried = admin::init(&options, "Erfurt", Some(&csv(broken)));
        assert!(matches!(tried, Err(Error::Invalid { .. })), "{broken:?} gave {tried:?}");
    }
    assert!(matches!(Service::open(&options), Err(Error::NoCity(_))));
    admin::init(&options, "Erfurt", Some(&csv("name\nRieth\n"))).expect("founded");
}

#[tokio::test]
async fn a_planungsraum_stands_for_its_members_and_names_are_folded() {
    let town = Town::founded();
    admin::add_person(&town.service, &someone(&["nord"])).expect("added");
    let mut anna = town.device("Anna").await;
    anna.pull().await;
    let expected = ["Nord", "Rieth", "Roter Berg"].map(|name| anna.district(name));
    assert_eq!(anna.me.districts, expected.into_iter().collect());
    for (asked, meant) in [
        ("6", "Rieth"),
        ("06", "Rieth"),
        ("RIETH", "Rieth"),
        ("roter berg", "Roter Berg"),
    ] {
        town.move_person("Anna", &[asked]);
        anna.me = wire::Backend::me(&anna.caller).await.expect("known");
        assert_eq!(anna.me.districts, [anna.district(meant)].into(), "{asked}");
    }
    let id = anna.district("Altstadt").to_string();
    town.move_person("Anna", &[&id]);
    let unknown = admin::add_person(&town.service, &someone(&["Nirgendwo"]));
    assert!(matches!(unknown, Err(Error::Unknown { what: "district", .. })));
}

#[tokio::test]
async fn an_ambiguous_name_is_answered_with_the_candidates() {
    let town = Town::founded();
    let file = csv("number,name,parent\n20,Mitte,\n21,Mitte,\n");
    admin::import_districts(&town.service, &file).expect("imported");
    let tried = admin::add_person(&town.service, &someone(&["Mitte"]));
    let Err(Error::Ambiguous {
        what: "district",
        candidates,
    }) = tried
    else {
        panic!("ambiguous, not {tried:?}")
    };
    assert_eq!(candidates.len(), 3, "the Planungsraum of that name too");
    admin::add_person(&town.service, &someone(&["21"])).expect("the number says it");
}

#[tokio::test]
async fn a_second_import_doubles_nothing_and_updates_what_differs() {
    let town = Town::founded();
    let again = csv("number;name;parent\n01;Altstadt;Mitte\n06;Rieth-West;Nord\n10;Roter Berg;Mitte\n11;Neustadt;\n");
    let imported = admin::import_districts(&town.service, &again).expect("imported");
    assert_eq!(
        imported,
        Imported {
            added: 1,
            updated: 2,
            unchanged: 3
        }
    );
    let mut anna = town.worker("Anna", &["Rieth-West"]).await;
    anna.pull().await;
    let districts = anna
        .copy
        .values()
        .filter(|head| head.envelope.kind == Kind::District)
        .count();
    assert_eq!(districts, 6);
}

const GEO: &str = r#"{"type":"FeatureCollection","features":[
 {"type":"Feature","properties":{"OBJECTID":15,"STATIST_BE":"23 Bahnhof","NR_STATIST":"23","NAME_STATI":"Bahnhof",
  "STADTBEZIR":"2 Innenstadtring"},"geometry":{"type":"Polygon","coordinates":[[[7.63325219628,51.9534],[7.63,51.95],
  [7.64,51.96,12.0],[7.63325219628,51.9534]]]}},
 {"type":"Feature","properties":{"OBJECTID":18,"STATIST_BE":"27 Kreuz","NR_STATIST":"27","NAME_STATI":"Kreuz",
  "STADTBEZIR":"2 Innenstadtring"},"geometry":null}]}"#;

#[tokio::test]
async fn outlines_come_from_geojson_whatever_its_properties_are_called() {
    let town = Town::founded();
    let file = DistrictFile::GeoJson(GEO.as_bytes().to_vec());
    let imported = admin::import_districts(&town.service, &file).expect("imported");
    assert_eq!(
        imported,
        Imported {
            added: 3,
            updated: 0,
            unchanged: 0
        }
    );
    let again = admin::import_districts(&town.service, &file).expect("imported");
    assert_eq!(
        again,
        Imported {
            added: 0,
            updated: 0,
            unchanged: 3
        }
    );
    let mut anna = town.worker("Anna", &["23"]).await;
    anna.pull().await;
    let body = anna.copy[&anna.district("Bahnhof").into()]
        .body
        .clone()
        .expect("a body");
    let district = domain::kinds::District::read(&body).expect("a district");
    assert_eq!(district.check(), Vec::new());
    assert_eq!(district.parent, Some(anna.district("Innenstadtring")));
    assert!(
        body.as_str().contains("[7.633252,51.9534]") && body.as_str().contains("[7.64,51.96]"),
        "rounded, no heights"
    );
}

#[tokio::test]
async fn the_shared_outlines_of_a_real_city_are_read() {
    let path =
        std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../../shared/data/muenster-stadtteile.geojson");
    let Ok(bytes) = std::fs::read(&path) else {
        println!("SKIPPED, the shared file is not here: {}", path.display());
        return;
    };
    let town = Town::founded();
    let imported = admin::import_districts(&town.service, &DistrictFile::GeoJson(bytes.clone())).expect("imported");
    assert_eq!(imported.added + imported.updated, 45 + 9);
    let again = admin::import_districts(&town.service, &DistrictFile::GeoJson(bytes)).expect("imported");
    assert_eq!((again.added, again.updated), (0, 0));
}

#[tokio::test]
async fn broken_geojson_is_refused_with_its_feature() {
    let town = Town::founded();
    let broken = [
        "[]".to_owned(),
        r#"{"type":"FeatureCollection","features":[]}"#.to_owned(),
        GEO.replace("7.64,", "764,"),
        GEO.replace("Polygon", "Point"),
        GEO.replace("[7.63,51.95]", "\"x\""),
    ];
    for text in broken {
        let tried = admin::import_districts(&town.service, &DistrictFile::GeoJson(text.into_bytes()));
        assert!(matches!(tried, Err(Error::Invalid { .. })), "{tried:?}");
    }
}

#[tokio::test]
async fn roles_want_what_they_need() {
    let town = Town::founded();
    let planner = NewPerson {
        role: Role::Planner,
        ..someone(&[])
    };
    let strange = NewPerson {
        field: Some("weltraumplanung".to_owned()),
        ..planner.clone()
    };
    let worker = NewPerson {
        field: Some("sozialplanung".to_owned()),
        ..someone(&["Rieth"])
    };
    for refused in [planner, strange, worker] {
        assert!(matches!(
            admin::add_person(&town.service, &refused),
            Err(Error::Invalid { field: "field", .. })
        ));
    }
    let doubled = NewOrganisation {
        name: "NORD e.v.".to_owned(),
        ..Default::default()
    };
    assert!(matches!(
        admin::add_organisation(&town.service, &doubled),
        Err(Error::Invalid { field: "name", .. })
    ));
}

#[tokio::test]
async fn the_audit_log_names_who_and_what_and_no_content() {
    let town = Town::founded();
    let anna = town.worker("Leopoldine", &["Rieth"]).await;
    admin::revoke(&town.service, anna.me.device_id).expect("revoked");
    let log = admin::audit(&town.service, None).expect("a log");
    let actions: Vec<&str> = log.iter().map(|entry| entry.action.as_str()).collect();
    for expected in [
        "city.init",
        "organisation.add",
        "person.add",
        "person.invite",
        "device.enrol",
        "device.revoke",
    ] {
        assert!(actions.contains(&expected), "{expected} is noted");
    }
    let text = serde_json::to_string(&log).expect("JSON");
    assert!(!text.contains("Leopoldine") && !text.contains("Rieth"));
}
