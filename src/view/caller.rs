//! What of the picture can call.

use super::scene::ShapeId;
use kubehop_engine::network::Origin;

/// A Pod or a node as a request names it, `pod/shop/web`; `None` for what cannot call.
pub fn caller_of(shape: &ShapeId) -> Option<String> {
    match shape {
        ShapeId::Pod(name) => Some(Origin::Pod(name.clone()).to_string()),
        ShapeId::Node(name) => Some(Origin::Node(name.clone()).to_string()),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use kubehop_engine::names::ObjectName;

    #[test]
    fn pods_and_nodes_call() {
        let pod = |namespace: &str| ShapeId::Pod(ObjectName::new(namespace, "web"));
        assert_eq!(caller_of(&pod("default")).as_deref(), Some("pod/web"));
        assert_eq!(caller_of(&pod("shop")).as_deref(), Some("pod/shop/web"));
        let node = ShapeId::Node("node-1".into());
        assert_eq!(caller_of(&node).as_deref(), Some("node/node-1"));
        let service = ShapeId::Service(ObjectName::new("default", "web"));
        assert_eq!(caller_of(&service), None);
    }
}
