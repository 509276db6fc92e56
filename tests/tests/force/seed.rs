//! Chance that can be repeated: `FORCE_SEED=n` plays a run again, as far as the machine's own pace allows.

use scenes::prose::Dice;

/// Dice of a new seed, or of the one that somebody wants to see again; a test that fails shows it.
pub(super) fn dice() -> Dice {
    let seed = std::env::var("FORCE_SEED").ok().and_then(|seed| seed.parse().ok());
    let seed = seed.unwrap_or_else(|| getrandom::u64().expect("the system has randomness"));
    println!("FORCE_SEED={seed}");
    Dice::new(seed)
}
