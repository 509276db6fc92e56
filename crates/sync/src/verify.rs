//! Comparing what city and device hold, without sending it.

use crate::Error;
use domain::{DistrictId, Kind, OrganisationId};
use serde::Serialize;
use store::Store;
use wire::{Backend, Cursor, ProblemCode, VerifyQuery};

/// What came of a comparison.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Verified {
    /// Every slice that both sides could compare is equal.
    pub equal: bool,
    /// The slices.
    pub slices: Vec<Slice>,
}

/// A part of the records, counted and summed on both sides.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Slice {
    /// Whose records.
    pub organisation: OrganisationId,
    /// Only those that stand in this district; all where absent.
    pub district: Option<DistrictId>,
    /// Only this kind; all where absent.
    pub kind: Option<Kind>,
    /// What this device holds as confirmed.
    pub here: Sum,
    /// What the city holds; absent where it changed after this device's last sync.
    pub there: Option<Sum>,
}

impl Verified {
    /// A slice holds something else here than at the city.
    pub fn differs(&self) -> bool {
        self.slices
            .iter()
            .any(|slice| slice.there.is_some() && !slice.is_equal())
    }

    /// A slice changed at the city after this device's last sync, so that it could not be compared.
    pub fn moved_on(&self) -> bool {
        self.slices.iter().any(|slice| slice.there.is_none())
    }

    /// How many records both sides hold: here, and at the city where all of its slices could be compared.
    pub fn counts(&self) -> (u64, Option<u64>) {
        // A slice of one kind repeats a part of a slice of all kinds.
        let whole = || self.slices.iter().filter(|slice| slice.kind.is_none());
        let here = whole().map(|slice| slice.here.count).sum();
        let there = whole().map(|slice| Some(slice.there.as_ref()?.count)).sum();
        (here, there)
    }
}

impl Slice {
    /// Both sides hold the same.
    pub fn is_equal(&self) -> bool {
        self.there.as_ref() == Some(&self.here)
    }
}

/// Count and digest of a slice.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Sum {
    /// Records.
    pub count: u64,
    /// The sum of their digests, 64 hex digits.
    pub digest: String,
}

/// Compares the whole organisation's records if one may see them all, else district by district. A slice that differs
/// is asked for again kind by kind, so that a person can be told where.
///
/// # Errors
/// When the city or the notebook fails.
pub async fn verify<B: Backend>(store: &Store, city: &B) -> Result<Verified, Error> {
    let (identity, cursor) = store.read(|reading| Ok((reading.identity()?, reading.cursor()?)))?;
    let identity = identity.ok_or(Error::NotEnrolled)?;
    let ask = Ask {
        store,
        city,
        organisation: identity.organisation,
        cursor: cursor.map(Cursor),
    };
    let mut slices = Vec::new();
    match ask.slice(None, None).await {
        Ok(whole) => slices.push(whole),
        Err(error) if error.problem() == Some(ProblemCode::Forbidden) => {
            for district in &identity.districts {
                slices.push(ask.slice(Some(*district), None).await?);
            }
        }
        Err(error) => return Err(error),
    }
    let differing: Vec<_> = slices
        .iter()
        .filter(|slice| !slice.is_equal())
        .map(|slice| slice.district)
        .collect();
    let equal = differing.is_empty();
    for district in differing {
        for kind in Kind::KNOWN.iter().filter(|kind| !kind.is_catalogue()) {
            let slice = ask.slice(district, Some(kind.clone())).await?;
            if !slice.is_equal() {
                slices.push(slice);
            }
        }
    }
    Ok(Verified { equal, slices })
}

struct Ask<'a, B> {
    store: &'a Store,
    city: &'a B,
    organisation: OrganisationId,
    cursor: Option<Cursor>,
}

impl<B: Backend> Ask<'_, B> {
    async fn slice(&self, district: Option<DistrictId>, kind: Option<Kind>) -> Result<Slice, Error> {
        let organisation = self.organisation;
        let query = VerifyQuery {
            organisation: Some(organisation),
            district,
            kind: kind.clone(),
            cursor: self.cursor.clone(),
        };
        let there = match self.city.verify(query).await {
            Ok(answer) => Some(Sum {
                count: answer.count,
                digest: answer.digest.0,
            }),
            Err(failure) if failure.code() == Some(ProblemCode::MovedOn) => None,
            Err(failure) => return Err(failure.into()),
        };
        let (count, digest) = self
            .store
            .read(|reading| reading.digest(organisation, district, kind.as_ref()))?;
        Ok(Slice {
            organisation,
            district,
            kind,
            here: Sum { count, digest },
            there,
        })
    }
}
