//! Why policies stop a connection: what isolates the pod, and the rule that almost allows it.

use std::net::{IpAddr, SocketAddr};

use ipnet::IpNet;

use super::pods::{PodsByNamespace, selector};
use super::{dns, list_of, policies, ports, selection};
use crate::causes::called_service::CalledService;
use crate::causes::cause::{Cause, Evidence};
use crate::causes::survey::Survey;
use crate::cluster::object::{NetworkPolicy, Pod, TargetPort};
use crate::diagnostic::{Fault, Fix, PolicyFault, RuleField, RuleMiss};
use crate::kinds::Kind;
use crate::manifest::tree::FieldPath;
use crate::manifest::yaml_quote::quoted;
use crate::names::{ObjectName, PolicyType, Protocol};
use crate::network::Network;
use crate::policy::{Decision, FieldMatch, Miss, Peer, Port};
use crate::resolve::Stored;
use crate::trace::{Direction, Reason, Trace, Verdict};

/// The label with its name that every namespace has.
const NAME_LABEL: &str = "kubernetes.io/metadata.name";

/// The causes of a connection that a policy stopped, most specific first.
pub(in crate::causes) fn of_trace(survey: &Survey, network: &Network, trace: &Trace) -> Vec<Cause> {
    let Some((pod, decision)) = decision_of(network, trace) else {
        return Vec::new();
    };
    let mut causes = Vec::new();
    if let Verdict::LookupFailed { .. } = trace.verdict {
        causes.extend(forgets_dns(network, pod, &decision));
    }
    let mut misses = decision.nearest_misses.iter();
    let rewritten = misses.find_map(|miss| {
        let cause = sees_another_address(network, trace, decision.direction, miss)?;
        Some((miss, cause))
    });
    let mut misses = decision.nearest_misses.iter();
    let of_port = misses.find_map(|miss| {
        let cause = allows_service_port(network, trace, decision.direction, miss)?;
        Some((miss, cause))
    });
    // The addresses are more specific than the ports.
    let (meant, found) = rewritten.or(of_port).unzip();
    causes.extend(found);
    if let Some(miss) = meant.or(decision.nearest_misses.first()) {
        causes.extend(nearest_rule(network, trace, &decision, miss));
    }
    causes.extend(of_other_namespace(survey, pod, decision.direction));
    causes.extend(isolated(network, trace, &decision));
    causes
}

/// A policy with rules for the pod's labels that selects nothing, because it is in another namespace.
fn of_other_namespace(survey: &Survey, pod: &Pod, direction: PolicyType) -> Option<Cause> {
    let pods = PodsByNamespace::of(&survey.resolved.cluster);
    let mut policies = policies(survey);
    policies.find_map(|(stored, policy)| {
        let rules = policy.rules(direction)?;
        let subjects = selector(&policy.spec.pod_selector);
        let is_meant = policy.metadata.namespace != pod.metadata.namespace
            && !rules.is_empty()
            && !subjects.to_string().is_empty()
            && subjects.matches(&pod.metadata.labels);
        selection::check(survey, &pods, stored, policy).filter(|_| is_meant)
    })
}

/// Whether policies stopped a packet of the connection.
pub(in crate::causes) fn stops(trace: &Trace) -> bool {
    trace.hops.iter().any(|hop| {
        matches!(
            hop.reason,
            Reason::PolicyDrops { .. } | Reason::PolicyDepends { passes: false, .. }
        )
    })
}

/// The pod whose policies stopped the connection, and the decision, made anew from the hop.
fn decision_of<'a>(network: &'a Network, trace: &Trace) -> Option<(&'a Pod, Decision)> {
    let hop = trace.hops.iter().rev().find(|hop| {
        matches!(
            hop.reason,
            Reason::PolicyDrops { .. } | Reason::PolicyDepends { passes: false, .. }
        )
    })?;
    let (direction, from, to) = match &hop.reason {
        Reason::PolicyDrops {
            direction,
            from,
            to,
            ..
        }
        | Reason::PolicyDepends {
            direction,
            from,
            to,
            ..
        } => (*direction, *from, *to),
        _ => return None,
    };
    decide(network, direction, (from, to), hop.before.protocol)
}

