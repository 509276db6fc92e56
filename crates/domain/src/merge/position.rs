//! Position keys: where a part stands among the others, so that two insertions at one place keep both.

/// The digits of a key, in their order as bytes.
const DIGITS: &[u8] = b"0123456789abcdefghijklmnopqrstuvwxyz";

/// A key that sorts after `before` and before `after`, as short as may be. Keys are compared as text.
///
/// Where the two leave no room (they are equal or in the wrong order, or not of this alphabet), a key right behind
/// `before`.
pub fn between(before: Option<&str>, after: Option<&str>) -> String {
    let digit = |key: &str, place: usize| {
        key.as_bytes()
            .get(place)
            .and_then(|byte| DIGITS.iter().position(|d| d == byte))
    };
    let before = before.unwrap_or("");
    let mut bounded = after.filter(|after| before < *after);
    let mut key = String::new();
    for place in 0.. {
        bounded = bounded.filter(|after| place < after.len());
        let low = digit(before, place).unwrap_or(0);
        let high = bounded.map_or(DIGITS.len(), |after| digit(after, place).unwrap_or(0));
        if high > low + 1 {
            key.push(char::from(DIGITS[usize::midpoint(low, high)]));
            return key;
        }
        if high > low {
            // Neighbouring digits: follow the lower one, and the upper bound is behind us.
            bounded = None;
        }
        key.push(char::from(DIGITS[low]));
    }
    unreachable!("the loop ends where a digit has room, at the latest behind both keys")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_is_always_room_between_two_keys_and_at_both_ends() {
        let mut keys = vec![between(None, None)];
        for round in 0..200 {
            let at = (round * 7) % (keys.len() + 1);
            let (before, after) = (at.checked_sub(1).map(|at| keys[at].clone()), keys.get(at).cloned());
            let key = between(before.as_deref(), after.as_deref());
            assert!(before.is_none_or(|before| before < key), "after its predecessor");
            assert!(after.is_none_or(|after| key < after), "before its successor");
            keys.insert(at, key);
        }
    }

    #[test]
    fn keys_without_room_still_give_one() {
        assert!(between(Some("b"), Some("a")).as_str() > "b");
        assert!(between(Some("a"), Some("a0")).as_str() > "a");
        assert!(between(Some("b"), Some("b")).as_str() > "b");
        assert!(!between(Some("Ä"), Some("Ö")).is_empty());
    }
}
