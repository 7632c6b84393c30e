//! Defaults of PersistentVolumeClaims, where they are templates (`SetDefaults_PersistentVolumeClaim`).

use super::{absent, ensure, map, put, text};
use crate::manifest::tree::Yaml;

/// Fills in one of a StatefulSet's claims. It is an object with a kind, which the server writes
/// (`pkg/apis/apps/v1/conversion.go`).
pub(super) fn fill(claim: &mut Yaml) {
    put(claim, "apiVersion", text("v1"));
    put(claim, "kind", text("PersistentVolumeClaim"));
    fill_template(claim);
    absent(ensure(claim, "status"), "phase", text("Pending"));
}

/// Fills in the claim of a generic ephemeral volume, which has metadata and a spec only.
pub(super) fn fill_template(claim: &mut Yaml) {
    ensure(claim, "metadata");
    let spec = ensure(claim, "spec");
    absent(spec, "resources", map([]));
    absent(spec, "volumeMode", text("Filesystem"));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::apiserver::testing::node;

    #[test]
    fn a_claim_has_a_kind_a_mode_and_a_phase() {
        let mut claim = node(
            r#"{"metadata":{"name":"data"},"spec":{"resources":{"requests":{"storage":"1Gi"}}}}"#,
        );
        fill(&mut claim);
        let filled = serde_json::Value::from(&claim);
        let expected = serde_json::json!({
            "apiVersion": "v1", "kind": "PersistentVolumeClaim", "metadata": {"name": "data"},
            "spec": {"resources": {"requests": {"storage": "1Gi"}}, "volumeMode": "Filesystem"},
            "status": {"phase": "Pending"},
        });
        assert_eq!(filled, expected);
    }
}
