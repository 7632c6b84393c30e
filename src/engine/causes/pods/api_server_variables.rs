//! A Service whose variables overwrite those of the API server.
//!
//! Clients in pods find the API server by `KUBERNETES_SERVICE_HOST` and `KUBERNETES_SERVICE_PORT`. A Service that is called
//! `kubernetes-service` makes the second one, too (`tcp://10.96.0.9:443`), and one that is called `kubernetes` hides the API
//! server from its namespace (kubernetes `pkg/kubelet/kubelet_pods.go`, `getServiceEnvVarMap`).

use crate::causes::cause::{Cause, Evidence};
use crate::causes::survey::Survey;
use crate::cluster::object::Service;
use crate::cluster::system_objects::kubernetes_service_name;
use crate::diagnostic::{Fault, PodFault};
use crate::dns::environment::{Variable, service_variables, visible_services};
use crate::resolve::Stored;

/// The Services of that kind that a pod has variables of.
pub(in crate::causes) fn check(survey: &Survey) -> Vec<Cause> {
    let cluster = &survey.resolved.cluster;
    let Some(api_server) = cluster.services.get(&kubernetes_service_name()) else {
        return Vec::new();
    };
    let known = service_variables([api_server]);
    let services = survey
        .services()
        .filter(|(stored, _)| stored.written.is_some());
    let services = services.filter(|(_, service)| service.id() != api_server.id());
    services
        .filter_map(|(stored, service)| of_service(survey, stored, service, &known))
        .collect()
}

fn of_service(
    survey: &Survey,
    stored: &Stored,
    service: &Service,
    known: &[Variable],
) -> Option<Cause> {
    let own = service_variables([service]);
    let is_overwritten = |variable: &&Variable| {
        let mut known = known.iter();
        known.any(|known| known.name == variable.name && known.value != variable.value)
    };
    let variable = own.iter().find(is_overwritten)?;
    let mut pods = survey.resolved.cluster.each_pod();
    let pod = pods.find(|pod| !visible_services([service], pod).is_empty())?;
    let fault = Fault::Pod(PodFault::ApiServerVariableOverwritten {
        service: service.metadata.name.to_string(),
        pod: pod.metadata.name.to_string(),
        variable: variable.to_string(),
    });
    let evidence = vec![Evidence::of(stored, "metadata.name")];
    Some(Cause::likely(fault, evidence))
}

#[cfg(test)]
mod tests {
    use crate::causes::tests::check_text;
    use crate::cluster::config::Config;

    #[test]
    fn only_a_service_with_variables_of_the_api_server_is_named() {
        for (name, expected) in [
            ("kubernetes-service", 1),
            ("kubernetes", 1),
            ("kubernetes-dashboard", 0),
            ("service", 0),
        ] {
            let text = format!(
                "apiVersion: v1\nkind: Service\nmetadata: {{name: {name}, namespace: tenant}}\nspec: {{selector: {{app: a}}, ports: [{{port: 6443}}]}}\n---\napiVersion: v1\nkind: Pod\nmetadata: {{name: a, namespace: tenant, labels: {{app: a}}}}\nspec: {{containers: [{{name: c, image: i}}]}}\n"
            );
            let found = check_text(&text, &Config::default());
            assert_eq!(found.len(), expected, "{name}: {found:?}");
        }
    }
}
