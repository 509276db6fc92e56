//! What a file is, by its first bytes: what its name says is not believed.

use image::ImageFormat;
use infer::MatcherType;

/// What becomes of a file.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Format {
    /// A photo that is drawn anew.
    Photo(ImageFormat),
    /// Taken as it is, with its type where the bytes tell one.
    File(Option<&'static str>),
    Heic,
    OtherPicture,
    Film,
}

impl Format {
    pub(super) fn of(bytes: &[u8]) -> Self {
        let Some(found) = infer::get(bytes) else {
            return Self::unknown(bytes);
        };
        match (found.mime_type(), found.matcher_type()) {
            ("image/jpeg", _) => Self::Photo(ImageFormat::Jpeg),
            ("image/png", _) => Self::Photo(ImageFormat::Png),
            ("image/webp", _) => Self::Photo(ImageFormat::WebP),
            ("image/heif" | "image/heic", _) => Self::Heic,
            (_, MatcherType::Image) => Self::OtherPicture,
            (_, MatcherType::Video | MatcherType::Audio) => Self::Film,
            (media_type, _) => Self::File(Some(media_type)),
        }
    }

    /// Films, recordings and iPhone photos share one container, of which new brands appear, as TIFF is that of scanners
    /// and cameras' raw pictures: whatever is one is no document.
    fn unknown(bytes: &[u8]) -> Self {
        match bytes {
            [b'I', b'I', b'*' | b'+', 0, ..] | [b'M', b'M', 0, b'*' | b'+', ..] => Self::OtherPicture,
            [_, _, _, _, b'f', b't', b'y', b'p', b'h' | b'm', b'e' | b'i', ..] => Self::Heic,
            [_, _, _, _, b'f', b't', b'y', b'p', ..] => Self::Film,
            _ => Self::File(None),
        }
    }
}

/// The type of a file whose bytes tell none, by its name; only types that are nothing but text or a document.
pub(super) fn by_ending(name: &str) -> &'static str {
    let ending = name.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase());
    match ending.as_deref() {
        Some("txt" | "md") => "text/plain",
        Some("csv") => "text/csv",
        Some("ics") => "text/calendar",
        Some("vcf") => "text/vcard",
        _ => "application/octet-stream",
    }
}
