//! The known ways to break a manifest: fields of which one wrong character, number or line stops a connection.

use serde::Serialize;

use crate::view::i18n::Message;
use kubehop_engine::diagnostic::{Fix, Span};
use kubehop_engine::manifest::tree::{Yaml, YamlValue};
use kubehop_engine::manifest::{Source, Written};
use kubehop_engine::names::DEFAULT_NAMESPACE;
use kubehop_engine::rng::Rng;

/// What is broken. Its sentence says where to look, and not what is wrong there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(tag = "id", rename_all = "kebab-case")]
pub enum Breaker {
    /// A label that a Service selects.
    Selector {},
    /// A label of a pod.
    Label {},
    /// The port that a Service sends to.
    TargetPort {},
    /// The port of a Service.
    ServicePort {},
    /// The name of a container's port.
    PortName {},
    /// The port on which a container listens.
    ContainerPort {},
    /// The port that a Service opens on every node.
    NodePort {},
    /// The type of a Service.
    ServiceType {},
    /// A Service's name.
    ServiceName {},
    /// A Service's namespace.
    Namespace {},
    /// The name behind a Service of type ExternalName.
    ExternalName {},
    /// `externalTrafficPolicy` or `internalTrafficPolicy`.
    TrafficPolicy {},
    /// How many pods a workload has.
    Replicas {},
    /// The port that a readiness probe asks.
    Probe {},
    /// A NetworkPolicy that allows nothing.
    DefaultDeny {},
    /// A port or label in a rule of a NetworkPolicy.
    PolicyRule {},
    /// The Service or port that an Ingress or route sends to.
    Backend {},
    /// The host of an Ingress or route.
    HostName {},
    /// The class of an Ingress or Gateway.
    Class {},
    /// The Gateway that a route attaches to.
    Parent {},
    /// What a ReferenceGrant allows.
    Grant {},
    /// The port, or the Service, of endpoints written by hand.
    Slice {},
    /// The pools of MetalLB that are announced.
    Advertisement {},
}

impl Message for Breaker {
    const PREFIX: &'static str = "breaker";
}

