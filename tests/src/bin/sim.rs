//! `make sim`: plays histories of the simulation and says how often each fault and each promise came up.

use scenes::simulation::{Counters, Ledger, Options, Template, Violation, play, runs};
use std::{
    process::ExitCode,
    time::{Duration, Instant},
};

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(violation) => {
            println!("{violation}");
            ExitCode::FAILURE
        }
    }
}

fn run() -> Result<(), Box<Violation>> {
    let ledger = match std::env::var("SIM_LEDGER").as_deref() {
        Ok("postgres") => Ledger::postgres(),
        _ => Ledger::Files,
    };
    let template = Template::found(&ledger).expect("a town can be founded");
    if let Some(seed) = asked("SIM_SEED") {
        let played = play(&template, seed, &Options::default());
        let played = played.map_err(|violation| Box::new(runs::shrink(&template, violation)))?;
        for line in &played.tale {
            println!("  {line}");
        }
        tell(&played.counters, 1, Duration::ZERO);
        return Ok(());
    }
    let count = asked("SIM_COUNT").unwrap_or(2_000);
    // A part of many histories stands for itself, so that the counters of all parts can be added up.
    let part = asked("SIM_FROM");
    let mut seeds = if part.is_none() {
        runs::known_seeds()
    } else {
        Vec::new()
    };
    let from = part.unwrap_or_default();
    seeds.extend(from..from + count);
    let threads = match ledger {
        Ledger::Files => std::thread::available_parallelism().map_or(1, usize::from),
        // An open transaction holds back the feeds of a whole cluster, those of other histories as well.
        Ledger::Postgres(_) => 1,
    };
    let begun = Instant::now();
    let told = |played: usize| {
        if played.is_multiple_of(1_000) {
            println!("{played} histories in {} s", begun.elapsed().as_secs());
        }
    };
    let most = usize::try_from(asked("SIM_MOST").unwrap_or(1)).expect("a figure");
    let (counters, mut violations) = runs::play_all(&template, &seeds, threads, most, told);
    if most == 1
        && let Some(violation) = violations.pop()
    {
        return Err(Box::new(runs::shrink(&template, violation)));
    }
    for violation in &violations {
        println!("history {}: {}", violation.seed, violation.what);
    }
    tell(&counters, seeds.len(), begun.elapsed());
    violations
        .into_iter()
        .next()
        .map_or(Ok(()), |first| Err(Box::new(first)))
}

fn tell(counters: &Counters, histories: usize, took: Duration) {
    print!("{counters}");
    if histories > 1 {
        for name in counters.rare() {
            println!("rare, less than once in 100 histories: {name}");
        }
    }
    println!("{histories} histories in {:.1} s", took.as_secs_f64());
}

/// A number from the environment.
fn asked(name: &str) -> Option<u64> {
    let text = std::env::var(name).ok().filter(|text| !text.is_empty())?;
    Some(text.parse().unwrap_or_else(|_| panic!("{name} is a number")))
}
