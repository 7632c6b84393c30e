//! A selector with a label that a controller writes on the pods of one revision, such as `pod-template-hash`: the next rollout
//! gives the pods another value. `kubectl expose` of a ReplicaSet or a Pod writes such selectors.

use smol_str::SmolStr;

use crate::causes::cause::{Cause, Evidence};
use crate::causes::edit::set_field;
use crate::causes::survey::Survey;
use crate::cluster::object::{Pod, Service};
use crate::diagnostic::{Fault, Fix, SelectionFault};
use crate::labels::{Labels, Selector};
use crate::resolve::Stored;

/// Labels that Deployments, StatefulSets and DaemonSets write anew with each rollout.
const OF_REVISIONS: [&str; 2] = ["controller-revision-hash", "pod-template-hash"];

/// Every Service that selects one revision, and has pods still.
pub(in crate::causes) fn check(survey: &Survey) -> Vec<Cause> {
    let selecting = survey
        .services()
        .filter(|(_, service)| !survey.pods.selected(service).is_empty());
    let causes = selecting.filter_map(|(stored, service)| of_service(survey, stored, service));
    causes.map(Cause::possible).collect()
}

/// The label of a Service's selector that only one revision has, where pods have its other labels.
pub(in crate::causes) fn of_service(
    survey: &Survey,
    stored: &Stored,
    service: &Service,
) -> Option<Cause> {
    let selector = service.spec.selector.as_ref()?;
    let (key, value) = selector
        .iter()
        .find(|(key, _)| OF_REVISIONS.contains(&key.as_str()))?;
    let mut rest = selector.clone();
    rest.retain(|key, _| !OF_REVISIONS.contains(&key.as_str()));
    if rest.is_empty() {
        return None;
    }
    let matcher = Selector::equal_to(&rest);
    let pods = survey.resolved.cluster.each_pod();
    let has_rest = |pod: &&Pod| {
        pod.metadata.namespace == service.metadata.namespace
            && matcher.matches(&pod.metadata.labels)
    };
    let pods = pods.filter(has_rest).count();
    if pods == 0 {
        return None;
    }
    let fault = Fault::Selection(SelectionFault::SelectsOneRevision {
        service: service.metadata.name.to_string(),
        label: format!("{key}={value}"),
        selects: !survey.pods.selected(service).is_empty(),
        pods,
    });
    let evidence = vec![Evidence::of(stored, &format!("spec.selector[{key}]"))];
    Some(Cause::certain(fault, evidence).with_fix(without_revision(stored, &rest)))
}

/// The selector without the label.
fn without_revision(stored: &Stored, rest: &Labels) -> Option<Fix> {
    let spec = stored.tree.get("spec")?;
    let json = |(key, value): (&SmolStr, &SmolStr)| format!("\"{key}\": \"{value}\"");
    let labels: Vec<String> = rest.iter().map(json).collect();
    let json = format!("{{{}}}", labels.join(", "));
    set_field(stored, spec, "selector", &json)
}

#[cfg(test)]
mod tests {
    use crate::causes::tests::check_text;
    use crate::cluster::config::Config;
    use crate::diagnostic::{Fault, Problem, SelectionFault};

    /// The Service's selector after the fix, if it selects one revision.
    fn fixed(selector: &str) -> Option<String> {
        let text = format!(
            "apiVersion: v1\nkind: Service\nmetadata: {{name: web}}\nspec:\n  selector: {selector}\n  ports: [{{port: 80}}]\n---\n\
             apiVersion: apps/v1\nkind: Deployment\nmetadata: {{name: web}}\nspec:\n  selector: {{matchLabels: {{app: web}}}}\n  template:\n    metadata: {{labels: {{app: web}}}}\n    spec: {{containers: [{{name: c, image: i, ports: [{{containerPort: 80}}]}}]}}\n"
        );
        let found = check_text(&text, &Config::default()).into_iter();
        let mut fixes = found.filter_map(|(found, fixed)| {
            let is_meant = matches!(
                found.problem,
                Problem::Cause(Fault::Selection(SelectionFault::SelectsOneRevision { .. }))
            );
            fixed.filter(|_| is_meant)
        });
        let fixed = fixes.next()?;
        let line = fixed.lines().find(|line| line.contains("selector"))?;
        Some(line.trim().to_owned())
    }

    #[test]
    fn a_rollout_gives_the_label_another_value() {
        let hash = fixed("{app: web, pod-template-hash: abc}");
        assert_eq!(hash.as_deref(), Some("selector: {app: web}"));
        assert_eq!(fixed("{app: web}"), None);
        assert_eq!(fixed("{app: api, pod-template-hash: abc}"), None);
    }
}
