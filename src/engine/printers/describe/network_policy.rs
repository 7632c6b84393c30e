//! `kubectl describe networkpolicy` (`describeNetworkPolicySpec`).

use super::metadata;
use crate::manifest::tree::Yaml;
use crate::printers::age::Timestamp;
use crate::printers::fields::{at, items, printed, selector_line, text, text_or, texts};
use crate::printers::table::Page;

/// The page of a NetworkPolicy, which has no events.
pub(crate) fn network_policy(policy: &Yaml) -> String {
    let mut page = Page::default();
    page.field("Name", text(policy, "metadata.name"));
    page.field("Namespace", text(policy, "metadata.namespace"));
    page.field("Created on", created_on(policy));
    metadata(&mut page, policy);
    page.line(0, "Spec:");
    page.line(1, format!("PodSelector:     {}", subjects(policy)));
    for half in &[INGRESS, EGRESS] {
        rules(&mut page, policy, half);
    }
    let types = texts(policy, "spec.policyTypes").join(", ");
    page.line(1, format!("Policy Types: {types}"));
    page.finish()
}

/// How the rules of a direction are titled.
struct Half {
    policy_type: &'static str,
    rules: &'static str,
    direction: &'static str,
    peers: &'static str,
    title: &'static str,
    anyone: &'static str,
}

const INGRESS: Half = Half {
    policy_type: "Ingress",
    rules: "spec.ingress",
    direction: "ingress",
    peers: "from",
    title: "From:",
    anyone: "From: <any> (traffic not restricted by source)",
};

const EGRESS: Half = Half {
    policy_type: "Egress",
    rules: "spec.egress",
    direction: "egress",
    peers: "to",
    title: "To:",
    anyone: "To: <any> (traffic not restricted by destination)",
};

/// Go's `Time.String` of the creation time in UTC.
fn created_on(policy: &Yaml) -> String {
    let written = text(policy, "metadata.creationTimestamp");
    let time = Timestamp::read(written)
        .map_or_else(|| "0001-01-01T00:00:00Z".to_owned(), Timestamp::written);
    let (day, time) = time.split_once('T').unwrap_or((&time, ""));
    format!("{day} {} +0000 UTC", time.trim_end_matches('Z'))
}

fn subjects(policy: &Yaml) -> String {
    let is_given = ["matchLabels", "matchExpressions"]
        .iter()
        .any(|key| has_entries(policy, &format!("spec.podSelector.{key}")));
    if is_given {
        selector_line(policy, "spec.podSelector")
    } else {
        "<none> (Allowing the specific traffic to all pods in this namespace)".to_owned()
    }
}

fn has_entries(policy: &Yaml, path: &str) -> bool {
    at(policy, path).is_some_and(|node| !node.items().is_empty() || !node.entries().is_empty())
}

fn rules(page: &mut Page, policy: &Yaml, half: &Half) {
    let direction = half.direction;
    if !texts(policy, "spec.policyTypes").contains(&half.policy_type) {
        return page.line(1, format!("Not affecting {direction} traffic"));
    }
    page.line(1, format!("Allowing {direction} traffic:"));
    let rules = items(policy, half.rules);
    if rules.is_empty() {
        let isolated = format!("<none> (Selected pods are isolated for {direction} connectivity)");
        page.line(2, isolated);
    }
    for (index, rule) in rules.iter().enumerate() {
        if index > 0 {
            page.line(2, "----------");
        }
        ports(page, items(rule, "ports"));
        peers(page, items(rule, half.peers), half);
    }
}

/// The ports of a rule; a range is written with its last port, even if that is the first one
/// (`printNetworkPolicySpecIngressFrom`).
fn ports(page: &mut Page, ports: &[Yaml]) {
    if ports.is_empty() {
        page.line(2, "To Port: <any> (traffic allowed to all ports)");
    }
    for port in ports {
        let number = at(port, "port").map_or_else(|| "<nil>".to_owned(), printed);
        let protocol = text_or(port, "protocol", "TCP");
        let line = match at(port, "endPort") {
            Some(last) => format!("To Port Range: {number}-{}/{protocol}", printed(last)),
            None => format!("To Port: {number}/{protocol}"),
        };
        page.line(2, line);
    }
}

/// The peers of a rule; of one with a selector only the selectors are printed.
fn peers(page: &mut Page, peers: &[Yaml], half: &Half) {
    if peers.is_empty() {
        page.line(2, half.anyone);
    }
    for peer in peers {
        page.line(2, half.title);
        for (key, title) in [
            ("namespaceSelector", "NamespaceSelector"),
            ("podSelector", "PodSelector"),
        ] {
            if at(peer, key).is_some() {
                page.line(3, format!("{title}: {}", selector_line(peer, key)));
            }
        }
        let has_selector = ["namespaceSelector", "podSelector"]
            .iter()
            .any(|key| at(peer, key).is_some());
        if let Some(block) = at(peer, "ipBlock").filter(|_| !has_selector) {
            page.line(3, "IPBlock:");
            page.line(4, format!("CIDR: {}", text(block, "cidr")));
            let except = texts(block, "except").join(", ");
            page.line(4, format!("Except: {except}"));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::described;

    #[test]
    fn rules_are_separated_by_a_line() {
        let rules = r#"[{"ports":[{"port":80},{"port":30000,"endPort":30100},{"protocol":"SCTP","port":9999,"endPort":9999}]},{"from":[{"ipBlock":{"cidr":"10.0.0.0/8"}}]}]"#;
        let page = described(&[&format!(
            r#"{{"kind":"NetworkPolicy","spec":{{"policyTypes":["Ingress"],"ingress":{rules}}}}}"#
        )]);
        let spec = page
            .split_once("Allowing ingress traffic:\n")
            .expect("has the half")
            .1;
        let expected = "    To Port: 80/TCP
    To Port Range: 30000-30100/TCP
    To Port Range: 9999-9999/SCTP
    From: <any> (traffic not restricted by source)
    ----------
    To Port: <any> (traffic allowed to all ports)
    From:
      IPBlock:
        CIDR: 10.0.0.0/8
        Except: 
  Not affecting egress traffic
  Policy Types: Ingress
";
        assert_eq!(spec, expected);
    }
}
