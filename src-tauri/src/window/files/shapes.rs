//! Photos and files as the window shows them and takes them back.

use serde::{Deserialize, Serialize};
use specta::Type;

/// A photo or file of a record or a draft. No Debug: it holds a key, and what somebody called it.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize, Type)]
pub(in crate::window) struct FileForm {
    /// The part's id.
    pub(in crate::window) id: String,
    /// The hash of its ciphertext.
    pub(in crate::window) blob: String,
    /// The key that opens it.
    pub(in crate::window) key: String,
    /// Its media type.
    pub(in crate::window) media_type: String,
    /// Its name.
    pub(in crate::window) name: String,
    /// What is to be seen on it; may be empty.
    pub(in crate::window) caption: String,
}

/// A photo or file of a record, and how it stands on this device.
#[derive(Clone, Serialize, Type)]
pub(in crate::window) struct FileOn {
    pub(in crate::window) file: FileForm,
    pub(in crate::window) state: FileState,
}

/// Where a photo or file is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "snake_case")]
pub(in crate::window) enum FileState {
    /// Here and at the city.
    Here,
    /// Here, and it waits for the transfer.
    Waits,
    /// At the city: it comes when somebody opens it.
    Away,
    /// It is on its way.
    Coming,
    /// Still on the device of whoever added it.
    Absent,
}

/// What became of files that somebody chose.
#[derive(Clone, Serialize, Type)]
pub(in crate::window) struct Picked {
    /// Those that were taken in; a record or a draft has yet to name them.
    pub(in crate::window) files: Vec<FileForm>,
    /// Some were taken as they are, with whatever stands in them.
    pub(in crate::window) as_it_is: bool,
    /// Those that were not.
    pub(in crate::window) refused: Vec<RefusedFile>,
}

/// A file that was not taken in.
#[derive(Clone, Serialize, Type)]
pub(in crate::window) struct RefusedFile {
    /// Its name.
    pub(in crate::window) name: String,
    /// Why.
    pub(in crate::window) why: WhyNot,
}

/// Why a file was not taken in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "snake_case")]
pub(in crate::window) enum WhyNot {
    Empty,
    TooLarge,
    TooManyPixels,
    Heic,
    OtherPicture,
    Film,
    Unreadable,
    /// There is no space left on this device.
    Full,
    Other,
}

/// A photo as the web view draws it, or why it cannot now.
#[derive(Clone, Serialize, Type)]
#[serde(tag = "is", rename_all = "snake_case")]
pub(in crate::window) enum Picture {
    Here {
        media_type: String,
        /// Base64.
        bytes: String,
    },
    Coming,
    Absent,
    Unreadable,
}
