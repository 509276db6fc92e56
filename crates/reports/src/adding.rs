//! How one record changes a month's figures.

use crate::{
    Lists, Live, Month,
    catalogue::Labels,
    reading::{self, Talk},
    rows::{ActivityRow, RequestRow, TalkRow},
    tally::{Size, Sum},
    words::{Word, Words},
};
use domain::{
    DistrictId, calendar,
    kinds::{Activity, Request},
};

impl Month {
    fn holds(&self, at: chrono::DateTime<chrono::FixedOffset>) -> bool {
        let at = at.to_utc();
        self.bounds.0.utc() <= at && at < self.bounds.1.utc()
    }

    /// Its districts as the tables count them: each of several, or none.
    fn counted_in(&self, live: &Live<'_>) -> Vec<Option<DistrictId>> {
        let only = &self.scope.only;
        let counts = |id: &DistrictId| only.is_empty() || only.contains(id);
        match live.districts.is_empty() {
            true => vec![None],
            false => live.districts.iter().copied().filter(counts).map(Some).collect(),
        }
    }

    pub(crate) fn add_talk(&mut self, live: &Live<'_>, talk: &Talk<'_>) {
        if !self.holds(talk.occurred_at) {
            return;
        }
        let words = &mut self.words;
        let groups = talk.people.as_deref().unwrap_or_default();
        let people: u64 = groups.iter().map(|group| u64::from(group.count)).sum();
        let sum = Sum {
            talks: 1,
            people,
            minutes: talk.duration_minutes.map_or(0, u64::from),
        };
        let mode = words.maybe(talk.contact_mode.as_deref());
        let place_kind = words.maybe(talk.place_kind.as_deref());
        let order = words.maybe(talk.contact_order.as_deref());
        let groups: Vec<_> = groups
            .iter()
            .map(|g| {
                (
                    words.maybe(g.age_band.as_deref()),
                    words.maybe(g.gender.as_deref()),
                    u64::from(g.count),
                )
            })
            .collect();
        let named: Vec<Word> = talk
            .topics
            .iter()
            .flatten()
            .filter_map(|code| words.maybe(Some(code)))
            .collect();
        let topics = rolled_up(&self.labels, words, &named);
        let services: Vec<_> = talk
            .services
            .iter()
            .flatten()
            .filter_map(|s| Some((words.maybe(Some(&s.service))?, words.maybe(s.to.as_deref()))))
            .collect();

        let districts = self.counted_in(live);
        let counted = &mut self.talks;
        counted.all.talks += 1;
        counted.all.people += sum.people;
        counted.all.minutes += sum.minutes;
        counted.timed += u64::from(talk.duration_minutes.is_some());
        counted.order.add(order, sum);
        counted.mode.add(mode, sum);
        counted.place.add(place_kind, sum);
        let size = match people {
            0 => Size::Unknown,
            1 => Size::Single,
            _ => Size::Group,
        };
        counted.size.add(size, 1);
        for (band, gender, count) in &groups {
            counted.people.add((*band, *gender), *count);
        }
        for district in &districts {
            counted.district.add(*district, sum);
        }
        for topic in &topics {
            counted.topic.add(*topic, sum);
            for district in &districts {
                counted.topic_district.add((*topic, *district), 1);
            }
            for (band, _, count) in &groups {
                counted.topic_age.add((*topic, *band), *count);
            }
        }
        let mut given: Vec<Option<Word>> = services.iter().map(|(service, _)| Some(*service)).collect();
        given.sort_unstable();
        given.dedup();
        if given.is_empty() {
            given.push(None);
        }
        for service in given {
            counted.service.add(service, 1);
        }
        for (service, to) in services.iter().filter_map(|(service, to)| Some((*service, (*to)?))) {
            counted.sent_to.add((service, to), 1);
        }
        if self.scope.lists == Lists::None {
            return;
        }
        let with_texts = self.scope.lists == Lists::WithTexts;
        let texts = with_texts.then(|| [talk.text, talk.original_words, talk.resources].map(reading::text));
        let place = self.words.maybe(talk.place.as_deref());
        self.talk_rows.push(TalkRow {
            at: talk.occurred_at.with_timezone(&calendar::ZONE).naive_local(),
            id: live.id,
            minutes: talk.duration_minutes,
            districts: live.districts.iter().copied().collect(),
            mode,
            place_kind,
            place,
            order,
            people: (people > 0).then_some(people),
            bands: groups.iter().map(|(band, _, count)| (*band, *count)).collect(),
            topics: named.into(),
            services: services.into(),
            follow_up: talk.follow_up.as_ref().map(|due| due.on),
            texts: texts.map(Box::new),
        });
    }

