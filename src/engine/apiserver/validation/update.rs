//! What may not change when an object is replaced (`Validate*Update`, `validateUpgradeDowngradeClusterIPs`).

use super::cluster_ips::is_headless;
use super::service::load_balancer_class;
use crate::apiserver::errors::{ApiError, forbidden, invalid};
use crate::apiserver::field::Field;
use crate::apiserver::go_json::to_json;
use crate::apiserver::go_struct::template_line;
use crate::apiserver::service_spec::{SINGLE, needs_health_check};
use crate::syntax::quote;

/// The error of changing the field at `path`.
pub(crate) fn unchanged(after: &Field, before: &Field, path: &[&'static str]) -> Vec<ApiError> {
    let (new, old) = (after.at(path), before.at(path));
    let (printed, was) = (to_json(new.node()), to_json(old.node()));
    if printed == was {
        Vec::new()
    } else {
        vec![invalid(&new.path, printed, "field is immutable")]
    }
}

/// A Job keeps how many pods it needs and how they are counted (`ValidateJobSpecUpdate`). An indexed one may need more
/// or fewer when it starts as many at once.
pub(crate) fn job(after: &Field, before: &Field) -> Vec<ApiError> {
    let (new, old) = (after.child("spec"), before.child("spec"));
    let (count, at_once) = (new.child("completions"), new.child("parallelism"));
    let mut errors = unchanged(after, before, &["spec", "completions"]);
    if new.child("completionMode").text() == "Indexed" && !errors.is_empty() {
        let detail = "can only be modified in tandem with spec.parallelism";
        let is_wrong = count.is_set() && count.int() != at_once.int();
        errors = if is_wrong {
            vec![invalid(&count.path, count.int().to_string(), detail)]
        } else {
            Vec::new()
        };
    }
    errors.extend(unchanged(after, before, &["spec", "selector"]));
    let (template, was) = (new.child("template"), old.child("template"));
    if to_json(template.node()) != to_json(was.node()) {
        errors.push(invalid(
            &template.path,
            template_line(&template.node().cloned().unwrap_or_default()),
            "field is immutable",
        ));
    }
    for field in ["completionMode", "backoffLimitPerIndex", "managedBy"] {
        errors.extend(unchanged(after, before, &["spec", field]));
    }
    errors
}

/// A Service keeps its addresses, families, load balancer class and health check port.
pub(crate) fn service(new: &Field, old: &Field) -> Vec<ApiError> {
    let (after, before) = (new.child("spec"), old.child("spec"));
    let mut errors = cluster_ips(&after, &before);
    errors.extend(families(&after, &before));
    let class = after.child("loadBalancerClass");
    let balances = |spec: &Field| spec.child("type").text() == "LoadBalancer";
    if balances(&after)
        && balances(&before)
        && to_json(class.node()) != to_json(before.child("loadBalancerClass").node())
    {
        errors.push(invalid(
            &class.path,
            to_json(class.node()),
            "may not change once set",
        ));
    }
    errors.extend(load_balancer_class(&after));
    let port = after.child("healthCheckNodePort");
    let is_moved = port.int() != before.child("healthCheckNodePort").int();
    if checks_health(new) && checks_health(old) && is_moved {
        errors.push(forbidden(&port.path, "field is immutable"));
    }
    errors
}

fn checks_health(service: &Field) -> bool {
    service.node().is_some_and(needs_health_check)
}

fn is_external(spec: &Field) -> bool {
    spec.child("type").text() == "ExternalName"
}

/// A Service keeps its addresses; only the second may come and go.
fn cluster_ips(after: &Field, before: &Field) -> Vec<ApiError> {
    if is_external(after) || is_external(before) || is_headless(after) && is_headless(before) {
        return Vec::new();
    }
    first_is_kept(after, before, "clusterIPs", "clusterIP")
}

/// It keeps its families likewise.
fn families(after: &Field, before: &Field) -> Vec<ApiError> {
    let without_selector = |spec: &Field| is_headless(spec) && spec.child("selector").is_empty();
    if is_external(after)
        || is_external(before)
        || without_selector(after) && without_selector(before)
    {
        return Vec::new();
    }
    first_is_kept(after, before, "ipFamilies", "ipFamily")
}

/// A list whose entries stay as they are; the second may be added, and released together with its family.
fn first_is_kept(after: &Field, before: &Field, field: &'static str, one: &str) -> Vec<ApiError> {
    let all = after.child(field);
    let wrong =
        |index: usize, detail: &str| invalid(&all.path.index(index), to_json(all.node()), detail);
    let (new, old) = (all.list(), before.child(field).list());
    if new.is_empty() && !old.is_empty() {
        return vec![wrong(0, &format!("primary {one} can not be unset"))];
    }
    let changed = new
        .iter()
        .zip(&old)
        .enumerate()
        .filter(|(_, (new, old))| new != old);
    let mut errors: Vec<ApiError> = changed
        .map(|(index, _)| wrong(index, "may not change once set"))
        .collect();
    if old.len() > new.len() {
        let detail = format!("must be set to 'SingleStack' when releasing the secondary {one}");
        errors.extend(releases(after, &detail));
    }
    errors
}

fn releases(after: &Field, detail: &str) -> Option<ApiError> {
    let policy = after.child("ipFamilyPolicy");
    (policy.text() != SINGLE).then(|| invalid(&policy.path, quote(policy.text()), detail))
}

/// Of a StatefulSet only what these fields say may change.
pub(crate) fn stateful_set(after: &Field, before: &Field) -> Vec<ApiError> {
    const DETAIL: &str = "updates to statefulset spec for fields other than 'replicas', 'ordinals', 'template', 'updateStrategy', 'revisionHistoryLimit', 'persistentVolumeClaimRetentionPolicy' and 'minReadySeconds' are forbidden";
    const CHANGEABLE: [&str; 7] = [
        "replicas",
        "ordinals",
        "template",
        "updateStrategy",
        "revisionHistoryLimit",
        "persistentVolumeClaimRetentionPolicy",
        "minReadySeconds",
    ];
    let fixed = |object: &Field| {
        let mut spec = object.child("spec").node().cloned().unwrap_or_default();
        for field in CHANGEABLE {
            spec.remove(field);
        }
        to_json(Some(&spec))
    };
    if fixed(after) == fixed(before) {
        Vec::new()
    } else {
        vec![forbidden(&after.child("spec").path, DETAIL)]
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::apiserver::testing::node;
    use crate::kinds::Kind;

    fn found(kind: Kind, new: &str, old: &str) -> Vec<String> {
        (kind.spec().validate_update)(&Field::root(&node(new)), &Field::root(&node(old)))
            .iter()
            .map(ApiError::to_string)
            .collect()
    }

    #[test]
    fn a_job_keeps_how_many_pods_it_needs() {
        let job = |mode: &str, counts: [i64; 2]| {
            let [count, at_once] = counts;
            format!(
                r#"{{"spec":{{"completionMode":"{mode}","completions":{count},"parallelism":{at_once},"template":{{}}}}}}"#
            )
        };
        let more = |mode: &str, counts| found(Kind::Job, &job(mode, counts), &job(mode, [3, 3]));
        assert_eq!(
            more("NonIndexed", [4, 4]),
            ["spec.completions: Invalid value: 4: field is immutable"]
        );
        assert_eq!(more("Indexed", [4, 4]), [""; 0]);
        assert_eq!(
            more("Indexed", [4, 3]),
            [
                "spec.completions: Invalid value: 4: can only be modified in tandem with spec.parallelism"
            ]
        );
    }

    #[test]
    fn a_jobs_template_stays() {
        let job = |label: &str| {
            format!(r#"{{"spec":{{"template":{{"metadata":{{"labels":{{"a":"{label}"}}}}}}}}}}"#)
        };
        let found = found(Kind::Job, &job("b"), &job("c"));
        assert!(
            found[0].starts_with(r#"spec.template: Invalid value: {"labels":{"a":"b"},"Spec":"#),
            "{found:?}"
        );
    }

    #[test]
    fn a_service_keeps_its_address_unless_it_becomes_a_name() {
        let old = r#"{"spec":{"type":"ClusterIP","clusterIPs":["10.96.0.9"]}}"#;
        let new = r#"{"spec":{"type":"ClusterIP","clusterIPs":["10.96.0.8"]}}"#;
        assert_eq!(
            found(Kind::Service, new, old),
            [r#"spec.clusterIPs[0]: Invalid value: ["10.96.0.8"]: may not change once set"#]
        );
        assert_eq!(
            found(Kind::Service, r#"{"spec":{"type":"ExternalName"}}"#, old),
            [""; 0]
        );
    }
}
