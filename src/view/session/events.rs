//! What happens to the cluster while somebody looks on: events as data, kept beside the text they happen to.
//!
//! An event never changes the text. The cluster is what the text makes, and then each event in turn; taking one back is
//! leaving it out.

use std::rc::Rc;

use serde::Serialize;

use super::{Cue, Effect, Model, Played};
use crate::view::cross_reference::kind_named;
use crate::view::i18n::Message;
use crate::view::scene::ShapeId;
use kubehop_engine::cluster::object::{Pod, Service};
use kubehop_engine::controllers::workloads::MAX_PODS;
use kubehop_engine::kinds::Kind;
use kubehop_engine::labels::service_selects;
use kubehop_engine::manifest::tree::YamlValue;
use kubehop_engine::names::{DEFAULT_NAMESPACE, ObjectName};
use kubehop_engine::resolve::events::{Event, MetadataChange, on_command_line};
use kubehop_engine::resolve::{Resolved, resolve};

/// At most this many pods are offered by name; any other can be selected in the picture.
const PODS: usize = 100;

/// Workloads whose pods have a number, in the order they are offered.
const SCALABLE: [Kind; 4] = [
    Kind::Deployment,
    Kind::StatefulSet,
    Kind::ReplicaSet,
    Kind::ReplicationController,
];

/// Workloads whose pods are replaced when their template changes.
const ROLLED_OUT: [Kind; 3] = [Kind::Deployment, Kind::StatefulSet, Kind::DaemonSet];

/// Workloads in the order in which their events are offered.
const WORKLOADS: [Kind; 5] = [
    Kind::Deployment,
    Kind::StatefulSet,
    Kind::DaemonSet,
    Kind::ReplicaSet,
    Kind::ReplicationController,
];

/// The lag of kube-proxy's rules that is offered, in seconds.
const LAG: u16 = 2;

/// An event in words; `.act` is what is pressed to let it happen, `.command` says with its object.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(tag = "id", rename_all = "kebab-case")]
pub enum PossibleEvent {
    /// A pod's readiness probe fails.
    Unready {
        /// The pod.
        pod: String,
    },
    /// It passes again.
    Ready {
        /// The pod.
        pod: String,
    },
    /// A pod is going away.
    Deleted {
        /// The pod.
        pod: String,
    },
    /// It is gone.
    Gone {
        /// The pod.
        pod: String,
    },
    /// A workload has another number of pods.
    Scaled {
        /// `Deployment`, `StatefulSet`, …
        kind: &'static str,
        /// The workload.
        name: String,
        /// How many.
        replicas: u16,
    },
    /// A workload's pods are replaced by new ones of the same template.
    Restarted {
        /// `Deployment`, `StatefulSet`, …
        kind: &'static str,
        /// The workload.
        name: String,
        /// The object as kubectl takes it, `deployment/web -n dev`.
        object: String,
    },
    /// A workload's template has another image.
    ImageSet {
        /// `Deployment`, `StatefulSet`, …
        kind: &'static str,
        /// The workload.
        name: String,
        /// The object as kubectl takes it.
        object: String,
        /// The container and its image, `app=web:2`; empty for the next tag.
        image: String,
    },
    /// A node stopped.
    NodeDown {
        /// The node.
        node: String,
    },
    /// A node reports again.
    NodeBack {
        /// The node.
        node: String,
    },
    /// A node takes no new pods.
    Cordoned {
        /// The node.
        node: String,
    },
    /// A node takes new pods again.
    Uncordoned {
        /// The node.
        node: String,
    },
    /// An object has other labels.
    Labeled {
        /// The object as kubectl takes it.
        object: String,
        /// The labels as kubectl takes them, `app- tier=back`.
        changes: String,
    },
    /// An object has other annotations.
    Annotated {
        /// The object as kubectl takes it.
        object: String,
        /// The annotations as kubectl takes them.
        changes: String,
    },
    /// Another event, before kube-proxy's rules follow it.
    Lagging {
        /// The event, as the text tool takes it.
        event: String,
        /// After how many seconds they follow.
        lag: u16,
    },
}

impl Message for PossibleEvent {
    const PREFIX: &'static str = "happening";
}

