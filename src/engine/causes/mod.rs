//! What is legal but most likely not meant: one file for each diagnostic beyond the API server's own.

mod load_balancer_pending;
mod near;
mod selects_nothing;
mod target_port_not_found;

use crate::engine::controllers::pod_index::PodIndex;
use crate::engine::diagnostic::Diagnostic;
use crate::engine::resolve::Resolved;
use crate::engine::sort;

/// Looks at a cluster, given which pods its Services select.
type Lint = fn(&Resolved, &PodIndex) -> Vec<Diagnostic>;

/// The one list of them.
const LINTS: &[Lint] = &[
    load_balancer_pending::check,
    selects_nothing::check,
    target_port_not_found::check,
];

/// Everything that is suspicious about a text, in the order of the text.
pub fn check(resolved: &Resolved) -> Vec<Diagnostic> {
    let index = PodIndex::new(&resolved.cluster.pods, resolved.cluster.services.values());
    let mut found: Vec<Diagnostic> = LINTS
        .iter()
        .flat_map(|lint| lint(resolved, &index))
        .collect();
    sort::sort_by_key(&mut found, |diagnostic| diagnostic.span);
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::cluster::config::Config;
    use crate::engine::manifest::Source;
    use crate::engine::resolve::resolve;

    /// What is said about a text, each as its line, its column, and the text with its fix applied.
    pub fn said(text: &str, config: &Config) -> Vec<(Diagnostic, Option<String>)> {
        let fixed = |diagnostic: Diagnostic| {
            let fixed = diagnostic.fix.as_ref().map(|fix| {
                let (start, end) = (fix.span.start.offset as usize, fix.span.end.offset as usize);
                format!("{}{}{}", &text[..start], fix.text, &text[end..])
            });
            (diagnostic, fixed)
        };
        check(&resolve(&Source::read(text), config))
            .into_iter()
            .map(fixed)
            .collect()
    }

    #[test]
    fn a_text_that_is_as_meant_gets_no_word() {
        let text = "apiVersion: v1\nkind: Service\nmetadata: {name: web}\nspec:\n  selector: {app: web}\n  ports: [{port: 80, targetPort: http}]\n---\napiVersion: v1\nkind: Pod\nmetadata: {name: web, labels: {app: web}}\nspec: {containers: [{name: c, image: nginx, ports: [{name: http, containerPort: 80}]}]}\n";
        assert_eq!(said(text, &Config::default()), []);
    }
}
