//! What becomes of a call on its way.

use super::{chance::Chance, counters::Counters};
use std::collections::VecDeque;
use wire::{ProblemCode, PushRequest, Token};

/// What becomes of one call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    /// It goes through.
    Through,
    /// It never reaches the city.
    Lost,
    /// The city applies it, and the answer is lost.
    AnswerLost,
    /// It arrives twice; the second answer counts.
    Twice,
    /// The caller gives up; it arrives later, after others (pushes only, else it is lost).
    Late,
    /// The answer takes so many steps.
    Slow(usize),
    /// The city answers with this problem.
    Problem(ProblemCode),
}

/// The weather over one device's line.
#[derive(Debug)]
pub struct Weather {
    /// Where chance comes from; set anew with each step.
    pub chance: Chance,
    /// So many of a thousand calls meet a fault.
    pub trouble: usize,
    /// So many of a thousand pages hold something that this version cannot read.
    pub strange: usize,
    /// Pages hold at most so many records.
    pub page: u32,
    /// Calls that are under way although their caller gave up.
    pub late: VecDeque<(Option<Token>, PushRequest)>,
    /// The caller of a push has just given up, and it is under way all the same.
    pub gave_up: bool,
    /// The next call for a page is answered with `cursor_expired`.
    pub expire: bool,
    /// Something of a page was not readable here.
    pub spoilt: bool,
}

impl Default for Weather {
    fn default() -> Self {
        Self {
            chance: Chance::of(&[]),
            trouble: 0,
            strange: 0,
            page: wire::DEFAULT_PAGE,
            late: VecDeque::new(),
            gave_up: false,
            expire: false,
            spoilt: false,
        }
    }
}

impl Weather {
    /// The fate of the next call.
    pub fn next(&mut self, call: &str, counters: &mut Counters) -> Fate {
        if call == "changes" && std::mem::take(&mut self.expire) {
            counters.note("fault: the cursor expired");
            return Fate::Problem(ProblemCode::CursorExpired);
        }
        if self.chance.below(1_000) >= self.trouble {
            return Fate::Through;
        }
        let (fate, name) = match self.chance.below(14) {
            0..=2 => (Fate::Lost, "fault: a request is lost"),
            3..=5 => (Fate::AnswerLost, "fault: cut after the city applied it"),
            6 | 7 => (Fate::Twice, "fault: a request arrives twice"),
            8 | 9 if call == "push" => (Fate::Late, "fault: a push arrives after later ones"),
            8 | 9 => (Fate::Lost, "fault: a request is lost"),
            10 | 11 => (Fate::Slow(1 + self.chance.below(12)), "fault: an answer takes its time"),
            12 => (
                Fate::Problem(ProblemCode::Unavailable),
                "fault: the city is unavailable",
            ),
            _ if self.chance.one_in(3) => (Fate::Problem(ProblemCode::TooOld), "fault: the client is too old"),
            _ if call == "changes" => (Fate::Problem(ProblemCode::CursorExpired), "fault: the cursor expired"),
            _ => (Fate::Problem(ProblemCode::TooMany), "fault: too many requests"),
        };
        counters.note(name);
        fate
    }
}
