//! Pods that are likely meant and lack a label of the selector: they have its other labels, or none at all and the port.
//!
//! The usual cases are a chart that adds a label to its Services and not to its pod templates, and a pod that somebody
//! wrote without labels.

use smol_str::SmolStr;

use crate::causes::cause::{Cause, Evidence};
use crate::causes::edit::{add_field, add_label};
use crate::causes::survey::{PortOf, Survey};
use crate::cluster::object::{Pod, TargetPort};
use crate::controllers::endpointslices::find_port;
use crate::diagnostic::{Fault, Fix, SelectionFault};
use crate::kinds::Kind;
use crate::labels::{Labels, Selector};
use crate::manifest::tree::Yaml;
use crate::network::listen::known_ports;
use crate::resolve::{Resolved, Stored};

/// The pods of one workload, or the pod, that lack the fewest labels of the selector.
pub(super) fn of_selector(survey: &Survey, port: PortOf, selector: &Labels) -> Option<Cause> {
    let namespace = &port.service.metadata.namespace;
    let pods = survey.resolved.cluster.each_pod();
    let mut meant: Vec<Lacking> = pods
        .filter(|pod| pod.metadata.namespace == *namespace)
        .filter_map(|pod| Lacking::of(survey.resolved, port, pod, selector))
        .collect();
    let fewest = meant.iter().map(|own| own.missing.len()).min()?;
    meant.retain(|own| own.missing.len() == fewest);
    let first = meant.first()?;
    let is_one = meant.iter().all(|own| own.source.name == first.source.name);
    is_one.then(|| first.cause(port, meant.len()))
}

/// A pod that lacks labels.
struct Lacking<'a> {
    pod: &'a Pod,
    /// The object of the text that has its labels.
    source: &'a Stored,
    present: Labels,
    missing: Labels,
}

impl<'a> Lacking<'a> {
    /// `None` for a pod that has another value of a label, or that nothing but its namespace connects with the Service.
    fn of(
        resolved: &'a Resolved,
        port: PortOf,
        pod: &'a Pod,
        selector: &Labels,
    ) -> Option<Lacking<'a>> {
        let labels = &pod.metadata.labels;
        let own = |key: &str| labels.get(key);
        if selector
            .iter()
            .any(|(key, value)| own(key).is_some_and(|own| own != value))
        {
            return None;
        }
        let (present, missing): (Labels, Labels) = selector
            .iter()
            .map(|(key, value)| (key.clone(), value.clone()))
            .partition(|(key, _)| own(key).is_some());
        let is_meant = if present.is_empty() {
            labels.is_empty() && declares(pod, port)
        } else {
            missing.len() == 1 && may_listen(pod, port)
        };
        let maker = resolved.get(Kind::Pod, &pod.id());
        let source = maker.or_else(|| resolved.workload_of(&pod.id()))?;
        let is_written = source.written.is_some();
        (is_meant && is_written).then_some(Lacking {
            pod,
            source,
            present,
            missing,
        })
    }

    fn cause(&self, port: PortOf, pods: usize) -> Cause {
        let printed = |labels: &Labels| {
            let labels = (!labels.is_empty()).then(|| Selector::equal_to(labels).to_string());
            labels.unwrap_or_default()
        };
        let fault = Fault::Selection(SelectionFault::PodsLackLabel {
            service: port.service.metadata.name.to_string(),
            pod: self.pod.metadata.name.to_string(),
            missing: printed(&self.missing),
            present: printed(&self.present),
            pods,
        });
        let labels = self.source.kind.pod_field("metadata.labels");
        let evidence = vec![
            Evidence::of(port.stored, "spec.selector"),
            Evidence::of(self.source, &labels),
        ];
        Cause::likely(fault, evidence).with_fix(self.fix())
    }

    /// Writes the missing labels where the pod's labels are.
    fn fix(&self) -> Option<Fix> {
        let pod: &Yaml = self.source.tree.at(self.source.kind.pod_path()?)?;
        let metadata = pod.get("metadata")?;
        if let Some(labels) = metadata.get("labels") {
            let (key, value) = self.missing.iter().next()?;
            return add_label(self.source, labels, key, value);
        }
        let labels = self.missing.iter();
        let labels = labels.map(|(key, value)| format!("\"{key}\": \"{value}\""));
        let json = format!("{{{}}}", labels.collect::<Vec<_>>().join(", "));
        add_field(self.source, metadata, "labels", &json)
    }
}

/// Whether a pod declares the port that the Service leads to, or no port at all.
fn may_listen(pod: &Pod, port: PortOf) -> bool {
    known_ports(pod).is_empty() || declares(pod, port)
}

/// Whether a pod declares the port that the Service leads to.
pub(super) fn declares(pod: &Pod, port: PortOf) -> bool {
    match &port.port.target_port {
        TargetPort::Number(number) => known_ports(pod).contains(&(*number, port.port.protocol)),
        TargetPort::Name(_) => find_port(pod, port.port).is_some(),
    }
}

/// The label of the pods that a Service without a selector most likely means, and how many there are: one of the Service's
/// own labels, or one with the Service's name.
pub(super) fn label_for_selector(survey: &Survey, port: PortOf) -> Option<(String, String, usize)> {
    let metadata = &port.service.metadata;
    let named = ["app", "app.kubernetes.io/name", "k8s-app", "name", "run"];
    let named = named.map(|key| (key.into(), metadata.name.clone()));
    let own = metadata.labels.iter();
    let own = own.map(|(key, value)| (key.clone(), value.clone()));
    let pods = survey.resolved.cluster.each_pod();
    let here: Vec<&Pod> = pods
        .filter(|pod| pod.metadata.namespace == metadata.namespace)
        .collect();
    own.chain(named)
        .find_map(|(key, value): (SmolStr, SmolStr)| {
            let with = here
                .iter()
                .filter(|pod| pod.metadata.labels.get(&key) == Some(&value));
            let with: Vec<&&Pod> = with.collect();
            let declare = with.iter().all(|pod| may_listen(pod, port));
            let found = !with.is_empty() && declare;
            found.then(|| (key.to_string(), value.to_string(), with.len()))
        })
}

#[cfg(test)]
mod tests {
    use crate::causes::tests::check_text;
    use crate::cluster::config::Config;

    const SERVICE: &str = "apiVersion: v1\nkind: Service\nmetadata: {name: awx}\nspec:\n  selector: {tier: web, app: awx}\n  ports: [{port: 80, targetPort: 8052}]\n";

    /// The text after the only fix.
    fn fixed(pod: &str) -> Option<String> {
        let pod = format!(
            "apiVersion: v1\nkind: Pod\nmetadata: {{{pod}}}\nspec: {{containers: [{{name: c, image: i, ports: [{{containerPort: 8052}}]}}]}}\n"
        );
        let found = check_text(&format!("{SERVICE}---\n{pod}"), &Config::default());
        let [(_, fixed)] = found.as_slice() else {
            panic!("one problem, not {found:?}")
        };
        if let Some(text) = fixed {
            assert_eq!(check_text(text, &Config::default()), []);
        }
        fixed.clone()
    }

    #[test]
    fn the_missing_label_is_added_to_the_pod() {
        let text = fixed("name: a, labels: {app: awx}").expect("a fix");
        assert!(text.contains("labels: {tier: web, app: awx}}"), "{text}");
        let text = fixed("name: a").expect("a fix");
        assert!(text.contains("tier: web"), "{text}");
    }

    #[test]
    fn a_pod_with_other_labels_is_another_program() {
        assert_eq!(fixed("name: a, labels: {role: batch}"), None);
    }
}
