//! Photos and files on a record: taken in, shown, saved once more, taken away.

use super::{Error, Notebook, Written, city};
use domain::{Body, Kind, PartId, Record, RecordId, kinds, kinds::Attachment, merge::position};
use intake::attachment::{self, MAX_PHOTO_BYTES};
use std::{fs::File, io::Read, path::Path};
use store::{Attached, Contents};
use uuid::Uuid;

/// A file that was taken in; a record or a draft has yet to name it.
pub struct TakenIn {
    /// What the record will hold of it.
    pub attachment: Attachment,
    /// It was taken as it is, with whatever stands in it.
    pub as_it_is: bool,
}

/// An attachment of a record, and how it stands on this device.
pub struct OnRecord {
    /// As the record names it.
    pub attachment: Attachment,
    /// How it stands here.
    pub standing: Attached,
}

/// An attachment, opened.
pub struct OpenedFile {
    /// Its bytes.
    pub bytes: Vec<u8>,
    /// Its name.
    pub name: String,
    /// Its media type.
    pub media_type: String,
}

impl Notebook {
    /// Takes bytes in as an attachment that a record may name. Photos are drawn anew, so that nothing but what one sees
    /// comes along.
    ///
    /// # Errors
    /// [`Error::Refused`], or the store's own reason.
    pub fn take_in(&self, bytes: &[u8], name: &str) -> Result<TakenIn, Error> {
        let taken = attachment::take_in(bytes, name)?;
        let enclosed = self.store().enclose(&taken.bytes)?;
        let attachment = Attachment {
            id: PartId(Uuid::now_v7()),
            blob: Some(enclosed.blob),
            key: Some(enclosed.key),
            media_type: Some(taken.media_type.to_owned()),
            name: Some(taken.name),
            ..Attachment::default()
        };
        Ok(TakenIn {
            attachment,
            as_it_is: taken.as_it_is,
        })
    }

    /// The same for a file; of a huge one no more is read than is needed to refuse it.
    ///
    /// # Errors
    /// As [`Notebook::take_in`], and [`Error::File`].
    pub fn take_in_file(&self, path: &Path) -> Result<TakenIn, Error> {
        let failed = |source| Error::file(path, source);
        let mut bytes = Vec::new();
        File::open(path)
            .map_err(failed)?
            .take(MAX_PHOTO_BYTES as u64 + 1)
            .read_to_end(&mut bytes)
            .map_err(failed)?;
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        self.take_in(&bytes, &name)
    }

    /// Puts attachments that were taken in onto a record, after the others.
    ///
    /// # Errors
    /// [`Error::NoAttachments`] for a kind that has none, else as [`Notebook::change`].
    pub fn attach(&self, id: RecordId, taken: &[Attachment]) -> Result<Written, Error> {
        self.change_attachments(id, |attachments| {
            for attachment in taken {
                let last = attachments.last().and_then(|last| last.position.as_deref());
                let position = Some(position::between(last, None));
                attachments.push(Attachment {
                    position,
                    ..attachment.clone()
                });
            }
        })
    }

    /// Takes an attachment off a record.
    ///
    /// # Errors
    /// As [`Notebook::attach`].
    pub fn detach(&self, id: RecordId, part: PartId) -> Result<Written, Error> {
        self.change_attachments(id, |attachments| attachments.retain(|attachment| attachment.id != part))
    }

    /// Says what an attachment shows.
    ///
    /// # Errors
    /// As [`Notebook::attach`].
    pub fn describe(&self, id: RecordId, part: PartId, caption: &str) -> Result<Written, Error> {
        let caption = Some(caption.trim().to_owned()).filter(|caption| !caption.is_empty());
        self.change_attachments(id, |attachments| {
            for attachment in attachments.iter_mut().filter(|attachment| attachment.id == part) {
                attachment.caption.clone_from(&caption);
            }
        })
    }

