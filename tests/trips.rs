//! What must hold for every trace: whatever is asked of whatever example, in either mode of kube-proxy.

mod examples;

use examples::manifests;
use kubehop::engine::apiserver::Kind;
use kubehop::engine::cluster::Config;
use kubehop::engine::cluster::config::ProxyMode;
use kubehop::engine::manifest::Source;
use kubehop::engine::names::ObjectName;
use kubehop::engine::resolve::events::{Event, apply};
use kubehop::engine::resolve::resolve;
use kubehop::engine::trace::{
    Hop, Host, Network, Origin, Reason, Request, Target, Trace, Verdict, trace,
};
use kubehop::view::lessons::LESSONS;
use kubehop::view::session::{origins, targets};
use kubehop::view::timeline::{Motion, Timeline};
use proptest::prelude::*;

fn world(manifest: &str, mode: ProxyMode) -> Network {
    let mut config = Config::default();
    config.proxy.mode = mode;
    Network::of(resolve(&Source::read(manifest), &config))
}

fn worlds() -> Vec<Network> {
    let modes = [ProxyMode::Iptables, ProxyMode::Nftables];
    manifests()
        .iter()
        .flat_map(|manifest| modes.map(|mode| world(manifest, mode)))
        .collect()
}

/// Everything that the request bar offers, from everyone it offers.
fn requests(world: &Network) -> Vec<Request> {
    let cluster = world.cluster();
    let mut all: Vec<String> = targets(cluster);
    let hosts = cluster
        .ingresses
        .values()
        .flat_map(|ingress| &ingress.spec.rules)
        .map(|rule| rule.host.as_str());
    all.extend(
        hosts
            .filter(|host| !host.is_empty())
            .map(|host| format!("http://{host}/")),
    );
    all.extend(
        [
            "https://www.example.com",
            "http://localhost:8080",
            "udp://10.96.0.10:53",
        ]
        .map(str::to_owned),
    );
    let of = |from: &str| {
        let from: Origin = from.parse().expect("an origin that is offered can be read");
        let to = |to: &String| Request {
            from: from.clone(),
            to: to.parse().expect("so can a target"),
        };
        all.iter().map(to).collect::<Vec<_>>()
    };
    origins(cluster).iter().flat_map(|from| of(from)).collect()
}

/// A trace of every request of every world, each with lots of its own.
fn each_trace(mut look: impl FnMut(&Trace)) {
    for world in worlds() {
        for (number, request) in (0..).zip(requests(&world)) {
            if let Ok(trace) = trace(&world, &request, 7, number) {
                look(&trace);
            }
        }
    }
}

/// Whether a hop may give the packet other addresses: rules that translate, and connection tracking.
fn may_rewrite(hop: &Hop) -> bool {
    matches!(
        hop.reason,
        Reason::Dnat { .. } | Reason::ConntrackHit { .. } | Reason::ReverseNat { .. }
    )
}

#[test]
fn a_packet_arrives_as_it_left_and_only_translation_changes_its_addresses() {
    each_trace(|trace| {
        for pair in trace.hops.windows(2) {
            let same =
                (pair[0].direction, pair[0].connection) == (pair[1].direction, pair[1].connection);
            assert!(!same || pair[0].after == pair[1].before, "{pair:#?}");
        }
        for hop in trace.hops.iter().filter(|hop| hop.is_rewrite()) {
            assert!(may_rewrite(hop), "{} {hop:#?}", trace.request.to);
        }
    });
}

#[test]
fn a_delivered_request_is_answered_from_the_address_that_was_called() {
    let mut delivered = 0;
    each_trace(|trace| {
        let Verdict::Answered { .. } = trace.verdict else {
            return;
        };
        let called = trace
            .hops
            .iter()
            .find(|hop| matches!(hop.reason, Reason::Opens { .. }))
            .expect("it was opened");
        let last = trace.hops.last().expect("it came back");
        assert!(
            last.at_client && matches!(last.reason, Reason::Returns { .. }),
            "{:#?}",
            trace.hops
        );
        let (sent, seen) = (called.before, last.after);
        assert_eq!(
            (seen.source, seen.destination),
            (sent.destination, sent.source),
            "{}",
            trace.request.to
        );
        delivered += 1;
    });
    assert!(delivered > 1_000, "only {delivered} were delivered");
}

#[test]
fn every_verdict_is_reached_by_some_request() {
    let mut seen = std::collections::BTreeSet::new();
    each_trace(|trace| {
        seen.insert(match trace.verdict {
            Verdict::Answered { .. } => "delivered",
            Verdict::Refused { .. } => "refused",
            Verdict::TimedOut { .. } => "timed out",
            Verdict::NoSuchName { .. } => "no such name",
            Verdict::LookupFailed { .. } => "unresolved",
            Verdict::IngressUnreachable { .. } => "unserved",
            Verdict::HttpError { .. } => "http error",
            Verdict::Unknown { .. } => "unknown",
        });
    });
    assert_eq!(seen.len(), 8, "only {seen:?}");
}

#[test]
fn the_same_request_and_seed_give_the_same_bytes() {
    let bytes = || {
        let mut all = String::new();
        for world in worlds().iter().take(6) {
            for request in requests(world) {
                if let Ok(trace) = trace(world, &request, 3, 1) {
                    all.push_str(&kubehop::trace_as_json(
                        &kubehop::simulation::convert::trace(
                            &trace,
                            &kubehop::Catalogue::english(),
                        ),
                    ));
                }
            }
        }
        all
    };
    assert_eq!(bytes(), bytes());
}

