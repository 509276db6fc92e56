//! The words of a report in both languages.

/// German, English.
pub(crate) type Words = (&'static str, &'static str);

pub(crate) const OVERVIEW: Words = ("Übersicht", "Overview");
pub(crate) const CONVERSATIONS_SHEET: Words = ("Gespräche", "Conversations");
pub(crate) const REQUESTS_SHEET: Words = ("Anliegen", "Requests");
pub(crate) const ACTIVITIES_SHEET: Words = ("Aktivitäten", "Activities");
pub(crate) const TOPICS_BY_DISTRICT_SHEET: Words = ("Themen x Stadtteil", "Topics x district");
pub(crate) const PAGE_OF: Words = ("Seite &P von &N", "Page &P of &N");
pub(crate) const REPORT: Words = ("Monatsbericht", "Monthly report");
pub(crate) const ALL_DISTRICTS: Words = ("alle Stadtteile", "all districts");
pub(crate) const DISTRICTS: Words = ("Stadtteile", "districts");
pub(crate) const MONTHS: [Words; 12] = [
    ("Januar", "January"),
    ("Februar", "February"),
    ("März", "March"),
    ("April", "April"),
    ("Mai", "May"),
    ("Juni", "June"),
    ("Juli", "July"),
    ("August", "August"),
    ("September", "September"),
    ("Oktober", "October"),
    ("November", "November"),
    ("Dezember", "December"),
];

pub(crate) const VALUE: Words = ("Wert", "Value");
pub(crate) const FIGURE: Words = ("Kennzahl", "Figure");
pub(crate) const TOTAL: Words = ("Gesamt", "Total");
pub(crate) const NOT_STATED: Words = ("ohne Angabe", "not stated");
pub(crate) const OTHER_PLACE: Words = ("anderer Ort oder ohne Angabe", "another place or not stated");
pub(crate) const WHOLE_ORGANISATION: Words = ("ohne Stadtteil", "no district");
pub(crate) const TALKS: Words = ("Gespräche", "Conversations");
pub(crate) const PEOPLE: Words = ("Personen", "People");
pub(crate) const HOURS: Words = ("Stunden", "Hours");
pub(crate) const TALLIED: Words = ("beim Rundgang gezählt", "Counted on a walk");
pub(crate) const ACTIVITIES: Words = ("Aktivitäten", "Activities");

pub(crate) const MODE: Words = ("Kontaktart", "Contact mode");
pub(crate) const PLACE_KIND: Words = ("Art des Ortes", "Kind of place");
pub(crate) const ORDER: Words = ("Erst-/Folgekontakt", "First/repeated contact");
pub(crate) const DISTRICT: Words = ("Stadtteil", "District");
pub(crate) const AGE_BAND: Words = ("Altersgruppe", "Age band");
pub(crate) const TOPIC: Words = ("Thema", "Topic");
pub(crate) const SERVICE: Words = ("Leistung", "Service");
pub(crate) const TARGET: Words = ("Wohin", "Where to");
pub(crate) const ACTIVITY_KIND: Words = ("Art der Aktivität", "Kind of activity");
pub(crate) const CATEGORY: Words = ("Kategorie", "Category");

pub(crate) const AGE_BY_GENDER: Words = (
    "Erreichte Personen nach Alter und Geschlecht",
    "People reached by age and gender",
);
pub(crate) const BY_DISTRICT: Words = ("Gespräche nach Stadtteil", "Conversations by district");
pub(crate) const TOPICS_BY_DISTRICT: Words = (
    "Gespräche nach Thema und Stadtteil",
    "Conversations by topic and district",
);
pub(crate) const TOPICS_BY_AGE: Words = ("Personen nach Thema und Alter", "People by topic and age");
pub(crate) const SERVICES: Words = ("Leistungen", "Services");
pub(crate) const SENT_TO: Words = (
    "Vermittlung und Weiterleitung: wohin",
    "Referred and passed on: where to",
);
pub(crate) const REQUESTS_BY_CATEGORY: Words = ("Anliegen nach Kategorie", "Requests by category");
pub(crate) const NEW: Words = ("neu", "new");
pub(crate) const OPEN: Words = ("offen am Monatsende", "open at the end of the month");
pub(crate) const CLOSED: Words = ("abgeschlossen", "closed");

