//! The name of an object of a kind Service in another API group: `serving.knative.dev/v1`. DNS has records of Services
//! of `v1` only; the controller of such a kind may create one, and is not simulated.

use super::AskedName;
use crate::causes::cause::{Cause, Evidence};
use crate::causes::survey::Survey;
use crate::diagnostic::{Fault, NameFault};
use crate::names::ObjectName;
use crate::resolve::{NotModelled, Resolved};

/// The Service of another group that has this name.
pub(in crate::causes) fn service_named(survey: &Survey, name: &ObjectName) -> Option<Cause> {
    let mut found = services(survey.resolved);
    let own = found.find(|own| own.name.name == name.name && own.namespace() == name.namespace);
    own.map(cause)
}

/// The one of this name in any namespace.
pub(super) fn elsewhere(resolved: &Resolved, asked: &AskedName) -> Option<Cause> {
    let mut found = services(resolved);
    found.find(|own| own.name.name == asked.service).map(cause)
}

/// `hello.prod`, where nothing else of the text is in namespace prod, so that the name seems to be one outside.
pub(super) fn with_namespace(resolved: &Resolved, name: &str) -> Option<Cause> {
    let mut labels = name.split('.');
    let (service, namespace) = (labels.next()?, labels.next()?);
    let mut found = services(resolved).filter(|_| labels.next().is_none());
    found
        .find(|own| own.name.name == service && own.namespace() == namespace)
        .map(cause)
}

fn services(resolved: &Resolved) -> impl Iterator<Item = &NotModelled> {
    let objects = resolved.not_modelled.iter();
    objects.filter(|own| own.kind == "Service")
}

fn cause(object: &NotModelled) -> Cause {
    let fault = Fault::Name(NameFault::ServiceOfOtherGroup {
        service: object.name.name.to_string(),
        namespace: object.namespace().to_owned(),
        api_version: object.api_version.clone(),
    });
    Cause::certain(fault, vec![Evidence::of_kind(object)]).possible()
}

#[cfg(test)]
mod tests {
    use crate::causes::of_trace;
    use crate::diagnostic::{Fault, NameFault};
    use crate::network::Network;
    use crate::testing::resolved;
    use crate::trace::{Request, trace};

    const KNATIVE: &str = "
        apiVersion: serving.knative.dev/v1
        kind: Service
        metadata: {name: hello, namespace: prod}
        spec: {template: {spec: {containers: [{image: hello}]}}}
        ---
        apiVersion: v1
        kind: Pod
        metadata: {name: app}
        spec: {containers: [{name: c, image: app}]}
        ---
        apiVersion: v1
        kind: Pod
        metadata: {name: near, namespace: prod}
        spec: {containers: [{name: c, image: app}]}
    ";

    /// Whether the first cause of a failed call is that the Service is of another group.
    fn is_named(from: &str, to: &str) -> bool {
        let network = Network::of(resolved(KNATIVE));
        let request = Request {
            from: from.parse().expect("an origin"),
            to: to.parse().expect("a target"),
        };
        let trace = trace(&network, &request, 0, 0).expect("it can be sent");
        let causes = of_trace(&network, &trace);
        let fault = causes.first().map(|cause| &cause.fault);
        matches!(
            fault,
            Some(Fault::Name(NameFault::ServiceOfOtherGroup { .. }))
        )
    }

    #[test]
    fn a_service_of_another_group_is_named_by_each_form_of_its_name() {
        assert!(is_named("pod/prod/near", "http://hello"));
        for to in ["hello", "hello.prod", "hello.prod.svc.cluster.local"] {
            assert!(is_named("pod/app", &format!("http://{to}")), "{to}");
        }
        assert!(!is_named("pod/app", "http://other.prod"));
    }
}
