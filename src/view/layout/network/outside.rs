//! The outside column: the client beside the node it enters; load balancers and other machines below it.

use std::net::IpAddr;

use crate::view::layout::service_lines::balanced_addresses;
use crate::view::layout::visible::VisibleObjects;
use crate::view::scene::{Caption, Rect, Scene, SceneText, ShapeId, ShapeRole, TextStyle};
use kubehop_engine::cluster::Cluster;
use kubehop_engine::cluster::load_balancing::Announcement;
use kubehop_engine::cluster::object::Service;
use kubehop_engine::trace::CLIENT;

use super::NetworkMeasures;

/// The distance from the last baseline of a card to its edge.
const BELOW: f32 = 10.0;

/// The distance from the first line of an address to its second one.
const LINE: f32 = 15.0;

/// A machine outside the cluster.
struct OutsideMachine {
    key: ShapeId,
    name: Caption,
    address: String,
    /// Who takes its packets.
    remark: Option<Caption>,
}

/// Adds a card for each machine.
pub(super) fn add(
    scene: &mut Scene,
    cluster: &Cluster,
    visible: &VisibleObjects<'_>,
    measures: &NetworkMeasures,
) {
    let machines = machines(cluster, visible);
    let mut y = top(scene, machines.len(), measures);
    let (x, width) = measures.outside;
    for machine in machines {
        let texts = texts(&machine, measures);
        let lowest = texts.iter().map(|text| text.at.y).fold(0.0, f32::max);
        let height = measures.card.max(lowest + BELOW);
        let rect = Rect::new(x, y, width, height);
        scene.add(machine.key, ShapeRole::Outside, rect, texts);
        y += height + 18.0;
    }
}

/// The client, the load balancers, and every other machine that is an endpoint or that the packet touches.
fn machines(cluster: &Cluster, visible: &VisibleObjects<'_>) -> Vec<OutsideMachine> {
    let mut machines = vec![OutsideMachine {
        key: ShapeId::Outside(CLIENT),
        name: Caption::OutsideClient,
        address: CLIENT.to_string(),
        remark: None,
    }];
    let services = visible.services.iter();
    machines.extend(services.filter_map(|service| balancer(cluster, service)));
    let without_pod = visible
        .endpoints
        .iter()
        .filter(|endpoint| endpoint.pod.is_none())
        .map(|endpoint| endpoint.address.ip());
    for address in without_pod.chain(visible.outside.iter().copied()) {
        let key = ShapeId::Outside(address);
        let is_known = machines.iter().any(|machine| machine.key == key);
        if !is_known && !is_node_address(cluster, address) {
            machines.push(OutsideMachine {
                key,
                name: Caption::OutsideMachine,
                address: address.to_string(),
                remark: None,
            });
        }
    }
    machines
}

/// What is outside for the addresses that a load balancer gave to a Service; `None` if they are those of nodes, which
/// answer themselves (k3s ServiceLB).
fn balancer(cluster: &Cluster, service: &Service) -> Option<OutsideMachine> {
    let addresses = balanced_addresses(service);
    let is_node = |address: &String| {
        let address = address.parse();
        address.is_ok_and(|address| is_node_address(cluster, address))
    };
    let first = addresses.iter().find(|address| !is_node(address))?;
    let others = addresses.len() - 1;
    let address = if others > 0 {
        format!("{first} +{others}")
    } else {
        first.clone()
    };
    let (name, remark) = match cluster.load_balancing.metallb.get(&service.id()) {
        Some(own) if !own.addresses.is_empty() => announced(&own.announcement),
        Some(_) | None => (Caption::LoadBalancer, None),
    };
    Some(OutsideMachine {
        key: ShapeId::LoadBalancer(service.id()),
        name,
        address,
        remark,
    })
}

