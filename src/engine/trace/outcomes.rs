//! Every possible outcome of a connection: the request traced once to each endpoint that could be chosen, and before that
//! to each backend between which an L7 proxy draws lots (a canary).

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
    let seed = ConnectionSeed {
        seed,
        ..ConnectionSeed::default()
    };
    let backends = drawn.backend_choices();
    if backends.is_empty() {
        return to_each_endpoint(network, request, seed, drawn);
    }
    let mut all = Vec::new();
    for backend in backends {
        let seed = ConnectionSeed {
            wanted_backend: Some(backend.endpoint),
            ..seed
        };
        let drawn = connect(network, request, seed, &mut NodeState::default())?;
        let outcomes = to_each_endpoint(network, request, seed, drawn)?;
        all.extend(outcomes.into_iter().map(|outcome| PossibleOutcome {
            probability: backend.probability * outcome.probability,
            ..outcome
        }));
    }
    Ok(all)
}

/// The outcomes at each endpoint that a connection like the drawn one can be sent to.
fn to_each_endpoint(
    network: &Network,
    request: &Request,
    seed: ConnectionSeed,
    drawn: Trace,
) -> Result<Vec<PossibleOutcome>, RequestError> {
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
            wanted: Some(endpoint),
            ..seed
        };
        let trace = connect(network, request, seed, &mut NodeState::default())?;
        Ok(PossibleOutcome { probability, trace })
    });
    to_each.collect()
}
