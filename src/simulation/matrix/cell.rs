//! One cell: the connections from a caller to a port of a Service.

use std::net::{IpAddr, SocketAddr};

use kubehop_engine::cluster::object::{LoadBalancerIngress, Service, ServiceType};
use kubehop_engine::names::Family;
use kubehop_engine::network::{
    Host, Masquerade, Network, Origin, Reason, Request, Scheme, Target, Verdict,
};
use kubehop_engine::trace::{Direction, RuleLines, Trace, outcomes};

use super::{ByNode, CalledPort, Caller, CellStateAnswer, MatrixCellAnswer};
use crate::simulation::convert;
use crate::view::i18n::Catalogue;

/// The seed of every draw: the outcomes at each endpoint do not depend on it.
const SEED: u64 = 0;

/// At most so many nodes are called at a node port.
const NODES: usize = 8;

/// What became of the connections of a cell.
#[derive(Clone, Debug, PartialEq)]
pub struct Cell {
    /// The worst of their states.
    pub state: CellState,
    /// The share of connections that end in that state, from 0 to 1.
    pub share: f64,
    /// A connection that ends so; `None` if there is no address to call.
    pub example: Option<Example>,
}

/// A connection of a cell.
#[derive(Clone, Debug, PartialEq)]
pub struct Example {
    /// Who calls what.
    pub request: Request,
    /// How it ends.
    pub verdict: Verdict,
}

/// How a connection ends, the best first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum CellState {
    /// It is answered.
    Answered,
    /// What decides is not in the manifests: the network plugin, an object that is not simulated, a port that no
    /// container declares.
    Unknown,
    /// The name has no address.
    NoName,
    /// The client learns at once that it is refused.
    Refused,
    /// Nothing comes back.
    Timeout,
}

impl CellState {
    /// How the front door answers it.
    pub fn answer(self) -> CellStateAnswer {
        match self {
            CellState::Answered => CellStateAnswer::Answered,
            CellState::Unknown => CellStateAnswer::Unknown,
            CellState::NoName => CellStateAnswer::NoName,
            CellState::Refused => CellStateAnswer::Refused,
            CellState::Timeout => CellStateAnswer::Timeout,
        }
    }

    fn of(trace: &Trace) -> CellState {
        match &trace.verdict {
            _ if depends_on_plugin(trace) => CellState::Unknown,
            Verdict::Answered { .. }
            | Verdict::AnsweredOutside { .. }
            | Verdict::Redirected { .. }
            | Verdict::HttpError { .. } => CellState::Answered,
            Verdict::AnsweredUnless { .. }
            | Verdict::ControllerDecides { .. }
            | Verdict::Unknown { .. } => CellState::Unknown,
            Verdict::Refused { .. }
            | Verdict::Unreachable { .. }
            | Verdict::IngressUnreachable { .. } => CellState::Refused,
            Verdict::TimedOut { .. } | Verdict::LookupFailed { .. } => CellState::Timeout,
            Verdict::NoSuchName { .. } => CellState::NoName,
        }
    }
}

/// Whether the network plugin decides over the connection itself, not over one of its questions.
fn depends_on_plugin(trace: &Trace) -> bool {
    trace.hops.iter().any(|hop| {
        let decides = matches!(hop.reason, Reason::PolicyDepends { .. });
        decides && hop.direction == Direction::Request
    })
}

impl Cell {
    /// The answer of the front door.
    pub(super) fn answer(&self, words: &Catalogue) -> MatrixCellAnswer {
        let example = self.example.as_ref();
        MatrixCellAnswer {
            state: self.state.answer(),
            share: self.share,
            from: example.map(|own| own.request.from.to_string()),
            to: example.map(|own| own.request.to.to_string()),
            verdict: example.map(|own| convert::statement(&own.verdict, words)),
        }
    }
}

/// Opens every connection of a cell.
pub(super) fn walk(network: &Network, caller: &Caller, port: &CalledPort) -> Cell {
    let mut ends: Vec<End> = Vec::new();
    for origin in &caller.origins {
        let own = ends_of(network, origin, port);
        let is_alike = port.by_node == ByNode::No && !own.iter().any(|end| end.is_by_node);
        ends.extend(own);
        if is_alike {
            break;
        }
    }
    worst(ends)
}

