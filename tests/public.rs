//! What people really have: public manifests, and the problems they bring. The files lie beside the project
//! (`../shared`, or the folder that `KUBEHOP_SHARED` names) and are not part of it; without them there is nothing to see.

use std::path::{Path, PathBuf};

use kubehop::view::session::{origins, targets};
use kubehop_engine::causes;
use kubehop_engine::cluster::Config;
use kubehop_engine::diagnostic::{Diagnostic, Problem, Severity};
use kubehop_engine::manifest::Source;
use kubehop_engine::resolve::{Resolved, resolve};
use kubehop_engine::trace::{Network, Request, trace};

/// Every document of the public manifests that a 1.36 cluster of one family refuses: the file's beginning, the line, and
/// what the tool says.
const REFUSED: [(&str, u32, &str); 8] = [
    (
        "coredns__deployment",
        191,
        "spec.clusterIPs[0]: Invalid value: \"CLUSTER_DNS_IP\": must be a valid IP address",
    ),
    (
        "delimitrou__DeathStarBench__socialNetwork",
        96,
        "[apiVersion not set, kind not set]",
    ),
    (
        "kubernetes__examples___archived-cockroachdb",
        58,
        "no matches for kind \"PodDisruptionBudget\" in version \"policy/v1beta1\"",
    ),
    (
        "metallb__metallb__dev-env",
        29,
        "spec.ipFamilies[0]: Invalid value: \"IPv6\": not configured on this cluster",
    ),
    (
        "microservices-demo__microservices-demo__manifests",
        43,
        "no matches for kind \"ClusterRole\" in version \"rbac.authorization.k8s.io/v1beta1\"",
    ),
    (
        "microservices-demo__microservices-demo__manifests",
        57,
        "no matches for kind \"ClusterRoleBinding\" in version \"rbac.authorization.k8s.io/v1beta1\"",
    ),
    (
        "philippemerle__KubeDiagrams__examples-gateway-api",
        65,
        "The Service \"my-service1\" is invalid: spec.ports: Required value",
    ),
    (
        "philippemerle__KubeDiagrams__examples-gateway-api",
        70,
        "The Service \"my-service2\" is invalid: spec.ports: Required value",
    ),
];

/// What is wrong with the symptoms that an API server refuses: the file's number, line and column, and the words.
const SYMPTOMS: [(&str, u32, u32, &str); 9] = [
    (
        "22",
        7,
        13,
        "json: cannot unmarshal bool into Go struct field ObjectMeta.metadata.labels of type string",
    ),
    (
        "22",
        20,
        13,
        "json: cannot unmarshal bool into Go struct field ServiceSpec.spec.selector of type string",
    ),
    (
        "23",
        11,
        15,
        "spec.ports[0].nodePort: Invalid value: 8080: provided port is not in the valid range. The range of valid ports is 30000-32767",
    ),
    (
        "24",
        23,
        15,
        "spec.ports[0].nodePort: Invalid value: 30080: provided port is already allocated",
    ),
    ("25", 9, 5, "spec.ports[0].name: Required value"),
    ("25", 10, 5, "spec.ports[1].name: Required value"),
    ("27", 16, 9, "services \"web\" already exists"),
    (
        "27",
        18,
        14,
        "spec.clusterIPs[0]: Invalid value: [\"10.96.0.60\"]: may not change once set",
    ),
    (
        "37",
        4,
        9,
        "metadata.name: Invalid value: \"My_Svc\": a lowercase RFC 1123 label must consist of",
    ),
];

/// The files of a shared folder, by name; none where there is no such folder, which is said.
fn files(folder: &str) -> Vec<(String, String)> {
    let shared = std::env::var_os("KUBEHOP_SHARED").map_or_else(beside_the_project, PathBuf::from);
    let Ok(entries) = std::fs::read_dir(shared.join(folder)) else {
        println!(
            "{} is not there: nothing to read",
            shared.join(folder).display()
        );
        return Vec::new();
    };
    let yaml = |path: &PathBuf| {
        path.extension()
            .is_some_and(|extension| extension == "yaml")
    };
    let paths = entries
        .filter_map(Result::ok)
        .map(|entry| entry.path())
        .filter(yaml);
    let named = |path: PathBuf| {
        let name = path
            .file_name()
            .expect("a file has a name")
            .to_string_lossy()
            .into_owned();
        (
            name,
            std::fs::read_to_string(path).expect("a manifest can be read"),
        )
    };
    let mut files: Vec<(String, String)> = paths.map(named).collect();
    files.sort();
    files
}

