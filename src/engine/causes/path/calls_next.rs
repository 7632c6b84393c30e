//! What the pod that answered calls in its turn: an author says so with the annotation `kubehop/calls`, because no
//! manifest does.

use crate::causes::cause::{Cause, Evidence};
use crate::cluster::object::Pod;
use crate::diagnostic::{Fault, PathFault};
use crate::kinds::Kind;
use crate::network::{Network, Origin, Request};
use crate::trace::Trace;

/// The annotation of a pod that lists what its program calls to answer a request: `"http://backend, tcp://db:5432"`.
const CALLS: &str = "kubehop/calls";

/// The requests that follow an answer, one for each item of the annotation.
pub(in crate::causes) fn of_answer(network: &Network, trace: &Trace) -> Vec<Cause> {
    let pod = trace.answered_by().and_then(|name| {
        let pods = &network.cluster().pods;
        pods.get(name).map(|pod| (name, pod))
    });
    let Some((name, pod)) = pod else {
        return Vec::new();
    };
    let stored = network.resolved.get(Kind::Pod, name);
    let evidence = stored.map(|stored| Evidence::of(stored, "metadata.annotations"));
    let evidence: Vec<Evidence> = evidence.into_iter().collect();
    calls_of(pod)
        .map(|item| {
            let called = item.parse().ok();
            let fault = Fault::Path(PathFault::CallsNext {
                pod: name.name.to_string(),
                to: item.to_owned(),
                is_request: called.is_some(),
            });
            let call = called.map(|to| Request {
                from: Origin::Pod(name.clone()),
                to,
            });
            Cause {
                call,
                ..Cause::certain(fault, evidence.clone())
            }
        })
        .collect()
}

/// What a pod calls to answer a request, as it is written.
pub fn calls_of(pod: &Pod) -> impl Iterator<Item = &str> {
    let text = pod.metadata.annotations.get(CALLS);
    let items = text.into_iter().flat_map(|text| text.split(','));
    items.map(str::trim).filter(|item| !item.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::causes::of_trace;
    use crate::cluster::config::Config;
    use crate::manifest::Source;
    use crate::resolve::resolve;
    use crate::testing::dedent;
    use crate::trace::trace as trace_request;

    /// The requests that follow the one to `http://front`, and the items that are none.
    fn follow(calls: &str) -> (Vec<String>, usize) {
        let text = dedent(
            "
            apiVersion: v1
            kind: Pod
            metadata: {name: front, labels: {app: front}, annotations: {kubehop/calls: 'CALLS'}}
            spec: {containers: [{name: front, image: front}]}
            ---
            apiVersion: v1
            kind: Service
            metadata: {name: front}
            spec: {selector: {app: front}, ports: [{port: 80}]}
            ",
        );
        let source = Source::read(&text.replace("CALLS", calls));
        let network = Network::of(resolve(&source, &Config::default()));
        let request = Request {
            from: "pod/front".parse().expect("an origin"),
            to: "http://front.default.svc.cluster.local"
                .parse()
                .expect("a request"),
        };
        let trace = trace_request(&network, &request, 0, 0).expect("the node exists");
        let causes = of_trace(&network, &trace);
        let calls = causes.iter().filter_map(|cause| cause.call.as_ref());
        let calls = calls
            .map(|call| format!("{} {}", call.from, call.to))
            .collect();
        let unread = causes.iter().filter(|cause| {
            let fault = Fault::Path(PathFault::CallsNext {
                pod: "front".to_owned(),
                to: "http://".to_owned(),
                is_request: false,
            });
            cause.fault == fault
        });
        (calls, unread.count())
    }

    #[test]
    fn each_item_is_a_request_of_the_pod() {
        let (calls, unread) = follow("http://backend, tcp://db:5432");
        assert_eq!(
            calls,
            ["pod/front http://backend", "pod/front tcp://db:5432"]
        );
        assert_eq!(unread, 0);
    }

    #[test]
    fn what_is_no_request_is_said_to_be_none() {
        assert_eq!(follow("http://"), (Vec::new(), 1));
        assert_eq!(follow(" , "), (Vec::new(), 0));
    }
}