impl From<&Event> for PossibleEvent {
    fn from(event: &Event) -> PossibleEvent {
        match event {
            Event::PodUnready(pod) => PossibleEvent::Unready { pod: short(pod) },
            Event::PodReady(pod) => PossibleEvent::Ready { pod: short(pod) },
            Event::PodDeleted(pod) => PossibleEvent::Deleted { pod: short(pod) },
            Event::PodRemoved(pod) => PossibleEvent::Gone { pod: short(pod) },
            Event::Scaled {
                kind,
                name,
                replicas,
            } => PossibleEvent::Scaled {
                kind: kind.name(),
                name: short(name),
                replicas: *replicas,
            },
            Event::Restarted { kind, name } => PossibleEvent::Restarted {
                kind: kind.name(),
                name: short(name),
                object: on_command_line(*kind, name),
            },
            Event::ImageSet { kind, name, image } => PossibleEvent::ImageSet {
                kind: kind.name(),
                name: short(name),
                object: on_command_line(*kind, name),
                image: image.as_ref().map(ToString::to_string).unwrap_or_default(),
            },
            Event::NodeDown(node) => PossibleEvent::NodeDown { node: node.clone() },
            Event::NodeBack(node) => PossibleEvent::NodeBack { node: node.clone() },
            Event::Cordoned(node) => PossibleEvent::Cordoned { node: node.clone() },
            Event::Uncordoned(node) => PossibleEvent::Uncordoned { node: node.clone() },
            Event::Labeled {
                kind,
                name,
                changes,
            } => PossibleEvent::Labeled {
                object: on_command_line(*kind, name),
                changes: spaced(changes),
            },
            Event::Annotated {
                kind,
                name,
                changes,
            } => PossibleEvent::Annotated {
                object: on_command_line(*kind, name),
                changes: spaced(changes),
            },
            Event::Lagging { event, seconds } => PossibleEvent::Lagging {
                event: event.to_string(),
                lag: *seconds,
            },
        }
    }
}

fn spaced(changes: &[MetadataChange]) -> String {
    let changes: Vec<String> = changes.iter().map(ToString::to_string).collect();
    changes.join(" ")
}

/// A name as people say it: without the namespace when that is the usual one.
fn short(name: &ObjectName) -> String {
    if name.namespace == DEFAULT_NAMESPACE {
        name.name.to_string()
    } else {
        name.to_string()
    }
}

/// What can happen to what is selected.
pub(super) fn possible(resolved: &Resolved, key: &ShapeId) -> Vec<Event> {
    match key {
        ShapeId::Pod(name) => resolved
            .cluster
            .pods
            .get(name)
            .map(|pod| with_workload(resolved, pod))
            .unwrap_or_default(),
        ShapeId::Endpoint(_, endpoint) => {
            let mut pods = resolved.cluster.pods.values();
            let pod = pods.find(|pod| pod.addresses().any(|address| address == endpoint.ip()));
            pod.map(|pod| with_workload(resolved, pod))
                .unwrap_or_default()
        }
        ShapeId::Node(node)
        | ShapeId::Rules(node)
        | ShapeId::Entry(node)
        | ShapeId::Process(node) => of_node(resolved, node),
        ShapeId::Object(kind, name) => kind_named(kind)
            .filter(|kind| WORKLOADS.contains(kind))
            .map(|kind| of_workload(resolved, kind, name))
            .unwrap_or_default(),
        ShapeId::Client
        | ShapeId::Gate(..)
        | ShapeId::Outside(_)
        | ShapeId::LoadBalancer(_)
        | ShapeId::Service(_)
        | ShapeId::Slices(_)
        | ShapeId::More(_)
        | ShapeId::MoreGroups
        | ShapeId::MoreNodes => Vec::new(),
    }
}

/// What can happen to any pod, workload and node of the text.
pub(super) fn possible_anywhere(resolved: &Resolved) -> Vec<Event> {
    let own = resolved
        .cluster
        .pods
        .values()
        .filter(|pod| !pod.metadata.namespace.starts_with("kube-"));
    let pods = own.take(PODS).flat_map(|pod| {
        let label = without_selector_label(resolved, pod);
        of_pod(resolved, pod).into_iter().chain(label)
    });
    let workloads = WORKLOADS
        .into_iter()
        .flat_map(|kind| resolved.of_kind(kind));
    let workloads = workloads.filter(|stored| stored.written.is_some());
    let scaled = workloads.flat_map(|stored| of_workload(resolved, stored.kind, &stored.name));
    let nodes = resolved
        .cluster
        .nodes
        .keys()
        .flat_map(|node| of_node(resolved, node));
    pods.chain(scaled).chain(nodes).collect()
}

