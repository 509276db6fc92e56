//! Address books as tables: the CSV of Outlook, Google and Thunderbird, and lists that people keep in Excel.

use super::{
    Cards, LeftOut, SkippedCard,
    gathered::Gathered,
    heads::{Head, PostalPart, Says},
    place::{Postal, PostalKind},
};
use crate::{
    Error, Found, Notice,
    grid::{Cell, Grid, GridRow},
    limits, text, workbook,
};
use std::collections::BTreeMap;

/// Google writes several values of one field into one cell.
const SEVERAL: &str = " ::: ";

pub(super) fn read(bytes: &[u8]) -> Result<Cards, Error> {
    let grid = if workbook::is_workbook(bytes) {
        workbook::read(bytes)?
    } else {
        text::read(bytes, &known)?
    };
    let (header, heads) = heads(&grid)?;
    let mut cards = Cards {
        notices: unknown(&grid, header),
        ..Cards::default()
    };
    for row in grid.rows.iter().skip(header + 1).filter(|row| !row.is_empty()) {
        if cards.cards.len() + cards.skipped.len() == limits::MAX_CARDS {
            return Err(Error::TooManyCards {
                limit: limits::MAX_CARDS,
            });
        }
        match gather(row, &heads).finish(row.number) {
            Ok(draft) => cards.cards.push(draft),
            Err(why) => cards.skipped.push(SkippedCard { place: row.number, why }),
        }
    }
    Ok(cards)
}

/// How many columns of an address book a row names.
fn known(row: &GridRow) -> usize {
    let named = row.cells.iter().filter(|cell| Head::named(&cell.shown()).is_some());
    named.count()
}

/// The header is the row that names the most; somebody must be named by it, and one more thing be said of them.
fn heads(grid: &Grid) -> Result<(usize, Vec<Option<Head>>), Error> {
    let top = grid.rows.iter().take(limits::HEADER_ROWS).enumerate();
    let header = top.rev().max_by_key(|(_, row)| known(row)).map(|(index, _)| index);
    let header = header.ok_or(Error::NotAnAddressBook)?;
    let cells = &grid.rows[header].cells;
    let heads: Vec<Option<Head>> = cells.iter().map(|cell| Head::named(&cell.shown())).collect();
    let names = |head: &Head| matches!(head.says, Says::Full | Says::Family | Says::Organisation);
    if known(&grid.rows[header]) < 2 || !heads.iter().flatten().any(names) {
        return Err(Error::NotAnAddressBook);
    }
    Ok((header, heads))
}

/// Titles that mean nothing to us, above something that stays behind. Outlook has ninety columns, most of them empty.
fn unknown(grid: &Grid, header: usize) -> Vec<Notice> {
    let is_filled = |column: usize| {
        let below = grid.rows.iter().skip(header + 1);
        below
            .filter_map(|row| row.cells.get(column))
            .any(|cell| !cell.is_empty())
    };
    let titles = grid.rows[header].cells.iter().map(Cell::shown).enumerate();
    let left = titles.filter(|(column, title)| !title.is_empty() && Head::named(title).is_none() && is_filled(*column));
    left.map(|(_, title)| Notice::ColumnLeftOut {
        title: Found::new(&title),
    })
    .collect()
}

fn gather(row: &GridRow, heads: &[Option<Head>]) -> Gathered {
    let mut all = Gathered::default();
    let mut postal: BTreeMap<(PostalKind, u32), Postal> = BTreeMap::new();
    for (cell, head) in row.cells.iter().zip(heads) {
        let Some(head) = head else { continue };
        let cell = cell.shown();
        if cell.trim().is_empty() {
            continue;
        }
        let several = || cell.split(SEVERAL).map(str::to_owned);
        match head.says {
            Says::Full => all.naming.full = cell,
            Says::Prefix => all.naming.prefix = cell,
            Says::Given => all.naming.given = cell,
            Says::Middle => all.naming.middle = cell,
            Says::Family => all.naming.family = cell,
            Says::Suffix => all.naming.suffix = cell,
            Says::Organisation => all.organisation.insert(0, cell),
            Says::Department => all.organisation.push(cell),
            Says::Function => all.function.push(cell),
            Says::Phone => all.phones.extend(several()),
            Says::Email => all.emails.extend(several()),
            Says::Lists => all.lists.extend(lists(&cell)),
            Says::Postal(part) => {
                let place = postal.entry((head.postal, head.number)).or_default();
                match part {
                    PostalPart::Street if place.street.is_empty() => place.street = cell,
                    PostalPart::Street | PostalPart::Addition => {
                        place.addition = format!("{} {cell}", place.addition);
                    }
                    PostalPart::Number => place.number = cell,
                    PostalPart::Postcode => place.postcode = cell,
                    PostalPart::City => place.city = cell,
                    PostalPart::Country => place.country = cell,
                }
            }
            Says::Photo => all.leave(LeftOut::Photo),
            // Outlook writes a day that nobody gave as 0/0/00.
            Says::Birthday if cell.contains(|c: char| ('1'..='9').contains(&c)) => all.leave(LeftOut::Birthday),
            Says::Note => all.leave(LeftOut::Note),
            Says::Fax => all.leave(LeftOut::Fax),
            Says::Link => all.leave(LeftOut::Link),
            Says::Birthday | Says::Nothing => {}
        }
    }
    all.postal = postal.into_iter().map(|((kind, _), postal)| (kind, postal)).collect();
    all
}

/// Outlook parts its categories by semicolons, Google its labels by ` ::: ` and marks its own with a star.
fn lists(cell: &str) -> Vec<String> {
    let parts = cell.split(SEVERAL).flat_map(|part| part.split(';'));
    let own = parts.map(str::trim).filter(|part| !part.starts_with("* "));
    own.filter(|part| !part.is_empty()).map(str::to_owned).collect()
}
