//! Sums modulo 2^256 in eight digits of 32 bits that are added up each for itself, so that a database can do it.

use crate::ledger::Sum;

/// Most significant first; more or less than a digit holds, until [`sum_of`] carries.
pub(super) type Digits = [i64; 8];

/// Adds a line, or takes it away.
pub(super) fn add(digits: &mut Digits, line: &[u8; 32], sign: i64) {
    for (digit, bytes) in digits.iter_mut().zip(line.as_chunks::<4>().0) {
        *digit += sign * i64::from(u32::from_be_bytes(*bytes));
    }
}

/// Carries what stands in eight digits.
pub(super) fn sum_of(digits: &[i64]) -> Sum {
    let mut bytes = [0; 32];
    let mut carry = 0i64;
    for (place, digit) in bytes.as_chunks_mut::<4>().0.iter_mut().zip(digits).rev() {
        let total = digit + carry;
        *place = u32::try_from(total & 0xFFFF_FFFF).expect("32 bits").to_be_bytes();
        // Rounds down, for what was taken away as well.
        carry = total >> 32;
    }
    Sum(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn digits_add_up_to_the_same_sum(lines: Vec<([u8; 32], bool)>) {
            let mut digits = [0; 8];
            let mut sum = Sum::default();
            for (line, more) in &lines {
                add(&mut digits, line, if *more { 1 } else { -1 });
                sum = if *more { sum.plus(line) } else { sum.minus(line) };
            }
            prop_assert_eq!(sum_of(&digits), sum);
        }
    }
}
