//! The listeners of a group: one for plain HTTP for each host, and one for HTTPS where there is a certificate.

use serde_json::{Value, json};

use super::annotations;
use super::{Draft, IngressGroup};

/// The most listeners of a Gateway (its CRD).
const MOST_LISTENERS: usize = 64;

/// A host of the group, and its listeners.
pub(super) struct HostPlan<'a> {
    /// Empty for requests with any other host.
    pub(super) host: &'a str,
    /// The name of the listener for plain HTTP.
    pub(super) http: String,
    /// The HTTPS listener.
    pub(super) https: Option<TlsListener>,
    /// The Gateway that has them.
    pub(super) gateway: String,
}

/// A listener for HTTPS.
pub(super) struct TlsListener {
    pub(super) name: String,
    secret: String,
    /// Whether the Ingress names the Secret.
    is_named: bool,
    /// Whether an Ingress has a certificate for the host: plain HTTP then leads to HTTPS.
    pub(super) has_certificate: bool,
}

/// The hosts of a group in the order of their Ingresses.
pub(super) fn plan<'a>(group: &IngressGroup<'a>) -> Vec<HostPlan<'a>> {
    let mut hosts: Vec<&str> = Vec::new();
    for ingress in &group.ingresses {
        let default = ingress.spec.default_backend.iter().map(|_| "");
        let named = ingress.spec.rules.iter().map(|rule| rule.host.as_str());
        for host in named.chain(default) {
            if !hosts.contains(&host) {
                hosts.push(host);
            }
        }
    }
    let mut plans: Vec<HostPlan<'_>> = Vec::new();
    let (mut count, mut number) = (0, 1);
    for host in hosts {
        let certificate = certificate_of(group, host);
        let is_secure = certificate.is_some() || is_forced(group, host);
        let own = 1 + usize::from(is_secure);
        if count + own > MOST_LISTENERS {
            (count, number) = (0, number + 1);
        }
        count += own;
        let suffix = suffix(host, &plans);
        let named = certificate.filter(|secret| !secret.is_empty());
        let https = is_secure.then(|| TlsListener {
            name: format!("https{suffix}"),
            is_named: named.is_some(),
            secret: named.map_or_else(|| format!("tls{suffix}"), str::to_owned),
            has_certificate: certificate.is_some(),
        });
        plans.push(HostPlan {
            host,
            http: format!("http{suffix}"),
            https,
            gateway: match number {
                1 => group.class.clone(),
                number => format!("{}-{number}", group.class),
            },
        });
    }
    plans
}

/// The suffix in the names of a host's listeners: `-shop-example-com`.
fn suffix(host: &str, before: &[HostPlan<'_>]) -> String {
    if host.is_empty() {
        return String::new();
    }
    let label = host.replace("*.", "any-").replace('.', "-");
    let suffix = format!("-{label}");
    let is_taken = before
        .iter()
        .any(|plan| plan.http == format!("http{suffix}"));
    if is_taken || suffix.len() > 200 {
        format!("-host-{}", before.len() + 1)
    } else {
        suffix
    }
}

/// The Secret with a host's certificate; empty if an Ingress has one without naming its Secret.
fn certificate_of<'a>(group: &IngressGroup<'a>, host: &str) -> Option<&'a str> {
    let mut entries = group.ingresses.iter().flat_map(|ingress| &ingress.spec.tls);
    let own = entries.find(|tls| match host {
        "" => tls.hosts.is_empty(),
        host => tls.hosts.iter().any(|name| name == host),
    });
    own.map(|tls| tls.secret_name.as_str())
}

/// Whether an Ingress leads a host to HTTPS without a certificate of its own.
fn is_forced(group: &IngressGroup<'_>, host: &str) -> bool {
    group.ingresses.iter().any(|ingress| {
        annotations::is_true(ingress, "force-ssl-redirect")
            && ingress.spec.rules.iter().any(|rule| rule.host == host)
    })
}

/// The Gateways with these listeners.
pub(super) fn gateways(
    group: &IngressGroup<'_>,
    class: &str,
    plans: &[HostPlan<'_>],
) -> Vec<Draft> {
    let mut drafts: Vec<Draft> = Vec::new();
    let mut rest = plans;
    while let Some(first) = rest.first() {
        let own = rest
            .iter()
            .take_while(|plan| plan.gateway == first.gateway)
            .count();
        let (own, others) = rest.split_at(own);
        rest = others;
        let listeners: Vec<Value> = own.iter().flat_map(listeners).collect();
        let spec = json!({"gatewayClassName": class, "listeners": listeners});
        let mut draft = Draft::new("Gateway", group.namespace, &first.gateway, spec);
        draft.notes = own.iter().filter_map(certificate_note).collect();
        if drafts.len() == 1 {
            let note = format!(
                "A Gateway has at most {MOST_LISTENERS} listeners: these are the other hosts'."
            );
            draft.notes.insert(0, note);
        }
        drafts.push(draft);
    }
    drafts
}

fn certificate_note(plan: &HostPlan<'_>) -> Option<String> {
    let https = plan.https.as_ref().filter(|https| !https.is_named)?;
    Some(format!(
        "No Ingress names the Secret with the certificate of {}; its controller used one of its own. Put it into the Secret {}.",
        shown(plan.host),
        https.secret
    ))
}

/// A host in a sentence.
pub(super) fn shown(host: &str) -> &str {
    if host.is_empty() {
        "requests without a known host"
    } else {
        host
    }
}

fn listeners(plan: &HostPlan<'_>) -> Vec<Value> {
    let mut http = json!({"name": plan.http, "port": 80, "protocol": "HTTP"});
    let https = plan.https.as_ref().map(|https| {
        json!({
            "name": https.name,
            "port": 443,
            "protocol": "HTTPS",
            "tls": {"mode": "Terminate", "certificateRefs": [{"name": https.secret}]},
        })
    });
    let mut https = https;
    if !plan.host.is_empty() {
        http["hostname"] = plan.host.into();
        if let Some(https) = &mut https {
            https["hostname"] = plan.host.into();
        }
    }
    [http].into_iter().chain(https).collect()
}
