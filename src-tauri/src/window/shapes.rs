//! What the window is shown and what it hands back, in the shapes it shows.

use serde::{Deserialize, Serialize};
use specta::Type;

/// How far the notebook is open.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "lowercase")]
pub(super) enum Stage {
    /// No city knows this device yet.
    Fresh,
    /// A notebook lies here and wants its passphrase.
    Locked,
    /// It is open.
    Open,
}

/// How things stand.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Type)]
pub(super) struct Standing {
    /// How far it is open.
    pub(super) stage: Stage,
    /// `de` or `en`; absent follows the system.
    pub(super) language: Option<String>,
    /// It came from a backup, and its city does not know this device yet.
    pub(super) restored: bool,
    /// Why nothing is left of the notebook that was open here.
    pub(super) ended: Option<Ended>,
}

/// Why a notebook was destroyed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "snake_case")]
pub(super) enum Ended {
    /// The city signed this device off.
    Revoked,
    /// The person left, and everything they wrote has reached the city.
    Left,
}

/// What a person types to set a device up. No Debug: it holds a passphrase and a code.
#[derive(Deserialize, Type)]
pub(super) struct SetUp {
    /// The city's address.
    pub(super) city: String,
    /// The invitation's code.
    pub(super) code: String,
    /// What unlocks this device from now on.
    pub(super) passphrase: String,
    /// The system's keychain remembers the key, so that the notebook opens without it.
    pub(super) remember: bool,
}

/// Who works here, and what they may choose from.
#[derive(Clone, Debug, Serialize, Type)]
pub(super) struct Choices {
    /// The person's name.
    pub(super) name: String,
    /// Their organisation, as the catalogue names it.
    pub(super) organisation: Option<String>,
    /// The city's name.
    pub(super) city: String,
    /// The person's own districts, by name.
    pub(super) own_districts: Vec<String>,
    /// Every district, to name those of records.
    pub(super) districts: Vec<Named>,
    /// Every entry of every list.
    pub(super) codes: Vec<Code>,
}

/// A district.
#[derive(Clone, Debug, Serialize, Type)]
pub(super) struct Named {
    /// Its id.
    pub(super) id: String,
    /// Its name.
    pub(super) name: String,
}

/// One entry of a code list.
#[derive(Clone, Debug, Serialize, Type)]
pub(super) struct Code {
    /// The list, e.g. `topic`.
    pub(super) list: String,
    /// The entry's stable name in it.
    pub(super) code: String,
    /// German label.
    pub(super) de: String,
    /// English label.
    pub(super) en: String,
    /// The entry above it.
    pub(super) parent: Option<String>,
}

/// Badges stand only on what is not as usual.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "lowercase")]
pub(super) enum Mark {
    /// Waits for the city.
    Waiting,
    /// Stands in two versions.
    Two,
    /// The city did not take it.
    Refused,
}

/// The state of the transfer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Type)]
pub(super) struct Transfer {
    /// How it goes.
    pub(super) pace: Pace,
    /// Since when, in UTC.
    pub(super) since: Option<String>,
    /// Changes that wait for the city.
    pub(super) waiting: u32,
    /// Photos and files that wait for the city.
    pub(super) files: u32,
    /// Changes the city did not take.
    pub(super) refused: u32,
    /// Records that stand in two versions.
    pub(super) two_versions: u32,
    /// When everything was last exchanged, in UTC.
    pub(super) last_at: Option<String>,
    /// Records that the round that runs has brought so far.
    pub(super) received: u32,
    /// Changes that it has taken to the city so far.
    pub(super) sent: u32,
    /// When the next try comes by itself, in UTC.
    pub(super) next_at: Option<String>,
    /// What was typed and cannot reach the city any more.
    pub(super) aside: u32,
    /// What the person is to be told once.
    pub(super) notices: u32,
}

/// How the transfer goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "snake_case")]
pub(super) enum Pace {
    /// Nothing to do just now.
    Resting,
    /// Records are on their way.
    Running,
    /// There is no connection.
    Offline,
    /// The city does not answer as it should.
    Unavailable,
    /// The notebook itself cannot be written or read as it should.
    Notebook,
    /// There is no space left on this device.
    Full,
    /// The notebook may not be written.
    ReadOnly,
    /// The city asks for a newer program.
    TooOld,
    /// The city no longer knows this device.
    SignedOut,
}

/// Why something did not work: a code the window has a sentence for, and the field it stands at.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Type)]
pub(super) struct Trouble {
    /// What it was.
    pub(super) code: Cause,
    /// Where the person can mend it.
    pub(super) field: Option<Place>,
    /// What is wrong with which fields of a record, as their bodies name them.
    pub(super) faults: Vec<FieldFault>,
}

/// One thing that is wrong with a record's field.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Type)]
pub(super) struct FieldFault {
    /// The field, inside parts as `people/2/count`.
    pub(super) field: String,
    /// What is wrong with it.
    pub(super) wrong: WrongWith,
}

/// What can be wrong with a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "snake_case")]
pub(super) enum WrongWith {
    Empty,
    TooLong,
    OutOfRange,
    Malformed,
    Doubled,
    EndsBeforeStart,
    Itself,
    Needs,
}

/// What went wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "snake_case")]
pub(super) enum Cause {
    Passphrase,
    Code,
    Address,
    NotACity,
    Offline,
    TooMany,
    Folder,
    Full,
    Damaged,
    Newer,
    Busy,
    Enrolled,
    Forbidden,
    Invalid,
    Gone,
    TooManyVersions,
    NothingToUndo,
    Locked,
    Target,
    TargetFull,
    TooManyRows,
    Exporting,
    NotShown,
    Weak,
    Keychain,
    /// A photo or file that is not on this device yet.
    NotHere,
    /// A file that is no address book.
    NoBook,
    BookTooLarge,
    BookTooMany,
    /// A file that is no backup, or not whole.
    NoBackup,
    /// There is a notebook here already.
    Exists,
    RestoreFull,
    /// An invitation of another person than the backup's.
    OtherPerson,
    Other,
}

/// A field of the window's forms.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "snake_case")]
pub(super) enum Place {
    City,
    Code,
    Passphrase,
    NewPassphrase,
    District,
}
