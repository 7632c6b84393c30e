//! The object that is selected or pointed at, and what belongs to it in the other parts of the page.

use super::related::{of_object, of_shape};
use super::{Model, Pointed};
use crate::view::cross_reference;
use crate::view::page_view::LinksView;
use crate::view::scene::{ShapeId, ShapeRole};

impl Model {
    /// Selects an object; one that had no room, or that is a pill, gets into the picture.
    pub(super) fn select(&mut self, key: Option<ShapeId>) {
        self.focus.selected = key;
        let Some(key) = self.drawn_selection() else {
            return;
        };
        let found = self.scene.find(&key);
        let role = found.map(|index| self.scene.shapes[index.0].role);
        if role.is_none_or(|role| role == ShapeRole::Group) {
            self.draw();
        }
    }

    /// What the picture makes room for: the selected object, or the first that belongs to one without a shape.
    pub(super) fn drawn_selection(&self) -> Option<ShapeId> {
        let key = self.focus.selected.as_ref()?;
        let ShapeId::Object(kind, name) = key else {
            return Some(key.clone());
        };
        let links = of_object(&self.network.resolved, kind, name);
        let mut shapes = links.shapes.into_iter();
        shapes.find(|shape| matches!(shape, ShapeId::Service(_) | ShapeId::Pod(_)))
    }

    pub(super) fn point(&mut self, pointed: Pointed) {
        self.focus.pointed = match pointed {
            Pointed::Nothing => None,
            Pointed::Object(key) => Some(key),
            Pointed::Line(line) => cross_reference::at(&self.network.resolved, line),
        };
    }

