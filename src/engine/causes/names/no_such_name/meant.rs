//! What a name that nothing has most likely means: a Service of another namespace, a name with a part left out or
//! misspelt, the name of a pod.

use super::AskedName;
use crate::causes::cause::{Cause, Certainty, Evidence};
use crate::causes::edit::{pod_spec, set_field};
use crate::diagnostic::{Fault, NameFault};
use crate::kinds::Kind;
use crate::labels::service_selects;
use crate::names::ObjectName;
use crate::resolve::Resolved;
use crate::syntax::typo_distance;

/// `web.prd`, where there is a Service web in namespace prod.
pub(super) fn namespace_misspelt(
    resolved: &Resolved,
    asked: &AskedName,
    name: &str,
) -> Option<Cause> {
    let mut labels = name.split('.');
    let (service, namespace) = (labels.next()?, labels.next()?);
    let services = resolved.cluster.services.keys();
    let near = services.filter_map(|id| {
        let distance = typo_distance(namespace, &id.namespace)?;
        (id.name == service).then_some((distance, id))
    });
    let (_, id) = near.min()?;
    Some(suggestion(resolved, asked, id, |meant| {
        Fault::Name(NameFault::NameMisspelt {
            name: name.to_owned(),
            meant,
        })
    }))
}

/// `db-0.db` or `db-0.db.other`, where Service db and its pod db-0 are in another namespace.
pub(super) fn pod_of_other_namespace(
    resolved: &Resolved,
    asked: &AskedName,
    name: &str,
) -> Option<Cause> {
    let mut labels = name.split('.');
    let (host, service) = (labels.next()?, labels.next()?);
    let from = labels.next().unwrap_or(asked.namespace);
    let mut services = resolved.cluster.services.keys();
    let id = services.find(|id| {
        let pod = ObjectName::new(id.namespace.as_str(), host);
        id.name == service && resolved.cluster.pod(&pod).is_some()
    })?;
    Some(suggestion(resolved, asked, id, |meant| {
        Fault::Name(NameFault::NameOfOtherNamespace {
            name: format!("{host}.{service}"),
            namespace: id.namespace.to_string(),
            from: from.to_owned(),
            meant: format!("{host}.{meant}"),
        })
    }))
}

/// `web-0.db`, where no Service db exists, and pod web-0 has a name below another.
pub(super) fn pod_of_other_service(
    resolved: &Resolved,
    asked: &AskedName,
    name: &str,
) -> Option<Cause> {
    let (host, below) = name.split_once('.')?;
    let pod = resolved
        .cluster
        .pod(&ObjectName::new(asked.namespace, host))?;
    let is_one_label = !below.contains('.') && below == asked.service;
    let service = ObjectName::new(asked.namespace, pod.spec.subdomain.as_str());
    let selector = resolved
        .cluster
        .services
        .get(&service)?
        .spec
        .selector
        .as_ref();
    let is_published = pod.spec.hostname == host && service_selects(selector, &pod.metadata.labels);
    if !is_one_label || !is_published {
        return None;
    }
    Some(suggestion(resolved, asked, &service, |meant| {
        Fault::Name(NameFault::NameMisspelt {
            name: name.to_owned(),
            meant: format!("{host}.{meant}"),
        })
    }))
}

/// `web0.web`, where a pod of Service web is called web-0.
pub(super) fn pod_misspelt(resolved: &Resolved, asked: &AskedName, host: &str) -> Option<Cause> {
    let is_there = resolved
        .cluster
        .pod(&ObjectName::new(asked.namespace, host))
        .is_some();
    // Another number is another pod, which may be gone for the moment.
    let number = |host: &str| {
        let number = host.rsplit(|c: char| !c.is_ascii_digit()).next();
        number.unwrap_or_default().to_owned()
    };
    let pods = resolved.cluster.each_pod().filter(|_| !is_there);
    let named = pods.filter(|pod| {
        pod.metadata.namespace == asked.namespace
            && pod.spec.subdomain == asked.service
            && number(&pod.spec.hostname) == number(host)
    });
    let near = named.filter_map(|pod| {
        let own = pod.spec.hostname.as_str();
        Some((typo_distance(host, own)?, own))
    });
    let (_, own) = near.min()?;
    let cause = suggestion(resolved, asked, &asked.id(), |meant| {
        Fault::Name(NameFault::NameMisspelt {
            name: format!("{host}.{}", asked.service),
            meant: format!("{own}.{meant}"),
        })
    });
    Some(Cause {
        certainty: Certainty::Likely,
        ..cause
    })
}

