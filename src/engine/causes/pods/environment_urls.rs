//! A variable with the URL of a Service that lacks the port, or that is in another namespace: what the container calls fails.
//!
//! What a program makes of its variables is its own matter, but a URL whose host is a Service of this text has one meaning.

use smol_str::SmolStr;

use crate::causes::cause::{Cause, Evidence};
use crate::causes::edit::{pod_spec, replace_in};
use crate::causes::names::no_such_name::AskedName;
use crate::causes::survey::Survey;
use crate::cluster::object::{Pod, Service, ServiceType};
use crate::controllers::init_wait::asks_cluster;
use crate::diagnostic::{Fault, Fix, PodFault, UrlFault};
use crate::names::Protocol;
use crate::network::{Host, Target};

/// The host and port that a URL calls.
struct Called {
    host: String,
    port: u16,
}

/// What is wrong with a URL.
struct Miss {
    why: UrlFault,
    /// The Service, `web`.
    service: String,
    /// The ports that it has; its name for the pod.
    meant: String,
    /// The end of what is written, and what should be there; empty if that is not certain.
    edit: (String, String),
}

/// The variables, in the containers of every workload, whose URL cannot reach a Service.
pub(in crate::causes) fn check(survey: &Survey) -> Vec<Cause> {
    let firsts = survey.first_of_workloads(survey.resolved.cluster.each_pod());
    firsts.flat_map(|pod| of_pod(survey, pod)).collect()
}

fn of_pod(survey: &Survey, pod: &Pod) -> Vec<Cause> {
    let mut causes = Vec::new();
    for (index, container) in pod.spec.containers.iter().enumerate() {
        for (place, variable) in container.env.iter().enumerate() {
            let found = called(&variable.value).and_then(|called| {
                let miss = of_called(survey, pod, &called)?;
                Some((called, miss))
            });
            let Some((called, miss)) = found else {
                continue;
            };
            let fault = Fault::Pod(PodFault::UrlLeadsNowhere {
                container: container.name.to_string(),
                variable: variable.name.to_string(),
                host: called.host,
                port: called.port,
                service: miss.service.clone(),
                namespace: pod.metadata.namespace.to_string(),
                meant: miss.meant.clone(),
                why: miss.why,
            });
            let field = format!("spec.containers[{index}].env[{place}].value");
            let evidence = Evidence::of_pod(survey.resolved, pod, &field);
            let cause = Cause::likely(fault, evidence.into_iter().collect());
            causes.push(cause.with_fix(fix(survey, pod, (index, place), &miss)));
        }
    }
    causes
}

/// The host and port that a URL calls over TCP; `None` if a variable is part of it.
fn called(value: &str) -> Option<Called> {
    if !value.contains("://") || value.contains(['$', ',', ' ', '{']) {
        return None;
    }
    let url = value.strip_prefix("jdbc:").unwrap_or(value);
    let target: Target = url.parse().ok()?;
    let (is_tcp, port) = (target.protocol() == Protocol::Tcp, target.port);
    match target.host {
        Host::Name(host) if is_tcp && !host.ends_with('.') => Some(Called { host, port }),
        Host::Name(_) | Host::Address(_) => None,
    }
}

/// Why a call fails; `None` if it may not, or if nothing here has the name.
fn of_called(survey: &Survey, pod: &Pod, called: &Called) -> Option<Miss> {
    let cluster = &survey.resolved.cluster;
    let mut aliases = pod.spec.host_aliases.iter();
    let is_named = |name: &SmolStr| *name == called.host;
    if !asks_cluster(pod) || aliases.any(|alias| alias.hostnames.iter().any(is_named)) {
        return None;
    }
    let asked = AskedName::of(cluster, &pod.metadata.namespace, &called.host);
    if !asked.before.is_empty() || asked.lacks_svc {
        return None;
    }
    match asked.service(cluster) {
        Some(service) => other_port(service, called),
        None => other_namespace(survey, &asked, called),
    }
}

/// The Service lacks the port.
fn other_port(service: &Service, called: &Called) -> Option<Miss> {
    let is_alias = service.spec.service_type == ServiceType::ExternalName;
    let ports = service.spec.ports.iter();
    let ports = ports.filter(|own| own.protocol == Protocol::Tcp);
    let ports: Vec<u16> = ports.map(|own| own.port).collect();
    if is_alias || service.is_headless() || ports.is_empty() || ports.contains(&called.port) {
        return None;
    }
    let names: Vec<String> = ports.iter().map(u16::to_string).collect();
    let Called { host, port } = called;
    let right = match ports.as_slice() {
        [only] => format!("{host}:{only}"),
        _ => String::new(),
    };
    Some(Miss {
        why: UrlFault::NoSuchPort,
        service: service.metadata.name.to_string(),
        meant: names.join(", "),
        edit: (format!("{host}:{port}"), right),
    })
}

