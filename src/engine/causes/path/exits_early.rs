//! A pod whose process exits before the rules that lead to it are removed, or keeps running until they are.

use crate::causes::cause::{Cause, Evidence};
use crate::causes::edit::{add_field, pod_spec};
use crate::cluster::object::Pod;
use crate::controllers::termination::{PreStop, container_of, grace_period, seconds_until_exit};
use crate::diagnostic::{Fault, Fix, HookFault, PathFault};
use crate::manifest::tree::Yaml;
use crate::names::ObjectName;
use crate::network::Network;
use crate::resolve::Stored;
use crate::trace::{Hop, Reason, Trace};

/// Why a connection met a pod whose process had exited already.
pub(in crate::causes) fn of_failure(network: &Network, trace: &Trace) -> Option<Cause> {
    let mut hops = trace.hops.iter().rev();
    let hop = hops.find(|hop| matches!(hop.reason, Reason::ProcessExited { .. }))?;
    let (pod, port) = pod_of(network, hop)?;
    let lag = network.resolved.lag.as_ref()?;
    let (index, container) = container_of(pod, port)?;
    let hook = PreStop::of(container);
    let grace = grace_period(pod);
    let why = match hook {
        PreStop::Absent => HookFault::Missing,
        PreStop::Unknown => HookFault::Unknown,
        PreStop::Sleeps(seconds) if seconds > grace => HookFault::CutOff,
        PreStop::Sleeps(_) => HookFault::TooShort,
    };
    let fault = Fault::Path(PathFault::ExitsBeforeRules {
        pod: pod.metadata.name.to_string(),
        container: container.name.to_string(),
        why,
        seconds: seconds_until_exit(pod, port),
        grace,
        lag: lag.seconds,
    });
    let field = match why {
        HookFault::CutOff => "spec.terminationGracePeriodSeconds".to_owned(),
        HookFault::Missing | HookFault::Unknown | HookFault::TooShort => {
            format!("spec.containers[{index}].lifecycle")
        }
    };
    let evidence: Vec<Evidence> = Evidence::of_pod(&network.resolved, pod, &field)
        .into_iter()
        .collect();
    let fix = longer_hook(network, pod, index, why, lag.seconds.into());
    Some(Cause::likely(fault, evidence).with_fix(fix))
}

/// Why a terminating pod still answered.
pub(in crate::causes) fn of_answer(network: &Network, trace: &Trace) -> Option<Cause> {
    let lag = network.resolved.lag.as_ref()?;
    let mut hops = trace.hops.iter().rev();
    let hop = hops.find(|hop| matches!(hop.reason, Reason::Answers { .. }))?;
    let (pod, port) = pod_of(network, hop).filter(|(pod, _)| lag.has_ended(&pod.id()))?;
    let (index, _) = container_of(pod, port)?;
    let fault = Fault::Path(PathFault::LivesUntilRules {
        pod: pod.metadata.name.to_string(),
        seconds: seconds_until_exit(pod, port),
        lag: lag.seconds,
    });
    let field = format!("spec.containers[{index}].lifecycle");
    let evidence = Evidence::of_pod(&network.resolved, pod, &field);
    Some(Cause::certain(fault, evidence.into_iter().collect()))
}

/// The pod of a hop, and the port that the packet is for.
fn pod_of<'a>(network: &'a Network, hop: &Hop) -> Option<(&'a Pod, u16)> {
    let pod = network.cluster().pod(hop.device.pod()?)?;
    Some((pod, hop.before.destination.port()))
}

/// The edit that makes the hook as long as the lag, unless the grace period would cut it off.
fn longer_hook(
    network: &Network,
    pod: &Pod,
    index: usize,
    why: HookFault,
    seconds: u64,
) -> Option<Fix> {
    if seconds > grace_period(pod) {
        return None;
    }
    let (stored, container) = written_container(network, &pod.id(), index)?;
    match why {
        HookFault::Missing => {
            let hook = format!("{{\"sleep\": {{\"seconds\": {seconds}}}}}");
            if let Some(lifecycle) = container.get("lifecycle") {
                add_field(stored, lifecycle, "preStop", &hook)
            } else {
                let lifecycle = format!("{{\"preStop\": {hook}}}");
                add_field(stored, container, "lifecycle", &lifecycle)
            }
        }
        HookFault::TooShort => {
            let hook = container.get("lifecycle")?.get("preStop")?;
            let written = hook.get("sleep")?.get("seconds")?;
            Some(Fix {
                span: stored.span_of(written)?,
                text: seconds.to_string(),
            })
        }
        HookFault::Unknown | HookFault::CutOff => None,
    }
}

