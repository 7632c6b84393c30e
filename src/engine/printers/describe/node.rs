//! `kubectl describe node`.

use super::conditions::{self, ConfirmedTime};
use super::{DescribeContext, metadata};
use crate::cluster::object::Resources;
use crate::manifest::tree::{Yaml, YamlEntry};
use crate::printers::age::{long_date, since};
use crate::printers::allocated::{limits, requests};
use crate::printers::fields::{at, is_true, items, printed, roles, text, texts};
use crate::printers::store::Item;
use crate::printers::table::Page;
use crate::quantity::Quantity;
use crate::sort;

/// When the kubelet reported a condition last.
const HEARTBEAT: ConfirmedTime = ConfirmedTime {
    field: "lastHeartbeatTime",
    title: "LastHeartbeatTime",
};

pub(crate) fn node(page: &mut Page, node: &Yaml, context: DescribeContext) {
    let name = text(node, "metadata.name");
    page.field("Name", name);
    page.field("Roles", roles(node));
    metadata(page, node);
    page.field(
        "CreationTimestamp",
        long_date(text(node, "metadata.creationTimestamp")),
    );
    page.list("Taints", &taints(node));
    page.field(
        "Unschedulable",
        is_true(node, "spec.unschedulable").to_string(),
    );
    // There is no kubelet that would renew a lease.
    page.field(
        "Lease",
        format!("Failed to get lease: leases.coordination.k8s.io \"{name}\" not found"),
    );
    conditions::with_confirmations(page, node, &HEARTBEAT);
    page.line(0, "Addresses:");
    for address in items(node, "status.addresses") {
        page.line(
            1,
            format!("{}:\t{}", text(address, "type"), text(address, "address")),
        );
    }
    capacity(page, node, "Capacity", "status.capacity");
    capacity(page, node, "Allocatable", "status.allocatable");
    system_info(page, node);
    page.field_if_set("PodCIDR", text(node, "spec.podCIDR"));
    page.field_if_set("PodCIDRs", texts(node, "spec.podCIDRs").join(","));
    page.field_if_set("ProviderID", text(node, "spec.providerID"));
    pods(page, node, context);
}

fn taints(node: &Yaml) -> Vec<String> {
    let mut taints: Vec<&Yaml> = items(node, "spec.taints").iter().collect();
    sort::sort_by_key(&mut taints, |taint| {
        format!("{},{}", text(taint, "effect"), text(taint, "key"))
    });
    taints.into_iter().map(taint).collect()
}

/// `key=value:effect`, of which value and effect may be missing.
fn taint(taint: &Yaml) -> String {
    let [key, value, effect] = ["key", "value", "effect"].map(|field| text(taint, field));
    match (value, effect) {
        ("", "") => key.to_owned(),
        (value, "") => format!("{key}={value}:"),
        ("", effect) => format!("{key}:{effect}"),
        (value, effect) => format!("{key}={value}:{effect}"),
    }
}

fn capacity(page: &mut Page, node: &Yaml, title: &str, path: &str) {
    let entries = at(node, path).map(Yaml::entries).unwrap_or_default();
    let mut amounts: Vec<(&str, String)> = entries
        .iter()
        .map(|entry| (entry.key.as_str(), printed(&entry.value)))
        .collect();
    sort::sort(&mut amounts);
    if !amounts.is_empty() {
        page.line(0, format!("{title}:"));
    }
    for (name, amount) in amounts {
        page.line(1, format!("{name}:\t{amount}"));
    }
}

fn system_info(page: &mut Page, node: &Yaml) {
    const LINES: [(&str, &str); 9] = [
        ("Machine ID", "machineID"),
        ("System UUID", "systemUUID"),
        ("Boot ID", "bootID"),
        ("Kernel Version", "kernelVersion"),
        ("OS Image", "osImage"),
        ("Operating System", "operatingSystem"),
        ("Architecture", "architecture"),
        ("Container Runtime Version", "containerRuntimeVersion"),
        ("Kubelet Version", "kubeletVersion"),
    ];
    page.line(0, "System Info:");
    for (title, field) in LINES {
        page.line(
            1,
            format!(
                "{title}:\t{}",
                text(node, &format!("status.nodeInfo.{field}"))
            ),
        );
    }
}

/// The pods on the node that have not ended, and how much of the node they asked for (`describeNodeResource`).
fn pods(page: &mut Page, node: &Yaml, context: DescribeContext) {
    let name = text(node, "metadata.name");
    let is_here = |pod: &&Item| {
        pod.text("spec.nodeName") == name
            && !matches!(pod.text("status.phase"), "Succeeded" | "Failed")
    };
    let pods: Vec<&Item> = context
        .store
        .list("Pod", None)
        .into_iter()
        .filter(is_here)
        .collect();
    let node_has = room(node);
    page.line(
        0,
        format!("Non-terminated Pods:\t({} in total)", pods.len()),
    );
    page.line(
        1,
        "Namespace\tName\t\tCPU Requests\tCPU Limits\tMemory Requests\tMemory Limits\tAge",
    );
    page.line(
        1,
        "---------\t----\t\t------------\t----------\t---------------\t-------------\t---",
    );
    let mut total = [Resources::default(), Resources::default()];
    for pod in pods {
        let asked = [requests(&pod.tree), limits(&pod.tree)];
        let cell = |resource: &str, of: usize| share(resource, asked[of].get(resource), node_has);
        let cells = [
            cell("cpu", 0),
            cell("cpu", 1),
            cell("memory", 0),
            cell("memory", 1),
        ]
        .join("\t");
        let age = since(pod.text("metadata.creationTimestamp"), context.now);
        page.line(
            1,
            format!(
                "{}\t{}\t\t{cells}\t{age}",
                pod.name.namespace, pod.name.name
            ),
        );
        for (total, asked) in total.iter_mut().zip(asked) {
            total.add(&asked);
        }
    }
    allocated_resources(page, total, node_has);
}

