//! Looks up names: `_port._protocol.service.namespace.svc.zone`, `endpoint.service.namespace.svc.zone`,
//! `1-2-3-4.namespace.pod.zone` (coredns `plugin/kubernetes/parse.go`, `kubernetes.go`).

use std::net::IpAddr;

use super::index::ready;
use super::{Asked, Dns, PodMode, name};
use crate::cluster::object::{Endpoint, EndpointSlice, Service, ServiceType, SlicePort};
use crate::names::ObjectName;

/// The maximum length of a DNS label. Endpoints of pods with longer names are named by address.
const LABEL_LENGTH: usize = 63;

/// The name does not exist.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct NoSuchName;

/// An entry found for a name.
pub(super) struct NameEntry {
    /// The target name of SRV records.
    pub owner: String,
    /// The address, or the CNAME target.
    pub host: EntryTarget,
    /// The port; `None` if the entry has no ports.
    pub port: Option<u16>,
}

/// The destination of an entry.
pub(super) enum EntryTarget {
    /// An IP address.
    Address(IpAddr),
    /// A domain name (CNAME).
    Name(String),
}

/// A parsed name below `svc` or `pod` and a namespace.
struct ParsedName {
    kind: NameKind,
    namespace: String,
    /// The Service's name, or the pod's address with dashes; `None` if the name is the namespace itself.
    object: Option<String>,
    part: NamePart,
}

enum NameKind {
    Service,
    Pod,
}

/// The labels before the Service.
enum NamePart {
    Whole,
    Endpoint(String),
    Port { name: String, protocol: String },
}

impl NamePart {
    /// Whether a port matches; an empty name or protocol matches any.
    fn has_port(&self, name: &str, protocol: &str) -> bool {
        match self {
            NamePart::Whole | NamePart::Endpoint(_) => true,
            NamePart::Port {
                name: asked,
                protocol: of,
            } => {
                let is =
                    |asked: &str, has: &str| asked.is_empty() || asked.eq_ignore_ascii_case(has);
                is(asked, name) && is(of, protocol)
            }
        }
    }

    /// Whether an endpoint matches.
    fn has_endpoint(&self, hostname: &str) -> bool {
        match self {
            NamePart::Whole | NamePart::Port { .. } => true,
            NamePart::Endpoint(asked) => asked.eq_ignore_ascii_case(hostname),
        }
    }
}

/// Parses a name. `None` for the zone itself, `svc` and `pod`, which exist without records.
fn parse_name(labels: &[String]) -> Result<Option<ParsedName>, NoSuchName> {
    let (kind, above) = match labels.split_last() {
        None => return Ok(None),
        Some((kind, above)) if kind == "svc" => (NameKind::Service, above),
        Some((kind, above)) if kind == "pod" => (NameKind::Pod, above),
        Some(_) => return Err(NoSuchName),
    };
    let (object, part, namespace) = match above {
        [] => return Ok(None),
        [namespace] => (None, NamePart::Whole, namespace),
        [object, namespace] => (Some(object), NamePart::Whole, namespace),
        [endpoint, object, namespace] => (
            Some(object),
            NamePart::Endpoint(endpoint.clone()),
            namespace,
        ),
        [port, protocol, object, namespace] => {
            let bare = |label: &String| label.strip_prefix('_').unwrap_or(label).to_owned();
            (
                Some(object),
                NamePart::Port {
                    name: bare(port),
                    protocol: bare(protocol),
                },
                namespace,
            )
        }
        [_, _, _, _, _, ..] => return Err(NoSuchName),
    };
    Ok(Some(ParsedName {
        kind,
        namespace: namespace.clone(),
        object: object.cloned(),
        part,
    }))
}

