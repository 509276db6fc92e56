//! The first screen comes with the page: what it would ask first is worked out while the web view starts.

use super::{
    session::Session,
    shapes::{Choices, Stage, Standing, Trouble},
    talks::{
        self,
        shapes::{TalkDraft, TalkList},
    },
};
use serde::Serialize;
use specta::Type;
use std::{
    borrow::Cow,
    mem,
    sync::{Mutex, MutexGuard, PoisonError},
};
use tauri::http::{Request, Response, header};

/// So many rows the list begins with.
pub(super) const ROWS: u32 = 50;

/// The answers to the page's first questions. Absent where the notebook is not open. No Debug: it holds notes.
#[derive(Serialize, Type)]
pub(super) struct First {
    /// How things stand.
    standing: Standing,
    /// Who works here, and what they may choose from.
    choices: Option<Choices>,
    /// What was typed and not finished.
    drafts: Option<Vec<TalkDraft>>,
    /// The list without a filter, and its first rows.
    list: Option<TalkList>,
}

/// The first answers until the page takes them along. Once it came nothing is kept: a page that comes again asks.
#[derive(Default)]
pub(super) struct Ahead(Mutex<Step>);

#[derive(Default)]
enum Step {
    #[default]
    Working,
    /// As a part of the page, and how things stood then.
    Ready(Standing, String),
    Over,
}

impl Ahead {
    /// Opens the notebook, where a file or the keychain opens it, and works the answers out.
    pub(super) fn work_out(&self, session: &Session) {
        let first = First::of(session);
        let Ok(part) = first.as_part() else { return };
        let mut step = self.step();
        if matches!(*step, Step::Working) {
            *step = Step::Ready(first.standing, part);
        }
    }

    /// Puts the answers into the page. The page asks for what is not ready yet, or no longer true.
    pub(super) fn hand_over(&self, session: &Session, asked: &Request<Vec<u8>>, page: &mut Response<Cow<'_, [u8]>>) {
        if !matches!(asked.uri().path(), "" | "/" | "/index.html") {
            return;
        }
        let Step::Ready(standing, part) = mem::replace(&mut *self.step(), Step::Over) else {
            return;
        };
        let body = page.body();
        let Some(end) = body.windows(END.len()).rposition(|bytes| bytes == END) else {
            return;
        };
        if session.standing() != standing {
            return;
        }
        let whole = [&body[..end], part.as_bytes(), &body[end..]].concat();
        *page.body_mut() = whole.into();
        let never = header::HeaderValue::from_static("no-store");
        page.headers_mut().insert(header::CACHE_CONTROL, never);
    }

    /// Whoever panicked left one of the steps.
    fn step(&self) -> MutexGuard<'_, Step> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

const END: &[u8] = b"</body>";

impl First {
    fn of(session: &Session) -> Self {
        let standing = session.standing();
        let is_open = standing.stage == Stage::Open;
        let list = || talks::first(&session.notebook()?, ROWS);
        Self {
            choices: told(is_open, || session.choices()),
            drafts: told(is_open, || session.talk_drafts()),
            list: told(is_open, list),
            standing,
        }
    }

    /// A part of a page that no page runs and that nothing written in a note can end.
    fn as_part(&self) -> serde_json::Result<String> {
        let text = serde_json::to_string(self)?.replace('<', "\\u003c");
        Ok(format!(r#"<script type="application/json" id="first">{text}</script>"#))
    }
}

/// The page asks again for what could not be answered, and shows why.
fn told<T>(is_open: bool, answer: impl FnOnce() -> Result<T, Trouble>) -> Option<T> {
    is_open.then(answer)?.ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::window::{news::ToWindow, talks::shapes::TalkRow};
    use std::{path::Path, sync::Arc};

    const PAGE: &str = "<html><body><div></div></body></html>";

    fn session(folder: &Path) -> Session {
        Session::new(folder.to_owned(), None, Arc::new(ToWindow::default()))
    }

    /// What comes of a request at this address.
    fn asked(ahead: &Ahead, session: &Session, address: &str) -> String {
        let request = Request::builder().uri(address).body(Vec::new()).expect("an address");
        let mut page = Response::new(Cow::Borrowed(PAGE.as_bytes()));
        ahead.hand_over(session, &request, &mut page);
        String::from_utf8(page.into_body().into_owned()).expect("UTF-8")
    }

    #[test]
    fn the_answers_come_with_the_page_and_only_once() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let (ahead, session) = (Ahead::default(), session(folder.path()));
        ahead.work_out(&session);
        assert_eq!(asked(&ahead, &session, "tauri://localhost/assets/a.js"), PAGE);
        let page = asked(&ahead, &session, "tauri://localhost");
        assert!(page.contains(r#"id="first">{"standing":{"stage":"fresh""#), "{page}");
        assert!(page.ends_with("</script></body></html>"), "{page}");
        assert_eq!(
            asked(&ahead, &session, "tauri://localhost"),
            PAGE,
            "a page that comes again asks"
        );
    }

    #[test]
    fn what_is_not_ready_or_no_longer_true_is_asked_for() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let (late, session) = (Ahead::default(), session(folder.path()));
        assert_eq!(asked(&late, &session, "tauri://localhost"), PAGE);
        late.work_out(&session);
        assert!(
            matches!(*late.step(), Step::Over),
            "nothing of a note is kept for nobody"
        );

        let stale = Ahead::default();
        stale.work_out(&session);
        session.choose_language("en");
        assert_eq!(asked(&stale, &session, "tauri://localhost"), PAGE);
    }

    #[test]
    fn nothing_written_in_a_note_ends_its_part_of_the_page() {
        let row = TalkRow {
            text: "</script><script>alert(1)</script><!--".into(),
            ..TalkRow::default()
        };
        let first = First {
            standing: Standing {
                stage: Stage::Open,
                language: None,
                restored: false,
                ended: None,
            },
            choices: None,
            drafts: None,
            list: Some(TalkList {
                days: Vec::new(),
                rows: vec![row],
                all: 1,
                months: Vec::new(),
            }),
        };
        let part = first.as_part().expect("JSON");
        let text = part
            .strip_prefix(r#"<script type="application/json" id="first">"#)
            .and_then(|part| part.strip_suffix("</script>"))
            .expect("one part");
        assert!(!text.contains('<'), "{text}");
        let read: serde_json::Value = serde_json::from_str(text).expect("JSON");
        assert_eq!(
            read["list"]["rows"][0]["text"],
            "</script><script>alert(1)</script><!--"
        );
    }
}