/// MetalLB has no machine outside: a node answers for the address, or routers know which nodes to send it to.
fn announced(announcement: &Announcement) -> (Caption, Option<Caption>) {
    let routes = announcement.bgp_nodes().count();
    if let Some(node) = announcement.l2_node() {
        let node = TextStyle::Remark.fit(node, ANSWERING);
        (Caption::Arp, Some(Caption::AnswersArp { node }))
    } else if routes > 0 {
        let count = routes;
        (Caption::Router, Some(Caption::Routes { count }))
    } else {
        (Caption::Arp, Some(Caption::NobodyAnswers))
    }
}

/// The widest name of the node that answers, in the narrowest card.
const ANSWERING: f32 = 40.0;

fn is_node_address(cluster: &Cluster, address: IpAddr) -> bool {
    let mut addresses = cluster
        .nodes
        .values()
        .flat_map(kubehop_engine::cluster::object::Node::addresses);
    addresses.any(|own| own == address)
}

/// The top edge of the first card: the cards are level with the port that the packet comes in by, if there is one.
fn top(scene: &Scene, machines: usize, measures: &NetworkMeasures) -> f32 {
    let find = |role: ShapeRole| scene.shapes.iter().find(|shape| shape.role == role);
    let mut nodes = scene.shapes.iter().filter(|shape| shape.role.is_node());
    let first_node = nodes.next().map_or(measures.top, |node| node.rect.y);
    let Some(entry) = find(ShapeRole::Entry) else {
        return first_node + 20.0;
    };
    let above = if machines > 1 {
        measures.card + 16.0
    } else {
        measures.card / 2.0 + 36.0
    };
    (entry.rect.centre().y - above).max(first_node)
}

fn texts(machine: &OutsideMachine, measures: &NetworkMeasures) -> Vec<SceneText> {
    let OutsideMachine {
        name,
        address,
        remark,
        ..
    } = machine;
    let width = measures.outside.1;
    // A narrow card has two lines, of which the one that says most is the first.
    let (inset, style, lines): (f32, TextStyle, &[f32]) = match (measures.is_wide(), remark) {
        (true, Some(_)) => (14.0, TextStyle::Address, &[20.0, 37.0, 54.0]),
        (true, None) => (14.0, TextStyle::Address, &[26.0, 46.0]),
        // The words for a client outside are as wide as the narrowest card.
        (false, _) if width < 90.0 => (4.0, TextStyle::SmallAddress, &[20.0, 36.0]),
        (false, _) => (6.0, TextStyle::SmallAddress, &[20.0, 36.0]),
    };
    let room = width - inset - inset.min(6.0);
    let address = address_texts(address, (inset, lines[1]), style, room);
    let longer = (address.len() - 1) as f32 * LINE;
    let (title, below) = match (remark.clone(), lines) {
        (Some(remark), [first, _, last]) => (
            SceneText::caption(inset, *first, TextStyle::Title, name.clone()),
            Some(SceneText::caption(
                inset,
                *last + longer,
                TextStyle::Remark,
                remark,
            )),
        ),
        (Some(remark), _) => (
            SceneText::caption(inset, lines[0], TextStyle::Remark, remark),
            None,
        ),
        (None, _) => {
            // Hangul is wider in some typefaces than in others.
            let title = if width >= 120.0 {
                TextStyle::Title
            } else if width < 90.0 {
                TextStyle::Remark
            } else {
                TextStyle::Name
            };
            (
                SceneText::caption(inset, lines[0], title, name.clone()),
                None,
            )
        }
    };
    std::iter::once(title).chain(address).chain(below).collect()
}

/// An address in the largest type that has room for it; else on two lines, as half of it says nothing.
fn address_texts(address: &str, (x, y): (f32, f32), style: TextStyle, room: f32) -> Vec<SceneText> {
    let small = TextStyle::SmallAddress;
    let has_room = |style: &TextStyle| style.width(address) <= room;
    if let Some(style) = [style, small].into_iter().find(has_room) {
        return vec![SceneText::plain(x, y, style, address)];
    }
    let breaks = |(at, letter): &(usize, char)| {
        matches!(letter, '.' | ':' | '-' | ' ') && small.width(&address[..=*at]) <= room
    };
    let Some((at, _)) = address.char_indices().rev().find(breaks) else {
        return vec![SceneText::plain(x, y, small, small.fit(address, room))];
    };
    let (first, rest) = address.split_at(at + 1);
    vec![
        SceneText::plain(x, y, small, first),
        SceneText::plain(x, y + LINE, small, small.fit(rest, room)),
    ]
}