    pub(crate) fn add_activity(&mut self, live: &Live<'_>, activity: &Activity) {
        if !self.holds(activity.starts_at) {
            return;
        }
        let kind = self.words.maybe(Some(&activity.kind));
        let people = activity.people.iter().map(|group| u64::from(group.count)).sum();
        let tallied = activity.tally.iter().map(|cell| u64::from(cell.count)).sum();
        let minutes = activity.minutes().and_then(|minutes| u64::try_from(minutes).ok());
        let sum = Sum {
            talks: 1,
            people,
            minutes: minutes.unwrap_or(0),
        };
        self.activities.all.talks += 1;
        self.activities.all.people += people;
        self.activities.all.minutes += sum.minutes;
        self.activities.kind.add(kind, sum);
        self.activities.tallied.add(kind, tallied);
        if self.scope.lists != Lists::None {
            let with_texts = self.scope.lists == Lists::WithTexts;
            let row = ActivityRow::new(live, activity, &mut self.words, with_texts);
            self.activity_rows.push(row);
        }
    }

    pub(crate) fn add_request(&mut self, live: &Live<'_>, request: &Request) {
        let (first, last) = (self.of.first(), self.of.last());
        if request.received_on > last {
            return;
        }
        let closed_on = request
            .closed_on
            .or_else(|| request.feedback.as_ref().and_then(|feedback| feedback.on));
        let closed_on = closed_on.filter(|_| request.is_closed());
        let closed = closed_on.is_some_and(|on| self.of.contains(on));
        // Closed on a day nobody noted: it is not open, and which month closed it cannot be said.
        let open = !request.is_closed() || closed_on.is_some_and(|on| on > last);
        let told = if closed { request.was_told() } else { None };
        let untold = request.status.is_final() && request.feedback.is_none();
        let new = request.received_on >= first;
        let category = self.words.maybe(request.category.as_deref());
        for counted in [&mut self.requests, self.request_categories.entry(category).or_default()] {
            counted.new += u64::from(new);
            counted.open += u64::from(open);
            counted.closed += u64::from(closed);
            counted.told += u64::from(told == Some(true));
            counted.wanted += u64::from(told.is_some());
            counted.untold += u64::from(untold);
        }
        if self.scope.lists != Lists::None && (new || open || closed) {
            let with_texts = self.scope.lists == Lists::WithTexts;
            let row = RequestRow::new(live, request, &mut self.words, with_texts);
            self.request_rows.push(row);
        }
    }
}

/// Each topic once, with the main topics of its sub-topics; `None` where a conversation has no topic at all.
fn rolled_up(labels: &Labels, words: &mut Words, named: &[Word]) -> Vec<Option<Word>> {
    let list = labels.list("topic");
    let mut topics: Vec<Option<Word>> = named.iter().copied().map(Some).collect();
    for word in named {
        let parent = list.entry(words.text(*word)).and_then(|entry| entry.parent.as_deref());
        topics.extend(parent.map(|parent| Some(words.word(parent))));
    }
    topics.sort_unstable();
    topics.dedup();
    if topics.is_empty() {
        topics.push(None);
    }
    topics
}
