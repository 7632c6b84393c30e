//! Trials in parallel: each is a process in its own mount and network namespace.
//!
//! Most of a trial is waiting, for tools to start and for silence, so that there are more of them than processors.

use std::collections::VecDeque;
use std::num::NonZero;
use std::process::Command;
use std::sync::{Mutex, PoisonError};
use std::thread;

use super::tally::Tally;

/// Trials under way, for each processor.
const AT_ONCE: usize = 2;

/// Runs the trials with these numbers, prints what each said once it is over, and adds up what they counted.
pub(crate) fn side_by_side(numbers: Vec<usize>) -> Tally {
    let waiting = Mutex::new(VecDeque::from(numbers));
    let tally = Mutex::new(Tally::default());
    let workers = AT_ONCE * thread::available_parallelism().map_or(1, NonZero::get);
    let next = || {
        waiting
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .pop_front()
    };
    let work = || {
        while let Some(number) = next() {
            let (said, counted) = run(number);
            let mut tally = tally.lock().unwrap_or_else(PoisonError::into_inner);
            print!("{said}");
            tally.add(counted);
        }
    };
    thread::scope(|scope| (0..workers).for_each(|_| drop(scope.spawn(work))));
    tally.into_inner().unwrap_or_else(PoisonError::into_inner)
}

/// What a trial said, and its last line, which is what it counted. One that breaks off has failed.
fn run(number: usize) -> (String, Tally) {
    let told = std::env::current_exe().and_then(|own| {
        let mut unshare = Command::new("unshare");
        unshare
            .args(["--mount", "--net"])
            .arg(own)
            .args(["inside", &number.to_string()])
            .output()
    });
    let broken = Tally {
        failed: 1,
        ..Tally::default()
    };
    match told {
        Err(error) => (format!("    FAILED to be started: {error}\n"), broken),
        Ok(told) => {
            let text = String::from_utf8_lossy(&told.stdout).into_owned();
            let said = text.trim_end().rsplit_once('\n').unwrap_or_default();
            if let Ok(tally) = said.1.parse() {
                (format!("{}\n", said.0), tally)
            } else {
                let error = String::from_utf8_lossy(&told.stderr);
                (
                    format!("{text}    FAILED: broke off, {}: {error}\n", told.status),
                    broken,
                )
            }
        }
    }
}
