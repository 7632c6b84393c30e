//! Decoding: the checks of kubectl and the API server before any field is validated.
//!
//! Only the first step that fails is reported: kubectl checks `apiVersion` and `kind`, checks the types in `metadata`, and
//! looks up the kind; then the API server decodes strictly. All later steps are admission.
//! (cli-runtime `resource/visitor.go`, `mapper.go`, `metadata_decoder.go`; kubectl `validation/schema.go`;
//! apiserver `endpoints/handlers/create.go`.)

use super::custom;
use super::fields;
use super::object::Object;
use super::served_kinds;
use super::tree::{FieldPath, Yaml, YamlValue};
use super::typed::{DecodeFault, DecodeFaultReason, DecodeFaults, check, check_field};
use crate::diagnostic::Span;

/// The step that rejected a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum DecodeStep {
    /// kubectl could not parse the YAML or JSON.
    Parse,
    /// kubectl found no valid `apiVersion` and `kind`.
    Validate,
    /// kubectl could not decode `metadata`.
    Metadata,
    /// The API server does not serve this kind in this version.
    Lookup,
    /// The API server could not decode the object.
    Server,
}

/// The rejection of a document, with the errors and their positions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DecodeRejection {
    /// The step that failed.
    pub step: DecodeStep,
    /// The errors. There may be several unknown fields, or one each for `apiVersion` and `kind`.
    pub faults: Vec<DecodeFault>,
    /// The object, for the message around the errors.
    subject: RejectedObject,
}

#[derive(Clone, Debug, PartialEq, Eq, Default)]
struct RejectedObject {
    version: String,
    kind: String,
    name: String,
    namespace: String,
}

impl DecodeRejection {
    /// The rejection of a document that is neither YAML nor JSON.
    pub fn unreadable(span: Span, words: String) -> DecodeRejection {
        let fault = DecodeFault {
            path: FieldPath::default(),
            span,
            words,
            reason: DecodeFaultReason::Unreadable,
        };
        DecodeRejection {
            step: DecodeStep::Parse,
            faults: vec![fault],
            subject: RejectedObject::default(),
        }
    }

    fn of(object: &Object, step: DecodeStep, faults: Vec<DecodeFault>) -> DecodeRejection {
        let subject = RejectedObject {
            version: object.api_version.clone(),
            kind: object.kind.clone(),
            name: object.name.clone(),
            namespace: object.namespace.clone(),
        };
        DecodeRejection {
            step,
            faults,
            subject,
        }
    }

    /// Kind and name of the object.
    pub fn subject(&self) -> (&str, &str) {
        (&self.subject.kind, &self.subject.name)
    }

    /// The server's or the parser's message, without what kubectl adds.
    pub fn message(&self) -> String {
        let words: Vec<&str> = self
            .faults
            .iter()
            .map(|fault| fault.words.as_str())
            .collect();
        match (self.step, words.as_slice()) {
            (DecodeStep::Validate, [_, _, ..]) => format!("[{}]", words.join(", ")),
            (DecodeStep::Server, _) => {
                let RejectedObject { version, kind, .. } = &self.subject;
                let version = version.rsplit('/').next().unwrap_or_default();
                let strict = if self.faults.iter().all(DecodeFault::is_unknown_field) {
                    "strict decoding error: "
                } else {
                    ""
                };
                let words = words.join(", ");
                format!(
                    "{kind} in version \"{version}\" cannot be handled as a {kind}: {strict}{words}"
                )
            }
            (
                DecodeStep::Parse
                | DecodeStep::Validate
                | DecodeStep::Metadata
                | DecodeStep::Lookup,
                _,
            ) => words.join(", "),
        }
    }

    /// What kubectl prints for `file`, without the trailing newline.
    pub fn stderr(&self, file: &str) -> String {
        let message = self.message();
        match self.step {
            DecodeStep::Parse => format!("error: error parsing {file}: {message}"),
            DecodeStep::Validate => format!(
                "error: error validating \"{file}\": error validating data: {message}; \
                 if you choose to ignore these errors, turn validation off with --validate=false"
            ),
            DecodeStep::Metadata => format!("error: unable to decode \"{file}\": {message}"),
            DecodeStep::Lookup => {
                let RejectedObject {
                    name, namespace, ..
                } = &self.subject;
                format!(
                    "error: resource mapping not found for name: {name:?} namespace: {namespace:?} from \"{file}\": \
                     {message}\nensure CRDs are installed first"
                )
            }
            DecodeStep::Server => {
                format!("Error from server (BadRequest): error when creating \"{file}\": {message}")
            }
        }
    }
}

/// One step of decoding, which returns its errors.
type Check = fn(&Object) -> Vec<DecodeFault>;

/// Decodes an object; returns the first rejection.
pub fn decode(object: &Object) -> Option<DecodeRejection> {
    const STEPS: [(DecodeStep, Check); 4] = [
        (DecodeStep::Validate, check_kind),
        (DecodeStep::Metadata, check_metadata),
        (DecodeStep::Lookup, look_up_kind),
        (DecodeStep::Server, decode_strictly),
    ];
    for (step, check) in STEPS {
        let faults = check(object);
        if !faults.is_empty() {
            return Some(DecodeRejection::of(object, step, faults));
        }
    }
    None
}

