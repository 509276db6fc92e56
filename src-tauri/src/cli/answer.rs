//! What a command answers: one JSON document for programs, lines for people.

use super::{language::Language, message::Message};
use serde::Serialize;
use std::io::{self, Write};

/// What a command answers.
pub(super) struct Answer {
    document: Box<dyn Document>,
    lines: Lines,
    /// Said on stderr in either form.
    pub(super) messages: Vec<Message>,
}

type Lines = Box<dyn Fn(Language) -> Vec<String>>;

impl Answer {
    pub(super) fn new(document: impl Serialize + 'static, lines: impl Fn(Language) -> Vec<String> + 'static) -> Self {
        Self {
            document: Box::new(document),
            lines: Box::new(lines),
            messages: Vec::new(),
        }
    }

    /// An answer whose text for people is one message.
    pub(super) fn saying(document: impl Serialize + 'static, message: Message) -> Self {
        Self::new(document, move |language| vec![message.say(language)])
    }

    pub(super) fn with(mut self, message: Message) -> Self {
        self.messages.push(message);
        self
    }

    pub(super) fn print_json(&self) -> io::Result<()> {
        self.document.print()
    }

    pub(super) fn print_text(&self, language: Language) -> io::Result<()> {
        let mut out = io::stdout().lock();
        for line in (self.lines)(language) {
            writeln!(out, "{line}")?;
        }
        out.flush()
    }
}

/// Something that is printed as one JSON document.
trait Document {
    fn print(&self) -> io::Result<()>;
}

impl<T: Serialize> Document for T {
    fn print(&self) -> io::Result<()> {
        print(self)
    }
}

/// Prints one JSON document and a line break.
pub(super) fn print(document: &(impl Serialize + ?Sized)) -> io::Result<()> {
    let mut out = io::stdout().lock();
    serde_json::to_writer(&mut out, document)?;
    writeln!(out)?;
    out.flush()
}
