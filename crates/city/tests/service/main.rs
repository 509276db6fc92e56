//! The contract of the city, tried on the service with a real ledger: what each caller gets, and what nobody gets.

mod admin;
mod draft;
mod enrol;
mod feed;
mod forget;
mod push;
mod redact;
mod rights;
mod scope;
mod town;
mod trash;
mod verify;
mod wait;