impl Dns<'_> {
    /// The entries of a name in a zone.
    pub(super) fn records_at(&self, asked: Asked) -> Result<Vec<NameEntry>, NoSuchName> {
        let Some(request) = parse_name(&name::labels_above(asked.name, asked.zone))? else {
            return Ok(Vec::new());
        };
        if !self.shows(&request.namespace) {
            return Err(NoSuchName);
        }
        match request.kind {
            NameKind::Pod => self.pod(&request, asked.zone),
            NameKind::Service => self.service(&request, asked.zone),
        }
    }

    /// The names of an address: of the Service with this cluster IP, else of all endpoints with this address.
    pub(super) fn names_of(&self, address: IpAddr) -> Vec<String> {
        let is_reverse = |zone: &&String| name::is_within(zone, "arpa");
        let zone = self.corefile.zones.iter().find(|zone| !is_reverse(zone));
        let zone = name::absolute(zone.map_or("", String::as_str));
        let is_shown =
            |id: &ObjectName| self.corefile.namespaces.is_empty() || self.shows(&id.namespace);
        let service = self.index.service_at(address).map(Service::id);
        if let Some(id) = service.filter(is_shown) {
            return vec![service_name(&id, &zone)];
        }
        let mut names: Vec<String> = Vec::new();
        for (service, endpoint) in self.index.endpoints_at(address) {
            let name = format!(
                "{}.{}",
                self.hostname(endpoint, &address.to_string()),
                service_name(service, &zone)
            );
            if is_shown(service) && !names.contains(&name) {
                names.push(name);
            }
        }
        names
    }

    /// Whether the namespace exists and is exposed.
    fn shows(&self, namespace: &str) -> bool {
        let shown = &self.corefile.namespaces;
        (shown.is_empty() || shown.contains(namespace))
            && self.index.cluster.namespaces.contains_key(namespace)
    }

    fn pod(&self, request: &ParsedName, zone: &str) -> Result<Vec<NameEntry>, NoSuchName> {
        let written = match (self.corefile.pods, &request.object) {
            (PodMode::Disabled, _) => return Err(NoSuchName),
            (PodMode::Insecure | PodMode::Verified, None) => return Ok(Vec::new()),
            (PodMode::Insecure | PodMode::Verified, Some(name)) => name,
        };
        let is_ipv4 = written.matches('-').count() == 3 && !written.contains("--");
        let text = written.replace('-', if is_ipv4 { "." } else { ":" });
        let address: IpAddr = text.parse().map_err(|_| NoSuchName)?;
        let exists = match self.corefile.pods {
            PodMode::Disabled => false,
            PodMode::Insecure => true,
            PodMode::Verified => {
                let mut pods = self.index.pods_at(address).iter();
                text == address.to_string()
                    && pods.any(|pod| pod.metadata.namespace == request.namespace)
            }
        };
        let owner = format!("{written}.{}.pod.{zone}", request.namespace);
        let found = NameEntry {
            owner,
            host: EntryTarget::Address(address),
            port: Some(0),
        };
        exists.then(|| vec![found]).ok_or(NoSuchName)
    }

    fn service(&self, request: &ParsedName, zone: &str) -> Result<Vec<NameEntry>, NoSuchName> {
        let Some(object) = &request.object else {
            return Ok(Vec::new());
        };
        let id = ObjectName::new(request.namespace.as_str(), object.as_str());
        let service = self.index.cluster.services.get(&id).ok_or(NoSuchName)?;
        if self.is_hidden(service) {
            return Err(NoSuchName);
        }
        let has_virtual_address =
            service.spec.service_type != ServiceType::ExternalName && !service.is_headless();
        let found = match &request.part {
            part if service.spec.service_type == ServiceType::ExternalName => {
                external(service, part, zone)
            }
            NamePart::Whole | NamePart::Port { .. } if has_virtual_address => {
                return virtual_addresses(service, &request.part, zone);
            }
            part => self.endpoints(&id, part, zone),
        };
        if found.is_empty() {
            Err(NoSuchName)
        } else {
            Ok(found)
        }
    }

    /// Whether the Service is hidden because it has no ready endpoints (`ignore empty_service`).
    fn is_hidden(&self, service: &Service) -> bool {
        let virtual_address =
            service.spec.service_type != ServiceType::ExternalName && !service.is_headless();
        let empty = || {
            self.index
                .slices(&service.id())
                .iter()
                .all(|slice| ready(slice).next().is_none())
        };
        self.corefile.ignore_empty_service && virtual_address && empty()
    }

    fn endpoints(&self, service: &ObjectName, part: &NamePart, zone: &str) -> Vec<NameEntry> {
        let mut found = Vec::new();
        for slice in self.index.slices(service) {
            for (endpoint, address) in ready(slice) {
                let hostname = self.hostname(endpoint, address);
                if !part.has_endpoint(&hostname) {
                    continue;
                }
                let owner = format!("{hostname}.{}", service_name(service, zone));
                let ports = ports(slice)
                    .into_iter()
                    .filter(|(name, protocol, _)| part.has_port(name, protocol));
                found.extend(ports.map(|(_, _, port)| NameEntry {
                    owner: owner.clone(),
                    host: host(address),
                    port,
                }));
            }
        }
        found
    }

    /// The name of an endpoint: its host name, else its pod's name if configured (`endpoint_pod_names`), else its address
    /// with dashes.
    fn hostname(&self, endpoint: &Endpoint, address: &str) -> String {
        let pod = endpoint
            .target_ref
            .as_ref()
            .map(|reference| reference.name.as_str());
        let pod = pod.filter(|name| {
            self.corefile.endpoint_pod_names && !name.is_empty() && name.len() <= LABEL_LENGTH
        });
        let own = endpoint
            .hostname
            .as_deref()
            .filter(|hostname| !hostname.is_empty());
        own.or(pod).map_or_else(|| dashed(address), str::to_owned)
    }
}

