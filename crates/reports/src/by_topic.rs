//! Tables by topic and by district: one conversation may stand in several of their rows.

use crate::{
    Cell, Heading, Line, Month, Table,
    axis::{Axis, Place},
    figures::{counts_with_sum, sum_cells},
    text,
};
use domain::DistrictId;
use std::collections::BTreeSet;

impl Month {
    /// Districts that were chosen or are to be named, and those with a conversation, by name; last what belongs to none.
    fn districts(&self) -> Vec<(Option<DistrictId>, Heading)> {
        let asked = if self.scope.only.is_empty() {
            &self.scope.named
        } else {
            &self.scope.only
        };
        let counted = self.talks.district.keys();
        let districts: BTreeSet<Option<DistrictId>> = counted.chain(asked.iter().copied().map(Some)).collect();
        let mut districts: Vec<Option<DistrictId>> = districts.into_iter().collect();
        districts.sort_by_key(|id| {
            id.map_or((usize::MAX, true, None), |id| {
                let (place, id) = self.labels.district_place(id);
                (place, false, Some(id))
            })
        });
        let heading = |id: Option<DistrictId>| match id {
            Some(id) => Heading::new(id.to_string(), self.labels.district(id)),
            None => self.heading("none", text::WHOLE_ORGANISATION),
        };
        districts.into_iter().map(|id| (id, heading(id))).collect()
    }

    pub(crate) fn by_district(&self) -> Table {
        let line = |(id, head)| Line {
            head,
            cells: sum_cells(self.talks.district.of(id)),
        };
        let mut rows: Vec<Line> = self.districts().into_iter().map(line).collect();
        rows.push(self.total(sum_cells(self.talks.all)));
        self.table("district", text::BY_DISTRICT, text::DISTRICT, self.sum_columns(), rows)
    }

    pub(crate) fn topics_by_district(&self) -> Table {
        let districts = self.districts();
        let axis = Axis::of_topics(self);
        let mut rows = axis.lines(|topic| {
            let count = |id| {
                topic
                    .word()
                    .map_or(0, |topic| self.talks.topic_district.of((topic, id)))
            };
            let all = topic.word().map_or(0, |topic| self.talks.topic.of(topic).talks);
            districts
                .iter()
                .map(|(id, _)| count(*id))
                .chain([all])
                .map(Cell::Count)
                .collect()
        });
        let talks = districts.iter().map(|(id, _)| self.talks.district.of(*id).talks);
        rows.push(self.total(talks.chain([self.talks.all.talks]).map(Cell::Count).collect()));
        let columns = districts
            .iter()
            .map(|(_, head)| head.clone())
            .chain([self.heading("total", text::TOTAL)]);
        self.table(
            "topic_district",
            text::TOPICS_BY_DISTRICT,
            text::TOPIC,
            columns.collect(),
            rows,
        )
    }

    pub(crate) fn topics_by_age(&self) -> Table {
        let people = &self.talks.people;
        let bands = Axis::of_list(self, "age_band", people.keys().map(|(band, _)| band), text::NOT_STATED);
        let mut rows = Axis::of_topics(self).lines(|topic| {
            let count = |band: &Place| match (topic.word(), band.word()) {
                (Some(topic), Some(band)) => self.talks.topic_age.of((topic, band)),
                _ => 0,
            };
            counts_with_sum(&bands.places.iter().map(count).collect::<Vec<_>>())
        });
        let of_band = |band: &Place| {
            let genders = people.keys().filter(|(of, _)| Some(*of) == band.word());
            genders.map(|cell| people.of(cell)).sum()
        };
        rows.push(self.total(counts_with_sum(&bands.places.iter().map(of_band).collect::<Vec<u64>>())));
        let columns = bands.headings().chain([self.heading("total", text::TOTAL)]).collect();
        self.table("topic_age", text::TOPICS_BY_AGE, text::TOPIC, columns, rows)
    }
}
