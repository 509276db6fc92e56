//! A disk that gets full: a file system of a few megabytes, which only the processes see that a test starts on it.

use std::{
    fs::{File, OpenOptions},
    io::{BufRead, BufReader, ErrorKind, Write},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
};

/// Mounts it over a folder with all that lies there, and keeps it until its stdin ends.
const KEEP: &str = r#"
mkdir "$1.before" && cp -a "$1/." "$1.before" && mount -t tmpfs -o size="$2" quartierbuch "$1" && cp -a "$1.before/." "$1" &&
rm -r "$1.before" && echo ready
cat >/dev/null
"#;

/// A small file system over a folder, in a mount namespace of its own; it ends with the test.
pub struct SmallDisk {
    keeper: Child,
    enter: Vec<&'static str>,
    folder: PathBuf,
}

impl SmallDisk {
    /// A disk of so many bytes over this folder, with what lies in it.
    ///
    /// # Errors
    /// What the system says where it lets nobody mount: neither root nor an account of its own namespace.
    ///
    /// # Panics
    /// When the program `unshare` is not there.
    pub fn over(folder: &Path, bytes: u64) -> Result<Self, String> {
        let mut said = Vec::new();
        for (own, enter) in [
            (&["--mount"][..], &["--mount"][..]),
            (
                &["--mount", "--map-root-user"],
                &["--mount", "--user", "--preserve-credentials"],
            ),
        ] {
            let mut keeper = Command::new("unshare")
                .args(own)
                .args(["sh", "-c", KEEP, "sh"])
                .arg(folder)
                .arg(bytes.to_string())
                .stdin(Stdio::piped())
                .stdout(Stdio::piped())
                .stderr(Stdio::piped())
                .spawn()
                .expect("unshare is there, from util-linux");
            let mut line = String::new();
            BufReader::new(keeper.stdout.take().expect("piped"))
                .read_line(&mut line)
                .expect("its output can be read");
            if line.trim() == "ready" {
                return Ok(Self {
                    keeper,
                    enter: enter.to_vec(),
                    folder: folder.to_owned(),
                });
            }
            drop(keeper.stdin.take());
            let output = keeper.wait_with_output().expect("it ends");
            said.push(String::from_utf8_lossy(&output.stderr).trim().to_owned());
        }
        Err(said.join("; "))
    }

    /// The same call, by a process that has this disk.
    pub fn on(&self, call: &Command) -> Command {
        let mut command = Command::new("nsenter");
        command
            .args(["--target", &self.keeper.id().to_string()])
            .args(&self.enter)
            .arg("--")
            .arg(call.get_program())
            .args(call.get_args())
            .env_clear();
        command.envs(call.get_envs().filter_map(|(name, value)| Some((name, value?))));
        command
    }

    /// Fills it but for so many bytes.
    ///
    /// # Panics
    /// When it cannot be written for another reason than that it is full.
    pub fn fill(&self, but: u64) {
        let mut file = OpenOptions::new()
            .create(true)
            .append(true)
            .open(self.filling())
            .expect("a file on the disk");
        let full = loop {
            if let Err(error) = file.write_all(&[0; 4096]) {
                break error;
            }
        };
        assert_eq!(full.kind(), ErrorKind::StorageFull, "{full}");
        let length = file.metadata().expect("its length").len();
        file.set_len(length.saturating_sub(but)).expect("it becomes shorter");
    }

    /// Gives the room back.
    ///
    /// # Panics
    /// When it was not filled.
    pub fn make_room(&self) {
        File::create(self.filling()).expect("it was filled");
    }

    fn filling(&self) -> PathBuf {
        let seen_by = PathBuf::from(format!("/proc/{}/root", self.keeper.id()));
        seen_by
            .join(self.folder.strip_prefix("/").expect("absolute"))
            .join("filling")
    }
}

impl Drop for SmallDisk {
    fn drop(&mut self) {
        // Its namespace ends with the last process in it, and the disk with that.
        drop(self.keeper.stdin.take());
        let _ = self.keeper.wait();
    }
}
