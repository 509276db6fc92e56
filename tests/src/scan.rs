//! Looks for a word in every file below a folder, however it may have been written.

use base64::{
    Engine,
    prelude::{BASE64_STANDARD_NO_PAD, BASE64_URL_SAFE_NO_PAD},
};
use std::{
    fs,
    io::Read,
    path::{Path, PathBuf},
};

/// The first bytes of a zstd frame.
const ZSTD: [u8; 4] = [0x28, 0xB5, 0x2F, 0xFD];

/// Where a word was found, and how it was written there.
#[derive(Debug, PartialEq, Eq)]
pub struct Trace {
    /// The file.
    pub file: PathBuf,
    /// The form it was found in.
    pub form: String,
}

/// A word in all the forms in which it may lie in a file.
pub struct Scanner {
    forms: Vec<(&'static str, Vec<u8>)>,
}

impl Scanner {
    /// Looks for this word: as UTF-8, UTF-16 in both byte orders, and base64 in its three alignments and two alphabets.
    pub fn of(word: &str) -> Self {
        let mut forms = vec![
            ("UTF-8", word.as_bytes().to_vec()),
            ("UTF-16LE", word.encode_utf16().flat_map(u16::to_le_bytes).collect()),
            ("UTF-16BE", word.encode_utf16().flat_map(u16::to_be_bytes).collect()),
        ];
        for before in 0..3 {
            forms.push((
                "base64",
                inside_base64(word, before, |bytes| BASE64_STANDARD_NO_PAD.encode(bytes)),
            ));
            forms.push((
                "base64url",
                inside_base64(word, before, |bytes| BASE64_URL_SAFE_NO_PAD.encode(bytes)),
            ));
        }
        Self { forms }
    }

    /// All traces in the files below `folder`.
    ///
    /// # Panics
    /// When the folder cannot be read; an unread file would prove nothing.
    pub fn traces(&self, folder: &Path) -> Vec<Trace> {
        files(folder)
            .into_iter()
            .flat_map(|file| self.traces_in(&file))
            .collect()
    }

    fn traces_in(&self, file: &Path) -> Vec<Trace> {
        let bytes = match fs::read(file) {
            Ok(bytes) => bytes,
            // A program that runs beside may have removed it since it was listed.
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Vec::new(),
            Err(error) => panic!("{} cannot be read: {error}", file.display()),
        };
        let plain = self.forms_in(&bytes).into_iter().map(str::to_owned);
        let packed = frames(&bytes).into_iter().flat_map(|inside| self.forms_in(&inside));
        let forms = plain.chain(packed.map(|form| format!("{form} inside zstd")));
        forms
            .map(|form| Trace {
                file: file.to_owned(),
                form,
            })
            .collect()
    }

    fn forms_in(&self, bytes: &[u8]) -> Vec<&'static str> {
        let is_in = |needle: &[u8]| bytes.windows(needle.len()).any(|window| window == needle);
        self.forms
            .iter()
            .filter(|(_, needle)| is_in(needle))
            .map(|(form, _)| *form)
            .collect()
    }
}

/// The letters of base64 that stand for the word alone when `before` bytes precede it; those at the edges also depend on
/// what stands beside it.
fn inside_base64(word: &str, before: usize, encode: impl Fn(&[u8]) -> String) -> Vec<u8> {
    let bytes = [&vec![0; before], word.as_bytes()].concat();
    let (from, to) = ((before * 8).div_ceil(6), bytes.len() * 8 / 6);
    encode(&bytes).as_bytes()[from..to].to_vec()
}

/// What the zstd frames in these bytes unpack to, as far as they do.
fn frames(bytes: &[u8]) -> Vec<Vec<u8>> {
    let starts = (0..bytes.len()).filter(|at| bytes[*at..].starts_with(&ZSTD));
    let unpacked = starts.filter_map(|at| {
        let mut inside = Vec::new();
        let mut decoder = zstd::stream::read::Decoder::new(&bytes[at..]).ok()?.single_frame();
        // A frame that breaks off, or noise that begins like one: what came out before counts.
        let _ = decoder.read_to_end(&mut inside);
        Some(inside)
    });
    unpacked.filter(|inside| !inside.is_empty()).collect()
}

/// Every file below a folder.
///
/// # Panics
/// When the folder cannot be read.
pub(crate) fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap_or_else(|error| panic!("{} cannot be read: {error}", folder.display())) {
        let path = entry.expect("a folder's entry can be read").path();
        if path.is_dir() {
            found.extend(files(&path));
        } else {
            found.push(path);
        }
    }
    found
}
