//! What a program said and how it ended.

use serde_json::Value;
use std::process::Output;

/// A finished call.
pub struct Ran {
    call: String,
    code: Option<i32>,
    stdout: String,
    stderr: String,
}

impl Ran {
    pub(crate) fn new(call: String, output: Output) -> Self {
        let text = |bytes| String::from_utf8(bytes).expect("programs speak UTF-8");
        Self {
            call,
            code: output.status.code(),
            stdout: text(output.stdout),
            stderr: text(output.stderr),
        }
    }

    /// The exit code.
    ///
    /// # Panics
    /// When a signal ended it.
    pub fn code(&self) -> i32 {
        self.code
            .unwrap_or_else(|| panic!("`{}` was ended by a signal", self.call))
    }

    /// The exit code must be this one.
    ///
    /// # Panics
    /// When it is another.
    #[must_use]
    pub fn ends_with(self, code: i32) -> Self {
        assert_eq!(
            self.code(),
            code,
            "`{}` ended otherwise than it should\nstdout: {}\nstderr: {}",
            self.call,
            self.stdout,
            self.stderr
        );
        self
    }

    /// The one JSON document on stdout of a call that succeeded.
    ///
    /// # Panics
    /// When the call failed or printed something else.
    pub fn json(self) -> Value {
        self.ends_with(0).document()
    }

    /// The one JSON document on stdout, however the call ended.
    ///
    /// # Panics
    /// When stdout is not one JSON document.
    pub fn document(&self) -> Value {
        serde_json::from_str(&self.stdout)
            .unwrap_or_else(|error| panic!("`{}` printed no JSON document ({error}): {}", self.call, self.stdout))
    }

    /// What it wrote to stdout.
    pub fn stdout(&self) -> &str {
        &self.stdout
    }

    /// What it wrote to stderr.
    pub fn stderr(&self) -> &str {
        &self.stderr
    }
}
