//! What a failure with a photo or file says to a person. Every text in German and English.

use super::language::Language;
use crate::desk::Error;
use intake::attachment::Refused;

/// The sentences for a failure with an attachment.
pub(super) fn say(error: &Error, language: Language) -> String {
    let (german, english) = match error {
        Error::Refused(refused) => return refusal(refused, language),
        Error::NoAttachments => (
            "An diese Art von Eintrag lässt sich nichts anhängen. Fotos und Dateien gehören an Gespräche, Anliegen und Sitzungen.",
            "Nothing can be added to this kind of record. Photos and files belong to conversations, requests and meetings.",
        ),
        Error::NoAttachment => (
            "Dieser Eintrag hat kein Foto und keine Datei mit dieser Kennung. „quartierbuch attachments“ zählt sie auf.",
            "This record has no photo or file of this id. 'quartierbuch attachments' lists them.",
        ),
        Error::NotHere => (
            "Dieses Foto oder diese Datei liegt noch auf dem Gerät, auf dem sie hinzugefügt wurde. Versuchen Sie es später noch einmal.",
            "This photo or file is still on the device it was added on. Try again later.",
        ),
        _ => (
            "Dieses Foto oder diese Datei lässt sich nicht öffnen. Fügen Sie sie noch einmal hinzu.",
            "This photo or file cannot be opened. Add it once more.",
        ),
    };
    language.pick(german, english).to_owned()
}

fn refusal(refused: &Refused, language: Language) -> String {
    let (german, english) = match refused {
        Refused::Empty => ("Die Datei ist leer.", "The file is empty."),
        Refused::TooLarge { limit } => return too_large(limit.div_ceil(1024 * 1024), language),
        Refused::TooManyPixels => (
            "Das Bild ist zu groß, um es sicher zu öffnen. Verkleinern Sie es und versuchen Sie es noch einmal.",
            "The picture is too large to be opened safely. Make it smaller and try again.",
        ),
        Refused::Heic => (
            "Fotos im Format HEIC nimmt Quartierbuch nicht an. Stellen Sie am iPhone unter Einstellungen, Kamera, Formate \
             „Maximale Kompatibilität“ ein, oder schicken Sie sich das Foto als JPEG.",
            "Photos in the format HEIC are not taken. On the iPhone choose 'Most Compatible' under Settings, Camera, Formats, \
             or send yourself the photo as JPEG.",
        ),
        Refused::OtherPicture => (
            "Dieses Bildformat nimmt Quartierbuch nicht an, weil darin stehen kann, wo es entstand. Speichern Sie es als JPEG oder PNG.",
            "Pictures in this format are not taken, because they may say where they were taken. Save it as JPEG or PNG.",
        ),
        Refused::Film => (
            "Filme und Tonaufnahmen nimmt Quartierbuch nicht an: In ihnen steht oft, wo sie entstanden. Fügen Sie ein Foto hinzu.",
            "Films and recordings are not taken: they often say where they were made. Add a photo.",
        ),
        Refused::Unreadable => (
            "Das Bild lässt sich nicht lesen. Öffnen Sie es in einem Bildprogramm und speichern Sie es neu als JPEG.",
            "The picture cannot be read. Open it in a picture program and save it anew as JPEG.",
        ),
    };
    let begin = language.pick("Nichts hinzugefügt. ", "Nothing was added. ");
    format!("{begin}{}", language.pick(german, english))
}

fn too_large(mib: usize, language: Language) -> String {
    match language {
        Language::German => format!("Nichts hinzugefügt. Die Datei ist zu groß, möglich sind {mib} MB."),
        Language::English => format!("Nothing was added. The file is too large, up to {mib} MB are possible."),
    }
}
