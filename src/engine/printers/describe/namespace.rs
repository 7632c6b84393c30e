//! `kubectl describe namespace`, which ends with its quotas and limits (`describeNamespace`).

use super::{DescribeContext, conditions, metadata, quota};
use crate::manifest::tree::Yaml;
use crate::printers::fields::text;
use crate::printers::table::Page;

pub(crate) fn namespace(namespace: &Yaml, context: DescribeContext) -> String {
    let mut page = Page::default();
    let name = text(namespace, "metadata.name");
    page.field("Name", name);
    metadata(&mut page, namespace);
    page.field("Status", text(namespace, "status.phase"));
    conditions::with_changes(&mut page, namespace);
    page.line(0, "");
    quota::resource_quotas(&mut page, &context.store.list("ResourceQuota", Some(name)));
    page.line(0, "");
    quota::limit_ranges(&mut page, &context.store.list("LimitRange", Some(name)));
    page.finish()
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use super::super::tests::described;

    const NAMESPACE: &str =
        r#"{"kind": "Namespace", "metadata": {"name": "dev"}, "status": {"phase": "Active"}}"#;

    #[test]
    fn a_namespace_without_quotas_and_limits_prints_that_there_are_none() {
        expect![[r#"
            Name:         dev
            Labels:       <none>
            Annotations:  <none>
            Status:       Active

            No resource quota.

            No LimitRange resource.
        "#]]
        .assert_eq(&described(&[NAMESPACE]));
    }

    #[test]
    fn a_namespace_prints_its_quotas_and_limits() {
        let metadata =
            |name: &str| format!(r#""metadata": {{"name": "{name}", "namespace": "dev"}}"#);
        let quota = format!(
            r#"{{"kind": "ResourceQuota", {}, "spec": {{"scopes": ["NotBestEffort"]}},
                "status": {{"hard": {{"pods": "10", "limits.cpu": "2"}}, "used": {{"pods": "3"}}}}}}"#,
            metadata("small")
        );
        let fresh = format!(
            r#"{{"kind": "ResourceQuota", {}, "spec": {{"hard": {{"pods": "1"}}}}}}"#,
            metadata("fresh")
        );
        let limits = format!(
            r#"{{"kind": "LimitRange", {}, "spec": {{"limits": [{{"type": "Container",
                "max": {{"cpu": "1"}}, "min": {{"memory": "64Mi"}}}}]}}}}"#,
            metadata("usual")
        );
        expect![[r#"
            Name:         dev
            Labels:       <none>
            Annotations:  <none>
            Status:       Active

            Resource Quotas
              Name:     fresh
              Resource  Used  Hard
              --------  ---   ---
              Name:     small
              Scopes:   NotBestEffort
              * Matches all pods that have at least one resource requirement set. These pods have a burstable or guaranteed quality of service.
              Resource    Used  Hard
              --------    ---   ---
              limits.cpu  0     2
              pods        3     10

            Resource Limits
             Type       Resource  Min   Max  Default Request  Default Limit  Max Limit/Request Ratio
             ----       --------  ---   ---  ---------------  -------------  -----------------------
             Container  cpu       -     1    1                1              -
             Container  memory    64Mi  -    64Mi             -              -
        "#]]
        .assert_eq(&described(&[NAMESPACE, &quota, &fresh, &limits]));
    }
}
