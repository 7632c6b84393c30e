//! Manifests that are valid but most likely wrong: diagnostics beyond those of the API server, one file each.

mod load_balancer_pending;
mod selects_nothing;
mod target_port_not_found;
mod typo;

use crate::engine::controllers::pod_index::PodIndex;
use crate::engine::diagnostic::Diagnostic;
use crate::engine::resolve::Resolved;
use crate::engine::sort;

/// Finds one kind of problem in a cluster, given an index of its pods.
type Lint = fn(&Resolved, &PodIndex) -> Vec<Diagnostic>;

/// All checks.
const LINTS: &[Lint] = &[
    load_balancer_pending::check,
    selects_nothing::check,
    target_port_not_found::check,
];

/// All problems of the cluster's objects, in the order of the text.
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
    use crate::engine::testing::dedent;

    /// The diagnostics of a text, each with the text after its fix.
    pub fn check_text(text: &str, config: &Config) -> Vec<(Diagnostic, Option<String>)> {
        let mut found = Vec::new();
        for diagnostic in check(&resolve(&Source::read(text), config)) {
            let fixed = diagnostic.fix.as_ref().map(|fix| {
                let before = &text[..fix.span.start.offset as usize];
                let after = &text[fix.span.end.offset as usize..];
                format!("{before}{}{after}", fix.text)
            });
            found.push((diagnostic, fixed));
        }
        found
    }

    #[test]
    fn a_correct_text_has_no_diagnostics() {
        let text = dedent(
            "
            apiVersion: v1
            kind: Service
            metadata: {name: web}
            spec:
              selector: {app: web}
              ports: [{port: 80, targetPort: http}]
            ---
            apiVersion: v1
            kind: Pod
            metadata: {name: web, labels: {app: web}}
            spec:
              containers:
              - name: c
                image: nginx
                ports: [{name: http, containerPort: 80}]
            ",
        );
        assert_eq!(check_text(&text, &Config::default()), []);
    }
}
