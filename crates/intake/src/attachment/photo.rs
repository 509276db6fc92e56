//! A photo drawn anew: only its pixels come along.

use super::{MAX_PIXELS, MAX_SIDE, Refused};
use image::{
    DynamicImage, ImageDecoder, ImageError, ImageFormat, ImageReader, Limits, Rgb, RgbImage,
    codecs::{jpeg::JpegEncoder, png::PngEncoder},
    imageops::FilterType,
};
use std::io::Cursor;

/// Bytes that unpacking one photo may take.
const MAX_MEMORY: u64 = 512 * 1024 * 1024;
/// Where one sees no difference any more.
const QUALITY: u8 = 85;
/// A picture of a screen stays sharp as PNG; beyond so many bytes it is a photo, and JPEG does better.
const MAX_DRAWING: usize = 2 * 1024 * 1024;
/// The longer side of a preview, in pixels.
const PREVIEW_SIDE: u32 = 480;

pub(super) struct Drawn {
    pub(super) bytes: Vec<u8>,
    pub(super) media_type: &'static str,
    pub(super) ending: &'static str,
}

/// Reads the picture upright, makes it no larger than [`MAX_SIDE`], and writes it anew.
pub(super) fn anew(bytes: &[u8], format: ImageFormat) -> Result<Drawn, Refused> {
    let picture = smaller(read(bytes, format)?, MAX_SIDE);
    if format == ImageFormat::Png || picture.color().has_alpha() && !is_opaque(&picture) {
        let drawn = png(&picture)?;
        if drawn.bytes.len() <= MAX_DRAWING {
            return Ok(drawn);
        }
    }
    jpeg(&picture, QUALITY)
}

/// A small picture of an attachment, as JPEG. It is made whenever it is shown, and stored nowhere.
///
/// # Errors
/// [`Refused::Unreadable`] or [`Refused::TooManyPixels`]: it came from somebody else's device.
pub fn preview(bytes: &[u8]) -> Result<Vec<u8>, Refused> {
    let format = image::guess_format(bytes).map_err(|_| Refused::Unreadable)?;
    if !matches!(format, ImageFormat::Jpeg | ImageFormat::Png | ImageFormat::WebP) {
        return Err(Refused::Unreadable);
    }
    let small = read(bytes, format)?.thumbnail(PREVIEW_SIDE, PREVIEW_SIDE);
    Ok(jpeg(&small, QUALITY)?.bytes)
}

fn read(bytes: &[u8], format: ImageFormat) -> Result<DynamicImage, Refused> {
    let mut decoder = ImageReader::with_format(Cursor::new(bytes), format)
        .into_decoder()
        .map_err(|error| refused(&error))?;
    // The header alone says how much it would unpack to; nothing is unpacked before this.
    let (width, height) = decoder.dimensions();
    if u64::from(width) * u64::from(height) > MAX_PIXELS || decoder.total_bytes() > MAX_MEMORY {
        return Err(Refused::TooManyPixels);
    }
    let mut limits = Limits::no_limits();
    limits.max_alloc = Some(MAX_MEMORY);
    decoder.set_limits(limits).map_err(|error| refused(&error))?;
    let orientation = decoder.orientation().map_err(|error| refused(&error))?;
    let mut picture = DynamicImage::from_decoder(decoder).map_err(|error| refused(&error))?;
    picture.apply_orientation(orientation);
    Ok(picture)
}

fn smaller(picture: DynamicImage, side: u32) -> DynamicImage {
    if picture.width().max(picture.height()) <= side {
        return picture;
    }
    picture.resize(side, side, FilterType::CatmullRom)
}

fn is_opaque(picture: &DynamicImage) -> bool {
    picture.to_rgba8().pixels().all(|pixel| pixel.0[3] == u8::MAX)
}

fn png(picture: &DynamicImage) -> Result<Drawn, Refused> {
    let mut bytes = Vec::new();
    // Eight bits a colour: sixteen are for the print shop.
    let written = if picture.color().has_alpha() {
        picture.to_rgba8().write_with_encoder(PngEncoder::new(&mut bytes))
    } else {
        picture.to_rgb8().write_with_encoder(PngEncoder::new(&mut bytes))
    };
    written.map_err(|error| refused(&error))?;
    let (media_type, ending) = ("image/png", "png");
    Ok(Drawn {
        bytes,
        media_type,
        ending,
    })
}

fn jpeg(picture: &DynamicImage, quality: u8) -> Result<Drawn, Refused> {
    let mut bytes = Vec::new();
    on_white(picture)
        .write_with_encoder(JpegEncoder::new_with_quality(&mut bytes, quality))
        .map_err(|error| refused(&error))?;
    let (media_type, ending) = ("image/jpeg", "jpg");
    Ok(Drawn {
        bytes,
        media_type,
        ending,
    })
}

/// JPEG knows no transparency; what lies behind is paper.
fn on_white(picture: &DynamicImage) -> RgbImage {
    if !picture.color().has_alpha() {
        return picture.to_rgb8();
    }
    let clear = picture.to_rgba8();
    RgbImage::from_fn(clear.width(), clear.height(), |x, y| {
        let [r, g, b, alpha] = clear.get_pixel(x, y).0;
        let over = |colour: u8| {
            let (colour, alpha) = (u16::from(colour), u16::from(alpha));
            u8::try_from((colour * alpha + 255 * (255 - alpha)) / 255).unwrap_or(u8::MAX)
        };
        Rgb([over(r), over(g), over(b)])
    })
}

fn refused(error: &ImageError) -> Refused {
    match error {
        ImageError::Limits(_) => Refused::TooManyPixels,
        _ => Refused::Unreadable,
    }
}
