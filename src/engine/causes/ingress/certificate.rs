//! The Secret of an Ingress' certificate is in another namespace, its name is a typo away, or it is not in the same item of
//! `tls` as the host: the controller serves a certificate of its own, which browsers do not trust (kubernetes/website
//! `concepts/services-networking/ingress`, "TLS"; kubernetes/ingress-nginx `internal/ingress/controller/controller.go`,
//! `extractTLSSecretName`).

use smol_str::SmolStr;

use crate::causes::cause::{Cause, Evidence};
use crate::causes::edit::{add_field, add_item};
use crate::causes::survey::Survey;
use crate::cluster::object::{Ingress, IngressTls};
use crate::diagnostic::{Fault, Fix, IngressConfigFault};
use crate::kinds::Kind;
use crate::l7::ingress::names_host;
use crate::l7::ingress_nginx;
use crate::manifest::yaml_quote::quoted;
use crate::network::Host;
use crate::network::ingress_controller::controller_of;
use crate::resolve::NotModelled;
use crate::syntax::typo_distance;
use crate::trace::{Reason, Scheme, Trace};

/// Every such Ingress, of a text that has the Secret elsewhere.
pub(in crate::causes) fn check(survey: &Survey) -> Vec<Cause> {
    let ingresses = survey.resolved.cluster.ingresses.values();
    let causes = ingresses.flat_map(|ingress| {
        let listed = ingress.spec.tls.iter().enumerate();
        let of_secrets =
            listed.filter_map(|(index, tls)| of_secret(survey, ingress, index, &tls.secret_name));
        of_secrets.chain(in_another_item(survey, ingress))
    });
    causes.collect()
}

/// The same for the host that was called with TLS, through a controller.
pub(in crate::causes) fn of_answer(survey: &Survey, trace: &Trace) -> Option<Cause> {
    let Host::Name(host) = &trace.request.to.host else {
        return None;
    };
    let mut hops = trace.hops.iter();
    let is_of_ingress = hops.any(|hop| matches!(hop.reason, Reason::TakesHttp { .. }));
    if trace.request.to.scheme != Some(Scheme::Https) || !is_of_ingress {
        return None;
    }
    let mut ingresses = survey.resolved.cluster.ingresses.values();
    let of_secret = ingresses.find_map(|ingress| {
        let mut listed = ingress.spec.tls.iter().enumerate();
        listed.find_map(|(index, tls)| {
            let is_called = tls.hosts.iter().any(|own| own == host);
            of_secret(survey, ingress, index, &tls.secret_name).filter(|_| is_called)
        })
    });
    let mut ingresses = survey.resolved.cluster.ingresses.values();
    let of_item = || {
        let is_called = |own: &&Ingress| {
            let mut hosts = own.spec.tls.iter().flat_map(|tls| &tls.hosts);
            hosts.any(|own| own == host)
        };
        in_another_item(survey, ingresses.find(is_called)?)
    };
    of_secret
        .or_else(of_item)
        .or_else(|| without_host(survey, host))
}

/// One item of `tls` has hosts and no Secret, and another one a Secret and no hosts: a dash too many. ingress-nginx takes the
/// first item with the host, and with it no certificate.
fn in_another_item(survey: &Survey, ingress: &Ingress) -> Option<Cause> {
    let controller = controller_of(&survey.resolved.cluster, ingress);
    if controller.is_some_and(|name| name != ingress_nginx::CONTROLLER) {
        return None;
    }
    let listed = &ingress.spec.tls;
    let bare = |tls: &IngressTls| tls.secret_name.is_empty() && !tls.hosts.is_empty();
    let index = listed.iter().position(bare)?;
    let item = listed.get(index)?;
    let mut others = listed.iter();
    let other = others.find(|tls| !tls.secret_name.is_empty() && tls.hosts.is_empty())?;
    let fault = Fault::Ingress(IngressConfigFault::IngressTlsInTwoItems {
        ingress: ingress.metadata.name.to_string(),
        hosts: item.hosts.join(", "),
        secret: other.secret_name.to_string(),
    });
    let stored = survey.resolved.get(Kind::Ingress, &ingress.metadata.id())?;
    let evidence = Evidence::of(stored, &format!("spec.tls[{index}]"));
    let written = stored.tree.at(&["spec", "tls"])?.items().get(index)?;
    let secret = format!("\"{}\"", other.secret_name);
    let fix = add_field(stored, written, "secretName", &secret);
    let cause = Cause::certain(fault, vec![evidence]).with_fix(fix);
    Some(match controller {
        Some(_) => cause,
        None => cause.possible(),
    })
}

