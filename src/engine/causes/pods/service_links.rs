//! A Service whose variables may be taken for settings of its own pods.
//!
//! The kubelet sets `SERVER_PORT=tcp://…` in every container of the namespace if a Service is called `server`. A program
//! that is configured by variables with that prefix reads it as its own setting.

use crate::causes::cause::{Cause, Evidence};
use crate::causes::edit::{pod_spec, set_field};
use crate::causes::survey::Survey;
use crate::cluster::object::{Container, Pod, Service};
use crate::diagnostic::{Fault, PodFault};
use crate::dns::environment::{self, service_variables, variable_name};
use crate::resolve::Stored;

/// Ends of settings beside which a program is likely to have one that ends in `PORT`.
const BESIDE_A_PORT: [&str; 9] = [
    "ADDR", "ADDRESS", "BIND", "HOST", "HOSTNAME", "LISTEN", "NAME", "PROTOCOL", "SCHEME",
];

/// The Services whose own pods have settings with the prefix of their variables, each with its first pod.
pub(in crate::causes) fn check(survey: &Survey) -> Vec<Cause> {
    let services = survey.services();
    services
        .filter_map(|(stored, service)| of_service(survey, stored, service))
        .collect()
}

fn of_service(survey: &Survey, stored: &Stored, service: &Service) -> Option<Cause> {
    let pod = *survey.pods.selected(service).first()?;
    if !environment::visible_services([service], pod)
        .iter()
        .any(|visible| visible.id() == service.id())
    {
        return None;
    }
    let containers = pod.spec.containers.iter().enumerate();
    containers
        .filter_map(|(index, container)| collision(survey, stored, service, pod, index, container))
        .next()
}

fn collision(
    survey: &Survey,
    stored: &Stored,
    service: &Service,
    pod: &Pod,
    index: usize,
    container: &Container,
) -> Option<Cause> {
    let prefix = variable_name(&service.metadata.name);
    let port = format!("{prefix}_PORT");
    let setting = container.env.iter().position(|own| {
        let rest = own.name.strip_prefix(prefix.as_str());
        let suffix = rest.and_then(|rest| rest.strip_prefix('_'));
        suffix.is_some_and(|suffix| BESIDE_A_PORT.contains(&suffix))
    })?;
    if container.env.iter().any(|own| own.name == port) {
        return None;
    }
    let variables = service_variables([service]);
    let variable = variables
        .into_iter()
        .find(|variable| variable.name == port)?;
    let fault = Fault::Pod(PodFault::ServiceVariableLooksLikeSetting {
        service: service.metadata.name.to_string(),
        container: container.name.to_string(),
        setting: container.env[setting].name.to_string(),
        variable: variable.to_string(),
    });
    let field = format!("spec.containers[{index}].env[{setting}].name");
    let mut evidence: Vec<Evidence> = Evidence::of_pod(survey.resolved, pod, &field)
        .into_iter()
        .collect();
    evidence.push(Evidence::of(stored, "metadata.name"));
    let spec = pod_spec(survey.resolved, &pod.id());
    let fix =
        spec.and_then(|(stored, spec)| set_field(stored, spec, "enableServiceLinks", "false"));
    Some(Cause::likely(fault, evidence).possible().with_fix(fix))
}

#[cfg(test)]
mod tests {
    use crate::causes::tests::check_text;
    use crate::cluster::config::Config;
    use crate::diagnostic::{Fault, PodFault, Problem};
    use crate::testing::dedent;

    fn text(environment: &str) -> String {
        dedent(&format!(
            "
            apiVersion: v1
            kind: Service
            metadata: {{name: server}}
            spec: {{selector: {{app: kibana}}, ports: [{{port: 80, targetPort: 8080}}]}}
            ---
            apiVersion: v1
            kind: Pod
            metadata: {{name: kibana, labels: {{app: kibana}}}}
            spec:
              containers: [{{name: c, image: kibana, ports: [{{containerPort: 8080}}], env: [{environment}]}}]
            "
        ))
    }

    #[test]
    fn a_setting_with_the_prefix_of_the_pods_own_service_is_noted() {
        let found = check_text(&text("{name: SERVER_NAME, value: a}"), &Config::default());
        let Problem::Cause(Fault::Pod(PodFault::ServiceVariableLooksLikeSetting {
            variable, ..
        })) = &found[0].0.problem
        else {
            panic!("{found:?}");
        };
        assert!(variable.starts_with("SERVER_PORT=tcp://"), "{variable}");
    }

    #[test]
    fn a_variable_that_is_set_wins() {
        let set = "{name: SERVER_NAME, value: a}, {name: SERVER_PORT, value: '80'}";
        assert_eq!(check_text(&text(set), &Config::default()), []);
    }
}
