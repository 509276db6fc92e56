//! Contacts in from an address book, and out as one.

use super::{
    answer::Answer,
    args::{Consented, ExportContacts, ImportContacts},
    book_words,
};
use crate::desk::{self, BookPreview, ConsentGiven, ContactsExport, Error, Known, Notebook, Previewed, TakeContacts};
use domain::kinds::{ConsentForm, Standing};
use intake::card::{CardWhy, LeftOut};
use serde::Serialize;
use serde_json::{Value, json};

/// Why a card of the file is not taken. No Debug: it may name somebody.
#[derive(Clone, PartialEq, Eq)]
pub(super) enum Skipped {
    /// The file itself says nobody.
    Card(CardWhy),
    /// Neither function nor organisation, and no consent was named.
    NeedsConsent,
    /// Probably in the notebook already: whose card, and what both share.
    Alike(desk::Alike),
}

/// What was looked at, and what of it is to be taken.
struct Plan {
    wish: TakeContacts,
    skipped: Vec<(u32, Skipped)>,
    left_out: Vec<(u32, Vec<LeftOut>)>,
    /// How many were here already, and how many erased.
    again: u64,
    erased: u64,
}

pub(super) fn import(call: &ImportContacts, notebook: &Notebook) -> Result<Answer, Error> {
    let preview = notebook.preview_contacts(&call.file)?;
    let mut plan = plan(call, &preview);
    plan.wish.districts = notebook.districts(&call.district)?;
    let taken = if call.dry_run {
        plan.wish.chosen.len() as u64
    } else {
        notebook.take_contacts(&preview, &plan.wish)?.taken
    };
    let document = json!({
        "taken": taken,
        "again": plan.again,
        "erased": plan.erased,
        "skipped": plan.skipped.iter().map(skipped).collect::<Vec<_>>(),
        "left_out": plan.left_out.iter().map(|(row, what)| json!({"row": row, "what": what})).collect::<Vec<_>>(),
        "notices": preview.notices,
    });
    let (again, erased, dry_run) = (plan.again, plan.erased, call.dry_run);
    Ok(Answer::new(document, move |language| {
        let skipped = plan
            .skipped
            .iter()
            .map(|(row, why)| book_words::skipped(*row, why, language));
        let left_out = plan
            .left_out
            .iter()
            .map(|(row, what)| book_words::left_out(*row, what, language));
        let notices = preview
            .notices
            .iter()
            .map(|notice| super::rows::notice(notice, language));
        let sum = super::message::Message::Imported {
            taken,
            again,
            erased,
            skipped: plan.skipped.len(),
            dry_run,
        };
        skipped
            .chain(left_out)
            .chain(notices)
            .chain([sum.say(language)])
            .collect()
    }))
}

fn plan(call: &ImportContacts, preview: &BookPreview) -> Plan {
    let consent = call.consent.as_ref().zip(call.consent_on);
    let consent = consent.map(|(purpose, given_on)| ConsentGiven {
        purpose: purpose.clone(),
        given_on,
        form: match call.consent_form {
            Consented::Written => ConsentForm::Written,
            Consented::Spoken => ConsentForm::Spoken,
        },
    });
    let mut plan = Plan {
        skipped: preview
            .skipped
            .iter()
            .map(|card| (card.place, Skipped::Card(card.why)))
            .collect(),
        left_out: Vec::new(),
        again: 0,
        erased: 0,
        wish: TakeContacts {
            consent,
            ..TakeContacts::default()
        },
    };
    for (place, card) in preview.cards.iter().enumerate() {
        plan.look(place, card, call.also_alike);
    }
    plan.skipped.sort_by_key(|(row, _)| *row);
    plan
}

impl Plan {
    fn look(&mut self, place: usize, card: &Previewed, also_alike: bool) {
        let row = card.draft.place;
        match card.known {
            Known::Here => return self.again += 1,
            Known::Erased => return self.erased += 1,
            Known::New => {}
        }
        let standing = if card.draft.is_by_office() {
            Standing::Professional
        } else {
            Standing::Resident
        };
        if standing == Standing::Resident && self.wish.consent.is_none() {
            return self.skipped.push((row, Skipped::NeedsConsent));
        }
        if let Some(alike) = card.alike.first().filter(|_| !also_alike) {
            return self.skipped.push((row, Skipped::Alike(alike.clone())));
        }
        if !card.draft.left_out.is_empty() {
            self.left_out.push((row, card.draft.left_out.clone()));
        }
        self.wish.chosen.push((place, standing));
    }
}

fn skipped((row, why): &(u32, Skipped)) -> Value {
    match why {
        Skipped::Card(why) => json!({"row": row, "why": why}),
        Skipped::NeedsConsent => json!({"row": row, "why": "needs_consent"}),
        Skipped::Alike(alike) => json!({"row": row, "why": "alike", "with": alike.id, "shared": alike.shared}),
    }
}

pub(super) fn export(call: &ExportContacts, notebook: &Notebook) -> Result<Answer, Error> {
    #[derive(Serialize)]
    struct Written {
        out: std::path::PathBuf,
        professionals: u64,
        residents: u64,
        left: u64,
    }
    let exported = notebook.export_contacts(&ContactsExport {
        purpose: call.purpose.clone(),
    })?;
    desk::write_file(&call.out, &exported.bytes)?;
    let written = Written {
        out: call.out.clone(),
        professionals: exported.professionals,
        residents: exported.residents,
        left: exported.left,
    };
    let file = call.out.display().to_string();
    Ok(Answer::new(written, move |language| {
        vec![book_words::exported(&exported, &file, language)]
    }))
}
