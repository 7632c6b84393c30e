//! Recorded answers of real Kubernetes against kubehop's own: `cargo test --test vectors`.
//!
//! Reads the directory in `KUBEHOP_VECTORS`, else `tests/vectors`, takes whichever files are there, and prints for each
//! area `AREA: N passed, M failed` with the first failures. It fails if a case of an area in [`AREAS`] that is marked
//! finished failed and ARCHITECTURE.md's list does not name it.

mod area;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use serde_json::Value;

/// One area: its name, the files it reads, and what compares a case.
struct Area {
    name: &'static str,
    files: &'static [&'static str],
    /// Whether a failing case fails the run.
    finished: bool,
    run: fn(&Value) -> Vec<Case>,
}

/// The outcome of one recorded case.
pub struct Case {
    /// The recording's name for it.
    pub name: String,
    /// What differs; none when it passed.
    pub difference: Option<String>,
}

/// The one list of what is finished.
const AREAS: &[Area] = &[
    Area {
        name: "selector",
        files: &["selector.json"],
        finished: true,
        run: area::selector::run,
    },
    Area {
        name: "syntax",
        files: &["syntax.json"],
        finished: true,
        run: area::syntax::run,
    },
    Area {
        name: "decode",
        files: &["decode.json"],
        finished: true,
        run: area::decode::run,
    },
    Area {
        name: "validation",
        files: &["validation.json"],
        finished: true,
        run: area::validation::run,
    },
    Area {
        name: "defaulting",
        files: &["defaulting.json"],
        finished: true,
        run: area::defaulting::run,
    },
    Area {
        name: "endpointslice",
        files: &["endpointslice.json"],
        finished: true,
        run: area::endpointslice::run,
    },
    Area {
        name: "lifecycle",
        files: &["lifecycle.json"],
        finished: true,
        run: area::lifecycle::run,
    },
    Area {
        name: "envvars",
        files: &["envvars.json"],
        finished: true,
        run: area::envvars::run,
    },
    Area {
        name: "dns",
        files: &["dns.json"],
        finished: true,
        run: area::dns::run,
    },
    Area {
        name: "dns_resolve",
        files: &["dns_resolve.json"],
        finished: true,
        run: area::dns_resolve::run,
    },
    Area {
        name: "resolvconf",
        files: &["resolvconf.json"],
        finished: true,
        run: area::resolvconf::run,
    },
    Area {
        name: "ingress",
        files: &["ingress.json"],
        finished: true,
        run: area::ingress::run,
    },
    Area {
        name: "kubectl_output",
        files: &["kubectl_output.json"],
        finished: true,
        run: area::kubectl_output::run,
    },
    Area {
        name: "ipalloc",
        files: &["ipalloc.json"],
        finished: true,
        run: area::ipalloc::run,
    },
    Area {
        name: "networkpolicy",
        files: &["networkpolicy.json"],
        finished: true,
        run: area::networkpolicy::run,
    },
    Area {
        name: "networkpolicy-services",
        files: &["networkpolicy-services.json"],
        finished: true,
        run: area::networkpolicy_services::run,
    },
    Area {
        name: "networkpolicy-validation",
        files: &["networkpolicy-validation.json"],
        finished: true,
        run: area::networkpolicy_validation::run,
    },
    Area {
        name: "networkpolicy-kubectl",
        files: &["networkpolicy-kubectl.json"],
        finished: true,
        run: area::networkpolicy_kubectl::run,
    },
    Area {
        name: "metallb",
        files: &["metallb.json"],
        finished: true,
        run: area::metallb::run,
    },
    Area {
        name: "servicelb",
        files: &["servicelb.json"],
        finished: true,
        run: area::servicelb::run,
    },
    Area {
        name: "gateway-routes",
        files: &["gateway-routes.json"],
        finished: true,
        run: area::gateway_routes::run,
    },
    Area {
        name: "gateway-status",
        files: &["gateway-status.json"],
        finished: true,
        run: area::gateway_status::run,
    },
    Area {
        name: "gateway-validation",
        files: &["gateway-validation.json"],
        finished: true,
        run: area::gateway_validation::run,
    },
    Area {
        name: "kube-proxy/ipvs-flows",
        files: &["kube-proxy/matrix.json"],
        finished: true,
        run: area::kube_proxy_ipvs_flows::run,
    },
    Area {
        name: "kube-proxy/flows",
        files: MATRICES,
        finished: true,
        run: area::kube_proxy_flows::run,
    },
    Area {
        name: "kube-proxy/rules",
        files: MATRICES,
        finished: true,
        run: area::kube_proxy_rules::run,
    },
    Area {
        name: "kube-proxy/health",
        files: MATRICES,
        finished: true,
        run: area::kube_proxy_health::run,
    },
    Area {
        name: "kube-proxy/journeys",
        files: &["kube-proxy/journeys.json"],
        finished: true,
        run: area::kube_proxy_journeys::run,
    },
    Area {
        name: "kube-proxy/nftables-flows",
        files: &["kube-proxy/nftables-differences.json"],
        finished: true,
        run: area::kube_proxy_nftables_flows::run,
    },
    Area {
        name: "kube-proxy/nftables-rules",
        files: &["kube-proxy/nftables-rules.json"],
        finished: true,
        run: area::kube_proxy_nftables_rules::run,
    },
];

