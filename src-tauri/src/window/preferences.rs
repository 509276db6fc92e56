//! What a person chose for this device, beside the notebook: some of it is needed before anything is unlocked.

use std::{fs, io, path::Path};

/// The languages the window speaks.
const SPOKEN: [&str; 2] = ["de", "en"];
const LANGUAGE: &str = "language";

const SIZE: &str = "size-percent";

const IDLE: &str = "lock-after-minutes";
/// A coffee, not a meeting.
const IDLE_MINUTES: u32 = 10;
/// Longer than a working day is as good as never, and says so.
const MOST_IDLE_MINUTES: u32 = 8 * 60;

/// The language that was chosen; `None` leaves it to the system.
pub(super) fn language(folder: &Path) -> Option<String> {
    let text = read(folder, LANGUAGE)?;
    SPOKEN.contains(&text.as_str()).then_some(text)
}

/// Remembers a language; one the window does not speak is left alone.
pub(super) fn set_language(folder: &Path, language: &str) -> io::Result<()> {
    if SPOKEN.contains(&language) {
        write(folder, LANGUAGE, language)?;
    }
    Ok(())
}

/// After so many minutes without a key the notebook locks; 0: never by itself.
pub(super) fn idle_minutes(folder: &Path) -> u32 {
    let chosen = read(folder, IDLE).and_then(|text| text.parse().ok());
    chosen.map_or(IDLE_MINUTES, |minutes: u32| minutes.min(MOST_IDLE_MINUTES))
}

/// Remembers after how many minutes it locks.
pub(super) fn set_idle_minutes(folder: &Path, minutes: u32) -> io::Result<()> {
    write(folder, IDLE, &minutes.min(MOST_IDLE_MINUTES).to_string())
}

/// How large everything is shown, in percent.
pub(super) fn size(folder: &Path) -> Option<u32> {
    read(folder, SIZE)?.parse().ok()
}

/// Remembers how large everything is shown.
pub(super) fn set_size(folder: &Path, percent: u32) -> io::Result<()> {
    write(folder, SIZE, &percent.to_string())
}

fn read(folder: &Path, name: &str) -> Option<String> {
    let text = fs::read_to_string(folder.join(name)).ok()?;
    Some(text.trim().to_owned())
}

fn write(folder: &Path, name: &str, text: &str) -> io::Result<()> {
    fs::create_dir_all(folder)?;
    fs::write(folder.join(name), text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_chosen_language_is_remembered() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        assert_eq!(language(folder.path()), None, "nothing was chosen yet");
        set_language(folder.path(), "en").expect("the folder can be written to");
        assert_eq!(language(folder.path()).as_deref(), Some("en"), "the choice stays");
    }

    #[test]
    fn a_language_nobody_speaks_changes_nothing() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        set_language(folder.path(), "../../elsewhere").expect("nothing is written");
        assert_eq!(language(folder.path()), None, "the system's language stays");
    }

    #[test]
    fn the_time_until_it_locks_is_remembered_and_has_an_end() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        assert_eq!(idle_minutes(folder.path()), IDLE_MINUTES, "nothing was chosen yet");
        set_idle_minutes(folder.path(), 30).expect("the folder can be written to");
        assert_eq!(idle_minutes(folder.path()), 30);
        set_idle_minutes(folder.path(), u32::MAX).expect("the folder can be written to");
        assert_eq!(idle_minutes(folder.path()), MOST_IDLE_MINUTES);
        fs::write(folder.path().join(IDLE), "bald").expect("the folder can be written to");
        assert_eq!(idle_minutes(folder.path()), IDLE_MINUTES, "no number is no choice");
    }
}