/// The name of a pod: DNS publishes pods below a headless Service only.
pub(super) fn pod_alone(resolved: &Resolved, asked: &AskedName) -> Option<Cause> {
    let id = asked.id();
    let pod = resolved
        .cluster
        .pod(&id)
        .filter(|_| asked.before.is_empty())?;
    let subdomain = ObjectName::new(id.namespace.as_str(), pod.spec.subdomain.as_str());
    let below = resolved.cluster.services.get(&subdomain);
    let meant = below.map(|service| format!("{}.{}", id.name, service.metadata.name));
    let fault = Fault::Name(NameFault::NameOfPodOnly {
        pod: id.name.to_string(),
        meant: meant.unwrap_or_default(),
    });
    let evidence = Evidence::of_pod(resolved, pod, "spec");
    Some(Cause::certain(fault, evidence.into_iter().collect()))
}

/// `db-0.db`, where a pod has that host name and subdomain, and no Service db exists.
pub(super) fn subdomain_alone(resolved: &Resolved, asked: &AskedName) -> Option<Cause> {
    let [host] = asked.before.as_slice() else {
        return None;
    };
    let mut pods = resolved.cluster.each_pod();
    let pod = pods.find(|pod| {
        pod.metadata.namespace == asked.namespace
            && pod.spec.hostname == *host
            && pod.spec.subdomain == asked.service
    })?;
    let services = resolved.cluster.services.values();
    let mut headless = services.filter(|own| {
        let selector = own.spec.selector.as_ref();
        own.is_headless()
            && own.metadata.namespace == asked.namespace
            && service_selects(selector, &pod.metadata.labels)
    });
    let meant = headless.next().filter(|_| headless.next().is_none());
    let fault = Fault::Name(NameFault::SubdomainWithoutService {
        pod: pod.metadata.name.to_string(),
        subdomain: pod.spec.subdomain.to_string(),
        namespace: asked.namespace.to_owned(),
        meant: meant
            .map(|own| own.metadata.name.to_string())
            .unwrap_or_default(),
    });
    let evidence = Evidence::of_pod(resolved, pod, "spec.subdomain");
    let fix = meant.zip(pod_spec(resolved, &pod.id()));
    let fix = fix.and_then(|(meant, (stored, spec))| {
        let name = format!("\"{}\"", meant.metadata.name);
        set_field(stored, spec, "subdomain", &name)
    });
    Some(Cause::certain(fault, evidence.into_iter().collect()).with_fix(fix))
}

/// The name of a workload: only a Service has a name.
pub(super) fn workload_alone(resolved: &Resolved, asked: &AskedName) -> Option<Cause> {
    let id = asked.id();
    let kinds = [
        Kind::Deployment,
        Kind::StatefulSet,
        Kind::DaemonSet,
        Kind::ReplicaSet,
        Kind::ReplicationController,
    ];
    let mut found = kinds.iter().filter_map(|kind| resolved.get(*kind, &id));
    let workload = found.next().filter(|_| asked.before.is_empty())?;
    let mut services = resolved.cluster.services.values();
    let pod = resolved.pods_of(workload.kind, &id).next();
    let service = pod.and_then(|pod| {
        services.find(|own| {
            own.metadata.namespace == id.namespace
                && service_selects(own.spec.selector.as_ref(), &pod.metadata.labels)
        })
    });
    let meant = service.map(|own| asked.whole(&own.metadata.name, &own.metadata.namespace));
    let fault = Fault::Name(NameFault::NameOfWorkloadOnly {
        kind: workload.kind.name().to_owned(),
        workload: id.name.to_string(),
        meant: meant.unwrap_or_default(),
    });
    let stored = service.and_then(|own| resolved.get(Kind::Service, &own.id()));
    let evidence = [Some(workload), stored];
    let evidence = evidence.into_iter().flatten();
    let evidence = evidence.map(|stored| Evidence::of(stored, "metadata.name"));
    Some(Cause::certain(fault, evidence.collect()))
}

/// A Service of that name in another namespace.
pub(super) fn other_namespace(resolved: &Resolved, asked: &AskedName) -> Option<Cause> {
    let services = resolved.cluster.services.keys();
    let id = services.into_iter().find(|id| id.name == asked.service)?;
    Some(suggestion(resolved, asked, id, |meant| {
        Fault::Name(NameFault::NameOfOtherNamespace {
            name: asked.service.to_owned(),
            namespace: id.namespace.to_string(),
            from: asked.namespace.to_owned(),
            meant,
        })
    }))
}

/// `prod.web`, where there is a Service web in namespace prod.
pub(super) fn turned_around(resolved: &Resolved, asked: &AskedName, name: &str) -> Option<Cause> {
    let (namespace, service) = name.split_once('.')?;
    let id = ObjectName::new(namespace, service);
    resolved.cluster.services.get(&id)?;
    Some(suggestion(resolved, asked, &id, |meant| {
        Fault::Name(NameFault::NameMisspelt {
            name: name.to_owned(),
            meant,
        })
    }))
}

