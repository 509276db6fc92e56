//! The table that `make bench` prints.

use std::time::Duration;

/// One row: what was measured, beside its target and a baseline of the same run.
pub(crate) struct Row {
    /// What was done.
    pub(crate) work: String,
    /// The figure, with its unit.
    pub(crate) figure: String,
    /// The baseline of the same run, with its unit; empty where the target names none.
    pub(crate) baseline: String,
    /// Figure divided by baseline.
    pub(crate) ratio: Option<f64>,
    /// The target of `docs/performance.md`.
    pub(crate) target: String,
    /// Whether the target was reached; `None` where no target is set.
    pub(crate) reached: Option<bool>,
}

/// Prints the rows as a table that reads in a terminal and in a note alike.
pub(crate) fn print(rows: &[Row]) {
    println!("| work | figure | baseline of this run | ratio | target | reached |");
    println!("| --- | --- | --- | --- | --- | --- |");
    for row in rows {
        println!("{}", line(row));
    }
}

/// One row as a line.
pub(crate) fn line(row: &Row) -> String {
    let ratio = row.ratio.map_or(String::from("-"), |r| format!("{r:.2}x"));
    let reached = match row.reached {
        Some(true) => "yes",
        Some(false) => "NO",
        None => "-",
    };
    let baseline = if row.baseline.is_empty() { "-" } else { &row.baseline };
    format!(
        "| {} | {} | {} | {} | {} | {} |",
        row.work, row.figure, baseline, ratio, row.target, reached
    )
}

/// A duration in the unit a person would choose.
pub(crate) fn time(duration: Duration) -> String {
    let micros = duration.as_secs_f64() * 1e6;
    match micros {
        m if m < 1_000.0 => format!("{m:.0} µs"),
        m if m < 1_000_000.0 => format!("{:.2} ms", m / 1e3),
        m => format!("{:.2} s", m / 1e6),
    }
}

/// The value below which `share` of the sorted samples lie.
pub(crate) fn percentile(samples: &mut [Duration], share: f64) -> Duration {
    samples.sort_unstable();
    samples[((samples.len() - 1) as f64 * share).round() as usize]
}

/// The median.
pub(crate) fn median(samples: &mut [Duration]) -> Duration {
    percentile(samples, 0.5)
}