/// How a value is made wrong.
#[derive(Clone, Copy)]
enum How {
    /// A letter is missing, doubled or swapped.
    Typo,
    /// Another port.
    Port,
    /// Another port of the range that nodes open.
    NodePort,
    /// Another value.
    Instead(&'static str),
    /// Another namespace of the text.
    Namespace,
    /// A line before the first field of the mapping.
    Line(&'static str),
}

/// Kind, path, what it is, how it is broken. `[]` is every item of a list, `*` every value of a mapping.
type Row = (&'static str, &'static str, Breaker, How);

const ROWS: &[Row] = &[
    (
        "Service",
        "spec.selector.*",
        Breaker::Selector {},
        How::Typo,
    ),
    (
        "Service",
        "spec.ports.[].targetPort",
        Breaker::TargetPort {},
        How::Port,
    ),
    (
        "Service",
        "spec.ports.[].port",
        Breaker::ServicePort {},
        How::Port,
    ),
    (
        "Service",
        "spec.ports.[].nodePort",
        Breaker::NodePort {},
        How::NodePort,
    ),
    (
        "Service",
        "spec.type",
        Breaker::ServiceType {},
        How::Instead("ClusterIP"),
    ),
    (
        "Service",
        "spec.externalName",
        Breaker::ExternalName {},
        How::Typo,
    ),
    (
        "Service",
        "metadata.name",
        Breaker::ServiceName {},
        How::Typo,
    ),
    (
        "Service",
        "metadata.namespace",
        Breaker::Namespace {},
        How::Namespace,
    ),
    (
        "Service",
        "spec",
        Breaker::TrafficPolicy {},
        How::Line("externalTrafficPolicy: Local"),
    ),
    (
        "Service",
        "spec",
        Breaker::TrafficPolicy {},
        How::Line("internalTrafficPolicy: Local"),
    ),
    ("Pod", "metadata.labels.*", Breaker::Label {}, How::Typo),
    (
        "*",
        "spec.replicas",
        Breaker::Replicas {},
        How::Instead("0"),
    ),
    ("*", "**.ports.[].name", Breaker::PortName {}, How::Typo),
    (
        "*",
        "**.ports.[].containerPort",
        Breaker::ContainerPort {},
        How::Port,
    ),
    (
        "*",
        "**.readinessProbe.*.port",
        Breaker::Probe {},
        How::Port,
    ),
    (
        "NetworkPolicy",
        "spec.ingress.[].ports.[].port",
        Breaker::PolicyRule {},
        How::Port,
    ),
    (
        "NetworkPolicy",
        "spec.egress.[].ports.[].port",
        Breaker::PolicyRule {},
        How::Port,
    ),
    (
        "NetworkPolicy",
        "spec.ingress.[].from.[].*.matchLabels.*",
        Breaker::PolicyRule {},
        How::Typo,
    ),
    (
        "NetworkPolicy",
        "spec.egress.[].to.[].*.matchLabels.*",
        Breaker::PolicyRule {},
        How::Typo,
    ),
    (
        "Ingress",
        "spec.rules.[].http.paths.[].backend.service.name",
        Breaker::Backend {},
        How::Typo,
    ),
    (
        "Ingress",
        "spec.rules.[].http.paths.[].backend.service.port.*",
        Breaker::Backend {},
        How::Port,
    ),
    (
        "Ingress",
        "spec.rules.[].host",
        Breaker::HostName {},
        How::Typo,
    ),
    (
        "Ingress",
        "spec.ingressClassName",
        Breaker::Class {},
        How::Typo,
    ),
    (
        "Gateway",
        "spec.gatewayClassName",
        Breaker::Class {},
        How::Typo,
    ),
    (
        "HTTPRoute",
        "spec.rules.[].backendRefs.[].name",
        Breaker::Backend {},
        How::Typo,
    ),
    (
        "HTTPRoute",
        "spec.rules.[].backendRefs.[].port",
        Breaker::Backend {},
        How::Port,
    ),
    (
        "HTTPRoute",
        "spec.hostnames.[]",
        Breaker::HostName {},
        How::Typo,
    ),
    (
        "HTTPRoute",
        "spec.parentRefs.[].name",
        Breaker::Parent {},
        How::Typo,
    ),
    (
        "ReferenceGrant",
        "spec.from.[].namespace",
        Breaker::Grant {},
        How::Typo,
    ),
    (
        "ReferenceGrant",
        "spec.to.[].name",
        Breaker::Grant {},
        How::Typo,
    ),
    (
        "EndpointSlice",
        "ports.[].port",
        Breaker::Slice {},
        How::Port,
    ),
    (
        "EndpointSlice",
        "metadata.labels.*",
        Breaker::Slice {},
        How::Typo,
    ),
    (
        "Endpoints",
        "subsets.[].ports.[].port",
        Breaker::Slice {},
        How::Port,
    ),
    (
        "L2Advertisement",
        "spec.ipAddressPools.[]",
        Breaker::Advertisement {},
        How::Typo,
    ),
];

/// One way to break a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Break {
    /// What is broken.
    pub(super) breaker: Breaker,
    /// The edit.
    pub(super) edit: Fix,
}

/// Every way to break a text that the table knows, in its order. Whether a connection fails then, the engine says.
pub(super) fn breaks(text: &str, rng: &mut Rng) -> Vec<Break> {
    let source = Source::read(text);
    let mut namespaces: Vec<&str> = vec![DEFAULT_NAMESPACE];
    for written in source.objects() {
        if !namespaces.contains(&written.object.namespace.as_str()) {
            namespaces.push(&written.object.namespace);
        }
    }
    namespaces.retain(|namespace| !namespace.is_empty());
    let mut all = Vec::new();
    for (kind, path, breaker, how) in ROWS {
        for written in source.objects() {
            if *kind != "*" && *kind != written.object.kind {
                continue;
            }
            let steps: Vec<&str> = path.split('.').collect();
            for node in nodes(&written.object.tree, &steps) {
                let edit = edit_of(&written, node, *how, &namespaces, rng);
                all.extend(edit.map(|edit| Break {
                    breaker: *breaker,
                    edit,
                }));
            }
        }
    }
    for namespace in namespaces {
        all.push(default_deny(text, namespace));
    }
    all
}

/// The values at a path.
fn nodes<'a>(node: &'a Yaml, path: &[&str]) -> Vec<&'a Yaml> {
    let Some((step, rest)) = path.split_first() else {
        return vec![node];
    };
    let below = || {
        node.entries()
            .iter()
            .map(|entry| &entry.value)
            .chain(node.items())
    };
    match *step {
        "[]" => node
            .items()
            .iter()
            .flat_map(|item| nodes(item, rest))
            .collect(),
        "*" => {
            let values = node.entries().iter().map(|entry| &entry.value);
            values.flat_map(|value| nodes(value, rest)).collect()
        }
        // Any depth, the nearest first.
        "**" => {
            let mut found = nodes(node, rest);
            found.extend(below().flat_map(|value| nodes(value, path)));
            found
        }
        key => node
            .get(key)
            .map_or_else(Vec::new, |value| nodes(value, rest)),
    }
}

