//! Completion of the word at the end of a line, as a shell with kubectl's completion does it.

use super::kubectl;
use super::programs;
use crate::api_resources::RESOURCES;
use crate::sort;
use crate::trace::Network;

/// The line with its last word completed as far as all words that begin like it agree; with a space behind it if there is
/// one only.
pub fn completed(network: &Network, line: &str) -> String {
    let start = line
        .rfind([' ', '/', '|', ',', ':'])
        .map_or(0, |index| index + 1);
    let (before, begun) = line.split_at(start);
    let mut words = candidates(network, before);
    words.retain(|word| word.starts_with(begun));
    sort::sort(&mut words);
    words.dedup();
    let Some(first) = words.first() else {
        return line.to_owned();
    };
    let common = words.iter().fold(first.as_str(), |common, word| {
        let same = common
            .bytes()
            .zip(word.bytes())
            .take_while(|(one, other)| one == other);
        &common[..same.count()]
    });
    let end = if words.len() == 1 { " " } else { "" };
    format!("{before}{common}{end}")
}

fn candidates(network: &Network, before: &str) -> Vec<String> {
    let stage = before.rsplit('|').next().unwrap_or_default();
    let is_first = stage.trim().is_empty() || stage.trim_end().ends_with(" --");
    let owned = |words: &mut dyn Iterator<Item = &'static str>| words.map(str::to_owned).collect();
    if is_first {
        return owned(&mut programs::all_names());
    }
    let words: Vec<&str> = stage.split_whitespace().collect();
    if matches!(words.as_slice(), ["kubectl" | "k"]) {
        return owned(&mut kubectl::verbs());
    }
    let cluster = network.cluster();
    let objects = network.resolved.objects.iter();
    let mut found: Vec<String> = objects.map(|stored| stored.name.name.to_string()).collect();
    found.extend(cluster.pods.keys().map(|name| name.name.to_string()));
    found.extend(cluster.nodes.keys().map(ToString::to_string));
    if words.len() <= 2 {
        found.extend(RESOURCES.iter().map(|resource| resource.plural.to_owned()));
    }
    found
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
            ("kubectl exec kim", "kubectl exec kimho-"),
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
            assert_eq!(completed(&network, line), wanted, "{line}");
        }
    }
}
