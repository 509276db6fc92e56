//! Between the attachments of a body and what a form shows of them.

use super::shapes::FileForm;
use crate::desk;
use domain::{BlobHash, PartId, kinds::Attachment, merge::position};

/// What the form shows of a record's attachments.
pub(in crate::window) fn shown(attachments: &[Attachment]) -> Vec<FileForm> {
    attachments.iter().map(one).collect()
}

pub(super) fn one(attachment: &Attachment) -> FileForm {
    let said = |text: &Option<String>| text.clone().unwrap_or_default();
    FileForm {
        id: attachment.id.to_string(),
        blob: attachment
            .blob
            .as_ref()
            .map(|blob| blob.as_str().to_owned())
            .unwrap_or_default(),
        key: said(&attachment.key),
        media_type: said(&attachment.media_type),
        name: said(&attachment.name),
        caption: said(&attachment.caption),
    }
}

/// The attachments as the form has them: of those that were there only what they show can be said anew, in their order;
/// new ones stand after them.
pub(in crate::window) fn onto(known: &[Attachment], forms: &[FileForm]) -> Vec<Attachment> {
    let mut attachments: Vec<Attachment> = Vec::new();
    for form in forms {
        let Ok(id) = form.id.parse::<PartId>() else { continue };
        let mut attachment = match known.iter().find(|attachment| attachment.id == id) {
            Some(known) => known.clone(),
            None => {
                let last = attachments.last().and_then(|last| last.position.as_deref());
                Attachment {
                    position: Some(position::between(last, None)),
                    ..new(id, form)
                }
            }
        };
        if form.caption != attachment.caption.as_deref().unwrap_or_default() {
            let caption = form.caption.trim();
            attachment.caption = (!caption.is_empty()).then(|| caption.to_owned());
        }
        attachments.push(attachment);
    }
    attachments
}

/// An attachment that the program itself took in a moment ago.
pub(super) fn new(id: PartId, form: &FileForm) -> Attachment {
    let said = |text: &str| (!text.is_empty()).then(|| text.to_owned());
    Attachment {
        id,
        blob: BlobHash::parse(&form.blob),
        key: said(&form.key),
        media_type: said(&form.media_type),
        name: said(&form.name),
        caption: said(form.caption.trim()),
        ..Attachment::default()
    }
}

impl TryFrom<&FileForm> for Attachment {
    type Error = desk::Error;
    fn try_from(form: &FileForm) -> Result<Self, desk::Error> {
        let id = form.id.parse().map_err(|_| desk::Error::NoAttachment)?;
        Ok(new(id, form))
    }
}
