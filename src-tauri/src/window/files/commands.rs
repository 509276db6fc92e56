//! What the window may ask of photos and files.

#![expect(clippy::needless_pass_by_value, reason = "a command's arguments arrive owned")]

use super::{
    form, place,
    shapes::{FileForm, FileOn, FileState, Picked, Picture},
    taking,
};
use crate::{
    desk::{self, Notebook},
    window::{
        beside::beside,
        session::Session,
        shapes::{Cause, Trouble},
        written::Written,
    },
};
use base64::{Engine, prelude::BASE64_STANDARD};
use domain::{PartId, RecordId, kinds::Attachment};
use intake::attachment::{is_photo, preview};
use tauri::{AppHandle, State};

type Answer<T> = Result<T, Trouble>;

fn record(id: &str) -> Answer<RecordId> {
    id.parse().map_err(|_| Trouble::of(Cause::Invalid))
}

fn part(id: &str) -> Answer<PartId> {
    id.parse().map_err(|_| Trouble::of(Cause::Invalid))
}

/// Lets the person choose files, and takes them in.
#[tauri::command]
#[specta::specta]
pub(in crate::window) async fn pick_files(app: AppHandle, session: State<'_, Session>) -> Answer<Picked> {
    let notebook = session.notebook()?;
    beside(move || Ok(taking::from_disk(&notebook, place::chosen(&app)))).await
}

/// Takes in what was pasted or dropped: its name, and its bytes as base64.
#[tauri::command]
#[specta::specta]
pub(in crate::window) async fn take_file(session: State<'_, Session>, name: String, bytes: String) -> Answer<Picked> {
    let notebook = session.notebook()?;
    beside(move || Ok(taking::from_bytes(&notebook, &name, &bytes))).await
}

/// The photos and files of a record.
#[tauri::command(async)]
#[specta::specta]
pub(in crate::window) fn files(session: State<'_, Session>, id: String) -> Answer<Vec<FileOn>> {
    let found = session.notebook()?.attachments(record(&id)?)?;
    let on = |one: desk::OnRecord| FileOn {
        file: form::one(&one.attachment),
        state: state(one.standing),
    };
    Ok(found.into_iter().map(on).collect())
}

fn state(standing: store::Attached) -> FileState {
    match standing {
        store::Attached {
            held: true, to_send, ..
        } if to_send => FileState::Waits,
        store::Attached { held: true, .. } => FileState::Here,
        store::Attached { absent: true, .. } => FileState::Absent,
        store::Attached { asked: true, .. } => FileState::Coming,
        _ => FileState::Away,
    }
}

/// A photo to be drawn: small for a list, or as it is kept. Of a record's it is remembered that somebody wants to see it.
#[tauri::command]
#[specta::specta]
pub(in crate::window) async fn picture(
    session: State<'_, Session>,
    id: Option<String>,
    file: FileForm,
    large: bool,
) -> Answer<Picture> {
    let notebook = session.notebook()?;
    let picture = beside(move || drawn(&notebook, id.as_deref(), &file, large)).await?;
    if matches!(picture, Picture::Coming | Picture::Absent) {
        session.transfer_now()?;
    }
    Ok(picture)
}

fn drawn(notebook: &Notebook, id: Option<&str>, file: &FileForm, large: bool) -> Answer<Picture> {
    let attachment = Attachment::try_from(file)?;
    let opened = match notebook.open_attachment(id.map(record).transpose()?, &attachment) {
        Ok(opened) => opened,
        Err(desk::Error::NotHere) if notebook.standing_of(&attachment)?.absent => return Ok(Picture::Absent),
        Err(desk::Error::NotHere) => return Ok(Picture::Coming),
        Err(desk::Error::AttachmentUnreadable) => return Ok(Picture::Unreadable),
        Err(error) => return Err(error.into()),
    };
    if !is_photo(&opened.media_type) {
        return Ok(Picture::Unreadable);
    }
    // What a colleague's device sent is looked at before the web view is: a preview that cannot be made is no picture.
    let Ok(small) = preview(&opened.bytes) else {
        return Ok(Picture::Unreadable);
    };
    let (media_type, bytes) = if large {
        (opened.media_type, opened.bytes)
    } else {
        ("image/jpeg".to_owned(), small)
    };
    Ok(Picture::Here {
        media_type,
        bytes: BASE64_STANDARD.encode(bytes),
    })
}

/// Saves a copy where the person says; answers its name, or nothing where they thought better of it.
#[tauri::command]
#[specta::specta]
pub(in crate::window) async fn save_file(
    app: AppHandle,
    session: State<'_, Session>,
    id: Option<String>,
    file: FileForm,
) -> Answer<Option<String>> {
    let notebook = session.notebook()?;
    let saved = beside(move || {
        let attachment = Attachment::try_from(&file)?;
        let opened = notebook.open_attachment(id.as_deref().map(record).transpose()?, &attachment)?;
        let Some(path) = place::target(&app, &opened.name)? else {
            return Ok(None);
        };
        desk::write_file(&path, &opened.bytes).map_err(|_| Trouble::of(Cause::Target))?;
        Ok(path.file_name().map(|name| name.to_string_lossy().into_owned()))
    });
    let saved = saved.await;
    if saved.as_ref().is_err_and(|trouble| trouble.code == Cause::NotHere) {
        session.transfer_now()?;
    }
    saved
}

/// Puts files that were taken in onto a record.
#[tauri::command(async)]
#[specta::specta]
pub(in crate::window) fn add_files(session: State<'_, Session>, id: String, files: Vec<FileForm>) -> Answer<Written> {
    let attachments: Result<Vec<Attachment>, desk::Error> = files.iter().map(Attachment::try_from).collect();
    session.written(session.notebook()?.attach(record(&id)?, &attachments?)?)
}

/// Takes a photo or file off a record.
#[tauri::command(async)]
#[specta::specta]
pub(in crate::window) fn remove_file(session: State<'_, Session>, id: String, file: String) -> Answer<Written> {
    session.written(session.notebook()?.detach(record(&id)?, part(&file)?)?)
}

/// Says what is to be seen on a photo or file of a record.
#[tauri::command(async)]
#[specta::specta]
pub(in crate::window) fn describe_file(
    session: State<'_, Session>,
    id: String,
    file: String,
    caption: String,
) -> Answer<Written> {
    session.written(session.notebook()?.describe(record(&id)?, part(&file)?, &caption)?)
}
