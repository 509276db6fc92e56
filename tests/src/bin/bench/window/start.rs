//! How long a start takes: from a program's first moment until its page stands on the screen. The pixels say it, and
//! nobody drives the window, so that the harness costs neither of them anything.

use super::screen::{Part, Screen, blank};
use crate::memory::peak_of;
use scenes::binary::binary;
use std::{
    path::Path,
    process::{Child, Command, Stdio},
    thread,
    time::{Duration, Instant},
};

/// Longer than any start takes.
const PATIENCE: Duration = Duration::from_secs(60);
/// How often the screen is looked at.
const LOOK: Duration = Duration::from_millis(1);
/// A place inside every window, and what the empty one draws there.
const MIDDLE: Part = Part {
    left: 640,
    top: 400,
    width: 8,
    height: 1,
};
const EMPTY_PAGE: [u8; 3] = [0xff, 0x50, 0x00];

/// A start that was waited for.
pub(super) struct Start {
    /// Until the page stood there.
    pub(super) took: Duration,
    /// The most that the program's own process held until then, in bytes.
    pub(super) held: u64,
}

/// An empty window, until its page is drawn.
pub(super) fn empty(screen: &Screen, folder: &Path) -> Start {
    let folder = folder.to_str().expect("UTF-8");
    start(screen, folder, "examples/empty", &[folder], || {
        screen.look(MIDDLE)[0]
            .iter()
            .all(|&[blue, green, red, _]| [blue, green, red] == EMPTY_PAGE)
    })
}

/// The notebook's window, until every row of the list that has room on the screen is drawn in `list`.
pub(super) fn notebook(screen: &Screen, folder: &Path, arguments: &[&str], list: Part, gap: usize) -> Start {
    let folder = folder.to_str().expect("UTF-8");
    start(screen, folder, "quartierbuch", arguments, || {
        blank(&screen.look(list)) < gap
    })
}

fn start(screen: &Screen, folder: &str, program: &str, arguments: &[&str], stands: impl Fn() -> bool) -> Start {
    let began = Instant::now();
    let child = Command::new(binary(program))
        .args(arguments)
        .envs(screen.environment(folder))
        .env_remove("WAYLAND_DISPLAY")
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .expect("`make bench` builds it");
    let running = Running { child, screen };
    while !stands() {
        assert!(began.elapsed() < PATIENCE, "{program} never stands on the screen");
        thread::sleep(LOOK);
    }
    Start {
        took: began.elapsed(),
        held: peak_of(running.child.id()),
    }
}

/// A program with a window; it ends with this, and the screen is bare again.
struct Running<'a> {
    child: Child,
    screen: &'a Screen,
}

impl Drop for Running<'_> {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.child.kill();
        let _ = self.child.wait();
        let began = Instant::now();
        let bare = |pixel: &[u8; 4]| pixel[..3] == [0, 0, 0];
        while !self.screen.look(MIDDLE)[0].iter().all(bare) && began.elapsed() < PATIENCE {
            thread::sleep(LOOK);
        }
    }
}
