//! What really lies in the files of a notebook or a city: every page decrypted, free ones and old ones in the log
//! included, by no way that SQLite goes.

use crate::scan::files;
use aes::Aes256;
use cbc::{
    Decryptor,
    cipher::{BlockModeDecrypt, KeyIvInit, block_padding::NoPadding},
};
use std::{
    fs,
    path::{Path, PathBuf},
};

/// SQLCipher 4: pages of 4 KiB, of which the last 80 bytes are the vector (16) and the seal (64).
const PAGE: usize = 4_096;
const RESERVED: usize = 80;
/// In the place of a database's first bytes stands its salt.
const SALT: usize = 16;
/// A write-ahead log begins with a header, and each of its pages with one of its own.
const LOG_HEADER: usize = 32;
const FRAME_HEADER: usize = 24;

/// Every file below a folder with what lies in it, databases and their logs decrypted with this key.
///
/// # Panics
/// When a file cannot be read, or the key does not fit: an unread page would prove nothing.
pub fn contents(folder: &Path, key: &[u8; 32]) -> Vec<(PathBuf, Vec<u8>)> {
    let decrypted = |path: PathBuf| {
        let bytes = fs::read(&path).expect("a file can be read");
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let inside = if name.ends_with("-wal") {
            frames(&bytes, key)
        } else if name.contains(".db") && !name.ends_with("-shm") {
            pages(&bytes, key)
        } else {
            bytes
        };
        (path, inside)
    };
    files(folder).into_iter().map(decrypted).collect()
}

/// The same of the databases and their logs alone, one after the other.
///
/// # Panics
/// As [`contents`].
pub fn databases(folder: &Path, key: &[u8; 32]) -> Vec<u8> {
    let is_database = |(path, _): &(PathBuf, Vec<u8>)| {
        path.file_name()
            .is_some_and(|name| name.to_string_lossy().contains(".db"))
    };
    let found = contents(folder, key).into_iter().filter(is_database);
    found.flat_map(|(_, inside)| inside).collect()
}

/// The pages of a database, one after the other.
fn pages(file: &[u8], key: &[u8; 32]) -> Vec<u8> {
    assert_eq!(file.len() % PAGE, 0, "a database has whole pages");
    let mut inside = Vec::with_capacity(file.len());
    for (n, page) in file.chunks_exact(PAGE).enumerate() {
        inside.extend(open(page, n == 0, key));
    }
    if !inside.is_empty() {
        assert_is_header(&inside);
    }
    inside
}

/// The pages in a write-ahead log, old ones included.
fn frames(log: &[u8], key: &[u8; 32]) -> Vec<u8> {
    let frames = log.get(LOG_HEADER..).unwrap_or_default();
    let mut inside = Vec::with_capacity(frames.len());
    for frame in frames.chunks_exact(FRAME_HEADER + PAGE) {
        let first = frame[..4] == 1_u32.to_be_bytes();
        inside.extend(open(&frame[FRAME_HEADER..], first, key));
    }
    inside
}

/// The first page says how long pages are and what of each is reserved: noise would say something else.
fn assert_is_header(inside: &[u8]) {
    let length = u16::from_be_bytes([inside[SALT], inside[SALT + 1]]);
    let reserved = inside[SALT + 4];
    assert_eq!(
        (usize::from(length), usize::from(reserved)),
        (PAGE, RESERVED),
        "the key fits"
    );
}

fn open(page: &[u8], first: bool, key: &[u8; 32]) -> Vec<u8> {
    let (content, seal) = page.split_at(PAGE - RESERVED);
    let from = if first { SALT } else { 0 };
    let mut inside = content.to_vec();
    let vector: [u8; 16] = seal[..16].try_into().expect("sixteen bytes");
    if seal.iter().all(|byte| *byte == 0) {
        // A page that was never written lies in the file as it was made.
        return inside;
    }
    Decryptor::<Aes256>::new(key.into(), &vector.into())
        .decrypt_padded::<NoPadding>(&mut inside[from..])
        .expect("whole blocks");
    inside
}
