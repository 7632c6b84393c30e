//! `kubectl describe` of roles and their bindings: `RoleDescriber`, `RoleBindingDescriber` and those of the cluster's.
//!
//! Their pages name no namespace and end without events.

use super::metadata;
use crate::manifest::tree::Yaml;
use crate::printers::fields::{items, text, texts};
use crate::printers::table::Page;
use crate::sort;

/// The page of a Role or ClusterRole: what it allows, a line for each resource and for each verb of a URL.
pub(crate) fn role(role: &Yaml) -> String {
    let mut page = Page::default();
    page.field("Name", text(role, "metadata.name"));
    metadata(&mut page, role);
    page.line(0, "PolicyRule:");
    page.line(1, "Resources\tNon-Resource URLs\tResource Names\tVerbs");
    page.line(1, "---------\t-----------------\t--------------\t-----");
    for rule in compact_rules(items(role, "rules")) {
        let [urls, names, verbs] =
            [&rule.urls, &rule.names, &rule.verbs].map(|list| in_brackets(list));
        let resource = combine_resource_group(&rule);
        page.line(1, format!("{resource}\t{urls}\t{names}\t{verbs}"));
    }
    page.finish()
}

/// The page of a RoleBinding or ClusterRoleBinding.
pub(crate) fn binding(binding: &Yaml) -> String {
    let mut page = Page::default();
    page.field("Name", text(binding, "metadata.name"));
    metadata(&mut page, binding);
    page.line(0, "Role:");
    page.line(1, format!("Kind:\t{}", text(binding, "roleRef.kind")));
    page.line(1, format!("Name:\t{}", text(binding, "roleRef.name")));
    page.line(0, "Subjects:");
    page.line(1, "Kind\tName\tNamespace");
    page.line(1, "----\t----\t---------");
    for subject in items(binding, "subjects") {
        let cells = ["kind", "name", "namespace"].map(|field| text(subject, field));
        page.line(1, cells.join("\t"));
    }
    page.finish()
}

/// A rule about one resource or one URL.
#[derive(Default)]
struct Rule<'a> {
    groups: Vec<&'a str>,
    resources: Vec<&'a str>,
    names: Vec<&'a str>,
    urls: Vec<&'a str>,
    verbs: Vec<&'a str>,
}

/// Rules broken down into single resources, those of one resource joined again, in the order of their texts, which begin
/// with the verbs (`rbac.BreakdownRule`, `rbac.CompactRules`, `rbac.SortableRuleSlice`).
fn compact_rules(rules: &[Yaml]) -> Vec<Rule<'_>> {
    let mut compact: Vec<Rule> = Vec::new();
    for rule in rules.iter().flat_map(breakdown_rule) {
        let is_same = |other: &&mut Rule| {
            rule.urls.is_empty()
                && other.urls.is_empty()
                && (&rule.groups, &rule.resources, &rule.names)
                    == (&other.groups, &other.resources, &other.names)
        };
        match compact.iter_mut().find(is_same) {
            Some(known) => {
                let more = rule.verbs.iter().filter(|verb| !known.verbs.contains(verb));
                let more: Vec<&str> = more.copied().collect();
                known.verbs.extend(more);
            }
            None => compact.push(rule),
        }
    }
    sort::sort_by_key(&mut compact, Rule::words);
    compact
}

/// A rule split into rules of one resource, one name and one verb each.
fn breakdown_rule(rule: &Yaml) -> Vec<Rule<'_>> {
    let [groups, resources, names, urls, verbs] = [
        "apiGroups",
        "resources",
        "resourceNames",
        "nonResourceURLs",
        "verbs",
    ]
    .map(|field| texts(rule, field));
    let names: Vec<Vec<&str>> = match names.as_slice() {
        [] => vec![Vec::new()],
        names => names.iter().map(|name| vec![*name]).collect(),
    };
    let mut rules = Vec::new();
    for group in groups {
        for resource in &resources {
            for verb in &verbs {
                rules.extend(names.iter().map(|names| Rule {
                    groups: vec![group],
                    resources: vec![*resource],
                    names: names.clone(),
                    verbs: vec![*verb],
                    urls: Vec::new(),
                }));
            }
        }
    }
    for url in urls {
        rules.extend(verbs.iter().map(|verb| Rule {
            urls: vec![url],
            verbs: vec![*verb],
            ..Rule::default()
        }));
    }
    rules
}

