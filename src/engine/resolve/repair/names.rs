//! Names and addresses that the API server refuses for how they are written.

use std::net::IpAddr;

use super::replaced;
use crate::diagnostic::Fix;
use crate::kinds::Kind;
use crate::manifest::tree::Yaml;
use crate::manifest::yaml_quote::quoted;
use crate::syntax::is_dns1123_subdomain;

/// The longest names of a container's port and of other things that are labels (RFC 6335, RFC 1123).
pub(super) const LONGEST_PORT_NAME: usize = 15;
pub(super) const LONGEST_LABEL: usize = 63;

/// The name in lower case, with `-` for what a name of the kind cannot have.
pub(super) fn object_name(kind: Kind, written: &Yaml) -> Option<Fix> {
    let name = written.as_str()?.to_lowercase();
    let with_dots = name.replace(|c: char| !c.is_ascii_alphanumeric() && c != '.', "-");
    let without_dots = with_dots.replace('.', "-");
    let candidates = [with_dots, without_dots];
    let meant = candidates
        .iter()
        .map(|candidate| candidate.trim_matches(['-', '.']))
        .find(|candidate| kind.name_errors(candidate).is_empty())?;
    replaced(written, quoted(meant))
}

/// The name of a container or a port in lower case, with one `-` for what it cannot have, and cut to its longest.
pub(super) fn label(written: &Yaml, longest: usize) -> Option<Fix> {
    let name = written.as_str()?.to_lowercase();
    let parts = name.split(|c: char| !c.is_ascii_alphanumeric());
    let parts: Vec<&str> = parts.filter(|part| !part.is_empty()).collect();
    let joined = parts.join("-");
    let meant = joined.get(..longest).unwrap_or(&joined);
    let meant = meant.trim_end_matches('-');
    let has_letter = meant.contains(|c: char| c.is_ascii_alphabetic());
    has_letter.then(|| replaced(written, quoted(meant)))?
}

/// The host of an Ingress' rule, which has no scheme, port or path.
pub(super) fn rule_host(kind: Kind, written: &Yaml) -> Option<Fix> {
    let host = host_of(written.as_str()?);
    let host = host.trim_end_matches('.');
    let name = host.strip_prefix("*.").unwrap_or(host);
    // Names of Ingresses are of the form of host names.
    let is_host = kind == Kind::Ingress
        && kind.name_errors(name).is_empty()
        && name.parse::<IpAddr>().is_err();
    is_host.then(|| replaced(written, quoted(host)))?
}

/// The name of an ExternalName Service, which has no scheme, port or path.
pub(super) fn external_name(written: &Yaml) -> Option<Fix> {
    let host = host_of(written.as_str()?);
    let is_name = is_dns1123_subdomain(host.trim_end_matches('.')).is_empty();
    is_name.then(|| replaced(written, quoted(&host)))?
}

/// The host of a URL, or of a host with a port, in lower case.
fn host_of(text: &str) -> String {
    let text = text.trim().to_lowercase();
    let rest = text
        .split_once("://")
        .map_or(text.as_str(), |(_, rest)| rest);
    let host = rest.split(['/', '?', '#', ':']).next();
    host.unwrap_or_default().to_owned()
}

/// A single address as a range.
pub(super) fn range_of_one(written: &Yaml) -> Option<Fix> {
    let text = written.as_str()?.trim();
    let bits = match text.parse::<IpAddr>().ok()? {
        IpAddr::V4(_) => 32,
        IpAddr::V6(_) => 128,
    };
    replaced(written, quoted(&format!("{text}/{bits}")))
}
