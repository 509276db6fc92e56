//! What befalls people, devices and the city.

use super::{
    Problem, device::Standing, history::History, journal::Taken, place::Place, remains, template::PEOPLE, words::words,
};
use ::city::admin::{self, PersonChange};
use domain::{Action, Person, Record, RecordId, State, may};
use std::collections::{BTreeMap, BTreeSet};

/// A copy of the city's files, and what everybody might when it was made.
pub(super) struct Backup {
    place: Place,
    people: Vec<Person>,
    taken: Taken,
}

const DAY: i64 = 86_400_000;

impl History<'_> {
    /// One thing happens.
    pub(super) async fn act(&mut self) -> Result<(), Problem> {
        match self.chance.below(200) {
            0..=17 => self.create(),
            18..=55 => self.edit(),
            56..=69 => self.edit_at_once(),
            70..=78 => self.bin(),
            79..=85 => self.move_away(),
            86..=90 => self.draft(),
            91..=113 => self.begin_round(),
            114..=143 => self.go_on().await,
            144..=159 => self.finish_round().await,
            160..=168 => self.kill_device().await,
            169..=171 => self.kill_city(),
            172..=176 => self.arrive_late().await,
            177..=181 => self.change_scope(),
            182..=184 => self.forget(),
            185 | 186 => self.dismiss(),
            187 | 188 => self.set_clock(),
            189..=191 => self.wait_a_month().await,
            192 | 193 => self.back_up_city(),
            194 | 195 => self.restore_city(),
            196 | 197 => self.copy_device(),
            198 => self.roll_back_device(),
            _ => self.expire_cursor(),
        }
    }

    /// Some rounds go on a little.
    async fn go_on(&mut self) -> Result<(), Problem> {
        for n in 0..self.devices.len() {
            if self.devices[n].is_talking() {
                let steps = self.chance.below(12);
                self.steps(n, steps).await?;
            }
        }
        Ok(())
    }

    async fn finish_round(&mut self) -> Result<(), Problem> {
        self.begin_round()?;
        let talking: Vec<usize> = self.devices.iter().filter(|d| d.is_talking()).map(|d| d.n).collect();
        match self.chance.pick(&talking).copied() {
            Some(n) => self.finish(n).await,
            None => Ok(()),
        }
    }

    /// A device is killed, wherever its round is, or its power is cut in the middle of a write.
    async fn kill_device(&mut self) -> Result<(), Problem> {
        let talking: Vec<usize> = self.devices.iter().filter(|d| d.is_talking()).map(|d| d.n).collect();
        let Some(n) = self.chance.pick(&talking).copied() else {
            let Some(n) = self.some_device() else { return Ok(()) };
            self.counters.note("fault: a device is killed");
            self.devices[n].crash()?;
            self.tell(format!("device {n} is killed and started again"));
            return self.check_prefix(n);
        };
        if self.chance.one_in(3) {
            self.counters.note("fault: a device is killed in a round");
            self.devices[n].crash()?;
        } else if self.devices[n].cut_power(&mut self.chance).await? {
            self.counters.note("fault: power is cut in the middle of a write");
        } else {
            self.counters.note("fault: power is cut");
        }
        self.tell(format!("device {n} is cut off in its round and started again"));
        self.check_prefix(n)
    }

    fn kill_city(&mut self) -> Result<(), Problem> {
        self.counters.note("fault: the city is killed");
        self.city.crash()?;
        self.tell("the city is killed and started again");
        Ok(())
    }

    async fn arrive_late(&mut self) -> Result<(), Problem> {
        let Some(n) = self.some_device() else { return Ok(()) };
        self.tell(format!("device {n}: what was under way arrives"));
        self.devices[n].deliver_late().await;
        Ok(())
    }

    fn change_scope(&mut self) -> Result<(), Problem> {
        let person = 1 + self.chance.below(PEOPLE.len() - 1);
        let mut rights = self.journal.seen().people[person].clone();
        let districts = self.template.districts();
        rights.districts = (0..=self.chance.below(2))
            .filter_map(|_| self.chance.pick(districts).copied())
            .collect();
        let change = PersonChange {
            districts: Some(rights.districts.iter().map(ToString::to_string).collect()),
            ..PersonChange::default()
        };
        admin::set_person(&self.city.service(), &rights.id.to_string(), &change)?;
        self.tell(format!(
            "{} works in {} districts now",
            PEOPLE[person].0,
            rights.districts.len()
        ));
        self.counters.note("promise: scope follows the districts");
        self.journal.seen().set_rights(person, rights);
        Ok(())
    }

    /// The operator forgets a record, or fields of it.
    fn forget(&mut self) -> Result<(), Problem> {
        let standing: Vec<Record> = self
            .city
            .records()?
            .into_values()
            .filter(|r| r.envelope.state != State::Erased)
            .collect();
        let Some(record) = self.chance.pick(&standing) else {
            return Ok(());
        };
        let id = record.envelope.id;
        let fields: Option<Vec<String>> = self.chance.one_in(2).then(|| {
            let fields = ["text", "resources", "recorded_by", "description", "name", "sealed"];
            let some = |_| self.chance.pick(&fields).map(|field| (*field).to_owned());
            (0..2).filter_map(some).collect()
        });
        let done = admin::erase(&self.city.service(), &[id], fields.as_deref(), "art17_1b", "1/26")?;
        self.erasures.push(done);
        self.counters.note(match fields {
            Some(_) => "promise: what is redacted is forgotten",
            None => "promise: what is erased is forgotten",
        });
        self.tell(format!(
            "{id} is forgotten: {}",
            fields.map_or("all of it".to_owned(), |f| f.join(", "))
        ));
        self.look_at_city()?;
        // Now and then the operator goes back to a copy from before, not thinking of what was forgotten since.
        if self.chance.one_in(8) {
            self.restore_city()?;
        }
        Ok(())
    }

    /// The onlooker is told what the city itself changed.
    fn look_at_city(&mut self) -> Result<(), Problem> {
        let records = self.city.records()?;
        self.journal.seen().set_records(&records);
        Ok(())
    }

    /// Somebody leaves, or a device is lost.
    fn dismiss(&mut self) -> Result<(), Problem> {
        let used: Vec<usize> = self
            .devices
            .iter()
            .filter(|d| d.standing == Standing::InUse && d.person != 0)
            .map(|d| d.n)
            .collect();
        let Some(n) = self.chance.pick(&used).copied() else {
            return Ok(());
        };
        let identity = self.devices[n].identity()?;
        if self.chance.one_in(2) {
            self.counters.note("deed: a device is revoked");
            admin::revoke(&self.city.service(), identity.device_id)?;
            self.devices[n].standing = Standing::Ending;
            self.tell(format!("device {n} is revoked"));
        } else {
            self.counters.note("deed: somebody leaves");
            admin::leave_person(&self.city.service(), &identity.person.to_string())?;
            let person = self.devices[n].person;
            for device in &mut self.devices {
                if device.person == person && device.standing == Standing::InUse {
                    device.standing = Standing::Ending;
                }
            }
            self.tell(format!("{} leaves", PEOPLE[person].0));
        }
        Ok(())
    }

    fn set_clock(&mut self) -> Result<(), Problem> {
        let Some(n) = self.some_device() else { return Ok(()) };
        let years = i64::try_from(self.chance.below(41)).expect("some years") - 20;
        self.devices[n].machine.set_clock(years * 365 * DAY);
        self.counters.note("fault: a clock is wrong by years");
        self.tell(format!("device {n}: its clock is wrong by {years} years now"));
        Ok(())
    }

    /// A month goes by, in which everybody may have come by, and the city empties its trash.
    async fn wait_a_month(&mut self) -> Result<(), Problem> {
        let here: Vec<usize> = (0..self.devices.len()).collect();
        let here = if self.chance.one_in(2) { here } else { Vec::new() };
        for n in here {
            if self.devices[n].standing != Standing::Wiped {
                self.begin_round_of(n)?;
                self.finish(n).await?;
            }
        }
        // What was set aside just now is 30 days older then.
        self.look()?;
        self.time.pass(31 * DAY);
        let before = self.city.records()?;
        self.city.service().sweep().await?;
        let after = self.city.records()?;
        for (id, record) in &before {
            if after
                .get(id)
                .is_some_and(|now| now.envelope.version != record.envelope.version)
            {
                self.witness.changed(record, &after[id], None);
                self.counters.note("promise: the trash is emptied after 30 days");
            }
        }
        self.tell("a month goes by");
        self.journal.seen().set_records(&after);
        Ok(())
    }

    fn back_up_city(&mut self) -> Result<(), Problem> {
        let place = self.city.back_up()?;
        let (people, taken) = {
            let seen = self.journal.seen();
            (seen.people.clone(), seen.taken())
        };
        self.backups.push(Backup { place, people, taken });
        self.tell(format!("the city is backed up, copy {}", self.backups.len()));
        Ok(())
    }

    /// The city is lost and set up again from a backup.
    fn restore_city(&mut self) -> Result<(), Problem> {
        let Some(at) = (!self.backups.is_empty()).then(|| self.chance.below(self.backups.len())) else {
            return Ok(());
        };
        let kept = self.words_that_stay()?;
        let Backup { place, people, taken } = &self.backups[at];
        if !self.city.restore(place)? {
            self.counters
                .note("promise: a database behind its forget log does not start");
            self.tell(format!(
                "copy {} is older than what was forgotten, and is not served",
                at + 1
            ));
            return Ok(());
        }
        let (people, taken) = (people.clone(), taken.clone());
        let records = self.city.records()?;
        {
            let mut seen = self.journal.seen();
            for (person, rights) in people.into_iter().enumerate() {
                seen.set_rights(person, rights);
            }
            seen.begin_anew(&records, taken);
        }
        let known: BTreeSet<u32> = records.values().flat_map(words).chain(kept).collect();
        let gone: Vec<u32> = self
            .witness
            .all()
            .map(|(word, _)| word)
            .filter(|word| !known.contains(word))
            .collect();
        self.witness.excuse(gone, "neither the backup nor any device had it");
        self.look_who_stays()?;
        // What was under way to the old life is not taken by the new one, and what was copied from it is older still.
        self.backups.clear();
        self.counters
            .note("promise: a restored city gets back what devices have");
        self.tell(format!("the city is restored from copy {}", at + 1));
        Ok(())
    }

    /// The words that devices hold and will go on holding. Not those of a record that its person cannot see any more, once
    /// the city took them: the answer that lets the record go may be on its way from the old life.
    fn words_that_stay(&self) -> Result<BTreeSet<u32>, Problem> {
        let seen = self.journal.seen();
        let mut kept = BTreeSet::new();
        for device in self.devices.iter().filter(|d| d.standing == Standing::InUse) {
            let rights = &seen.people[device.person];
            let goes = |word: &u32| {
                let head = seen.heads.get(&self.witness.home(*word));
                seen.reached.contains(word) && head.is_some_and(|head| !may(rights, Action::Read, head))
            };
            kept.extend(remains::all_words(device)?.into_iter().filter(|word| !goes(word)));
        }
        Ok(kept)
    }

    /// Who had left when the backup was made, and who had not.
    fn look_who_stays(&mut self) -> Result<(), Problem> {
        let listed = admin::devices(&self.city.service())?;
        let states: BTreeMap<_, _> = listed.into_iter().map(|device| (device.id, device.state)).collect();
        for n in 0..self.devices.len() {
            if self.devices[n].standing == Standing::Wiped {
                continue;
            }
            let id = self.devices[n].identity()?.device_id;
            self.devices[n].standing = match states.get(&id) {
                Some(&"active") => Standing::InUse,
                _ => Standing::Ending,
            };
        }
        Ok(())
    }

    fn copy_device(&mut self) -> Result<(), Problem> {
        let Some(n) = self.some_device() else { return Ok(()) };
        let copy = self.devices[n].back_up()?;
        self.copies.insert(n, copy);
        self.tell(format!("device {n} is copied"));
        Ok(())
    }

    /// Somebody puts an older copy of a notebook in its place.
    fn roll_back_device(&mut self) -> Result<(), Problem> {
        let copied: Vec<usize> = self
            .copies
            .keys()
            .copied()
            .filter(|n| self.devices[*n].standing == Standing::InUse)
            .collect();
        let Some(n) = self.chance.pick(&copied).copied() else {
            return Ok(());
        };
        let copy = self.copies.remove(&n).expect("just seen");
        self.devices[n].begin_life(&copy)?;
        self.devices[n].rolled_back = true;
        let here = remains::all_words(&self.devices[n])?;
        let seen = self.journal.seen();
        let gone: Vec<u32> = self
            .witness
            .all()
            .filter(|(word, typed)| typed.device == n && !seen.reached.contains(word) && !here.contains(word))
            .map(|(word, _)| word)
            .collect();
        drop(seen);
        self.witness
            .excuse(gone, "typed after the copy that the device was restored from");
        self.counters.note("fault: a device is restored from a copy");
        self.tell(format!("device {n} is restored from its copy"));
        Ok(())
    }

    fn expire_cursor(&mut self) -> Result<(), Problem> {
        let Some(n) = self.some_device() else { return Ok(()) };
        self.devices[n].wire().weather().expire = true;
        self.tell(format!("device {n}: its cursor is too old"));
        Ok(())
    }

    /// Looks what rests under "Nicht übertragbar", and for how long.
    pub(super) fn look(&mut self) -> Result<(), Problem> {
        let now = self.time.millis();
        for n in std::mem::take(&mut self.stepped) {
            if self.devices[n].standing == Standing::Wiped {
                continue;
            }
            let here = remains::words_aside(&self.devices[n])?;
            for word in &here {
                if self.aside.insert_new((n, *word), now) {
                    self.counters.note("promise: what cannot be transferred is kept");
                }
            }
            let gone: Vec<u32> = self.aside.gone(n, &here, now - 30 * DAY);
            // With a word goes what it had replaced, as far as nobody else ever saw that.
            let homes: BTreeSet<RecordId> = gone.iter().map(|word| self.witness.home(*word)).collect();
            let seen = self.journal.seen();
            let with_them: Vec<u32> = self
                .witness
                .all()
                .filter(|(word, typed)| {
                    typed.device == n && homes.contains(&typed.record) && !seen.reached.contains(word)
                })
                .map(|(word, _)| word)
                .collect();
            drop(seen);
            self.witness
                .excuse(with_them, "30 days under Nicht übertragbar are over");
        }
        Ok(())
    }
}
