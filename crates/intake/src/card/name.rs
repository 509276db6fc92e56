//! What somebody is called, from the parts that programs keep of it.

use super::gathered::one_line;

/// A name as it was found.
#[derive(Default)]
pub(super) struct Naming {
    /// As the card shows it.
    pub(super) full: String,
    pub(super) prefix: String,
    pub(super) given: String,
    pub(super) middle: String,
    pub(super) family: String,
    pub(super) suffix: String,
}

/// A form of address is no part of a name where the rest of it is known.
const FORMS: [&str; 9] = ["herr", "frau", "hr", "fr", "mr", "mrs", "ms", "familie", "divers"];

/// The name as one would write it on a list: `Dr. Erika Kästner`, or `Frau Kästner` where nobody said more.
pub(super) fn display(naming: &Naming) -> String {
    let full = one_line(&naming.full);
    let (given, family) = (one_line(&naming.given), one_line(&naming.family));
    let prefix = one_line(&naming.prefix);
    let is_form = FORMS.contains(&prefix.trim_end_matches('.').to_lowercase().as_str());
    let prefix = if is_form && !given.is_empty() {
        String::new()
    } else {
        prefix
    };
    let parts = [
        prefix,
        given.clone(),
        one_line(&naming.middle),
        family.clone(),
        one_line(&naming.suffix),
    ];
    let built = parts
        .into_iter()
        .filter(|part| !part.is_empty())
        .collect::<Vec<_>>()
        .join(" ");
    let has_name = !given.is_empty() || !family.is_empty();
    // Outlook files people as "Kästner, Erika", and often shows them so too.
    let is_filed = has_name && full == format!("{family}, {given}");
    match (full.is_empty() || is_filed, has_name) {
        (true, true) => built,
        (true, false) => full,
        (false, _) => turned(&full),
    }
}

/// `Kästner, Erika` is `Erika Kästner`; a comma before anything longer is part of the name.
fn turned(full: &str) -> String {
    match full.split_once(", ") {
        Some((family, given))
            if !given.contains(',') && family.split(' ').count() <= 2 && given.split(' ').count() <= 2 =>
        {
            format!("{given} {family}")
        }
        _ => full.to_owned(),
    }
}
