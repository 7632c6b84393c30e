//! Area `resolvconf`: dnsPolicy, dnsConfig, the kubelet's settings, the host's file → the pod's file; reading a file;
//! cutting a search list. The order of options has no meaning.

use kubehop_engine::cluster::object::Pod;
use kubehop_engine::dns::resolv_conf::{Kubelet, ResolvConf, searches_within_limits};
use serde_json::{Value, json};

use super::super::Case;
use super::compare::{read, run_each, same, text};

/// Compares servers and searches in order, options as a set.
pub(crate) fn run(recording: &Value) -> Vec<Case> {
    run_each(recording, |case| {
        let (input, expect) = (&case["input"], &case["expect"]);
        if let Some(file) = input.get("text") {
            return same(expect, &parsed(text(file)));
        }
        if let Some(searches) = input.get("searches") {
            return same(
                &expect["applied"],
                &Value::from(searches_within_limits(read(searches)?)),
            );
        }
        let mut file = kubelet(input)?.resolv_conf(&pod(input)?);
        file.options.sort();
        let mut options: Vec<String> = list(&expect["options"])?;
        options.sort();
        same(
            &json!([
                list(&expect["servers"])?,
                list(&expect["searches"])?,
                options
            ]),
            &json!([file.nameservers, file.searches, file.options]),
        )
    })
}

fn parsed(file: &str) -> Value {
    let (mut file, error) = match ResolvConf::parse(file) {
        Ok(file) => (file, String::new()),
        Err(error) => (ResolvConf::default(), error.to_string()),
    };
    file.options.sort();
    json!({ "nameservers": file.nameservers, "searches": file.searches, "options": file.options, "error": error })
}

fn pod(input: &Value) -> Result<Pod, String> {
    read(&json!({
        "metadata": { "name": "pod", "namespace": input["namespace"] },
        "spec": { "dnsPolicy": input["dnsPolicy"], "hostNetwork": input["hostNetwork"], "dnsConfig": input["dnsConfig"] },
    }))
}

fn kubelet(input: &Value) -> Result<Kubelet, String> {
    let (kubelet, host) = (&input["kubelet"], &input["hostResolv"]);
    let host = ResolvConf {
        nameservers: list(&host["servers"])?,
        searches: list(&host["searches"])?,
        options: list(&host["options"])?,
        ..ResolvConf::default()
    };
    Ok(Kubelet {
        cluster_dns: read::<Option<_>>(&kubelet["clusterDNS"])?.unwrap_or_default(),
        cluster_domain: text(&kubelet["clusterDomain"]).to_owned(),
        node_ips: read::<Option<_>>(&kubelet["nodeIPs"])?.unwrap_or_default(),
        host: (!text(&kubelet["resolvConf"]).is_empty()).then_some(host),
    })
}

/// A list of texts; null is the empty one.
fn list(value: &Value) -> Result<Vec<String>, String> {
    Ok(read::<Option<_>>(value)?.unwrap_or_default())
}