const MATRICES: &[&str] = &["kube-proxy/matrix.json", "kube-proxy/random.json"];

/// How many failures of an area are printed.
const SHOWN: usize = 10;

fn main() -> ExitCode {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let folder = folder();
    let only: Vec<String> = std::env::args()
        .skip(1)
        .filter(|argument| !argument.starts_with('-'))
        .collect();
    let outside = outside_the_model(&root.join("ARCHITECTURE.md"));
    let unknown = unknown_files(&folder);
    for file in &unknown {
        println!("{file}: no area reads this file");
    }
    let (mut passed, mut broken) = (0, unknown.len());
    for area in AREAS
        .iter()
        .filter(|area| only.is_empty() || only.iter().any(|name| area.name.starts_with(name)))
    {
        let (right, wrong) = run(area, &folder, &outside);
        passed += right;
        broken += if area.finished { wrong } else { 0 };
    }
    println!("\n{passed} passed, {broken} failed");
    if broken == 0 {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}

/// Where the recordings are.
pub fn folder() -> PathBuf {
    let own = || Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/vectors");
    std::env::var_os("KUBEHOP_VECTORS").map_or_else(own, PathBuf::from)
}

/// Runs one area over its files and prints its line. Returns the cases that passed and those that should have.
fn run(area: &Area, folder: &Path, outside: &BTreeSet<(String, String)>) -> (usize, usize) {
    let read = |file: &&str| std::fs::read_to_string(folder.join(file)).ok();
    let cases: Vec<Case> = area
        .files
        .iter()
        .filter_map(read)
        .flat_map(|text| match serde_json::from_str(&text) {
            Ok(recording) => (area.run)(&recording),
            Err(error) => vec![Case {
                name: "the file".into(),
                difference: Some(error.to_string()),
            }],
        })
        .collect();
    let is_outside = |case: &&Case| {
        outside
            .iter()
            .any(|(named_area, named)| named_area == area.name && case.name == *named)
    };
    let failed: Vec<&Case> = cases
        .iter()
        .filter(|case| case.difference.is_some())
        .collect();
    let (named, failed): (Vec<&Case>, Vec<&Case>) = failed.into_iter().partition(is_outside);
    let passed = cases.len() - failed.len() - named.len();
    let remarks = match (named.len(), area.finished) {
        (0, true) => String::new(),
        (0, false) => " (not finished)".to_owned(),
        (count, _) => format!(" ({count} outside the model, listed in ARCHITECTURE.md)"),
    };
    println!(
        "{}: {passed} passed, {} failed{remarks}",
        area.name,
        failed.len()
    );
    for case in failed
        .iter()
        .take(SHOWN)
        .filter(|_| area.finished || std::env::var_os("VERBOSE").is_some())
    {
        println!(
            "  ✗ {}\n{}",
            case.name,
            indented(case.difference.as_deref().unwrap_or_default())
        );
    }
    (passed, failed.len())
}

fn indented(text: &str) -> String {
    text.lines().map(|line| format!("      {line}\n")).collect()
}

/// The recordings in the folder that no area reads.
fn unknown_files(folder: &Path) -> Vec<String> {
    let known: BTreeSet<&str> = AREAS
        .iter()
        .flat_map(|area| area.files.iter().copied())
        .collect();
    let mut unknown = Vec::new();
    for (prefix, place) in [
        ("", folder.to_owned()),
        ("kube-proxy/", folder.join("kube-proxy")),
    ] {
        let entries = std::fs::read_dir(place)
            .into_iter()
            .flatten()
            .filter_map(Result::ok);
        let names = entries.map(|entry| format!("{prefix}{}", entry.file_name().to_string_lossy()));
        unknown
            .extend(names.filter(|name| name.ends_with(".json") && !known.contains(name.as_str())));
    }
    unknown.sort();
    unknown
}

/// The cases ARCHITECTURE.md names as outside the model, as lines ``- `area` · `case name`: reason``; a name that ends in
/// ` *` matches all that begin like it.
fn outside_the_model(architecture: &Path) -> BTreeSet<(String, String)> {
    let text = std::fs::read_to_string(architecture).unwrap_or_default();
    let named = |line: &str| {
        let (area, rest) = line.strip_prefix("- `")?.split_once("` · `")?;
        let (case, _reason) = rest.split_once("`: ")?;
        Some((area.to_owned(), case.to_owned()))
    };
    text.lines().filter_map(named).collect()
}
