//! Where a device is in the feed, as text that only the city reads.

use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use wire::{Cursor, Epoch, MAX_CURSOR, ProblemCode};

/// A place in the feed of one person.
///
/// Everything within the scope of version `scope` was given up to `seq`. While the scope is another one, `pass` says how
/// far the way to today's scope was gone; it begins anew when the scope changes once more.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Point {
    pub(super) epoch: Epoch,
    /// 0 where nothing was given yet.
    pub(super) scope: u64,
    pub(super) seq: u64,
    pub(super) pass: Option<Pass>,
}

/// The way from one scope to another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Pass {
    /// The scope's versions that the device was told of since, the last being where the way leads to. With each of them
    /// it dropped what it could no longer see, so that has to come again.
    pub(super) told: Vec<u64>,
    /// The place that everything is brought up to.
    pub(super) through: u64,
    pub(super) stage: Stage,
    /// How far the stage is.
    pub(super) at: u64,
}

/// What a pass brings, one after the other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Stage {
    /// What changed under keys that stayed.
    Kept,
    /// The catalogue that was gained, from its beginning.
    Catalogue,
    /// Everything else that was gained, from its beginning.
    Gained,
}

/// A device that was told of more scopes on one way pulls from the beginning.
const MOST_TOLD: usize = 12;

impl Pass {
    pub(super) fn target(&self) -> u64 {
        self.told.last().copied().unwrap_or(0)
    }

    /// The way to another scope, of which the device will be told now. `None` where it has been told of too many.
    pub(super) fn towards(before: Option<&Self>, target: u64, through: u64, from: u64) -> Option<Self> {
        let mut told = before.map_or_else(Vec::new, |pass| pass.told.clone());
        told.push(target);
        (told.len() <= MOST_TOLD).then_some(Self {
            told,
            through,
            stage: Stage::Kept,
            at: from,
        })
    }
}

impl Point {
    pub(super) fn beginning(epoch: Epoch) -> Self {
        Self {
            epoch,
            scope: 0,
            seq: 0,
            pass: None,
        }
    }

    /// The newest version of the scope that the device was told of; 0 where of none.
    pub(super) fn known(&self) -> u64 {
        self.pass.as_ref().map_or(self.scope, Pass::target)
    }

    pub(super) fn write(&self) -> Cursor {
        let pass = self.pass.as_ref().map_or_else(String::new, |pass| {
            let stage = match pass.stage {
                Stage::Kept => "k",
                Stage::Catalogue => "c",
                Stage::Gained => "g",
            };
            let told: Vec<String> = pass.told.iter().map(u64::to_string).collect();
            format!(".{}.{}.{stage}.{}", told.join("-"), pass.through, pass.at)
        });
        let text = format!("1.{}.{}.{}{pass}", self.epoch.0, self.scope, self.seq);
        Cursor(BASE64_URL_SAFE_NO_PAD.encode(text))
    }

    /// Reads a cursor of this city's present life.
    ///
    /// # Errors
    /// `invalid` for what no city wrote, `new_epoch` for a cursor of another life.
    pub(super) fn read(cursor: &Cursor, epoch: &Epoch) -> Result<Self, ProblemCode> {
        if cursor.0.len() > MAX_CURSOR {
            return Err(ProblemCode::Invalid);
        }
        let bytes = BASE64_URL_SAFE_NO_PAD
            .decode(&cursor.0)
            .map_err(|_| ProblemCode::Invalid)?;
        let text = String::from_utf8(bytes).map_err(|_| ProblemCode::Invalid)?;
        let point = Self::parse(&text).ok_or(ProblemCode::Invalid)?;
        if point.epoch != *epoch {
            return Err(ProblemCode::NewEpoch);
        }
        Ok(point)
    }

    fn parse(text: &str) -> Option<Self> {
        let parts: Vec<&str> = text.split('.').collect();
        let (head, tail) = parts.split_at_checked(4)?;
        let ["1", epoch, scope, seq] = head else { return None };
        let pass = match tail {
            [] => None,
            [told, through, stage, at] => Some(Pass {
                told: told
                    .split('-')
                    .map(|version| version.parse().ok())
                    .collect::<Option<_>>()?,
                through: through.parse().ok()?,
                stage: match *stage {
                    "k" => Stage::Kept,
                    "c" => Stage::Catalogue,
                    "g" => Stage::Gained,
                    _ => return None,
                },
                at: at.parse().ok()?,
            }),
            _ => return None,
        };
        let epoch = Epoch((*epoch).to_owned());
        Some(Self {
            epoch,
            scope: scope.parse().ok()?,
            seq: seq.parse().ok()?,
            pass,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn epoch() -> Epoch {
        Epoch("e1".to_owned())
    }

    fn told() -> impl Strategy<Value = Vec<u64>> {
        proptest::collection::vec(0..10_000_000_000u64, 1..=MOST_TOLD)
    }

    proptest! {
        #[test]
        fn a_cursor_reads_back_and_is_short(scope: u64, seq: u64, told in told(), through: u64, at: u64, stage in 0..4) {
            let stage = [None, Some(Stage::Kept), Some(Stage::Catalogue), Some(Stage::Gained)][stage as usize];
            let pass = stage.map(|stage| Pass { told: told.clone(), through, stage, at });
            let point = Point { epoch: epoch(), scope, seq, pass };
            let cursor = point.write();
            prop_assert!(cursor.0.len() <= MAX_CURSOR && cursor.0.is_ascii());
            prop_assert_eq!(Point::read(&cursor, &epoch()), Ok(point));
        }

        #[test]
        fn garbage_is_invalid_and_nothing_worse(text in ".{0,600}") {
            prop_assert_eq!(Point::read(&Cursor(text), &epoch()), Err(ProblemCode::Invalid));
        }
    }

    #[test]
    fn a_cursor_of_another_life_says_so() {
        let cursor = Point::beginning(Epoch("old".to_owned())).write();
        assert_eq!(Point::read(&cursor, &epoch()), Err(ProblemCode::NewEpoch));
    }
}
