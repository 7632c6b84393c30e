//! `kubectl describe` of kinds that networking does not look into: claims, classes, disruption budgets, and the ranges and
//! addresses of Services.

use super::conditions::{self, ConfirmedTime};
use super::volume_claim::class;
use super::{DescribeContext, label_field, metadata, truth};
use crate::manifest::tree::Yaml;
use crate::printers::age::since;
use crate::printers::fields::{
    at, is_default_class, is_true, items, number, or, scalar, selector_line, text, text_or, texts,
};
use crate::printers::table::Page;
use crate::sort;

/// When a condition of a claim was probed last.
const PROBE: ConfirmedTime = ConfirmedTime {
    field: "lastProbeTime",
    title: "LastProbeTime",
};

/// A PersistentVolumeClaim with the pods that use it (`describePersistentVolumeClaim`).
pub(super) fn claim(page: &mut Page, claim: &Yaml, context: DescribeContext) {
    let volume = text(claim, "spec.volumeName");
    page.field("Name", text(claim, "metadata.name"));
    page.field("Namespace", text(claim, "metadata.namespace"));
    page.field("StorageClass", class(claim));
    match text(claim, "metadata.deletionTimestamp") {
        "" => page.field("Status", text_or(claim, "status.phase", "Pending")),
        time => page.field(
            "Status",
            format!("Terminating (lasts {})", since(time, context.now)),
        ),
    }
    page.field("Volume", volume);
    metadata(page, claim);
    page.field("Finalizers", in_brackets(claim, "metadata.finalizers"));
    let size = scalar(claim, "status.capacity.storage");
    let (size, modes) = if volume.is_empty() {
        ("", String::new())
    } else {
        (or(&size, "0"), access_modes(claim, "status.accessModes"))
    };
    page.field("Capacity", size);
    page.field("Access Modes", modes);
    page.field(
        "VolumeMode",
        text_or(claim, "spec.volumeMode", "Filesystem"),
    );
    if let Some(source) = at(claim, "spec.dataSource") {
        page.line(0, "DataSource:");
        reference(page, source);
    }
    page.list("Used By", &users(claim, context));
    conditions::with_confirmations(page, claim, &PROBE);
}

/// Modes in short, each once, in a fixed order (`storageutil.GetAccessModesAsString`).
pub(crate) fn access_modes(object: &Yaml, field: &str) -> String {
    const SHORT: [(&str, &str); 4] = [
        ("ReadWriteOnce", "RWO"),
        ("ReadOnlyMany", "ROX"),
        ("ReadWriteMany", "RWX"),
        ("ReadWriteOncePod", "RWOP"),
    ];
    let modes = texts(object, field);
    let known = SHORT.iter().filter(|(mode, _)| modes.contains(mode));
    known.map(|(_, short)| *short).collect::<Vec<_>>().join(",")
}

fn reference(page: &mut Page, source: &Yaml) {
    if at(source, "apiGroup").is_some() {
        page.line(1, format!("APIGroup:\t{}", text(source, "apiGroup")));
    }
    page.line(1, format!("Kind:\t{}", text(source, "kind")));
    page.line(1, format!("Name:\t{}", text(source, "name")));
}

/// The pods of the claim's namespace, once for each of their volumes with the claim (`getPodsForPVC`).
fn users(claim: &Yaml, context: DescribeContext) -> Vec<String> {
    let namespace = text(claim, "metadata.namespace");
    let name = text(claim, "metadata.name");
    let pods = context.store.list("Pod", Some(namespace));
    let mut users: Vec<String> = Vec::new();
    for pod in pods {
        let volumes = items(&pod.tree, "spec.volumes").iter();
        let uses = volumes
            .filter(|volume| at(volume, "persistentVolumeClaim").is_some())
            .filter(|volume| text(volume, "persistentVolumeClaim.claimName") == name);
        users.extend(uses.map(|_| pod.name.name.to_string()));
    }
    sort::sort(&mut users);
    users
}