fn beside_the_project() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared")
}

fn resolved(text: &str) -> Resolved {
    resolve(&Source::read(text), &Config::default())
}

/// Line, column and words of everything that is refused.
fn refusals(resolved: &Resolved) -> Vec<(u32, u32, &str)> {
    let refused = |diagnostic: &Diagnostic| diagnostic.severity == Severity::Error;
    let said = resolved
        .diagnostics
        .iter()
        .filter(|diagnostic| refused(diagnostic));
    let shown = said.map(|diagnostic| {
        let words = match &diagnostic.problem {
            Problem::Rejected { message } | Problem::UnchangeableByApply { message } => {
                message.as_str()
            }
            other => panic!("an error that no tool prints: {other:?}"),
        };
        (
            diagnostic.span.start.line,
            diagnostic.span.start.column,
            words,
        )
    });
    shown.collect()
}

/// Every object of a text takes part, is noted, or is refused.
fn accounted(name: &str, text: &str, resolved: &Resolved) {
    let written = Source::read(text).objects().count();
    let counts = &resolved.counts;
    let noted: usize = counts.not_modelled.values().sum();
    let refused_whole = Source::read(text)
        .documents
        .iter()
        .filter(|document| document.unreadable().is_some())
        .count();
    assert_eq!(
        counts.created + noted + counts.rejected - refused_whole,
        written,
        "{name}: {counts:?}"
    );
}

#[test]
fn every_public_manifest_loads_and_nothing_in_it_is_refused_but_what_a_server_refuses() {
    for (name, text) in files("manifests") {
        let resolved = resolved(&text);
        accounted(&name, &text, &resolved);
        let expected: Vec<_> = REFUSED
            .iter()
            .filter(|(file, ..)| name.starts_with(file))
            .collect();
        let refusals = refusals(&resolved);
        let fits =
            |(&(line, _, words), &&(_, at, part)): (&(u32, u32, &str), &&(&str, u32, &str))| {
                line == at && words.contains(part)
            };
        assert!(
            refusals.len() == expected.len() && refusals.iter().zip(&expected).all(fits),
            "{name} is refused for {refusals:#?}"
        );
    }
}

#[test]
fn the_mistakes_people_bring_are_reported_where_they_are_in_the_servers_words() {
    for (name, text) in files("symptoms") {
        let resolved = resolved(&text);
        let expected = SYMPTOMS
            .iter()
            .filter(|(number, ..)| name.starts_with(number));
        let refusals = refusals(&resolved);
        for &(_, line, column, part) in expected {
            let is_said = |&(at, place, words): &(u32, u32, &str)| {
                (at, place) == (line, column) && words.contains(part)
            };
            assert!(
                refusals.iter().any(is_said),
                "{name} is refused for {refusals:#?}, not at {line}:{column} for {part}"
            );
        }
    }
}

/// Whatever people paste can be drawn and asked about: every Service from every kind of caller.
#[test]
fn packets_travel_in_every_public_manifest_and_symptom() {
    for (name, text) in files("manifests").into_iter().chain(files("symptoms")) {
        let resolved = resolved(&text);
        causes::check(&resolved);
        let world = Network::of(resolved);
        let (from, to) = (origins(world.cluster()), targets(&world));
        for from in [from.first(), from.last()].into_iter().flatten() {
            for to in to.iter().take(12) {
                let request = Request {
                    from: from.parse().expect("an origin that is offered can be read"),
                    to: to.parse().expect("so can a target"),
                };
                let trace = trace(&world, &request, 1, 0);
                assert!(trace.is_ok(), "{name}: {from} -> {to}: {trace:?}");
            }
        }
    }
}
