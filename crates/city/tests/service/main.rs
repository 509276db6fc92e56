//! The contract of the city, tried on the service with its SQLite ledger: what each caller gets, and what nobody gets.
//! Every sentence but those of `files`, `pages` and `together` is held to PostgreSQL too, in `../service_postgres`.

mod admin;
mod blobs;
mod blobs_go;
mod draft;
mod enrol;
mod feed;
mod files;
mod forget;
mod pages;
mod photo;
mod place;
mod push;
mod redact;
mod restore;
mod rights;
mod scope;
mod together;
mod town;
mod trash;
mod untold;
mod verify;
mod wait;
