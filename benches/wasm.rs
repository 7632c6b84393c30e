//! The figures in wasm: the cases of the bench, for Node to run and time (`make bench`).

mod cases;

use std::any::Any;

use cases::Amount;
use wasm_bindgen::prelude::{JsValue, wasm_bindgen};

fn main() {}

/// The cases' names.
#[wasm_bindgen]
pub fn names() -> Vec<String> {
    cases::all()
        .into_iter()
        .map(|case| case.name.to_owned())
        .collect()
}

/// How many bytes one run of a case reads, 0 where that is not what it does.
#[wasm_bindgen]
pub fn bytes(name: &str) -> f64 {
    amount(name, |amount| match amount {
        Amount::Bytes(bytes) => bytes as f64,
        Amount::Once | Amount::Times(_) => 0.0,
    })
}

/// How many of the same one run of a case does, 0 where it does one thing.
#[wasm_bindgen]
pub fn times(name: &str) -> f64 {
    amount(name, |amount| match amount {
        Amount::Times(times) => times as f64,
        Amount::Once | Amount::Bytes(_) => 0.0,
    })
}

fn amount(name: &str, read: fn(Amount) -> f64) -> f64 {
    cases::all()
        .into_iter()
        .find(|case| case.name == name)
        .map_or(0.0, |case| read(case.amount))
}

/// The module's memory, which only grows.
#[wasm_bindgen]
pub fn heap() -> JsValue {
    wasm_bindgen::memory()
}

/// A case that is prepared.
#[wasm_bindgen]
pub struct Prepared {
    run: cases::Run,
    made: Option<Box<dyn Any>>,
}

#[wasm_bindgen]
impl Prepared {
    /// Prepares the case of that name.
    pub fn of(name: &str) -> Option<Prepared> {
        let case = cases::all().into_iter().find(|case| case.name == name)?;
        Some(Prepared {
            run: (case.prepare)(),
            made: None,
        })
    }

    /// Runs it once.
    pub fn run(&mut self) {
        self.made = Some((self.run)());
    }

    /// Takes apart what the run made.
    pub fn clear(&mut self) {
        self.made = None;
    }
}
