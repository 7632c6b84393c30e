//! Chance counted: how many connections an endpoint got, and how far that is from what the traces say.

use std::fmt::{self, Display};

/// How many standard deviations chance may be away from what is expected.
const DEVIATIONS: f64 = 5.0;

/// What somebody got of some connections; those of several calls add up.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Share {
    got: f64,
    expected: f64,
    variance: f64,
    total: f64,
}

impl Share {
    /// So many of a call's connections, of which `share` was expected by that many traces. Both are counts of drawn
    /// lots.
    pub(crate) fn of(got: usize, total: usize, share: f64, traced: u64) -> Share {
        let (got, total, traced) = (got as f64, total as f64, traced as f64);
        let variance = share * (1.0 - share) * (total + total * total / traced);
        Share {
            got,
            expected: share * total,
            variance,
            total,
        }
    }

    /// The connections of another call, whose lots were drawn apart.
    pub(crate) fn add(&mut self, other: &Share) {
        self.got += other.got;
        self.expected += other.expected;
        self.variance += other.variance;
        self.total += other.total;
    }

    /// Whether it is too far from what is expected to be chance.
    pub(crate) fn is_unlikely(&self) -> bool {
        (self.got - self.expected).abs() > DEVIATIONS * self.variance.sqrt()
    }
}

impl Display for Share {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{} of {} connections, {:.0} expected",
            self.got, self.total, self.expected
        )
    }
}
