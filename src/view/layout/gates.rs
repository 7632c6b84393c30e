//! Gates of NetworkPolicies: one for each direction in which a drawn pod is isolated, at its interface.
//!
//! A gate is where the packet meets it: left of a pod in the Network view, whose lines come from there, and left of an
//! endpoint, right of the client in the Concept view. Of a pod that is isolated both ways the gate that this packet does
//! not ask is on the other side.

use crate::view::scene::{
    Caption, GateAnswer, GateSide, GateState, Rect, Scene, SceneText, ShapeId, ShapeIndex,
    ShapeRole, TextStyle, View,
};
use kubehop_engine::cluster::object::Pod;
use kubehop_engine::names::{ObjectName, PolicyType};
use kubehop_engine::trace::{Device, Hop, Reason};

use super::LayoutInput;

/// What the line of a gate below its pod adds to the height of the picture.
pub(super) const LINE: f32 = 14.0;

/// The width of a gate.
const WIDTH: f32 = 10.0;

/// The greatest height of a gate.
const HEIGHT: f32 = 42.0;

/// The narrowest card below which the names of policies have room.
const NAMES_FROM: f32 = 140.0;

/// The names of the policies that isolate a pod in a direction.
#[derive(Clone, Debug)]
pub(super) struct PodGate {
    side: GateSide,
    policies: String,
}

/// The gate of a pod for a direction, if a policy isolates it and the plugin enforces policies. A pod on the network of
/// its node has no interface.
pub(super) fn of(pod: &Pod, input: LayoutInput<'_>, side: GateSide) -> Option<PodGate> {
    let policies = input.policies.filter(|_| !pod.spec.host_network)?;
    let isolating = policies.isolating(policy_type(side), pod);
    let names = isolating.iter().map(|policy| policy.name.as_str());
    let policies = names.collect::<Vec<_>>().join(", ");
    (!policies.is_empty()).then_some(PodGate { side, policies })
}

/// The direction of policies that a gate is for.
pub(crate) fn policy_type(side: GateSide) -> PolicyType {
    match side {
        GateSide::Ingress => PolicyType::Ingress,
        GateSide::Egress => PolicyType::Egress,
    }
}

fn side_of(direction: PolicyType) -> GateSide {
    match direction {
        PolicyType::Ingress => GateSide::Ingress,
        PolicyType::Egress => GateSide::Egress,
    }
}

/// The gates of a pod for both directions.
pub(super) fn both(pod: &Pod, input: LayoutInput<'_>) -> Vec<PodGate> {
    let sides = [GateSide::Ingress, GateSide::Egress].into_iter();
    sides.filter_map(|side| of(pod, input, side)).collect()
}

/// Adds the gates of a pod that is drawn at `rect`.
pub(super) fn add(
    scene: &mut Scene,
    pod: &Pod,
    rect: Rect,
    gates: &[PodGate],
    input: LayoutInput<'_>,
) {
    let hops = input.trace.iter().flat_map(|trace| &trace.hops);
    let asked: Vec<GateSide> = hops
        .filter_map(asked)
        .filter(|(name, _)| **name == pod.id())
        .map(|(_, side)| side)
        .collect();
    for (index, gate) in gates.iter().enumerate() {
        let side = gate.side;
        let has_left = match (scene.view, side) {
            (View::Concept, side) => side == GateSide::Ingress,
            // The gate that the packet asks, or the ingress one, is where lines come from.
            (View::Network, GateSide::Ingress) => {
                asked.contains(&side) || !asked.contains(&GateSide::Egress) || gates.len() == 1
            }
            (View::Network, GateSide::Egress) => {
                gates.len() == 1 || asked.contains(&side) && !asked.contains(&GateSide::Ingress)
            }
        };
        let height = HEIGHT.min(rect.h - 2.0);
        let x = if has_left {
            rect.x - WIDTH
        } else {
            rect.right()
        };
        let own = Rect::new(x, rect.centre().y - height / 2.0, WIDTH, height);
        let caption = |policies| Caption::Isolated {
            direction: side,
            policies,
        };
        let line = line_at(scene, rect, own, index);
        let texts = texts(line, rect.w, &gate.policies, caption);
        scene.add(ShapeId::Gate(pod.id(), side), ShapeRole::Gate, own, texts);
    }
}

