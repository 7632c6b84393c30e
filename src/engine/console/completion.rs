//! Completion of the word at the end of a line, as a shell with kubectl's completion does it.

use super::kubectl;
use super::programs;
use crate::api_resources::{RESOURCES, Resource, named};
use crate::sort;
use crate::trace::Network;

/// The line with its last word completed as far as all words that begin like it agree; with a space behind it if there is
/// one only. If nothing can be added, the words are listed.
pub fn completed(network: &Network, line: &str) -> (String, Vec<String>) {
    let start = line
        .rfind([' ', '/', '|', ',', ':'])
        .map_or(0, |index| index + 1);
    let (before, begun) = line.split_at(start);
    let mut words = candidates(network, before, begun);
    words.retain(|word| word.starts_with(begun));
    sort::sort(&mut words);
    words.dedup();
    let Some(first) = words.first() else {
        return (line.to_owned(), Vec::new());
    };
    let common = words.iter().fold(first.as_str(), |common, word| {
        let same = common
            .bytes()
            .zip(word.bytes())
            .take_while(|(one, other)| one == other);
        &common[..same.count()]
    });
    if words.len() == 1 {
        return (format!("{before}{common} "), Vec::new());
    }
    let completed = format!("{before}{common}");
    let is_same = completed == line;
    (completed, if is_same { words } else { Vec::new() })
}

fn candidates(network: &Network, before: &str, begun: &str) -> Vec<String> {
    let stage = before.rsplit(['|', ';', '&']).next().unwrap_or_default();
    let is_first = stage.trim().is_empty() || stage.trim_end().ends_with(" --");
    let owned = |words: &mut dyn Iterator<Item = &'static str>| words.map(str::to_owned).collect();
    if is_first {
        return owned(&mut programs::all_names());
    }
    let words: Vec<&str> = stage.split_whitespace().collect();
    let words = match words.as_slice() {
        ["kubectl" | "k"] => return owned(&mut kubectl::verbs()),
        ["kubectl" | "k", words @ ..] => words,
        words => words,
    };
    if kubectl::is_verb(words[0]) && !words.contains(&"--") {
        if begun.starts_with('-') {
            return kubectl::flags_of(words[0]);
        }
        return arguments(network, words, stage);
    }
    if words == ["ssh"] {
        return names(network, &["Node"]);
    }
    names(network, &[])
}

/// What may follow a verb of kubectl and its words.
fn arguments(network: &Network, words: &[&str], stage: &str) -> Vec<String> {
    let last = words.last().copied().unwrap_or_default();
    if let Some(kind) = last.strip_suffix('/').filter(|_| stage.ends_with('/')) {
        return names(network, &kinds(kind));
    }
    match words {
        ["exec" | "logs" | "port-forward"] => names(network, &["Pod"]),
        ["cordon" | "uncordon" | "drain", ..] => names(network, &["Node"]),
        ["rollout"] => vec!["restart".to_owned(), "status".to_owned()],
        ["set"] => vec!["image".to_owned()],
        ["rollout" | "set", _] | [_] => {
            let plurals = RESOURCES.iter().map(|resource| resource.plural.to_owned());
            plurals.collect()
        }
        ["rollout" | "set", _, kind, ..] | [_, kind, ..] => names(network, &kinds(kind)),
        [] => Vec::new(),
    }
}

/// The kinds that a word means.
fn kinds(word: &str) -> Vec<&'static str> {
    let resources = word.split(',').flat_map(named);
    resources.map(|resource| resource.kind).collect()
}

/// The names of the objects of some kinds; of all if none is given.
fn names(network: &Network, kinds: &[&str]) -> Vec<String> {
    let store = kubectl::store_of(&network.resolved, kubectl::Clock::default());
    let is_meant = |resource: &&Resource| kinds.is_empty() || kinds.contains(&resource.kind);
    let items = RESOURCES
        .iter()
        .filter(is_meant)
        .flat_map(|resource| store.list(resource.kind, None));
    items.map(|item| item.name.name.to_string()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::resolved;

    #[test]
    fn a_word_is_completed_as_far_as_it_is_certain() {
        let pods = "
            apiVersion: v1
            kind: Pod
            metadata: {name: kimho-pod}
            spec: {containers: [{name: c, image: i}]}
            ---
            apiVersion: v1
            kind: Service
            metadata: {name: kimho-svc}
            spec: {ports: [{port: 80}]}
        ";
        let network = Network::of(resolved(pods));
        for (line, wanted) in [
            ("kube", "kubectl "),
            ("kubectl desc", "kubectl describe "),
            ("kubectl get endpointsl", "kubectl get endpointslices "),
            ("kubectl exec kim", "kubectl exec kimho-pod "),
            ("kubectl get svc kim", "kubectl get svc kimho-svc "),
            ("kubectl get svc,po kim", "kubectl get svc,po kimho-"),
            ("kubectl get po --show-l", "kubectl get po --show-labels "),
            (
                "kubectl get po; kubectl desc",
                "kubectl get po; kubectl describe ",
            ),
            ("ssh node-", "ssh node-"),
            ("kubectl exec kimho-p", "kubectl exec kimho-pod "),
            (
                "kubectl describe svc/kimho-s",
                "kubectl describe svc/kimho-svc ",
            ),
            (
                "kubectl exec kimho-pod -- nsl",
                "kubectl exec kimho-pod -- nslookup ",
            ),
            ("kubectl get svc | hea", "kubectl get svc | head "),
            ("kubectl get zzz", "kubectl get zzz"),
            ("", ""),
        ] {
            assert_eq!(completed(&network, line).0, wanted, "{line}");
        }
        let (_, choices) = completed(&network, "kubectl get svc,po kimho-");
        assert_eq!(choices, ["kimho-pod", "kimho-svc"]);
        assert!(completed(&network, "kubectl get svc,po kim").1.is_empty());
    }
}
