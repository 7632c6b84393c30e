//! A coverage-guided fuzz target over the whole front door: text → admission → rules → trace → console.
//!
//! The input is a text of manifests. What is asked of it is what the text suggests: every caller and target that the page
//! would offer, up to a limit, in every mode of kube-proxy. Nothing may panic, and no trace may be longer than its devices
//! allow. `make fuzz` runs it for a minute, starting from the repository's own manifests.
#![no_main]

use kubehop::answers::TraceAnswer;
use kubehop::{Config, Family, ProxyConfig, ProxyMode, Simulation, trace_as_text};
use libfuzzer_sys::fuzz_target;

/// The maximum number of callers and of targets that are asked of a text.
const ASKED: usize = 3;
/// More hops than any path has: the loop over devices ends at 128 steps in each direction.
const HOPS: usize = 256;

const LINES: [&str; 6] = [
    "kubectl get all,endpoints,endpointslices,ingresses,networkpolicies -A -o wide",
    "kubectl get pods,services -A -o yaml",
    "kubectl describe services -A",
    "kubectl describe pods -A",
    "kubectl describe nodes",
    "kubectl api-resources",
];

fuzz_target!(|text: &str| {
    for mode in ProxyMode::ALL {
        let config = Config {
            proxy: ProxyConfig {
                mode,
                ..ProxyConfig::default()
            },
            ..Config::default()
        };
        ask(&Simulation::open(text, &config));
    }
});

fn ask(simulation: &Simulation) {
    let _ = simulation.problems();
    let _ = simulation.endpoints();
    for line in LINES {
        let _ = simulation.console(line);
    }
    for node in simulation.nodes().iter().take(ASKED) {
        for family in [Family::V4, Family::V6] {
            let _ = simulation.rules(node, family);
        }
    }
    for from in simulation.callers().iter().take(ASKED) {
        for to in simulation.targets().iter().take(ASKED) {
            let Ok(request) = simulation.request(from, to) else {
                continue;
            };
            if let Ok(trace) = simulation.trace(&request, 0, 0) {
                check(&trace);
            }
            let _ = simulation.explain(&request, 0);
        }
    }
}

fn check(trace: &TraceAnswer) {
    assert!(trace.hops.len() <= HOPS, "{} hops", trace.hops.len());
    assert!(!trace_as_text(trace).is_empty());
}
