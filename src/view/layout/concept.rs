//! The Concept view: client, Service, EndpointSlice and pods as columns, for a first lesson.

use crate::view::scene::{
    Caption, Point, Rect, Scene, SceneText, ShapeId, ShapeRole, TextStyle, View,
};
use kubehop_engine::cluster::Cluster;

use super::changes::Changes;
use super::concept_columns::{ConceptColumn, ConceptColumns};
use super::visible::VisibleObjects;
use super::{
    LayoutInput, chain, client_card, pod_column, resolver_file, service_card, slices_card,
};

/// The most endpoints that are listed.
pub(super) const ROWS: usize = 6;

/// The bottom edge of the client's card in the narrow picture.
const CLIENT_BOTTOM: f32 = 94.0;

/// The distance from one pod's top edge to the next one's.
pub(super) const POD_STEP: f32 = 86.0;

/// The height of a pod's card.
pub(super) const POD_HEIGHT: f32 = 60.0;

/// Lays out the columns, each centred on the same height; in the narrow picture the Service is below the client.
pub(super) fn layout(
    cluster: &Cluster,
    visible: &VisibleObjects<'_>,
    input: LayoutInput<'_>,
) -> Scene {
    let is_narrow = input.is_narrow();
    let columns = ConceptColumns::of_width(input.width);
    let mut scene = Scene::empty(View::Concept);
    let changes = Changes::of(input.before, cluster, visible);
    let cards = pod_column::cards(cluster, visible, &changes);
    let rows = slices_card::rows(visible, &changes).max(1).max(cards.len());
    let height = (rows as f32 * POD_STEP).max(200.0);
    let top = if is_narrow { 76.0 } else { 44.0 };
    let card = visible.subject.map(|subject| {
        (
            subject,
            service_card::texts(cluster, subject, visible, columns.service.width),
        )
    });
    let card_height = card
        .as_ref()
        .map_or(0.0, |(_, texts)| service_card::height(texts));
    let mut middle = top + height / 2.0;
    if is_narrow {
        middle = middle.max(CLIENT_BOTTOM + 30.0 + card_height / 2.0);
    }
    let client_middle = if is_narrow {
        CLIENT_BOTTOM - 32.0
    } else {
        middle
    };
    client_card::add(&mut scene, cluster, input, columns.client, client_middle);
    if let Some((subject, texts)) = card {
        let ConceptColumn { left, width } = columns.service;
        let rect = Rect::new(left, middle - card_height / 2.0, width, card_height);
        let key = ShapeId::Service(subject.id());
        scene.add(key, ShapeRole::Service, rect, texts);
        slices_card::add(
            &mut scene,
            subject,
            visible,
            &changes,
            (columns.slices, middle),
        );
    }
    let pods_height = cards.len().max(1) as f32 * POD_STEP - (POD_STEP - POD_HEIGHT);
    let pods_top = middle - pods_height / 2.0;
    let column = (columns.pods, pods_top);
    pod_column::add(&mut scene, &cards, (visible, &changes), input, column);
    client_card::add_gate(&mut scene, cluster, input);
    let under = [columns.pods, columns.slices];
    chain::add(&mut scene, cluster, visible, under, pods_top + pods_height);
    add_resolver_file(&mut scene, &columns, input);
    let headings = headings(&columns, is_narrow, middle - card_height / 2.0);
    scene.captions.extend(headings);
    let captions = scene.captions.iter().map(|text| text.at.y);
    let bottoms = scene.shapes.iter().map(|shape| shape.rect.bottom());
    let lowest = bottoms.chain(captions).fold(0.0, f32::max);
    // The margin is the same on both sides.
    scene.size = (columns.pods.right() + columns.client.left, lowest + 24.0);
    scene
}

/// The resolv.conf of a client that looked a name up: below the client and the Service; on a phone right of the client.
fn add_resolver_file(scene: &mut Scene, columns: &ConceptColumns, input: LayoutInput<'_>) {
    let Some(lookup) = input.trace.and_then(|trace| trace.lookup.as_ref()) else {
        return;
    };
    let is_narrow = input.is_narrow();
    let (at, end) = if is_narrow {
        (Point { x: 136.0, y: 44.0 }, columns.pods.right())
    } else {
        let left = scene
            .shapes
            .iter()
            .filter(|shape| shape.rect.x < columns.slices.left);
        let bottom = left.map(|shape| shape.rect.bottom()).fold(0.0, f32::max);
        let (x, y) = (columns.client.left, bottom + 34.0);
        (Point { x, y }, columns.slices.left - 14.0)
    };
    resolver_file::add(scene, lookup, at, end - at.x, is_narrow);
}

/// How wide the Service's heading is.
const HEADING: f32 = 50.0;

/// The columns' headings. In the narrow picture the Service's is above its card, right of the packet's line.
fn headings(columns: &ConceptColumns, is_narrow: bool, service_top: f32) -> Vec<SceneText> {
    let heading = |column: ConceptColumn, caption| {
        SceneText::caption(column.left, 22.0, TextStyle::Column, caption)
    };
    let mut service = heading(columns.service, Caption::Service);
    if is_narrow {
        service.at = Point {
            x: columns.service.left + (columns.service.width - HEADING).min(66.0),
            y: service_top - 9.0,
        };
    }
    vec![
        heading(columns.client, Caption::Client),
        service,
        heading(columns.slices, Caption::Endpoints),
        heading(columns.pods, Caption::Pods),
    ]
}

