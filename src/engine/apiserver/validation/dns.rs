//! Rules for a pod's `dnsPolicy`, `dnsConfig` and `hostAliases` (`validatePodDNSConfig`, `ValidateHostAliases`).

use super::values::{address, subdomain};
use crate::apiserver::errors::{ApiError, invalid, invalid_text, required};
use crate::apiserver::field::Field;
use crate::apiserver::go_json::to_json;

/// How many nameservers, search domains and characters of search domains a `resolv.conf` may have
/// (`MaxDNSNameservers`, `MaxDNSSearchPaths`, `MaxDNSSearchListChars`).
const NAMESERVERS: usize = 3;
const SEARCHES: usize = 32;
const SEARCH_LENGTH: usize = 2048;

/// The policies, in the server's order.
pub(super) const POLICIES: [&str; 4] =
    ["ClusterFirstWithHostNet", "ClusterFirst", "Default", "None"];

/// What is wrong with `dnsConfig`.
pub(super) fn config(spec: &Field) -> Vec<ApiError> {
    let config = spec.child("dnsConfig");
    if let Some(error) = nothing_to_ask(spec, &config) {
        return vec![error];
    }
    let mut errors = nameservers(&config);
    errors.extend(lengths(&config));
    errors.extend(config.child("searches").items().iter().flat_map(search));
    let options = config.child("options").items();
    let nameless = options
        .iter()
        .filter(|option| option.child("name").text().is_empty());
    errors.extend(nameless.map(|option| required(&option.path, "must not be empty")));
    errors
}

/// With `dnsPolicy: None` a pod must name at least one name server.
fn nothing_to_ask(spec: &Field, config: &Field) -> Option<ApiError> {
    let servers = config.child("nameservers");
    match spec.child("dnsPolicy").text() {
        "None" if !config.is_set() => Some(required(
            &config.path,
            "must provide `dnsConfig` when `dnsPolicy` is None",
        )),
        "None" if servers.is_empty() => Some(required(
            &servers.path,
            "must provide at least one DNS nameserver when `dnsPolicy` is None",
        )),
        _ => None,
    }
}

fn nameservers(config: &Field) -> Vec<ApiError> {
    let servers = config.child("nameservers");
    let mut errors = Vec::new();
    if servers.len() > NAMESERVERS {
        let detail = format!("must not have more than {NAMESERVERS} nameservers");
        errors.push(invalid(&servers.path, to_json(servers.node()), detail));
    }
    errors.extend(servers.items().iter().flat_map(address));
    errors
}

fn lengths(config: &Field) -> Vec<ApiError> {
    let searches = config.child("searches");
    let length = searches.list().join(" ").len();
    let wrong = [
        (
            searches.len() > SEARCHES,
            format!("must not have more than {SEARCHES} search paths"),
        ),
        (
            length > SEARCH_LENGTH,
            format!(
                "must not have more than {SEARCH_LENGTH} characters (including spaces) in the search list"
            ),
        ),
    ];
    let error = |(_, detail)| invalid(&searches.path, to_json(searches.node()), detail);
    wrong
        .into_iter()
        .filter(|(is_wrong, _)| *is_wrong)
        .map(error)
        .collect()
}

/// A search domain may end in a dot, be the root, and have underscores in its labels.
fn search(field: &Field) -> Vec<ApiError> {
    match field.text() {
        "." => Vec::new(),
        text => {
            let name = text.strip_suffix('.').unwrap_or(text);
            invalid_text(&field.path, name, underscored_subdomain(name))
        }
    }
}

fn underscored_subdomain(name: &str) -> Vec<String> {
    const FORM: &str = r"_?[a-z0-9]([-_a-z0-9]*[a-z0-9])?(\._?[a-z0-9]([-_a-z0-9]*[a-z0-9])?)*";
    let mut errors = Vec::new();
    if name.len() > 253 {
        errors.push("must be no more than 253 characters".to_owned());
    }
    if !name.split('.').all(is_underscored_label) {
        errors.push(format!(
            "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '_', '-' or '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is '{FORM}')"
        ));
    }
    errors
}

fn is_underscored_label(label: &str) -> bool {
    let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit();
    let label = label.strip_prefix('_').unwrap_or(label);
    label.starts_with(plain)
        && label.ends_with(plain)
        && label.chars().all(|c| plain(c) || matches!(c, '-' | '_'))
}

/// What is wrong with `hostAliases`.
pub(super) fn host_aliases(spec: &Field) -> Vec<ApiError> {
    let alias = |alias: &Field| {
        let mut errors = address(&alias.child("ip"));
        errors.extend(alias.child("hostnames").items().iter().flat_map(subdomain));
        errors
    };
    spec.child("hostAliases")
        .items()
        .iter()
        .flat_map(alias)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::apiserver::testing::node;

    #[test]
    fn a_search_domain_may_be_the_root_or_have_underscores() {
        let spec = node(r#"{"dnsConfig":{"searches":[".","_x.svc","a.b.","A"]}}"#);
        let errors = config(&Field::root(&spec));
        let fields: Vec<String> = errors.iter().map(|error| error.field.to_string()).collect();
        assert_eq!(fields, ["dnsConfig.searches[3]"]);
    }
}
