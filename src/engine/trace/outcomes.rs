//! Every way a connection could end: the request traced once to each endpoint that could be chosen.

use super::connections::Memory;
use super::forward::{Trip, Turn};
use super::{Request, RequestError, Trace, World, trace};

/// One of them.
#[derive(Clone, Debug, PartialEq)]
pub struct Likely {
    /// How likely it is, from 0 to 1.
    pub probability: f64,
    /// What happens then.
    pub trace: Trace,
}

/// All of them, in the order the rules list the endpoints; just one where nothing is chosen.
pub fn outcomes(world: &World, request: &Request, seed: u64) -> Result<Vec<Likely>, RequestError> {
    let drawn = trace(world, request, seed, 0)?;
    let choices: Vec<_> = drawn
        .choices()
        .map(|choice| (choice.endpoint, choice.probability))
        .collect();
    if choices.len() < 2 {
        return Ok(vec![Likely {
            probability: 1.0,
            trace: drawn,
        }]);
    }
    let to_each = choices.into_iter().map(|(endpoint, probability)| {
        let mut memory = Memory::default();
        let turn = Turn {
            seed,
            wish: Some(endpoint),
            ..Turn::default()
        };
        let trace = Trip::new(world, request, turn, &mut memory).travel()?;
        Ok(Likely { probability, trace })
    });
    to_each.collect()
}
