//! What happens to the cluster: events as data, kept beside the text that they apply to.
//!
//! An event never changes the text. The cluster is what the text makes, and then each event in turn; taking one back is
//! leaving it out.

mod possible;
mod words;

use std::rc::Rc;

use super::{Cue, Effect, Model, Played};
use kubehop_engine::resolve::events::Event;
use kubehop_engine::resolve::resolve;

pub(super) use possible::{possible, possible_anywhere};
pub use words::PossibleEvent;

impl Model {
    /// Lets something happen, as the text tool reads it; a text that is no event changes nothing.
    pub(in crate::view::session) fn apply_event(
        &mut self,
        event: &str,
        played: Played,
    ) -> Vec<Effect> {
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

    pub(in crate::view::session) fn undo_event(
        &mut self,
        index: usize,
        played: Played,
    ) -> Vec<Effect> {
        if index >= self.events.len() {
            return Vec::new();
        }
        self.conclude(played);
        Rc::make_mut(&mut self.events).remove(index);
        self.replay_events()
    }

    pub(in crate::view::session) fn undo_all_events(&mut self, played: Played) -> Vec<Effect> {
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
    use crate::view::i18n::{Catalogue, Language};
    use crate::view::page_view::PageView;
    use crate::view::scene::ShapeId;
    use crate::view::session::{Ask, Player, Saved};
    use kubehop_engine::names::ObjectName;
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
            self.model.page_view(&Catalogue::of_page(Language::English))
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

    /// The pod that answers the shown connection; empty if none does.
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
    fn the_end_of_a_pod_is_compared_with_the_time_before_its_deletion() {
        let mut session = session();
        happen(&mut session, "delete pod/web-0");
        happen(&mut session, "gone pod/web-0");
        let before = session.model.before.as_ref().expect("something happened");
        let pod = before.pods.get(&ObjectName::new("default", "web-0"));
        assert!(pod.is_some_and(|pod| !pod.is_terminating()));
        happen(&mut session, "gone pod/web-1");
        let before = session.model.before.as_ref().expect("something happened");
        let pod = before.pods.get(&ObjectName::new("default", "web-1"));
        assert!(pod.is_some_and(|pod| !pod.is_terminating()));
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