pub(crate) const FIGURES: [(&str, Words); 17] = [
    ("conversations", ("Gespräche", "Conversations")),
    ("first", ("davon Erstkontakte", "of these first contacts")),
    ("repeat", ("davon Folgekontakte", "of these repeated contacts")),
    ("order_unknown", ("davon ohne Angabe", "of these not stated")),
    ("single", ("Einzelgespräche (1 Person)", "With one person")),
    ("group", ("Gespräche mit mehreren Personen", "With several people")),
    (
        "size_unknown",
        ("Gespräche ohne Personenzahl", "Without a number of people"),
    ),
    ("people", ("Erreichte Personen", "People reached")),
    ("hours", ("Stunden in Gesprächen", "Hours of conversations")),
    (
        "timed",
        (
            "Gespräche mit Angabe der Dauer",
            "Conversations whose duration is known",
        ),
    ),
    ("activities", ("Aktivitäten", "Activities")),
    ("activity_hours", ("Stunden in Aktivitäten", "Hours of activities")),
    ("requests_new", ("Anliegen: neu", "Requests: new")),
    (
        "requests_open",
        (
            "Anliegen: offen am Monatsende",
            "Requests: open at the end of the month",
        ),
    ),
    ("requests_closed", ("Anliegen: abgeschlossen", "Requests: closed")),
    (
        "requests_untold",
        (
            "Anliegen: erledigt, Rückmeldung fehlt noch",
            "Requests: decided, nobody was told yet",
        ),
    ),
    (
        "feedback_quota",
        ("Rückmelde-Quote", "Share of people who were told the result"),
    ),
];
pub(crate) const UNREADABLE: (&str, Words) = (
    "unreadable",
    (
        "Einträge, die nicht gezählt werden konnten",
        "Records that could not be counted",
    ),
);

/// What a workbook writes for a share of nothing.
pub(crate) const NONE: Words = ("keine", "none");

pub(crate) const BASIS: Words = ("Worauf die Zahlen beruhen", "What the figures stand on");
pub(crate) const ORGANISATION: Words = ("Träger", "Organisation");
pub(crate) const RECORDS: Words = ("Gelesene Einträge", "Records read");
pub(crate) const NEWEST_CHANGE: Words = ("Neueste Änderung", "Newest change");
pub(crate) const OTHER_DEVICES: Words = ("Andere Geräte", "Other devices");
pub(crate) const MAY_BE_MISSING: Words = (
    "Gezählt ist, was auf diesem Gerät liegt, auch was noch auf die Übertragung wartet; auf anderen Geräten kann noch etwas fehlen.",
    "Counted is what lies on this device, also what still waits to be transferred; other devices may hold more.",
);
pub(crate) const MOMENT: Words = ("%d.%m.%Y, %H:%M", "%Y-%m-%d, %H:%M");
pub(crate) const TRANSFERRED: Words = ("Zuletzt übertragen", "Last transfer");
pub(crate) const NEVER: Words = ("noch nie", "never");
pub(crate) const NOTHING_WAITS: Words = ("nichts wartet", "nothing waits");
pub(crate) const WAITING: Words = ("wartende Einträge", "waiting entries");

