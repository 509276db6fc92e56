//! Every page of the SQLite ledger's file in clear, the free ones included, which SQL does not show.

use aes::Aes256;
use cbc::{
    Decryptor,
    cipher::{Array, BlockModeDecrypt, KeyIvInit},
};
use city::LedgerOptions;

/// SQLCipher 4: pages of 4,096 bytes under AES-256 in CBC, at their end an IV of 16 bytes and a MAC of 64; the first page
/// begins with a salt of 16.
const PAGE: usize = 4_096;
const IV_AND_MAC: usize = 80;
const BLOCK: usize = 16;

/// The file's pages, one after the other. The write-ahead log is not looked into.
pub(crate) fn in_clear(options: &LedgerOptions) -> Vec<Vec<u8>> {
    let key = std::fs::read_to_string(options.key()).expect("a key file");
    let key = hex::decode(key.trim()).expect("hex digits");
    let file = std::fs::read(options.database()).expect("a database");
    let pages = file.chunks_exact(PAGE).enumerate();
    pages
        .map(|(n, page)| decrypted(&key, &page[if n == 0 { BLOCK } else { 0 }..]))
        .collect()
}

fn decrypted(key: &[u8], page: &[u8]) -> Vec<u8> {
    let (content, iv) = page.split_at(page.len() - IV_AND_MAC);
    let mut cipher = Decryptor::<Aes256>::new_from_slices(key, &iv[..BLOCK]).expect("32 and 16 bytes");
    let mut clear = Vec::with_capacity(content.len());
    for block in content.chunks_exact(BLOCK) {
        let mut block = Array::try_from(block).expect("a block");
        cipher.decrypt_block(&mut block);
        clear.extend_from_slice(&block);
    }
    clear
}
