//! What a month counts.

mod world;

use domain::State;
use domain::kinds::{Feedback, FeedbackKind, RequestStatus, Tally};
use reports::{Cell, ListKind, Scope};
use world::{activity, day, district, figure, october, people, request, talk};

#[test]
fn a_month_is_the_citys_local_one() {
    let month = october(&[
        talk("last minute").at("2026-10-31T23:59:00+01:00").record(),
        talk("first minute").at("2026-10-01T00:00:00+02:00").record(),
        talk("too late").at("2026-11-01T00:00:00+01:00").record(),
        talk("too early").at("2026-09-30T23:59:59+02:00").record(),
        talk("late, written in UTC").at("2026-10-31T23:00:00Z").record(),
        talk("early, written in UTC").at("2026-09-30T22:00:00Z").record(),
        talk("in the doubled hour").at("2026-10-25T02:30:00+02:00").record(),
        talk("an hour later").at("2026-10-25T02:30:00+01:00").record(),
    ]);
    assert_eq!(figure(&month, "overview", "conversations", "value"), 5);
}

#[test]
fn conversations_people_and_time_add_up() {
    let month = october(&[
        talk("a").record(),
        talk("b")
            .change(|note| note.contact_order = Some("repeat".into()))
            .with_people(vec![people(Some("65+"), 1)])
            .record(),
        talk("c")
            .change(|note| note.contact_order = None)
            .with_people(vec![])
            .record(),
        talk("d")
            .change(|note| note.duration_minutes = None)
            .with_people(vec![people(None, 4)])
            .record(),
    ]);
    for (row, expected) in [
        ("conversations", 4),
        ("first", 2),
        ("repeat", 1),
        ("order_unknown", 1),
        ("single", 1),
        ("group", 2),
        ("size_unknown", 1),
        ("people", 7),
        ("hours", 60),
        ("timed", 3),
    ] {
        assert_eq!(figure(&month, "overview", row, "value"), expected, "{row}");
    }
    assert_eq!(figure(&month, "age_gender", "27-64", "none"), 2);
    assert_eq!(
        figure(&month, "age_gender", "unknown", "none"),
        4,
        "people whose age nobody noted"
    );
    assert_eq!(figure(&month, "age_gender", "total", "total"), 7);
    assert_eq!(
        figure(&month, "age_gender", "18-26", "w"),
        0,
        "a band nobody was in still has its row"
    );
}

#[test]
fn a_conversation_counts_for_each_of_its_topics_and_once_in_the_total() {
    let month = october(&[
        talk("a").about(&["armut", "bildung"]).record(),
        talk("b").about(&["armut"]).record(),
    ]);
    let rieth = district("Rieth").to_string();
    assert_eq!(figure(&month, "topic_district", "armut", &rieth), 2);
    assert_eq!(figure(&month, "topic_district", "bildung", &rieth), 1);
    assert_eq!(figure(&month, "topic_district", "total", &rieth), 2);
    assert_eq!(figure(&month, "topic_age", "bildung", "27-64"), 2);
    assert_eq!(figure(&month, "topic_age", "total", "total"), 4);
}

#[test]
fn sub_topics_count_for_their_main_topic_once() {
    let month = october(&[
        talk("a").about(&["sucht", "pflege"]).record(),
        talk("b").about(&["gesundheit", "sucht"]).record(),
    ]);
    assert_eq!(figure(&month, "topic_district", "gesundheit", "total"), 2);
    assert_eq!(figure(&month, "topic_district", "sucht", "total"), 2);
    assert_eq!(figure(&month, "topic_district", "pflege", "total"), 1);
    let tables = month.figures();
    let table = tables.iter().find(|table| table.id == "topic_district").unwrap();
    let rows: Vec<&str> = table.rows.iter().map(|line| line.head.id.as_str()).collect();
    assert_eq!(
        rows,
        ["armut", "gesundheit", "sucht", "pflege", "bildung", "total"],
        "below their main topic"
    );
}

#[test]
fn a_conversation_in_two_districts_counts_in_both_and_once_in_the_total() {
    let month = october(&[
        talk("a").in_districts(&["Rieth", "Altstadt"]).record(),
        talk("b").in_districts(&["Rieth"]).record(),
        talk("c").in_districts(&[]).record(),
    ]);
    assert_eq!(
        figure(&month, "district", &district("Rieth").to_string(), "conversations"),
        2
    );
    assert_eq!(
        figure(&month, "district", &district("Altstadt").to_string(), "conversations"),
        1
    );
    assert_eq!(figure(&month, "district", "none", "conversations"), 1);
    assert_eq!(figure(&month, "district", "total", "conversations"), 3);
    let columns: Vec<String> = month
        .figures()
        .iter()
        .find(|table| table.id == "topic_district")
        .unwrap()
        .columns
        .iter()
        .map(|c| c.title.clone())
        .collect();
    assert_eq!(
        columns,
        ["Altstadt", "Rieth", "ohne Stadtteil", "Gesamt"],
        "by name, and none where nothing happened"
    );
}

