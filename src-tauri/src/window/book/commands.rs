//! What the window may ask of address books.

#![expect(clippy::needless_pass_by_value, reason = "a command's arguments arrive owned")]

use super::{
    look, place,
    shapes::{BookShown, BookTaken, BookWish, BookWritten, Purpose},
};
use crate::{
    desk::{self, BookPreview, ConsentGiven, ContactsExport, Error, TakeContacts},
    window::{
        beside::beside,
        forms,
        session::Session,
        shapes::{Cause, Trouble},
    },
};
use base64::{Engine, prelude::BASE64_STANDARD};
use domain::kinds::{ConsentForm, Standing};
use tauri::{AppHandle, State};

type Answer<T> = Result<T, Trouble>;

/// Lets the person choose an address book and looks at it; nothing where they think better of it.
#[tauri::command]
#[specta::specta]
pub(in crate::window) async fn pick_book(app: AppHandle, session: State<'_, Session>) -> Answer<Option<BookShown>> {
    let notebook = session.notebook()?;
    let looked = beside(move || {
        let Some(path) = place::chosen(&app) else {
            return Ok(None);
        };
        notebook.preview_contacts(&path).map(Some).map_err(refused)
    });
    match looked.await? {
        Some(preview) => keep(&session, preview).map(Some),
        None => Ok(None),
    }
}

/// Looks at an address book that was dropped: its name, and its bytes as base64.
#[tauri::command]
#[specta::specta]
pub(in crate::window) async fn look_at_book(
    session: State<'_, Session>,
    name: String,
    bytes: String,
) -> Answer<BookShown> {
    let notebook = session.notebook()?;
    let looked = beside(move || {
        let bytes = BASE64_STANDARD.decode(bytes).map_err(|_| Trouble::of(Cause::NoBook))?;
        notebook.preview_book(&name, &bytes).map_err(refused)
    });
    keep(&session, looked.await?)
}

fn keep(session: &Session, preview: BookPreview) -> Answer<BookShown> {
    let shown = look::shown(&preview);
    session.book(|book| *book = Some(preview))?;
    Ok(shown)
}

/// Why a file cannot be taken in.
fn refused(error: Error) -> Trouble {
    match error {
        Error::Intake(intake::Error::TooLarge { .. }) => Trouble::of(Cause::BookTooLarge),
        Error::Intake(intake::Error::TooManyCards { .. } | intake::Error::TooManyRows { .. }) => {
            Trouble::of(Cause::BookTooMany)
        }
        Error::Intake(_) | Error::File { .. } => Trouble::of(Cause::NoBook),
        other => other.into(),
    }
}

/// Takes in what was chosen of the address book that was looked at, as one change.
#[tauri::command]
#[specta::specta]
pub(in crate::window) async fn take_book(session: State<'_, Session>, wish: BookWish) -> Answer<BookTaken> {
    let notebook = session.notebook()?;
    let wish = wanted(&wish)?;
    let preview = session.book(Option::take)?.ok_or(Trouble::of(Cause::Gone))?;
    let (preview, taken) = beside(move || {
        let taken = notebook.take_contacts(&preview, &wish);
        Ok((preview, taken))
    })
    .await?;
    let taken = match taken {
        Ok(taken) => taken,
        Err(error) => {
            // Nothing was taken: the person can mend it and try again.
            session.book(|book| *book = Some(preview))?;
            return Err(error.into());
        }
    };
    Ok(BookTaken {
        taken: u32::try_from(taken.taken).unwrap_or(u32::MAX),
        written: taken.written.map(|written| session.written(written)).transpose()?,
    })
}

fn wanted(wish: &BookWish) -> Answer<TakeContacts> {
    let chosen = wish.chosen.iter();
    let chosen = chosen.map(|choice| (choice.index as usize, Standing::from(choice.standing.as_str())));
    let chosen: Vec<(usize, Standing)> = chosen.collect();
    let has_resident = chosen.iter().any(|(_, standing)| *standing == Standing::Resident);
    let given_on = forms::day("given_on", &wish.given_on)?;
    Trouble::missing(&[
        ("purpose", has_resident && wish.purpose.trim().is_empty()),
        ("given_on", has_resident && given_on.is_none()),
    ])?;
    let district = forms::id("district", &wish.district)?;
    Ok(TakeContacts {
        chosen,
        districts: district.into_iter().map(Into::into).collect(),
        consent: given_on.filter(|_| has_resident).map(|given_on| ConsentGiven {
            purpose: wish.purpose.clone(),
            given_on,
            form: ConsentForm::from(wish.form.as_str()),
        }),
    })
}

/// Nothing of the file that was looked at stays.
#[tauri::command(async)]
#[specta::specta]
pub(in crate::window) fn drop_book(session: State<'_, Session>) -> Answer<()> {
    session.book(|book| *book = None)
}

/// What residents agreed to, so that one can choose for what the address book leaves.
#[tauri::command(async)]
#[specta::specta]
pub(in crate::window) fn consent_purposes(session: State<'_, Session>) -> Answer<Vec<Purpose>> {
    let purposes = session.notebook()?.consent_purposes()?;
    let purpose = |(name, count): (String, u64)| Purpose {
        name,
        count: u32::try_from(count).unwrap_or(u32::MAX),
    };
    Ok(purposes.into_iter().map(purpose).collect())
}

/// Writes the address book where the person says; nothing where they think better of it.
#[tauri::command]
#[specta::specta]
pub(in crate::window) async fn export_book(
    app: AppHandle,
    session: State<'_, Session>,
    purpose: Option<String>,
    language: String,
) -> Answer<Option<BookWritten>> {
    let notebook = session.notebook()?;
    beside(move || {
        let name = if language == "de" {
            "Kontakte.vcf"
        } else {
            "Contacts.vcf"
        };
        let Some(path) = place::target(&app, name)? else {
            return Ok(None);
        };
        let exported = notebook.export_contacts(&ContactsExport { purpose })?;
        desk::write_file(&path, &exported.bytes).map_err(|_| Trouble::of(Cause::Target))?;
        let count = |count: u64| u32::try_from(count).unwrap_or(u32::MAX);
        Ok(Some(BookWritten {
            name: path.file_name().unwrap_or_default().to_string_lossy().into_owned(),
            professionals: count(exported.professionals),
            residents: count(exported.residents),
            left: count(exported.left),
        }))
    })
    .await
}