/// The start of a gate's line, relative to the gate: below the pod. In the narrow Network view it may begin left of the
/// pod, whose card is shorter than the words; in the narrow Concept view the packet leaves below the client.
fn line_at(scene: &Scene, pod: Rect, gate: Rect, index: usize) -> (f32, f32) {
    let left = match scene.view {
        View::Network if pod.w < NAMES_FROM => -8.0,
        View::Network | View::Concept => 2.0,
    };
    let below = pod.bottom() + 15.0 + index as f32 * LINE;
    (pod.x + left - gate.x, below - gate.y)
}

/// The line as it is drawn, and the same with all names, for screen readers.
fn texts(
    (x, y): (f32, f32),
    width: f32,
    policies: &str,
    caption: impl Fn(String) -> Caption,
) -> Vec<SceneText> {
    let short = if width < NAMES_FROM {
        String::new()
    } else {
        TextStyle::Remark.fit(policies, width - 110.0)
    };
    let text = |policies: &str| {
        let names = match policies {
            "" => String::new(),
            names => format!("· {names}"),
        };
        SceneText::caption(x, y, TextStyle::Remark, caption(names))
    };
    vec![text(&short), text(policies)]
}

/// The pod and the direction whose policies are applied at a hop.
pub(super) fn asked(hop: &Hop) -> Option<(&ObjectName, GateSide)> {
    let Device::PodInterface(pod) = &hop.device else {
        return None;
    };
    let direction = match &hop.reason {
        Reason::PolicyAllows { direction, .. }
        | Reason::PolicyDrops { direction, .. }
        | Reason::PolicyDepends { direction, .. } => *direction,
        _ => return None,
    };
    Some((pod, side_of(direction)))
}

/// What a gate answers to the packet of a hop.
pub(super) fn answer(scene: &Scene, hop: &Hop) -> Option<GateAnswer> {
    let (pod, side) = asked(hop)?;
    let shape = scene.find(&ShapeId::Gate(pod.clone(), side))?;
    let direction = side;
    let gate = &scene.shapes[shape.0];
    let line = gate.texts.first()?.at;
    let width = owner(scene, shape)?.w;
    let words = |policies: &str, caption: &dyn Fn(String) -> Caption| {
        texts((line.x, line.y), width, policies, caption)
    };
    let (state, texts) = match &hop.reason {
        Reason::PolicyAllows { policy, rule, .. } => {
            let caption = |policy: String| Caption::GateOpen {
                direction,
                rule: if policy.is_empty() { 0 } else { rule + 1 },
                policy,
            };
            (GateState::Open, words(policy_name(policy), &caption))
        }
        Reason::PolicyDrops { policies, .. } => {
            let caption = |policies| Caption::GateShut {
                direction,
                policies,
            };
            (GateState::Shut, words(&policies.join(", "), &caption))
        }
        _ => (
            GateState::Depends,
            words("", &|_| Caption::GateDepends { direction }),
        ),
    };
    Some(GateAnswer {
        shape,
        state,
        texts,
    })
}

/// The name of a policy without its namespace, which is that of the pod.
fn policy_name(policy: &str) -> &str {
    policy.rsplit('/').next().unwrap_or(policy)
}

