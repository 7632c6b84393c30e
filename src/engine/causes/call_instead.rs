//! What to call instead, where the address that was called is at fault and not the cluster.

use std::net::SocketAddr;

use crate::diagnostic::{
    Fault, GatewayFault, HostMiss, IngressConfigFault, LoadBalancerFault, NameFault, PathFault,
    PortFault,
};
use crate::network::{Host, Network, Request, Scheme, Target};
use crate::trace::{Trace, trace as trace_request};

/// The request that the fault suggests, if a connection shows that it is answered.
pub(super) fn of_fault(network: &Network, trace: &Trace, fault: &Fault) -> Option<Request> {
    let to = suggestion(&trace.request.to, fault)?;
    let request = Request {
        from: trace.request.from.clone(),
        to,
    };
    let proof = trace_request(network, &request, 0, 0).ok()?;
    (!proof.is_failure()).then_some(request)
}

fn suggestion(called: &Target, fault: &Fault) -> Option<Target> {
    let named = |name: &str| Target {
        host: Host::Name(name.to_owned()),
        ..called.clone()
    };
    let on_port = |port: u16| Target {
        port,
        ..called.clone()
    };
    // The first of a list: `198.51.100.9:80, 192.168.0.11:30080`.
    let at = |open: &str| {
        let address: SocketAddr = open.split(", ").next()?.parse().ok()?;
        Some(Target {
            host: Host::Address(address.ip()),
            port: address.port(),
            ..called.clone()
        })
    };
    match fault {
        Fault::Path(PathFault::CallerOfOtherFamily { instead, .. }) => Some(Target {
            host: Host::Address(instead.parse().ok()?),
            ..called.clone()
        }),
        Fault::Path(PathFault::ReplyBypassesNode { name, port, .. }) => Some(Target {
            port: *port,
            ..named(name)
        }),
        Fault::Name(NameFault::OwnNameIsServiceName {
            service, namespace, ..
        }) => Some(named(&format!("{service}.{namespace}"))),
        Fault::Path(PathFault::LocalhostMeantService { name, .. }) => Some(named(name)),
        Fault::Path(PathFault::SourceNotInRanges { internal, .. }) if !internal.is_empty() => {
            Some(named(internal))
        }
        Fault::Port(PortFault::ServicePortOnNode { node_port, .. }) => Some(on_port(*node_port)),
        Fault::Port(PortFault::NoSuchNodePort { only, .. }) if *only != 0 => Some(on_port(*only)),
        Fault::Port(PortFault::HeadlessMapsNoPorts { target, .. }) => Some(on_port(*target)),
        Fault::Port(
            PortFault::NodePortCalled { port, .. } | PortFault::TargetPortCalled { port, .. },
        ) => Some(on_port(*port)),
        Fault::Gateway(GatewayFault::RouteOnOtherListener { port, is_tls, .. }) => Some(Target {
            scheme: Some(scheme_of_listener(called, *is_tls)),
            ..on_port(*port)
        }),
        Fault::Path(
            PathFault::ClusterIpFromOutside { open, .. }
            | PathFault::LocalhostIsTheCaller { open, .. },
        )
        | Fault::Port(PortFault::NodePortOnLoopback { open, .. })
        | Fault::LoadBalancer(LoadBalancerFault::SvclbNotOnNode { open, .. }) => at(open),
        _ => meant_name(fault).map(named),
    }
}

/// The scheme of the same request at a listener with TLS or without.
fn scheme_of_listener(called: &Target, is_tls: bool) -> Scheme {
    match (called.scheme, is_tls) {
        (Some(Scheme::Http | Scheme::Https) | None, true) => Scheme::Https,
        (Some(Scheme::Http | Scheme::Https) | None, false) => Scheme::Http,
        (Some(Scheme::Grpc | Scheme::Grpcs), true) => Scheme::Grpcs,
        (Some(Scheme::Grpc | Scheme::Grpcs), false) => Scheme::Grpc,
        (Some(Scheme::Transport(protocol)), true | false) => Scheme::Transport(protocol),
    }
}