/// `web.prod`, where a namespace prod does not exist and a Service web does.
pub(super) fn unknown_namespace(
    resolved: &Resolved,
    asked: &AskedName,
    name: &str,
) -> Option<Cause> {
    let (service, namespace) = name.split_once('.')?;
    let mut services = resolved.cluster.services.keys();
    let id = services.find(|id| id.name == service && !namespace.contains('.'))?;
    Some(suggestion(resolved, asked, id, |meant| {
        Fault::Name(NameFault::NameOfOtherNamespace {
            name: service.to_owned(),
            namespace: id.namespace.to_string(),
            from: namespace.to_owned(),
            meant,
        })
    }))
}

/// `web.default.cluster.local`, or another domain than the cluster's.
pub(super) fn part_left_out(resolved: &Resolved, asked: &AskedName, name: &str) -> Option<Cause> {
    let mut labels = name.split('.');
    let service = labels.next()?;
    let namespace = labels.next()?;
    let id = ObjectName::new(namespace, service);
    let has_more = labels.next().is_some();
    if !has_more || !resolved.cluster.services.contains_key(&id) {
        return None;
    }
    Some(suggestion(resolved, asked, &id, |meant| {
        Fault::Name(NameFault::NameNotOfCluster {
            name: name.to_owned(),
            meant,
        })
    }))
}

/// A Service or a namespace whose name is a slip away.
pub(super) fn misspelt(resolved: &Resolved, asked: &AskedName, name: &str) -> Option<Cause> {
    let is_own = |id: &ObjectName| id.namespace == asked.namespace;
    let mut near: Vec<(usize, bool, &ObjectName)> = Vec::new();
    for id in resolved.cluster.services.keys() {
        if let Some(distance) = typo_distance(asked.service, &id.name) {
            near.push((distance, !is_own(id), id));
        } else if id.name == asked.service
            && let Some(distance) = typo_distance(asked.namespace, &id.namespace)
        {
            near.push((distance, true, id));
        }
    }
    let (_, _, id) = near.into_iter().min()?;
    let mut cause = suggestion(resolved, asked, id, |meant| {
        Fault::Name(NameFault::NameMisspelt {
            name: name.to_owned(),
            meant,
        })
    });
    cause.certainty = Certainty::Likely;
    Some(cause)
}

/// `web-service`, where the only such Service of the namespace is called web; and the other way round.
pub(super) fn longer_or_shorter(
    resolved: &Resolved,
    asked: &AskedName,
    name: &str,
) -> Option<Cause> {
    let begins = |long: &str, short: &str| {
        let rest = long.strip_prefix(short);
        rest.is_some_and(|rest| rest.starts_with('-'))
    };
    let services = resolved.cluster.services.keys();
    let mut near = services.filter(|id| {
        id.namespace == asked.namespace
            && (begins(asked.service, &id.name) || begins(&id.name, asked.service))
    });
    let id = near.next().filter(|_| near.next().is_none())?;
    let cause = suggestion(resolved, asked, id, |meant| {
        Fault::Name(NameFault::NameMisspelt {
            name: name.to_owned(),
            meant,
        })
    });
    Some(cause.possible())
}

/// `nginx`, where the only Service of the namespace that selects a label with that value has another name.
pub(super) fn label_alone(resolved: &Resolved, asked: &AskedName) -> Option<Cause> {
    let services = resolved.cluster.services.values();
    let mut selecting = services.filter_map(|own| {
        let mut labels = own.spec.selector.as_ref()?.iter();
        let (key, _) = labels.find(|(_, value)| **value == asked.service)?;
        (own.metadata.namespace == asked.namespace).then_some((own, key))
    });
    let (service, key) = selecting.next().filter(|_| asked.before.is_empty())?;
    if selecting.next().is_some() {
        return None;
    }
    let stored = resolved.get(Kind::Service, &service.id())?;
    let fault = Fault::Name(NameFault::NameOfLabelOnly {
        name: asked.service.to_owned(),
        label: key.to_string(),
        service: service.metadata.name.to_string(),
        meant: asked.whole(&service.metadata.name, &service.metadata.namespace),
    });
    let evidence = vec![
        Evidence::of(stored, "metadata.name"),
        Evidence::of(stored, "spec.selector"),
    ];
    Some(Cause::likely(fault, evidence))
}

fn suggestion(
    resolved: &Resolved,
    asked: &AskedName,
    id: &ObjectName,
    fault: impl FnOnce(String) -> Fault,
) -> Cause {
    let stored = resolved.get(Kind::Service, id);
    let evidence = stored.map(|stored| Evidence::of(stored, "metadata.name"));
    let meant = asked.whole(&id.name, &id.namespace);
    Cause::certain(fault(meant), evidence.into_iter().collect())
}
