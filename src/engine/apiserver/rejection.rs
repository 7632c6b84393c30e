//! How the API server and kubectl say that an object was not taken (`apimachinery/pkg/api/errors`,
//! `kubectl/pkg/cmd/util/helpers.go`).

use std::collections::BTreeSet;

use super::errors::ApiError;
use crate::api_resources::Resource;

/// Why an object was not taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Rejection {
    /// Fields are wrong.
    Invalid(Vec<ApiError>),
    /// The server could not do what the object needs; in its words.
    Internal(String),
    /// The server failed in a way that has no reason of its own (`StatusReasonUnknown`); in its words.
    Unknown(String),
    /// Another object of the kind has the name.
    AlreadyExists,
    /// There is no object to replace.
    NotFound,
}

impl Rejection {
    /// `reason` of the answer.
    pub fn reason(&self) -> &'static str {
        match self {
            Rejection::Invalid(_) => "Invalid",
            Rejection::Internal(_) => "InternalError",
            Rejection::Unknown(_) => "",
            Rejection::AlreadyExists => "AlreadyExists",
            Rejection::NotFound => "NotFound",
        }
    }

    /// `message` of the answer about the object of this kind and name.
    pub fn message(&self, resource: &Resource, name: &str) -> String {
        let whole = resource.kind_with_group();
        match self {
            Rejection::Invalid(errors) => {
                format!("{whole} \"{name}\" is invalid: {}", joined(errors))
            }
            Rejection::Internal(words) => format!("Internal error occurred: {words}"),
            Rejection::Unknown(words) => words.clone(),
            Rejection::AlreadyExists => format!("{resource} \"{name}\" already exists"),
            Rejection::NotFound => format!("{resource} \"{name}\" not found"),
        }
    }

    /// What kubectl prints, without the newline at its end. `doing` is what it was about to do with the `file`:
    /// `creating` or `replacing`.
    pub fn stderr(&self, resource: &Resource, name: &str, doing: &str, file: &str) -> String {
        match self {
            Rejection::Invalid(errors) => format!(
                "The {} \"{name}\" is invalid: {}",
                resource.kind,
                listed(errors)
            ),
            Rejection::Internal(_)
            | Rejection::Unknown(_)
            | Rejection::AlreadyExists
            | Rejection::NotFound => {
                let reason = match self.reason() {
                    "" => String::new(),
                    reason => format!(" ({reason})"),
                };
                let message = self.message(resource, name);
                format!("Error from server{reason}: error when {doing} \"{file}\": {message}")
            }
        }
    }
}

/// One error as it is, several in brackets; each once.
fn joined(errors: &[ApiError]) -> String {
    match distinct(errors).as_slice() {
        [one] => one.clone(),
        several => format!("[{}]", several.join(", ")),
    }
}

/// One error on the same line, several on a line each.
fn listed(errors: &[ApiError]) -> String {
    match distinct(errors).as_slice() {
        [one] => one.clone(),
        several => several.iter().map(|error| format!("\n* {error}")).collect(),
    }
}

fn distinct(errors: &[ApiError]) -> Vec<String> {
    let mut seen = BTreeSet::new();
    errors
        .iter()
        .map(ApiError::to_string)
        .filter(|error| seen.insert(error.clone()))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::apiserver::errors::required;
    use crate::kinds::Kind;
    use crate::manifest::tree::FieldPath;

    #[test]
    fn several_errors_are_listed_each_once() {
        let missing = |field: &str| required(&FieldPath::from(field), "");
        let one = Rejection::Invalid(vec![missing("spec.a"), missing("spec.a")]);
        assert_eq!(
            one.stderr(Kind::Deployment.resource(), "web", "creating", "x.yaml"),
            "The Deployment \"web\" is invalid: spec.a: Required value"
        );
        let two = Rejection::Invalid(vec![missing("spec.a"), missing("spec.b")]);
        assert_eq!(
            two.message(Kind::Deployment.resource(), "web"),
            "Deployment.apps \"web\" is invalid: [spec.a: Required value, spec.b: Required value]"
        );
        assert_eq!(
            two.stderr(Kind::Deployment.resource(), "web", "creating", "x.yaml"),
            "The Deployment \"web\" is invalid: \n* spec.a: Required value\n* spec.b: Required value"
        );
    }
}