/// A trace that comes by many places.
fn long_trace() -> Trace {
    let ingress = manifests()
        .into_iter()
        .find(|manifest| manifest.contains("shop.example.com/app"))
        .expect("is there");
    let to = "http://shop.example.com/app".parse().expect("a target");
    let request = Request {
        from: "client".parse().expect("an origin"),
        to,
    };
    trace(&world(&ingress, ProxyMode::Iptables), &request, 0, 0).expect("it can be asked")
}

proptest! {
    #[test]
    fn a_time_gives_the_same_frame_whichever_way_one_came_to_it(
        times in prop::collection::vec(prop_oneof![-1e3_f32..1e3, any::<f32>()], 1..40),
    ) {
        let trace = long_trace();
        for motion in [Motion::Travel, Motion::Steps] {
            let timeline = Timeline::of(&trace, motion);
            let forwards: Vec<_> = times.iter().map(|time| timeline.frame(*time)).collect();
            let mut backwards: Vec<_> = times.iter().rev().map(|time| timeline.frame(*time)).collect();
            backwards.reverse();
            prop_assert_eq!(&forwards, &backwards);
            for moment in forwards {
                prop_assert!(moment.hop < trace.hops.len());
                prop_assert!((0.0..=1.0).contains(&moment.ahead) && (0.0..=1.0).contains(&moment.done));
            }
        }
    }

    #[test]
    fn whatever_is_typed_as_a_request_has_an_answer(
        from in prop_oneof!["\\PC{0,12}", "pod/[a-z-]{0,9}", "node/node-[0-9]", "client", "[0-9a-f:.]{1,12}"],
        scheme in prop_oneof!["", "http://", "https://", "tcp://", "udp://", "sctp://", "\\PC{0,4}://"],
        host in prop_oneof!["\\PC{0,20}", "[a-z0-9.-]{0,40}", "10\\.96\\.[0-9]{1,3}\\.[0-9]{1,3}", "192\\.168\\.0\\.1[1-3]"],
        rest in prop_oneof!["", ":[0-9]{1,6}", "/\\PC{0,10}", ":30080/[a-z/]{0,9}"],
        lesson in 0..LESSONS.len(),
        number in any::<u64>(),
    ) {
        let read = from.parse::<Origin>().and_then(|from| Ok((from, format!("{scheme}{host}{rest}").parse::<Target>()?)));
        if let Ok((from, to)) = read {
            let world = world(LESSONS[lesson].manifest, ProxyMode::Iptables);
            let clients = [from, Origin::Node("node-1".to_owned()), "client".parse().expect("an origin")];
            for from in clients {
                let _ = trace(&world, &Request { from, to: to.clone() }, number, number);
            }
        }
    }
}

#[test]
fn an_event_changes_the_traces_it_is_about_and_no_others() {
    let workload = |name: &str| {
        format!(
            "apiVersion: v1\nkind: Service\nmetadata: {{name: {name}}}\nspec: {{selector: {{app: {name}}}, ports: [{{port: 80}}]}}\n---\napiVersion: apps/v1\nkind: Deployment\nmetadata: {{name: {name}}}\nspec:\n  replicas: 2\n  selector: {{matchLabels: {{app: {name}}}}}\n  template:\n    metadata: {{labels: {{app: {name}}}}}\n    spec: {{containers: [{{name: c, image: nginx}}]}}\n---\n"
        )
    };
    let before = world(&(workload("web") + &workload("other")), ProxyMode::Iptables);
    let name = || ObjectName::new("default", "web");
    let pod = before
        .cluster()
        .pods
        .keys()
        .find(|pod| pod.name.starts_with("web"))
        .expect("was made")
        .clone();
    let events = [
        vec![Event::PodUnready(pod.clone())],
        vec![Event::PodDeleted(pod.clone())],
        vec![Event::PodDeleted(pod.clone()), Event::PodRemoved(pod)],
        vec![Event::Scaled {
            kind: Kind::Deployment,
            name: name(),
            replicas: 5,
        }],
        vec![Event::Scaled {
            kind: Kind::Deployment,
            name: name(),
            replicas: 0,
        }],
    ];
    let traces = |world: &Network, to: &str| -> Vec<Trace> {
        let to: Target = to.parse().expect("a target");
        let from: Origin = "node/node-3".parse().expect("an origin");
        let address = |name: &str| {
            world.cluster().services[&ObjectName::new("default", name)]
                .addresses()
                .next()
        };
        let host = Host::Address(address(&to.host.to_string()).expect("it has one"));
        let request = Request {
            from,
            to: Target { host, ..to },
        };
        (0..12)
            .map(|number| trace(world, &request, 0, number).expect("it can be asked"))
            .collect()
    };
    for events in events {
        let next = events
            .iter()
            .fold(before.resolved.clone(), |resolved, event| {
                apply(&resolved, event)
            });
        let next = Network::of(next);
        assert_ne!(
            traces(&before, "http://web"),
            traces(&next, "http://web"),
            "{events:?}"
        );
        let (then, now) = (
            traces(&before, "http://other"),
            traces(&next, "http://other"),
        );
        for (then, now) in then.iter().zip(&now) {
            let ways = |trace: &Trace| {
                trace
                    .hops
                    .iter()
                    .map(|hop| (hop.device.clone(), hop.after))
                    .collect::<Vec<_>>()
            };
            assert_eq!(
                (ways(then), &then.verdict),
                (ways(now), &now.verdict),
                "{events:?}"
            );
        }
    }
}
