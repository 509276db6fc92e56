//! How large everything is shown. The web view enlarges its page itself; here is how far, and that it stays so.

#![expect(clippy::needless_pass_by_value, reason = "a command's arguments arrive owned")]

use super::{preferences, session::Session};
use serde::Deserialize;
use specta::Type;
use tauri::{State, WebviewWindow};

/// The steps of browsers, in percent: 200 and 400 are those of WCAG 1.4.4 and 1.4.10.
const STEPS: [u32; 12] = [50, 67, 80, 90, 100, 110, 125, 150, 200, 250, 300, 400];
const USUAL: u32 = 100;

/// What somebody wishes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub(super) enum Size {
    /// The next step up.
    Larger,
    /// The next step down.
    Smaller,
    /// As it came.
    Usual,
}

impl Size {
    fn from(self, now: u32) -> u32 {
        match self {
            Self::Usual => Some(USUAL),
            Self::Larger => STEPS.into_iter().find(|step| *step > now),
            Self::Smaller => STEPS.into_iter().rev().find(|step| *step < now),
        }
        .unwrap_or(now)
    }
}

/// Shows everything larger or smaller, now and from the next start on; answers how large, in percent.
#[tauri::command(async)]
#[specta::specta]
pub(super) fn resize(window: WebviewWindow, session: State<'_, Session>, size: Size) -> u32 {
    let percent = size.from(chosen(session.folder()));
    apply(&window, percent);
    // A folder that cannot be written to keeps nobody from reading now.
    let _ = preferences::set_size(session.folder(), percent);
    percent
}

/// How large it was last, in percent.
pub(super) fn chosen(folder: &std::path::Path) -> u32 {
    preferences::size(folder)
        .filter(|percent| STEPS.contains(percent))
        .unwrap_or(USUAL)
}

/// A web view that cannot be enlarged shows its page as it is.
pub(super) fn apply(window: &WebviewWindow, percent: u32) {
    let _ = window.set_zoom(f64::from(percent) / 100.0);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_goes_step_by_step_up_to_four_times_and_back() {
        let mut now = USUAL;
        for _ in 0..20 {
            now = Size::Larger.from(now);
        }
        assert_eq!(now, 400, "WCAG 1.4.10 reads at 400 percent");
        assert_eq!(Size::Smaller.from(now), 300);
        assert_eq!(Size::Usual.from(now), USUAL);
        assert_eq!(Size::Smaller.from(50), 50, "no smaller than anybody reads");
    }

    #[test]
    fn a_size_that_is_no_step_is_the_usual_one() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        assert_eq!(chosen(folder.path()), USUAL);
        preferences::set_size(folder.path(), 200).expect("the folder can be written to");
        assert_eq!(chosen(folder.path()), 200);
        preferences::set_size(folder.path(), 0).expect("the folder can be written to");
        assert_eq!(chosen(folder.path()), USUAL, "nothing vanishes");
    }
}
