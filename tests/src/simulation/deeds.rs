//! What people do on their devices, online or not.

use super::{
    Problem,
    device::{Standing, kinds, members},
    history::History,
    typing, words,
};
use domain::{Action, Body, Envelope, Kind, Members, Reader, Record, RecordId, State, derived_id, may};
use std::collections::BTreeSet;
use store::Draft;
use sync::Source;

impl History<'_> {
    /// Makes a record.
    pub(super) fn create(&mut self) -> Result<(), Problem> {
        let Some(n) = self.some_device() else { return Ok(()) };
        let mut kind = self.chance.pick(&kinds()).expect("some").clone();
        if self.chance.one_in(3) || (matches!(kind, Kind::Other(_)) && !self.devices[n].newer) {
            kind = Kind::Note;
        }
        let identity = self.devices[n].identity()?;
        if identity.districts.is_empty() {
            return Ok(());
        }
        let own: Vec<_> = identity.districts.iter().copied().collect();
        // Often the first one, where most people work.
        let most = if self.chance.one_in(2) { 1 } else { own.len() };
        let mut districts = BTreeSet::from([*self.chance.pick(&own[..most]).expect("some")]);
        if self.chance.one_in(5) {
            districts.extend(self.chance.pick(&own).copied());
        }
        if self.chance.one_in(25) {
            // Perhaps one in which this person may not begin anything: it will wait with its reason.
            districts = self
                .chance
                .pick(self.template.districts())
                .copied()
                .into_iter()
                .collect();
        }
        let whole = matches!(kind, Kind::Board | Kind::Contact) && self.chance.one_in(3);
        let id = self.new_id(n, &kind, &identity.id_key)?;
        if self.devices[n].record(id)?.is_some() {
            return Ok(());
        }
        let readers = if kind == Kind::Board && self.chance.one_in(2) {
            BTreeSet::from([Reader::Organisation(self.template.people()[4].organisation)])
        } else {
            BTreeSet::new()
        };
        let mut record = Record {
            envelope: Envelope {
                id,
                kind: kind.clone(),
                organisation: Some(identity.organisation),
                districts,
                whole_organisation: whole,
                owner: identity.person,
                confidential: false,
                readers,
                blobs: BTreeSet::new(),
                retention: None,
                state: State::Live,
                version: 0,
                floor_version: 0,
                redacted: BTreeSet::new(),
            },
            body: Some(Body::new("{}".to_owned())),
            sealed: None,
        };
        if kind == Kind::Request && !self.devices[n].rolled_back {
            self.number(n, &mut record, &identity.device_code)?;
        }
        self.tell(format!("device {n}: makes the {} {id}", kind.as_str()));
        self.type_in(n, &record)
    }

    /// Notes may come from the same row of the same file on two devices, and then have the same id.
    fn new_id(&mut self, n: usize, kind: &Kind, key: &str) -> Result<RecordId, Problem> {
        if *kind == Kind::Note && self.chance.one_in(6) {
            self.counters.note("promise: derived ids meet");
            let row = format!("row {}", self.chance.below(4));
            return Ok(derived_id(key.as_bytes(), "import", &[&row, "0"]));
        }
        Ok(RecordId(self.devices[n].machine.uuid()))
    }

    /// Gives a request its number for people, which nobody may have a second time.
    fn number(&mut self, n: usize, record: &mut Record, code: &str) -> Result<(), Problem> {
        let (taken, _) = self.devices[n].store().write(|w| w.take_number("request 26", 1))?;
        let number = format!("26-{code}-{taken:03}");
        if let Some(other) = self.numbers.insert(number.clone(), record.envelope.id) {
            return Err(format!("exactly once: {other} has the number {number} already").into());
        }
        self.counters.note("promise: a number is given once");
        let mut body = members(record);
        body.set("number", &number)?;
        record.body = Some(Body::from_members(&body));
        Ok(())
    }

    /// Some record that this device shows: often one of the few that everybody works on, so that edits meet.
    fn some_record(&mut self, n: usize) -> Result<Option<Record>, Problem> {
        let records = self.devices[n].records()?;
        let few = &records[..records.len().min(2)];
        let from = if self.chance.one_in(2) { few } else { &records };
        Ok(self.chance.pick(from).cloned())
    }

    /// A record that stands in several versions here.
    fn contested(&mut self, n: usize) -> Result<Option<Record>, Problem> {
        let records = self.devices[n].records()?;
        let open: Vec<&Record> = records
            .iter()
            .filter(|record| members(record).contains("variants"))
            .collect();
        Ok(self.chance.pick(&open).map(|record| (*record).clone()))
    }

    /// Types into a record, or settles what stands in two versions.
    pub(super) fn edit(&mut self) -> Result<(), Problem> {
        let Some(n) = self.some_device() else { return Ok(()) };
        if self.chance.one_in(2)
            && let Some(record) = self.contested(n)?
            && self.may(n, Action::Change, &record)
        {
            return self.settle(n, &record);
        }
        let Some(record) = self.some_record(n)? else {
            return self.create();
        };
        if record.body.is_some() && self.may(n, Action::Change, &record) {
            self.type_in(n, &record)?;
        }
        Ok(())
    }

    /// When everybody has everything, some look at what stands in two versions, each for themselves. Whether anybody
    /// settled anything.
    pub(super) fn settle_some(&mut self) -> Result<bool, Problem> {
        let mut settled = false;
        for n in 0..self.devices.len() {
            if self.devices[n].standing == Standing::InUse
                && self.chance.one_in(2)
                && let Some(record) = self.contested(n)?
                && self.may(n, Action::Change, &record)
            {
                self.settle(n, &record)?;
                settled = true;
            }
        }
        Ok(settled)
    }

    /// Two people type into the same field of one record, and neither knows of the other.
    pub(super) fn edit_at_once(&mut self) -> Result<(), Problem> {
        let Some(first) = self.some_device() else { return Ok(()) };
        let Some(record) = self.some_record(first)? else {
            return Ok(());
        };
        let id = record.envelope.id;
        let mut both = vec![(first, record)];
        for n in (0..self.devices.len()).filter(|n| *n != first) {
            if self.devices[n].standing != Standing::Wiped
                && let Some(record) = self.devices[n].record(id)?
            {
                both.push((n, record));
                break;
            }
        }
        let same = self.chance.clone();
        for (n, record) in both {
            self.chance = same.clone();
            if record.body.is_some() && self.may(n, Action::Change, &record) {
                self.type_in(n, &record)?;
            }
        }
        Ok(())
    }

    fn may(&self, n: usize, action: Action, record: &Record) -> bool {
        let identity = self.devices[n].identity();
        identity.is_ok_and(|identity| may(&identity.person(), action, &record.envelope))
    }

    fn type_in(&mut self, n: usize, before: &Record) -> Result<(), Problem> {
        let newer = self.devices[n].newer;
        let mut record = before.clone();
        let word = self.witness.next();
        let mut used = false;
        let mut next = || {
            used = true;
            word
        };
        let field = typing::type_into(&mut record, newer, &mut self.chance, &mut next);
        if used {
            self.witness.typed(n, before, field);
        }
        let id = record.envelope.id;
        self.devices[n].save(&record)?;
        self.witness.changed(before, &record, used.then_some(word));
        let what = if used { words::word(word) } else { "less".to_owned() };
        self.tell(format!("device {n}: {field} of {id}: {what}"));
        self.counters.note("promise: no edit is lost");
        Ok(())
    }

    fn settle(&mut self, n: usize, before: &Record) -> Result<(), Problem> {
        let mut record = before.clone();
        if let Some(field) = typing::settle(&mut record, &mut self.chance) {
            self.devices[n].save(&record)?;
            self.witness.changed(before, &record, None);
            self.counters.note("promise: variants are settled once for all");
            self.tell(format!("device {n}: settles {field} of {}", record.envelope.id));
        }
        Ok(())
    }

    /// Moves a record into the trash, out of it, or deletes it.
    pub(super) fn bin(&mut self) -> Result<(), Problem> {
        let Some(n) = self.some_device() else { return Ok(()) };
        let Some(before) = self.some_record(n)? else {
            return Ok(());
        };
        let mut record = before.clone();
        record.envelope.state = match before.envelope.state {
            State::Live if self.chance.one_in(3) => State::Deleted,
            State::Live => State::Trashed,
            State::Trashed => State::Live,
            State::Deleted | State::Erased => return Ok(()),
        };
        if !self.may(n, Action::Trash, &before) {
            return Ok(());
        }
        if record.envelope.state == State::Deleted {
            (record.body, record.sealed) = (None, None);
        }
        self.devices[n].save(&record)?;
        self.witness.changed(&before, &record, None);
        self.counters.note(match record.envelope.state {
            State::Live => "deed: restored from the trash",
            State::Trashed => "deed: trashed",
            _ => "deed: deleted",
        });
        self.tell(format!(
            "device {n}: {} is {:?}",
            record.envelope.id, record.envelope.state
        ));
        Ok(())
    }

    /// Moves a record to another district.
    pub(super) fn move_away(&mut self) -> Result<(), Problem> {
        let Some(n) = self.some_device() else { return Ok(()) };
        let Some(before) = self.some_record(n)? else {
            return Ok(());
        };
        let mut record = before.clone();
        record.envelope.districts = self
            .chance
            .pick(self.template.districts())
            .copied()
            .into_iter()
            .collect();
        if self.chance.one_in(4) {
            record
                .envelope
                .districts
                .extend(before.envelope.districts.iter().copied());
        }
        let own = self.devices[n].identity()?.organisation;
        let moves = before.envelope.state.has_body() && record != before && before.envelope.organisation == Some(own);
        if moves && self.may(n, Action::Change, &before) {
            self.devices[n].save(&record)?;
            self.witness.changed(&before, &record, None);
            self.counters.note("deed: moved");
            self.tell(format!("device {n}: moves {}", record.envelope.id));
        }
        Ok(())
    }

    /// Types without having finished, or finishes or drops what was begun.
    pub(super) fn draft(&mut self) -> Result<(), Problem> {
        let Some(n) = self.some_device() else { return Ok(()) };
        let Some(before) = self.some_record(n)? else {
            return Ok(());
        };
        if before.body.is_none() || before.envelope.kind != Kind::Note || !self.may(n, Action::Change, &before) {
            return Ok(());
        }
        let id = before.envelope.id;
        let key = format!("note:{id}");
        let store = self.devices[n].store().clone();
        if let Some(draft) = store.read(|r| r.draft(&key))? {
            store.write(|w| w.drop_draft(&key))?;
            let typed = words::words_in(draft.body.as_str());
            let opened = draft.base.as_ref().map(words::words).unwrap_or_default();
            self.witness
                .excuse(typed.difference(&opened).copied(), "the draft was thrown away");
            self.tell(format!("device {n}: throws the draft of {id} away"));
            return Ok(());
        }
        let word = self.witness.next();
        self.witness.typed(n, &before, "text");
        let mut body: Members = members(&before);
        let text = format!(
            "{}\n{}",
            body.read::<String>("text").unwrap_or_default(),
            words::word(word)
        );
        body.set("text", &text)?;
        let draft = Draft {
            key,
            record: Some(id),
            kind: Kind::Note,
            body: Body::from_members(&body),
            base: Some(before),
            form: None,
            at: self.devices[n].machine.now(),
        };
        store.write(|w| w.put_draft(&draft))?;
        self.counters.note("promise: a draft stays");
        self.tell(format!("device {n}: is typing {} into {id}", words::word(word)));
        Ok(())
    }

    /// Begins a round, unless one is under way.
    pub(super) fn begin_round(&mut self) -> Result<(), Problem> {
        match self.some_device() {
            Some(n) => self.begin_round_of(n),
            None => Ok(()),
        }
    }

    /// The same, of this device.
    pub(super) fn begin_round_of(&mut self, n: usize) -> Result<(), Problem> {
        if !self.devices[n].is_talking() && self.devices[n].standing != Standing::Wiped {
            self.devices[n].begin_round()?;
            self.tell(format!("device {n}: begins a round"));
        }
        Ok(())
    }
}
