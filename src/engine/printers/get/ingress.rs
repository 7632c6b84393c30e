//! `kubectl get ingresses` and `kubectl get ingressclasses`.

use super::service::given_addresses;
use super::{Detail, Printer, age, name};
use crate::manifest::tree::Yaml;
use crate::printers::age::Timestamp;
use crate::printers::fields::{at, items, text, text_or};

pub(crate) const INGRESS: Printer = Printer {
    columns: &["NAME", "CLASS", "HOSTS", "ADDRESS", "PORTS", "AGE"],
    wide_columns: &[],
    row: ingress_row,
};

pub(crate) const INGRESS_CLASS: Printer = Printer {
    columns: &["NAME", "CONTROLLER", "PARAMETERS", "AGE"],
    wide_columns: &[],
    row: class_row,
};

fn ingress_row(ingress: &Yaml, detail: Detail, now: Timestamp) -> Vec<String> {
    let ports = if items(ingress, "spec.tls").is_empty() {
        "80"
    } else {
        "80, 443"
    };
    let class = at(ingress, "spec.ingressClassName")
        .and_then(Yaml::as_str)
        .unwrap_or("<none>");
    vec![
        name(ingress),
        class.to_owned(),
        hosts(items(ingress, "spec.rules")),
        given_addresses(ingress, detail),
        ports.to_owned(),
        age(ingress, now),
    ]
}

/// The first three hosts; `more` counts rules, with those that name no host among them.
fn hosts(rules: &[Yaml]) -> String {
    const SHOWN: usize = 3;
    let named = |(_, rule): &(usize, &Yaml)| !text(rule, "host").is_empty();
    let shown: Vec<(usize, &str)> = rules
        .iter()
        .enumerate()
        .filter(named)
        .map(|(place, rule)| (place, text(rule, "host")))
        .take(SHOWN)
        .collect();
    let list = shown
        .iter()
        .map(|(_, host)| *host)
        .collect::<Vec<_>>()
        .join(",");
    match shown.get(SHOWN - 1) {
        Some((place, _)) if place + 1 < rules.len() => {
            format!("{list} + {} more...", rules.len() - SHOWN)
        }
        _ if shown.is_empty() => "*".to_owned(),
        _ => list,
    }
}

fn class_row(class: &Yaml, _: Detail, now: Timestamp) -> Vec<String> {
    let parameters = at(class, "spec.parameters").map(|parameters| {
        let group = text_or(parameters, "apiGroup", "");
        let dot = if group.is_empty() { "" } else { "." };
        format!(
            "{}{dot}{group}/{}",
            text(parameters, "kind"),
            text(parameters, "name")
        )
    });
    vec![
        name(class),
        text(class, "spec.controller").to_owned(),
        parameters.unwrap_or_else(|| "<none>".to_owned()),
        age(class, now),
    ]
}

#[cfg(test)]
mod tests {
    use super::super::tests::cells;

    #[test]
    fn hosts_beyond_three_are_counted_by_rules() {
        let rules = |hosts: &[&str]| {
            let rules: Vec<String> = hosts
                .iter()
                .map(|host| format!(r#"{{"host": "{host}"}}"#))
                .collect();
            cells(&format!(
                r#"{{"kind": "Ingress", "spec": {{"rules": [{}]}}}}"#,
                rules.join(",")
            ))[2]
                .clone()
        };
        assert_eq!(rules(&[]), "*");
        assert_eq!(rules(&["a", "b", "c"]), "a,b,c");
        assert_eq!(rules(&["a", "", "b", "c", "d"]), "a,b,c + 2 more...");
    }
}
