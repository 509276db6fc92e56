//! Locks before the machine sleeps: whoever finds it asleep finds it locked.

use std::sync::atomic::{AtomicBool, Ordering};

/// Whether this system tells its programs that it is about to sleep.
static HEARD: AtomicBool = AtomicBool::new(false);

/// Whether this system tells its programs that it is about to sleep.
pub(super) fn is_heard() -> bool {
    HEARD.load(Ordering::Relaxed)
}

#[cfg(target_os = "linux")]
mod logind {
    use super::{HEARD, Ordering};
    use std::{thread, time::Duration};
    use zbus::{proxy, zvariant::OwnedFd};

    /// The part of systemd-logind (or elogind) that speaks of sleep.
    #[proxy(
        interface = "org.freedesktop.login1.Manager",
        default_service = "org.freedesktop.login1",
        default_path = "/org/freedesktop/login1"
    )]
    trait Manager {
        /// Asks for a moment before the machine sleeps, as long as the descriptor is held.
        fn inhibit(&self, what: &str, who: &str, why: &str, mode: &str) -> zbus::Result<OwnedFd>;

        /// The machine is about to sleep (true), or has woken.
        #[zbus(signal)]
        fn prepare_for_sleep(&self, begins: bool) -> zbus::Result<()>;
    }

    /// Calls `before` each time before the machine sleeps, and holds the sleep back until it returns. Ends where the
    /// system has nothing of the kind.
    pub(in crate::window) fn listen(before: impl Fn() + Send + 'static) {
        let listening = thread::Builder::new().name("sleep".into()).spawn(move || {
            if let Err(error) = hear(&before) {
                tracing::info!(%error, "this system does not say when it goes to sleep");
            }
            HEARD.store(false, Ordering::Relaxed);
        });
        if let Err(error) = listening {
            tracing::warn!(%error, "no thread to hear of sleep");
        }
    }

    fn hear(before: &impl Fn()) -> zbus::Result<()> {
        let system = zbus::blocking::connection::Builder::system()?
            .method_timeout(Duration::from_secs(5))
            .build()?;
        let manager = ManagerProxyBlocking::new(&system)?;
        let signals = manager.receive_prepare_for_sleep()?;
        let mut moment = Some(ask_for_a_moment(&manager)?);
        HEARD.store(true, Ordering::Relaxed);
        for signal in signals {
            if *signal.args()?.begins() {
                before();
                // Given back: now the machine may sleep.
                moment = None;
            } else if moment.is_none() {
                moment = Some(ask_for_a_moment(&manager)?);
            }
        }
        Ok(())
    }

    fn ask_for_a_moment(manager: &ManagerProxyBlocking<'_>) -> zbus::Result<OwnedFd> {
        manager.inhibit("sleep", "Quartierbuch", "Das Notizbuch wird gesperrt", "delay")
    }
}

#[cfg(target_os = "linux")]
pub(super) use logind::listen;

/// Other systems have no listener yet: there the time without a key locks.
#[cfg(not(target_os = "linux"))]
pub(super) fn listen(_before: impl Fn() + Send + 'static) {}
