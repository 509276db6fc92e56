//! Gremium and Sitzung.

use super::Attachment;
use crate::fault::{Fault, Faults, MAX_COUNT, Wrong};
use crate::shape::{Raw, body, part, rule, unit, wire_name, words};
use crate::{At, MutationId, PartId, PersonId, RecordId};
use chrono::{DateTime, FixedOffset, NaiveDate};
use std::collections::BTreeMap;
use uuid::Uuid;

words! {
    /// Where a meeting stands.
    pub enum MeetingStatus {
        /// Geplant.
        Planned = "planned",
        /// Eingeladen.
        Invited = "invited",
        /// Stattgefunden.
        Held = "held",
        /// Protokoll genehmigt: frozen, changed by amendments only.
        Agreed = "agreed",
    }
}

words! {
    /// What an agenda item is for (OParl speaks of the same).
    pub enum Aim {
        /// Information.
        Information = "information",
        /// Beratung.
        Consultation = "consultation",
        /// Beschluss.
        Decision = "decision",
    }
}

words! {
    /// Whether somebody was there.
    pub enum Presence {
        /// Anwesend.
        Present = "present",
        /// Entschuldigt.
        Excused = "excused",
        /// Gast.
        Guest = "guest",
    }
}

body! {
    /// A round table, its rhythm and members. Who else may read stands in the envelope.
    pub struct Board: Board {
        /// Its name.
        name: String => Scalar,
        /// Runder Tisch, Stadtteilkonferenz, Bürgerbeirat, Ortsteilrat, AG: in words.
        form: Option<String> => Scalar,
        /// How often it meets, in words.
        rhythm: Option<String> => Scalar,
        /// Who belongs to it.
        members: Vec<Member> => Parts(Member),
        /// The circle that holds the sealed part's key.
        circle: Option<Uuid> => Scalar,
    }
}

part! {
    /// Somebody who belongs to a board, by name and function.
    pub struct Member {
        /// The part's id.
        id: PartId => Scalar,
        /// Where they stand in the list.
        position: Option<String> => Scalar,
        /// Their card in the address book.
        contact: Option<RecordId> => Scalar,
        /// Name.
        name: String => Scalar,
        /// For whom or as what.
        function: Option<String> => Scalar,
        /// What they do on the board.
        role: Option<String> => Scalar,
    }
}

body! {
    /// One meeting of a board, from invitation to agreed minutes.
    pub struct Meeting: Meeting {
        /// The board.
        board: Option<RecordId> => Scalar,
        /// Its number among the board's meetings.
        number: Option<u32> => Scalar,
        /// When it begins, with the offset of the local clock.
        starts_at: DateTime<FixedOffset> => Scalar in "time",
        /// When it ends.
        ends_at: Option<DateTime<FixedOffset>> => Scalar in "time",
        /// Where.
        place: Option<String> => Scalar in "place",
        /// How one gets in with a wheelchair, a pram, without German.
        accessibility: Option<String> => Scalar in "place",
        /// Tagesordnung.
        agenda: Vec<AgendaItem> => Parts(AgendaItem),
        /// Who was there.
        attendance: Vec<Attendance> => Parts(Attendance),
        /// Where it stands.
        status: MeetingStatus => State in "status",
        /// The day the minutes were agreed.
        agreed_on: Option<NaiveDate> => Scalar in "status",
        /// Photos and files: the list of who was there, the board with the cards.
        attachments: Vec<Attachment> => Parts(Attachment),
        /// What was said after the minutes were agreed.
        amendments: Vec<Amendment> => Parts(Amendment),
        /// The circle that holds the sealed part's key.
        circle: Option<Uuid> => Scalar,
    }
}

part! {
    /// Tagesordnungspunkt (TOP).
    pub struct AgendaItem {
        /// The part's id; derived where the item comes from a task.
        id: PartId => Scalar,
        /// Where it stands on the agenda.
        position: Option<String> => Scalar,
        /// Title.
        title: String => Scalar,
        /// BE: who reports.
        reporter: Option<String> => Scalar,
        /// What it is for.
        aim: Option<Aim> => Scalar,
        /// How many minutes are planned.
        minutes: Option<u32> => Scalar,
        /// What it rests on: figures, needs, requests.
        evidence: Option<String> => Text,
        /// The minutes of this item.
        text: Option<String> => Text,
        /// The vote.
        votes: Option<Votes> => Scalar,
        /// Festlegungen.
        resolutions: Vec<Resolution> => Parts(Resolution),
        /// The task it comes from.
        task: Option<RecordId> => Scalar,
    }
}

