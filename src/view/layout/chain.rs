//! A chain of Services in the Concept view: what the pods behind the called Service call in their turn, as the annotation
//! `kubehop/calls` says, in a row below them.

use crate::view::scene::{
    CallLine, Caption, Rect, Scene, SceneText, ShapeId, ShapeRole, TextStyle,
};
use kubehop_engine::causes::calls_of;
use kubehop_engine::cluster::Cluster;
use kubehop_engine::cluster::object::{Pod, Service};
use kubehop_engine::dns::coredns::Dns;
use kubehop_engine::dns::hosts;
use kubehop_engine::dns::resolv_conf::Kubelet;
use kubehop_engine::dns::resolver::{NameServer, resolve};
use kubehop_engine::trace::{Host, Target};

use super::concept_columns::ConceptColumn;
use super::service_lines::own_address;
use super::visible::{Readiness, VisibleObjects};

/// The most Services below each other.
const ROWS: usize = 2;

/// The most Services beside each other.
const BESIDE: usize = 2;

/// The height of a Service's card.
const HEIGHT: f32 = 62.0;

/// The distance from what calls to what is called, with room for the call.
const GAP: f32 = 36.0;

/// A Service that pods call.
struct Called<'a> {
    /// The Service.
    service: &'a Service,
    /// The first pod that calls it.
    pod: &'a Pod,
    /// What is called.
    target: Target,
}

/// Adds the Services that follow below the pods, whose last card ends at `bottom`: under the pods' column and the one
/// beside it.
pub(super) fn add(
    scene: &mut Scene,
    cluster: &Cluster,
    visible: &VisibleObjects<'_>,
    columns: [ConceptColumn; BESIDE],
    bottom: f32,
) {
    let Some(subject) = visible.subject else {
        return;
    };
    let mut seen = vec![subject.id()];
    let (mut caller, mut bottom) = (subject, bottom);
    for row in 0..ROWS {
        let mut pods = visible.pods_behind(caller);
        if row == 0 {
            // The lowest card is the nearest one.
            pods.retain(|pod| scene.find(&ShapeId::Pod(pod.id())).is_some());
            pods.reverse();
        }
        let mut called = called(cluster, &pods);
        called.retain(|called| !seen.contains(&called.service.id()));
        called.truncate(BESIDE);
        if called.is_empty() {
            return;
        }
        if called.len() > 1 {
            let slices = scene.shape(&ShapeId::Slices(subject.id()));
            bottom = slices
                .map_or(0.0, |slices| slices.rect.bottom())
                .max(bottom);
        }
        let top = bottom + GAP;
        for (called, column) in called.iter().zip(columns) {
            let start = match row {
                0 => ShapeId::Pod(called.pod.id()),
                _ => ShapeId::Service(caller.id()),
            };
            let rect = Rect::new(column.left, top, column.width, HEIGHT);
            add_call(scene, visible, called, &start, rect);
        }
        seen.extend(called.iter().map(|called| called.service.id()));
        // At a fork it would not be seen who calls what.
        let [only] = called.as_slice() else { return };
        (caller, bottom) = (only.service, top + HEIGHT);
    }
}

/// Adds a Service that is called, with the line from what calls it; nothing if that is not in the picture.
fn add_call(
    scene: &mut Scene,
    visible: &VisibleObjects<'_>,
    called: &Called<'_>,
    start: &ShapeId,
    rect: Rect,
) {
    let Some(start) = scene.shape(start).map(|shape| shape.rect) else {
        return;
    };
    scene.calls.push(CallLine {
        from: start,
        to: rect,
    });
    scene.captions.push(call_caption(called, rect));
    let key = ShapeId::Service(called.service.id());
    let texts = texts(called.service, visible, rect.w);
    scene.add(key, ShapeRole::Service, rect, texts);
}

/// What pods call, each Service once.
fn called<'a>(cluster: &'a Cluster, pods: &[&'a Pod]) -> Vec<Called<'a>> {
    let mut all: Vec<Called<'a>> = Vec::new();
    for pod in pods {
        for item in calls_of(pod) {
            let Ok(target) = item.parse::<Target>() else {
                continue;
            };
            let Some(service) = service_behind(cluster, pod, &target) else {
                continue;
            };
            if !all.iter().any(|called| called.service.id() == service.id()) {
                all.push(Called {
                    service,
                    pod,
                    target,
                });
            }
        }
    }
    all
}

/// The Service whose address a pod calls, by its own resolv.conf.
fn service_behind<'a>(cluster: &'a Cluster, pod: &Pod, target: &Target) -> Option<&'a Service> {
    let address = match &target.host {
        Host::Address(address) => *address,
        Host::Name(name) if hosts::entry(Some(pod), cluster, name).is_none() => {
            let kubelet = Kubelet::of(cluster);
            let file = kubelet.resolv_conf(pod);
            let server = NameServer::of(&file, &kubelet);
            let found = resolve(&Dns::of(cluster), server, &file, name);
            found.addresses().next()?
        }
        Host::Name(_) => return None,
    };
    let mut services = cluster.services.values();
    services.find(|service| service.addresses().any(|own| own == address))
}

