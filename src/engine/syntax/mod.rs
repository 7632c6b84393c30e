//! Syntax of names, labels, ports and addresses (apimachinery `pkg/util/validation`, Kubernetes 1.36).
//!
//! Each function returns the API server's error messages for a value, and nothing for a valid one. Field errors are made
//! of these messages, so they match the server's character by character. The server prints regular expressions, which
//! is why they are here as text beside the predicates.

mod address;
mod quote;
mod typo;

pub use address::{
    is_valid_cidr, is_valid_cidr_in_old_field, is_valid_ip, is_valid_ip_in_old_field, sloppy_cidr,
    sloppy_ip,
};
pub use quote::{json_list, quote};
pub use typo::typo_distance;

/// The maximum length of a DNS label (RFC 1123), and of the name part and value of an object's label.
pub const LABEL_LENGTH: usize = 63;

/// The maximum length of a domain name (RFC 1035).
pub const SUBDOMAIN_LENGTH: usize = 253;

/// The maximum length of a container port's name (RFC 6335, IANA service name).
pub const PORT_NAME_LENGTH: usize = 15;

const LABEL_FORM: &str = "[a-z0-9]([-a-z0-9]*[a-z0-9])?";
const SUBDOMAIN_FORM: &str = r"[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*";
const QUALIFIED_FORM: &str = "([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]";
const QUALIFIED_RULE: &str = "must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character";

/// `IsDNS1123Label`: names of namespaces, containers, Service ports and, since 1.36, Services.
pub fn is_dns1123_label(value: &str) -> Vec<String> {
    let mut errors = too_long(value, LABEL_LENGTH, "characters");
    if !has_label_form(value) {
        errors.push(if has_subdomain_form(value) { "must not contain dots".to_owned() } else { form_error(
            "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an alphanumeric character",
            LABEL_FORM,
            &["my-name", "123-abc"],
        ) });
    }
    errors
}

/// `IsDNS1123Subdomain`: names of most objects.
pub fn is_dns1123_subdomain(value: &str) -> Vec<String> {
    subdomain_errors(value, "characters")
}

/// `IsDNS1035Label`: the check of Service names before 1.36, kept because it is part of the recorded library.
pub fn is_dns1035_label(value: &str) -> Vec<String> {
    let mut errors = too_long(value, LABEL_LENGTH, "characters");
    if !has_label_form(value) || !value.starts_with(|c: char| c.is_ascii_lowercase()) {
        errors.push(form_error(
            "a DNS-1035 label must consist of lower case alphanumeric characters or '-', start with an alphabetic character, and end with an alphanumeric character",
            "[a-z]([-a-z0-9]*[a-z0-9])?",
            &["my-name", "abc-123"],
        ));
    }
    errors
}

/// `IsWildcardDNS1123Subdomain`: Ingress hosts that begin with `*.`.
pub fn is_wildcard_dns1123_subdomain(value: &str) -> Vec<String> {
    let mut errors = too_long(value, SUBDOMAIN_LENGTH, "characters");
    if !value.strip_prefix("*.").is_some_and(has_subdomain_form) {
        errors.push(form_error(
            "a wildcard DNS-1123 subdomain must start with '*.', followed by a valid DNS subdomain, which must consist of lower case alphanumeric characters, '-' or '.' and end with an alphanumeric character",
            &format!(r"\*\.{SUBDOMAIN_FORM}"),
            &["*.example.com"],
        ));
    }
    errors
}

/// `IsValidLabelValue`: values of labels, which may be empty.
pub fn is_valid_label_value(value: &str) -> Vec<String> {
    let mut errors = too_long(value, LABEL_LENGTH, "bytes");
    if !value.is_empty() && !has_qualified_form(value) {
        errors.push(form_error(
            "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character",
            &format!("({QUALIFIED_FORM})?"),
            &["MyValue", "my_value", "12345"],
        ));
    }
    errors
}

