//! A StatefulSet whose `serviceName` is not the headless Service that selects its pods.
//!
//! DNS publishes the names of its pods below the Service of that name; another headless Service has the pods' addresses
//! and none of their names.

use super::cause::{Cause, Evidence};
use super::survey::Survey;
use crate::cluster::object::Service;
use crate::diagnostic::{Fault, Fix};
use crate::kinds::Kind;
use crate::manifest::yaml_quote::quoted;
use crate::resolve::Stored;

/// Every such StatefulSet.
pub(super) fn check(survey: &Survey) -> Vec<Cause> {
    let sets = survey.resolved.of_kind(Kind::StatefulSet);
    sets.filter_map(|set| of_set(survey, set)).collect()
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
    let fault = Fault::StatefulSetServiceNameDiffers {
        set: set.name.name.to_string(),
        written: written.to_owned(),
        service: service.to_string(),
    };
    let evidence = vec![Evidence::of(set, "spec.serviceName")];
    // An empty name was filled in by the API server.
    let span = evidence[0].span.filter(|_| !written.is_empty());
    let fix = span.map(|span| Fix {
        span,
        text: quoted(service),
    });
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
        let found = check_text(&text, &Config::default());
        assert_eq!(found.len(), 1);
        let fixed = found[0].1.as_deref().expect("a fix");
        assert!(fixed.contains("serviceName: db-svc"), "{fixed}");
        assert_eq!(check_text(fixed, &Config::default()), []);
    }
}