/// A StorageClass (`describeStorageClass`).
pub(super) fn storage_class(page: &mut Page, class: &Yaml) {
    let is_default = is_default_class(class);
    page.field("Name", text(class, "metadata.name"));
    page.field("IsDefaultClass", if is_default { "Yes" } else { "No" });
    label_field(page, "Annotations", class, "metadata.annotations");
    page.field("Provisioner", text(class, "provisioner"));
    label_field(page, "Parameters", class, "parameters");
    page.field("AllowVolumeExpansion", truth(class, "allowVolumeExpansion"));
    let options = texts(class, "mountOptions");
    if options.is_empty() {
        page.field("MountOptions", "<none>");
    } else {
        page.line(0, "MountOptions:");
    }
    for option in options {
        page.line(1, option);
    }
    page.field("ReclaimPolicy", text_or(class, "reclaimPolicy", "Delete"));
    page.field(
        "VolumeBindingMode",
        text_or(class, "volumeBindingMode", "Immediate"),
    );
    let terms = items(class, "allowedTopologies");
    if !terms.is_empty() {
        page.line(0, "AllowedTopologies:\t");
    }
    for (place, term) in terms.iter().enumerate() {
        page.line(1, format!("Term {place}:\t{}", topology(term)));
    }
}

/// What a term requires of nodes' labels.
fn topology(term: &Yaml) -> String {
    let told = |requirement: &Yaml| {
        let key = text(requirement, "key");
        match texts(requirement, "values").as_slice() {
            [] => format!("{key} in"),
            values => format!("{key} in [{}]", values.join(", ")),
        }
    };
    let told: Vec<String> = items(term, "matchLabelExpressions")
        .iter()
        .map(told)
        .collect();
    or(&told.join("\n  \t"), "<none>").to_owned()
}

/// A VolumeAttributesClass (`describeVolumeAttributesClass`).
pub(super) fn volume_attributes_class(page: &mut Page, class: &Yaml) {
    page.field("Name", text(class, "metadata.name"));
    label_field(page, "Annotations", class, "metadata.annotations");
    page.field("DriverName", text(class, "driverName"));
    label_field(page, "Parameters", class, "parameters");
}

/// A PriorityClass (`describePriorityClass`).
pub(super) fn priority_class(page: &mut Page, class: &Yaml) {
    page.field("Name", text(class, "metadata.name"));
    page.field("Value", number(class, "value").to_string());
    page.field("GlobalDefault", is_true(class, "globalDefault").to_string());
    page.field(
        "PreemptionPolicy",
        text_or(class, "preemptionPolicy", "PreemptLowerPriority"),
    );
    page.field("Description", text(class, "description"));
    label_field(page, "Annotations", class, "metadata.annotations");
}

/// A PodDisruptionBudget (`describePodDisruptionBudgetV1`).
pub(super) fn disruption_budget(page: &mut Page, budget: &Yaml) {
    page.field("Name", text(budget, "metadata.name"));
    page.field("Namespace", text(budget, "metadata.namespace"));
    if at(budget, "spec.minAvailable").is_some() {
        page.field("Min available", scalar(budget, "spec.minAvailable"));
    } else if at(budget, "spec.maxUnavailable").is_some() {
        page.field("Max unavailable", scalar(budget, "spec.maxUnavailable"));
    }
    match at(budget, "spec.selector") {
        Some(_) => page.field("Selector", selector_line(budget, "spec.selector")),
        None => page.field("Selector", "<unset>"),
    }
    page.line(0, "Status:");
    for (title, field) in [
        ("Allowed disruptions", "disruptionsAllowed"),
        ("Current", "currentHealthy"),
        ("Desired", "desiredHealthy"),
        ("Total", "expectedPods"),
    ] {
        let count = number(budget, &format!("status.{field}"));
        page.line(2, format!("{title}:\t{count}"));
    }
}

/// A ServiceCIDR (`describeServiceCIDRV1`).
pub(super) fn service_cidr(page: &mut Page, range: &Yaml) {
    page.field("Name", text(range, "metadata.name"));
    metadata(page, range);
    page.field("CIDRs", texts(range, "spec.cidrs").join(", "));
    if !items(range, "status.conditions").is_empty() {
        page.line(0, "Status:");
    }
    conditions::with_changes(page, range);
}

