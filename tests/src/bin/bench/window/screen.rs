//! A screen without a monitor whose pixels lie in a file, so that looking costs the window nothing.

use std::{
    fs::{self, File},
    io::{BufRead, BufReader},
    os::unix::fs::FileExt,
    path::Path,
    process::{Child, Command, Stdio},
};

const WIDTH: u32 = 1280;
const HEIGHT: u32 = 800;

/// Xvfb, and the file in which it draws.
pub(super) struct Screen {
    process: Child,
    pixels: File,
    /// Where the first pixel lies in the file, and how many bytes a line takes.
    first: u64,
    line: u64,
    /// What programs call this screen.
    display: String,
}

/// A part of the screen.
#[derive(Clone, Copy)]
pub(super) struct Part {
    pub(super) left: u32,
    pub(super) top: u32,
    pub(super) width: u32,
    pub(super) height: u32,
}

impl Screen {
    pub(super) fn start(folder: &Path) -> Self {
        let mut process = Command::new("Xvfb")
            .args([
                "-displayfd",
                "1",
                "-screen",
                "0",
                &format!("{WIDTH}x{HEIGHT}x24"),
                "-nolisten",
                "tcp",
                "-fbdir",
            ])
            .arg(folder)
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("`make bench` installs xvfb");
        let mut number = String::new();
        BufReader::new(process.stdout.take().expect("piped"))
            .read_line(&mut number)
            .expect("Xvfb says its number");
        let pixels = File::open(folder.join("Xvfb_screen0")).expect("Xvfb draws into a file");
        // The form of X window dumps: big-endian words, of which the first is the length of the head.
        let mut head = [0; 100];
        pixels.read_exact_at(&mut head, 0).expect("the head of the file");
        let word = |n: usize| u32::from_be_bytes(head[n * 4..][..4].try_into().expect("four bytes"));
        let (length, line, colours) = (word(0), word(12), word(19));
        Self {
            process,
            pixels,
            first: u64::from(length) + u64::from(colours) * 12,
            line: u64::from(line),
            display: format!(":{}", number.trim()),
        }
    }

    /// What a program has around it that shall draw here and keep whatever it writes in a folder.
    pub(super) fn environment<'a>(&'a self, folder: &'a str) -> impl Iterator<Item = (&'static str, &'a str)> {
        let folders = ["HOME", "TMPDIR", "XDG_CACHE_HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME"];
        let around = [
            ("DISPLAY", self.display.as_str()),
            ("LANGUAGE", "de"),
            ("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent"),
        ];
        folders.map(|name| (name, folder)).into_iter().chain(around)
    }

    /// The pixels of a part, line by line.
    pub(super) fn look(&self, part: Part) -> Vec<Vec<[u8; 4]>> {
        let mut bytes = vec![0; part.width as usize * 4];
        (part.top..part.top + part.height)
            .map(|y| {
                let at = self.first + u64::from(y) * self.line + u64::from(part.left) * 4;
                self.pixels.read_exact_at(&mut bytes, at).expect("a line of pixels");
                bytes.as_chunks().0.to_vec()
            })
            .collect()
    }

    /// Keeps what is seen now, for whoever wants to look.
    pub(super) fn keep(&self, name: &str) {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("shots");
        let whole = Part {
            left: 0,
            top: 0,
            width: WIDTH,
            height: HEIGHT,
        };
        let mut picture = format!("P6\n{WIDTH} {HEIGHT}\n255\n").into_bytes();
        for [blue, green, red, _] in self.look(whole).into_iter().flatten() {
            picture.extend([red, green, blue]);
        }
        fs::create_dir_all(&folder).expect("the clone can be written to");
        fs::write(folder.join(format!("{name}.ppm")), picture).expect("the clone can be written to");
    }
}

impl Drop for Screen {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// The highest stretch of lines in which nothing is drawn.
pub(super) fn blank(lines: &[Vec<[u8; 4]>]) -> usize {
    let empty = |line: &Vec<[u8; 4]>| line.iter().all(|pixel| pixel == &line[0]);
    let mut highest = 0;
    let mut run = 0;
    for line in lines {
        run = if empty(line) { run + 1 } else { 0 };
        highest = highest.max(run);
    }
    highest
}
