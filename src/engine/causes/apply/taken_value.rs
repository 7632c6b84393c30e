//! A Service that is refused for a node port or a cluster IP which another one has. The API server says that it is allocated,
//! not to whom (kubernetes `pkg/registry/core/service/{ipallocator,portallocator}`).

use std::net::IpAddr;

use crate::causes::cause::{Cause, Evidence};
use crate::causes::survey::Survey;
use crate::cluster::object::Service;
use crate::diagnostic::{ApplyFault, Fault};
use crate::kinds::Kind;
use crate::manifest::tree::{FieldPath, Yaml, YamlValue};
use crate::resolve::{RefusedObject, Stored};

const PORT_TAKEN: &str = "provided port is already allocated";
const ADDRESS_TAKEN: &str = "provided IP is already allocated";

/// Every such Service.
pub(in crate::causes) fn check(survey: &Survey) -> Vec<Cause> {
    let refused = survey.resolved.refused.iter();
    let services = refused.filter(|own| own.kind.modelled() == Some(Kind::Service));
    services.filter_map(|own| of_refused(survey, own)).collect()
}

fn of_refused(survey: &Survey, refused: &RefusedObject) -> Option<Cause> {
    let (value, field, (holder, _)) = if refused.message.ends_with(PORT_TAKEN) {
        let port = written_port(refused)?;
        let holder = survey.services().find(|(_, own)| has_port(own, port))?;
        (port.to_string(), "spec.ports", holder)
    } else if refused.message.ends_with(ADDRESS_TAKEN) {
        let written = refused
            .tree
            .at(&["spec", "clusterIP"])
            .and_then(Yaml::as_str);
        let address: IpAddr = written?.parse().ok()?;
        let mut services = survey.services();
        let holder = services.find(|(_, own)| own.addresses().any(|own| own == address))?;
        (address.to_string(), "spec.clusterIP", holder)
    } else {
        return None;
    };
    Some(taken(refused, &value, holder, field))
}

fn taken(refused: &RefusedObject, value: &str, holder: &Stored, field: &str) -> Cause {
    let fault = Fault::Apply(ApplyFault::ValueTaken {
        service: refused.name.name.to_string(),
        value: value.to_owned(),
        holder: holder.name.to_string(),
    });
    let own = Evidence {
        object: format!("{} {}", refused.kind.name(), refused.name),
        field: refused.field.clone(),
        span: Some(refused.span),
    };
    Cause::certain(fault, vec![own, Evidence::of(holder, field)])
}

/// The node port that is refused.
fn written_port(refused: &RefusedObject) -> Option<u16> {
    let field = FieldPath::from(refused.field.as_str());
    match refused.tree.nearest(&field).value {
        YamlValue::Int(number) => u16::try_from(number).ok(),
        _ => None,
    }
}

fn has_port(service: &Service, port: u16) -> bool {
    let mut ports = service.spec.ports.iter();
    service.spec.health_check_node_port == port || ports.any(|own| own.node_port == port)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::resolved;

    #[test]
    fn the_holder_of_a_port_or_an_address_is_named() {
        let resolved = resolved(
            "
            apiVersion: v1
            kind: Service
            metadata: {name: first, namespace: shop}
            spec: {type: NodePort, clusterIP: 10.96.7.7, ports: [{port: 80, nodePort: 30080}]}
            ---
            apiVersion: v1
            kind: Service
            metadata: {name: second}
            spec: {type: NodePort, ports: [{port: 81, nodePort: 30080}]}
            ---
            apiVersion: v1
            kind: Service
            metadata: {name: third}
            spec: {clusterIP: 10.96.7.7, ports: [{port: 80}]}
            ",
        );
        let causes = check(&Survey::of(&resolved));
        let told = causes.iter().map(|cause| match &cause.fault {
            Fault::Apply(ApplyFault::ValueTaken {
                service,
                value,
                holder,
            }) => {
                format!("{service} {value} {holder}")
            }
            other => panic!("a value that is taken, not {other:?}"),
        });
        let told: Vec<String> = told.collect();
        assert_eq!(
            told,
            ["second 30080 shop/first", "third 10.96.7.7 shop/first"]
        );
    }
}
