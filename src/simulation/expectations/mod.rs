//! Expectations: what a connection, or a command of the console, must lead to.
//!
//! One format for lessons, challenges and tests of documentation. A file is a YAML list; each item asks one question and
//! states its answer:
//!
//! ```yaml
//! - from: client
//!   to: http://192.168.0.12:30123
//!   expect: {answered by: deployment/kimho, source seen: node/node-2}
//! - from: pod/web
//!   to: {url: http://shop, method: GET, host: shop.example.com, path: /cart}
//!   after: [unready pod/shop-0, down node/node-1]
//!   expect: refused
//! - run: kubectl exec kimho-pod -- env
//!   expect: {prints: KIMHO_SERVICE_PORT=80}
//! ```
//!
//! An expectation holds if it holds for every endpoint that the connection can be sent to, so no chance is involved.

mod found;
mod judge;
mod question;
mod read;
mod read_fault;
mod read_wanted;
mod wanted;

pub use judge::{ExpectationAnswer, ExpectationsAnswer};
pub use read_fault::{ExpectationFault, Shape};
pub use wanted::{Answerer, SeenSource, Wanted};

pub(crate) use found::{Found, percent};
#[cfg(test)]
pub(crate) use judge::Judgement;
pub(crate) use question::Question;
pub(crate) use read::Reader;
pub(crate) use read_fault::ReadFault;

use kubehop_engine::diagnostic::Span;
use kubehop_engine::resolve::events::Event;

/// What a connection, or a command, must lead to.
#[derive(Clone, Debug, PartialEq)]
pub struct Expectation {
    /// Where it is written.
    pub(crate) span: Span,
    /// The question.
    pub(crate) question: Question,
    /// How many connections are opened, one after another; what nodes remember of one is there for the next.
    pub(crate) connections: u64,
    /// What happens to the cluster before.
    pub(crate) after: Vec<Event>,
    /// What must be so; all of it.
    pub(crate) wanted: Vec<Wanted>,
}

#[cfg(test)]
mod tests {
    use crate::{Config, Simulation};

    const TEXT: &str = "
        apiVersion: v1
        kind: Service
        metadata: {name: web}
        spec: {selector: {app: web}, ports: [{port: 80, targetPort: 8080}]}
        ---
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: web}
        spec:
          replicas: 2
          selector: {matchLabels: {app: web}}
          template:
            metadata: {labels: {app: web}}
            spec: {containers: [{name: web, image: nginx, ports: [{containerPort: 8080}]}]}
        ---
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: web-old}
        spec:
          selector: {matchLabels: {app: old}}
          template:
            metadata: {labels: {app: old}}
            spec: {containers: [{name: web, image: nginx, ports: [{containerPort: 8080}]}]}
    ";

    /// What is said of an expectation about a call from a node to the Service.
    fn judged(rest: &str) -> (bool, String) {
        let text = TEXT.replace("\n        ", "\n");
        let simulation = Simulation::open(&text, &Config::default());
        let service = simulation.console("kubectl get svc web -o yaml").stdout;
        let mut lines = service.lines();
        let address = lines.find_map(|line| line.trim().strip_prefix("clusterIP: "));
        let address = address.expect("it has an address");
        let file = format!("- {{from: node/node-1, to: 'http://{address}', {rest}}}");
        let answer = simulation.check(&file).expect(rest);
        let one = &answer.expectations[0];
        (one.met, one.statement.text.clone())
    }

    #[test]
    fn an_expectation_holds_for_every_endpoint_or_not_at_all() {
        for (what, rest, met, said) in [
            (
                "either pod",
                "expect: {answered by: deployment/web}",
                true,
                "answered by deployment/web",
            ),
            (
                "one of two nodes",
                "expect: {answered by: node/node-1}",
                false,
                "expected answered by node/node-1. ",
            ),
            (
                "a workload whose name begins alike",
                "expect: {answered by: deployment/web-old}",
                false,
                "expected answered by deployment/web-old. ",
            ),
            (
                "a workload and another one",
                "expect: {share: {deployment/web: 100%, deployment/web-old: 0%}}",
                true,
                "share deployment/web 100%, share deployment/web-old 0%",
            ),
            (
                "nobody is left",
                "after: scale deployment/web=0, expect: refused",
                true,
                "refused",
            ),
            (
                "nobody is left to answer",
                "after: [scale deployment/web=0], expect: answered",
                false,
                "expected answered. Connection refused.",
            ),
        ] {
            let (is_met, text) = judged(rest);
            assert_eq!(is_met, met, "{what}: {text}");
            assert!(text.starts_with(said), "{what}: {text}");
        }
    }
}
