//! Every possible outcome of a connection: the request traced once to each endpoint that could be chosen, and before that
//! to each backend between which an L7 proxy draws lots (a canary).

use super::connect::{Attempt, ConnectionOptions};
use super::connections::NodeState;
use super::lookup::NameFound;
use super::{Choice, Network, Request, RequestError, RuleLines, Trace};
use crate::network::step::Chance;

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
    rule_lines: RuleLines,
) -> Result<Vec<PossibleOutcome>, RequestError> {
    let options = ConnectionOptions {
        seed,
        rule_lines,
        ..ConnectionOptions::default()
    };
    let client = Client::of(network, request, options)?;
    let drawn = client.connect(options)?;
    let backends = drawn.backend_choices();
    if backends.is_empty() {
        return client.to_each_endpoint(options, drawn);
    }
    let mut all = Vec::new();
    for backend in backends {
        let options = ConnectionOptions {
            wanted_backend: Some(backend.endpoint),
            ..options
        };
        let drawn = client.connect(options)?;
        let outcomes = client.to_each_endpoint(options, drawn)?;
        all.extend(outcomes.into_iter().map(|outcome| PossibleOutcome {
            probability: backend.probability * outcome.probability,
            ..outcome
        }));
    }
    Ok(all)
}

/// A client that has looked its name up.
struct Client<'a> {
    network: &'a Network,
    request: &'a Request,
    /// What it found, and the draws from there; `None` if the endpoint depends on the address that it chooses, which each
    /// connection then looks up.
    found: Option<(NameFound, Chance)>,
}

impl<'a> Client<'a> {
    fn of(
        network: &'a Network,
        request: &'a Request,
        options: ConnectionOptions,
    ) -> Result<Client<'a>, RequestError> {
        let attempt = Attempt {
            network,
            request,
            options,
        };
        let mut chance = attempt.chance();
        let found = attempt.find(&mut chance)?;
        let is_chosen = found.is_chosen;
        Ok(Client {
            network,
            request,
            found: (!is_chosen).then_some((found, chance)),
        })
    }

    fn connect(&self, options: ConnectionOptions) -> Result<Trace, RequestError> {
        let attempt = Attempt {
            network: self.network,
            request: self.request,
            options,
        };
        let mut state = NodeState::default();
        match self.found.clone() {
            Some((found, chance)) => attempt.connect_to(found, chance, &mut state),
            None => attempt.connect(&mut state),
        }
    }

    /// The outcomes at each endpoint that a connection like the drawn one can be sent to.
    fn to_each_endpoint(
        &self,
        options: ConnectionOptions,
        drawn: Trace,
    ) -> Result<Vec<PossibleOutcome>, RequestError> {
        let choices: Vec<Choice> = drawn.choices().cloned().collect();
        if choices.len() < 2 {
            return Ok(vec![PossibleOutcome {
                probability: 1.0,
                trace: drawn,
            }]);
        }
        let mut drawn = Some(drawn);
        let to_each = choices.into_iter().map(|choice| {
            let options = ConnectionOptions {
                wanted: Some(choice.endpoint),
                ..options
            };
            let own = drawn.take_if(|_| choice.chosen);
            let trace = own.map_or_else(|| self.connect(options), Ok)?;
            let probability = choice.probability;
            Ok(PossibleOutcome { probability, trace })
        });
        to_each.collect()
    }
}
