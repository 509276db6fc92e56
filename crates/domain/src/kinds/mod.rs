//! The bodies of all kinds, typed. Lists a city may change are code strings; only what the program itself decides by is
//! an enum, and an open one.

mod activity;
mod attachment;
mod catalogue;
mod contact;
mod figures;
mod grant;
mod meeting;
mod note;
mod referral;
mod request;
mod task;
mod variant;

pub use activity::{Activity, Partner, Tally};
pub use attachment::{Attachment, MAX_ATTACHMENTS, attachments, attachments_member, named_blobs};
pub use catalogue::{Code, Device, District, DistrictType, Label, Organisation, PersonCard, Regime};
pub use contact::{Address, Consent, ConsentForm, Contact, ContactType, Standing};
pub use figures::{Cell, Counted, Month, Publication, PublicationKind};
pub use grant::{Grant, Rule, RuleAction, Template};
pub use meeting::{
    AgendaItem, Aim, Amendment, Attendance, Board, Meeting, MeetingStatus, Member, Presence, Resolution, Votes,
};
pub use note::{FollowUp, Group, Note, Service};
pub use referral::{Recipient, RecipientKind, Referral, ReferralStatus};
pub use request::{Feedback, FeedbackKind, Request, RequestStatus, Step, StepKind};
pub use task::{Origin, Task, TaskStatus};
pub use variant::Variant;

use crate::{Body, Fault, Kind, ReadError};

/// Runs `$then` with `$body` standing for the struct of the kind's body, `$other` for a kind this version does not know.
macro_rules! for_kind {
    ($kind:expr, $body:ident => $then:expr, $other:expr) => {{
        use $crate::Kind;
        use $crate::kinds as k;
        macro_rules! with {
            ($ty:ty) => {{
                type $body = $ty;
                $then
            }};
        }
        match $kind {
            Kind::Note => with!(k::Note),
            Kind::Activity => with!(k::Activity),
            Kind::Contact => with!(k::Contact),
            Kind::Request => with!(k::Request),
            Kind::Referral => with!(k::Referral),
            Kind::Board => with!(k::Board),
            Kind::Meeting => with!(k::Meeting),
            Kind::Task => with!(k::Task),
            Kind::Month => with!(k::Month),
            Kind::Publication => with!(k::Publication),
            Kind::Grant => with!(k::Grant),
            Kind::District => with!(k::District),
            Kind::Code => with!(k::Code),
            Kind::Template => with!(k::Template),
            Kind::Rule => with!(k::Rule),
            Kind::Organisation => with!(k::Organisation),
            Kind::Person => with!(k::PersonCard),
            Kind::Device => with!(k::Device),
            Kind::Other(_) => $other,
        }
    }};
}
pub(crate) use for_kind;

/// What is wrong with a body of this kind; nothing is asked of a kind this version does not know.
///
/// # Errors
/// When the body cannot be read as its kind.
pub fn check(kind: &Kind, body: &Body) -> Result<Vec<Fault>, ReadError> {
    for_kind!(kind, K => K::read(body).map(|read| read.check()), Ok(Vec::new()))
}

#[cfg(test)]
mod tests;
