//! A history: people work, the network fails, machines fall over, and in the end everything must be where it belongs.

use super::{
    Options, Played, Problem, Violation,
    aside::Aside,
    chance::Chance,
    city::City,
    clock::{Machine, Time},
    counters::Counters,
    device::{self, Device, Standing},
    folder::{Lives, copy},
    journal::Journal,
    network::Line,
    template::{DEVICES, Template},
    troubles::Backup,
    witness::Witness,
};
use domain::RecordId;
use std::{
    collections::{BTreeMap, BTreeSet},
    path::PathBuf,
    sync::Arc,
};
use sync::{Counted, Wipe};
use tempfile::TempDir;

/// What happens, and everything it happens to.
pub struct History<'t> {
    pub(super) seed: u64,
    pub(super) template: &'t Template,
    _dir: TempDir,
    pub(super) time: Time,
    pub(super) city: City,
    pub(super) journal: Arc<Journal>,
    pub(super) devices: Vec<Device>,
    pub(super) witness: Witness,
    pub(super) counters: Counters,
    /// What happened, for people to read.
    pub(super) tale: Vec<String>,
    /// The chance of the present step.
    pub(super) chance: Chance,
    /// Since when a word rests under "Nicht übertragbar", by device.
    pub(super) aside: Aside,
    /// Copies of the city's files, oldest first.
    pub(super) backups: Vec<Backup>,
    /// Copies of devices' files.
    pub(super) copies: BTreeMap<usize, PathBuf>,
    /// How much went in and out in all rounds.
    pub(super) moved: u64,
    /// The devices whose rounds went on since the last look.
    pub(super) stepped: BTreeSet<usize>,
    pub(super) erasures: Vec<wire::ErasureId>,
    pub(super) numbers: BTreeMap<String, RecordId>,
}

impl<'t> History<'t> {
    fn begin(template: &'t Template, seed: u64) -> Result<Self, Problem> {
        let dir = super::folder::scratch()?;
        let time = Time::default();
        time.pass(3_600_000);
        let mut chance = Chance::of(&[seed]);
        let journal = Arc::new(Journal::default());
        let world = Machine::new(&time, Chance::of(&[seed, 1]), 0);
        let city = City::open(template.city().copy_to(dir.path().join("city"))?, world)?;
        journal.seen().begin(template.people().to_vec());
        let mut devices = Vec::new();
        let most = 3 + chance.below(DEVICES.len() - 2);
        for (n, &person) in DEVICES.iter().enumerate().take(most) {
            let root = dir.path().join(format!("device-{n}"));
            copy(&template.device(n), &root.join("0"))?;
            let line = Line::new(&city, device::wire(n, person, &journal));
            let years = i64::try_from(chance.below(41)).expect("some years") - 20;
            let wrong_by = if chance.one_in(2) { years * 365 * 86_400_000 } else { 0 };
            let machine = Machine::new(&time, Chance::of(&[seed, 2, n as u64]), wrong_by);
            let lives = Lives::new(root);
            let mut device = Device::open(n, person, lives, template.key(n).clone(), line, machine)?;
            device.newer = n == 3;
            devices.push(device);
        }
        let mut counters = Counters::default();
        counters.note("history");
        Ok(Self {
            seed,
            template,
            _dir: dir,
            time,
            city,
            journal,
            devices,
            witness: Witness::default(),
            counters,
            tale: Vec::new(),
            chance,
            aside: Aside::default(),
            backups: Vec::new(),
            copies: BTreeMap::new(),
            moved: 0,
            stepped: BTreeSet::new(),
            erasures: Vec::new(),
            numbers: BTreeMap::new(),
        })
    }

    async fn play(&mut self, options: &Options) -> Result<(), Problem> {
        for step in 0..options.steps {
            if options.left_out.contains(&step) {
                continue;
            }
            self.turn(step as u64);
            self.act().await?;
            self.look()?;
        }
        self.turn(options.steps as u64 + 1);
        self.calm_down().await?;
        self.check().await
    }

    /// A step begins: time goes by, and everybody draws the chance of this step.
    fn turn(&mut self, step: u64) {
        self.chance = Chance::of(&[self.seed, 10, step]);
        let minutes = 1 + i64::try_from(self.chance.below(240)).expect("minutes");
        self.time.pass(minutes * 60_000);
        self.city.world().reseed(Chance::of(&[self.seed, 11, step]));
        for device in &self.devices {
            let n = device.n as u64;
            device.machine.reseed(Chance::of(&[self.seed, 12, step, n]));
            let mut weather = device.wire().weather();
            weather.chance = Chance::of(&[self.seed, 13, step, n]);
            weather.trouble = 250;
            weather.strange = if device.newer { 0 } else { 20 };
            weather.page = [2, 5, 1_000][self.chance.below(3)];
        }
    }

    /// Tells what happened.
    pub(super) fn tell(&mut self, what: impl Into<String>) {
        self.tale.push(what.into());
    }

