//! What a preview looks like in the window.

use super::shapes::{
    BookAlike, BookKnown, BookLeft, BookLeftWhat, BookRow, BookShared, BookShown, BookSkipped, BookWhy,
};
use crate::desk::{Alike, BookPreview, Known, Previewed};
use domain::{alike::Shared, kinds::Contact};
use intake::{
    Notice,
    card::{CardWhy, LeftOut},
};

pub(super) fn shown(preview: &BookPreview) -> BookShown {
    let columns = preview.notices.iter().filter_map(|notice| match notice {
        Notice::ColumnLeftOut { title } => Some(title.as_str().to_owned()),
        Notice::TimeTwice { .. } => None,
    });
    let skipped = preview.skipped.iter().map(|skipped| BookSkipped {
        place: skipped.place,
        why: match skipped.why {
            CardWhy::NoName => BookWhy::NoName,
            CardWhy::Group => BookWhy::Group,
            CardWhy::Twice => BookWhy::Twice,
        },
    });
    BookShown {
        source: preview.source.clone(),
        rows: (0..)
            .zip(&preview.cards)
            .map(|(index, card)| row(index, card))
            .collect(),
        skipped: skipped.collect(),
        columns: columns.collect(),
    }
}

fn row(index: u32, card: &Previewed) -> BookRow {
    let contact = &card.draft.contact;
    BookRow {
        index,
        contact_type: contact.contact_type.as_str().to_owned(),
        by_office: card.draft.is_by_office(),
        name: contact.name.clone(),
        said: said(contact),
        known: match card.known {
            Known::New => BookKnown::New,
            Known::Here => BookKnown::Here,
            Known::Erased => BookKnown::Erased,
        },
        alike: card.alike.iter().map(alike).collect(),
        left_out: card.draft.left_out.iter().map(left).collect(),
    }
}

/// In the order in which a card shows it.
fn said(contact: &Contact) -> Vec<String> {
    let address = contact.address.as_ref().map(|address| {
        let line = |parts: [&Option<String>; 2]| {
            let parts: Vec<&str> = parts.into_iter().flatten().map(String::as_str).collect();
            parts.join(" ")
        };
        let lines = [
            line([&address.street, &address.number]),
            line([&address.addition, &None]),
            line([&address.postcode, &address.city]),
        ];
        let lines: Vec<String> = lines.into_iter().filter(|line| !line.is_empty()).collect();
        lines.join(", ")
    });
    let one = [contact.function.clone(), contact.organisation.clone()];
    let several = [&contact.phones, &contact.emails].into_iter().flatten().cloned();
    let lists = contact.distribution_lists.iter().cloned();
    one.into_iter()
        .flatten()
        .chain(several)
        .chain(address)
        .chain(lists)
        .collect()
}

fn alike(alike: &Alike) -> BookAlike {
    let shared = alike.shared.iter().map(|shared| match shared {
        Shared::Email => BookShared::Email,
        Shared::Phone => BookShared::Phone,
        Shared::Name => BookShared::Name,
    });
    BookAlike {
        name: alike.name.clone(),
        in_file: alike.id.is_none(),
        shared: shared.collect(),
    }
}

fn left(left: &LeftOut) -> BookLeft {
    let (what, found) = match left {
        LeftOut::Photo => (BookLeftWhat::Photo, ""),
        LeftOut::Birthday => (BookLeftWhat::Birthday, ""),
        LeftOut::Note => (BookLeftWhat::Note, ""),
        LeftOut::Address => (BookLeftWhat::Address, ""),
        LeftOut::Fax => (BookLeftWhat::Fax, ""),
        LeftOut::Link => (BookLeftWhat::Link, ""),
        LeftOut::Cut => (BookLeftWhat::Cut, ""),
        LeftOut::Email { found } => (BookLeftWhat::Email, found.as_str()),
        LeftOut::Phone { found } => (BookLeftWhat::Phone, found.as_str()),
    };
    BookLeft {
        what,
        found: found.to_owned(),
    }
}
