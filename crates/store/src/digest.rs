//! Whether both sides hold the same (`contract.md`, /v1/verify).

use crate::{Error, Reading, row};
use domain::{DistrictId, Kind, OrganisationId, Record};
use sha2::{Digest, Sha256};

impl Reading<'_> {
    /// Count and digest of the confirmed live and trashed records of a slice. For a record with local edits its base
    /// counts; one that the city never confirmed does not.
    ///
    /// # Errors
    /// What the database says.
    pub fn digest(
        &self,
        organisation: OrganisationId,
        district: Option<DistrictId>,
        kind: Option<&Kind>,
    ) -> Result<(u64, String), Error> {
        let mut statement = self.connection.prepare_cached(include_str!("sql/confirmed.sql"))?;
        let mut rows = statement.query([])?;
        let (mut count, mut sum) = (0, Sum::default());
        while let Some(row) = rows.next()? {
            let record = row::record(row)?;
            let envelope = &record.envelope;
            let is_asked = envelope.state.has_body()
                && envelope.organisation == Some(organisation)
                && district.is_none_or(|district| envelope.districts.contains(&district))
                && kind.is_none_or(|kind| envelope.kind == *kind);
            if is_asked {
                count += 1;
                sum.add(&line_hash(&record));
            }
        }
        Ok((count, hex::encode(sum.0)))
    }
}

/// SHA-256 of the line `id version sha256(envelope) sha256(body) sha256(sealed)`; what is absent hashes as nothing.
fn line_hash(record: &Record) -> [u8; 32] {
    let envelope = &record.envelope;
    let hash = |text: &str| hex::encode(Sha256::digest(text.as_bytes()));
    let line = format!(
        "{} {} {} {} {}",
        envelope.id,
        envelope.version,
        hash(&envelope.to_json()),
        hash(row::body(record).unwrap_or_default()),
        hash(row::sealed(record).unwrap_or_default()),
    );
    Sha256::digest(line.as_bytes()).into()
}

/// A sum modulo 2^256, the highest byte first.
#[derive(Default)]
struct Sum([u8; 32]);

impl Sum {
    fn add(&mut self, hash: &[u8; 32]) {
        let mut carry = 0;
        for (byte, more) in self.0.iter_mut().zip(hash).rev() {
            let (sum, first) = byte.overflowing_add(*more);
            let (sum, second) = sum.overflowing_add(carry);
            *byte = sum;
            carry = u8::from(first || second);
        }
    }
}