    /// A device in use.
    pub(super) fn some_device(&mut self) -> Option<usize> {
        let used: Vec<usize> = self
            .devices
            .iter()
            .filter(|d| d.standing != Standing::Wiped)
            .map(|d| d.n)
            .collect();
        self.chance.pick(&used).copied()
    }

    /// Takes so many steps of a device's round, at most.
    pub(super) async fn steps(&mut self, n: usize, most: usize) -> Result<(), Problem> {
        self.stepped.insert(n);
        for _ in 0..most {
            if let Some(done) = self.devices[n].step().await {
                return self.round_ended(n, done).await;
            }
        }
        Ok(())
    }

    /// Takes a device's round to its end.
    pub(super) async fn finish(&mut self, n: usize) -> Result<(), Problem> {
        self.stepped.insert(n);
        match self.devices[n].finish().await {
            Some(done) => self.round_ended(n, done).await,
            None => Err(format!("device {n}: a round comes to no end").into()),
        }
    }

    /// What a finished round says.
    async fn round_ended(&mut self, n: usize, done: Result<Counted, sync::Error>) -> Result<(), Problem> {
        match done {
            Ok(counted) => {
                self.counters.note("deed: a round that ended well");
                if counted.merged > 0 {
                    self.counters.add("promise: an edit met another's", counted.merged);
                }
                self.moved += counted.pulled + counted.pushed + counted.merged + counted.refused;
                self.tell(format!("device {n}: {counted:?}"));
                if let Some(wipe) = counted.wipe {
                    self.wiped(n, wipe).await?;
                }
                Ok(())
            }
            Err(error @ sync::Error::City(_)) => {
                self.tell(format!("device {n}: the round ended early, {}", error.code()));
                match error.code() {
                    "offline" | "unavailable" | "too_old" | "too_many" => Ok(()),
                    // Somebody began to leave while the round was under way.
                    "forbidden" if self.devices[n].standing == Standing::Ending => Ok(()),
                    // The proof is asked for at the round's end; a device that was told so wipes at the next one.
                    "revoked" if self.devices[n].standing == Standing::Ending => Ok(()),
                    code => Err(format!("device {n}: a round ended with {code}").into()),
                }
            }
            Err(sync::Error::Restless) => {
                self.counters.note("deed: a round gave up on a restless city");
                Ok(())
            }
            Err(error) => Err(format!(
                "device {n}: a round failed: {error}: {:?}",
                std::error::Error::source(&error)
            )
            .into()),
        }
    }

    async fn wiped(&mut self, n: usize, why: Wipe) -> Result<(), Problem> {
        if self.devices[n].standing != Standing::Ending {
            return Err(format!("device {n} is to be wiped, and nobody left or was lost").into());
        }
        // What rested there for 30 days may have gone in this very round.
        self.look()?;
        match why {
            Wipe::Revoked => {
                self.counters.note("promise: a revoked device destroys its key");
                self.excuse_unreached(n, "the device was revoked");
            }
            Wipe::Left => {
                self.counters.note("promise: who leaves empties the outbox first");
                if self.devices[n].store().read(|r| r.status())?.waiting > 0 {
                    return Err(format!("leaving: device {n} is wiped with something in its outbox").into());
                }
                let drafts = self.devices[n].store().read(|r| r.drafts())?;
                let typed = drafts
                    .iter()
                    .flat_map(|draft| super::words::words_in(draft.body.as_str()));
                let unsaved: Vec<u32> = typed
                    .filter(|word| !self.journal.seen().reached.contains(word))
                    .collect();
                self.witness
                    .excuse(unsaved, "a draft is no edit yet, and goes with the device");
            }
        }
        self.devices[n].wire().weather().trouble = 0;
        let city = self.devices[n].city()?;
        sync::report_wiped(&city).await?;
        self.devices[n].wipe();
        self.tell(format!("device {n} is wiped, {why:?}"));
        Ok(())
    }

    /// What was typed on a device, and never got to the city, is gone with it.
    pub(super) fn excuse_unreached(&mut self, n: usize, why: &'static str) {
        let seen = self.journal.seen();
        let gone: Vec<u32> = self
            .witness
            .all()
            .filter(|(word, typed)| typed.device == n && !seen.reached.contains(word))
            .map(|(word, _)| word)
            .collect();
        drop(seen);
        self.witness.excuse(gone, why);
    }
}

/// Plays one history to its end.
///
/// # Errors
/// The violation it found.
pub fn play(template: &Template, seed: u64, options: &Options) -> Result<Played, Violation> {
    let runtime = super::runtime();
    let mut tale = Vec::new();
    let played = runtime.block_on(async {
        let mut history = History::begin(template, seed)?;
        let played = history.play(options).await;
        let mut counters = std::mem::take(&mut history.counters);
        counters += history.journal.seen().counters.clone();
        tale = std::mem::take(&mut history.tale);
        played.map(|()| counters)
    });
    match played {
        Ok(counters) => Ok(Played { counters, tale }),
        Err(what) => Err(Violation {
            seed,
            what: (what as Problem).to_string(),
            tale,
        }),
    }
}
