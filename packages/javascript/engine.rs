//! The engine as wasm, for JavaScript: one text goes in, one comes out. `simulation.ts` beside this file is what people
//! see of it; `make package` builds both.
//!
//! A question and an answer are JSON. Nothing that is asked makes the module trap: what is wrong with a question is a
//! [`Failure`], which is thrown as JSON as well.

mod question;

use kubehop::answers::{ProblemsAnswer, Statement};
use kubehop::{Catalogue, Simulation};
use serde::Serialize;
use serde::de::DeserializeOwned;
use wasm_bindgen::prelude::wasm_bindgen;

use question::{Options, Question};

fn main() {}

/// A simulated cluster.
#[wasm_bindgen]
pub struct Engine {
    simulation: Simulation,
}

#[wasm_bindgen]
impl Engine {
    /// Opens a text of manifests. The options are JSON.
    pub fn open(text: &str, options: &str) -> Result<Engine, String> {
        let options: Options = read(options)?;
        let mut simulation = Simulation::open(text, &options.config())
            .speaking(Catalogue::named(options.language.language()));
        for event in &options.after {
            simulation = happened(&simulation, event)?;
        }
        Ok(Engine { simulation })
    }

    /// The cluster after an event.
    pub fn after(&self, event: &str) -> Result<Engine, String> {
        let simulation = happened(&self.simulation, event)?;
        Ok(Engine { simulation })
    }

    /// Answers a question. Both are JSON.
    pub fn ask(&self, question: &str) -> Result<String, String> {
        let question: Question = read(question)?;
        question.answer(&self.simulation).map_err(Failure::thrown)
    }
}

fn happened(before: &Simulation, event: &str) -> Result<Simulation, String> {
    let event = before.event(event).map_err(said)?;
    before.apply(&event).map_err(said)
}

fn said(statement: Statement) -> String {
    Failure::from(statement).thrown()
}

fn read<T: DeserializeOwned>(json: &str) -> Result<T, String> {
    serde_json::from_str(json).map_err(|error| {
        // The position is one in the JSON, which the caller did not write.
        let said = error.to_string();
        let message = said.split(" at line ").next().unwrap_or(&said);
        Failure::of(message).thrown()
    })
}

/// Why there is no answer.
#[derive(Serialize)]
pub(crate) struct Failure {
    message: String,
    /// The same with its id and arguments, if it is about the cluster.
    #[serde(skip_serializing_if = "Option::is_none")]
    statement: Option<Box<Statement>>,
    /// What is wrong with a file of expectations.
    #[serde(skip_serializing_if = "Option::is_none")]
    problems: Option<Box<ProblemsAnswer>>,
}

impl Failure {
    fn of(message: &str) -> Failure {
        Failure {
            message: message.to_owned(),
            statement: None,
            problems: None,
        }
    }

    fn thrown(self) -> String {
        serde_json::to_string(&self).expect("the keys of an answer are strings")
    }
}

impl From<Statement> for Failure {
    fn from(statement: Statement) -> Failure {
        Failure {
            message: statement.text.clone(),
            statement: Some(Box::new(statement)),
            problems: None,
        }
    }
}

impl From<ProblemsAnswer> for Failure {
    fn from(problems: ProblemsAnswer) -> Failure {
        Failure {
            message: kubehop::problems_as_text(&problems.problems),
            statement: None,
            problems: Some(Box::new(problems)),
        }
    }
}