/// The Ingress of a host has certificates for others, and no Ingress has one for this host. A certificate may have more
/// names than the list says.
fn without_host(survey: &Survey, host: &str) -> Option<Cause> {
    let cluster = &survey.resolved.cluster;
    let fits = |pattern: &SmolStr| match pattern.strip_prefix("*.") {
        Some(domain) => host.split_once('.').is_some_and(|(_, own)| own == domain),
        None => pattern == host,
    };
    let mut all = cluster.ingresses.values().flat_map(|own| &own.spec.tls);
    if all.any(|tls| tls.hosts.is_empty() || tls.hosts.iter().any(fits)) {
        return None;
    }
    let mut ingresses = cluster.ingresses.values();
    let ingress = ingresses.find(|own| {
        let is_nginx = controller_of(cluster, own) == Some(ingress_nginx::CONTROLLER);
        is_nginx && own.spec.rules.iter().any(|rule| names_host(rule, host))
    })?;
    let hosts = ingress.spec.tls.iter().flat_map(|tls| &tls.hosts);
    let hosts: Vec<&str> = hosts.map(SmolStr::as_str).collect();
    if hosts.is_empty() {
        return None;
    }
    let fault = Fault::Ingress(IngressConfigFault::IngressTlsWithoutHost {
        ingress: ingress.metadata.name.to_string(),
        host: host.to_owned(),
        hosts: hosts.join(", "),
    });
    let stored = survey.resolved.get(Kind::Ingress, &ingress.metadata.id())?;
    let evidence = Evidence::of(stored, "spec.tls");
    let fix = add_item(stored, "spec.tls[0].hosts", &quoted(host));
    Some(
        Cause::certain(fault, vec![evidence])
            .possible()
            .with_fix(fix),
    )
}

fn of_secret(survey: &Survey, ingress: &Ingress, index: usize, name: &str) -> Option<Cause> {
    let namespace = ingress.metadata.namespace.as_str();
    let secrets = || {
        let objects = survey.resolved.not_modelled.iter();
        objects.filter(|own| own.kind == "Secret" && own.api_version == "v1")
    };
    let is_own = |own: &NotModelled| own.name.name == name && own.namespace() == namespace;
    if name.is_empty() || secrets().any(is_own) {
        return None;
    }
    let elsewhere = secrets().find(|own| own.name.name == name);
    let near = secrets().filter(|own| own.namespace() == namespace);
    let near = near.filter_map(|own| Some((typo_distance(name, &own.name.name)?, own)));
    let near = near.min_by_key(|(distance, _)| *distance);
    let near = near.map(|(_, own)| own.name.name.as_str());
    if elsewhere.is_none() && near.is_none() {
        return None;
    }
    let elsewhere = elsewhere.map(|own| own.namespace().to_owned());
    let fault = Fault::Ingress(IngressConfigFault::IngressCertificateMissing {
        ingress: ingress.metadata.name.to_string(),
        secret: name.to_owned(),
        namespace: namespace.to_owned(),
        elsewhere: elsewhere.unwrap_or_default(),
        meant: near.unwrap_or_default().to_owned(),
    });
    let stored = survey.resolved.get(Kind::Ingress, &ingress.metadata.id())?;
    let evidence = Evidence::of(stored, &format!("spec.tls[{index}].secretName"));
    let fix = near.zip(evidence.span).map(|(near, span)| Fix {
        span,
        text: quoted(near),
    });
    Some(Cause::likely(fault, vec![evidence]).with_fix(fix))
}

#[cfg(test)]
mod tests {
    use crate::causes::tests::check_text;
    use crate::cluster::config::Config;
    use crate::testing::dedent;

    /// The texts after the fixes of all problems of an Ingress with these items of `tls`.
    fn fixed(tls: &str) -> Vec<Option<String>> {
        let text = dedent(
            "
            apiVersion: networking.k8s.io/v1
            kind: Ingress
            metadata: {name: shop}
            spec:
              tls:
            TLS
              rules: [{host: shop.example.com}]
            ",
        );
        let found = check_text(&text.replace("TLS\n", tls), &Config::default()).into_iter();
        found.map(|(_, fixed)| fixed).collect()
    }

    #[test]
    fn a_host_and_its_secret_are_one_item() {
        let two = "  - hosts:\n    - shop.example.com\n  - secretName: shop-tls\n";
        let found = fixed(two);
        let [Some(mended)] = found.as_slice() else {
            panic!("one fix, not {found:?}");
        };
        let item = "  - secretName: shop-tls\n    hosts:\n    - shop.example.com\n";
        assert!(mended.contains(item), "{mended}");
        let one = "  - hosts: [shop.example.com]\n    secretName: shop-tls\n";
        let by_default = "  - hosts: [shop.example.com]\n";
        for right in [one, by_default] {
            assert_eq!(fixed(right), [], "{right}");
        }
    }
}