fn decide(
    network: &Network,
    direction: PolicyType,
    (from, to): (SocketAddr, SocketAddr),
    protocol: Protocol,
) -> Option<(&Pod, Decision)> {
    let (own, other) = match direction {
        PolicyType::Egress => (from, to),
        PolicyType::Ingress => (to, from),
    };
    let pod = network.pod_at(own.ip())?;
    let peer = Peer {
        address: other.ip(),
        owner: network.owner(other, protocol),
    };
    let port = Port {
        protocol,
        number: to.port(),
    };
    Some((pod, network.policies().explain(direction, pod, &peer, port)))
}

fn find<'a>(network: &'a Network, name: &ObjectName) -> Option<(&'a Stored, &'a NetworkPolicy)> {
    let stored = network.resolved.get(Kind::NetworkPolicy, name)?;
    let policy = network.cluster().network_policies.get(name)?;
    Some((stored, policy))
}

/// The policies of the client allow something, and not the name server.
fn forgets_dns(network: &Network, pod: &Pod, decision: &Decision) -> Option<Cause> {
    let is_egress = decision.direction == PolicyType::Egress;
    let miss = decision.nearest_misses.first().filter(|_| is_egress)?;
    let (stored, policy) = find(network, &miss.policy)?;
    Some(dns::forgets(stored, policy, pod))
}

/// A rule differs in the port only, and one of its ports is that of the Service which was called.
fn allows_service_port(
    network: &Network,
    trace: &Trace,
    direction: PolicyType,
    miss: &Miss,
) -> Option<Cause> {
    let mut wrong = miss.mismatches();
    let (part, None) = (wrong.next()?, wrong.next()) else {
        return None;
    };
    if part.field != RuleField::Port {
        return None;
    }
    let called = CalledService::of(network.cluster(), trace)?;
    let service = network.cluster().services.get(called.service)?;
    let found: u16 = part.found.parse().ok()?;
    let (stored, policy) = find(network, &miss.policy)?;
    let rule = policy.rules(direction)?.get(miss.rule)?;
    let index = rule.ports.iter().position(|own| {
        let is_number = own.port == Some(TargetPort::Number(called.port));
        is_number && own.end_port.is_none() && own.protocol == called.protocol
    })?;
    let list = list_of(direction);
    let path = format!("spec.{list}[{}].ports[{index}].port", miss.rule);
    let numbers = (service, called.port, found);
    Some(ports::allows_service_port(stored, policy, &path, numbers))
}

/// An `ipBlock` that has the address which was called, or the client's: policies see what the rewrites of a Service leave.
fn sees_another_address(
    network: &Network,
    trace: &Trace,
    direction: PolicyType,
    miss: &Miss,
) -> Option<Cause> {
    let mut wrong = miss
        .mismatches()
        .filter(|part| part.field == RuleField::IpBlock);
    let part = wrong.next()?;
    let block: IpNet = part.wanted.parse().ok()?;
    let mut hops = trace.hops.iter();
    let first = hops.find(|hop| hop.direction == Direction::Request)?.before;
    let (stored, policy) = find(network, &miss.policy)?;
    let called = trace.service.as_ref();
    let called = called.or_else(|| Some(CalledService::of(network.cluster(), trace)?.service));
    let service = called?.name.to_string();
    let policy = policy.metadata.name.to_string();
    let found = part.found.clone();
    let mut fix = None;
    let fault = match direction {
        PolicyType::Egress if block.contains(&first.destination.ip()) => {
            let is_pod = is_on_pod_network(network, &found);
            if !is_pod && block.prefix_len() == block.max_prefix_len() {
                fix = allowing(stored, part);
            }
            Fault::Policy(PolicyFault::PolicyAllowsClusterIp {
                policy,
                service,
                block: part.wanted.clone(),
                found,
                is_pod,
            })
        }
        PolicyType::Ingress if block.contains(&first.source.ip()) => {
            Fault::Policy(PolicyFault::PolicySeesNode {
                policy,
                service,
                client: first.source.ip().to_string(),
                found,
            })
        }
        PolicyType::Egress | PolicyType::Ingress => return None,
    };
    let evidence = vec![Evidence::of(stored, &part.path)];
    Some(Cause::certain(fault, evidence).with_fix(fix))
}

/// Whether an address is one of a pod that has its own: selectors match only those.
fn is_on_pod_network(network: &Network, address: &str) -> bool {
    let address: Option<IpAddr> = address.parse().ok();
    let pod = address.and_then(|address| network.pod_at(address));
    pod.is_some_and(|pod| !pod.spec.host_network)
}

