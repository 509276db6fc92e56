//! Writing records: places in the feed are given in order, and whoever waits is told afterwards.

use crate::{
    Error,
    ledger::{self, Key, Put, Standing, Writing, keys_of_record},
};
use domain::{At, Body, Envelope, PersonId, RecordId, Sealed};
use std::collections::{BTreeSet, HashMap};
use wire::Head;

/// The records that one transaction writes. The last state of each counts.
pub(crate) struct Scribe {
    seq: u64,
    puts: Vec<Put>,
    places: HashMap<RecordId, usize>,
}

impl Scribe {
    pub(crate) fn begin(writing: &dyn Writing) -> Result<Self, Error> {
        Ok(Self {
            seq: writing.seq()?,
            puts: Vec::new(),
            places: HashMap::new(),
        })
    }

    /// The newest place given.
    pub(crate) fn seq(&self) -> u64 {
        self.seq
    }

    /// A record's state in this transaction, if it was written in it.
    pub(crate) fn written(&self, id: RecordId) -> Option<&Put> {
        self.places.get(&id).map(|place| &self.puts[*place])
    }

    /// Writes a record; `before` is how it stood when the transaction began.
    pub(crate) fn write(&mut self, before: Option<Standing>, head: Head) {
        self.seq += 1;
        let id = head.envelope.id;
        match self.places.get(&id) {
            Some(place) => {
                let put = &mut self.puts[*place];
                put.head = head;
                put.seq = self.seq;
            }
            None => {
                self.places.insert(id, self.puts.len());
                self.puts.push(Put {
                    before,
                    head,
                    seq: self.seq,
                });
            }
        }
    }

    /// Writes a record as the city itself, one version on.
    pub(crate) fn revise(
        &mut self,
        before: Standing,
        change: impl FnOnce(&mut Envelope),
        content: (Option<Body>, Option<Sealed>),
        by: PersonId,
        at: At,
    ) -> u64 {
        let mut envelope = before.envelope.clone();
        envelope.version += 1;
        change(&mut envelope);
        let version = envelope.version;
        let (body, sealed) = content;
        self.write(
            Some(before),
            Head {
                envelope,
                body,
                sealed,
                changed_at: at,
                changed_by: by,
            },
        );
        version
    }

    /// Hands everything to the ledger, which lets attachments go that a record no longer names. The keys that were touched are to be rung once the transaction is kept.
    pub(crate) fn finish(self, writing: &mut dyn Writing) -> Result<BTreeSet<Key>, Error> {
        let mut touched = BTreeSet::new();
        if self.puts.is_empty() {
            // A push of which nothing was taken costs no write and no fsync.
            return Ok(touched);
        }
        for put in &self.puts {
            let now = &put.head.envelope;
            touched.extend(keys_of_record(&now.kind, &now.placement()));
            if let Some(before) = &put.before {
                touched.extend(keys_of_record(&before.envelope.kind, &before.envelope.placement()));
            }
        }
        writing.put(&self.puts)?;
        for put in &self.puts {
            if let Some(before) = &put.before {
                let named = ledger::named(&put.head.envelope);
                if !ledger::named(&before.envelope).is_subset(&named) {
                    writing.keep_blobs(before.n, &named)?;
                }
            }
        }
        writing.set_seq(self.seq)?;
        Ok(touched)
    }
}
