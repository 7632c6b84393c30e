//! Area `syntax`: a value, a rule → what is wrong with it.

use kubehop_engine::syntax;
use serde_json::Value;

use super::super::Case;
use super::compare::{run_each, same, text};

/// Compares every error text.
pub(crate) fn run(recording: &Value) -> Vec<Case> {
    run_each(recording, |case| {
        let input = &case["input"];
        let rule = rule(text(&input["fn"])).ok_or_else(|| format!("no rule {}", input["fn"]))?;
        same(
            &case["expect"]["errors"],
            &Value::from(rule(text(&input["value"]))),
        )
    })
}

fn rule(name: &str) -> Option<fn(&str) -> Vec<String>> {
    Some(match name {
        "IsDNS1035Label" => syntax::is_dns1035_label,
        "IsEnvVarName" => syntax::is_env_var_name,
        "IsConfigMapKey" => syntax::is_config_map_key,
        "IsDNS1123Label" => syntax::is_dns1123_label,
        "IsDNS1123Subdomain" => syntax::is_dns1123_subdomain,
        "IsHTTPHeaderName" => syntax::is_http_header_name,
        "IsQualifiedName" => syntax::is_qualified_name,
        "IsRelaxedEnvVarName" => syntax::is_relaxed_env_var_name,
        "IsValidCIDR" => syntax::is_valid_cidr,
        "IsValidCIDRForLegacyField" => syntax::is_valid_cidr_in_old_field,
        "IsValidIP" => syntax::is_valid_ip,
        "IsValidIPForLegacyField" => syntax::is_valid_ip_in_old_field,
        "IsValidLabelValue" => syntax::is_valid_label_value,
        "IsValidPortName" => syntax::is_valid_port_name,
        "IsWildcardDNS1123Subdomain" => syntax::is_wildcard_dns1123_subdomain,
        _ => return None,
    })
}
