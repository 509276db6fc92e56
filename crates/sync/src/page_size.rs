//! How many records a page may hold, so that nobody who types waits for sync.

use std::time::Duration;

/// A save may wait so long for a page; beyond it a person feels it.
const TOLERABLE: Duration = Duration::from_millis(20);
/// Small enough that a new device shows something at once.
const FIRST: u32 = 500;
const SMALLEST: u32 = 50;
/// Two pages lie in memory at once, worked out: of the 5,000 records a city sends at most they would be 70 MB, and a
/// larger page is no faster any more.
const LARGEST: u32 = 3_000;

/// The size of the next page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct PageSize(u32);

impl PageSize {
    pub(crate) fn first() -> Self {
        Self(FIRST)
    }

    pub(crate) fn limit(self) -> u32 {
        self.0
    }

    /// After a page: `waited` is the longest that a save had to wait meanwhile, `None` where nobody saved.
    #[must_use]
    pub(crate) fn after(self, waited: Option<Duration>) -> Self {
        match waited {
            None => Self(self.0.saturating_mul(2).min(LARGEST)),
            Some(waited) if waited > TOLERABLE => Self((self.0 / 2).max(SMALLEST)),
            Some(_) => self,
        }
    }

    /// After an answer that was larger than may be read at once; `None` where even one record is.
    pub(crate) fn smaller(self) -> Option<Self> {
        (self.0 > 1).then_some(Self(self.0 / 2))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_grows_while_nobody_types() {
        let grown = (0..10).fold(PageSize::first(), |size, _| size.after(None));
        assert_eq!(grown.limit(), LARGEST);
    }

    #[test]
    fn it_halves_when_a_save_waited_and_stays_useful() {
        let late = Some(Duration::from_millis(21));
        assert_eq!(PageSize::first().after(late).limit(), 250);
        assert_eq!(
            PageSize::first().after(Some(TOLERABLE)),
            PageSize::first(),
            "a short wait is no reason"
        );
        let least = (0..20).fold(PageSize::first(), |size, _| size.after(late));
        assert_eq!(least.limit(), SMALLEST);
    }

    #[test]
    fn a_page_too_large_to_read_is_asked_for_in_smaller_ones() {
        let mut size = PageSize::first();
        let mut tries = 0;
        while let Some(smaller) = size.smaller() {
            (size, tries) = (smaller, tries + 1);
        }
        assert_eq!((size.limit(), tries), (1, 8), "down to a single record");
    }
}
