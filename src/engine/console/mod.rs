//! The programs of the console.

pub mod kubectl;
mod shell;

pub use shell::run;