fn call_caption(called: &Called<'_>, rect: Rect) -> SceneText {
    let host = TextStyle::Remark.fit(&called.target.host.to_string(), rect.w - 60.0);
    let calls = Caption::Calls { host };
    SceneText::caption(rect.x + 26.0, rect.y - 12.0, TextStyle::Remark, calls)
}

fn texts(service: &Service, visible: &VisibleObjects<'_>, width: f32) -> Vec<SceneText> {
    let name = TextStyle::Name.fit(&visible.name_of(service), width - 24.0);
    let address = TextStyle::SmallAddress.fit(&own_address(service), width - 20.0);
    let Readiness { ready, total } = visible.readiness_of(service);
    let ready = Caption::Ready { ready, total };
    vec![
        SceneText::plain(12.0, 21.0, TextStyle::Name, name),
        SceneText::plain(12.0, 37.0, TextStyle::SmallAddress, address),
        SceneText::caption(12.0, 52.0, TextStyle::Remark, ready),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::view::layout::{LayoutInput, scene};
    use crate::view::scene::View;
    use kubehop_engine::cluster::Config;
    use kubehop_engine::manifest::Source;
    use kubehop_engine::resolve::resolve as resolve_text;

    /// A pod for each name, behind a Service of that name, which calls something.
    fn chain(calls: &[(&str, &str)]) -> Scene {
        let text: String = calls
            .iter()
            .map(|(name, calls)| {
                format!(
                    "apiVersion: v1\nkind: Service\nmetadata: {{name: {name}}}\nspec: {{selector: \
                     {{app: {name}}}, ports: [{{port: 80}}]}}\n---\napiVersion: v1\nkind: \
                     Pod\nmetadata: {{name: {name}, labels: {{app: {name}}}, annotations: \
                     {{kubehop/calls: '{calls}'}}}}\nspec: {{containers: [{{name: c, image: \
                     nginx}}]}}\n---\n"
                )
            })
            .collect();
        let cluster = resolve_text(&Source::read(&text), &Config::default()).cluster;
        let input = LayoutInput::of_width(712.0);
        scene(View::Concept, &cluster, input)
    }

    /// The Services of the picture, from left to right and from above.
    fn services(scene: &Scene) -> Vec<String> {
        let services = scene.shapes.iter().filter_map(|shape| match &shape.key {
            ShapeId::Service(name) => Some(name.name.to_string()),
            _ => None,
        });
        services.collect()
    }

    #[test]
    fn a_chain_is_followed_by_the_names_that_its_pods_look_up() {
        let scene = chain(&[
            ("a", "http://b.default, http://nobody"),
            ("b", "http://c:80/path"),
            ("c", "http://a"),
        ]);
        assert_eq!(services(&scene), ["a", "b", "c"]);
        assert_eq!(scene.calls.len(), 2);
        for line in &scene.calls {
            assert!(line.to.y > line.from.bottom());
        }
    }

    #[test]
    fn a_fork_ends_it_and_nothing_overlaps() {
        let scene = chain(&[
            ("a", "http://b,http://c"),
            ("b", "http://d"),
            ("c", ""),
            ("d", ""),
        ]);
        assert_eq!(services(&scene), ["a", "b", "c"]);
        let slices = |one: &ShapeRole| *one != ShapeRole::Endpoint;
        let cards: Vec<_> = scene
            .shapes
            .iter()
            .filter(|shape| slices(&shape.role))
            .collect();
        for (index, one) in cards.iter().enumerate() {
            for other in &cards[index + 1..] {
                let (a, b) = (one.rect, other.rect);
                let apart =
                    a.right() <= b.x || b.right() <= a.x || a.bottom() <= b.y || b.bottom() <= a.y;
                assert!(apart, "{:?} {:?}", one.key, other.key);
            }
        }
    }
}
