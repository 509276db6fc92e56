//! Every screen of the window, and what a person does to get there.

/// A screen, by what it says. Words are named as in `ui/messages`; what is no message there is a record's own word.
pub(crate) struct Screen {
    /// Its name in failures and pictures.
    pub(crate) name: &'static str,
    /// Its address after `#`; a word in capitals stands for one of the notebook's records. Empty before the notebook is open.
    pub(crate) address: &'static str,
    /// How its first heading begins.
    pub(crate) heading: &'static str,
    /// What a person does at this address until the screen is there.
    pub(crate) steps: &'static [Step],
    /// Something that is there once the screen has loaded: role and name.
    pub(crate) there: (&'static str, &'static str),
    /// It lies over everything else.
    pub(crate) is_dialog: bool,
}

/// What a person does, with the keyboard.
pub(crate) enum Step {
    /// Puts the focus on what this selector finds: a passphrase has no role by which it could be named.
    At(&'static str),
    /// Waits until the form has put the focus where one begins.
    Begin(&'static str),
    /// Types into what has the focus.
    Type(&'static str),
    /// Presses the button of this name.
    Push(&'static str),
    /// Types into the field of this name.
    Fill(&'static str, &'static str),
    /// Chooses an entry of the list of this name.
    Choose(&'static str, &'static str),
    /// Unfolds what this names.
    Open(&'static str),
    /// Waits until the page says this.
    Read(&'static str),
}
use Step::{At, Begin, Choose, Fill, Open, Push, Read, Type};

const fn screen(
    name: &'static str,
    address: &'static str,
    heading: &'static str,
    there: (&'static str, &'static str),
) -> Screen {
    Screen {
        name,
        address,
        heading,
        steps: &[],
        there,
        is_dialog: false,
    }
}

impl Screen {
    const fn after(self, steps: &'static [Step]) -> Self {
        Self { steps, ..self }
    }

    const fn dialog(self) -> Self {
        Self {
            is_dialog: true,
            ..self
        }
    }

    /// Whether the areas of the notebook can be reached from it.
    pub(crate) fn has_areas(&self) -> bool {
        !self.address.is_empty() && !self.is_dialog
    }
}

const CONTROL_K: Step = Type("\u{e009}k\u{e000}");
const ENTER: &str = "\u{e007}";

/// What the notebook's request is about, and the one whose person was not told.
pub(crate) const BENCH: &str = "Die Bank am Spielplatz ist kaputt.";
pub(crate) const LAMP: &str = "Am Durchgang brennt wieder Licht.";
pub(crate) const LATE: &str = "Der Brunnen ist trocken.";
/// What a photo of the notebook shows.
pub(crate) const SWING: &str = "Eine Schaukel, der ein Seil fehlt";
pub(crate) const KAISER: &str = "Frau Kaiser";
pub(crate) const YILDIZ: &str = "Herr Yıldız";

const TALKS: &str = "talks_title";
const REQUESTS: &str = "nav_requests";
const CONTACTS: &str = "nav_contacts";
const REPORT: &str = "report_title";
const SETTINGS: &str = "nav_settings";
const OCTOBER: &str = "/report/2026-10";
const LIST: (&str, &str) = ("list", "talks_list");
const TEXT: (&str, &str) = ("textbox", "new_text");
const UNLOCK: (&str, &str) = ("button", "unlock_submit");
const RESTORE: (&str, &str) = ("button", "restore_submit");
const START: (&str, &str) = ("button", "start_submit");

/// What lies behind an open notebook with a month of work in it. A new screen takes its place in one of these lists, and
/// with it in every check of this folder.
pub(crate) const WORKED: &[Screen] = &[
    screen("talks", "/talks", TALKS, LIST),
    screen("talk", "/talks/TALK", TALKS, ("button", "talk_edit")),
    screen("talk-menu", "/talks/TALK", TALKS, ("menuitem", "talk_trash")).after(&[Push("talk_more")]),
    screen("talk-photo", "/talks/TALK", SWING, ("dialog", SWING))
        .after(&[Push(SWING)])
        .dialog(),
    screen("talk-edit", "/talks/TALK", TALKS, TEXT).after(&[Push("talk_edit")]),
    screen("talk-two", "/talks/TWO", TALKS, ("heading", "two_title")),
    screen("talk-trashed", "/talks/TRASHED", TALKS, ("button", "talk_restore")),
    screen("talk-new", "/talks/new", TALKS, TEXT),
    screen("talk-new-missing", "/talks/new", TALKS, TEXT).after(&[
        Begin("textarea"),
        Push("new_done"),
        Read("new_topics_needed"),
    ]),
    screen("talk-new-all", "/talks/new", TALKS, ("combobox", "talk_links")).after(&[Push("new_more")]),
    screen("talk-new-offers", "/talks/new", TALKS, ("listbox", "sign_offers")).after(&[Fill("new_text", "#")]),
    screen("talks-drafts", "/talks", TALKS, ("list", "drafts_label")),
    screen("talks-filtered", "/talks", TALKS, ("button", "filter_clear")).after(&[Push("filter_open")]),
    screen("talks-days", "/talks", TALKS, ("textbox", "filter_from"))
        .after(&[Choose("filter_period", "filter_own_days")]),
    screen("talks-none", "/talks", TALKS, ("button", "filter_clear"))
        .after(&[Fill("talks_search", "xyz"), Read("xyz")]),
    screen("requests", "/requests", REQUESTS, ("list", "requests_list")),
    screen("request", "/requests/REQUEST", BENCH, ("heading", BENCH)),
    screen("request-late", "/requests/LATE", LATE, ("region", "request_todo")),
    screen("request-untold", "/requests/UNTOLD", LAMP, ("region", "request_todo")),
    screen(
        "request-forward",
        "/requests/REQUEST",
        BENCH,
        ("textbox", "step_to_whom"),
    )
    .after(&[Push("step_forward")]),
    screen("request-status", "/requests/REQUEST", BENCH, ("radio", "status_done")).after(&[Push("status_change")]),
    screen(
        "request-feedback",
        "/requests/UNTOLD",
        LAMP,
        ("radio", "feedback_given"),
    )
    .after(&[Push("feedback_add")]),
    screen(
        "request-edit",
        "/requests/edit-REQUEST",
        "request_edit",
        ("textbox", "request_description"),
    ),
    screen(
        "request-new",
        "/requests/new",
        "requests_new",
        ("textbox", "request_description"),
    ),
    screen(
        "request-missing",
        "/requests/new",
        "requests_new",
        ("textbox", "request_description"),
    )
    .after(&[Begin("textarea"), Push("done"), Read("wrong_empty")]),
    screen("requests-none", "/requests", REQUESTS, ("button", "requests_reset"))
        .after(&[Fill("requests_search", "xyz")]),
    screen("contacts", "/contacts", CONTACTS, ("list", "contacts_list")),
    screen("contact", "/contacts/CONTACT", CONTACTS, ("heading", KAISER)),
    screen("contact-resident", "/contacts/RESIDENT", CONTACTS, ("heading", YILDIZ)),
    screen(
        "contact-edit",
        "/contacts/edit-CONTACT",
        CONTACTS,
        ("heading", "contact_edit"),
    ),
    screen(
        "contact-edit-resident",
        "/contacts/edit-RESIDENT",
        CONTACTS,
        ("textbox", "consent_purpose"),
    ),
    screen("contact-new", "/contacts/new", CONTACTS, ("heading", "contacts_new")),
    screen(
        "contact-missing",
        "/contacts/new",
        CONTACTS,
        ("heading", "contacts_new"),
    )
    .after(&[Begin("input:checked"), Push("done"), Read("wrong_empty")]),
    screen("contacts-none", "/contacts", CONTACTS, ("button", "contacts_reset"))
        .after(&[Fill("contacts_search", "xyz")]),
    screen("contacts-import", "/contacts/import", CONTACTS, ("button", "book_pick")),
    screen(
        "contacts-export",
        "/contacts",
        "book_export_title",
        ("dialog", "book_export_title"),
    )
    .after(&[Push("book_export")])
    .dialog(),
    screen("report", OCTOBER, REPORT, ("button", "report_export")),
    screen("report-file", OCTOBER, REPORT, ("button", "file_downloads")).after(&[Push("report_export_other")]),
    screen("report-written", OCTOBER, REPORT, ("button", "file_show"))
        .after(&[Read("report_counted"), Push("report_export")]),
    screen("versions", "/versions", "two_list", ("heading", "two_list")),
    screen("trash", "/trash", "trash_title", ("list", "trash_title")),
    screen("settings", "/settings", SETTINGS, ("heading", "language_window")),
    screen(
        "settings-locking",
        "/settings/locking",
        SETTINGS,
        ("button", "passphrase_change"),
    ),
    screen(
        "settings-device",
        "/settings/device",
        SETTINGS,
        ("heading", "device_here"),
    ),
    screen(
        "settings-leftover",
        "/settings/transfer",
        SETTINGS,
        ("heading", "aside_title"),
    ),
    screen(
        "settings-drop",
        "/settings/transfer",
        "aside_drop_title",
        ("dialog", "aside_drop_title"),
    )
    .after(&[Push("aside_drop")])
    .dialog(),
    screen(
        "settings-backup",
        "/settings/backup",
        SETTINGS,
        ("button", "backup_write"),
    ),
    screen(
        "settings-about",
        "/settings/about",
        SETTINGS,
        ("heading", "about_others"),
    ),
    screen(
        "settings-accessibility",
        "/settings/accessibility",
        SETTINGS,
        ("heading", "access_limits"),
    ),
    screen("palette", "/talks", "nav_search", ("dialog", "nav_search"))
        .after(&[CONTROL_K])
        .dialog(),
    screen("palette-none", "/talks", "nav_search", ("dialog", "nav_search"))
        .after(&[CONTROL_K, Type("xyzxyz"), Read("xyzxyz")])
        .dialog(),
    screen("shortcuts", "/talks", "keys_title", ("dialog", "keys_title"))
        .after(&[Type("\u{e031}")])
        .dialog(),
];

/// What an open notebook shows that nothing was written in yet, on a device that its city no longer knows.
pub(crate) const EMPTY: &[Screen] = &[
    screen("empty-talks", "/talks", TALKS, ("region", "banner_label"))
        .after(&[Read("talks_empty"), Read("transfer_signed_out")]),
    screen("empty-requests", "/requests", REQUESTS, ("heading", REQUESTS)).after(&[Read("requests_empty")]),
    screen("empty-contacts", "/contacts", CONTACTS, ("heading", CONTACTS)).after(&[Read("contacts_empty")]),
    screen("empty-report", OCTOBER, REPORT, ("button", "report_export")),
    screen("empty-versions", "/versions", "two_list", ("heading", "two_list")),
    screen("empty-trash", "/trash", "trash_title", ("heading", "trash_title")).after(&[Read("trash_empty")]),
    screen(
        "settings-transfer",
        "/settings/transfer",
        SETTINGS,
        ("heading", "round_log"),
    ),
    screen(
        "gone-talk",
        "/talks/01a00000-0000-7000-8000-000000000000",
        TALKS,
        ("region", "banner_label"),
    )
    .after(&[Read("talk_gone")]),
];

/// What is shown while the notebook is locked, one after the other.
pub(crate) const LOCKED: &[Screen] = &[
    screen("locked", "", "unlock_title", UNLOCK),
    screen("locked-wrong", "", "unlock_title", UNLOCK).after(&[
        At("input[type=password]"),
        Type("falsch"),
        Type(ENTER),
        Read("trouble_passphrase"),
    ]),
    screen("locked-forgotten", "", "unlock_title", UNLOCK).after(&[Open("unlock_forgotten")]),
];

/// What is shown before there is a notebook, one after the other.
pub(crate) const FRESH: &[Screen] = &[
    screen("fresh", "", "start_title", START),
    screen("fresh-missing", "", "start_title", START).after(&[Push("start_submit"), Read("start_needed")]),
    screen("fresh-why", "", "start_title", START).after(&[Open("strength_more")]),
    screen("fresh-restore", "", "start_title", RESTORE).after(&[
        Push("restore_begin"),
        Push("restore_submit"),
        Read("restore_file_needed"),
    ]),
];
