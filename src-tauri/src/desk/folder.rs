//! Where the notebook lies.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

/// The variable that names the data folder where no option does.
const DATA_DIR_VARIABLE: &str = "QUARTIERBUCH_DATA_DIR";

/// Creates a file for its owner alone, from its first byte on, or empties the one that is there.
pub(super) fn create_private(path: &Path) -> io::Result<fs::File> {
    let mut options = fs::OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}

/// What a call may say about where the notebook lies and how it opens.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Options {
    /// The data folder; the platform's own where absent.
    pub data_dir: Option<PathBuf>,
    /// A file that holds the passphrase, for scripts.
    pub passphrase_file: Option<PathBuf>,
}

impl Options {
    /// The data folder: the option, else `QUARTIERBUCH_DATA_DIR`, else the platform's place for a program's data.
    /// `None` only where the system names no home.
    pub fn folder(&self) -> Option<PathBuf> {
        self.folder_with(|name| std::env::var_os(name).map(PathBuf::from))
    }

    fn folder_with(&self, variable: impl Fn(&str) -> Option<PathBuf>) -> Option<PathBuf> {
        let named = |name: &str| variable(name).filter(|path| !path.as_os_str().is_empty());
        if let Some(folder) = self.data_dir.clone().or_else(|| named(DATA_DIR_VARIABLE)) {
            return Some(folder);
        }
        if cfg!(target_os = "windows") {
            return named("APPDATA").map(|base| base.join("Quartierbuch"));
        }
        let home = named("HOME");
        if cfg!(target_os = "macos") {
            return home.map(|home| home.join("Library/Application Support/Quartierbuch"));
        }
        // The XDG rule: a relative path counts as none.
        named("XDG_DATA_HOME")
            .filter(|base| Path::is_absolute(base))
            .or_else(|| home.map(|home| home.join(".local/share")))
            .map(|base| base.join("quartierbuch"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folder(options: &Options, variables: &[(&str, &str)]) -> Option<PathBuf> {
        options.folder_with(|name| {
            let found = variables.iter().find(|(key, _)| *key == name);
            found.map(|(_, value)| PathBuf::from(value))
        })
    }

    #[cfg(unix)]
    #[test]
    fn a_private_file_is_its_owners_alone() {
        let dir = tempfile::tempdir().expect("a folder");
        let file = create_private(&dir.path().join("list.csv")).expect("a file");
        let mode = std::os::unix::fs::PermissionsExt::mode(&file.metadata().expect("its facts").permissions());
        assert_eq!(mode & 0o777, 0o600);
    }

    #[test]
    fn the_option_comes_before_the_variable() {
        let options = Options {
            data_dir: Some("/a".into()),
            ..Options::default()
        };
        assert_eq!(
            folder(&options, &[(DATA_DIR_VARIABLE, "/b")]),
            Some("/a".into()),
            "what is typed wins"
        );
    }

    #[test]
    fn an_empty_variable_names_no_folder() {
        let found = folder(
            &Options::default(),
            &[(DATA_DIR_VARIABLE, ""), ("HOME", "/h"), ("APPDATA", "/h")],
        );
        assert!(
            found.is_some_and(|path| path.starts_with("/h")),
            "an empty variable counts as unset"
        );
    }

    #[test]
    fn without_any_hint_there_is_no_folder() {
        assert_eq!(
            folder(&Options::default(), &[]),
            None,
            "a notebook is never put just anywhere"
        );
    }
}
