//! One cause of a problem, as data.

use serde::Serialize;

use crate::cluster::object::Pod;
use crate::diagnostic::{Diagnostic, Fault, Fix, Problem, Severity, Span};
use crate::kinds::Kind;
use crate::network::Request;
use crate::resolve::{NotModelled, Resolved, Stored};

/// Why something fails or will fail: what is wrong, where that shows, how certain it is, and what repairs it.
///
/// The same causes are listed as problems of the text and named by the verdict of a trace.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Cause {
    /// What is wrong, with its arguments.
    pub fault: Fault,
    /// How certain it is.
    pub certainty: Certainty,
    /// The fields that show it, the one to change first.
    pub evidence: Vec<Evidence>,
    /// An edit of the text that repairs it.
    pub fix: Option<Fix>,
    /// A command that repairs it or shows more, as people type it.
    pub command: Option<String>,
    /// The request to send next: to what should be called instead, where the called address is at fault (it is
    /// answered), or what the pod that answered calls in its turn.
    pub call: Option<Request>,
}

/// How certain a cause is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Certainty {
    /// The cluster's objects prove it.
    Certain,
    /// It explains what happens, and something outside the text could, too.
    Likely,
    /// It cannot be known from the text.
    Possible,
}

/// A field of an object that shows a cause.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Evidence {
    /// Kind and name, `Service default/web`.
    pub object: String,
    /// The field's path, `spec.ports[0].targetPort`.
    pub field: String,
    /// Where it is written in the whole text; `None` for an object that the text does not contain.
    pub span: Option<Span>,
}

impl Evidence {
    /// A field of a stored object.
    pub fn of(stored: &Stored, field: &str) -> Evidence {
        let name = match stored.name.namespace.as_str() {
            "" => stored.name.name.to_string(),
            _ => stored.name.to_string(),
        };
        Evidence {
            object: format!("{} {name}", stored.kind.name()),
            field: field.to_owned(),
            span: stored.span(field),
        }
    }
}

impl Evidence {
    /// A field of a pod where it is written: in the pod, or in the template of the workload that made it.
    pub(super) fn of_pod(resolved: &Resolved, pod: &Pod, field: &str) -> Option<Evidence> {
        let own = resolved.get(Kind::Pod, &pod.id());
        let stored = own.or_else(|| resolved.workload_of(&pod.id()))?;
        Some(Evidence::of(stored, &stored.kind.pod_field(field)))
    }

    /// An annotation of a stored object, at its key: keys of annotations have dots, which a path cannot hold.
    pub(super) fn of_annotation(stored: &Stored, key: &str) -> Evidence {
        let whole = Evidence::of(stored, &format!("metadata.annotations[{key}]"));
        let annotations = stored.tree.at(&["metadata", "annotations"]);
        let entry = annotations.and_then(|own| own.entry(key));
        let origin = stored.written.map(|written| written.origin);
        let own = entry.zip(origin);
        Evidence {
            span: own
                .map(|(entry, origin)| entry.key_span.shifted(origin))
                .or(whole.span),
            ..whole
        }
    }

    /// The kind of an object that is accepted only.
    pub(super) fn of_kind(object: &NotModelled) -> Evidence {
        Evidence {
            object: format!(
                "{} {}/{}",
                object.kind,
                object.namespace(),
                object.name.name
            ),
            field: "kind".to_owned(),
            span: Some(object.span),
        }
    }
}

impl Cause {
    /// A cause that the objects prove, shown by these fields.
    pub fn certain(fault: Fault, evidence: Vec<Evidence>) -> Cause {
        Cause {
            fault,
            certainty: Certainty::Certain,
            evidence,
            fix: None,
            command: None,
            call: None,
        }
    }

    /// A cause that explains what happens, and that something outside the text could make wrong.
    pub fn likely(fault: Fault, evidence: Vec<Evidence>) -> Cause {
        Cause {
            certainty: Certainty::Likely,
            ..Cause::certain(fault, evidence)
        }
    }

    /// The same, where it does not follow from the text alone.
    #[must_use]
    pub fn possible(self) -> Cause {
        Cause {
            certainty: Certainty::Possible,
            ..self
        }
    }

    /// The same with an edit that repairs it.
    #[must_use]
    pub fn with_fix(self, fix: Option<Fix>) -> Cause {
        Cause { fix, ..self }
    }

    /// The same with a command.
    #[must_use]
    pub fn with_command(self, command: String) -> Cause {
        Cause {
            command: Some(command),
            ..self
        }
    }

    /// The cause as a problem of the text, at the first field that is written in it.
    pub fn diagnostic(self) -> Option<Diagnostic> {
        let span = self.evidence.iter().find_map(|evidence| evidence.span)?;
        Some(Diagnostic {
            severity: match self.certainty {
                Certainty::Certain | Certainty::Likely => Severity::Warning,
                Certainty::Possible => Severity::Info,
            },
            span,
            problem: Problem::Cause(self.fault),
            fix: self.fix,
        })
    }
}