/// The name that was meant by the one that was called.
fn meant_name(fault: &Fault) -> Option<&str> {
    match fault {
        Fault::Ingress(IngressConfigFault::HostOfNoRule {
            rule: meant,
            why: HostMiss::Typo | HostMiss::Www,
            ..
        })
        | Fault::Gateway(GatewayFault::HostOfNoRoute {
            pattern: meant,
            why: HostMiss::Typo | HostMiss::Www,
            ..
        })
        | Fault::Name(
            NameFault::NameOfOtherNamespace { meant, .. }
            | NameFault::NameNotOfCluster { meant, .. }
            | NameFault::NameMisspelt { meant, .. }
            | NameFault::MuslDoesNotSearch { meant, .. }
            | NameFault::PodWithoutSearchList { meant, .. }
            | NameFault::PodNameNotPublished { meant, .. }
            | NameFault::NameOfPodOnly { meant, .. }
            | NameFault::NameOfLabelOnly { meant, .. }
            | NameFault::NameOfWorkloadOnly { meant, .. },
        ) => Some(meant),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::causes::of_trace;
    use crate::cluster::config::Config;
    use crate::manifest::Source;
    use crate::resolve::resolve;
    use crate::testing::dedent;

    /// What the causes of a request suggest to call.
    fn suggested(from: &str, to: &str) -> Vec<String> {
        let text = dedent(
            "
            apiVersion: v1
            kind: Namespace
            metadata: {name: data}
            ---
            apiVersion: v1
            kind: Service
            metadata: {name: db, namespace: data}
            spec: {type: NodePort, selector: {app: db}, ports: [{port: 5432, targetPort: 8080, nodePort: 30432}]}
            ---
            apiVersion: v1
            kind: Service
            metadata: {name: nobody, namespace: data}
            spec: {selector: {app: nobody}, ports: [{port: 80}]}
            ---
            apiVersion: v1
            kind: Pod
            metadata: {name: db-0, namespace: data, labels: {app: db}}
            spec: {containers: [{name: c, image: postgres, ports: [{containerPort: 8080}]}]}
            ---
            apiVersion: v1
            kind: Pod
            metadata: {name: app}
            spec: {containers: [{name: c, image: busybox}]}
            ",
        );
        let network = Network::of(resolve(&Source::read(&text), &Config::default()));
        let request = Request {
            from: from.parse().expect("an origin"),
            to: to.parse().expect("a target"),
        };
        let trace = trace_request(&network, &request, 0, 0).expect("the origin has an address");
        let causes = of_trace(&network, &trace);
        let calls = causes.iter().filter_map(|cause| cause.call.as_ref());
        calls.map(|call| call.to.to_string()).collect()
    }

    #[test]
    fn a_name_of_another_namespace_is_called_in_full() {
        assert_eq!(
            suggested("pod/app", "http://db:5432/x"),
            ["http://db.data.svc.cluster.local:5432/x"]
        );
    }

    #[test]
    fn a_port_that_the_service_does_not_have_is_put_right() {
        assert_eq!(
            suggested("pod/app", "tcp://db.data:8080"),
            ["tcp://db.data:5432"]
        );
        assert_eq!(
            suggested("client", "tcp://192.168.0.11:5432"),
            ["tcp://192.168.0.11:30432"]
        );
        // In the range of node ports, and of no Service; a port below the range may be anything.
        assert_eq!(
            suggested("client", "tcp://192.168.0.11:30433"),
            ["tcp://192.168.0.11:30432"]
        );
        assert_eq!(suggested("client", "tcp://192.168.0.11:29999"), [""; 0]);
    }

    #[test]
    fn a_name_that_is_taken_for_one_outside_is_called_by_its_right_name() {
        assert_eq!(
            suggested("pod/app", "tcp://db.data.svc.cluster.locl:5432"),
            ["tcp://db.data.svc.cluster.local:5432"]
        );
        assert_eq!(suggested("pod/app", "http://db.example.com"), [""; 0]);
    }

    #[test]
    fn a_service_is_suggested_for_localhost() {
        assert_eq!(
            suggested("pod/app", "tcp://localhost:5432"),
            ["tcp://db.data:5432"]
        );
        // The pod that has the port calls itself.
        assert_eq!(suggested("pod/data/db-0", "tcp://localhost:5432"), [""; 0]);
    }

    #[test]
    fn what_would_fail_as_well_is_not_suggested() {
        assert_eq!(suggested("pod/app", "http://nobody"), [""; 0]);
    }
}