/// An address with dashes. A label cannot end in a dash, so `2001:db8::` gets a zero (since 1.12.4).
fn dashed(address: &str) -> String {
    let end = if address.ends_with(':') { "0" } else { "" };
    address.replace(['.', ':'], "-") + end
}

/// The entry of an ExternalName Service, which has no ports; `None` if its external name is an address.
fn external(service: &Service, part: &NamePart, zone: &str) -> Vec<NameEntry> {
    let host = host(&service.spec.external_name);
    match (part, &host) {
        (NamePart::Whole, EntryTarget::Name(_)) => vec![NameEntry {
            owner: service_name(&service.id(), zone),
            host,
            port: None,
        }],
        (NamePart::Whole | NamePart::Endpoint(_) | NamePart::Port { .. }, _) => Vec::new(),
    }
}

fn virtual_addresses(
    service: &Service,
    part: &NamePart,
    zone: &str,
) -> Result<Vec<NameEntry>, NoSuchName> {
    let owner = service_name(&service.id(), zone);
    let matching = service
        .spec
        .ports
        .iter()
        .filter(|port| part.has_port(&port.name, port.protocol.lower()));
    let ports: Vec<Option<u16>> = if service.spec.ports.is_empty() {
        part.has_port("", "").then_some(None).into_iter().collect()
    } else {
        matching.map(|port| Some(port.port)).collect()
    };
    let at = |port: Option<u16>| {
        let owner = owner.clone();
        service.addresses().map(move |address| NameEntry {
            owner: owner.clone(),
            host: EntryTarget::Address(address),
            port,
        })
    };
    if ports.is_empty() {
        Err(NoSuchName)
    } else {
        Ok(ports.into_iter().flat_map(at).collect())
    }
}

/// Name, protocol and number of a slice's ports, or one empty port for a slice without ports.
fn ports(slice: &EndpointSlice) -> Vec<(&str, &str, Option<u16>)> {
    if slice.ports.is_empty() {
        return vec![("", "", None)];
    }
    let of = |port: &SlicePort| port.protocol.unwrap_or_default().lower();
    slice
        .ports
        .iter()
        .map(|port| (port.name(), of(port), port.port))
        .collect()
}

fn service_name(service: &ObjectName, zone: &str) -> String {
    format!("{}.{}.svc.{zone}", service.name, service.namespace)
}

fn host(text: &str) -> EntryTarget {
    text.parse()
        .map_or_else(|_| EntryTarget::Name(text.to_owned()), EntryTarget::Address)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_name_of_an_address_ends_in_a_dash() {
        assert_eq!(dashed("2001:db8::"), "2001-db8--0");
        assert_eq!(dashed("2001:db8::7"), "2001-db8--7");
        assert_eq!(dashed("10.244.1.5"), "10-244-1-5");
    }
}