fn with_workload(resolved: &Resolved, pod: &Pod) -> Vec<Event> {
    let mut events = of_pod(resolved, pod);
    if let Some(maker) = resolved.workload_of(&pod.id()) {
        events.extend(of_workload(resolved, maker.kind, &maker.name));
    }
    events
}

/// Nothing is ready on a node that is down.
fn of_pod(resolved: &Resolved, pod: &Pod) -> Vec<Event> {
    if pod.is_terminating() {
        return vec![Event::PodRemoved(pod.id())];
    }
    let node_is_ready = resolved
        .cluster
        .nodes
        .get(&pod.spec.node_name)
        .is_none_or(kubehop_engine::cluster::object::Node::is_ready);
    let probe = match (pod.is_ready(), node_is_ready) {
        (true, _) => Some(Event::PodUnready(pod.id())),
        (false, true) => Some(Event::PodReady(pod.id())),
        (false, false) => None,
    };
    let deleted = Event::PodDeleted(pod.id());
    let lagging = has_service(resolved, pod).then(|| Event::Lagging {
        event: Box::new(deleted.clone()),
        seconds: LAG,
    });
    probe.into_iter().chain([deleted]).chain(lagging).collect()
}

fn has_service(resolved: &Resolved, pod: &Pod) -> bool {
    services_of(resolved, pod).next().is_some()
}

/// The Services that select a pod.
fn services_of<'a>(resolved: &'a Resolved, pod: &'a Pod) -> impl Iterator<Item = &'a Service> {
    let services = resolved.cluster.services.values();
    services.filter(|service| {
        service.metadata.namespace == pod.metadata.namespace
            && service_selects(service.spec.selector.as_ref(), &pod.metadata.labels)
    })
}

/// The pod loses the first label by which a Service selects it.
fn without_selector_label(resolved: &Resolved, pod: &Pod) -> Option<Event> {
    let service = services_of(resolved, pod).next()?;
    let (key, _) = service.spec.selector.iter().flatten().next()?;
    Some(Event::Labeled {
        kind: Kind::Pod,
        name: pod.id(),
        changes: vec![MetadataChange {
            key: key.clone(),
            value: None,
        }],
    })
}

fn of_workload(resolved: &Resolved, kind: Kind, name: &ObjectName) -> Vec<Event> {
    let rollout = ROLLED_OUT.contains(&kind).then(|| rollouts_of(kind, name));
    let rollout = rollout.into_iter().flatten();
    if !SCALABLE.contains(&kind) {
        return rollout.collect();
    }
    let Some(now) = replicas(resolved, kind, name) else {
        return rollout.collect();
    };
    let less = now.checked_sub(1);
    let more = Some(now + 1).filter(|more| *more <= MAX_PODS);
    let scaled = |replicas: usize| {
        Some(Event::Scaled {
            kind,
            name: name.clone(),
            replicas: u16::try_from(replicas).ok()?,
        })
    };
    let scaled = more.into_iter().chain(less).filter_map(scaled);
    scaled.chain(rollout).collect()
}

/// How many pods a workload asks for; those that are going away do not count.
fn replicas(resolved: &Resolved, kind: Kind, name: &ObjectName) -> Option<usize> {
    let spec = resolved.get(kind, name)?.tree.get("spec");
    match spec
        .and_then(|spec| spec.get("replicas"))
        .map(|own| &own.value)
    {
        Some(YamlValue::Int(replicas)) => usize::try_from(*replicas).ok(),
        _ => Some(1),
    }
}

fn rollouts_of(kind: Kind, name: &ObjectName) -> [Event; 2] {
    let name = || name.clone();
    [
        Event::Restarted { kind, name: name() },
        Event::ImageSet {
            kind,
            name: name(),
            image: None,
        },
    ]
}

