//! What a camera or a program writes beside the picture does not come in.

use image::{DynamicImage, ImageFormat, Rgb, RgbImage, Rgba, RgbaImage};
use intake::attachment::{MAX_FILE_BYTES, MAX_SIDE, Refused, preview, take_in};
use std::io::Cursor;

const PLACE: &[u8] = b"50.9787 N 11.0328 E";
const XMP: &[u8] = b"http://ns.adobe.com/xap/1.0/\0<x:xmpmeta>Erika Mustermann</x:xmpmeta>";
const COMMENT: &[u8] = b"Frau M., Magdeburger Allee 4";
const THUMBNAIL: &[u8] = b"\xFF\xD8the face that was cropped away\xFF\xD9";

fn written(picture: impl Into<DynamicImage>, format: ImageFormat) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    picture.into().write_to(&mut bytes, format).expect("a picture");
    bytes.into_inner()
}

/// Wide, red on the left and blue on the right.
fn landscape(width: u32, height: u32) -> RgbImage {
    RgbImage::from_fn(width, height, |x, _| {
        if x < width / 2 {
            Rgb([250, 0, 0])
        } else {
            Rgb([0, 0, 250])
        }
    })
}

fn segment(marker: u8, content: &[u8]) -> Vec<u8> {
    let length = u16::try_from(content.len() + 2).expect("short").to_be_bytes();
    [&[0xFF, marker], &length[..], content].concat()
}

/// EXIF as a camera writes it: turned by a quarter, where it was, and a small picture of its own.
fn exif() -> Vec<u8> {
    let entry = |tag: u16, kind: u16, count: u32, value: u32| {
        let (tag, kind) = (tag.to_be_bytes(), kind.to_be_bytes());
        [&tag[..], &kind, &count.to_be_bytes(), &value.to_be_bytes()].concat()
    };
    let entries = [entry(0x0112, 3, 1, 6 << 16), entry(0x8825, 4, 1, 38)].concat();
    let mut tiff = b"MM\0*\0\0\0\x08".to_vec();
    tiff.extend(2_u16.to_be_bytes());
    tiff.extend(entries);
    tiff.extend(0_u32.to_be_bytes());
    tiff.extend(0_u16.to_be_bytes());
    tiff.extend(0_u32.to_be_bytes());
    [b"Exif\0\0", &tiff[..], PLACE, THUMBNAIL].concat()
}

fn holds(bytes: &[u8], part: &[u8]) -> bool {
    bytes.windows(part.len()).any(|window| window == part)
}

/// The segments of a JPEG before its pixels.
fn markers(jpeg: &[u8]) -> Vec<u8> {
    let (mut at, mut found) = (2, Vec::new());
    while let Some([0xFF, marker, high, low]) = jpeg.get(at..at + 4) {
        found.push(*marker);
        at += 2 + usize::from(u16::from_be_bytes([*high, *low]));
    }
    found
}

#[test]
fn of_a_photo_only_what_one_sees_comes_in() {
    let plain = written(landscape(400, 200), ImageFormat::Jpeg);
    let told = [
        &plain[..2],
        &segment(0xE1, &exif()),
        &segment(0xE1, XMP),
        &segment(0xFE, COMMENT),
        &plain[2..],
    ]
    .concat();
    for part in [PLACE, XMP, COMMENT, THUMBNAIL, b"Exif"] {
        assert!(holds(&told, part), "it goes in with all of this");
    }
    let taken = take_in(&told, "/home/erika/IMG_0042.JPG").expect("a photo");
    for part in [PLACE, XMP, COMMENT, THUMBNAIL, b"Exif", b"adobe"] {
        assert!(!holds(&taken.bytes, part), "{}", String::from_utf8_lossy(part));
    }
    let others: Vec<u8> = markers(&taken.bytes)
        .into_iter()
        .filter(|marker| matches!(marker, 0xE1..=0xEF | 0xFE))
        .collect();
    assert_eq!(others, Vec::<u8>::new(), "no segment for anything but the picture");
    assert_eq!(
        (taken.media_type, taken.name.as_str(), taken.as_it_is),
        ("image/jpeg", "IMG_0042.jpg", false)
    );
    let picture = image::load_from_memory(&taken.bytes).expect("a picture").to_rgb8();
    assert_eq!(picture.dimensions(), (200, 400), "it stands upright");
    assert!(picture.get_pixel(100, 20)[0] > 200, "what was on the left is above");
}

#[test]
fn a_large_photo_becomes_small_enough_to_travel() {
    let taken = take_in(&written(landscape(4_000, 1_000), ImageFormat::Jpeg), "a.jpeg").expect("a photo");
    let picture = image::load_from_memory(&taken.bytes).expect("a picture");
    assert_eq!((picture.width(), picture.height()), (MAX_SIDE, 640));
    let small = preview(&taken.bytes).expect("a preview");
    let small = image::load_from_memory(&small).expect("a picture");
    assert_eq!((small.width(), small.height()), (480, 120));
}

