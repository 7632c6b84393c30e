//! What Traefik makes of the annotations of Ingresses and of its own flags: the entry points of a router, and whether it is
//! for TLS only.
//!
//! Traefik listens at entry points, each with a name and a port. A router, one for each path of an Ingress, takes requests of
//! every entry point, or of those that its annotation lists; one with TLS takes no request in the clear. What Traefik runs with
//! may be in a file that no manifest shows: what is not certain is left open.
//! Source: traefik/traefik `docs/content/routing/routers/index.md`, `docs/content/routing/providers/kubernetes-ingress.md`,
//! `pkg/provider/kubernetes/ingress`.

use smol_str::SmolStr;

use crate::cluster::object::{Ingress, Pod};

/// The name that an IngressClass has for Traefik.
pub(crate) const CONTROLLER: &str = "traefik.io/ingress-controller";

/// The annotations of a router.
pub(crate) const ENTRY_POINTS: &str = "traefik.ingress.kubernetes.io/router.entrypoints";
pub(crate) const TLS: &str = "traefik.ingress.kubernetes.io/router.tls";

/// The flag by which Traefik proxies to ExternalName Services, in lower case.
const EXTERNAL_NAMES: &str = "--providers.kubernetesingress.allowexternalnameservices";

/// Why a router takes no request that arrives at a port.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum RouterMiss {
    /// It is for other entry points than the one with this name.
    EntryPoint(String),
    /// It is for TLS, and the request is in the clear.
    Plain,
}

/// Why the routers of an Ingress take no request that arrives at a port of a pod; `None` if they do, or if it is not certain.
pub(crate) fn router_miss(
    ingress: &Ingress,
    pod: &Pod,
    port: u16,
    is_tls: bool,
) -> Option<RouterMiss> {
    let annotations = &ingress.metadata.annotations;
    if !is_tls && annotations.get(TLS).is_some_and(|own| own == "true") {
        return Some(RouterMiss::Plain);
    }
    let listed = annotations.get(ENTRY_POINTS)?;
    let names = || listed.split(',').map(str::trim);
    let known = entry_points(pod);
    let is_named = |own: &str| names().any(|name| name.eq_ignore_ascii_case(own));
    let (arrived, _) = known.iter().find(|(_, number)| *number == port)?;
    // Where no listed name is an entry point of the pod, the entry points are not what they seem.
    let is_certain = known.iter().any(|(own, _)| is_named(own));
    (is_certain && !is_named(arrived)).then(|| RouterMiss::EntryPoint(arrived.clone()))
}

/// Whether a pod's flags make it proxy to ExternalName Services.
pub(crate) fn allows_external_names(pod: &Pod) -> bool {
    let is_flag = |word: &str| {
        let word = word.to_ascii_lowercase();
        let value = word.strip_prefix(EXTERNAL_NAMES);
        value.is_some_and(|value| matches!(value, "" | "=true"))
    };
    words_of(pod).any(is_flag)
}

/// The entry points of a pod: those that its flags open, else its ports by their names, which are the same with the usual
/// installations.
fn entry_points(pod: &Pod) -> Vec<(String, u16)> {
    let by_flags: Vec<(String, u16)> = words_of(pod).filter_map(entry_point).collect();
    if !by_flags.is_empty() {
        return by_flags;
    }
    let ports = pod.spec.containers.iter().flat_map(|own| &own.ports);
    let named = ports.filter(|port| !port.name.is_empty());
    let named = named.map(|port| (port.name.to_string(), port.container_port));
    named.collect()
}

/// `--entryPoints.web.address=:8000/tcp`: the name and the port.
fn entry_point(word: &str) -> Option<(String, u16)> {
    let word = word.to_ascii_lowercase();
    let (name, address) = word
        .strip_prefix("--entrypoints.")?
        .split_once(".address=")?;
    let address = address.split('/').next()?;
    let (_, port) = address.rsplit_once(':')?;
    Some((name.to_owned(), port.parse().ok()?))
}

/// The words of all containers' commands.
fn words_of(pod: &Pod) -> impl Iterator<Item = &str> {
    let containers = pod.spec.containers.iter();
    let words = containers.flat_map(|own| own.command.iter().chain(&own.args));
    words.map(SmolStr::as_str)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::object;

    const BY_PORTS: &str = "{name: c, ports: [{name: web, containerPort: 8000}, {name: websecure, containerPort: 8443}]}";
    const BY_FLAGS: &str = "{name: c, args: ['--entryPoints.web.address=:80/tcp', '--entryPoints.websecure.address=:443']}";

    /// Why routers with these annotations take no request at a port of a container.
    fn miss(annotations: &str, container: &str, port: u16, is_tls: bool) -> Option<RouterMiss> {
        let ingress: Ingress = object(&format!(
            "metadata: {{name: shop, annotations: {{{annotations}}}}}"
        ));
        let pod: Pod = object(&format!(
            "metadata: {{name: traefik}}\nspec: {{containers: [{container}]}}"
        ));
        router_miss(&ingress, &pod, port, is_tls)
    }

    #[test]
    fn a_router_takes_requests_of_the_entry_points_that_it_lists() {
        let web = format!("{ENTRY_POINTS}: web");
        let both = format!("{ENTRY_POINTS}: 'web, websecure'");
        let websecure = || Some(RouterMiss::EntryPoint("websecure".to_owned()));
        for (annotations, container, port, expected) in [
            (web.as_str(), BY_PORTS, 8000, None),
            (web.as_str(), BY_PORTS, 8443, websecure()),
            (web.as_str(), BY_FLAGS, 443, websecure()),
            (both.as_str(), BY_FLAGS, 443, None),
            ("", BY_FLAGS, 443, None),
            // A port that no entry point is known to have, and ports whose names are none of entry points.
            (web.as_str(), BY_FLAGS, 9000, None),
            (
                web.as_str(),
                "{name: c, ports: [{name: http, containerPort: 80}]}",
                80,
                None,
            ),
        ] {
            let found = miss(annotations, container, port, true);
            assert_eq!(found, expected, "{annotations} {container} {port}");
        }
    }

    #[test]
    fn a_router_with_tls_takes_nothing_in_the_clear() {
        let tls = format!("{TLS}: 'true'");
        assert_eq!(miss(&tls, BY_PORTS, 8000, false), Some(RouterMiss::Plain));
        assert_eq!(miss(&tls, BY_PORTS, 8443, true), None);
    }

    #[test]
    fn external_names_need_a_flag() {
        for (args, expected) in [
            ("[]", false),
            (
                "['--providers.kubernetesIngress.allowExternalNameServices']",
                true,
            ),
            (
                "['--providers.kubernetesingress.allowexternalnameservices=true']",
                true,
            ),
            (
                "['--providers.kubernetescrd.allowExternalNameServices=true']",
                false,
            ),
        ] {
            let pod: Pod = object(&format!(
                "metadata: {{name: traefik}}\nspec: {{containers: [{{name: c, args: {args}}}]}}"
            ));
            assert_eq!(allows_external_names(&pod), expected, "{args}");
        }
    }
}