/// `IsQualifiedName`: keys of labels and annotations, `name` or `prefix/name`.
pub fn is_qualified_name(value: &str) -> Vec<String> {
    let examples = ["MyName", "my.name", "123-abc"];
    let mut errors = Vec::new();
    let name = match value.split('/').collect::<Vec<_>>().as_slice() {
        [name] => *name,
        [prefix, name] => {
            errors.extend(prefix_errors(prefix));
            *name
        }
        [] | [_, _, _, ..] => {
            let rule = format!("a valid label key {QUALIFIED_RULE}");
            let suffix =
                " with an optional DNS subdomain prefix and '/' (e.g. 'example.com/MyName')";
            return vec![form_error(&rule, QUALIFIED_FORM, &examples) + suffix];
        }
    };
    if name.is_empty() {
        errors.push("name part must be non-empty".to_owned());
    }
    errors.extend(
        too_long(name, LABEL_LENGTH, "bytes")
            .into_iter()
            .map(|error| format!("name part {error}")),
    );
    if !has_qualified_form(name) {
        errors.push(form_error(
            &format!("name part {QUALIFIED_RULE}"),
            QUALIFIED_FORM,
            &examples,
        ));
    }
    errors
}

/// `IsValidPortName`: names of container ports, and named target ports.
pub fn is_valid_port_name(value: &str) -> Vec<String> {
    let wrong = [
        (
            value.len() > PORT_NAME_LENGTH,
            "must be no more than 15 characters",
        ),
        (
            !is_made_of(value, |c| c == '-' || is_lower_or_digit(c)),
            "must contain only alpha-numeric characters (a-z, 0-9), and hyphens (-)",
        ),
        (
            !value.contains(|c: char| c.is_ascii_lowercase()),
            "must contain at least one letter (a-z)",
        ),
        (value.contains("--"), "must not contain consecutive hyphens"),
        (
            value.starts_with('-') || value.ends_with('-'),
            "must not begin or end with a hyphen",
        ),
    ];
    wrong
        .into_iter()
        .filter(|&(is_wrong, _)| is_wrong)
        .map(|(_, error)| error.to_owned())
        .collect()
}

/// `IsEnvVarName`: the check of variable names before 1.34, kept because it is part of the recorded library.
pub fn is_env_var_name(value: &str) -> Vec<String> {
    let is_allowed = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.');
    let mut errors = Vec::new();
    if !is_made_of(value, is_allowed) || value.starts_with(|c: char| c.is_ascii_digit()) {
        errors.push(form_error(
            "a valid environment variable name must consist of alphabetic characters, digits, '_', '-', or '.', and must not start with a digit",
            "[-._a-zA-Z][-._a-zA-Z0-9]*",
            &["my.env-name", "MY_ENV.NAME", "MyEnvName1"],
        ));
    }
    errors.extend(directory_error(value));
    errors
}

/// `IsRelaxedEnvVarName`: names of environment variables, since 1.34.
pub fn is_relaxed_env_var_name(value: &str) -> Vec<String> {
    let printable = |c: char| matches!(c, ' '..='~') && c != '=';
    match value {
        "" => vec!["environment variable name must be non-empty".to_owned()],
        name if name.chars().all(printable) => Vec::new(),
        _ => vec![
            "a valid environment variable name must consist only of printable ASCII characters other than '='"
                .to_owned(),
        ],
    }
}

/// `IsConfigMapKey`: keys of ConfigMaps and Secrets.
pub fn is_config_map_key(value: &str) -> Vec<String> {
    let inside = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.');
    let mut errors = too_long(value, SUBDOMAIN_LENGTH, "characters");
    if !is_made_of(value, inside) {
        errors.push(form_error(
            "a valid config key must consist of alphanumeric characters, '-', '_' or '.'",
            "[-._a-zA-Z0-9]+",
            &["key.name", "KEY_NAME", "key-name"],
        ));
    }
    errors.extend(directory_error(value));
    errors
}

/// `IsHTTPHeaderName`: header names of HTTP probes.
pub fn is_http_header_name(value: &str) -> Vec<String> {
    let inside = |c: char| c.is_ascii_alphanumeric() || c == '-';
    let error = || {
        form_error(
            "a valid HTTP header must consist of alphanumeric characters or '-'",
            "[-A-Za-z0-9]+",
            &["X-Header-Name"],
        )
    };
    if is_made_of(value, inside) {
        Vec::new()
    } else {
        vec![error()]
    }
}

