//! Snippets of nginx configuration in the annotations of an Ingress: since version 1.9 ingress-nginx takes none unless its
//! ConfigMap has `allow-snippet-annotations`, and since 1.12 only with `annotations-risk-level: Critical`.
//! Source: kubernetes/ingress-nginx `docs/user-guide/nginx-configuration/configmap.md`.

use smol_str::SmolStr;

use crate::causes::cause::{Cause, Evidence};
use crate::causes::survey::Survey;
use crate::cluster::object::Ingress;
use crate::diagnostic::{Fault, IngressConfigFault};
use crate::kinds::Kind;
use crate::l7::ingress_nginx;
use crate::network::ingress_controller::controller_of;
use crate::resolve::NotModelled;

const PREFIX: &str = "nginx.ingress.kubernetes.io/";
const SETTING: &str = "allow-snippet-annotations";

/// Every Ingress with such an annotation, unless a ConfigMap of the text allows it.
pub(in crate::causes) fn check(survey: &Survey) -> Vec<Cause> {
    let mut others = survey.resolved.not_modelled.iter();
    if others.any(allows_snippets) {
        return Vec::new();
    }
    let ingresses = survey.resolved.cluster.ingresses.values();
    let causes = ingresses.filter_map(|ingress| of_ingress(survey, ingress));
    causes.collect()
}

fn of_ingress(survey: &Survey, ingress: &Ingress) -> Option<Cause> {
    if controller_of(&survey.resolved.cluster, ingress) != Some(ingress_nginx::CONTROLLER) {
        return None;
    }
    let mut keys = ingress.metadata.annotations.keys().map(SmolStr::as_str);
    let key = keys.find(|key| key.starts_with(PREFIX) && key.ends_with("-snippet"))?;
    let fault = Fault::Ingress(IngressConfigFault::SnippetNotAllowed {
        ingress: ingress.metadata.name.to_string(),
        annotation: key.to_owned(),
    });
    let stored = survey.resolved.get(Kind::Ingress, &ingress.metadata.id())?;
    let evidence = Evidence::of(stored, &format!("metadata.annotations[{key}]"));
    Some(Cause::certain(fault, vec![evidence]).possible())
}

fn allows_snippets(object: &NotModelled) -> bool {
    let value = object.tree.at(&["data", SETTING]);
    let is_set = value.and_then(|value| value.as_str()) == Some("true");
    object.api_version == "v1" && object.kind == "ConfigMap" && is_set
}

#[cfg(test)]
mod tests {
    use crate::causes::tests::check_text;
    use crate::cluster::config::Config;
    use crate::diagnostic::{Fault, IngressConfigFault, Problem};

    fn is_told(annotation: &str, setting: &str) -> bool {
        let text = format!(
            "apiVersion: networking.k8s.io/v1\nkind: IngressClass\nmetadata: {{name: nginx}}\nspec: {{controller: k8s.io/ingress-nginx}}\n---\n\
             apiVersion: v1\nkind: ConfigMap\nmetadata: {{name: ctl}}\ndata: {{allow-snippet-annotations: '{setting}'}}\n---\n\
             apiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata: {{name: shop, annotations: {{nginx.ingress.kubernetes.io/{annotation}: a}}}}\n\
             spec: {{ingressClassName: nginx, rules: [{{host: shop.example.com}}]}}\n"
        );
        let found = check_text(&text, &Config::default());
        found.iter().any(|(diagnostic, _)| {
            matches!(
                diagnostic.problem,
                Problem::Cause(Fault::Ingress(IngressConfigFault::SnippetNotAllowed { .. }))
            )
        })
    }

    #[test]
    fn snippets_need_a_setting_of_the_controller() {
        assert!(is_told("configuration-snippet", "false"));
        assert!(!is_told("configuration-snippet", "true"));
        assert!(!is_told("proxy-body-size", "false"));
    }
}
