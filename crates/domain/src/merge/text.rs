//! Texts, three ways by paragraph. A line is a paragraph: that is how editors and people end them.

use similar::{Algorithm, DiffOp, capture_diff_slices};

/// Texts of more paragraphs are one value: the diff's cost grows with their square.
const MOST_PARAGRAPHS: usize = 2_000;

/// One stretch of the base that a side replaced: base lines `from..to` became `with`.
#[derive(PartialEq)]
struct Hunk<'a> {
    from: usize,
    to: usize,
    with: &'a [&'a str],
}

/// Both sides' paragraphs; `None` where both changed the same one, so that no sentence is ever put together from two.
/// An insertion at the edge of a changed paragraph touches no paragraph.
pub(super) fn merge(base: &str, mine: &str, theirs: &str) -> Option<String> {
    let (base, mine, theirs) = (paragraphs(base), paragraphs(mine), paragraphs(theirs));
    if [&base, &mine, &theirs].iter().any(|side| side.len() > MOST_PARAGRAPHS) {
        return None;
    }
    let (mine, theirs) = (hunks(&base, &mine), hunks(&base, &theirs));
    let (mut mine, mut theirs) = (mine.iter().peekable(), theirs.iter().peekable());
    let mut merged: Vec<&str> = Vec::new();
    let mut done = 0;
    while mine.peek().is_some() || theirs.peek().is_some() {
        let hunk = match (mine.peek(), theirs.peek()) {
            (Some(m), Some(t)) if (m.from, m.to) == (t.from, t.to) => {
                let with = together(m, t)?;
                merged.extend(&base[done..m.from]);
                merged.extend(with);
                done = m.to;
                mine.next();
                theirs.next();
                continue;
            }
            (Some(m), Some(t)) if m.to <= t.from => mine.next(),
            (Some(m), Some(t)) if t.to <= m.from => theirs.next(),
            (Some(_), Some(_)) => return None,
            (Some(_), None) => mine.next(),
            (None, _) => theirs.next(),
        };
        if let Some(hunk) = hunk {
            merged.extend(&base[done..hunk.from]);
            merged.extend(hunk.with);
            done = hunk.to;
        }
    }
    merged.extend(&base[done..]);
    Some(merged.join("\n"))
}

fn paragraphs(text: &str) -> Vec<&str> {
    text.split('\n').collect()
}

fn hunks<'a>(base: &[&'a str], side: &'a [&'a str]) -> Vec<Hunk<'a>> {
    let ops = capture_diff_slices(Algorithm::Myers, base, side);
    ops.iter()
        .filter(|op| !matches!(op, DiffOp::Equal { .. }))
        .map(|op| Hunk {
            from: op.old_range().start,
            to: op.old_range().end,
            with: &side[op.new_range()],
        })
        .collect()
}

/// What becomes of the same stretch: equal edits are one, two insertions both stay, theirs first; anything else is the
/// same paragraph changed by both.
fn together<'a>(mine: &Hunk<'a>, theirs: &Hunk<'a>) -> Option<Vec<&'a str>> {
    let insertion = mine.from == mine.to;
    if mine.with == theirs.with || (insertion && theirs.with.starts_with(mine.with)) {
        Some(theirs.with.to_vec())
    } else if insertion && mine.with.starts_with(theirs.with) {
        Some(mine.with.to_vec())
    } else if insertion {
        Some([theirs.with, mine.with].concat())
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paragraphs_of_both_come_together() {
        assert_eq!(merge("a\nb\nc", "A\nb\nc", "a\nb\nC").as_deref(), Some("A\nb\nC"));
        assert_eq!(
            merge("a\nb", "A\nb", "a\nB").as_deref(),
            Some("A\nB"),
            "neighbouring paragraphs are two"
        );
        assert_eq!(merge("a", "a\nmine", "a\ntheirs").as_deref(), Some("a\ntheirs\nmine"));
        assert_eq!(merge("a\nb\nc", "a\nc", "a\nb\nc\nd").as_deref(), Some("a\nc\nd"));
        assert_eq!(
            merge("a", "a\nx", "a\nx\ny").as_deref(),
            Some("a\nx\ny"),
            "what both added stands once"
        );
    }

    #[test]
    fn an_insertion_beside_a_changed_paragraph_keeps_both() {
        assert_eq!(merge("a\nb", "a\nmine\nb", "a\nB").as_deref(), Some("a\nmine\nB"));
        assert_eq!(merge("a\nb", "a\nmine\nb", "A\nb").as_deref(), Some("A\nmine\nb"));
        assert_eq!(merge("a\nb", "A\nb", "a\ntheirs\nb").as_deref(), Some("A\ntheirs\nb"));
    }

    #[test]
    fn the_same_paragraph_changed_by_both_is_never_mixed() {
        assert_eq!(
            merge("Die Bank ist kaputt.", "Die Bank ist weg.", "Die Bank wackelt."),
            None
        );
        assert_eq!(merge("", "mine", "theirs"), None);
        assert_eq!(
            merge("a\nb\nc", "a\nc", "a\nB\nc"),
            None,
            "taken away by one, changed by the other"
        );
        assert_eq!(merge("a\nb\nc", "x\nc", "a\ny"), None, "overlapping stretches");
    }

    #[test]
    fn an_endless_text_is_one_value() {
        let long = "\n".repeat(MOST_PARAGRAPHS);
        assert_eq!(merge(&long, &format!("{long}a"), &format!("b{long}")), None);
    }
}
