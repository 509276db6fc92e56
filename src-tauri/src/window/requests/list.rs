//! The list of requests. There are hundreds where there are thousands of conversations: each is looked at.

use super::{
    mark,
    shapes::{RequestRow, RequestsPage, RequestsShow, RequestsWish},
    today, trouble, understood,
};
use crate::{
    desk::Notebook,
    window::{linked::beginning, shapes::Cause, shapes::Trouble},
};
use chrono::NaiveDate;
use domain::{DistrictId, Kind, fold::fold, kinds};
use store::{Filter, Page, Stored};

/// More than one page of the store is never held at once.
const PAGE: usize = 1_000;
/// What a row has room for, in characters.
const TITLE: usize = 160;

pub(in crate::window) fn page(notebook: &Notebook, wish: &RequestsWish) -> Result<RequestsPage, Trouble> {
    let person = notebook.identity()?.person;
    let district: Option<DistrictId> = match &wish.district {
        Some(id) => Some(id.parse().map_err(|_| Trouble::of(Cause::Invalid))?),
        None => None,
    };
    let filter = Filter {
        district,
        ..Filter::of(Kind::Request)
    };
    let words: Vec<String> = wish.query.split_whitespace().map(fold).collect();
    let day = today();
    let mut found = RequestsPage {
        rows: Vec::new(),
        total: 0,
        open: 0,
        overdue: 0,
        untold: 0,
        any: false,
    };
    let mut after = None;
    loop {
        let page = Page { after, limit: PAGE };
        let stored = notebook
            .store()
            .read(|reading| reading.list(&filter, page))
            .map_err(trouble)?;
        after = stored.last().map(|last| last.key);
        for each in &stored {
            found.any = true;
            let Some(request) = understood(each) else { continue };
            if wish.mine && each.record.envelope.owner != person {
                continue;
            }
            let row = row(each, &request, day);
            found.open += u32::from(!row.closed);
            found.overdue += u32::from(row.overdue);
            found.untold += u32::from(row.untold);
            let status = wish.status.as_ref().is_none_or(|status| *status == row.status);
            if status && shows(wish.show, &row) && holds(&request, &words) {
                found.rows.push(row);
            }
        }
        if stored.len() < PAGE {
            break;
        }
    }
    found.total = u32::try_from(found.rows.len()).unwrap_or(u32::MAX);
    // The store answers newest first.
    if !wish.newest_first {
        found.rows.reverse();
    }
    found.rows.truncate(wish.limit as usize);
    Ok(found)
}

fn shows(show: RequestsShow, row: &RequestRow) -> bool {
    match show {
        RequestsShow::Open => !row.closed,
        RequestsShow::Overdue => row.overdue,
        RequestsShow::Untold => row.untold,
        RequestsShow::Closed => row.closed,
        RequestsShow::All => true,
    }
}

/// Whether every word stands somewhere in it, also inside a longer word.
fn holds(request: &kinds::Request, words: &[String]) -> bool {
    if words.is_empty() {
        return true;
    }
    let steps = request.steps.iter().flat_map(|step| [&step.whom, &step.text]);
    let texts = [&request.number, &request.place, &request.description, &request.result];
    let all: Vec<&str> = texts
        .into_iter()
        .chain(steps)
        .filter_map(|text| text.as_deref())
        .collect();
    let all = fold(&all.join("\n"));
    words.iter().all(|word| all.contains(word))
}

pub(super) fn row(stored: &Stored, request: &kinds::Request, today: NaiveDate) -> RequestRow {
    let envelope = &stored.record.envelope;
    let is_final = request.status.is_final();
    let until = request.closed_on.unwrap_or(today);
    RequestRow {
        id: envelope.id.to_string(),
        number: request.number.clone(),
        title: beginning(request.description.as_deref().unwrap_or_default(), TITLE),
        place: request.place.clone(),
        districts: envelope.districts.iter().map(ToString::to_string).collect(),
        category: request.category.clone(),
        status: request.status.as_str().to_owned(),
        received_on: request.received_on.to_string(),
        age_days: u32::try_from((until - request.received_on).num_days()).unwrap_or(0),
        due_on: request.due_on.map(|day| day.to_string()),
        overdue: !is_final && request.due_on.is_some_and(|due| due < today),
        untold: is_final && request.feedback.is_none(),
        closed: request.is_closed(),
        mark: mark(stored, request.variants.values().any(|open| !open.is_empty())),
    }
}
