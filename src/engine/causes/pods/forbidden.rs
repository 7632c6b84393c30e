//! A workload whose pods the API server refuses, by the namespace's security standard, a LimitRange or a ResourceQuota.

use crate::causes::cause::{Cause, Evidence};
use crate::causes::survey::Survey;
use crate::controllers::pod_admission::AdmissionPlugin;
use crate::diagnostic::{Fault, PodFault};
use crate::kinds::Kind;
use crate::resolve::{ForbiddenPods, Resolved, forbidden};

/// Every workload that lacks pods by that.
pub(in crate::causes) fn check(survey: &Survey) -> Vec<Cause> {
    let resolved = survey.resolved;
    let causes = resolved
        .forbidden
        .iter()
        .filter_map(|own| of_workload(resolved, own));
    causes.collect()
}

/// Why a workload's pods are not created.
pub(in crate::causes) fn of_workload(resolved: &Resolved, own: &ForbiddenPods) -> Option<Cause> {
    let stored = resolved.get(own.kind, &own.name)?;
    let fault = Fault::Pod(PodFault::PodsForbidden {
        owner: format!("{} {}", own.kind.name(), own.name.name),
        made: own.made,
        asked: own.asked,
        message: forbidden(&own.pod, &own.refusal),
    });
    let refusal = &own.refusal;
    let by = if refusal.plugin == AdmissionPlugin::PodSecurity {
        let namespace = resolved.get(Kind::Namespace, &refusal.name);
        namespace.map(|stored| Evidence::of(stored, "metadata.labels"))
    } else {
        let mut objects = resolved.not_modelled.iter();
        let object = objects.find(|object| {
            let is_own = object.namespace() == refusal.name.namespace;
            object.kind == refusal.plugin.kind() && is_own && object.name.name == refusal.name.name
        });
        object.map(Evidence::of_kind)
    };
    let mut evidence = vec![Evidence::of(stored, &own.kind.pod_field("spec"))];
    evidence.extend(by);
    let namespace = &own.name.namespace;
    let command = format!("kubectl get events -n {namespace}");
    Some(Cause::certain(fault, evidence).with_command(command))
}
