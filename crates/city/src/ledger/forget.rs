//! The forget log: what was forgotten and revoked, kept outside of every backup.
//!
//! One JSON line each, chained by the hash of the line before, with ids, fields and versions and never a word. It is on
//! the disk before a forgetting is acknowledged, so that a city restored from an older backup forgets again.

use crate::Error;
use domain::{At, DeviceId, RecordId};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::{
    collections::BTreeSet,
    fs::{self, OpenOptions},
    io::{self, BufRead, BufReader, Read, Seek, SeekFrom, Write},
    path::PathBuf,
};

/// What one line says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Forgotten {
    /// These records, or these fields of them, at these versions.
    Records {
        records: Vec<(RecordId, u64)>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        fields: Option<BTreeSet<String>>,
    },
    /// This device.
    Device { id: DeviceId },
    /// Nothing; the database has come so far.
    Position,
}

#[derive(Serialize, Deserialize)]
struct LogLine {
    prev: String,
    at: At,
    epoch: String,
    seq: u64,
    forgot: Forgotten,
}

/// The log's file.
pub(crate) struct ForgetLog {
    path: PathBuf,
}

/// A line of the log, seen from a database of one life.
pub(crate) struct Told {
    /// What it says.
    pub(crate) forgotten: Forgotten,
    /// Whether a later life of the city wrote it than the database's own, or one that it does not know.
    pub(crate) of_later_life: bool,
}

/// What a walk along the log found.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Walked {
    /// Lines.
    pub(crate) lines: usize,
    /// Epoch and place that the newest line names.
    pub(crate) newest: Option<(String, u64)>,
}

impl ForgetLog {
    pub(crate) fn at(path: PathBuf) -> Self {
        Self { path }
    }

    /// Epoch and place that the newest line names; `None` where nothing was ever forgotten.
    pub(crate) fn newest(&self) -> Result<Option<(String, u64)>, Error> {
        if !self.path.exists() {
            return Ok(None);
        }
        let failed = |source| Error::File {
            path: self.path.clone(),
            source,
        };
        let mut file = OpenOptions::new()
            .read(true)
            .append(true)
            .open(&self.path)
            .map_err(failed)?;
        file.lock().map_err(failed)?;
        let last = last_line(&mut file).map_err(failed)?;
        if last.is_empty() {
            return Ok(None);
        }
        let broken = |_| Error::ForgetLog { line: 0 };
        let line: LogLine = serde_json::from_str(last.trim_end()).map_err(broken)?;
        Ok(Some((line.epoch, line.seq)))
    }

    /// Appends a line and waits until it is on the disk.
    ///
    /// Several instances share one log, so the file is locked while the newest line is read and the next one written.
    pub(crate) fn append(&self, at: At, epoch: &str, seq: u64, forgot: Forgotten) -> Result<(), Error> {
        let failed = |source| Error::File {
            path: self.path.clone(),
            source,
        };
        let mut options = OpenOptions::new();
        options.read(true).append(true).create(true);
        #[cfg(unix)]
        {
            use std::os::unix::fs::OpenOptionsExt;
            options.mode(0o600);
        }
        let mut file = options.open(&self.path).map_err(failed)?;
        file.lock().map_err(failed)?;
        let last = last_line(&mut file).map_err(failed)?;
        let line = LogLine {
            prev: chain(&last),
            at,
            epoch: epoch.to_owned(),
            seq,
            forgot,
        };
        let text = serde_json::to_string(&line).expect("a line holds only ids, names and numbers");
        file.write_all(format!("{text}\n").as_bytes())
            .and_then(|()| file.sync_all())
            .map_err(failed)
    }

    /// Follows the chain from its first line.
    pub(crate) fn walk(&self) -> Result<Walked, Error> {
        let mut walked = Walked::default();
        self.each(|line| {
            walked = Walked {
                lines: walked.lines + 1,
                newest: Some((line.epoch, line.seq)),
            };
        })?;
        Ok(walked)
    }

    /// Everything that was forgotten, oldest first, seen from a database whose life is `own`.
    pub(crate) fn told(&self, own: &str) -> Result<Vec<Told>, Error> {
        let mut told = Vec::new();
        let mut begun = None;
        self.each(|line| {
            let is_own = line.epoch == own;
            if is_own {
                begun.get_or_insert(told.len());
            }
            if !matches!(line.forgot, Forgotten::Position) {
                told.push(Told {
                    forgotten: line.forgot,
                    of_later_life: !is_own,
                });
            }
        })?;
        // What was written before the own life began was taken into it.
        for line in &mut told[..begun.unwrap_or(0)] {
            line.of_later_life = false;
        }
        Ok(told)
    }

    fn each(&self, mut see: impl FnMut(LogLine)) -> Result<(), Error> {
        if !self.path.exists() {
            return Ok(());
        }
        let failed = |source| Error::File {
            path: self.path.clone(),
            source,
        };
        let mut prev = chain("");
        let reader = BufReader::new(fs::File::open(&self.path).map_err(failed)?);
        for (row, text) in (1..).zip(reader.lines()) {
            let text = text.map_err(failed)?;
            let broken = Error::ForgetLog { line: row };
            let line: LogLine = serde_json::from_str(&text).map_err(|_| Error::ForgetLog { line: row })?;
            if line.prev != prev {
                return Err(broken);
            }
            prev = chain(&text);
            see(line);
        }
        Ok(())
    }
}

fn chain(line: &str) -> String {
    hex::encode(Sha256::digest(line.trim_end_matches('\n').as_bytes()))
}

/// The last whole line, read from the back. A line that a power cut tore was never acknowledged and is cut off.
fn last_line(file: &mut fs::File) -> io::Result<String> {
    let length = file.seek(SeekFrom::End(0))?;
    let mut reach = 4_096;
    loop {
        let from = length.saturating_sub(reach);
        file.seek(SeekFrom::Start(from))?;
        let mut tail = Vec::new();
        file.read_to_end(&mut tail)?;
        let whole = tail.iter().rposition(|byte| *byte == b'\n').map_or(0, |end| end + 1);
        let start = tail[..whole.saturating_sub(1)].iter().rposition(|byte| *byte == b'\n');
        if start.is_none() && from > 0 {
            reach *= 8;
            continue;
        }
        file.set_len(from + whole as u64)?;
        let line = &tail[start.map_or(0, |end| end + 1)..whole];
        return Ok(String::from_utf8_lossy(line).into_owned());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_chain_holds_and_a_line_taken_out_breaks_it() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let log = ForgetLog::at(folder.path().join("forget.log"));
        let at = At::from_millis(0).expect("1970");
        for seq in 1..=4 {
            log.append(at, "e", seq, Forgotten::Position).expect("written");
        }
        let walked = log.walk().expect("unbroken");
        assert_eq!(
            walked,
            Walked {
                lines: 4,
                newest: Some(("e".to_owned(), 4))
            }
        );
        let text = fs::read_to_string(&log.path).expect("readable");
        let kept: Vec<&str> = text
            .lines()
            .enumerate()
            .filter(|(row, _)| *row != 1)
            .map(|(_, line)| line)
            .collect();
        fs::write(&log.path, kept.join("\n")).expect("writable");
        assert!(
            matches!(log.walk(), Err(Error::ForgetLog { line: 2 })),
            "the hole shows at the line after it"
        );
    }
}
