//! The ConfigMap that configured MetalLB before version 0.13: nothing reads it any more.
//! Source: metallb `website/content/configuration/migration_to_crds.md`.

use crate::causes::cause::{Cause, Evidence};
use crate::causes::survey::Survey;
use crate::diagnostic::{Fault, LoadBalancerFault};
use crate::resolve::NotModelled;

/// Every ConfigMap with the pools of the old configuration.
pub(in crate::causes) fn check(survey: &Survey) -> Vec<Cause> {
    let objects = survey.resolved.not_modelled.iter();
    objects
        .filter(|object| has_pools(object))
        .map(cause)
        .collect()
}

/// Its only key is `config`, a text of YAML with the list `address-pools`.
fn has_pools(object: &NotModelled) -> bool {
    let config = object.tree.get("data").and_then(|data| data.get("config"));
    let text = config
        .and_then(|config| config.as_str())
        .unwrap_or_default();
    let mut lines = text.lines();
    object.api_version == "v1"
        && object.kind == "ConfigMap"
        && object.name.name == "config"
        && lines.any(|line| line.starts_with("address-pools:"))
}

fn cause(object: &NotModelled) -> Cause {
    let name = match object.name.namespace.as_str() {
        "" => object.name.name.to_string(),
        _ => object.name.to_string(),
    };
    let evidence = Evidence {
        object: format!("ConfigMap {name}"),
        field: "kind".to_owned(),
        span: Some(object.span),
    };
    let fault =
        Fault::LoadBalancer(LoadBalancerFault::MetallbConfigMapIgnored { config_map: name });
    Cause::certain(fault, vec![evidence])
}

#[cfg(test)]
mod tests {
    use crate::causes::tests::check_text;
    use crate::cluster::Config;
    use crate::diagnostic::{Fault, LoadBalancerFault, Problem};

    fn is_told(name: &str, config: &str) -> bool {
        let text = format!(
            "apiVersion: v1\nkind: ConfigMap\nmetadata: {{name: {name}, namespace: metallb-system}}\ndata:\n  \
             config: |\n    {config}\n    - {{name: a, protocol: layer2, addresses: [192.168.1.0/28]}}\n"
        );
        let found = check_text(&text, &Config::default());
        found.iter().any(|(diagnostic, _)| {
            matches!(
                diagnostic.problem,
                Problem::Cause(Fault::LoadBalancer(
                    LoadBalancerFault::MetallbConfigMapIgnored { .. }
                ))
            )
        })
    }

    #[test]
    fn the_old_configuration_of_metallb_is_told() {
        assert!(is_told("config", "address-pools:"));
        assert!(!is_told("config", "servers:"));
        assert!(!is_told("other", "address-pools:"));
    }
}
