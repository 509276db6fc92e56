//! The language a person chose, beside the notebook: it is needed before anything is unlocked.

use std::{fs, path::Path};

/// The languages the window speaks.
const SPOKEN: [&str; 2] = ["de", "en"];
const FILE: &str = "language";

/// What was chosen; `None` leaves it to the system.
pub(super) fn chosen(folder: &Path) -> Option<String> {
    let text = fs::read_to_string(folder.join(FILE)).ok()?;
    SPOKEN.contains(&text.trim()).then(|| text.trim().to_owned())
}

/// Remembers a choice; a language the window does not speak is left alone.
pub(super) fn choose(folder: &Path, language: &str) -> std::io::Result<()> {
    if SPOKEN.contains(&language) {
        fs::create_dir_all(folder)?;
        fs::write(folder.join(FILE), language)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_chosen_language_is_remembered() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        assert_eq!(chosen(folder.path()), None, "nothing was chosen yet");
        choose(folder.path(), "en").expect("the folder can be written to");
        assert_eq!(chosen(folder.path()).as_deref(), Some("en"), "the choice stays");
    }

    #[test]
    fn a_language_nobody_speaks_changes_nothing() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        choose(folder.path(), "../../elsewhere").expect("nothing is written");
        assert_eq!(chosen(folder.path()), None, "the system's language stays");
    }
}