/// How one connection of a cell can end.
struct End {
    state: CellState,
    probability: f64,
    /// Whether it can end otherwise from another node.
    is_by_node: bool,
    example: Example,
}

/// The ends of the connections from one origin.
fn ends_of(network: &Network, origin: &Origin, port: &CalledPort) -> Vec<End> {
    let mut ends = Vec::new();
    for request in requests(network, origin, port) {
        // An origin without an address of the family that is called opens no connection.
        for outcome in outcomes(network, &request, SEED, RuleLines::LeftOut).unwrap_or_default() {
            ends.push(End {
                state: CellState::of(&outcome.trace),
                probability: outcome.probability,
                is_by_node: is_by_node(&outcome.trace),
                example: Example {
                    request: request.clone(),
                    verdict: outcome.trace.verdict,
                },
            });
        }
    }
    ends
}

/// Whether the node matters to a connection: it is masqueraded, or the network plugin decides.
fn is_by_node(trace: &Trace) -> bool {
    trace.hops.iter().any(|hop| match hop.reason {
        Reason::Dnat { masquerade, .. } => masquerade != Masquerade::No,
        Reason::PolicyDepends { .. } => true,
        _ => false,
    })
}

/// The worst state of some ends, with its share and the first example.
fn worst(ends: Vec<End>) -> Cell {
    let Some(state) = ends.iter().map(|end| end.state).max() else {
        return Cell {
            state: CellState::Unknown,
            share: 1.0,
            example: None,
        };
    };
    let total: f64 = ends.iter().map(|end| end.probability).sum();
    let mut share = 0.0;
    let mut example = None;
    for end in ends.into_iter().filter(|end| end.state == state) {
        share += end.probability / total;
        example.get_or_insert(end.example);
    }
    Cell {
        state,
        share: share.min(1.0),
        example,
    }
}

/// The connections from one origin, each as likely as the others.
fn requests(network: &Network, from: &Origin, port: &CalledPort) -> Vec<Request> {
    let Some(service) = network.cluster().services.get(&port.service) else {
        return Vec::new();
    };
    let hosts = match from {
        Origin::Outside(_) => from_outside(network, service, port),
        Origin::Pod(_) | Origin::Node(_) => vec![(by_name(service), port.port)],
    };
    let requests = hosts.into_iter().map(|(host, number)| Request {
        from: from.clone(),
        to: Target {
            scheme: Some(Scheme::Transport(port.protocol)),
            host,
            port: number,
            path: String::new(),
            method: String::new(),
            headers: Vec::new(),
        },
    });
    requests.collect()
}

/// The Service by its name and namespace, which no pod has as its own host name.
fn by_name(service: &Service) -> Host {
    let (name, namespace) = (&service.metadata.name, &service.metadata.namespace);
    Host::Name(format!("{name}.{namespace}"))
}

/// How a Service is called from outside: by the addresses of its load balancer, its external addresses, or its node port
/// on each node; else by an address inside, which leads nowhere.
fn from_outside(network: &Network, service: &Service, port: &CalledPort) -> Vec<(Host, u16)> {
    let at = |address: IpAddr| (Host::Address(address), port.port);
    let ingress = service.status.load_balancer.ingress.iter();
    let balanced = ingress.flat_map(LoadBalancerIngress::addresses);
    let balanced: Vec<_> = balanced
        .chain(service.spec.external_ips.iter().copied())
        .collect();
    if !balanced.is_empty() {
        return balanced.into_iter().map(at).collect();
    }
    let mut ports = service.spec.ports.iter();
    let own = ports.find(|own| own.port == port.port && own.protocol == port.protocol);
    if let Some(own) = own.filter(|own| own.node_port > 0) {
        let family = service.addresses().next().map_or(Family::V4, Family::of);
        let nodes = network.cluster().nodes.values().take(NODES);
        let addresses = nodes.filter_map(|node| node.address(family));
        return addresses
            .map(|address| (Host::Address(address), own.node_port))
            .collect();
    }
    if service.spec.service_type == ServiceType::ExternalName {
        return Vec::new();
    }
    let endpoints: Vec<SocketAddr> = network.ready_endpoints(service, port.port);
    let pod = endpoints
        .first()
        .map(|endpoint| (Host::Address(endpoint.ip()), endpoint.port()));
    let own = service.addresses().next().map(at);
    own.or(pod).into_iter().collect()
}
