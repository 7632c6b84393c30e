//! The annotations that a restart and a new revision write.

use smol_str::SmolStr;

use crate::manifest::tree::{Yaml, YamlValue};

/// The annotation of a template that `kubectl rollout restart` sets to the time.
pub const RESTARTED_AT: &str = "kubectl.kubernetes.io/restartedAt";

/// The annotation of a Deployment with the number of its ReplicaSet.
const REVISION: &str = "deployment.kubernetes.io/revision";

/// Marks a template as restarted, which makes it another one.
pub(super) fn annotate_restart(template: &mut Yaml) {
    change_annotation(template, RESTARTED_AT, restart_time);
}

/// The Deployment controller counts the ReplicaSets that it created.
pub(super) fn count_revision(deployment: &mut Yaml) {
    change_annotation(deployment, REVISION, |previous| {
        let number = previous.parse::<u64>().unwrap_or(1);
        number.saturating_add(1).to_string().into()
    });
}

/// Writes an annotation of an object or a template; the previous value is empty if there is none.
fn change_annotation(object: &mut Yaml, key: &str, next: fn(&str) -> SmolStr) {
    for field in ["metadata", "annotations"] {
        let parent = match field {
            "metadata" => Some(&mut *object),
            _ => object.get_mut("metadata"),
        };
        if let Some(parent) = parent.filter(|own| own.get(field).is_none_or(Yaml::is_null)) {
            parent.set(field, YamlValue::Map(Vec::new()));
        }
    }
    let metadata = object.get_mut("metadata");
    if let Some(annotations) = metadata.and_then(|own| own.get_mut("annotations")) {
        let previous = annotations.get(key).and_then(Yaml::as_str);
        let value = next(previous.unwrap_or_default());
        annotations.set(key, YamlValue::String(value));
    }
}

/// The time of a restart, a second after the restart before it. The engine has no clock.
fn restart_time(previous: &str) -> SmolStr {
    const DAY: &str = "2026-01-01T";
    let clock = previous
        .strip_prefix(DAY)
        .and_then(|rest| rest.strip_suffix('Z'));
    let seconds = clock.and_then(|clock| {
        let mut parts = clock.split(':').map(str::parse::<u32>);
        let (hours, minutes) = (parts.next()?.ok()?, parts.next()?.ok()?);
        let seconds = parts.next()?.ok()?;
        let minutes = hours.checked_mul(60)?.checked_add(minutes)?;
        minutes
            .checked_mul(60)?
            .checked_add(seconds)?
            .checked_add(1)
    });
    let seconds = seconds.unwrap_or(0);
    let (hours, minutes) = (seconds / 3600 % 24, seconds / 60 % 60);
    format!("{DAY}{hours:02}:{minutes:02}:{:02}Z", seconds % 60).into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_restart_is_a_second_after_the_one_before() {
        assert_eq!(
            restart_time("2026-01-01T99999999:0:0Z"),
            "2026-01-01T00:00:00Z"
        );
        assert_eq!(restart_time(""), "2026-01-01T00:00:00Z");
        assert_eq!(restart_time("2026-01-01T00:59:59Z"), "2026-01-01T01:00:00Z");
    }
}
