//! Forgetting, the audit log, and whether the ledger is what it says.

use super::shapes::{AuditEntry, Verified};
use crate::{
    Error, Service,
    ledger::{BlobRow, Reading, Sum, hash_of, line},
    service::{Order, Ring, forget},
};
use domain::{At, BlobHash, Record, RecordId};
use std::collections::BTreeMap;
use wire::{ErasureId, ErasureRequest};

/// Forgets records, or fields of them, whosesoever they are.
///
/// # Errors
/// When a record is unknown, or ground and case number are no codes.
pub fn erase(
    service: &Service,
    ids: &[RecordId],
    fields: Option<&[String]>,
    ground: &str,
    case_no: &str,
) -> Result<ErasureId, Error> {
    let request = ErasureRequest {
        ids: ids.to_vec(),
        fields: fields.map(<[String]>::to_vec),
        ground: ground.to_owned(),
        case_no: case_no.to_owned(),
    };
    let order = Order::of(request);
    let why = "ground and case number are 1 to 64 letters, digits and -_./, records and fields 1 to 1000";
    let order = order.ok_or(Error::Invalid {
        field: "erasure",
        why,
        row: None,
    })?;
    let now = service.world().now();
    let id = service.commit(|writing| {
        let known = writing.standings(ids)?;
        if let Some(unknown) = ids.iter().find(|id| !known.contains_key(id)) {
            return Err(Error::Unknown {
                what: "record",
                asked: unknown.to_string(),
            });
        }
        let (row, touched) = forget(service, writing, &order, None, now)?;
        Ok((row.id, Ring::Keys(touched)))
    })?;
    service.note_place()?;
    service.destroy_all_dropped()?;
    service.ledger().scrub()?;
    Ok(id)
}

/// The audit log since an instant.
///
/// # Errors
/// What the ledger says.
pub fn audit(service: &Service, since: Option<At>) -> Result<Vec<AuditEntry>, Error> {
    service.ledger().read(|reading| reading.audit_since(since))
}

/// Counts every digest and every attachment's hash anew, checks the database's pages and follows the forget log's chain.
///
/// # Errors
/// What the ledger says, or the forget log where its chain is broken.
pub fn verify(service: &Service) -> Result<Verified, Error> {
    let forget_log = service.forget_log().walk()?.lines;
    let database = service.ledger().inspect()?;
    let (records, wrong) = service.ledger().read(|reading| {
        let mut counted: BTreeMap<(String, String), (u64, Sum)> = BTreeMap::new();
        let mut organisations = std::collections::BTreeSet::from([None]);
        let mut records = 0;
        reading.each(&mut |_, head| {
            let envelope = &head.envelope;
            organisations.insert(envelope.organisation);
            if envelope.state.has_body() {
                records += 1;
                let record = Record {
                    envelope: envelope.clone(),
                    body: head.body.clone(),
                    sealed: head.sealed.clone(),
                };
                let slice = counted.entry(slice(&envelope.kind, &envelope.placement())).or_default();
                *slice = (slice.0 + 1, slice.1.plus(&line(&record, &envelope.to_json())));
            }
            Ok(())
        })?;
        let mut wrong = Vec::new();
        for organisation in organisations {
            for class in reading.classes(organisation)? {
                let slice = slice(&class.kind, &class.placement);
                let found = counted.remove(&slice).unwrap_or_default();
                if found != (class.count, class.sum) {
                    wrong.push(format!("{} {}", slice.0, slice.1));
                }
            }
        }
        wrong.extend(
            counted
                .into_keys()
                .map(|(kind, placement)| format!("{kind} {placement}")),
        );
        Ok::<_, Error>((records, wrong))
    })?;
    let (attachments, damaged) = attachments(service)?;
    Ok(Verified {
        records,
        wrong,
        attachments,
        damaged,
        database,
        forget_log,
    })
}

/// How many are whole, and those of them that are damaged. Each is read on a snapshot of its own: all of them may take long.
fn attachments(service: &Service) -> Result<(u64, Vec<String>), Error> {
    let (mut count, mut damaged) = (0, Vec::new());
    for (record, hash, row) in service.ledger().read(|reading| reading.whole_blobs())? {
        let found = service.ledger().read(|reading| hash_of(reading, row, &[]))?;
        let still = |id| service.ledger().read(|reading| stands(reading, id, &hash));
        if found.as_ref() == Some(&hash) {
            count += 1;
        } else if still(record)? == Some(row) {
            damaged.push(format!("{record} {}", hash.as_str()));
        }
    }
    Ok((count, damaged))
}

/// An attachment as it stands now; it may have been dropped while it was read.
fn stands(reading: &dyn Reading, record: RecordId, hash: &BlobHash) -> Result<Option<BlobRow>, Error> {
    match reading.standings(&[record])?.remove(&record) {
        Some(standing) => reading.blob(standing.n, hash),
        None => Ok(None),
    }
}

fn slice(kind: &domain::Kind, placement: &domain::Placement) -> (String, String) {
    let placement = serde_json::to_string(placement).expect("a placement holds only ids and sets");
    (kind.as_str().to_owned(), placement)
}