/// `IsPathSegmentName`: names that are used as a URL path segment.
pub fn is_path_segment_name(value: &str) -> Vec<String> {
    match value {
        "." | ".." => vec![format!("may not be '{value}'")],
        _ => ["/", "%"]
            .into_iter()
            .filter(|part| value.contains(part))
            .map(|part| format!("may not contain '{part}'"))
            .collect(),
    }
}

fn subdomain_errors(value: &str, unit: &str) -> Vec<String> {
    let mut errors = too_long(value, SUBDOMAIN_LENGTH, unit);
    if !has_subdomain_form(value) {
        errors.push(form_error(
            "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character",
            SUBDOMAIN_FORM,
            &["example.com"],
        ));
    }
    errors
}

fn prefix_errors(prefix: &str) -> Vec<String> {
    match prefix {
        "" => vec!["prefix part must be non-empty".to_owned()],
        _ => subdomain_errors(prefix, "bytes")
            .into_iter()
            .map(|error| format!("prefix part {error}"))
            .collect(),
    }
}

/// Rejects names that, as file names, would refer to a parent directory.
fn directory_error(value: &str) -> Option<String> {
    match value {
        "." => Some("must not be '.'".to_owned()),
        ".." => Some("must not be '..'".to_owned()),
        _ => value
            .starts_with("..")
            .then(|| "must not start with '..'".to_owned()),
    }
}

fn too_long(value: &str, max: usize, unit: &str) -> Vec<String> {
    if value.len() > max {
        vec![format!("must be no more than {max} {unit}")]
    } else {
        Vec::new()
    }
}

/// `validation.RegexError`: the rule, the examples, the regular expression. The server's odd spacing is kept.
fn form_error(rule: &str, form: &str, examples: &[&str]) -> String {
    let examples: Vec<String> = examples
        .iter()
        .map(|example| format!("'{example}', "))
        .collect();
    format!(
        "{rule} (e.g. {}regex used for validation is '{form}')",
        examples.join(" or ")
    )
}

fn is_lower_or_digit(c: char) -> bool {
    c.is_ascii_lowercase() || c.is_ascii_digit()
}

fn is_made_of(value: &str, inside: impl Fn(char) -> bool) -> bool {
    !value.is_empty() && value.chars().all(inside)
}

fn begins_and_ends(value: &str, edge: impl Fn(char) -> bool) -> bool {
    value.starts_with(&edge) && value.ends_with(&edge)
}

fn has_label_form(value: &str) -> bool {
    begins_and_ends(value, is_lower_or_digit)
        && is_made_of(value, |c| c == '-' || is_lower_or_digit(c))
}

fn has_subdomain_form(value: &str) -> bool {
    value.split('.').all(has_label_form)
}

fn has_qualified_form(value: &str) -> bool {
    let inside = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.');
    begins_and_ends(value, |c| c.is_ascii_alphanumeric()) && is_made_of(value, inside)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_dot_in_a_label_is_named_as_such() {
        assert_eq!(is_dns1123_label("my.name"), ["must not contain dots"]);
        assert_eq!(is_dns1123_label("my-name"), [""; 0]);
    }

    #[test]
    fn a_number_is_not_the_name_of_a_port() {
        assert_eq!(
            is_valid_port_name("80"),
            ["must contain at least one letter (a-z)"]
        );
    }

    #[test]
    fn a_label_key_may_have_a_domain_before_one_slash() {
        assert_eq!(is_qualified_name("example.com/app"), [""; 0]);
        assert_eq!(is_qualified_name("/app"), ["prefix part must be non-empty"]);
        assert!(is_qualified_name("a/b/c")[0].ends_with("(e.g. 'example.com/MyName')"));
    }

    #[test]
    fn lengths_are_counted_in_bytes() {
        assert_eq!(
            is_valid_label_value(&"가".repeat(22))[0],
            "must be no more than 63 bytes"
        );
    }

    #[test]
    fn a_variables_name_may_have_any_printable_character_but_an_equals_sign() {
        assert_eq!(is_relaxed_env_var_name("1 of 2"), [""; 0]);
        assert_eq!(is_relaxed_env_var_name("a=b").len(), 1);
    }
}