/// An IPAddress (`describeIPAddressV1`).
pub(super) fn ip_address(page: &mut Page, address: &Yaml) {
    page.field("Name", text(address, "metadata.name"));
    metadata(page, address);
    if let Some(parent) = at(address, "spec.parentRef") {
        page.line(0, "Parent Reference:");
        for (title, field) in [
            ("Group", "group"),
            ("Resource", "resource"),
            ("Namespace", "namespace"),
            ("Name", "name"),
        ] {
            page.line(1, format!("{title}:\t{}", text(parent, field)));
        }
    }
}

fn in_brackets(object: &Yaml, path: &str) -> String {
    format!("[{}]", texts(object, path).join(" "))
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use super::super::tests::described;

    #[test]
    fn a_claim_names_the_pods_that_use_it() {
        let claim = r#"{"kind": "PersistentVolumeClaim", "metadata": {"name": "data", "namespace": "dev"},
            "spec": {"storageClassName": "fast"}}"#;
        let pod = r#"{"kind": "Pod", "metadata": {"name": "db", "namespace": "dev"},
            "spec": {"volumes": [{"name": "v", "persistentVolumeClaim": {"claimName": "data"}}]}}"#;
        expect![[r#"
            Name:          data
            Namespace:     dev
            StorageClass:  fast
            Status:        Pending
            Volume:        
            Labels:        <none>
            Annotations:   <none>
            Finalizers:    []
            Capacity:      
            Access Modes:  
            VolumeMode:    Filesystem
            Used By:       db
            Events:        <none>
        "#]]
        .assert_eq(&described(&[claim, pod]));
    }

    #[test]
    fn a_budget_prints_what_it_allows_now() {
        let selector = r#"{"matchLabels": {"app": "web"}}"#;
        let said = described(&[&format!(
            r#"{{"kind": "PodDisruptionBudget", "metadata": {{"name": "web", "namespace": "dev"}},
                "spec": {{"minAvailable": 1, "selector": {selector}}}}}"#
        )]);
        expect![[r#"
            Name:           web
            Namespace:      dev
            Min available:  1
            Selector:       app=web
            Status:
                Allowed disruptions:  0
                Current:              0
                Desired:              0
                Total:                0
            Events:                   <none>
        "#]]
        .assert_eq(&said);
    }

    #[test]
    fn a_storage_class_has_the_servers_defaults() {
        let said = described(&[
            r#"{"kind": "StorageClass", "metadata": {"name": "fast"}, "provisioner": "p.example", "mountOptions": ["ro"]}"#,
        ]);
        expect![[r#"
            Name:                  fast
            IsDefaultClass:        No
            Annotations:           <none>
            Provisioner:           p.example
            Parameters:            <none>
            AllowVolumeExpansion:  <unset>
            MountOptions:
              ro
            ReclaimPolicy:      Delete
            VolumeBindingMode:  Immediate
            Events:             <none>
        "#]]
        .assert_eq(&said);
    }

    #[test]
    fn a_priority_class_preempts_by_default() {
        let said = described(&[
            r#"{"kind": "PriorityClass", "metadata": {"name": "high"}, "value": 1000, "description": "first"}"#,
        ]);
        expect![[r#"
            Name:              high
            Value:             1000
            GlobalDefault:     false
            PreemptionPolicy:  PreemptLowerPriority
            Description:       first
            Annotations:       <none>
            Events:            <none>
        "#]]
        .assert_eq(&said);
    }

    #[test]
    fn an_address_prints_its_parent() {
        let parent =
            r#"{"group": "", "resource": "services", "namespace": "default", "name": "web"}"#;
        let said = described(&[&format!(
            r#"{{"kind": "IPAddress", "metadata": {{"name": "10.96.0.1"}}, "spec": {{"parentRef": {parent}}}}}"#
        )]);
        expect![[r#"
            Name:         10.96.0.1
            Labels:       <none>
            Annotations:  <none>
            Parent Reference:
              Group:      
              Resource:   services
              Namespace:  default
              Name:       web
            Events:       <none>
        "#]]
        .assert_eq(&said);
    }
}
