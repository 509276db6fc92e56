//! The seam behind which the database stands.
