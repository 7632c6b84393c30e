//! What is measured, natively by Criterion (`figures.rs`) and in wasm by Node (`wasm.rs`): the same cases, made from the
//! same generated clusters, so that both stand side by side in one table (`make bench`).

use std::any::Any;

mod cluster;
mod dataplane;
mod manifest;
mod policies;
mod reachability;

/// Something to measure.
pub(crate) struct Case {
    /// `group/name`, as Criterion files it.
    pub(crate) name: &'static str,
    /// How much one run does, where a rate says more than a time.
    pub(crate) amount: Amount,
    /// Prepares it; what comes back is one run.
    pub(crate) prepare: fn() -> Run,
}

/// What one run does.
#[derive(Clone, Copy)]
pub(crate) enum Amount {
    /// Its time is the figure.
    Once,
    /// It reads so many bytes.
    Bytes(u64),
    /// It does so many of the same.
    Times(u64),
}

/// One run. What it made is handed out, so that taking it apart is not measured.
pub(crate) type Run = Box<dyn FnMut() -> Box<dyn Any>>;

/// All cases.
pub(crate) fn all() -> Vec<Case> {
    let groups = [
        manifest::cases(),
        cluster::cases(),
        dataplane::cases(),
        policies::cases(),
        reachability::cases(),
    ];
    groups.into_iter().flatten().collect()
}
