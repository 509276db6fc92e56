use crate::shape::{part, rule, unit, wire_name};
use crate::{BlobHash, PartId};

part! {
    /// A photo or file: ciphertext at the city, its key here.
    pub struct Attachment {
        /// The part's id.
        id: PartId => Scalar,
        /// Where it stands among the others.
        position: Option<String> => Scalar,
        /// SHA-256 of the ciphertext.
        blob: Option<BlobHash> => Scalar in "blob",
        /// The random key it was encrypted with, base64url.
        key: Option<String> => Scalar in "blob",
        /// Its media type.
        media_type: Option<String> => Scalar in "blob",
        /// Its name, our own and never a path.
        name: Option<String> => Scalar,
        /// What it shows.
        caption: Option<String> => Text,
    }
}