/// What pods may have of a node: what is allocatable, or all of it if the kubelet did not say.
fn room(node: &Yaml) -> &[YamlEntry] {
    ["status.allocatable", "status.capacity"]
        .iter()
        .filter_map(|path| at(node, path))
        .map(Yaml::entries)
        .find(|entries| !entries.is_empty())
        .unwrap_or_default()
}

/// An amount and its percentage of what the node has, in Go's floating-point numbers, cut to a whole one: 290m of one
/// CPU are 28 %.
fn share(resource: &str, amount: Option<Quantity>, node_has: &[YamlEntry]) -> String {
    let amount = amount.unwrap_or_default();
    let count = |quantity: Quantity| match resource {
        "cpu" => quantity.milli_value(),
        _ => quantity.value(),
    };
    let whole = node_has.iter().find(|entry| entry.key == resource);
    let whole = whole.and_then(|entry| Quantity::read(&printed(&entry.value)));
    let percent = match count(whole.unwrap_or_default()) {
        0 => 0,
        whole => (count(amount) as f64 / whole as f64 * 100.0) as i64,
    };
    format!("{amount} ({percent}%)")
}

/// How much of each resource the pods of a node asked for: `total` has their requests and their limits. Extended
/// resources come last and have no percentages.
fn allocated_resources(page: &mut Page, total: [Resources; 2], node_has: &[YamlEntry]) {
    const STANDARD: [&str; 3] = ["cpu", "memory", "ephemeral-storage"];
    page.line(0, "Allocated resources:");
    page.line(
        1,
        "(Total limits may be over 100 percent, i.e., overcommitted.)",
    );
    page.line(1, "Resource\tRequests\tLimits");
    page.line(1, "--------\t--------\t------");
    let mut names: Vec<&str> = node_has.iter().map(|entry| entry.key.as_str()).collect();
    sort::sort(&mut names);
    let (huge_pages, others): (Vec<&str>, Vec<&str>) = names
        .into_iter()
        .partition(|name| name.starts_with("hugepages-"));
    for resource in STANDARD.into_iter().chain(huge_pages) {
        let [requests, limits] =
            [&total[0], &total[1]].map(|all| share(resource, all.get(resource), node_has));
        page.line(1, format!("{resource}\t{requests}\t{limits}"));
    }
    let is_extended = |name: &&str| *name != "pods" && !STANDARD.contains(name);
    for resource in others.into_iter().filter(is_extended) {
        let [requests, limits] =
            [&total[0], &total[1]].map(|all| all.get(resource).unwrap_or_default());
        page.line(1, format!("{resource}\t{requests}\t{limits}"));
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::described;

    #[test]
    fn a_node_counts_what_its_pods_ask_for() {
        let node = r#"{"kind": "Node", "metadata": {"name": "n"}, "status": {"allocatable": {"cpu": "2", "memory": "1Gi"}}}"#;
        let resources = r#"{"requests": {"cpu": "250m"}, "limits": {"memory": "128Mi"}}"#;
        let spec = format!(
            r#"{{"nodeName": "n", "containers": [{{"resources": {resources}}}, {{"resources": {resources}}}]}}"#
        );
        let pod = format!(
            r#"{{"kind": "Pod", "metadata": {{"name": "p", "namespace": "default"}}, "spec": {spec}}}"#
        );
        let said = described(&[node, &pod]);
        assert!(
            said.contains("Non-terminated Pods:          (1 in total)"),
            "{said}"
        );
        assert!(
            said.contains("  cpu                500m (25%)  0 (0%)"),
            "{said}"
        );
        assert!(
            said.contains("  memory             0 (0%)      256Mi (25%)"),
            "{said}"
        );
    }

    #[test]
    fn huge_pages_have_percentages_and_extended_resources_have_none() {
        let room = r#"{"cpu": "1", "memory": "4Gi", "pods": "110", "hugepages-2Mi": "512Mi", "example.com/gpu": "4"}"#;
        let node = format!(
            r#"{{"kind": "Node", "metadata": {{"name": "n"}}, "status": {{"allocatable": {room}}}}}"#
        );
        let resources = r#"{"requests": {"cpu": "290m", "hugepages-2Mi": "128Mi", "example.com/gpu": "2"},
            "limits": {"hugepages-2Mi": "128Mi", "example.com/gpu": "2"}}"#;
        let pod = format!(
            r#"{{"kind": "Pod", "metadata": {{"name": "p", "namespace": "default"}},
                "spec": {{"nodeName": "n", "containers": [{{"resources": {resources}}}]}}}}"#
        );
        let said = described(&[&node, &pod]);
        let rows = "  cpu                290m (28%)   0 (0%)
  memory             0 (0%)       0 (0%)
  ephemeral-storage  0 (0%)       0 (0%)
  hugepages-2Mi      128Mi (25%)  128Mi (25%)
  example.com/gpu    2            2
";
        assert!(said.contains(rows), "{said}");
    }
}
