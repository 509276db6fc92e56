//! The whole notebook as one file, and a notebook made from it.

use super::{
    beside::beside,
    files::place::{dialog, target},
    report::{export::unwritable, place::with_ending},
    session::Session,
    shapes::{Cause, Place, Trouble},
};
use crate::desk::Error;
use chrono::{DateTime, Utc};
use domain::{At, calendar};
use serde::Serialize;
use specta::Type;
use std::{
    fs, io,
    path::{Path, PathBuf},
    sync::{Mutex, MutexGuard, PoisonError},
};
use store::Error as StoreError;
use tauri::{AppHandle, Manager, State};

type Answer<T> = Result<T, Trouble>;

/// What the file is called at its end.
const ENDING: &str = "quartierbuch";

/// The backup that somebody chose, until it is restored. The web view names no paths.
#[derive(Default)]
pub(super) struct Chosen(Mutex<Option<PathBuf>>);

impl Chosen {
    /// A panic left the one before.
    fn held(&self) -> MutexGuard<'_, Option<PathBuf>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A file as a person knows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Type)]
pub(super) struct BackupFile {
    /// Its name.
    name: String,
    /// The folder it lies in.
    folder: String,
    /// How large it is, in units of 1,000 bytes, at least one.
    kilobytes: u32,
    /// When it was written, in UTC.
    at: String,
}

impl BackupFile {
    fn of(path: &Path) -> io::Result<Self> {
        let said = |part: Option<&Path>| part.map(|part| part.to_string_lossy().into_owned()).unwrap_or_default();
        let facts = fs::metadata(path)?;
        Ok(Self {
            name: said(path.file_name().map(Path::new)),
            folder: said(path.parent()),
            kilobytes: u32::try_from(facts.len().div_ceil(1_000)).unwrap_or(u32::MAX),
            at: At::from(DateTime::<Utc>::from(facts.modified()?)).to_string(),
        })
    }
}

/// Writes the notebook to a file where the person says; nothing where they think better of it.
#[tauri::command]
#[specta::specta]
pub(super) async fn back_up(app: AppHandle, session: State<'_, Session>) -> Answer<Option<BackupFile>> {
    let notebook = session.notebook()?;
    beside(move || {
        // The city's day: the web view names nothing.
        let day = calendar::day_at(At::from(Utc::now()));
        let name = format!("Quartierbuch {day}.{ENDING}");
        let Some(chosen) = target(&app, &name)? else {
            return Ok(None);
        };
        let unwritten = |_| Trouble::of(Cause::Target);
        let path = with_ending(chosen, &name).map_err(unwritten)?;
        notebook.back_up(&path).map_err(|error| match error {
            Error::Store(StoreError::DiskFull(_)) => Trouble::of(Cause::TargetFull),
            other => unwritable(other),
        })?;
        BackupFile::of(&path).map(Some).map_err(unwritten)
    })
    .await
}

/// Lets the person choose a backup; nothing where they think better of it.
#[tauri::command]
#[specta::specta]
pub(super) async fn pick_backup(app: AppHandle) -> Answer<Option<BackupFile>> {
    beside(move || {
        let dialog = dialog(&app).add_filter("Quartierbuch", &[ENDING]);
        let Some(path) = dialog.blocking_pick_file().and_then(|path| path.into_path().ok()) else {
            return Ok(None);
        };
        let file = BackupFile::of(&path).map_err(|_| Trouble::of(Cause::NoBackup))?;
        *app.state::<Chosen>().held() = Some(path);
        Ok(Some(file))
    })
    .await
}

/// Makes the notebook from the backup that was chosen.
#[tauri::command]
#[specta::specta]
pub(super) async fn restore_backup(app: AppHandle, passphrase: String) -> Answer<()> {
    beside(move || {
        let path = app.state::<Chosen>().held().clone();
        let path = path.ok_or(Trouble::of(Cause::NoBackup))?;
        let session = app.state::<Session>();
        session.restore_from(&path, passphrase).map_err(at_its_field)?;
        *app.state::<Chosen>().held() = None;
        Ok(())
    })
    .await
}

fn at_its_field(trouble: Trouble) -> Trouble {
    match trouble.code {
        Cause::Passphrase => Trouble::at(Cause::Passphrase, Place::Passphrase),
        _ => trouble,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::window::{news::ToWindow, shapes::Stage};
    use std::{fs::File, sync::Arc};
    use store::{KeyCost, Passphrase, Store};

    const PASSPHRASE: &str = "donnerstag kiesel lampion fagott";

    fn session(folder: &Path) -> Session {
        Session::new(folder.to_owned(), None, Arc::new(ToWindow::default()))
    }

    fn backup(folder: &Path) -> PathBuf {
        let dir = folder.join("old");
        let store = Store::create(&dir, &Passphrase::new(PASSPHRASE.to_owned()), KeyCost::default());
        let path = folder.join("a.quartierbuch");
        let mut file = File::create(&path).expect("a new file");
        store.expect("a notebook").back_up(&mut file).expect("a backup");
        path
    }

    fn refused(session: &Session, from: &Path, passphrase: &str) -> Cause {
        let refused = session.restore_from(from, passphrase.to_owned());
        refused.expect_err("it is refused").code
    }

    #[test]
    fn a_restored_notebook_waits_for_its_city() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let from = backup(folder.path());
        let session = session(&folder.path().join("new"));
        session
            .restore_from(&from, PASSPHRASE.to_owned())
            .expect("it is restored");
        let standing = session.standing();
        assert_eq!((standing.stage, standing.restored), (Stage::Fresh, true));
        assert_eq!(
            refused(&session, &from, PASSPHRASE),
            Cause::Exists,
            "nothing is written over"
        );
    }

    #[test]
    fn what_cannot_be_restored_says_why_and_leaves_nothing_behind() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let from = backup(folder.path());
        let dir = folder.path().join("new");
        let session = session(&dir);
        assert_eq!(refused(&session, &from, "eine andere passphrase"), Cause::Passphrase);
        let whole = fs::read(&from).expect("the backup");
        let half = folder.path().join("half");
        fs::write(&half, &whole[..whole.len() / 2]).expect("a new file");
        assert_eq!(refused(&session, &half, PASSPHRASE), Cause::NoBackup);
        let other = folder.path().join("other");
        fs::write(&other, "Liste").expect("a new file");
        assert_eq!(refused(&session, &other, PASSPHRASE), Cause::NoBackup);
        assert_eq!(
            refused(&session, &folder.path().join("gone"), PASSPHRASE),
            Cause::NoBackup
        );
        assert!(!dir.exists(), "no folder either");
    }
}
