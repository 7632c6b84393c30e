//! Fields of pods that the server drops because their feature gates are off by default (`DropDisabledPodFields`,
//! `pkg/api/pod/util.go`).

use super::each;
use crate::manifest::tree::Yaml;

/// The sources of projected volumes behind the feature gates `ClusterTrustBundleProjection` and `PodCertificateRequest`.
const SOURCES: [&str; 2] = ["clusterTrustBundle", "podCertificate"];

/// Drops such fields from a pod's spec. A source that nothing is left of stays.
pub(super) fn drop_from(spec: &mut Yaml) {
    each(spec, "volumes", |volume| {
        if let Some(projected) = volume.get_mut("projected") {
            each(projected, "sources", |source| {
                for kind in SOURCES {
                    source.remove(kind);
                }
            });
        }
    });
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::apiserver::go_json::to_json;
    use crate::apiserver::testing::node;

    #[test]
    fn a_source_behind_a_gate_leaves_an_empty_one() {
        let spec = |sources: &str| {
            node(&format!(
                r#"{{"volumes":[{{"name":"v","projected":{{"sources":[{sources}]}}}}]}}"#
            ))
        };
        let mut written = spec(r#"{"clusterTrustBundle":{"path":"a"}},{"secret":{"name":"s"}}"#);
        drop_from(&mut written);
        let stored = spec(r#"{},{"secret":{"name":"s"}}"#);
        assert_eq!(to_json(Some(&written)), to_json(Some(&stored)));
    }
}
