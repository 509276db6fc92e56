//! Files on their way in.

use super::{
    form,
    shapes::{Picked, RefusedFile, WhyNot},
};
use crate::desk::{Error, Notebook, TakenIn};
use base64::{Engine, prelude::BASE64_STANDARD};
use intake::attachment::{Refused, clean_name};
use std::path::PathBuf;

impl Picked {
    fn none() -> Self {
        Self {
            files: Vec::new(),
            as_it_is: false,
            refused: Vec::new(),
        }
    }

    fn add(&mut self, name: &str, taken: Result<TakenIn, Error>) {
        match taken {
            Ok(taken) => {
                self.as_it_is |= taken.as_it_is;
                self.files.push(form::one(&taken.attachment));
            }
            Err(error) => self.refused.push(RefusedFile {
                name: clean_name(name, None),
                why: why(&error),
            }),
        }
    }
}

/// Files from the disk.
pub(super) fn from_disk(notebook: &Notebook, paths: Vec<PathBuf>) -> Picked {
    let mut picked = Picked::none();
    for path in paths {
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        picked.add(&name, notebook.take_in_file(&path));
    }
    picked
}

/// A file that was pasted or dropped.
pub(super) fn from_bytes(notebook: &Notebook, name: &str, base64: &str) -> Picked {
    let mut picked = Picked::none();
    let taken = match BASE64_STANDARD.decode(base64) {
        Ok(bytes) => notebook.take_in(&bytes, name),
        Err(_) => Err(Refused::Unreadable.into()),
    };
    picked.add(name, taken);
    picked
}

fn why(error: &Error) -> WhyNot {
    match error {
        Error::Refused(Refused::Empty) => WhyNot::Empty,
        Error::Refused(Refused::TooLarge { .. }) => WhyNot::TooLarge,
        Error::Refused(Refused::TooManyPixels) => WhyNot::TooManyPixels,
        Error::Refused(Refused::Heic) => WhyNot::Heic,
        Error::Refused(Refused::OtherPicture) => WhyNot::OtherPicture,
        Error::Refused(Refused::Film) => WhyNot::Film,
        Error::Refused(Refused::Unreadable) | Error::File { .. } => WhyNot::Unreadable,
        Error::Store(store::Error::DiskFull(_)) => WhyNot::Full,
        _ => {
            tracing::warn!(%error, "a file was not taken in");
            WhyNot::Other
        }
    }
}
