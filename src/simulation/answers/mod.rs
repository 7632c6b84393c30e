//! What the front door answers: plain values that serialise to JSON, in camelCase.
//!
//! Every answer carries [`VERSION`]. A field is added without a new version; a field that is renamed, removed or
//! changes its meaning raises it. `docs/schema/` holds the JSON Schema of each answer, and a test at the foot of this
//! file keeps it up to date.
//!
//! Addresses are text (`10.96.0.10:80`, `[fd00::1]:80`), objects are `namespace/name`, lines and columns count from 1.

mod both;
mod cluster;
mod lookup;
mod outcomes;
mod problems;
mod trace;

use std::collections::BTreeMap;
use std::fmt;

use serde::Serialize;

pub use super::matrix::{
    CellStateAnswer, ChangeAnswer, DifferenceAnswer, MatrixAnswer, MatrixCellAnswer,
    MatrixColumnAnswer, MatrixRowAnswer,
};
pub use both::{BothAnswer, PartAnswer, SideAnswer, WayAnswer};
pub use cluster::{
    ConsoleAnswer, EndpointAnswer, EndpointsAnswer, RulesAnswer, SliceAnswer, SlicePortAnswer,
};
pub use lookup::{LookupAnswer, QuestionAnswer};
pub use outcomes::{CountAnswer, OutcomeAnswer, OutcomesAnswer, ShareAnswer};
pub use problems::{
    CheckAnswer, FixAnswer, PositionAnswer, ProblemAnswer, ProblemsAnswer, SeverityAnswer,
};
pub use trace::{
    CallAnswer, CauseAnswer, CertaintyAnswer, ChoiceAnswer, DirectionAnswer, EvidenceAnswer,
    HopAnswer, PacketAnswer, RuleAnswer, TraceAnswer,
};

/// The version of all answers.
pub const VERSION: u32 = 1;

/// Something kubehop says: an id with arguments for programs, sentences for people.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Statement {
    /// What is said, without its arguments: `verdict-answered`, `reason-dnat`, `problem-selects-nothing`. The ids are
    /// those of the message catalogue.
    pub id: String,
    /// The arguments of the sentence.
    pub arguments: BTreeMap<String, serde_json::Value>,
    /// The headline, in the simulation's language.
    pub text: String,
    /// What it means and what would mend it, if there is more to say.
    pub detail: Option<String>,
    /// A remark beside the detail.
    pub note: Option<String>,
}

impl fmt::Display for Statement {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl std::error::Error for Statement {}

#[cfg(test)]
mod tests {
    use expect_test::expect_file;
    use schemars::{JsonSchema, schema_for};

    use super::*;
    use crate::simulation::expectations::ExpectationsAnswer;

    fn check<T: JsonSchema>(file: &str) {
        let path = format!("{}/docs/schema/{file}.json", env!("CARGO_MANIFEST_DIR"));
        let schema = serde_json::to_string_pretty(&schema_for!(T)).expect("a schema is JSON");
        expect_file![path].assert_eq(&format!("{schema}\n"));
    }

    #[test]
    fn the_schemas_in_docs_are_those_of_the_answers() {
        check::<ProblemsAnswer>("problems");
        check::<CheckAnswer>("check");
        check::<TraceAnswer>("trace");
        check::<OutcomesAnswer>("outcomes");
        check::<CountAnswer>("count");
        check::<RulesAnswer>("rules");
        check::<ConsoleAnswer>("console");
        check::<EndpointsAnswer>("endpoints");
        check::<LookupAnswer>("lookup");
        check::<ExpectationsAnswer>("expectations");
        check::<MatrixAnswer>("matrix");
        check::<DifferenceAnswer>("diff");
        check::<BothAnswer>("both");
    }
}
