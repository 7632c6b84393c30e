//! What `kubectl apply` makes of the ports of a Service that exists: a merge on the client's side.
//!
//! kubectl finds the entries of `spec.ports` by their merge key, which is `port` alone. It compares the stored list
//! with the written one, sorted by that key, and merges each difference into the first stored entry with its key; an
//! entry beyond the stored ones with its number is therefore merged into the first of them, and takes its place.
//! Source: kubernetes `staging/src/k8s.io/apimachinery/pkg/util/strategicpatch/patch.go` (`diffListsOfMaps`,
//! `mergeSliceWithoutSpecialElements`); `patchMergeKey` of `ServiceSpec.Ports` in `api/core/v1/types.go`.

use std::fmt;

use crate::diagnostic::ApplyFault;
use crate::manifest::tree::{Yaml, YamlValue};

/// The fields of an entry of `spec.ports` by which ports of one number differ. `None` for a field that is not written.
#[derive(Clone, Debug, PartialEq, Eq)]
struct MergedPort {
    number: i64,
    name: Option<String>,
    protocol: Option<String>,
}

/// `dns-tcp 53/TCP`.
impl fmt::Display for MergedPort {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(name) = self.name.as_ref().filter(|name| !name.is_empty()) {
            write!(f, "{name} ")?;
        }
        write!(f, "{}/{}", self.number, self.protocol())
    }
}

impl MergedPort {
    fn of(entry: &Yaml) -> Option<MergedPort> {
        let YamlValue::Int(number) = entry.get("port")?.value else {
            return None;
        };
        let text = |field: &str| Some(entry.get(field)?.as_str()?.to_owned());
        Some(MergedPort {
            number,
            name: text("name"),
            protocol: text("protocol"),
        })
    }

    fn protocol(&self) -> &str {
        self.protocol.as_deref().unwrap_or("TCP")
    }

    /// Writes the fields that another entry has.
    fn merge(&mut self, patch: &MergedPort) {
        if patch.name.is_some() {
            self.name.clone_from(&patch.name);
        }
        if patch.protocol.is_some() {
            self.protocol.clone_from(&patch.protocol);
        }
    }

    /// The fields of `written` that differ, if any does.
    fn patch_to(&self, written: &MergedPort) -> Option<MergedPort> {
        let changed =
            |old: &Option<String>, new: &Option<String>| new.clone().filter(|_| old != new);
        let patch = MergedPort {
            number: written.number,
            name: changed(&self.name, &written.name),
            protocol: changed(&self.protocol, &written.protocol),
        };
        (patch.name.is_some() || patch.protocol.is_some()).then_some(patch)
    }
}

/// What is lost of a stored Service that `kubectl apply` merges the written one into, each with the field that says so.
pub(crate) fn lost_by_apply(stored: &Yaml, written: &Yaml) -> Vec<(String, ApplyFault)> {
    let name = written
        .get("metadata")
        .and_then(|metadata| metadata.get("name"));
    let service = name.and_then(Yaml::as_str).unwrap_or_default();
    let of_ports = lost_ports(stored, written).map(|lost| {
        let fault = ApplyFault::ApplyMergesPorts {
            service: service.to_owned(),
            port: lost.number,
            written: lost.written,
            stored: lost.stored,
        };
        (format!("spec.ports[{}].port", lost.index), fault)
    });
    let of_selector = removed_selector(stored, written).map(|selector| {
        let fault = ApplyFault::ApplyRemovesSelector {
            service: service.to_owned(),
            selector,
        };
        ("spec".to_owned(), fault)
    });
    of_ports.into_iter().chain(of_selector).collect()
}

/// Ports of one number, of which the merge loses some.
#[derive(Clone, Debug, PartialEq, Eq)]
struct LostPorts {
    /// The number.
    number: u16,
    /// The index of the written port that takes the place of another.
    index: usize,
    /// The written ones.
    written: String,
    /// What is stored.
    stored: String,
}

