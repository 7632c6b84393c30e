//! Pods that are likely meant although their labels are nothing like the selector: those of the workload that has the Service's
//! name, if they declare the port that the Service leads to. A manifest that was copied from another program looks so.

use super::lacking::declares;
use super::selector::{count, labels_of};
use crate::causes::cause::{Cause, Evidence};
use crate::causes::edit::set_field;
use crate::causes::survey::{PortOf, Survey};
use crate::diagnostic::{Fault, SelectionFault};
use crate::labels::{Labels, Selector};
use crate::resolve::Stored;

/// The workload of the Service's name; its own selector is the fix.
pub(super) fn of_selector(survey: &Survey, port: PortOf, selector: &Labels) -> Option<Cause> {
    let pods = survey.resolved.cluster.each_pod();
    let named = pods.filter_map(|pod| {
        let workload = survey.resolved.workload_of(&pod.id())?;
        let is_meant = workload.name == port.service.id() && workload.written.is_some();
        (is_meant && declares(pod, port)).then_some(workload)
    });
    let named: Vec<&Stored> = named.collect();
    let workload = *named.first()?;
    if named.iter().any(|other| other.kind != workload.kind) {
        return None;
    }
    let labels = labels_of(workload.tree.at(&["spec", "selector", "matchLabels"])?);
    let matcher = Selector::equal_to(&labels);
    let namespace = port.service.metadata.namespace.as_str();
    let pods = count(survey.resolved, namespace, &matcher);
    if labels.is_empty() || pods == 0 {
        return None;
    }
    let fault = Fault::Selection(SelectionFault::SelectsNothing {
        service: port.service.metadata.name.to_string(),
        selector: Selector::equal_to(selector).to_string(),
        nearest: Some(matcher.to_string()),
        pods,
    });
    let entries = labels.iter();
    let entries = entries.map(|(key, value)| format!("\"{key}\": \"{value}\""));
    let json = format!("{{{}}}", entries.collect::<Vec<_>>().join(", "));
    let spec = port.stored.tree.get("spec")?;
    let fix = set_field(port.stored, spec, "selector", &json);
    let evidence = vec![Evidence::of(port.stored, "spec.selector")];
    Some(Cause::likely(fault, evidence).with_fix(fix))
}

#[cfg(test)]
mod tests {
    use crate::causes::tests::check_text;
    use crate::cluster::config::Config;

    /// The text after the first fix, where the Deployment has this name and its container this port.
    fn fixed(deployment: &str, port: u16) -> Option<String> {
        let text = format!(
            "apiVersion: v1\nkind: Service\nmetadata: {{name: blog}}\nspec:\n  selector: {{app: shop, tier: front}}\n  \
             ports: [{{port: 80, targetPort: 3000}}]\n---\napiVersion: apps/v1\nkind: Deployment\n\
             metadata: {{name: {deployment}}}\nspec:\n  selector: {{matchLabels: {{app: journal}}}}\n  template:\n    \
             metadata: {{labels: {{app: journal}}}}\n    \
             spec: {{containers: [{{name: c, image: blog, ports: [{{containerPort: {port}}}]}}]}}\n"
        );
        let mut found = check_text(&text, &Config::default()).into_iter();
        found.find_map(|(_, fixed)| fixed)
    }

    #[test]
    fn the_workload_with_the_name_of_the_service_is_meant() {
        let text = fixed("blog", 3000).expect("a fix");
        assert!(text.contains("selector: {app: journal}\n"), "{text}");
        // Another name, or another port: nothing says that these Pods are meant.
        assert_eq!(fixed("journal", 3000), None);
        assert_eq!(fixed("blog", 8080), None);
    }
}
