//! Stories of devices and a city: each test is a promise of the protocol.

mod attachments;
mod backed_up;
mod checked;
mod dice;
mod edits;
mod faulty;
mod giving_back;
mod http;
mod lost;
mod restored;
mod scope;
mod untold;
mod waits;
mod worker;
mod world;
