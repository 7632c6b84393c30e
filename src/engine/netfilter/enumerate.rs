//! Every way a packet could go, and how likely each is: the walk taken once along every branch of chance.

use super::choice::{BranchPath, Choices};
use super::kernel::Kernel;
use super::walk::{PacketIn, Walk, travel};
use crate::rng::Rng;

/// One way a packet could go.
#[derive(Clone, Debug, PartialEq)]
pub struct Branch {
    /// How likely it is.
    pub probability: f64,
    /// What becomes of the packet then.
    pub walk: Walk,
}

/// Every way a packet could go through a node, the first branch of each choice first. Chance gives only source ports
/// here, so that the way a lot would choose is among them unchanged.
pub fn explain(kernel: &Kernel, entering: &PacketIn, chance: &Rng) -> Vec<Branch> {
    let mut branches = Vec::new();
    let mut next = Some(BranchPath::first());
    while let Some(route) = next {
        let (walk, draws) = travel(kernel, entering, Choices::Enumerate(route, chance.clone()));
        next = match draws {
            Choices::Enumerate(route, _) => {
                branches.push(Branch {
                    probability: route.probability,
                    walk,
                });
                route.next()
            }
            Choices::Random(_) => None,
        };
    }
    branches
}
