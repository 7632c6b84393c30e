//! A StatefulSet whose `serviceName` is not the headless Service that selects its pods.
//!
//! DNS publishes the names of its pods below the Service of that name; another headless Service has the pods' addresses
//! and none of their names.

use crate::causes::cause::{Cause, Evidence};
use crate::causes::edit::set_field;
use crate::causes::selection::no_endpoint;
use crate::causes::survey::Survey;
use crate::cluster::object::{Pod, Service};
use crate::diagnostic::{Fault, NameFault, PodFault};
use crate::kinds::Kind;
use crate::names::ObjectName;
use crate::resolve::Stored;

/// Every such StatefulSet.
pub(in crate::causes) fn check(survey: &Survey) -> Vec<Cause> {
    let sets = survey.resolved.of_kind(Kind::StatefulSet);
    sets.filter_map(|set| of_set(survey, set)).collect()
}

/// `db-0.db`, where pod db-0 is of a StatefulSet whose Service db does not exist.
pub(in crate::causes) fn without_service(
    survey: &Survey,
    before: &[&str],
    service: &ObjectName,
) -> Option<Cause> {
    let [host] = before else { return None };
    let pod = ObjectName::new(service.namespace.as_str(), *host);
    let pod = survey.resolved.cluster.pod(&pod)?;
    let set = survey.resolved.workload_of(&pod.id())?;
    if set.kind != Kind::StatefulSet || pod.spec.subdomain != service.name {
        return None;
    }
    if let Some(cause) = of_set(survey, set) {
        // Another headless Service selects the pods: its name is meant.
        return Some(cause);
    }
    let fault = Fault::Pod(PodFault::StatefulSetWithoutService {
        set: set.name.name.to_string(),
        service: service.name.to_string(),
    });
    Some(Cause::certain(
        fault,
        vec![Evidence::of(set, "spec.serviceName")],
    ))
}

/// `db-0.db`, where pod db-0 is of a StatefulSet whose `serviceName` is not db, the headless Service that selects its pods.
pub(in crate::causes) fn of_other_service(
    survey: &Survey,
    service: &Service,
    host: &str,
) -> Option<Cause> {
    let pod = ObjectName::new(service.metadata.namespace.as_str(), host);
    let pod = survey.resolved.cluster.pod(&pod)?;
    let set = survey.resolved.workload_of(&pod.id())?;
    let is_meant = set.kind == Kind::StatefulSet
        && service.is_headless()
        && pod.spec.subdomain != service.metadata.name
        && selects_pods_of(survey, service, set);
    is_meant.then(|| of_set(survey, set))?
}

/// `db-3.db`, where StatefulSet db has no such pod: it makes fewer, or it waits for an earlier one to be ready
/// (`podManagementPolicy: OrderedReady`, kubernetes `pkg/controller/statefulset`).
pub(in crate::causes) fn of_ordinal(survey: &Survey, service: &Service, host: &str) -> Vec<Cause> {
    let Some((name, ordinal)) = host.rsplit_once('-') else {
        return Vec::new();
    };
    let id = ObjectName::new(service.metadata.namespace.as_str(), name);
    let set = survey.resolved.get(Kind::StatefulSet, &id);
    let pod = ObjectName::new(service.metadata.namespace.as_str(), host);
    let is_there = survey.resolved.cluster.pod(&pod).is_some();
    let Some((set, ordinal)) = set.zip(ordinal.parse::<i64>().ok()).filter(|_| !is_there) else {
        return Vec::new();
    };
    let number = |path: &[&str]| {
        let found = set.tree.at(path);
        found.and_then(|own| serde_json::Value::from(own).as_i64())
    };
    let first = number(&["spec", "ordinals", "start"]).unwrap_or_default();
    let replicas = number(&["spec", "replicas"]).unwrap_or(1);
    let evidence = vec![Evidence::of(set, "spec.replicas")];
    if !(first..first + replicas).contains(&ordinal) {
        let fault = Fault::Name(NameFault::OrdinalOutOfRange {
            set: name.to_owned(),
            host: host.to_owned(),
            replicas: usize::try_from(replicas).unwrap_or_default(),
            first: format!("{name}-{first}"),
            last: format!("{name}-{}", first + replicas - 1),
        });
        return vec![Cause::certain(fault, evidence)];
    }
    let pods = survey.resolved.pods_of(Kind::StatefulSet, &id);
    let Some(waits_for) = pods.filter(|pod| !pod.is_ready()).map(Pod::id).min() else {
        return Vec::new();
    };
    let fault = Fault::Name(NameFault::OrdinalWaits {
        set: name.to_owned(),
        host: host.to_owned(),
        pod: waits_for.name.to_string(),
    });
    let mut causes = vec![Cause::certain(fault, evidence)];
    let ports = service.spec.ports.iter().take(1);
    for port in ports {
        let of_port = no_endpoint::of_service(survey, &service.id(), port.port, port.protocol);
        causes.extend(of_port);
    }
    causes
}

fn of_set(survey: &Survey, set: &Stored) -> Option<Cause> {
    let value = set.tree.get("spec")?.get("serviceName")?;
    let written = value.as_str()?;
    let selecting: Vec<&Service> = survey
        .services()
        .map(|(_, service)| service)
        .filter(|service| service.is_headless() && selects_pods_of(survey, service, set))
        .collect();
    let is_right = selecting
        .iter()
        .any(|service| service.metadata.name == written);
    let [service] = selecting.as_slice() else {
        return None;
    };
    if is_right {
        return None;
    }
    let service = &service.metadata.name;
    let fault = Fault::Name(NameFault::StatefulSetServiceNameDiffers {
        set: set.name.name.to_string(),
        written: written.to_owned(),
        service: service.to_string(),
    });
    let evidence = vec![Evidence::of(set, "spec.serviceName")];
    let spec = set.tree.get("spec")?;
    let fix = set_field(set, spec, "serviceName", &format!("\"{service}\""));
    Some(Cause::certain(fault, evidence).with_fix(fix))
}

fn selects_pods_of(survey: &Survey, service: &Service, set: &Stored) -> bool {
    let mut pods = survey.pods.selected(service).into_iter();
    pods.any(|pod| {
        let maker = survey.resolved.workload_of(&pod.id());
        maker.is_some_and(|maker| maker.kind == set.kind && maker.name == set.name)
    })
}

#[cfg(test)]
mod tests {
    use crate::causes::tests::check_text;
    use crate::cluster::config::Config;
    use crate::testing::dedent;

    #[test]
    fn the_fix_names_the_headless_service() {
        let text = dedent(
            "
            apiVersion: v1
            kind: Service
            metadata: {name: db-svc}
            spec: {clusterIP: None, selector: {app: db}, ports: [{port: 5432}]}
            ---
            apiVersion: apps/v1
            kind: StatefulSet
            metadata: {name: database}
            spec:
              serviceName: database
              selector: {matchLabels: {app: db}}
              template:
                metadata: {labels: {app: db}}
                spec: {containers: [{name: pg, image: postgres, ports: [{containerPort: 5432}]}]}
            ",
        );
        for text in [text.clone(), text.replace("  serviceName: database\n", "")] {
            let found = check_text(&text, &Config::default());
            assert_eq!(found.len(), 1);
            let fixed = found[0].1.as_deref().expect("a fix");
            assert!(fixed.contains("serviceName: db-svc"), "{fixed}");
            assert_eq!(check_text(fixed, &Config::default()), []);
        }
    }
}
