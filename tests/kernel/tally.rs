//! What trials counted. A trial is a process, and prints its tally as its last line.

use std::collections::BTreeMap;
use std::fmt::{self, Display};
use std::str::FromStr;

/// What was counted so far.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Tally {
    pub(crate) passed: usize,
    pub(crate) failed: usize,
    pub(crate) connections: usize,
    pub(crate) packets: u64,
    /// Trials that were not run, by what the kernel lacks for them.
    pub(crate) not_run: BTreeMap<String, usize>,
}

impl Tally {
    /// Counts a check, and prints how it differs from what is expected, if it does.
    pub(crate) fn check(&mut self, what: &str, differing: &[String]) {
        if differing.is_empty() {
            self.passed += 1;
            return;
        }
        self.failed += 1;
        println!("    FAILED {what}");
        for line in differing {
            println!("        {line}");
        }
    }

    /// Adds what another trial counted.
    pub(crate) fn add(&mut self, other: Tally) {
        self.passed += other.passed;
        self.failed += other.failed;
        self.connections += other.connections;
        self.packets += other.packets;
        for (lacking, trials) in other.not_run {
            *self.not_run.entry(lacking).or_default() += trials;
        }
    }
}

impl Display for Tally {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Tally {
            passed,
            failed,
            connections,
            packets,
            not_run,
        } = self;
        write!(f, "{passed} {failed} {connections} {packets}")?;
        not_run
            .iter()
            .try_for_each(|(lacking, trials)| write!(f, "\t{trials} {lacking}"))
    }
}

impl FromStr for Tally {
    type Err = String;

    fn from_str(text: &str) -> Result<Tally, String> {
        let wrong = || format!("no tally: {text}");
        let number = |text: &str| text.parse::<usize>().map_err(|_| wrong());
        let mut parts = text.split('\t');
        let counts = parts
            .next()
            .unwrap_or_default()
            .split(' ')
            .collect::<Vec<_>>();
        let [passed, failed, connections, packets] = counts.try_into().map_err(|_| wrong())?;
        let mut tally = Tally {
            passed: number(passed)?,
            failed: number(failed)?,
            connections: number(connections)?,
            packets: packets.parse().map_err(|_| wrong())?,
            not_run: BTreeMap::new(),
        };
        for part in parts {
            let (trials, lacking) = part.split_once(' ').ok_or_else(wrong)?;
            tally.not_run.insert(lacking.to_owned(), number(trials)?);
        }
        Ok(tally)
    }
}