#[cfg(test)]
mod tests {
    use super::address_texts;
    use crate::view::export::spell_out;
    use crate::view::i18n::Catalogue;
    use crate::view::language::Language;
    use crate::view::scene::{Scene, ShapeId, TextStyle, View};
    use crate::view::session::{Ask, Model};
    use crate::view::svg;
    use kubehop_engine::names::ObjectName;

    const WEB: &str = "{apiVersion: v1, kind: Service, metadata: {name: web}, spec: {type: LoadBalancer, selector: {app: web}, ports: [{port: 80}]}}\n\
        ---\n\
        {apiVersion: v1, kind: Pod, metadata: {name: web, labels: {app: web}}, spec: {containers: [{name: c, image: i}]}}\n";

    /// The picture of a Service of type LoadBalancer beside other manifests.
    fn scene_of(others: &str) -> Scene {
        let mut model = Model::new();
        model.handle(Ask::Edit(format!("{WEB}{others}")));
        model.handle(Ask::SetView(View::Network));
        spell_out(&model.scene, &Catalogue::of_page(Language::English))
    }

    /// The card of what is outside for the Service, in words.
    fn card(scene: &Scene) -> Option<String> {
        let key = ShapeId::LoadBalancer(ObjectName::new("default", "web"));
        let index = scene.find(&key)?;
        Some(svg::name(&svg::PictureState::at_hop(scene, 0), index))
    }

    #[test]
    fn an_address_that_is_too_wide_has_two_lines() {
        let lines = |address: &str, room| -> Vec<String> {
            let texts = address_texts(address, (4.0, 36.0), TextStyle::Address, room);
            let lines = texts
                .iter()
                .filter_map(|text| text.content.untranslated().map(str::to_owned));
            lines.collect()
        };
        assert_eq!(lines("198.51.100.60", 112.0), ["198.51.100.60"]);
        assert_eq!(lines("198.51.100.60", 86.0), ["198.51.100.60"]);
        assert_eq!(lines("198.51.100.60", 78.0), ["198.51.100.", "60"]);
        assert_eq!(lines("2001:db8::1:2", 60.0), ["2001:db8:", ":1:2"]);
    }

    #[test]
    fn with_metallb_the_node_that_answers_is_named() {
        let pool = "---\n\
            {apiVersion: metallb.io/v1beta1, kind: IPAddressPool, metadata: {name: lan, namespace: metallb-system}, spec: {addresses: [192.168.7.240-192.168.7.250]}}\n";
        let advertisement = "---\n\
            {apiVersion: metallb.io/v1beta1, kind: L2Advertisement, metadata: {name: lan, namespace: metallb-system}}\n";
        let announced = card(&scene_of(&format!("{pool}{advertisement}")));
        let announced = announced.expect("a card");
        assert!(
            announced.starts_with("ARP: who has, 192.168.7.240, node-"),
            "{announced}"
        );
        let silent = card(&scene_of(pool)).expect("a card");
        assert!(silent.ends_with("nobody answers"), "{silent}");
    }

    #[test]
    fn with_service_lb_nothing_outside_has_the_nodes_addresses() {
        let k3s = "---\n\
            {apiVersion: helm.cattle.io/v1, kind: HelmChartConfig, metadata: {name: traefik, namespace: kube-system}}\n";
        let scene = scene_of(k3s);
        assert_eq!(card(&scene), None);
        let service = scene.find(&ShapeId::Service(ObjectName::new("default", "web")));
        let state = svg::PictureState::at_hop(&scene, 0);
        let name = svg::name(&state, service.expect("the Service"));
        let nodes = "EXTERNAL-IP 192.168.0.11, 192.168.0.12, 192.168.0.13";
        assert!(name.contains(nodes), "{name}");
    }
}
