//! A process that listens on the loopback address only, as its arguments say.

use crate::causes::cause::{Cause, Evidence};
use crate::causes::survey::{PortOf, Survey};
use crate::cluster::object::Pod;
use crate::controllers::endpointslices::find_port;
use crate::diagnostic::{Fault, Fix, PodFault};
use crate::manifest::yaml_quote::quoted;
use crate::names::Protocol;
use crate::network::listen::stated_ports;
use crate::network::{LoopbackArgument, loopback_argument};

/// The pods behind Services whose arguments name the loopback address; one of each workload.
pub(in crate::causes) fn check(survey: &Survey) -> Vec<Cause> {
    let mut causes: Vec<Cause> = Vec::new();
    for port in survey.ports() {
        let found = of_port(survey, port);
        causes.extend(found.filter(|cause| !causes.contains(cause)));
    }
    causes
}

fn of_port(survey: &Survey, port: PortOf) -> Option<Cause> {
    let pod = *survey.pods.selected(port.service).first()?;
    of_pod(survey, pod, find_port(pod, port.port)?)
}

/// The argument that keeps this port of a pod from what arrives at the pod's address.
pub(in crate::causes) fn of_pod(survey: &Survey, pod: &Pod, port: u16) -> Option<Cause> {
    let LoopbackArgument {
        container,
        list,
        index,
        text,
    } = loopback_argument(pod, port)?;
    if stated_ports(pod).is_some_and(|stated| stated.contains(&(port, Protocol::Tcp))) {
        return None;
    }
    let field = format!("spec.containers[{container}].{list}[{index}]");
    let evidence: Vec<Evidence> = Evidence::of_pod(survey.resolved, pod, &field)
        .into_iter()
        .collect();
    let every_address = text
        .replace("127.0.0.1", "0.0.0.0")
        .replace("localhost", "0.0.0.0")
        .replace("[::1]", "[::]");
    let span = evidence.first().and_then(|evidence| evidence.span);
    let fix = span.filter(|_| every_address != *text).map(|span| Fix {
        span,
        text: quoted(&every_address),
    });
    let fault = Fault::Pod(PodFault::ListensOnLoopback {
        container: pod.spec.containers[container].name.to_string(),
        argument: text.to_string(),
        port,
    });
    Some(Cause::likely(fault, evidence).with_fix(fix))
}

#[cfg(test)]
mod tests {
    use crate::causes::tests::check_text;
    use crate::cluster::config::Config;
    use crate::testing::dedent;

    #[test]
    fn the_fix_listens_on_every_address() {
        let text = dedent(
            "
            apiVersion: v1
            kind: Service
            metadata: {name: web}
            spec:
              selector: {app: web}
              ports: [{port: 80, targetPort: 8080}]
            ---
            apiVersion: v1
            kind: Pod
            metadata: {name: web, labels: {app: web}}
            spec:
              containers:
              - name: c
                image: nginx
                args: ['--listen=127.0.0.1:8080']
                ports: [{containerPort: 8080}]
            ",
        );
        let found = check_text(&text, &Config::default());
        let fixed = found[0].1.as_deref().expect("a fix");
        assert!(fixed.contains("args: [--listen=0.0.0.0:8080]"), "{fixed}");
        assert_eq!(check_text(fixed, &Config::default()), []);
    }
}
