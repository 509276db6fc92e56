//! What the window may ask of the address book.

#![expect(clippy::needless_pass_by_value, reason = "a command's arguments arrive owned")]

use super::{
    form,
    shapes::{Contact, ContactEdit, ContactForm, ContactsPage, ContactsWish},
};
use crate::window::{
    drafts::{self, DraftRow},
    forms::{self, Target},
    session::Session,
    shapes::{Cause, Trouble},
    written::Written,
};
use domain::Kind;
use tauri::State;

type Answer<T> = Result<T, Trouble>;

/// Cards by name.
#[tauri::command(async)]
#[specta::specta]
pub(in crate::window) fn contacts(session: State<'_, Session>, wish: ContactsWish) -> Answer<ContactsPage> {
    super::page(&session.notebook()?, &wish)
}

/// One card; nothing if it is no longer here.
#[tauri::command(async)]
#[specta::specta]
pub(in crate::window) fn contact(session: State<'_, Session>, id: String) -> Answer<Option<Contact>> {
    let id = id.parse().map_err(|_| Trouble::of(Cause::Invalid))?;
    super::one(&session.notebook()?, id)
}

/// The form of a card, or of a new one (`new`).
#[tauri::command(async)]
#[specta::specta]
pub(in crate::window) fn open_contact(session: State<'_, Session>, id: String) -> Answer<ContactEdit> {
    let notebook = session.notebook()?;
    let target = Target::read::<ContactForm>(&id)?;
    let opened = forms::open(&notebook, &target, || form::blank(&notebook))?;
    Ok(ContactEdit {
        form: opened.form,
        typed: opened.typed,
    })
}

/// Keeps what was typed so far; nothing given drops it.
#[tauri::command(async)]
#[specta::specta]
pub(in crate::window) fn keep_contact(
    session: State<'_, Session>,
    id: String,
    form: Option<ContactForm>,
) -> Answer<()> {
    forms::keep(&session.notebook()?, &Target::read::<ContactForm>(&id)?, form.as_ref())
}

/// One change of what was typed.
#[tauri::command(async)]
#[specta::specta]
pub(in crate::window) fn save_contact(session: State<'_, Session>, id: String, form: ContactForm) -> Answer<Written> {
    forms::finish(&session, &Target::read::<ContactForm>(&id)?, &form)
}

/// Cards somebody began and did not finish.
#[tauri::command(async)]
#[specta::specta]
pub(in crate::window) fn contact_drafts(session: State<'_, Session>) -> Answer<Vec<DraftRow>> {
    drafts::of(&session.notebook()?, &Kind::Contact, |form: &ContactForm| {
        form.name.clone()
    })
}

/// Notes that a consent was taken back; the last one takes a resident's card to the trash.
#[tauri::command(async)]
#[specta::specta]
pub(in crate::window) fn withdraw_consent(session: State<'_, Session>, id: String, consent: String) -> Answer<Written> {
    let invalid = || Trouble::of(Cause::Invalid);
    let card = id.parse().map_err(|_| invalid())?;
    let consent = consent.parse().map_err(|_| invalid())?;
    super::withdraw::withdraw(&session, card, consent)
}

/// Puts a request or a card into the trash; it can be taken back.
#[tauri::command(async)]
#[specta::specta]
pub(in crate::window) fn put_away(session: State<'_, Session>, id: String) -> Answer<Written> {
    drafts::put_away(&session, &id)
}