/// The only Service of that name is in another namespace.
fn other_namespace(survey: &Survey, asked: &AskedName, called: &Called) -> Option<Miss> {
    let services = survey.resolved.cluster.services.keys();
    let mut named = services.filter(|id| id.name == called.host && id.namespace != asked.namespace);
    let other = named.next().filter(|_| named.next().is_none())?;
    let meant = format!("{}.{}", other.name, other.namespace);
    Some(Miss {
        why: UrlFault::OtherNamespace,
        service: other.name.to_string(),
        edit: (called.host.clone(), meant.clone()),
        meant,
    })
}

/// The right host or port in the URL, where the wrong one is written after `//` or `@`.
fn fix(survey: &Survey, pod: &Pod, (index, place): (usize, usize), miss: &Miss) -> Option<Fix> {
    let (stored, spec) = pod_spec(survey.resolved, &pod.id())?;
    let container = spec.get("containers")?.items().get(index)?;
    let value = container.get("env")?.items().get(place)?.get("value")?;
    let (written, right) = &miss.edit;
    let after_user = format!("@{written}");
    let before = if value.as_str()?.contains(&after_user) {
        "@"
    } else {
        "//"
    };
    if right.is_empty() {
        return None;
    }
    replace_in(
        stored,
        value,
        &format!("{before}{written}"),
        &format!("{before}{right}"),
    )
}

#[cfg(test)]
mod tests {
    use crate::causes::tests::check_text;
    use crate::cluster::config::Config;
    use crate::diagnostic::{Fault, PodFault, Problem, UrlFault};

    /// What is wrong with a variable's URL, and the URL after the fix.
    fn found(url: &str) -> Option<(UrlFault, Option<String>)> {
        let text = format!(
            "apiVersion: v1\nkind: Service\nmetadata: {{name: redis}}\nspec: {{ports: [{{port: 6379}}]}}\n---\n\
             apiVersion: v1\nkind: Service\nmetadata: {{name: peers}}\nspec: {{clusterIP: None, ports: [{{port: 6379}}]}}\n---\n\
             apiVersion: v1\nkind: Service\nmetadata: {{name: db, namespace: data}}\nspec: {{ports: [{{port: 5432}}]}}\n---\n\
             apiVersion: v1\nkind: Pod\nmetadata: {{name: app}}\nspec:\n  containers:\n  - name: c\n    image: i\n    env:\n    - name: URL\n      value: {url}\n"
        );
        let found = check_text(&text, &Config::default()).into_iter();
        let mut misses = found.filter_map(|(found, fixed)| match found.problem {
            Problem::Cause(Fault::Pod(PodFault::UrlLeadsNowhere { why, .. })) => {
                let fixed = fixed.unwrap_or_default();
                let line = fixed.lines().next_back();
                Some((why, line.map(|line| line.trim().to_owned())))
            }
            _ => None,
        });
        misses.next()
    }

    #[test]
    fn a_url_names_a_port_and_a_service_that_are_there() {
        let port = found("redis://redis:6380/0").expect("a cause");
        let right = "value: redis://redis:6379/0".to_owned();
        assert_eq!(port, (UrlFault::NoSuchPort, Some(right)));
        let default = found("http://redis").expect("a cause");
        assert_eq!(default, (UrlFault::NoSuchPort, None));
        let elsewhere = found("jdbc:postgresql://db:5432/app").expect("a cause");
        let right = "value: jdbc:postgresql://db.data:5432/app".to_owned();
        assert_eq!(elsewhere, (UrlFault::OtherNamespace, Some(right)));
        for right in [
            "redis://redis",
            "redis://redis.default:6379",
            "redis://peers:6380",
            "postgres://user:secret@db.data.svc:5432/app",
            "https://api.example.com:8443/v1",
            "http://unknown:8080",
            "http://redis:$(PORT)",
            "http://localhost:9090",
            "redis://redis:6380\n  dnsPolicy: Default",
        ] {
            assert_eq!(found(right), None, "{right}");
        }
    }
}
