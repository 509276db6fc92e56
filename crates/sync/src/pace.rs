//! When to try again.

use std::time::Duration;

/// After the first failure.
const FIRST: Duration = Duration::from_secs(2);
/// A device tries at least this often, so that a worker who comes back into the network need not wait long.
const LONGEST: Duration = Duration::from_secs(300);
/// However long a city asks a device to stay away, a wrong figure must not silence it for days.
const LONGEST_ASKED: Duration = Duration::from_secs(6 * 3_600);

/// How long to wait after `failures` failed rounds in a row.
///
/// Doubles with each failure up to [`LONGEST`]; `chance` (0.0 to 1.0) spreads the second half, so that the devices of
/// a city do not all come back in the same second. What the city asked for is honoured as the least.
pub fn pause(failures: u32, asked: Option<Duration>, chance: f64) -> Duration {
    let chance = if chance.is_finite() {
        chance.clamp(0.0, 1.0)
    } else {
        0.5
    };
    if failures == 0 {
        return Duration::ZERO;
    }
    let doubled = FIRST.saturating_mul(1 << (failures - 1).min(16)).min(LONGEST);
    let spread = doubled.mul_f64(0.5 + chance / 2.0);
    match asked {
        None => spread,
        // Whoever was told the same figure comes back within a tenth of it, not at once.
        Some(asked) => {
            let least = asked.min(LONGEST_ASKED);
            least.max(spread) + least.mul_f64(chance / 10.0)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_success_begins_anew() {
        assert_eq!(pause(0, None, 0.7), Duration::ZERO);
    }

    #[test]
    fn it_doubles_up_to_five_minutes() {
        let without_chance: Vec<u64> = (1..=10).map(|n| pause(n, None, 1.0).as_secs()).collect();
        assert_eq!(without_chance, [2, 4, 8, 16, 32, 64, 128, 256, 300, 300]);
    }

    #[test]
    fn a_wrong_figure_of_the_city_does_not_silence_a_device_for_days() {
        assert!(pause(1, Some(Duration::from_secs(u64::MAX)), 1.0) < Duration::from_secs(7 * 3_600));
    }

    proptest! {
        #[test]
        fn what_the_city_asks_for_is_the_least(failures in 1..40_u32, asked in 0..20_000_u64, chance in 0.0..=1.0) {
            let asked = Duration::from_secs(asked);
            prop_assert!(pause(failures, Some(asked), chance) >= asked);
        }

        #[test]
        fn chance_moves_it_by_half_at_most(failures in any::<u32>(), chance in any::<f64>()) {
            prop_assume!(failures > 0);
            let longest = pause(failures, None, 1.0);
            let got = pause(failures, None, chance);
            prop_assert!(got <= longest && got >= longest / 2, "{got:?} of {longest:?}");
        }
    }
}
