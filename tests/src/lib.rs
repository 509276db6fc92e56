//! Tests over real parts, and the worlds they are made of.

pub mod log_rows;
pub mod prose;
