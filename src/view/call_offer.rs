//! The request that an object of the picture offers: a Pod and a node can call, a Service can be called.

use super::scene::ShapeId;
use kubehop_engine::names::{DEFAULT_NAMESPACE, ObjectName};
use kubehop_engine::network::Origin;

/// One end of a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CallOffer {
    /// Who calls, as the request names it.
    From(String),
    /// What is called, a URL.
    To(String),
}

impl CallOffer {
    /// What an object offers; a Service is called at the first target that has its name.
    pub fn of(shape: &ShapeId, targets: &[String]) -> Option<CallOffer> {
        match shape {
            ShapeId::Pod(name) => Some(CallOffer::From(Origin::Pod(name.clone()).to_string())),
            ShapeId::Node(name) => Some(CallOffer::From(Origin::Node(name.clone()).to_string())),
            ShapeId::Service(service) => {
                let target = targets.iter().find(|target| is_named(target, service));
                target.cloned().map(CallOffer::To)
            }
            _ => None,
        }
    }
}

/// Whether a target, `http://web.shop:8080`, has the name of a Service.
fn is_named(target: &str, service: &ObjectName) -> bool {
    let address = target.split_once("://").map_or(target, |(_, rest)| rest);
    let host = address.split([':', '/']).next().unwrap_or_default();
    let name = host.strip_prefix(service.name.as_str());
    name.is_some_and(|rest| match rest.strip_prefix('.') {
        Some(namespace) => namespace == service.namespace,
        None => rest.is_empty() && service.namespace == DEFAULT_NAMESPACE,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn named(namespace: &str, name: &str) -> ObjectName {
        ObjectName::new(namespace, name)
    }

    #[test]
    fn pods_and_nodes_call() {
        let pod = ShapeId::Pod(named("default", "web"));
        assert_eq!(
            CallOffer::of(&pod, &[]),
            Some(CallOffer::From("pod/web".into()))
        );
        let pod = ShapeId::Pod(named("shop", "web"));
        assert_eq!(
            CallOffer::of(&pod, &[]),
            Some(CallOffer::From("pod/shop/web".into()))
        );
    }

    #[test]
    fn a_service_is_called_by_its_own_name() {
        let targets: Vec<String> = ["http://web-admin", "http://web.shop", "http://web:8080"]
            .map(str::to_owned)
            .into();
        let of =
            |namespace, name| CallOffer::of(&ShapeId::Service(named(namespace, name)), &targets);
        assert_eq!(
            of("default", "web"),
            Some(CallOffer::To("http://web:8080".into()))
        );
        assert_eq!(
            of("shop", "web"),
            Some(CallOffer::To("http://web.shop".into()))
        );
        assert_eq!(of("default", "we"), None);
    }
}
