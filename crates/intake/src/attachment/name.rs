//! What an attachment is called: our own name, made of the one it came with.

use unicode_normalization::UnicodeNormalization;

/// Characters of a name without its ending: every file system takes so many, also of four bytes each.
const MAX_CHARS: usize = 50;
/// Longer than any ending one meets.
const MAX_ENDING: usize = 8;
/// Where nothing is left of the name.
const UNNAMED: &str = "Anlage";

/// The last part of a path, as it is safe and honest to show and to save: no folder, no control sign, nothing that
/// turns the reading direction, no sign that a file system forbids. With `ending`, it ends on that.
pub fn clean(given: &str, ending: Option<&str>) -> String {
    let last = given.rsplit(['/', '\\']).next().unwrap_or_default();
    let kept: String = last.nfc().map(|c| if is_shown(c) { c } else { ' ' }).collect();
    let kept = kept.split_whitespace().collect::<Vec<_>>().join(" ");
    let (stem, own) = match kept.rsplit_once('.') {
        Some((stem, own)) if is_ending(own) => (stem, Some(own)),
        _ => (kept.as_str(), None),
    };
    let stem: String = stem.trim_matches(['.', ' ']).chars().take(MAX_CHARS).collect();
    let stem = if stem.is_empty() { UNNAMED } else { stem.trim_end() };
    match ending.or(own) {
        Some(ending) => format!("{stem}.{ending}"),
        None => stem.to_owned(),
    }
}

fn is_ending(text: &str) -> bool {
    !text.is_empty() && text.len() <= MAX_ENDING && text.bytes().all(|byte| byte.is_ascii_alphanumeric())
}

fn is_shown(c: char) -> bool {
    let hides = matches!(c, '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{FEFF}');
    !c.is_control() && !hides && !"<>:\"|?*".contains(c)
}

#[cfg(test)]
mod tests {
    use super::clean;

    #[test]
    fn a_name_is_never_a_path_and_hides_nothing() {
        assert_eq!(clean("/home/erika/Bilder/IMG_12.JPG", Some("jpg")), "IMG_12.jpg");
        assert_eq!(clean(r"C:\Users\Erika\Aushang.pdf", None), "Aushang.pdf");
        assert_eq!(clean("../..", None), "Anlage");
        assert_eq!(clean("", Some("png")), "Anlage.png");
        assert_eq!(
            clean("Protokoll\u{202E}fdp.exe", None),
            "Protokoll fdp.exe",
            "the ending stands at the end"
        );
        assert_eq!(clean("a\u{0}b\nc: d?.txt", None), "a b c d.txt");
        assert_eq!(clean(".bashrc", None), "Anlage.bashrc");
        assert!(clean(&"ä".repeat(900), None).len() <= 200);
    }
}