#[test]
fn a_report_about_one_district_names_no_other() {
    let records = [
        talk("a").in_districts(&["Rieth", "Altstadt"]).record(),
        talk("b").in_districts(&["Altstadt"]).record(),
    ];
    let month = world::month(
        &records,
        Scope {
            only: [district("Rieth")].into(),
            ..world::scope()
        },
    );
    assert_eq!(figure(&month, "overview", "conversations", "value"), 1);
    let csv = String::from_utf8(reports::csv::write(&month, None).unwrap()).unwrap();
    assert!(!csv.contains("Altstadt") && csv.contains("Rieth"));
    assert_eq!(month.title(), "Monatsbericht Oktober 2026 – Rieth");
}

#[test]
fn services_count_once_a_conversation_and_places_each_for_itself() {
    let month = october(&[
        talk("a")
            .given("vermittlung", Some("Tafel"))
            .given("vermittlung", Some("Schuldnerberatung"))
            .record(),
        talk("b")
            .given("vermittlung", Some(" Tafel "))
            .given("beratung", None)
            .record(),
        talk("c").record(),
    ]);
    assert_eq!(figure(&month, "service", "vermittlung", "conversations"), 2);
    assert_eq!(figure(&month, "service", "beratung", "conversations"), 1);
    assert_eq!(figure(&month, "service", "unknown", "conversations"), 1);
    assert_eq!(figure(&month, "sent_to", "Tafel", "vermittlung"), 2);
    assert_eq!(figure(&month, "sent_to", "Schuldnerberatung", "total"), 1);
}

#[test]
fn unknown_codes_are_counted_under_their_own_name() {
    let month = october(&[talk("a")
        .about(&["weltraum"])
        .change(|n| n.contact_mode = Some("brieftaube".into()))
        .record()]);
    assert_eq!(figure(&month, "topic_district", "weltraum", "total"), 1);
    assert_eq!(figure(&month, "contact_mode", "brieftaube", "people"), 2);
}

#[test]
fn requests_are_new_open_and_closed_by_their_days() {
    let given = |kind, on| Feedback {
        kind,
        on: Some(day(on)),
        ..Feedback::default()
    };
    let closed = |received: &'static str, on: &'static str, kind| {
        move |r: &mut domain::kinds::Request| {
            r.received_on = day(received);
            r.status = RequestStatus::Done;
            r.closed_on = Some(day(on));
            r.feedback = Some(given(kind, on));
        }
    };
    let month = october(&[
        request("new and open", |_| {}),
        request("old and open", |r| r.received_on = day("2026-08-01")),
        request("done, but nobody was told", |r| r.status = RequestStatus::Done),
        request(
            "closed and told",
            closed("2026-09-01", "2026-10-10", FeedbackKind::Given),
        ),
        request(
            "closed by a notice",
            closed("2026-10-01", "2026-10-11", FeedbackKind::PublicNotice),
        ),
        request(
            "closed, wanted nothing",
            closed("2026-10-01", "2026-10-12", FeedbackKind::NotWanted),
        ),
        request("closed later", closed("2026-10-02", "2026-11-02", FeedbackKind::Given)),
        request("closed before", closed("2026-08-01", "2026-09-02", FeedbackKind::Given)),
        request("not yet there", |r| r.received_on = day("2026-11-01")),
    ]);
    assert_eq!(figure(&month, "overview", "requests_new", "value"), 5);
    assert_eq!(
        figure(&month, "overview", "requests_open", "value"),
        4,
        "told is what closes a request, not done"
    );
    assert_eq!(figure(&month, "overview", "requests_closed", "value"), 3);
    assert_eq!(figure(&month, "request_category", "muell", "closed"), 3);
    let tables = month.figures();
    let quota = tables[0].cell("feedback_quota", "value");
    assert_eq!(
        quota,
        Some(&Cell::Share { of: 1, whole: 2 }),
        "who wanted nothing is not asked after"
    );
    assert_eq!(month.list(ListKind::Requests).count, 7);
}

#[test]
fn activities_count_hours_and_the_tally_apart_from_people() {
    let month = october(&[
        activity("a", |a| {
            a.people = vec![people(None, 3)];
            a.tally = vec![Tally {
                place: "Skatepark".into(),
                count: 12,
                ..Tally::default()
            }];
        }),
        activity("still going on", |a| a.ends_at = None),
        activity("another month", |a| {
            a.starts_at = "2026-11-01T00:00:00+01:00".parse().unwrap();
        }),
    ]);
    assert_eq!(figure(&month, "overview", "activities", "value"), 2);
    assert_eq!(figure(&month, "activity_kind", "rundgang", "hours"), 90);
    assert_eq!(figure(&month, "activity_kind", "rundgang", "people"), 3);
    assert_eq!(figure(&month, "activity_kind", "rundgang", "tallied"), 12);
}

#[test]
fn trash_passes_by_and_what_cannot_be_read_is_counted_as_such() {
    let (mut trashed, body) = talk("trashed").record();
    trashed.state = State::Trashed;
    let (unreadable, _) = talk("unreadable").record();
    let month = october(&[
        (trashed, body),
        (unreadable, domain::Body::new(r#"{"occurred_at":"yesterday"}"#.into())),
        talk("good").record(),
    ]);
    assert_eq!(figure(&month, "overview", "conversations", "value"), 1);
    assert_eq!(
        figure(&month, "overview", "unreadable", "value"),
        1,
        "one bad record stops nothing and is not hidden"
    );
}
