//! temporary
use super::{language, shapes::*};
use std::path::PathBuf;
pub(super) struct Session {
    folder: PathBuf,
}
const T: Trouble = Trouble {
    code: Cause::Other,
    field: None,
};
impl Session {
    pub(super) fn new(folder: PathBuf, _f: Option<PathBuf>) -> Self {
        Self { folder }
    }
    pub(super) fn standing(&self) -> Standing {
        Standing {
            stage: Stage::Fresh,
            language: language::chosen(&self.folder),
        }
    }
    pub(super) fn choose_language(&self, l: &str) {
        let _ = language::choose(&self.folder, l);
    }
    pub(super) fn set_up(&self, _w: SetUp) -> Result<(), Trouble> {
        Err(T)
    }
    pub(super) fn unlock(&self, _w: String) -> Result<(), Trouble> {
        Err(T)
    }
    pub(super) fn choices(&self) -> Result<Choices, Trouble> {
        Err(T)
    }
    pub(super) fn talks(&self, _a: Option<&str>, _l: u32) -> Result<TalkPage, Trouble> {
        Err(T)
    }
    pub(super) fn find_talks(&self, _a: &str, _l: u32) -> Result<Vec<TalkRow>, Trouble> {
        Err(T)
    }
    pub(super) fn talk(&self, _a: &str) -> Result<Option<Talk>, Trouble> {
        Err(T)
    }
    pub(super) fn add_talk(&self, _a: &NewTalk) -> Result<String, Trouble> {
        Err(T)
    }
    pub(super) fn draft(&self) -> Result<Option<NewTalk>, Trouble> {
        Err(T)
    }
    pub(super) fn keep_draft(&self, _a: Option<&NewTalk>) -> Result<(), Trouble> {
        Err(T)
    }
    pub(super) fn transfer(&self) -> Result<Transfer, Trouble> {
        Err(T)
    }
    pub(super) fn transfer_now(&self) -> Result<(), Trouble> {
        Err(T)
    }
}
