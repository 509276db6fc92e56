//! A writer that is killed at a random moment, as a power cut or an impatient person would.

use crate::Notebook;
use std::{
    io::Read,
    process::Stdio,
    time::{Duration, Instant},
};

/// Runs a command and ends it with SIGKILL after `moment`, unless it has ended before. What it had printed by then.
///
/// # Panics
/// When the program cannot be started.
pub fn killed_after(notebook: &Notebook, args: &[&str], moment: Duration) -> String {
    let mut child = notebook
        .command(args)
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .expect("the program starts");
    let mut stdout = child.stdout.take().expect("stdout is piped");
    let reader = std::thread::spawn(move || {
        let mut printed = String::new();
        // A pipe cut by the kill simply ends.
        let _ = stdout.read_to_string(&mut printed);
        printed
    });
    let until = Instant::now() + moment;
    while Instant::now() < until && child.try_wait().expect("its state can be asked").is_none() {
        std::thread::park_timeout(Duration::from_micros(500));
    }
    // It may have ended on its own in between; then there is nothing to kill.
    let _ = child.kill();
    child.wait().expect("a killed program ends");
    reader.join().expect("reading does not panic")
}

/// How long a command takes from start to end.
///
/// # Panics
/// When it fails.
pub fn time_of(notebook: &Notebook, args: &[&str]) -> Duration {
    let start = Instant::now();
    notebook.run(args).json();
    start.elapsed()
}