part! {
    /// A vote, merged as one.
    pub struct Votes {
        /// Ja.
        yes: u32 => Scalar,
        /// Nein.
        no: u32 => Scalar,
        /// Enthaltung.
        abstained: u32 => Scalar,
    }
}

part! {
    /// Festlegung.
    pub struct Resolution {
        /// The part's id.
        id: PartId => Scalar,
        /// Where it stands among the others.
        position: Option<String> => Scalar,
        /// What was laid down.
        text: String => Text,
        /// Who does it.
        responsible: Option<String> => Scalar,
        /// Until when.
        due_on: Option<NaiveDate> => Scalar,
        /// The task that came of it.
        task: Option<RecordId> => Scalar,
    }
}

part! {
    /// Somebody on the attendance list.
    pub struct Attendance {
        /// The part's id.
        id: PartId => Scalar,
        /// Where they stand in the list.
        position: Option<String> => Scalar,
        /// Their card in the address book.
        contact: Option<RecordId> => Scalar,
        /// Name.
        name: String => Scalar,
        /// For whom or as what.
        function: Option<String> => Scalar,
        /// Whether they were there.
        presence: Presence => Scalar,
    }
}

part! {
    /// An edit that met agreed minutes: it stands beside them and changes nothing in them.
    pub struct Amendment {
        /// The change it comes from.
        id: MutationId => Scalar,
        /// Whose edit it was; absent where only the other side of a merge knew.
        by: Option<PersonId> => Scalar,
        /// When, by that device's clock.
        at: Option<At> => Scalar,
        /// The fields as that edit had them; null where it took one away.
        changes: BTreeMap<String, Raw> => Scalar,
    }
}

impl Board {
    /// What is wrong with the board.
    pub fn check(&self) -> Vec<Fault> {
        let mut faults = Faults::default();
        faults.line("name", &self.name);
        faults.optional_line("form", self.form.as_ref());
        faults.optional_line("rhythm", self.rhythm.as_ref());
        faults.each("members", &self.members, |faults, member| {
            faults.line("name", &member.name);
        });
        faults.found()
    }
}

impl Meeting {
    /// What is wrong with the meeting.
    pub fn check(&self) -> Vec<Fault> {
        let mut faults = Faults::default();
        faults.span("ends_at", Some(self.starts_at), self.ends_at);
        faults.optional_line("place", self.place.as_ref());
        faults.text("accessibility", self.accessibility.as_ref());
        faults.each("agenda", &self.agenda, |faults, item| {
            faults.line("title", &item.title);
            faults.optional_line("reporter", item.reporter.as_ref());
            if let Some(minutes) = item.minutes {
                faults.number("minutes", minutes, 0..=24 * 60);
            }
            faults.text("evidence", item.evidence.as_ref());
            faults.text("text", item.text.as_ref());
            faults.inside("votes", item.votes.as_ref(), |faults, votes| {
                for (field, count) in [("yes", votes.yes), ("no", votes.no), ("abstained", votes.abstained)] {
                    faults.number(field, count, 0..=MAX_COUNT);
                }
            });
            faults.each("resolutions", &item.resolutions, |faults, resolution| {
                if resolution.text.trim().is_empty() {
                    faults.add("text", Wrong::Empty);
                }
                faults.text("text", Some(&resolution.text));
            });
        });
        faults.each("attendance", &self.attendance, |faults, entry| {
            faults.line("name", &entry.name);
        });
        super::attachment::check(&mut faults, "attachments", &self.attachments);
        if self.agreed_on.is_some() && self.status != MeetingStatus::Agreed {
            faults.add("agreed_on", Wrong::Needs { field: "status" });
        }
        faults.found()
    }
}