/// The object that the text has of a pod or of its workload, and the container in it.
fn written_container<'a>(
    network: &'a Network,
    pod: &ObjectName,
    index: usize,
) -> Option<(&'a Stored, &'a Yaml)> {
    let (stored, spec) = pod_spec(&network.resolved, pod)?;
    Some((stored, spec.get("containers")?.items().get(index)?))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cluster::Config;
    use crate::manifest::Source;
    use crate::resolve::events::{Event, apply};
    use crate::resolve::resolve;
    use crate::testing::dedent;
    use crate::trace::{Request, Verdict, trace};

    const WEB: &str = "
        apiVersion: v1
        kind: Service
        metadata: {name: web}
        spec: {clusterIP: 10.96.0.50, selector: {app: web}, ports: [{port: 80}]}
        ---
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: web}
        spec:
          selector: {matchLabels: {app: web}}
          template:
            metadata: {labels: {app: web}}
            spec: SPEC
    ";

    /// The network of a template's spec after an event, and the trace of a call.
    fn called(text: &str, event: &str) -> (Network, Trace) {
        let event: Event = event.parse().expect("it is an event");
        let before = resolve(&Source::read(text), &Config::default());
        let network = Network::of(apply(&before, &event));
        let request = Request {
            from: "node/node-2".parse().expect("an origin"),
            to: "http://10.96.0.50".parse().expect("a target"),
        };
        let trace = trace(&network, &request, 0, 0).expect("it can be sent");
        (network, trace)
    }

    const RESTART: &str = "scale deployment/web=0 lag=4";

    /// The text after the fix that is offered.
    fn fixed(spec: &str) -> Option<String> {
        let text = dedent(&WEB.replace("SPEC", spec));
        let (network, trace) = called(&text, RESTART);
        let why = crate::trace::Failure::ProcessExited;
        assert_eq!(trace.verdict, Verdict::Refused { why });
        let cause = of_failure(&network, &trace).expect("it has a cause");
        let Fix { span, text: new } = cause.fix?;
        let (start, end) = (span.start.offset as usize, span.end.offset as usize);
        Some(format!("{}{new}{}", &text[..start], &text[end..]))
    }

    #[test]
    fn the_fix_keeps_the_pod_alive_until_the_rules_follow() {
        for spec in [
            "{containers: [{name: c, image: nginx}]}",
            "\n              containers:\n              - name: c\n                image: nginx",
            "{\"containers\": [{\"name\": \"c\", \"image\": \"nginx\"}]}",
            "{containers: [{name: c, image: nginx, lifecycle: {preStop: {sleep: {seconds: 1}}}}]}",
            "{containers: [{name: c, image: nginx, lifecycle: {postStart: {sleep: {seconds: 1}}}}]}",
        ] {
            let text = fixed(spec).expect("a fix is offered");
            let (network, trace) = called(&text, RESTART);
            assert!(matches!(trace.verdict, Verdict::Answered { .. }), "{text}");
            let cause = of_answer(&network, &trace).expect("it is told");
            let lives = matches!(
                cause.fault,
                Fault::Path(PathFault::LivesUntilRules {
                    seconds: 4,
                    lag: 4,
                    ..
                })
            );
            assert!(lives, "{cause:?}");
        }
    }

    #[test]
    fn a_hook_that_cannot_be_lengthened_has_no_fix() {
        for spec in [
            "{containers: [{name: c, image: nginx, lifecycle: {preStop: {exec: {command: [quit]}}}}]}",
            "{terminationGracePeriodSeconds: 2, containers: [{name: c, image: nginx}]}",
        ] {
            assert_eq!(fixed(spec), None);
        }
    }
}
