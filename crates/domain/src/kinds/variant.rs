use crate::shape::{Raw, part, rule, unit, wire_name};
use crate::{At, MutationId, PersonId};

part! {
    /// Another value of a field, typed by somebody who had not seen the one that stands.
    pub struct Variant {
        /// The change in which it was first typed.
        id: MutationId => Scalar,
        /// The value; null where the field had been taken away. Of a unit of several fields an object of them.
        value: Raw => Scalar,
        /// Who typed it.
        by: PersonId => Scalar,
        /// When, by that device's clock.
        at: At => Scalar,
    }
}