    fn change_attachments(&self, id: RecordId, change: impl FnOnce(&mut Vec<Attachment>)) -> Result<Written, Error> {
        let base = self.record(id)?.record;
        let body = base.body.as_ref().ok_or(Error::Gone(id))?;
        let mut attachments = kinds::attachments(&base.envelope.kind, body);
        change(&mut attachments);
        let mine = Record {
            body: Some(with_attachments(&base.envelope.kind, body, &attachments)?),
            ..base.clone()
        };
        self.change(&base, &mine, None)
    }

    /// The attachments of a record, in their order.
    ///
    /// # Errors
    /// [`Error::NoRecord`], or the store's own reason.
    pub fn attachments(&self, id: RecordId) -> Result<Vec<OnRecord>, Error> {
        let record = self.record(id)?.record;
        let named = record
            .body
            .as_ref()
            .map_or_else(Vec::new, |body| kinds::attachments(&record.envelope.kind, body));
        Ok(self.store().read(|reading| {
            named
                .into_iter()
                .map(|attachment| on_record(reading, attachment))
                .collect()
        })?)
    }

    /// How an attachment stands that a draft names.
    ///
    /// # Errors
    /// The store's own reason.
    pub fn standing_of(&self, attachment: &Attachment) -> Result<Attached, Error> {
        Ok(self
            .store()
            .read(|reading| on_record(reading, attachment.clone()))?
            .standing)
    }

    /// Opens an attachment of a record, or of a draft. Where one of a record is not here, it is fetched with the next
    /// transfer before others.
    ///
    /// # Errors
    /// [`Error::NotHere`] where it is on its way, [`Error::AttachmentUnreadable`], or the store's own reason.
    pub fn open_attachment(&self, id: Option<RecordId>, attachment: &Attachment) -> Result<OpenedFile, Error> {
        let (Some(blob), Some(key)) = (&attachment.blob, &attachment.key) else {
            return Err(Error::AttachmentUnreadable);
        };
        let now = chrono::Utc::now().into();
        match self.store().open_enclosed(id, blob, key, now)? {
            Contents::Here(bytes) => Ok(OpenedFile {
                bytes,
                name: attachment::clean_name(attachment.name.as_deref().unwrap_or_default(), None),
                media_type: attachment.media_type.clone().unwrap_or_default(),
            }),
            Contents::Away => Err(Error::NotHere),
            Contents::Unreadable => Err(Error::AttachmentUnreadable),
        }
    }

    /// The same, fetching it from the city now where it is not here.
    ///
    /// # Errors
    /// As [`Notebook::open_attachment`], and as [`Notebook::sync`].
    pub fn fetch_attachment(&self, id: RecordId, attachment: &Attachment) -> Result<OpenedFile, Error> {
        match self.open_attachment(Some(id), attachment) {
            Err(Error::NotHere) => {}
            other => return other,
        }
        let city = city::client(&self.identity()?)?;
        let nobody: std::sync::Arc<dyn sync::Watcher> = std::sync::Arc::new(());
        city::block_on(sync::carry(self.store(), &city, &sync::Machine, &nobody))??;
        self.open_attachment(Some(id), attachment)
    }
}

/// The body with these attachments; every other member keeps its bytes.
///
/// # Errors
/// [`Error::NoAttachments`] for a kind that has none.
pub fn with_attachments(kind: &Kind, body: &Body, attachments: &[Attachment]) -> Result<Body, Error> {
    let member = kinds::attachments_member(kind).ok_or(Error::NoAttachments)?;
    let mut members = body.members().map_err(|_| Error::Unreadable)?;
    if attachments.is_empty() {
        members.remove(member);
    } else {
        members.set(member, attachments).map_err(|_| Error::Unreadable)?;
    }
    Ok(Body::from_members(&members))
}

fn on_record(reading: &store::Reading<'_>, attachment: Attachment) -> Result<OnRecord, store::Error> {
    let standing = match &attachment.blob {
        Some(blob) => reading.attached(blob)?,
        None => Attached::default(),
    };
    Ok(OnRecord { attachment, standing })
}
