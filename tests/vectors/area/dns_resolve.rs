//! Area `dns_resolve`: a name, a search list, ndots, objects → the candidates, the questions until the answer.

use kubehop_engine::dns::coredns::Dns;
use kubehop_engine::dns::resolv_conf::ResolvConf;
use kubehop_engine::dns::resolver::{NameServer, Outcome, Resolution, resolve};
use serde_json::{Value, json};

use super::super::Case;
use super::compare::{read, run_each, same, text};
use super::{dns, load};

/// Compares the candidates in order, the questions with their outcomes, and the cluster's answer.
pub(crate) fn run(recording: &Value) -> Vec<Case> {
    run_each(recording, |case| {
        let input = &case["input"];
        let mut cluster = load::cluster(load::objects(recording, &input["objects"]))?;
        for namespace in ["default", "kube-system"] {
            cluster.ensure_namespace(&namespace.into());
        }
        let file = ResolvConf {
            nameservers: vec!["10.96.0.10".to_owned()],
            searches: read(&input["search"])?,
            options: vec![format!("ndots:{}", input["ndots"])],
            ..ResolvConf::default()
        };
        let resolution = resolve(
            &Dns::of(&cluster),
            NameServer::Cluster,
            &file,
            text(&input["name"]),
        );
        same(&case["expect"], &written(&resolution))
    })
}

/// Of names that are passed on, the recording has no answer.
fn written(resolution: &Resolution) -> Value {
    let queries = resolution
        .lookups
        .iter()
        .map(|lookup| json!({ "name": lookup.name, "outcome": lookup.outcome.to_string() }));
    let found = resolution
        .lookups
        .last()
        .filter(|lookup| lookup.outcome == Outcome::Found);
    json!({
        "candidateOrder": resolution.candidates,
        "queriesUntilAnswer": queries.collect::<Vec<_>>(),
        "answer": found.map(|lookup| dns::lines(&lookup.answer)),
    })
}
