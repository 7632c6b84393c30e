//! A selector that takes in pods of another program: some declare the port that the Service leads to, the others declare
//! only different ones.
//!
//! What a container declares is information only, so the cause is likely; it is certain where the other pods state what
//! listens. The usual case is one label that a
//! whole application shares, such as `app: wordpress` on the web server and its database.

use super::narrower_selector::{label_of_those_only, selecting};
use crate::causes::called_service::CalledService;
use crate::causes::cause::{Cause, Evidence};
use crate::causes::survey::{PortOf, Survey};
use crate::cluster::object::Pod;
use crate::controllers::endpointslices::is_member;
use crate::diagnostic::{Fault, SelectionFault};
use crate::names::Protocol;
use crate::network::Device;
use crate::network::listen::{known_ports, stated_ports};
use crate::trace::Trace;

/// Every Service that sends a part of its connections to another program.
pub(in crate::causes) fn check(survey: &Survey) -> Vec<Cause> {
    let ports = survey.ports();
    ports.filter_map(|port| of_port(survey, port)).collect()
}

/// The same for the port that a connection called, if it ended at one of the other program's pods.
pub(in crate::causes) fn of_trace(
    survey: &Survey,
    trace: &Trace,
    called: &CalledService,
) -> Option<Cause> {
    let port = survey.called_port(called.service, called.port, called.protocol)?;
    let target = port.port.target_port.number()?;
    let Device::Pod(name) = &trace.hops.last()?.device else {
        return None;
    };
    let pod = survey.resolved.cluster.pod(name)?;
    if declares(pod, (target, called.protocol)) {
        return None;
    }
    of_port(survey, port)
}

fn of_port(survey: &Survey, port: PortOf) -> Option<Cause> {
    let target = (port.port.target_port.number()?, port.port.protocol);
    let selected = survey.pods.selected(port.service);
    let members = selected.into_iter().filter(|pod| is_member(pod));
    let declaring = members.filter(|pod| !known_ports(pod).is_empty());
    let (meant, others): (Vec<&Pod>, Vec<&Pod>) = declaring.partition(|pod| declares(pod, target));
    let (first, other) = (meant.first()?, others.first()?);
    if others
        .iter()
        .any(|other| shares_workload(survey, other, &meant))
    {
        return None;
    }
    let label = label_of_those_only(&meant, &others);
    let fault = Fault::Selection(SelectionFault::SelectsOtherProgram {
        service: port.service.metadata.name.to_string(),
        pod: other.metadata.name.to_string(),
        pods: others.len(),
        all: meant.len() + others.len(),
        target: target.0,
        meant: first.metadata.name.to_string(),
        label: label.map(|(key, value)| format!("{key}={value}")),
    });
    let mut evidence = vec![Evidence::of(port.stored, "spec.selector")];
    evidence.extend(Evidence::of_pod(survey.resolved, other, "metadata.labels"));
    let fix = label.and_then(|label| selecting(port.stored, label));
    let cause = if others.iter().all(|other| stated_ports(other).is_some()) {
        Cause::certain(fault, evidence)
    } else {
        Cause::likely(fault, evidence)
    };
    Some(cause.with_fix(fix))
}

/// Old and new pods of one workload may declare different ports: that is a rollout, not another program.
pub(in crate::causes) fn shares_workload(survey: &Survey, pod: &Pod, others: &[&Pod]) -> bool {
    let Some(workload) = survey.resolved.workload_of(&pod.id()) else {
        return false;
    };
    let mut theirs = others
        .iter()
        .filter_map(|other| survey.resolved.workload_of(&other.id()));
    theirs.any(|own| own.kind == workload.kind && own.name == workload.name)
}

fn declares(pod: &Pod, target: (u16, Protocol)) -> bool {
    known_ports(pod).contains(&target)
}

#[cfg(test)]
mod tests {
    use crate::causes::tests::check_text;
    use crate::cluster::config::Config;
    use crate::testing::dedent;

    const BLOG: &str = "
        apiVersion: v1
        kind: Service
        metadata: {name: blog}
        spec:
          selector: {app: blog}
          ports: [{port: 80, targetPort: 8080}]
        ---
        apiVersion: v1
        kind: Pod
        metadata: {name: web, labels: {app: blog, tier: front}}
        spec: {containers: [{name: c, image: web, ports: [{containerPort: 8080}]}]}
        ---
        apiVersion: v1
        kind: Pod
        metadata: {name: db, labels: {app: blog, tier: data}}
        spec: {containers: [{name: c, image: db, ports: [{containerPort: 3306}]}]}
    ";

    #[test]
    fn the_fix_selects_the_program_that_was_meant() {
        let found = check_text(&dedent(BLOG), &Config::default());
        let [(_, Some(fixed))] = found.as_slice() else {
            panic!("one cause with a fix: {found:?}");
        };
        assert!(
            fixed.contains("selector: {tier: front, app: blog}"),
            "{fixed}"
        );
        assert_eq!(check_text(fixed, &Config::default()), []);
    }

    #[test]
    fn a_pod_that_is_stated_to_listen_on_the_port_was_meant() {
        let stated = "{app: blog, tier: data}, annotations: {kubehop/listens: '3306, 8080'}";
        let text = dedent(BLOG).replace("{app: blog, tier: data}", stated);
        assert_eq!(check_text(&text, &Config::default()), []);
    }

    #[test]
    fn the_hash_of_a_template_is_not_selected() {
        let deployment = |name: &str, tier: &str, port: u16| {
            format!(
                "---\napiVersion: apps/v1\nkind: Deployment\nmetadata: {{name: {name}}}\nspec:\n  selector: {{matchLabels: {{tier: {tier}}}}}\n  template:\n    metadata: {{labels: {{app: blog, tier: {tier}}}}}\n    spec: {{containers: [{{name: c, image: i, ports: [{{containerPort: {port}}}]}}]}}\n"
            )
        };
        let blog = dedent(BLOG);
        let service = blog.split_inclusive("---\n").next().unwrap_or_default();
        let text = format!(
            "{service}{}{}",
            deployment("web", "front", 8080),
            deployment("db", "data", 3306)
        );
        let found = check_text(&text, &Config::default());
        let [(_, Some(fixed))] = found.as_slice() else {
            panic!("one cause with a fix: {found:?}");
        };
        assert!(
            fixed.contains("selector: {tier: front, app: blog}"),
            "{fixed}"
        );
    }

    #[test]
    fn pods_without_a_label_of_their_own_have_no_fix() {
        let text = dedent(BLOG).replace(", tier: front", "");
        let found = check_text(&text, &Config::default());
        assert!(matches!(found.as_slice(), [(_, None)]), "{found:?}");
    }

    #[test]
    fn a_pod_that_declares_the_port_beside_others_was_meant() {
        let text = dedent(BLOG).replace(
            "{containerPort: 3306}",
            "{containerPort: 3306}, {containerPort: 8080}",
        );
        assert_eq!(check_text(&text, &Config::default()), []);
    }
}
