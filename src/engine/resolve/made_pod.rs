//! A pod that is made from a template, as the server stores it: with the volumes of its StatefulSet's claims
//! (`stateful_set_utils.go` `updateStorage`), the defaults that only a pod gets, and the name that its own is made from.

use serde_json::json;

use super::{Stored, pod_tree};
use crate::apiserver::defaulting::{self, ensure, put, text};
use crate::apiserver::field::Field;
use crate::cluster::object::Pod;
use crate::controllers::workloads::COMPLETION_INDEX;
use crate::kinds::Kind;
use crate::manifest::tree::{Yaml, YamlValue};

/// A pod of a workload before it has a node; `None` if the workload has no template.
pub(super) fn of_template(workload: &Stored, pod: &Pod) -> Option<Yaml> {
    let mut made = pod_tree::template(workload.kind, &workload.tree)?.clone();
    if workload.kind == Kind::StatefulSet {
        add_claims(&mut made, &workload.tree, &pod.metadata.name);
    }
    defaulting::pod::fill(&mut made);
    let metadata = ensure(&mut made, "metadata");
    put(metadata, "generation", YamlValue::Int(1));
    if let Some(base) = generate_name(pod) {
        put(metadata, "generateName", text(&base));
    }
    Some(made)
}

/// What a pod's name begins with: its owner's, and its index in an Indexed Job.
fn generate_name(pod: &Pod) -> Option<String> {
    let mut owners = pod.metadata.owner_references.iter();
    let owner = &owners.find(|owner| owner.controller)?.name;
    Some(match pod.metadata.labels.get(COMPLETION_INDEX) {
        Some(index) => format!("{owner}-{index}-"),
        None => format!("{owner}-"),
    })
}

/// A volume for each claim of a StatefulSet, instead of the template's of that name.
fn add_claims(template: &mut Yaml, set: &Yaml, pod: &str) {
    let claims = Field::root(set)
        .at(&["spec", "volumeClaimTemplates"])
        .items();
    let name_of = |claim: &Field| claim.at(&["metadata", "name"]).text().to_owned();
    let names: Vec<String> = claims.iter().map(name_of).collect();
    if names.is_empty() {
        return;
    }
    let volume = |name: &String| {
        let claim = json!({ "claimName": format!("{name}-{pod}") });
        Yaml::from(json!({ "name": name, "persistentVolumeClaim": claim }))
    };
    let mut volumes: Vec<Yaml> = names.iter().map(volume).collect();
    let spec = ensure(template, "spec");
    let written = spec.get("volumes").map(Yaml::items).unwrap_or_default();
    let is_other = |volume: &&Yaml| {
        let name = volume.get("name").and_then(Yaml::as_str);
        !names.iter().any(|claim| Some(claim.as_str()) == name)
    };
    volumes.extend(written.iter().filter(is_other).cloned());
    put(spec, "volumes", YamlValue::Seq(volumes));
}

#[cfg(test)]
mod tests {
    use crate::cluster::Config;
    use crate::controllers::scheduler::Occupants;
    use crate::manifest::Source;
    use crate::names::ObjectName;
    use crate::resolve::resolve;

    fn made(text: &str, name: &str) -> serde_json::Value {
        let resolved = resolve(&Source::read(text), &Config::default());
        let occupants = Occupants::of(&resolved.cluster);
        let tree = resolved.pod_tree(&ObjectName::new("default", name), &occupants);
        serde_json::Value::from(&tree.expect("the pod was made"))
    }

    #[test]
    fn a_stateful_sets_pod_has_its_claims_and_the_defaults_of_a_pod() {
        let text = "
apiVersion: apps/v1
kind: StatefulSet
metadata: {name: db}
spec:
  serviceName: db
  selector: {matchLabels: {app: db}}
  template:
    metadata: {labels: {app: db}}
    spec:
      containers: [{name: c, image: nginx, volumeMounts: [{name: data, mountPath: /d}]}]
  volumeClaimTemplates:
  - metadata: {name: data}
    spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Gi}}}
";
        let pod = made(text, "db-0");
        assert_eq!(
            pod["spec"]["volumes"],
            serde_json::json!([{"name": "data", "persistentVolumeClaim": {"claimName": "data-db-0"}}])
        );
        assert_eq!(pod["spec"]["enableServiceLinks"], true);
        assert_eq!(pod["metadata"]["generateName"], "db-");
        assert_eq!(pod["metadata"]["generation"], 1);
        assert_eq!(
            pod["metadata"]["ownerReferences"][0]["blockOwnerDeletion"],
            true
        );
        assert_eq!(pod["status"]["qosClass"], "BestEffort");
    }
}