#[test]
fn a_drawing_stays_sharp_and_loses_its_texts() {
    let plain = written(RgbaImage::from_pixel(8, 8, Rgba([1, 2, 3, 0])), ImageFormat::Png);
    let told = [
        &plain[..33],
        &chunk(b"tEXt", &[b"Comment\0", COMMENT].concat()),
        &plain[33..],
    ]
    .concat();
    image::load_from_memory(&told).expect("a PNG that can be read");
    let taken = take_in(&told, "Bildschirm.png").expect("a drawing");
    assert!(!holds(&taken.bytes, COMMENT) && !holds(&taken.bytes, b"tEXt"));
    let picture = image::load_from_memory(&taken.bytes).expect("a picture").to_rgba8();
    assert_eq!((taken.media_type, picture.get_pixel(3, 3).0[3]), ("image/png", 0));
}

#[test]
fn a_webp_is_drawn_anew_as_well() {
    let plain = written(landscape(20, 10), ImageFormat::WebP);
    let taken = take_in(&plain, "von-whatsapp.webp").expect("a photo");
    assert_eq!(
        (taken.media_type, taken.name.as_str()),
        ("image/jpeg", "von-whatsapp.jpg")
    );
}

#[test]
fn a_picture_that_would_fill_the_memory_is_refused_by_its_header() {
    let mut jpeg = written(landscape(16, 16), ImageFormat::Jpeg);
    let frame = jpeg.windows(2).position(|pair| pair == [0xFF, 0xC0]).expect("a frame");
    jpeg[frame + 5..frame + 9].copy_from_slice(&[0xFF, 0xDC, 0xFF, 0xDC]);
    assert!(matches!(take_in(&jpeg, "x.jpg"), Err(Refused::TooManyPixels)));

    let plain = written(landscape(4, 4), ImageFormat::Png);
    let mut header = plain[16..29].to_vec();
    header[..8].copy_from_slice(&[0, 0, 0xEA, 0x60, 0, 0, 0xEA, 0x60]);
    let bomb = [&plain[..8], &chunk(b"IHDR", &header), &plain[33..]].concat();
    assert!(matches!(take_in(&bomb, "x.png"), Err(Refused::TooManyPixels)));
    assert!(preview(&bomb).is_err(), "nor shown, where it comes from elsewhere");
}

#[test]
fn what_cannot_be_drawn_anew_is_refused_by_name() {
    let refused = |bytes: &[u8]| take_in(bytes, "x").expect_err("refused").code();
    assert_eq!(refused(b"\0\0\0\x18ftypheic\0\0\0\0heicmif1"), "heic");
    assert_eq!(refused(b"\0\0\0\x18ftypmif1\0\0\0\0mif1heic"), "heic");
    assert_eq!(refused(b"\0\0\0\x18ftypmp42\0\0\0\0mp42isom"), "film");
    assert_eq!(refused(b"\0\0\0\x18ftypnew9\0\0\0\0"), "film");
    assert_eq!(refused(b"II*\0\x08\0\0\0"), "other_picture");
    assert_eq!(refused(b"GIF89a\x01\0\x01\0\0\0\0"), "other_picture");
    assert_eq!(refused(b"\xFF\xD8\xFF\xE0 no picture"), "unreadable");
    assert_eq!(refused(b""), "empty");
}

#[test]
fn other_files_are_taken_as_they_are_up_to_the_limit() {
    let pdf = b"%PDF-1.7\n/Author (Erika)".to_vec();
    let taken = take_in(&pdf, "Aushang.pdf").expect("a document");
    assert_eq!((taken.media_type, taken.as_it_is), ("application/pdf", true));
    assert_eq!(taken.bytes, pdf);
    assert_eq!(
        take_in(b"Treffpunkt 10 Uhr", "notiz.txt").expect("a text").media_type,
        "text/plain"
    );
    let too_large = vec![b'x'; MAX_FILE_BYTES + 1];
    assert!(matches!(
        take_in(&too_large, "x.txt"),
        Err(Refused::TooLarge { limit: MAX_FILE_BYTES })
    ));
    assert!(take_in(&too_large[1..], "x.txt").is_ok());
}

/// A PNG chunk with its check sum.
fn chunk(kind: &[u8; 4], content: &[u8]) -> Vec<u8> {
    let named = [&kind[..], content].concat();
    let sum = named.iter().fold(u32::MAX, |sum, byte| {
        (0..8).fold(sum ^ u32::from(*byte), |sum, _| {
            if sum & 1 == 1 { sum >> 1 ^ 0xEDB8_8320 } else { sum >> 1 }
        })
    });
    let length = u32::try_from(content.len()).expect("short").to_be_bytes();
    [&length[..], &named, &(!sum).to_be_bytes()].concat()
}

proptest::proptest! {
    #[test]
    fn no_bytes_make_it_panic(bytes in proptest::collection::vec(proptest::prelude::any::<u8>(), 0..300), start in 0..5_usize) {
        let magic: [&[u8]; 5] = [b"", b"\xFF\xD8\xFF\xE1", b"\x89PNG\r\n\x1a\n", b"RIFF\x20\0\0\0WEBPVP8 ", b"%PDF"];
        let _ = take_in(&[magic[start], &bytes].concat(), "x");
    }
}