/// kubectl's check of `apiVersion` and `kind`.
fn check_kind(object: &Object) -> Vec<DecodeFault> {
    let tree = &object.tree;
    if !matches!(tree.value, YamlValue::Map(_)) {
        return vec![fault(tree, "", "invalid object to validate")];
    }
    let version = match tree.get("apiVersion").map(|version| &version.value) {
        _ if !object.api_version.is_empty() && is_group_version(&object.api_version) => None,
        Some(YamlValue::String(text)) if is_group_version(text) => None,
        Some(YamlValue::String(text)) => Some(format!("unexpected GroupVersion string: {text}")),
        None | Some(YamlValue::Null) => Some("apiVersion not set".to_owned()),
        Some(_) => Some("apiVersion isn't string type".to_owned()),
    };
    let kind = match tree.get("kind").map(|kind| &kind.value) {
        _ if !object.kind.is_empty() => None,
        Some(YamlValue::String(_)) => None,
        None | Some(YamlValue::Null) => Some("kind not set".to_owned()),
        Some(_) => Some("kind isn't string type".to_owned()),
    };
    let faults = [("apiVersion", version), ("kind", kind)];
    faults
        .into_iter()
        .filter_map(|(field, words)| Some(fault(tree, field, &words?)))
        .collect()
}

/// Whether a text is `version` or `group/version`.
fn is_group_version(text: &str) -> bool {
    text.matches('/').count() < 2
}

/// kubectl's decoding of `metadata`.
fn check_metadata(object: &Object) -> Vec<DecodeFault> {
    if object.kind.is_empty() {
        let json = serde_json::Value::from(&object.tree);
        return vec![fault(
            &object.tree,
            "kind",
            &format!("Object 'Kind' is missing in '{json}'"),
        )];
    }
    let Some(metadata) = object.tree.get("metadata") else {
        return Vec::new();
    };
    let path = FieldPath::default().key("metadata");
    match check_field(metadata, &path, "metadataOnlyObject", fields::object_meta()) {
        DecodeFaults::WrongType(fault) => vec![fault],
        DecodeFaults::Unknown(_) => Vec::new(),
    }
}

/// kubectl's lookup of the kind among those that the API server serves.
fn look_up_kind(object: &Object) -> Vec<DecodeFault> {
    let Object {
        api_version,
        kind,
        tree,
        ..
    } = object;
    if served_kinds::may_exist(api_version, kind) {
        return Vec::new();
    }
    let words = format!("no matches for kind {kind:?} in version {api_version:?}");
    vec![DecodeFault {
        reason: DecodeFaultReason::NoSuchKind,
        ..fault(tree, "kind", &words)
    }]
}

/// The API server's strict decoding, for kinds whose fields are known.
fn decode_strictly(object: &Object) -> Vec<DecodeFault> {
    if let Some(schema) = custom::schema::of_kind(&object.api_version, &object.kind) {
        return custom::unknown_fields(&object.tree, schema);
    }
    match fields::of_kind(&object.api_version, &object.kind)
        .map(|target| check(&object.tree, target))
    {
        None => Vec::new(),
        Some(DecodeFaults::WrongType(fault)) => vec![fault],
        Some(DecodeFaults::Unknown(faults)) => faults,
    }
}

fn fault(tree: &Yaml, field: &str, words: &str) -> DecodeFault {
    let path = FieldPath::from(field);
    DecodeFault {
        span: tree.nearest(&path).span,
        path,
        words: words.to_owned(),
        reason: DecodeFaultReason::Unreadable,
    }
}

#[cfg(test)]
mod tests {
    use super::super::Source;

    fn stderr(text: &str) -> String {
        let source = Source::read(text);
        let said: Vec<String> = source
            .rejections()
            .map(|rejected| rejected.rejection.stderr("x.yaml"))
            .collect();
        said.join("\n")
    }

    #[test]
    fn the_first_step_that_fails_makes_the_error() {
        for (what, text, said) in [
            (
                "a list",
                "- a",
                "error: error validating \"x.yaml\": error validating data: invalid object to validate; if you choose to ignore these errors, turn validation off with --validate=false",
            ),
            (
                "no kind, wrong metadata",
                "apiVersion: v1\nmetadata: x",
                "error: error validating \"x.yaml\": error validating data: kind not set; if you choose to ignore these errors, turn validation off with --validate=false",
            ),
            (
                "wrong metadata of an unknown kind",
                "apiVersion: v1\nkind: X\nmetadata: x",
                "error: unable to decode \"x.yaml\": json: cannot unmarshal string into Go struct field metadataOnlyObject.metadata of type v1.ObjectMeta",
            ),
            (
                "an unknown kind",
                "apiVersion: v1\nkind: X\nmetadata: {name: a}",
                "error: resource mapping not found for name: \"a\" namespace: \"\" from \"x.yaml\": no matches for kind \"X\" in version \"v1\"\nensure CRDs are installed first",
            ),
            (
                "an unknown field",
                "apiVersion: apps/v1\nkind: Deployment\nx: 1",
                "Error from server (BadRequest): error when creating \"x.yaml\": Deployment in version \"v1\" cannot be handled as a Deployment: strict decoding error: unknown field \"x\"",
            ),
            (
                "a kind that is not modelled",
                "apiVersion: v1\nkind: LimitRange\nx: 1",
                "",
            ),
            (
                "an empty kind",
                "apiVersion: v1\nkind: ''\n",
                "error: unable to decode \"x.yaml\": Object 'Kind' is missing in '{\"apiVersion\":\"v1\",\"kind\":\"\"}'",
            ),
        ] {
            assert_eq!(stderr(text), said, "{what}");
        }
    }

    #[test]
    fn each_unknown_field_has_its_own_place() {
        let source = Source::read("apiVersion: v1\nkind: Service\nspec:\n  portz: 1\nstatuz: 2\n");
        let rejected = source.rejections().next().expect("has unknown fields");
        let lines: Vec<u32> = rejected
            .rejection
            .faults
            .iter()
            .map(|fault| fault.span.start.line)
            .collect();
        assert_eq!(lines, [4, 5]);
    }
}