/// The first number for which the ports after `kubectl apply` differ from the written ones. Both arguments are
/// Services.
fn lost_ports(stored: &Yaml, written: &Yaml) -> Option<LostPorts> {
    let (current, wanted) = (ports_of(stored), ports_of(written));
    for (index, port) in wanted.iter().enumerate() {
        let is_second = wanted[..index]
            .iter()
            .any(|other| other.number == port.number);
        if !is_second {
            continue;
        }
        let group = |all: &[MergedPort]| -> Vec<MergedPort> {
            let same = all.iter().filter(|other| other.number == port.number);
            same.cloned().collect()
        };
        let (old, new) = (group(&current), group(&wanted));
        // Of fewer ports than before, kubectl also deletes by the number.
        if new.len() < old.len() {
            return None;
        }
        let merged = merged(old, &new);
        let is_kept = |own: &MergedPort| {
            merged
                .iter()
                .any(|other| other.protocol() == own.protocol())
        };
        if !new.iter().all(is_kept) {
            return Some(LostPorts {
                number: u16::try_from(port.number).ok()?,
                index,
                written: listed(&new),
                stored: listed(&merged),
            });
        }
    }
    None
}

/// The stored selector, `app=web,tier=front`, if the written Service has none: fields that were applied before and are
/// not written any more are removed. `None` if it becomes an ExternalName, which no rule leads to the old endpoints.
fn removed_selector(stored: &Yaml, written: &Yaml) -> Option<String> {
    let selector = |service: &Yaml| -> Vec<String> {
        let selector = service.get("spec").and_then(|spec| spec.get("selector"));
        let entries = selector.map(Yaml::entries).unwrap_or_default();
        let text = |value: &Yaml| value.as_str().unwrap_or_default().to_owned();
        let labels = entries
            .iter()
            .map(|own| format!("{}={}", own.key, text(&own.value)));
        labels.collect()
    };
    let spec_type = written.get("spec").and_then(|spec| spec.get("type"));
    if spec_type.and_then(Yaml::as_str) == Some("ExternalName") || !selector(written).is_empty() {
        return None;
    }
    let stored = selector(stored);
    (!stored.is_empty()).then(|| stored.join(","))
}

fn ports_of(service: &Yaml) -> Vec<MergedPort> {
    let ports = service.get("spec").and_then(|spec| spec.get("ports"));
    let entries = ports.map(Yaml::items).unwrap_or_default();
    entries.iter().filter_map(MergedPort::of).collect()
}

/// The entries of one number after the patch.
fn merged(mut entries: Vec<MergedPort>, written: &[MergedPort]) -> Vec<MergedPort> {
    let stored = entries.clone();
    for (index, wanted) in written.iter().enumerate() {
        let patch = match stored.get(index) {
            Some(current) => current.patch_to(wanted),
            None => Some(wanted.clone()),
        };
        match (entries.first_mut(), patch) {
            (Some(first), Some(patch)) => first.merge(&patch),
            (None, Some(patch)) => entries.push(patch),
            (_, None) => {}
        }
    }
    entries
}

fn listed(ports: &[MergedPort]) -> String {
    let ports: Vec<String> = ports.iter().map(ToString::to_string).collect();
    ports.join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::manifest::reader::read;

    /// What is lost of the ports in the second text.
    fn lost(stored: &str, written: &str) -> Option<String> {
        let service = |ports: &str| {
            let text = format!("spec: {{ports: [{ports}]}}");
            read(&text).expect("literal YAML").tree
        };
        let lost = lost_ports(&service(stored), &service(written))?;
        Some(format!("{} of {}", lost.stored, lost.written))
    }

    const TCP: &str = "{name: tcp, port: 53, protocol: TCP}";
    const UDP: &str = "{name: udp, port: 53, protocol: UDP}";

    #[test]
    fn a_second_port_of_a_number_takes_the_place_of_the_first() {
        let both = format!("{TCP}, {UDP}");
        let only_udp = Some("udp 53/UDP of tcp 53/TCP, udp 53/UDP".to_owned());
        assert_eq!(lost(TCP, &both), only_udp);
        assert_eq!(
            lost("{name: other, port: 80}", &both),
            only_udp,
            "the number is new"
        );
        let without_names = "{port: 53}, {port: 53, protocol: UDP}";
        let merged = Some("53/UDP of 53/TCP, 53/UDP".to_owned());
        assert_eq!(lost("{port: 53, protocol: TCP}", without_names), merged);
    }

    #[test]
    fn ports_that_are_stored_already_are_kept() {
        let both = format!("{TCP}, {UDP}");
        let reversed = format!("{UDP}, {TCP}");
        assert_eq!(lost(&both, &both), None);
        assert_eq!(lost(&both, &reversed), None);
        assert_eq!(
            lost(TCP, "{name: tcp, port: 53}, {name: web, port: 80}"),
            None
        );
    }
}
