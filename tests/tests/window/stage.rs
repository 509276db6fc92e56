//! What a window stands on: a screen without a monitor, a theme, and a bus on which a screen reader may listen.

use std::{
    ffi::OsString,
    fs,
    io::{BufRead, BufReader},
    path::Path,
    process::{Child, ChildStdout, Command, Stdio},
};
use tempfile::TempDir;

/// A process that ends with its owner.
pub(crate) struct Ended(pub(crate) Child);

impl Drop for Ended {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// Starts a program that `make test` installs.
pub(crate) fn started(command: &mut Command) -> Ended {
    let name = command.get_program().to_owned();
    Ended(
        command
            .spawn()
            .unwrap_or_else(|error| panic!("{name:?}: {error}; `make test` installs it")),
    )
}

/// The first line that a program says, and its output, kept open so that it never writes into a closed pipe.
fn said(process: &mut Ended) -> (String, BufReader<ChildStdout>) {
    let mut told = BufReader::new(process.0.stdout.take().expect("piped"));
    let mut line = String::new();
    told.read_line(&mut line).expect("the program says a line");
    (line.trim().to_owned(), told)
}

/// A screen without a monitor, on a number that X chooses.
pub(crate) struct Screen {
    _process: Ended,
    pub(crate) display: String,
}

impl Screen {
    /// So many pixels wide and high.
    pub(crate) fn of(width: u32, height: u32) -> Self {
        let size = format!("{width}x{height}x24");
        let mut process = started(
            Command::new("Xvfb")
                .args(["-displayfd", "1", "-screen", "0", &size, "-nolisten", "tcp"])
                .stdout(Stdio::piped())
                .stderr(Stdio::null()),
        );
        let (number, _) = said(&mut process);
        Self {
            _process: process,
            display: format!(":{number}"),
        }
    }
}

/// How the person has set up their desktop.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Theme {
    Light,
    Dark,
    /// GTK's own theme for people who need strong contrast; the web view says `prefers-contrast: more`.
    Contrast,
}

impl Theme {
    /// What a desktop with this theme sets in the environment, or writes in a settings file below `home`.
    pub(crate) fn settings(self, home: &Path) -> Option<(&'static str, OsString)> {
        match self {
            Self::Light => Some(("GTK_THEME", "Adwaita".into())),
            Self::Dark => Some(("GTK_THEME", "Adwaita:dark".into())),
            Self::Contrast => {
                let folder = home.join("gtk-3.0");
                fs::create_dir_all(&folder).expect("a folder in the test's own");
                fs::write(folder.join("settings.ini"), "[Settings]\ngtk-theme-name=HighContrast\n")
                    .expect("a file in the test's own folder");
                None
            }
        }
    }

    /// What the page must see of it.
    pub(crate) fn query(self) -> &'static str {
        match self {
            Self::Light => "(prefers-color-scheme: light)",
            Self::Dark => "(prefers-color-scheme: dark)",
            Self::Contrast => "(prefers-contrast: more)",
        }
    }
}

/// A session bus of the test's own, with nobody on it but the service for screen readers.
pub(crate) struct Bus {
    _process: Ended,
    _told: BufReader<ChildStdout>,
    _folder: TempDir,
    pub(crate) address: String,
}

/// Where Debian's at-spi2-core says how its bus is started.
const ACCESSIBILITY: &str = "/usr/share/dbus-1/services/org.a11y.Bus.service";

impl Bus {
    pub(crate) fn start() -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let services = folder.path().join("services");
        fs::create_dir(&services).expect("a folder in the test's own");
        fs::copy(ACCESSIBILITY, services.join("org.a11y.Bus.service"))
            .unwrap_or_else(|error| panic!("{ACCESSIBILITY}: {error}; `make test` installs it"));
        let config = folder.path().join("bus.conf");
        let written = format!(
            "<busconfig><type>session</type><listen>unix:tmpdir={}</listen><servicedir>{}</servicedir>\
             <auth>EXTERNAL</auth><policy context=\"default\"><allow send_destination=\"*\"/>\
             <allow receive_sender=\"*\"/><allow own=\"*\"/></policy></busconfig>",
            folder.path().display(),
            services.display()
        );
        fs::write(&config, written).expect("a file in the test's own folder");
        let mut process = started(
            Command::new("dbus-daemon")
                .arg(format!("--config-file={}", config.display()))
                .args(["--nofork", "--print-address=1"])
                // The service it starts keeps its socket and settings where it is told to.
                .envs(
                    ["HOME", "XDG_RUNTIME_DIR", "XDG_CACHE_HOME", "XDG_CONFIG_HOME"].map(|name| (name, folder.path())),
                )
                .env("GSETTINGS_BACKEND", "memory")
                .env_remove("DISPLAY")
                .stdout(Stdio::piped())
                .stderr(Stdio::null()),
        );
        let (address, told) = said(&mut process);
        Self {
            _process: process,
            _told: told,
            _folder: folder,
            address,
        }
    }
}