fn edit_of(
    written: &Written<'_>,
    node: &Yaml,
    how: How,
    namespaces: &[&str],
    rng: &mut Rng,
) -> Option<Fix> {
    if let How::Line(line) = how {
        return new_field(written, node, line);
    }
    let span = node.span;
    let raw = written
        .text
        .get(span.start.offset as usize..span.end.offset as usize)?;
    let now = match &node.value {
        YamlValue::Int(number) => number.to_string(),
        YamlValue::String(text) => text.to_string(),
        _ => return None,
    };
    let wrong = match (how, &node.value) {
        (How::Port, YamlValue::Int(number)) => other_port(*number, rng).to_string(),
        (How::NodePort, YamlValue::Int(30000..32767)) => (now.parse::<u16>().ok()? + 1).to_string(),
        (How::Typo | How::Port, YamlValue::String(text)) => typo(text, rng)?,
        (How::Instead(value), _) => value.to_owned(),
        (How::Namespace, _) => {
            let others = namespaces.iter().filter(|namespace| **namespace != now);
            let others: Vec<&&str> = others.collect();
            let chosen = rng.below(u32::try_from(others.len()).ok()?) as usize;
            (**others.get(chosen)?).to_owned()
        }
        (How::Typo | How::NodePort | How::Line(_) | How::Port, _) => return None,
    };
    // Quotes stay, and what is written in another form than its value is left alone.
    let text =
        (wrong != now && raw.matches(&now).count() == 1).then(|| raw.replace(&now, &wrong))?;
    Some(Fix {
        span: span.shifted(written.origin),
        text,
    })
}

/// A port that people write by mistake in place of another.
fn other_port(port: i64, rng: &mut Rng) -> i64 {
    let likely = [8080, 80, 8000, port + 1, 3000, 8081];
    let others: Vec<i64> = likely.into_iter().filter(|other| *other != port).collect();
    let chosen = rng.below(u32::try_from(others.len()).unwrap_or(1)) as usize;
    others.get(chosen).copied().unwrap_or(port + 1)
}

/// A word with one slip of the fingers in its last part of letters; it begins and ends as a name may.
fn typo(word: &str, rng: &mut Rng) -> Option<String> {
    let letters: Vec<char> = word.chars().collect();
    let is_letter = |index: &usize| letters.get(*index).is_some_and(char::is_ascii_lowercase);
    let places: Vec<usize> = (1..letters.len())
        .filter(|place| is_letter(place) && is_letter(&(place - 1)))
        .collect();
    let chosen = rng.below(u32::try_from(places.len()).ok()?) as usize;
    let place = *places.get(chosen)?;
    let mut wrong = letters.clone();
    match rng.below(3) {
        0 if letters.len() > 3 => {
            wrong.remove(place);
        }
        1 if letters[place] != letters[place - 1] => wrong.swap(place, place - 1),
        _ => wrong.insert(place, letters[place]),
    }
    Some(wrong.into_iter().collect())
}

/// A field before the first one of a mapping, in the mapping's style; not if it has that field already.
fn new_field(written: &Written<'_>, mapping: &Yaml, line: &str) -> Option<Fix> {
    let (field, _) = line.split_once(':')?;
    let first = mapping
        .entries()
        .first()
        .filter(|_| mapping.get(field).is_none())?;
    let at = first.key_span.start;
    let text = if mapping.span.start.offset == at.offset {
        format!("{line}\n{}", " ".repeat(at.column as usize - 1))
    } else {
        format!("{line}, ")
    };
    let span = Span { start: at, end: at };
    Some(Fix {
        span: span.shifted(written.origin),
        text,
    })
}

/// A policy that selects every pod of a namespace and allows nothing, behind the text.
fn default_deny(text: &str, namespace: &str) -> Break {
    let of_namespace = match namespace {
        DEFAULT_NAMESPACE => String::new(),
        other => format!(", namespace: {other}"),
    };
    let line_end = if text.ends_with('\n') { "" } else { "\n" };
    let policy = format!(
        "{line_end}---\napiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: {{name: \
         default-deny{of_namespace}}}\nspec: {{podSelector: {{}}, policyTypes: [Ingress]}}\n"
    );
    let line = text.lines().count() + 1;
    let end = kubehop_engine::diagnostic::Position {
        line: u32::try_from(line).unwrap_or(u32::MAX),
        column: 1,
        offset: u32::try_from(text.len()).unwrap_or(u32::MAX),
    };
    Break {
        breaker: Breaker::DefaultDeny {},
        edit: Fix {
            span: Span { start: end, end },
            text: policy,
        },
    }
}
