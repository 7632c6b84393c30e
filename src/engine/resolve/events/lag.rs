//! The time between an event and kube-proxy's rules.
//!
//! A pod gets SIGTERM as soon as it is deleted. Only after that the EndpointSlice controller, the API server's watches and
//! kube-proxy's next sync have changed the rules of the nodes. The snapshot of a lagging event is the last moment before
//! they have: endpoints are written, rules and controllers still have the older ones, and each pod that the event ended has
//! got so far in its termination as it gets in that time.
//! Source: kubernetes `pkg/proxy/runner/bounded_frequency_runner.go`, website `concepts/workloads/pods/pod-lifecycle`.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::pods::terminate;
use super::{Event, Resolved, apply, rollout, run_controllers};
use crate::cluster::Cluster;
use crate::cluster::object::Pod;
use crate::controllers::termination::seconds_until_exit;
use crate::names::ObjectName;
use crate::sort;

/// The state of rules that are older than the cluster.
#[derive(Clone, Debug, PartialEq)]
pub struct RulesLag {
    /// The cluster that the rules were written for.
    pub programmed: Cluster,
    /// How many seconds ago the event was.
    pub seconds: u16,
    /// The pods that it ended.
    ended: BTreeSet<ObjectName>,
}

impl RulesLag {
    /// Whether the event ended a pod, which may still run its `preStop` hook.
    pub fn has_ended(&self, pod: &ObjectName) -> bool {
        self.ended.contains(pod)
    }

    /// Whether the process behind a port of a pod has exited since.
    pub fn has_exited(&self, pod: &Pod, port: u16) -> bool {
        self.has_ended(&pod.id()) && seconds_until_exit(pod, port) < u64::from(self.seconds)
    }
}

/// The moment after an event, before the rules follow it.
pub(super) fn apply_before_rules(before: &Resolved, event: &Event, seconds: u16) -> Resolved {
    let is_rollout = matches!(event, Event::Restarted { .. } | Event::ImageSet { .. });
    let (serving, mut next) = if is_rollout {
        let stage = |stage| {
            let mut next = before.clone();
            rollout::roll_out(&mut next, event, stage);
            run_controllers(&mut next, before);
            next
        };
        (
            stage(rollout::Stage::LastServes),
            stage(rollout::Stage::LastTerminates),
        )
    } else {
        (before.clone(), apply(before, event))
    };
    if matches!(event, Event::Scaled { .. }) {
        keep_terminating(&mut next, before);
    }
    let ended = next.cluster.each_pod().filter(|pod| {
        let earlier = before.cluster.pod(&pod.id());
        pod.is_terminating() && earlier.is_some_and(|earlier| !earlier.is_terminating())
    });
    let ended = sort::set(ended.map(Pod::id));
    next.lag = Some(Arc::new(RulesLag {
        programmed: serving.cluster,
        seconds,
        ended,
    }));
    next
}

/// The pods that scaling removes are terminating for now.
fn keep_terminating(next: &mut Resolved, before: &Resolved) {
    for (name, pod) in &before.cluster.pods {
        if !next.cluster.pods.contains_key(name) {
            let mut pod = pod.as_ref().clone();
            terminate(&mut pod);
            next.cluster.pods.insert(name.clone(), Arc::new(pod));
        }
    }
    run_controllers(next, before);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{WEB, resolved};

    fn web(pod_spec: &str) -> Resolved {
        resolved(&format!(
            "
            apiVersion: v1
            kind: Service
            metadata: {{name: web}}
            spec: {{selector: {{app: web}}, ports: [{{port: 80}}]}}
            ---
            apiVersion: v1
            kind: Pod
            metadata: {{name: web, labels: {{app: web}}}}
            spec: {{{pod_spec}}}
            "
        ))
    }

    fn after(before: &Resolved, event: &str) -> Resolved {
        apply(before, &event.parse().expect("it is an event"))
    }

    fn has_exited(pod_spec: &str, event: &str) -> bool {
        let next = after(&web(pod_spec), event);
        let pod = next.cluster.pod(&ObjectName::new("default", "web"));
        let lag = next.lag.as_ref().expect("the rules lag");
        lag.has_exited(pod.expect("it terminates"), 80)
    }

    #[test]
    fn a_hook_that_is_as_long_as_the_lag_keeps_the_process_running() {
        let plain = "containers: [{name: c, image: nginx}]";
        let hook =
            "containers: [{name: c, image: nginx, lifecycle: {preStop: {sleep: {seconds: 5}}}}]";
        assert!(has_exited(plain, "delete pod/web lag=1"));
        assert!(!has_exited(hook, "delete pod/web lag=5"));
        assert!(has_exited(hook, "delete pod/web lag=6"));
        let sleep = "exec: {command: [sleep, '5']}";
        let short = hook.replace("sleep: {seconds: 5}", sleep);
        assert!(!has_exited(&short, "delete pod/web lag=5"));
        let short = format!("terminationGracePeriodSeconds: 3, {short}");
        assert!(
            has_exited(&short, "delete pod/web lag=5"),
            "the grace period cuts the hook"
        );
        assert!(
            !has_exited(plain, "unready pod/web lag=5"),
            "it was not ended"
        );
    }

    #[test]
    fn rules_are_older_until_the_next_event() {
        let before = web("containers: [{name: c, image: nginx}]");
        let next = after(&before, "delete pod/web lag=2");
        let lag = next.lag.as_ref().expect("the rules lag");
        assert_eq!(lag.programmed, before.cluster);
        assert_ne!(
            next.cluster.slices, before.cluster.slices,
            "endpoints are written"
        );
        assert_eq!(after(&next, "gone pod/web").lag, None);
    }

    #[test]
    fn pods_that_scaling_removes_terminate_while_the_rules_lag() {
        let next = after(&resolved(WEB), "scale deployment/web=0 lag=2");
        let own = next
            .cluster
            .each_pod()
            .filter(|pod| pod.metadata.namespace == "default");
        let own: Vec<&Pod> = own.collect();
        assert_eq!(own.len(), 2);
        assert!(own.iter().all(|pod| pod.is_terminating()));
    }
}
