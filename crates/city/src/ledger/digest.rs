//! Sums over records, so that both sides can say in one line whether they hold the same.

use domain::{Body, Envelope, Record, Sealed};
use sha2::{Digest as _, Sha256};

/// SHA-256 of `id version sha256(envelope) sha256(body) sha256(sealed)`.
pub type Line = [u8; 32];

/// The line of a record's digest; `envelope` is the JSON that is stored.
pub fn line(record: &Record, envelope: &str) -> Line {
    line_of(&record.envelope, envelope, record.body.as_ref(), record.sealed.as_ref())
}

/// The same for a record whose parts lie apart.
pub(crate) fn line_of(of: &Envelope, envelope: &str, body: Option<&Body>, sealed: Option<&Sealed>) -> Line {
    let hash = |text: &str| hex::encode(Sha256::digest(text.as_bytes()));
    let line = format!(
        "{} {} {} {} {}",
        of.id,
        of.version,
        hash(envelope),
        hash(body.map_or("", Body::as_str)),
        hash(sealed.map_or("", Sealed::as_str))
    );
    Sha256::digest(line.as_bytes()).into()
}

/// A sum modulo 2^256, most significant byte first.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Sum(pub [u8; 32]);

impl Sum {
    /// Adds.
    #[must_use]
    pub fn plus(self, other: &[u8; 32]) -> Self {
        let mut sum = self.0;
        let mut carry = 0u16;
        for (place, digit) in sum.iter_mut().zip(other).rev() {
            let total = u16::from(*place) + u16::from(*digit) + carry;
            *place = total.to_be_bytes()[1];
            carry = total >> 8;
        }
        Self(sum)
    }

    /// Takes away.
    #[must_use]
    pub fn minus(self, other: &[u8; 32]) -> Self {
        // The two's complement of a number is what has to be added to take it away.
        let mut complement = other.map(|byte| !byte);
        for byte in complement.iter_mut().rev() {
            let (next, carried) = byte.overflowing_add(1);
            *byte = next;
            if !carried {
                break;
            }
        }
        self.plus(&complement)
    }

    /// 64 hex digits, most significant first.
    pub fn to_hex(self) -> String {
        hex::encode(self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn what_is_added_can_be_taken_away(a: [u8; 32], b: [u8; 32]) {
            prop_assert_eq!(Sum(a).plus(&b).minus(&b), Sum(a));
            prop_assert_eq!(Sum(a).plus(&b), Sum(b).plus(&a));
        }
    }

    #[test]
    fn the_sum_wraps_at_2_to_the_256() {
        let mut one = [0; 32];
        one[31] = 1;
        assert_eq!(Sum([255; 32]).plus(&one), Sum::default());
        assert_eq!(Sum::default().minus(&one), Sum([255; 32]));
    }
}
