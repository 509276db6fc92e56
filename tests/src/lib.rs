//! The stage of the tests: a real city on a port of its own, real notebooks in folders of their own, and what they say.

pub mod binary;
pub mod city;
pub mod cluster;
pub mod figures;
pub mod killed;
pub mod log_rows;
pub mod notebook;
pub mod pages;
pub mod prose;
pub mod ran;
pub mod relay;
pub mod scan;
pub mod simulation;
pub mod small_disk;
pub mod stranger;

pub use city::City;
pub use notebook::Notebook;
pub use ran::Ran;
pub use relay::Relay;
pub use scan::Scanner;
pub use small_disk::SmallDisk;
pub use stranger::Stranger;