/// The address that the packet has, in place of the only one of a block.
fn allowing(stored: &Stored, part: &FieldMatch) -> Option<Fix> {
    let address: IpAddr = part.found.parse().ok()?;
    let text = IpNet::from(address).to_string();
    let span = stored.span(&part.path)?;
    Some(Fix {
        span,
        text: quoted(&text),
    })
}

/// What of the nearest rule does not match.
fn nearest_rule(
    network: &Network,
    trace: &Trace,
    decision: &Decision,
    miss: &Miss,
) -> Option<Cause> {
    let (stored, policy) = find(network, &miss.policy)?;
    let part = miss.mismatches().next()?;
    let asks_for_pod = match part.field {
        RuleField::PodSelector | RuleField::NamespaceSelector | RuleField::OwnNamespace => true,
        RuleField::Protocol | RuleField::Port | RuleField::IpBlock | RuleField::Except => false,
    };
    let outside: Option<IpAddr> = part.found.parse().ok().filter(|_| asks_for_pod);
    let on_host = outside.and_then(|address| on_host_network(network, trace, address));
    let fault = Fault::Policy(PolicyFault::PolicyNearestRule {
        pod: decision.pod.name.to_string(),
        direction: decision.direction,
        policy: policy.metadata.name.to_string(),
        rule: format!("spec.{}[{}]", list_of(decision.direction), miss.rule),
        miss: match (outside, on_host) {
            (Some(_), Some(_)) => RuleMiss::HostNetwork,
            (Some(_), None) => RuleMiss::Outside,
            (None, _) => RuleMiss::Field(part.field),
        },
        wanted: part.wanted.clone(),
        found: match on_host {
            Some(pod) => format!("{} ({})", pod.metadata.name, part.found),
            None => part.found.clone(),
        },
        differences: miss.mismatches().count(),
    });
    let evidence = miss
        .mismatches()
        .map(|part| Evidence::of(stored, &part.path));
    let fix = namespace_label(stored, part);
    Some(Cause::certain(fault, evidence.collect()).with_fix(fix))
}

/// The pod on the host's network that the connection comes from, if that is why the packet has the address of a node.
fn on_host_network<'a>(network: &'a Network, trace: &Trace, address: IpAddr) -> Option<&'a Pod> {
    let mut requests = (trace.hops.iter().rev()).filter(|hop| hop.direction == Direction::Request);
    let last = requests.find_map(|hop| network.cluster().pod(hop.device.pod()?))?;
    let is_on_host = last.spec.host_network && last.addresses().any(|own| own == address);
    is_on_host.then_some(last)
}

/// A label `name` that the namespace does not have, where every namespace has `kubernetes.io/metadata.name`: the edit of its key.
fn namespace_label(stored: &Stored, part: &FieldMatch) -> Option<Fix> {
    let name = part.wanted.strip_prefix("name=")?;
    let own = part.found.strip_prefix(NAME_LABEL)?.strip_prefix('=')?;
    if part.field != RuleField::NamespaceSelector || name != own {
        return None;
    }
    let selector = stored.tree.nearest(&FieldPath::from(part.path.as_str()));
    let key = selector.get("matchLabels")?.entry("name")?;
    Some(Fix {
        span: key.key_span.shifted(stored.written?.origin),
        text: NAME_LABEL.to_owned(),
    })
}

/// What isolates the pod.
fn isolated(network: &Network, trace: &Trace, decision: &Decision) -> Option<Cause> {
    let found = decision
        .selecting
        .iter()
        .filter_map(|name| find(network, name));
    let stored: Vec<&Stored> = found.map(|(stored, _)| stored).collect();
    let evidence = stored
        .iter()
        .map(|stored| Evidence::of(stored, "spec.podSelector"));
    let has_rules = !decision.nearest_misses.is_empty();
    let is_question = matches!(trace.verdict, Verdict::LookupFailed { .. });
    let fix = match (is_question, has_rules, decision.direction) {
        (true, false, PolicyType::Egress) => dns::one_more_policy(stored.first()?),
        (true | false, true | false, PolicyType::Egress | PolicyType::Ingress) => None,
    };
    let names = decision.selecting.iter().map(|name| name.name.as_str());
    let fault = Fault::Policy(PolicyFault::PolicyIsolates {
        pod: decision.pod.name.to_string(),
        direction: decision.direction,
        policies: names.collect::<Vec<_>>().join(", "),
        has_rules,
    });
    Some(Cause::certain(fault, evidence.collect()).with_fix(fix))
}
