//! The programs of the console.

pub mod kubectl;