pub(crate) const LEGEND: Words = ("So ist gezählt", "How this was counted");
/// How a month counts; said in the report itself, so that nobody adds up what must not be added up.
pub(crate) const LEGENDS: [(&str, Words, Words); 7] = [
    (
        "month",
        ("Monat", "Month"),
        (
            "Es zählt die Ortszeit (Europe/Berlin) des Gesprächs.",
            "Local time (Europe/Berlin) of the conversation decides.",
        ),
    ),
    (
        "several_topics",
        ("Themen", "Topics"),
        (
            "Ein Gespräch mit mehreren Themen zählt bei jedem davon einmal: Die Summe über die Themen kann größer sein als „Gesamt“, das jedes Gespräch einmal zählt.",
            "A conversation with several topics counts once for each: the sum over topics may exceed the total, which counts each conversation once.",
        ),
    ),
    (
        "sub_topics",
        ("Unterthemen", "Sub-topics"),
        (
            "Ein Unterthema zählt auch bei seinem Hauptthema, dort je Gespräch einmal.",
            "A sub-topic also counts for its main topic, once a conversation.",
        ),
    ),
    (
        "several_districts",
        ("Stadtteile", "Districts"),
        (
            "Ein Gespräch in mehreren Stadtteilen zählt in jedem davon: Die Summe über die Stadtteile kann größer sein als „Gesamt“.",
            "A conversation in several districts counts in each: the sum over districts may exceed the total.",
        ),
    ),
    (
        "services",
        ("Leistungen", "Services"),
        (
            "Eine Leistung zählt je Gespräch einmal, jede Stelle, an die vermittelt wurde, für sich.",
            "A service counts once a conversation, each place somebody was sent to by itself.",
        ),
    ),
    (
        "people",
        ("Personen", "People"),
        (
            "Personen werden je Gespräch gezählt; wer zweimal kam, zählt zweimal.",
            "People are counted in each conversation; who came twice counts twice.",
        ),
    ),
    (
        "feedback_quota",
        ("Rückmelde-Quote", "Told the result"),
        (
            "Anteil der im Monat abgeschlossenen Anliegen mit gewünschter Rückmeldung, bei denen sie gegeben wurde. Ein erledigtes Anliegen, dessen Rückmeldung noch fehlt, ist nicht abgeschlossen und zählt hier nicht; es steht für sich.",
            "Of the requests closed in the month whose people wanted to be told, the share that was told. A decided request whose person was not told yet is not closed and does not count here; it stands by itself.",
        ),
    ),
];

/// Heads of the lists' columns.
pub(crate) fn column(id: &str) -> Words {
    match id {
        "date" => ("Datum", "Date"),
        "time" => ("Uhrzeit", "Time"),
        "minutes" => ("Dauer (Min.)", "Duration (min.)"),
        "hours" => HOURS,
        "district" => DISTRICT,
        "contact_mode" => MODE,
        "place_kind" => PLACE_KIND,
        "place" => ("Ort", "Place"),
        "contact_order" => ORDER,
        "people" => PEOPLE,
        "tallied" => TALLIED,
        "age_bands" => ("Altersgruppen", "Age bands"),
        "topics" => ("Themen", "Topics"),
        "services" => SERVICES,
        "sent_to" => ("Vermittlung an", "Sent to"),
        "follow_up" => ("Wiedervorlage", "Follow-up"),
        "text" => ("Notiz", "Note"),
        "original_words" => ("Originalton", "Original words"),
        "resources" => ("Ressourcen", "Resources"),
        "kind" => ACTIVITY_KIND,
        "target_groups" => ("Zielgruppen", "Target groups"),
        "number" => ("Nummer", "Number"),
        "received_on" => ("Eingang", "Received"),
        "received_way" => ("Eingangsweg", "Received by"),
        "category" => CATEGORY,
        "field" => ("Fachplanung", "Planning field"),
        "status" => ("Status", "Status"),
        "due_on" => ("Frist", "Due"),
        "closed_on" => ("Abgeschlossen", "Closed"),
        "feedback" => ("Rückmeldung", "Feedback"),
        "feedback_on" => ("Rückmeldung am", "Feedback on"),
        "description" => ("Beschreibung", "Description"),
        "result" => ("Ergebnis", "Result"),
        _ => ("Kennung", "Id"),
    }
}

/// Statuses of a request and kinds of feedback, which are the program's own words and no list of the city.
pub(crate) fn word(code: &str) -> Option<Words> {
    Some(match code {
        "recorded" => ("aufgenommen", "recorded"),
        "examined" => ("geprüft", "examined"),
        "forwarded" => ("weitergeleitet", "forwarded"),
        "in_progress" => ("in Bearbeitung", "in progress"),
        "done" => ("erledigt", "done"),
        "not_feasible" => ("nicht umsetzbar", "not feasible"),
        "not_responsible" => ("nicht zuständig", "not responsible"),
        "duplicate" => ("Dublette", "duplicate"),
        "withdrawn" => ("zurückgezogen", "withdrawn"),
        "given" => ("gegeben", "given"),
        "public_notice" => ("öffentlicher Aushang", "public notice"),
        "not_wanted" => ("nicht gewünscht", "not wanted"),
        "not_possible" => ("nicht möglich", "not possible"),
        _ => return None,
    })
}
