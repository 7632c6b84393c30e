//! What can be expected, in the words of the file.

use std::fmt;
use std::net::{IpAddr, SocketAddr};
use std::str::FromStr;

use kubehop_engine::cluster::Cluster;
use kubehop_engine::kinds::Kind;
use kubehop_engine::names::{DEFAULT_NAMESPACE, Family, ObjectName};
use kubehop_engine::trace::{CLIENT, Origin};

/// One condition of an expectation.
#[derive(Clone, Debug, PartialEq)]
pub enum Wanted {
    /// An answer from any pod, node or host.
    Answered,
    /// An answer from this pod, node or host.
    AnsweredBy(Answerer),
    /// The source address of the packet as it arrives.
    SourceSeen(SeenSource),
    /// Connection refused.
    Refused,
    /// No answer at all.
    TimedOut,
    /// The name cannot be resolved.
    NoSuchName,
    /// The name server cannot be asked.
    LookupFailed,
    /// The status of the HTTP answer.
    Status(u16),
    /// How many pods answer, of all that the connections reach.
    Pods(usize),
    /// The share of connections that this one answers, in percent.
    Share(Answerer, f64),
    /// A command prints a line that contains this text.
    Prints(String),
    /// A command prints no line that contains this text.
    PrintsNot(String),
}

impl fmt::Display for Wanted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Wanted::Answered => f.write_str("answered"),
            Wanted::AnsweredBy(by) => write!(f, "answered by {by}"),
            Wanted::SourceSeen(source) => write!(f, "source seen {source}"),
            Wanted::Refused => f.write_str("refused"),
            Wanted::TimedOut => f.write_str("timeout"),
            Wanted::NoSuchName => f.write_str("no such name"),
            Wanted::LookupFailed => f.write_str("lookup failed"),
            Wanted::Status(status) => write!(f, "status {status}"),
            Wanted::Pods(count) => write!(f, "pods {count}"),
            Wanted::Share(by, percent) => write!(f, "share {by} {percent}%"),
            Wanted::Prints(text) => write!(f, "prints {text}"),
            Wanted::PrintsNot(text) => write!(f, "prints not {text}"),
        }
    }
}

/// Who answers: `pod/web`, `deployment/web`, `node/node-1`, `10.244.0.5`, `10.244.0.5:8080`, `outside`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answerer {
    /// This pod.
    Pod(ObjectName),
    /// A pod of this workload.
    Workload(Kind, ObjectName),
    /// A pod or a process on this node.
    Node(String),
    /// The pod, node or host with this address.
    Address(IpAddr),
    /// The pod, node or host with this address, on this port.
    Endpoint(SocketAddr),
    /// Something outside the cluster.
    Outside,
}

impl fmt::Display for Answerer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Answerer::Pod(pod) => write!(f, "pod/{}", short(pod)),
            Answerer::Workload(kind, name) => {
                write!(f, "{}/{}", kind.name().to_ascii_lowercase(), short(name))
            }
            Answerer::Node(node) => write!(f, "node/{node}"),
            Answerer::Address(address) => write!(f, "{address}"),
            Answerer::Endpoint(endpoint) => write!(f, "{endpoint}"),
            Answerer::Outside => f.write_str("outside"),
        }
    }
}

fn short(name: &ObjectName) -> String {
    if name.namespace == DEFAULT_NAMESPACE {
        name.name.to_string()
    } else {
        name.to_string()
    }
}

impl FromStr for Answerer {
    type Err = ();

    fn from_str(text: &str) -> Result<Answerer, ()> {
        if text == "outside" {
            return Ok(Answerer::Outside);
        }
        if let Ok(address) = text.parse() {
            return Ok(Answerer::Address(address));
        }
        if let Ok(endpoint) = text.parse() {
            return Ok(Answerer::Endpoint(endpoint));
        }
        let (kind, name) = text.split_once('/').ok_or(())?;
        let kind = Kind::called(kind).ok_or(())?;
        let (namespace, name) = name.split_once('/').unwrap_or((DEFAULT_NAMESPACE, name));
        if name.is_empty() {
            return Err(());
        }
        let name = ObjectName::new(namespace, name);
        match kind {
            Kind::Pod => Ok(Answerer::Pod(name)),
            Kind::Node => Ok(Answerer::Node(name.name.to_string())),
            kind if kind.makes_pods() => Ok(Answerer::Workload(kind, name)),
            _ => Err(()),
        }
    }
}

impl Answerer {
    /// Whether it is this pod (`None` for what is no pod), which has this address.
    pub(super) fn is(
        &self,
        cluster: &Cluster,
        pod: Option<&ObjectName>,
        endpoint: SocketAddr,
    ) -> bool {
        match self {
            Answerer::Pod(wanted) => pod == Some(wanted),
            Answerer::Workload(kind, name) => {
                pod.is_some_and(|pod| is_pod_of(cluster, pod, *kind, name))
            }
            Answerer::Node(node) => {
                let pod = pod.and_then(|pod| cluster.pod(pod));
                let node = cluster.nodes.get(node.as_str());
                match (pod, node) {
                    (Some(pod), Some(node)) => pod.spec.node_name == node.name(),
                    (None, Some(node)) => node.addresses().any(|own| own == endpoint.ip()),
                    (_, None) => false,
                }
            }
            Answerer::Address(address) => endpoint.ip() == *address,
            Answerer::Endpoint(wanted) => endpoint == *wanted,
            Answerer::Outside => false,
        }
    }
}

/// Whether a pod belongs to a workload. A Deployment owns its pods through a ReplicaSet, a CronJob through a Job, whose
/// name is its own with one more part.
fn is_pod_of(cluster: &Cluster, pod: &ObjectName, kind: Kind, name: &ObjectName) -> bool {
    let Some(pod) = cluster.pod(pod).filter(|_| pod.namespace == name.namespace) else {
        return false;
    };
    pod.metadata.owner_references.iter().any(|owner| {
        let (between, own) = match kind {
            Kind::Deployment => ("ReplicaSet", false),
            Kind::CronJob => ("Job", false),
            _ => (kind.name(), true),
        };
        let owner_name = match owner.name.rsplit_once('-') {
            Some((before, _)) if !own => before,
            Some(_) | None => owner.name.as_str(),
        };
        owner.kind == between && owner_name == name.name
    })
}

/// Whose address is seen as source: `client`, `pod/web`, `node/node-1` (any address of the node), or an address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SeenSource(pub(crate) Origin);

impl fmt::Display for SeenSource {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0)
    }
}

impl SeenSource {
    /// Whether this address is one of its own.
    pub(super) fn has(&self, cluster: &Cluster, address: IpAddr) -> bool {
        match &self.0 {
            Origin::Outside(CLIENT) => address == CLIENT,
            Origin::Outside(own) => address == *own,
            Origin::Pod(pod) => {
                let pod = cluster.pod(pod);
                pod.is_some_and(|pod| pod.addresses().any(|own| own == address))
            }
            Origin::Node(node) => cluster.nodes.get(node.as_str()).is_some_and(|node| {
                let bridge = node.bridge_address(Family::of(address));
                bridge == Some(address) || node.addresses().any(|own| own == address)
            }),
        }
    }
}
