//! The bodies of all kinds, typed. Lists a city may change are code strings; only what the program itself decides by is
//! an enum, and an open one.

mod catalogue;
mod note;
mod variant;

pub use catalogue::{Code, Device, District, DistrictType, Label, Organisation, PersonCard, Regime};
pub use note::{FollowUp, Group, Note, Service};
pub use variant::Variant;

#[cfg(test)]
mod tests;