impl Rule<'_> {
    /// The rule as its `String` method writes it.
    fn words(&self) -> String {
        let [verbs, groups, resources, names, urls] = [
            &self.verbs,
            &self.groups,
            &self.resources,
            &self.names,
            &self.urls,
        ]
        .map(|list| in_brackets(list));
        format!(
            "&PolicyRule{{Verbs:{verbs},APIGroups:{groups},Resources:{resources},ResourceNames:{names},NonResourceURLs:{urls},}}"
        )
    }
}

/// `deployments.apps/scale`: the resource with its group before the subresource (`CombineResourceGroup`).
fn combine_resource_group(rule: &Rule) -> String {
    let Some(resource) = rule.resources.first() else {
        return String::new();
    };
    let (resource, sub) = match resource.split_once('/') {
        Some((resource, sub)) => (resource, format!("/{sub}")),
        None => (*resource, String::new()),
    };
    match rule.groups.first() {
        Some(group) if !group.is_empty() => format!("{resource}.{group}{sub}"),
        Some(_) | None => format!("{resource}{sub}"),
    }
}

/// A list as Go's `%v` prints it.
fn in_brackets(list: &[&str]) -> String {
    format!("[{}]", list.join(" "))
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use super::super::tests::described;

    #[test]
    fn a_role_is_printed_by_resource_in_the_order_of_the_verbs() {
        let rules = r#"[
            {"apiGroups": ["", "apps"], "resources": ["pods", "deployments/scale"], "verbs": ["get", "list"]},
            {"apiGroups": [""], "resources": ["pods"], "verbs": ["get", "watch"]},
            {"apiGroups": [""], "resources": ["secrets"], "resourceNames": ["tls"], "verbs": ["create"]},
            {"nonResourceURLs": ["/healthz"], "verbs": ["get", "post"]}]"#;
        let said = described(&[&format!(
            r#"{{"kind": "ClusterRole", "metadata": {{"name": "reader"}}, "rules": {rules}}}"#
        )]);
        expect![[r#"
            Name:         reader
            Labels:       <none>
            Annotations:  <none>
            PolicyRule:
              Resources               Non-Resource URLs  Resource Names  Verbs
              ---------               -----------------  --------------  -----
              secrets                 []                 [tls]           [create]
              pods                    []                 []              [get list watch]
              deployments/scale       []                 []              [get list]
              deployments.apps/scale  []                 []              [get list]
              pods.apps               []                 []              [get list]
                                      [/healthz]         []              [get]
                                      [/healthz]         []              [post]
        "#]]
        .assert_eq(&said);
    }

    #[test]
    fn a_binding_prints_its_role_and_its_subjects() {
        let subjects = r#"[{"kind": "ServiceAccount", "name": "ci", "namespace": "dev"}, {"kind": "User", "name": "ann"}]"#;
        let said = described(&[&format!(
            r#"{{"kind": "RoleBinding", "metadata": {{"name": "ci", "namespace": "dev"}},
                "roleRef": {{"kind": "Role", "name": "reader"}}, "subjects": {subjects}}}"#
        )]);
        expect![[r#"
            Name:         ci
            Labels:       <none>
            Annotations:  <none>
            Role:
              Kind:  Role
              Name:  reader
            Subjects:
              Kind            Name  Namespace
              ----            ----  ---------
              ServiceAccount  ci    dev
              User            ann   
        "#]]
        .assert_eq(&said);
    }
}
