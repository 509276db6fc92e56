//! A photo or file on its way into the notebook: what a camera writes beside the picture stays outside.
//!
//! [`take_in`] gives a photo as new pixels in a new file, so that nothing but what one sees comes along: no place, no
//! time, no camera, no thumbnail, no comment. Other files are taken as they are, with what stands in them; films and
//! picture formats that cannot be drawn anew are refused, because they carry places too.

mod format;
mod name;
mod photo;

pub use name::clean as clean_name;
pub use photo::preview;

use format::Format;

/// Bytes of a file that is taken as it is. With what encryption adds it stays below the city's 25 MiB.
pub const MAX_FILE_BYTES: usize = 25 * 1024 * 1024 - 1024;
/// Bytes of a photo as the camera wrote it; it becomes much smaller.
pub const MAX_PHOTO_BYTES: usize = 64 * 1024 * 1024;
/// Pixels of a photo as the camera wrote it.
pub const MAX_PIXELS: u64 = 120_000_000;
/// The longer side of a photo as it is kept, in pixels: enough to read a sign on it.
pub const MAX_SIDE: u32 = 2_560;

/// What is kept of a file.
#[derive(Clone, PartialEq, Eq)]
pub struct Taken {
    /// The photo's new bytes, or the file's own.
    pub bytes: Vec<u8>,
    /// Its media type.
    pub media_type: &'static str,
    /// Its name: the last part of the one given, without signs that hide something, with the ending of its type.
    pub name: String,
    /// The file was taken as it is: whatever stands in it about its author or a place stands in it still.
    pub as_it_is: bool,
}

/// Says how large it is, and nothing of what it holds or is called.
impl std::fmt::Debug for Taken {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Taken({}, {} bytes)", self.media_type, self.bytes.len())
    }
}

/// Why a file is not taken.
#[derive(Debug, thiserror::Error)]
pub enum Refused {
    /// There is nothing in it.
    #[error("the file is empty")]
    Empty,
    /// More bytes than [`MAX_FILE_BYTES`], or [`MAX_PHOTO_BYTES`] for a photo.
    #[error("the file is larger than {limit} bytes")]
    TooLarge {
        /// The limit that was passed.
        limit: usize,
    },
    /// More pixels than [`MAX_PIXELS`], or more than can be unpacked safely.
    #[error("the picture has more pixels than are unpacked")]
    TooManyPixels,
    /// A photo of an iPhone in its own format, which no library we keep can draw.
    #[error("a picture in HEIC")]
    Heic,
    /// A picture in a format that is not drawn anew here: it might say where it was taken.
    #[error("a picture in a format that is not taken")]
    OtherPicture,
    /// A film or a recording: it might say where it was made.
    #[error("a film or a recording")]
    Film,
    /// It says that it is a photo, and cannot be drawn.
    #[error("the picture cannot be read")]
    Unreadable,
}

impl Refused {
    /// A stable code for programs and messages.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Empty => "empty",
            Self::TooLarge { .. } => "too_large",
            Self::TooManyPixels => "too_many_pixels",
            Self::Heic => "heic",
            Self::OtherPicture => "other_picture",
            Self::Film => "film",
            Self::Unreadable => "unreadable",
        }
    }
}

/// Takes a file in. `given` is its name where it came from, which may be a whole path.
///
/// # Errors
/// [`Refused`]: too large, or of a kind that is not taken.
pub fn take_in(bytes: &[u8], given: &str) -> Result<Taken, Refused> {
    if bytes.is_empty() {
        return Err(Refused::Empty);
    }
    let (bytes, media_type, ending) = match Format::of(bytes) {
        Format::Heic => return Err(Refused::Heic),
        Format::OtherPicture => return Err(Refused::OtherPicture),
        Format::Film => return Err(Refused::Film),
        Format::Photo(format) => {
            within(bytes, MAX_PHOTO_BYTES)?;
            let drawn = photo::anew(bytes, format)?;
            // Drawn with no loss it may be larger than it came.
            within(&drawn.bytes, MAX_FILE_BYTES)?;
            (drawn.bytes, drawn.media_type, Some(drawn.ending))
        }
        Format::File(media_type) => {
            within(bytes, MAX_FILE_BYTES)?;
            let name = name::clean(given, None);
            return Ok(Taken {
                bytes: bytes.to_vec(),
                media_type: media_type.unwrap_or_else(|| format::by_ending(&name)),
                name,
                as_it_is: true,
            });
        }
    };
    Ok(Taken {
        bytes,
        media_type,
        name: name::clean(given, ending),
        as_it_is: false,
    })
}

/// Whether the window may show this type as a picture.
pub fn is_photo(media_type: &str) -> bool {
    matches!(media_type, "image/jpeg" | "image/png" | "image/webp")
}

fn within(bytes: &[u8], limit: usize) -> Result<(), Refused> {
    if bytes.len() > limit {
        return Err(Refused::TooLarge { limit });
    }
    Ok(())
}
