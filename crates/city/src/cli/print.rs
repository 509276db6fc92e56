//! Answers on stdout: one JSON document, or lines for a person.

use serde::Serialize;
use std::io::Write;

use super::tongue::Tongue;

/// How this call wants its answer.
#[derive(Clone, Copy)]
pub(super) struct Printer {
    pub(super) json: bool,
    pub(super) tongue: Tongue,
}

impl Printer {
    /// The JSON document, or the words for a person.
    pub(super) fn print(self, value: &impl Serialize, words: impl FnOnce(Tongue) -> String) {
        let text = if self.json {
            serde_json::to_string(value).expect("answers hold only strings and numbers")
        } else {
            words(self.tongue)
        };
        Self::line(&text);
    }

    /// One line on stdout, there at once.
    pub(super) fn line(text: &str) {
        let mut out = std::io::stdout().lock();
        // Whoever closed the pipe wants no more answer.
        let _ = writeln!(out, "{text}").and_then(|()| out.flush());
    }

    /// A message on stderr.
    pub(super) fn complain(text: &str) {
        let _ = writeln!(std::io::stderr().lock(), "city: {text}");
    }
}

/// Rows under headings, each column as wide as its longest cell.
pub(super) fn table<const N: usize>(headings: [&str; N], rows: &[[String; N]]) -> String {
    let mut widths = headings.map(|heading| heading.chars().count());
    for row in rows {
        for (width, cell) in widths.iter_mut().zip(row) {
            *width = (*width).max(cell.chars().count());
        }
    }
    let line = |cells: [&str; N]| {
        let padded: Vec<_> = cells
            .iter()
            .zip(widths)
            .map(|(cell, width)| format!("{cell:width$}"))
            .collect();
        padded.join("  ").trim_end().to_owned()
    };
    let lines: Vec<_> = std::iter::once(line(headings))
        .chain(
            rows.iter()
                .map(|row| line(std::array::from_fn(|column| row[column].as_str()))),
        )
        .collect();
    lines.join("\n")
}