/// How the address of a card is written: smaller where the card is narrow.
pub(super) fn address_style(width: f32) -> TextStyle {
    if width < 118.0 {
        TextStyle::SmallAddress
    } else {
        TextStyle::Address
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::view::layout::labels::{missed, pod_lines};
    use crate::view::scene::TextContent;
    use kubehop_engine::cluster::Config;
    use kubehop_engine::manifest::Source;
    use kubehop_engine::resolve::events::{Event, apply};
    use kubehop_engine::resolve::resolve;

    const PODS: &str = "
apiVersion: v1
kind: Service
metadata: {name: web}
spec: {selector: {app: web, tier: front}, ports: [{port: 80}]}
---
apiVersion: v1
kind: Pod
metadata: {name: met, labels: {app: web, tier: front, other: x}}
spec: {containers: [{name: c, image: nginx}]}
---
apiVersion: v1
kind: Pod
metadata: {name: missed, labels: {app: wbe}}
spec: {containers: [{name: c, image: nginx}]}
---
apiVersion: v1
kind: Pod
metadata: {name: unrelated, labels: {job: nightly}}
spec: {containers: [{name: c, image: nginx}]}
---
apiVersion: v1
kind: Service
metadata: {name: other}
spec: {selector: {app: other}, ports: [{port: 80}]}
---
apiVersion: v1
kind: Pod
metadata: {name: behind-other, labels: {app: other}}
spec: {containers: [{name: c, image: nginx}]}
";

    fn with_cluster<T>(text: &str, ask: impl Fn(&Cluster, &VisibleObjects<'_>) -> T) -> T {
        let cluster = resolve(&Source::read(text), &Config::default()).cluster;
        let web = cluster.services.keys().find(|name| name.name == "web");
        let selected = web.cloned().map(ShapeId::Service);
        let visible = VisibleObjects::of(&cluster, None, None, selected.as_ref());
        ask(&cluster, &visible)
    }

    fn lines(cluster: &Cluster, visible: &VisibleObjects<'_>, pod: &str) -> Vec<String> {
        let mut pods = cluster.each_pod();
        let pod = pods.find(|one| one.metadata.name == pod).expect("a pod");
        let lines = pod_lines(visible.subject, pod, 200.0).into_iter();
        let said = |line: SceneText| match line.content {
            TextContent::Caption(caption) => format!("{:?} {caption:?}", line.style),
            other => format!(
                "{:?} {}",
                line.style,
                other.untranslated().unwrap_or_default()
            ),
        };
        lines.map(said).collect()
    }

    #[test]
    fn a_pod_shows_the_labels_that_are_selected_and_the_one_that_differs() {
        with_cluster(PODS, |cluster, visible| {
            let met = lines(cluster, visible, "met");
            assert_eq!(met, ["Match app=web", "Match tier=front"]);
            let missed = lines(cluster, visible, "missed");
            let none = "Warning NoLabel { key: \"tier\" }";
            assert_eq!(missed, ["Miss app=wbe", none]);
        });
    }

    #[test]
    fn a_missed_pod_has_a_key_of_the_selector_and_no_other_service() {
        let names = |text: &str| {
            with_cluster(text, |cluster, visible| {
                let missed = missed(cluster, visible).into_iter();
                missed
                    .map(|pod| pod.metadata.name.to_string())
                    .collect::<Vec<_>>()
            })
        };
        assert_eq!(names(PODS), ["missed"]);
        // A Service without endpoints misses every pod that has labels.
        let none = PODS.replace("{app: web, tier: front, other: x}", "{name: web}");
        assert_eq!(names(&none), ["met", "missed", "unrelated"]);
    }

    #[test]
    fn who_will_call_is_the_client_before_anything_was_sent() {
        let cluster = resolve(&Source::read(PODS), &Config::default()).cluster;
        let from = "pod/unrelated".parse().ok();
        let input = LayoutInput {
            from: from.as_ref(),
            ..LayoutInput::of_width(712.0)
        };
        let scene = crate::view::layout::scene(View::Concept, &cluster, input);
        let client = scene.shape(&ShapeId::Client).expect("a client");
        let name = TextContent::Plain("unrelated".to_owned());
        assert_eq!(client.texts[0].content, name);
        assert_eq!(client.role, ShapeRole::PodReady);
    }

    const WORKLOAD: &str = "
apiVersion: v1
kind: Service
metadata: {name: web}
spec: {selector: {app: web}, ports: [{port: 80}]}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec: {containers: [{name: c, image: nginx}]}
";

    #[test]
    fn a_pod_that_died_is_beside_the_one_that_replaces_it() {
        let resolved = resolve(&Source::read(WORKLOAD), &Config::default());
        let mut pods = resolved.cluster.pods.keys();
        let pod = pods.find(|pod| pod.name.starts_with("web-")).cloned();
        let pod = pod.expect("the Deployment's pod");
        let ending = pod.name.rsplit('-').next().expect("an ending of its own");
        let before = resolved.cluster.clone();
        let after = apply(&resolved, &Event::PodRemoved(pod.clone())).cluster;
        let input = LayoutInput {
            before: Some(&before),
            ..LayoutInput::of_width(712.0)
        };
        let scene = crate::view::layout::scene(View::Concept, &after, input);
        let of = |role: ShapeRole| {
            let shapes = scene.shapes.iter().filter(move |shape| shape.role == role);
            shapes
                .map(|shape| format!("{:?}", shape.texts))
                .collect::<Vec<_>>()
        };
        let (gone, removed) = (of(ShapeRole::PodGone), of(ShapeRole::EndpointGone));
        assert!(
            gone.len() == 1 && gone[0].contains(ending) && gone[0].contains("Gone"),
            "{gone:?}"
        );
        assert!(
            removed.len() == 1 && removed[0].contains("Removed"),
            "{removed:?}"
        );
        assert!(of(ShapeRole::Endpoint)[0].contains("Added"));
        assert!(
            of(ShapeRole::PodReady)[0].contains("NewPod"),
            "{:?}",
            of(ShapeRole::PodReady)
        );
    }
}
