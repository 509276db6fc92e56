//! A wire between a device and its city, on which a test counts the bytes that pass, and which it can cut.

use std::{
    io::{Read, Write},
    net::{Shutdown, SocketAddr, TcpListener, TcpStream},
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicBool, AtomicU64, Ordering},
        mpsc::{Receiver, Sender, channel},
    },
    thread,
};

/// Listens on a port of its own; it ends with the test.
pub struct Relay {
    address: SocketAddr,
    wire: Arc<Wire>,
}

struct Wire {
    /// `host:port` of the city.
    city: String,
    passed: AtomicU64,
    /// Whom to tell when so many bytes have passed in all.
    told: Mutex<Option<(u64, Sender<()>)>>,
    calls: Mutex<Vec<TcpStream>>,
    ended: AtomicBool,
}

impl Relay {
    /// A wire to the city at this address, `http://host:port`, whether somebody listens there just now or not.
    ///
    /// # Panics
    /// When this machine has no free port.
    pub fn to(url: &str) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let address = listener.local_addr().expect("a bound port has an address");
        let wire = Arc::new(Wire {
            city: url.trim_start_matches("http://").to_owned(),
            passed: AtomicU64::new(0),
            told: Mutex::default(),
            calls: Mutex::default(),
            ended: AtomicBool::new(false),
        });
        let taking = Arc::clone(&wire);
        thread::spawn(move || {
            for call in listener.incoming().map_while(Result::ok) {
                if taking.ended.load(Ordering::Relaxed) {
                    break;
                }
                taking.carry(call);
            }
        });
        Self { address, wire }
    }

    /// What a device takes for the address of its city.
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Bytes that have passed so far, both ways.
    pub fn passed(&self) -> u64 {
        self.wire.passed.load(Ordering::Relaxed)
    }

    /// Tells when so many more bytes have passed. Who asks again is told of the new number only.
    pub fn after(&self, bytes: u64) -> Receiver<()> {
        let (tell, told) = channel();
        *held(&self.wire.told) = Some((self.passed() + bytes, tell));
        told
    }

    /// Cuts every call that runs, as a Wi-Fi that is left does.
    pub fn cut(&self) {
        for call in held(&self.wire.calls).drain(..) {
            // It may have ended by itself.
            let _ = call.shutdown(Shutdown::Both);
        }
    }
}

impl Drop for Relay {
    fn drop(&mut self) {
        self.wire.ended.store(true, Ordering::Relaxed);
        self.cut();
        // Wakes whoever waits for the next call.
        let _ = TcpStream::connect(self.address);
    }
}

impl Wire {
    /// Carries one call both ways; where the city is not there, the call ends.
    fn carry(self: &Arc<Self>, device: TcpStream) {
        let Ok(city) = TcpStream::connect(&self.city) else {
            return;
        };
        for (from, to) in [(&device, &city), (&city, &device)] {
            let (Ok(from), Ok(to)) = (from.try_clone(), to.try_clone()) else {
                return;
            };
            let wire = Arc::clone(self);
            thread::spawn(move || wire.pass(from, to));
        }
        held(&self.calls).extend([device, city]);
    }

    /// Passes on until one of both ends.
    fn pass(&self, mut from: TcpStream, mut to: TcpStream) {
        let mut piece = [0; 4096];
        while let Ok(read @ 1..) = from.read(&mut piece) {
            if to.write_all(&piece[..read]).is_err() {
                break;
            }
            self.count(read as u64);
        }
        let _ = from.shutdown(Shutdown::Both);
        let _ = to.shutdown(Shutdown::Both);
    }

    fn count(&self, bytes: u64) {
        let passed = self.passed.fetch_add(bytes, Ordering::Relaxed) + bytes;
        let mut told = held(&self.told);
        if told.as_ref().is_some_and(|(at, _)| passed >= *at)
            && let Some((_, tell)) = told.take()
        {
            // Who asked may have lost interest.
            let _ = tell.send(());
        }
    }
}

fn held<T>(lock: &Mutex<T>) -> MutexGuard<'_, T> {
    lock.lock().unwrap_or_else(PoisonError::into_inner)
}