    /// What belongs to the object that is pointed at, or else to the selected one.
    pub(super) fn links(&self) -> LinksView {
        let Some(key) = self.focus.object() else {
            return LinksView::default();
        };
        LinksView {
            is_selected: self.focus.selected.as_ref() == Some(key),
            ..of_shape(&self.network.resolved, key)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::view::i18n::{Catalogue, Language};
    use crate::view::scene::GateSide;
    use crate::view::session::{Ask, LookAsk};
    use kubehop_engine::names::ObjectName;
    use kubehop_engine::sort;
    use kubehop_engine::testing::WEB;

    const MORE: &str = "\
---
apiVersion: v1
kind: Service
metadata: {name: other}
spec: {selector: {app: other}, ports: [{port: 80}]}
---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: {name: edge}
spec: {defaultBackend: {service: {name: web, port: {number: 80}}}}
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: shut}
spec: {podSelector: {matchLabels: {app: web}}, policyTypes: [Ingress]}
---
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: {name: gate}
spec: {gatewayClassName: any, listeners: [{name: http, port: 80, protocol: HTTP}]}
---
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: {name: route}
spec: {parentRefs: [{name: gate}], rules: [{backendRefs: [{name: web, port: 80}]}]}
---
apiVersion: discovery.k8s.io/v1
kind: EndpointSlice
metadata: {name: by-hand, labels: {kubernetes.io/service-name: other}}
addressType: IPv4
ports: [{port: 80}]
endpoints: [{addresses: [10.9.8.7]}]
---
apiVersion: v1
kind: ConfigMap
metadata: {name: words}
data: {a: b}
";

    fn text() -> String {
        format!("{WEB}{MORE}")
    }

    /// The line of an object: that of its kind.
    fn line(kind: &str) -> u32 {
        let is_kind = |line: &str| line == format!("kind: {kind}");
        let index = text().lines().position(is_kind);
        index.map_or(0, |index| index as u32 + 1)
    }

    fn pointing_at(kind: &str) -> (Model, LinksView) {
        let mut model = Model::new();
        model.handle(Ask::Edit(text()));
        model.handle(Ask::Look(LookAsk::Point(Pointed::Line(line(kind)))));
        let links = model.links();
        (model, links)
    }

    fn names(links: &LinksView) -> (Vec<String>, usize) {
        let is_pod = |shape: &&ShapeId| matches!(shape, ShapeId::Pod(_));
        let services = links.shapes.iter().filter_map(|shape| match shape {
            ShapeId::Service(name) => Some(name.name.to_string()),
            _ => None,
        });
        (
            sort::set(services).into_iter().collect(),
            links.shapes.iter().filter(is_pod).count(),
        )
    }

    #[test]
    fn a_line_of_any_object_lights_what_belongs_to_it() {
        let web = || vec!["web".to_owned()];
        let expected = [
            ("Deployment", web(), 2),
            ("Ingress", web(), 0),
            ("NetworkPolicy", vec![], 2),
            ("HTTPRoute", web(), 0),
            ("EndpointSlice", vec!["other".to_owned()], 0),
        ];
        for (kind, services, pods) in expected {
            let (model, links) = pointing_at(kind);
            assert_eq!(names(&links), (services, pods), "{kind}");
            assert!(model.lit_lines()[0].0 <= line(kind), "{kind}");
            assert!(line(kind) <= model.lit_lines()[0].1, "{kind}");
        }
        let (_, gateway) = pointing_at("Gateway");
        let (services, _) = names(&gateway);
        assert!(
            services.contains(&"web".to_owned()) && services.len() == 2,
            "{services:?}"
        );
        let (_, policy) = pointing_at("NetworkPolicy");
        let gate = |side| ShapeId::Gate(pod_with_prefix(&policy), side);
        assert!(policy.shapes.contains(&gate(GateSide::Ingress)));
        assert!(!policy.shapes.contains(&gate(GateSide::Egress)));
        let (_, nothing) = pointing_at("ConfigMap");
        assert_eq!(nothing, LinksView::default());
    }

    fn pod_with_prefix(links: &LinksView) -> ObjectName {
        let mut shapes = links.shapes.iter();
        let pod = shapes.find_map(|shape| match shape {
            ShapeId::Pod(name) => Some(name.clone()),
            _ => None,
        });
        pod.expect("the policy selects pods")
    }

    #[test]
    fn another_text_keeps_no_selected_object_that_it_does_not_have_and_no_request_that_nobody_chose()
     {
        let mut model = Model::new();
        model.handle(Ask::Edit(text()));
        let service = |name: &str| ShapeId::Service(ObjectName::new("default", name));
        let select = |key: ShapeId| Ask::Look(LookAsk::Select(Some(key)));
        model.handle(select(service("other")));
        model.handle(Ask::Edit(text().replace("a: b", "a: c")));
        assert_eq!(model.focus.selected, Some(service("other")));
        let request = model.request.clone();
        let shop = "\
            kind: Service\napiVersion: v1\nmetadata: {name: shop}\nspec: {ports: [{port: 81}]}\n---\n\
            kind: Service\napiVersion: v1\nmetadata: {name: web}\nspec: {ports: [{port: 82}]}\n";
        model.handle(Ask::Edit(shop.to_owned()));
        assert_eq!(model.focus.selected, None);
        assert_ne!(model.request.to, request.to);
        assert!(model.request.to.contains("81"), "{:?}", model.request);
    }

    #[test]
    fn the_cursor_on_a_workload_offers_its_events_and_brings_its_pods_into_the_picture() {
        let mut model = Model::new();
        let many: String = (0..40)
            .map(|number| {
                format!(
                    "---\napiVersion: v1\nkind: Pod\nmetadata: {{name: a{number}}}\nspec: {{nodeName: node-1, containers: [{{name: c, image: i}}]}}\n"
                )
            })
            .collect();
        let deployment = "---\napiVersion: apps/v1\nkind: Deployment\nmetadata: {name: z}\nspec:\n  selector: {matchLabels: {app: z}}\n  template:\n    metadata: {labels: {app: z}}\n    spec: {nodeName: node-1, containers: [{name: c, image: i}]}\n";
        let text = format!("{many}{deployment}");
        model.handle(Ask::Edit(text.clone()));
        let pod = |model: &Model| {
            let mut pods = model.network.cluster().pods.keys();
            let pod = pods.find(|pod| pod.name.starts_with("z-"));
            ShapeId::Pod(pod.expect("it has one").clone())
        };
        assert_eq!(model.scene.find(&pod(&model)), None, "there is no room");
        let last = text.lines().count() as u32;
        model.handle(Ask::Look(LookAsk::SelectLine(last)));
        assert!(model.scene.find(&pod(&model)).is_some());
        let view = model.page_view(&Catalogue::of_page(Language::English));
        assert!(view.links.is_selected);
        assert!(
            view.possible
                .iter()
                .any(|event| event.event == "scale deployment/z=2")
        );
    }
}
