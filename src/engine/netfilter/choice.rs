//! The random choices of a walk: drawn from a generator, or enumerated so that every branch is walked once.

use crate::rng::Rng;
use crate::ruleset::OneOf;

/// The source of random choices.
pub(super) enum Choices {
    /// A random number generator.
    Random(Rng),
    /// A given path through the branches; behind its end, always the first branch.
    Enumerate(BranchPath, Rng),
}

/// One path through the branches.
#[derive(Clone, Debug, Default)]
pub(super) struct BranchPath {
    turns: Vec<BranchPoint>,
    taken: usize,
    /// The probability of this path.
    pub probability: f64,
}

#[derive(Clone, Copy, Debug)]
struct BranchPoint {
    branch: u32,
    branches: u32,
}

impl Choices {
    /// Whether an event with a probability of one in so many happens.
    pub(super) fn one_of(&mut self, share: OneOf) -> bool {
        match self {
            Choices::Random(chance) => chance.bits31() < share.threshold(),
            Choices::Enumerate(route, _) => {
                let comes_true = route.turn(2) == 0;
                let probability = share.probability();
                route.probability *= if comes_true {
                    probability
                } else {
                    1.0 - probability
                };
                comes_true
            }
        }
    }

    /// One of so many, each as likely.
    pub(super) fn pick(&mut self, count: usize) -> usize {
        let branches = u32::try_from(count).unwrap_or(u32::MAX);
        let picked = match self {
            Choices::Random(chance) => chance.below(branches),
            Choices::Enumerate(route, _) => {
                route.probability /= f64::from(branches);
                route.turn(branches)
            }
        };
        picked as usize
    }

    /// One of so many of which one is certain.
    pub(super) fn pick_known(&mut self, count: usize, certain: usize) -> usize {
        let branches = u32::try_from(count).unwrap_or(u32::MAX);
        match self {
            Choices::Random(_) => certain,
            Choices::Enumerate(route, _) => {
                let picked = route.turn(branches) as usize;
                if picked != certain {
                    route.probability = 0.0;
                }
                picked
            }
        }
    }

    /// A source port.
    pub(super) fn port(&mut self) -> u16 {
        match self {
            Choices::Random(chance) | Choices::Enumerate(_, chance) => chance.port(),
        }
    }
}

impl BranchPath {
    /// The way along the first branch everywhere.
    pub(super) fn first() -> BranchPath {
        BranchPath {
            probability: 1.0,
            ..BranchPath::default()
        }
    }

    /// The next way, once this one was walked.
    pub(super) fn next(mut self) -> Option<BranchPath> {
        while let Some(turn) = self.turns.pop() {
            if turn.branch + 1 < turn.branches {
                self.turns.push(BranchPoint {
                    branch: turn.branch + 1,
                    ..turn
                });
                return Some(BranchPath {
                    turns: self.turns,
                    ..BranchPath::first()
                });
            }
        }
        None
    }

    fn turn(&mut self, branches: u32) -> u32 {
        if self.taken == self.turns.len() {
            self.turns.push(BranchPoint {
                branch: 0,
                branches,
            });
        }
        self.taken += 1;
        self.turns[self.taken - 1].branch
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_branch_is_walked_once_and_all_together_are_certain() {
        let mut route = Some(BranchPath::first());
        let mut likely = Vec::new();
        while let Some(way) = route {
            let mut draws = Choices::Enumerate(way, Rng::new(0, 0));
            let _ = draws.one_of(OneOf(3)) || draws.one_of(OneOf(2));
            let Choices::Enumerate(walked, _) = draws else {
                panic!("a route stays one")
            };
            likely.push(walked.probability);
            route = walked.next();
        }
        assert_eq!(likely.len(), 3);
        assert!(
            likely
                .iter()
                .all(|probability| (probability - 1.0 / 3.0).abs() < 1e-12)
        );
    }
}
