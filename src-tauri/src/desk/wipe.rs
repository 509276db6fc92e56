//! Destroying a notebook because the city said so, and proved it.

use super::{Error, Keychain, Notebook, city, folder::create_private};
use std::{
    fs,
    io::{self, Write},
    path::{Path, PathBuf},
};
use store::Identity;
use sync::CityClient;
use wire::Token;

/// Holds address and token between the destruction and the city's having heard of it: two lines.
const REVOKED: &str = "revoked.token";

impl Notebook {
    /// Destroys key and records. The order matters: whatever is interrupted, either nothing is destroyed yet or the key
    /// is gone, and the city hears of it in the end.
    pub(crate) fn wipe(&self, identity: &Identity) -> Result<(), Error> {
        let last_word = format!("{}\n{}\n", identity.city_url, identity.token);
        let path = self.folder().join(REVOKED);
        let written = create_private(&path).and_then(|mut file| {
            file.write_all(last_word.as_bytes())?;
            file.sync_all()
        });
        written.map_err(|source| Error::file(&path, source))?;
        Keychain::of(self.folder()).forget();
        destroy(self.folder()).map_err(|source| Error::file(self.folder(), source))?;
        report_wiped(self.folder());
        Ok(())
    }
}

/// Overwrites and removes the wrapped key, without which the database is noise, and then whatever else can be removed.
fn destroy(folder: &Path) -> io::Result<()> {
    let mut files: Vec<PathBuf> = fs::read_dir(folder)?
        .filter_map(|entry| Some(entry.ok()?.path()))
        .collect();
    files.retain(|path| {
        path.file_name()
            .is_some_and(|name| name.to_string_lossy().starts_with("quartierbuch."))
    });
    let (keys, others): (Vec<_>, Vec<_>) = files
        .into_iter()
        .partition(|path| path.to_string_lossy().contains("quartierbuch.key"));
    for key in keys {
        let length = usize::try_from(fs::metadata(&key)?.len()).unwrap_or_default();
        let mut file = fs::OpenOptions::new().write(true).open(&key)?;
        file.write_all(&vec![0; length])?;
        file.sync_all()?;
        fs::remove_file(&key)?;
    }
    // Ciphertext whose keys are gone with the records.
    let _ = fs::remove_dir_all(folder.join("attachments"));
    for path in others {
        // Another program may still hold it; without the key it can be read by nobody.
        let _ = fs::remove_file(path);
    }
    Ok(())
}

/// Tells the city that the notebook in this folder was destroyed, if it has not heard of it yet. Quiet when it fails:
/// the next start tries again.
pub(super) fn report_wiped(folder: &Path) {
    let path = folder.join(REVOKED);
    let Ok(text) = fs::read_to_string(&path) else { return };
    let mut lines = text.lines();
    let (Some(url), Some(token)) = (lines.next(), lines.next()) else {
        return;
    };
    let Ok(client) = CityClient::new(url, Some(Token(token.to_owned()))) else {
        return;
    };
    let told = city::block_on(sync::report_wiped(&client));
    // A city that knows the token no more has no use for the news.
    let is_done = match told {
        Ok(Ok(())) => true,
        Ok(Err(failure)) => failure
            .code()
            .is_some_and(|code| code.status() == 401 || code.status() == 403),
        Err(_) => false,
    };
    if is_done {
        // A file that cannot be removed now is removed at the next start.
        let _ = fs::remove_file(path);
    }
}
