//! Devices and a city in miniature: whatever order they settle in, all end alike and nothing anybody typed is gone.

use super::*;
use proptest::prelude::*;

/// What a device does next.
#[derive(Clone, Debug)]
enum Act {
    /// Overwrites the scalar.
    Choose(usize),
    /// Adds a topic.
    Topic(usize),
    /// Adds a paragraph at the end.
    Write(usize),
    /// Rewrites the first paragraph.
    Rewrite(usize),
    /// Talks to the city.
    Sync(usize),
}

struct Device {
    base: Record,
    current: Record,
}

struct World {
    city: Record,
    devices: Vec<Device>,
    /// Values typed, and whether somebody who saw one has replaced it.
    typed: BTreeMap<String, bool>,
    changes: u128,
}

impl World {
    fn new(devices: usize) -> Self {
        let city = record(Kind::Note, r#"{"contact_order":"start","text":"Anfang","topics":[]}"#);
        let device = || Device {
            base: city.clone(),
            current: city.clone(),
        };
        Self {
            devices: (0..devices).map(|_| device()).collect(),
            city,
            typed: BTreeMap::new(),
            changes: 0,
        }
    }

    fn edit(&mut self, device: usize, field: &str, change: impl FnOnce(&mut Members, String)) {
        self.changes += 1;
        let word = format!("wort{}", self.changes);
        let current = &mut self.devices[device].current;
        let mut members = current.body.as_ref().unwrap().members().unwrap();
        let before = members.raw(field).unwrap_or("").to_owned();
        change(&mut members, word.clone());
        let after = members.raw(field).unwrap_or("").to_owned();
        for (word, replaced) in &mut self.typed {
            *replaced |= holds(&before, word) && !holds(&after, word);
        }
        self.typed.insert(word, false);
        current.body = Some(Body::from_members(&members));
    }

    fn act(&mut self, act: &Act) {
        match *act {
            Act::Choose(device) => self.edit(device, "contact_order", |members, word| {
                members.set("contact_order", &word).unwrap();
            }),
            Act::Topic(device) => self.edit(device, "topics", |members, word| {
                let mut topics: Vec<String> = members.read("topics").unwrap();
                topics.push(word);
                members.set("topics", &topics).unwrap();
            }),
            Act::Write(device) => self.edit(device, "text", |members, word| {
                let text: String = members.read("text").unwrap();
                members.set("text", &format!("{text}\n{word}")).unwrap();
            }),
            Act::Rewrite(device) => self.edit(device, "text", |members, word| {
                let text: String = members.read("text").unwrap();
                let rest = text
                    .split_once('\n')
                    .map(|(_, rest)| format!("\n{rest}"))
                    .unwrap_or_default();
                members.set("text", &format!("{word}{rest}")).unwrap();
            }),
            Act::Sync(device) => self.sync(device),
        }
    }

    /// Pull, merge, push: compare-and-set at the city cannot fail here, because nobody comes between.
    fn sync(&mut self, at: usize) {
        let device = &mut self.devices[at];
        if device.current.body == device.base.body {
            device.base = self.city.clone();
        } else {
            self.changes += 1;
            let edit = Mine {
                record: &device.current,
                mutation_id: MutationId(Uuid::from_u128(self.changes)),
                by: ME,
                at: At::default(),
            };
            let merged = merge(Some(&device.base), &edit, &self.city);
            assert_eq!(merged.waits, None);
            if merged.to_push {
                self.city = newer(merged.record);
            }
            device.base = self.city.clone();
        }
        device.current = device.base.clone();
    }
}

fn holds(text: &str, word: &str) -> bool {
    text.split(|c: char| !c.is_alphanumeric()).any(|other| other == word)
}

fn act(devices: usize) -> impl Strategy<Value = Act> {
    prop_oneof![
        (0..devices).prop_map(Act::Choose),
        (0..devices).prop_map(Act::Topic),
        (0..devices).prop_map(Act::Write),
        (0..devices).prop_map(Act::Rewrite),
        (0..devices).prop_map(Act::Sync),
        (0..devices).prop_map(Act::Sync),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: ProptestConfig::default().cases, ..ProptestConfig::default() })]

    #[test]
    fn devices_that_settle_in_any_order_end_alike_and_nothing_typed_is_gone(
        acts in prop::collection::vec(act(3), 1..40),
        order in Just(vec![0, 1, 2]).prop_shuffle(),
    ) {
        let mut world = World::new(3);
        for act in &acts {
            world.act(act);
        }
        for device in order.iter().chain(&order) {
            world.sync(*device);
        }
        for device in &world.devices {
            prop_assert_eq!(&device.current, &world.city);
        }
        let all = world.city.body.as_ref().map_or("", Body::as_str).replace("\\n", " ");
        for (word, replaced) in &world.typed {
            prop_assert!(*replaced || holds(&all, word), "{} is gone from {}", word, all);
        }
    }

    #[test]
    fn two_devices_hold_the_same_values_whoever_comes_first(
        acts in prop::collection::vec(act(2).prop_filter("offline", |act| !matches!(act, Act::Sync(_))), 1..12),
    ) {
        let values = |order: [usize; 2]| {
            let mut world = World::new(2);
            for act in &acts {
                world.act(act);
            }
            for device in order.iter().chain(&order) {
                world.sync(*device);
            }
            let all = world.city.body.as_ref().map_or("", Body::as_str).replace("\\n", " ");
            world.typed.keys().filter(|word| holds(&all, word)).cloned().collect::<BTreeSet<_>>()
        };
        prop_assert_eq!(values([0, 1]), values([1, 0]));
    }
}
