//! An annotation that is nearly the one for topology-aware routing, or has a value that is ignored: kubernetes
//! `staging/src/k8s.io/endpointslice/reconciler.go` (`hintsEnabled`) reads one key, an older one, and the value `Auto`.

use crate::causes::cause::{Cause, Evidence};
use crate::causes::edit::{rename_key, set_field};
use crate::causes::survey::Survey;
use crate::cluster::object::Service;
use crate::diagnostic::{Fault, Fix, PathFault};
use crate::resolve::Stored;
use crate::syntax::typo_distance;

const PREFIX: &str = "service.kubernetes.io/";
const MODE: &str = "topology-mode";
/// The key before Kubernetes 1.27.
const HINTS: &str = "topology-aware-hints";

/// Every Service with such an annotation.
pub(in crate::causes) fn check(survey: &Survey) -> Vec<Cause> {
    let services = survey.services();
    let causes = services.filter_map(|(stored, service)| of_service(stored, service));
    causes.collect()
}

fn of_service(stored: &Stored, service: &Service) -> Option<Cause> {
    let mut annotations = service.metadata.annotations.iter();
    annotations.find_map(|(key, value)| {
        let name = key.strip_prefix(PREFIX)?;
        let meant = if [MODE, HINTS].contains(&name) {
            let is_read = ["Auto", "auto", "Disabled", "disabled"].contains(&value.as_str());
            (!is_read).then(String::new)
        } else {
            let near = typo_distance(name, MODE).or_else(|| typo_distance(name, HINTS));
            near.map(|_| format!("{PREFIX}{MODE}"))
        }?;
        let fix = fix(stored, key, value, &meant);
        let fault = Fault::Path(PathFault::TopologyAnnotationUnread {
            service: service.metadata.name.to_string(),
            annotation: key.to_string(),
            value: value.to_string(),
            meant,
        });
        let evidence = Evidence::of(stored, &format!("metadata.annotations[{key}]"));
        Some(Cause::certain(fault, vec![evidence]).with_fix(fix))
    })
}

/// The key that is meant, or the value `Auto` for one that can mean nothing else.
fn fix(stored: &Stored, key: &str, value: &str, meant: &str) -> Option<Fix> {
    let annotations = stored.tree.get("metadata")?.get("annotations")?;
    if !meant.is_empty() {
        return rename_key(stored, annotations, key, meant);
    }
    let is_on = ["auto", "enabled", "true", "on"].contains(&value.to_ascii_lowercase().as_str())
        || typo_distance(value, "Auto").is_some();
    is_on.then(|| set_field(stored, annotations, key, "\"Auto\""))?
}

#[cfg(test)]
mod tests {
    use crate::causes::tests::check_text;
    use crate::cluster::config::Config;
    use crate::diagnostic::{Fault, PathFault, Problem};

    /// The annotation after the fix, if there is one; `None` if nothing is wrong with it.
    fn fixed(annotation: &str) -> Option<Option<String>> {
        let text = format!(
            "apiVersion: v1\nkind: Service\nmetadata:\n  name: web\n  annotations:\n    {annotation}\nspec: {{ports: [{{port: 80}}]}}\n"
        );
        let found = check_text(&text, &Config::default()).into_iter();
        let mut unread = found.filter(|(found, _)| {
            matches!(
                found.problem,
                Problem::Cause(Fault::Path(PathFault::TopologyAnnotationUnread { .. }))
            )
        });
        let (_, fixed) = unread.next()?;
        let line = fixed.and_then(|text| text.lines().nth(5).map(|line| line.trim().to_owned()));
        Some(line)
    }

    #[test]
    fn a_key_or_value_that_nobody_reads_is_corrected() {
        let right = "service.kubernetes.io/topology-mode: Auto";
        for wrong in [
            "service.kubernetes.io/topology-mod: Auto",
            "service.kubernetes.io/topology-aware-hint: Auto",
            "service.kubernetes.io/topology-mode: Enabled",
            "service.kubernetes.io/topology-mode: AUTO",
        ] {
            assert_eq!(fixed(wrong), Some(Some(right.to_owned())), "{wrong}");
        }
        let unknown = fixed("service.kubernetes.io/topology-mode: Balanced");
        assert_eq!(unknown, Some(None));
        for read in [
            right,
            "service.kubernetes.io/topology-aware-hints: auto",
            "service.kubernetes.io/topology-mode: Disabled",
            "service.kubernetes.io/other: Auto",
        ] {
            assert_eq!(fixed(read), None, "{read}");
        }
    }
}
