//! Every possible outcome of a connection: the request traced once to each endpoint that could be chosen.

use super::connections::NodeState;
use super::path::{ConnectionSeed, connect};
use super::{Network, Request, RequestError, Trace, trace};

/// One possible outcome.
#[derive(Clone, Debug, PartialEq)]
pub struct PossibleOutcome {
    /// The probability, from 0 to 1.
    pub probability: f64,
    /// The trace.
    pub trace: Trace,
}

/// All possible outcomes, in the order in which the rules list the endpoints; one if nothing is chosen.
pub fn outcomes(
    network: &Network,
    request: &Request,
    seed: u64,
) -> Result<Vec<PossibleOutcome>, RequestError> {
    let drawn = trace(network, request, seed, 0)?;
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
        let seed = ConnectionSeed {
            seed,
            wanted: Some(endpoint),
            ..ConnectionSeed::default()
        };
        let trace = connect(network, request, seed, &mut NodeState::default())?;
        Ok(PossibleOutcome { probability, trace })
    });
    to_each.collect()
}
