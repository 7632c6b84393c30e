//! Every way a connection could end: the request traced once to each endpoint that could be chosen.

use super::connections::NodeState;
use super::forward::{ConnectionSeed, Tracer};
use super::{Network, Request, RequestError, Trace, trace};

/// One of them.
#[derive(Clone, Debug, PartialEq)]
pub struct PossibleOutcome {
    /// How likely it is, from 0 to 1.
    pub probability: f64,
    /// What happens then.
    pub trace: Trace,
}

/// All of them, in the order the rules list the endpoints; just one where nothing is chosen.
pub fn outcomes(
    world: &Network,
    request: &Request,
    seed: u64,
) -> Result<Vec<PossibleOutcome>, RequestError> {
    let drawn = trace(world, request, seed, 0)?;
    let choices: Vec<_> = drawn
        .choices()
        .map(|choice| (choice.endpoint, choice.probability))
        .collect();
    if choices.len() < 2 {
        return Ok(vec![PossibleOutcome {
            probability: 1.0,
            trace: drawn,
        }]);
    }
    let to_each = choices.into_iter().map(|(endpoint, probability)| {
        let mut memory = NodeState::default();
        let turn = ConnectionSeed {
            seed,
            wish: Some(endpoint),
            ..ConnectionSeed::default()
        };
        let trace = Tracer::new(world, request, turn, &mut memory).travel()?;
        Ok(PossibleOutcome { probability, trace })
    });
    to_each.collect()
}