/// The card that a gate belongs to: that of its pod, or of the client.
fn owner(scene: &Scene, gate: ShapeIndex) -> Option<Rect> {
    scene.owner_of_gate(gate).map(|shape| shape.rect)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::view::layout::{enforced_policies, scene};
    use kubehop_engine::cluster::Config;
    use kubehop_engine::cluster::config::NetworkPlugin;
    use kubehop_engine::manifest::Source;
    use kubehop_engine::network::{Network, Request};
    use kubehop_engine::resolve::resolve;
    use kubehop_engine::testing::WEB_AND_DB;
    use kubehop_engine::trace::trace;

    const POLICIES: &str = "\
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: out}
spec: {podSelector: {matchLabels: {app: web}}, policyTypes: [Egress], egress: [{}]}
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: shut}
spec: {podSelector: {matchLabels: {app: db}}, policyTypes: [Ingress]}
";

    fn drawn(view: View, plugin: NetworkPlugin) -> Scene {
        drawn_with(POLICIES, view, plugin)
    }

    fn drawn_with(policies: &str, view: View, plugin: NetworkPlugin) -> Scene {
        let config = Config {
            plugin,
            ..Config::default()
        };
        let network = Network::of(resolve(
            &Source::read(&format!("{WEB_AND_DB}{policies}")),
            &config,
        ));
        let request = Request {
            from: "pod/web".parse().expect("an origin"),
            to: "http://10.96.0.50".parse().expect("a target"),
        };
        let trace = trace(&network, &request, 0, 0).expect("it can be sent");
        let input = LayoutInput {
            trace: Some(&trace),
            policies: enforced_policies(&network),
            ..LayoutInput::of_width(712.0)
        };
        scene(view, network.cluster(), input)
    }

    #[test]
    fn a_packet_passes_an_open_gate_and_stops_at_a_shut_one() {
        for view in [View::Network, View::Concept] {
            let scene = drawn(view, NetworkPlugin::Api);
            let path = scene.path.as_ref().expect("there is a trace");
            let gate = |pod: &str, side| {
                let key = ShapeId::Gate(ObjectName::new("default", pod), side);
                scene.find(&key).expect("the pod is isolated")
            };
            let last = path.hops.len() - 1;
            let state = |gate, hop| path.gate(gate, hop).map(|answer| answer.state);
            let (out, shut) = (gate("web", GateSide::Egress), gate("db", GateSide::Ingress));
            assert_eq!(state(out, 0), None);
            assert_eq!(state(out, last), Some(GateState::Open));
            assert_eq!(state(shut, last - 1), None);
            assert_eq!(state(shut, last), Some(GateState::Shut));
            // The packet ends in front of the pod.
            let end = path.hops[last].curve.to;
            let pod = scene.owner_of_gate(shut).expect("it is drawn").rect;
            assert!(end.x < pod.x && pod.y < end.y && end.y < pod.bottom());
        }
    }

    #[test]
    fn a_packet_that_its_clients_policies_drop_ends_at_the_clients_gate() {
        let policies = POLICIES.replace("egress: [{}]", "egress: []");
        for view in [View::Network, View::Concept] {
            let scene = drawn_with(&policies, view, NetworkPlugin::Api);
            let path = scene.path.as_ref().expect("there is a trace");
            let web = ObjectName::new("default", "web");
            let gate = scene.shape(&ShapeId::Gate(web, GateSide::Egress));
            let gate = gate.expect("the pod is isolated").rect;
            let last = path.hops.last().expect("it was sent");
            assert_eq!(
                last.gate.as_ref().map(|answer| answer.state),
                Some(GateState::Shut)
            );
            let end = last.curve.to;
            assert!(
                gate.x <= end.x
                    && end.x <= gate.right()
                    && gate.y <= end.y
                    && end.y <= gate.bottom(),
                "{view:?}: {end:?} {gate:?}"
            );
        }
    }

    #[test]
    fn a_plugin_that_ignores_policies_has_no_gates() {
        let scene = drawn(View::Network, NetworkPlugin::None);
        assert!(
            scene
                .shapes
                .iter()
                .all(|shape| shape.role != ShapeRole::Gate)
        );
    }
}