fn of_node(resolved: &Resolved, node: &str) -> Vec<Event> {
    let Some(object) = resolved.cluster.nodes.get(node) else {
        return Vec::new();
    };
    let name = node.to_owned();
    let state = if object.is_ready() {
        Event::NodeDown(name.clone())
    } else {
        Event::NodeBack(name.clone())
    };
    let scheduling = if object.spec.unschedulable {
        Event::Uncordoned(name)
    } else {
        Event::Cordoned(name)
    };
    vec![state, scheduling]
}

impl Model {
    /// Lets something happen, as the text tool reads it; a text that is no event changes nothing.
    pub(super) fn apply_event(&mut self, event: &str, played: Played) -> Vec<Effect> {
        let Ok(event) = event.parse::<Event>() else {
            return Vec::new();
        };
        self.conclude(played);
        let event = event.with_image(&self.network.resolved);
        let events = Rc::make_mut(&mut self.events);
        if events
            .last()
            .is_some_and(|last| is_of_the_same_workload(last, &event))
        {
            events.pop();
        }
        events.push(event);
        self.replay_events()
    }

    pub(super) fn undo_event(&mut self, index: usize, played: Played) -> Vec<Effect> {
        if index >= self.events.len() {
            return Vec::new();
        }
        self.conclude(played);
        Rc::make_mut(&mut self.events).remove(index);
        self.replay_events()
    }

    pub(super) fn undo_all_events(&mut self, played: Played) -> Vec<Effect> {
        self.conclude(played);
        self.events = Rc::default();
        self.replay_events()
    }

    /// What the text makes, and the events in turn. While the text is broken, it is the last good one.
    fn replay_events(&mut self) -> Vec<Effect> {
        self.settle(resolve(&self.source, &self.config));
        vec![Effect::Cue(Cue::Rewind), Effect::Save]
    }
}

/// Of numbers of one workload, one right after the other, the last counts.
fn is_of_the_same_workload(one: &Event, other: &Event) -> bool {
    if let Event::Scaled { kind, name, .. } = one
        && let Event::Scaled {
            kind: other_kind,
            name: other_name,
            ..
        } = other
    {
        return (kind, name) == (other_kind, other_name);
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::view::i18n::Catalogue;
    use crate::view::page_view::PageView;
    use crate::view::session::{Ask, Player, Saved};
    use kubehop_engine::trace::Verdict;

    /// A Service with two pods of a StatefulSet, and a client.
    const WEB: &str = "apiVersion: v1\nkind: Service\nmetadata: {name: web}\nspec: {clusterIP: 10.96.0.50, selector: {app: web}, ports: [{name: http, port: 80}, {name: dns, port: 53, protocol: UDP}]}\n---\napiVersion: apps/v1\nkind: StatefulSet\nmetadata: {name: web}\nspec:\n  serviceName: web\n  replicas: 2\n  selector: {matchLabels: {app: web}}\n  template:\n    metadata: {labels: {app: web}}\n    spec: {containers: [{name: c, image: nginx}]}\n---\napiVersion: v1\nkind: Pod\nmetadata: {name: client}\nspec: {containers: [{name: c, image: curl}]}\n";

    /// Worker and page in one thread.
    struct Session {
        model: Model,
        player: Player,
    }

    impl Session {
        fn new() -> Session {
            Session {
                model: Model::new(),
                player: Player::default(),
            }
        }

        fn view(&self) -> PageView {
            self.model.page_view(&Catalogue::english())
        }

        fn ask(&mut self, ask: Ask) -> Vec<Effect> {
            let effects = self.model.handle(ask);
            self.player.adopt(&self.view());
            for effect in &effects {
                if let Effect::Cue(cue) = effect {
                    self.player.cue(*cue);
                }
            }
            effects
        }

        fn can_send_more(&self) -> bool {
            self.player.open_endpoint(&self.view()).is_some()
        }
    }

    fn session() -> Session {
        let mut session = Session::new();
        session.ask(Ask::Edit(WEB.to_owned()));
        session.ask(Ask::SetOrigin("pod/client".to_owned()));
        session.ask(Ask::SetTarget("http://10.96.0.50".to_owned()));
        session
    }

    fn happen(session: &mut Session, event: &str) -> Vec<Effect> {
        let played = session.player.played();
        session.ask(Ask::ApplyEvent(event.to_owned(), played))
    }

    /// Who answers what is shown; empty for nobody.
    fn partner(session: &Session) -> String {
        let pod = session
            .model
            .trace
            .as_ref()
            .and_then(|trace| trace.answered_by());
        pod.map(|pod| pod.name.clone())
            .unwrap_or_default()
            .to_string()
    }

    fn events(session: &Session) -> Vec<String> {
        session
            .model
            .events
            .iter()
            .map(ToString::to_string)
            .collect()
    }

    /// Sends what is shown and lets it arrive.
    fn send(session: &mut Session, ask: fn(Played) -> Ask) {
        session.ask(ask(session.player.played()));
        session.player.seek(f32::MAX);
    }

    #[test]
    fn what_happens_changes_the_cluster_and_not_the_text_and_can_be_taken_back() {
        let mut session = session();
        let before = session.model.network.resolved.clone();
        assert_eq!(
            happen(&mut session, "unready pod/web-0"),
            [Effect::Cue(Cue::Rewind), Effect::Save]
        );
        assert_eq!(
            (partner(&session).as_str(), session.model.text.as_ref()),
            ("web-1", WEB)
        );
        happen(&mut session, "unready pod/web-1");
        let verdict = session
            .model
            .trace
            .as_ref()
            .map(|trace| trace.verdict.clone());
        assert!(matches!(verdict, Some(Verdict::Refused { .. })));
        session.ask(Ask::UndoEvent(0, Played::No));
        assert_eq!(
            (partner(&session).as_str(), events(&session)),
            ("web-0", vec!["unready pod/web-1".to_owned()])
        );
        session.ask(Ask::UndoAllEvents(Played::No));
        assert_eq!(session.model.network.resolved, before);
        assert_eq!(session.ask(Ask::UndoEvent(0, Played::No)), []);
    }

    #[test]
    fn an_edit_keeps_the_events_whose_object_is_still_there() {
        let mut session = session();
        happen(&mut session, "unready pod/web-0");
        happen(&mut session, "delete pod/client");
        let without_client = WEB
            .rsplit_once("---\n")
            .expect("it is the last document")
            .0
            .to_owned();
        session.ask(Ask::Edit(without_client));
        assert_eq!(events(&session), ["unready pod/web-0"]);
        assert!(
            !session.model.network.cluster().pods[&ObjectName::new("default", "web-0")].is_ready()
        );
        session.ask(Ask::OpenLesson("node-port".to_owned()));
        assert_eq!(events(&session), Vec::<String>::new());
    }

    #[test]
    fn links_hold_what_happened() {
        let mut session = session();
        happen(&mut session, "delete pod/web-1");
        happen(&mut session, "gone pod/web-1");
        happen(&mut session, "scale statefulset/web=3");
        let read = Saved::read(&session.model.saved().to_json()).expect("it was written just now");
        let restored = Model::restored(read.saved);
        assert_eq!(restored.network.resolved, session.model.network.resolved);
        assert_eq!(restored.events, session.model.events);
        assert!(
            !Model::new().saved().to_json().contains("events"),
            "old links look as they did"
        );
    }

    #[test]
    fn an_open_connection_stays_on_its_pod_and_new_ones_go_to_another() {
        let mut session = session();
        assert!(!session.can_send_more(), "nothing was sent");
        send(&mut session, Ask::Send);
        assert!(session.can_send_more());
        let pod = partner(&session);
        happen(&mut session, &format!("delete pod/{pod}"));
        assert_ne!(
            partner(&session),
            pod,
            "a new connection does not choose it"
        );
        send(&mut session, Ask::SendMore);
        assert_eq!(
            partner(&session),
            pod,
            "the open one keeps it while it is going away"
        );
        happen(&mut session, &format!("gone pod/{pod}"));
        send(&mut session, Ask::SendMore);
        let verdict = session
            .model
            .trace
            .as_ref()
            .map(|trace| trace.verdict.clone());
        assert!(
            matches!(
                verdict,
                Some(Verdict::TimedOut { .. } | Verdict::Refused { .. })
            ),
            "{verdict:?}"
        );
        session.ask(Ask::SetTarget("http://web".to_owned()));
        assert!(!session.can_send_more(), "that is another connection");
    }

    #[test]
    fn a_udp_flow_to_a_pod_that_stopped_serving_chooses_again() {
        let mut session = session();
        session.ask(Ask::SetTarget("udp://10.96.0.50:53".to_owned()));
        send(&mut session, Ask::Send);
        let pod = partner(&session);
        happen(&mut session, &format!("unready pod/{pod}"));
        send(&mut session, Ask::SendMore);
        assert!(!partner(&session).is_empty() && partner(&session) != pod);
    }

    #[test]
    fn what_is_offered_follows_what_happened() {
        let mut session = session();
        let offered = |session: &Session, key: ShapeId| {
            possible(&session.model.network.resolved, &key)
                .iter()
                .map(ToString::to_string)
                .collect::<Vec<_>>()
        };
        let pod = || ShapeId::Pod(ObjectName::new("default", "web-0"));
        let scaled = ["scale statefulset/web=3", "scale statefulset/web=1"];
        assert_eq!(
            offered(&session, pod()),
            [
                &[
                    "unready pod/web-0",
                    "delete pod/web-0",
                    "delete pod/web-0 lag=2"
                ][..],
                &scaled,
                &["rollout restart statefulset/web", "image statefulset/web"],
            ]
            .concat()
        );
        happen(&mut session, "unready pod/web-0");
        assert_eq!(offered(&session, pod())[0], "ready pod/web-0");
        happen(&mut session, "delete pod/web-0");
        assert_eq!(offered(&session, pod())[0], "gone pod/web-0");
        let node = || ShapeId::Rules("node-1".to_owned());
        let of_node = ["down node/node-1", "cordon node-1"];
        assert_eq!(offered(&session, node()), of_node);
        happen(&mut session, "down node/node-1");
        happen(&mut session, "cordon node-1");
        let of_node = ["node back node-1", "uncordon node-1"];
        assert_eq!(offered(&session, node()), of_node);
        assert_eq!(
            offered(
                &session,
                ShapeId::Service(ObjectName::new("default", "web"))
            ),
            Vec::<String>::new()
        );
        let anywhere = possible_anywhere(&session.model.network.resolved);
        assert!(
            anywhere
                .iter()
                .all(|event| event.is_possible(&session.model.network.resolved))
        );
    }

    #[test]
    fn numbers_are_offered_beside_what_is_asked_for_and_an_image_is_named() {
        let mut session = session();
        happen(&mut session, "delete pod/web-1");
        let offered = possible(
            &session.model.network.resolved,
            &ShapeId::Pod(ObjectName::new("default", "web-0")),
        );
        let offered: Vec<String> = offered.iter().map(ToString::to_string).collect();
        assert!(offered.contains(&"scale statefulset/web=3".to_owned()));
        assert!(offered.contains(&"scale statefulset/web=1".to_owned()));
        happen(&mut session, "image statefulset/web");
        let view = session.view();
        let last = view.events.last().expect("it happened");
        assert_eq!(
            last.command.as_deref(),
            Some("kubectl set image statefulset/web c=nginx:next")
        );
        let first = view.events.first().expect("it happened");
        assert_eq!(first.event, "delete pod/web-1");
        happen(&mut session, "unready pod/web-0 lag=2");
        let view = session.view();
        let last = view.events.last().expect("it happened");
        assert_eq!(last.command, None);
        assert!(
            last.cause
                .as_ref()
                .is_some_and(|cause| cause.contains("probe"))
        );
    }

    #[test]
    fn of_numbers_one_right_after_the_other_the_last_counts() {
        let mut session = session();
        happen(&mut session, "scale statefulset/web=3");
        happen(&mut session, "scale statefulset/web=4");
        assert_eq!(events(&session), ["scale statefulset/web=4"]);
        happen(&mut session, "unready pod/web-3");
        happen(&mut session, "scale statefulset/web=0");
        assert_eq!(events(&session).len(), 3);
        assert_eq!(
            possible_anywhere(&session.model.network.resolved)[2].to_string(),
            "scale statefulset/web=1"
        );
    }
}
