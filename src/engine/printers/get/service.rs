//! `kubectl get services`.

use super::{Detail, Printer, age, name};
use crate::manifest::tree::Yaml;
use crate::printers::age::Timestamp;
use crate::printers::fields::{
    items, label_line, labels, load_balancer_addresses, number, or, text, texts,
};

pub(crate) const SERVICE: Printer = Printer {
    columns: &[
        "NAME",
        "TYPE",
        "CLUSTER-IP",
        "EXTERNAL-IP",
        "PORT(S)",
        "AGE",
    ],
    wide_columns: &["SELECTOR"],
    row,
};

/// How long the addresses of a load balancer may be where they are cut (`loadBalancerWidth`).
const LOAD_BALANCER_WIDTH: usize = 16;

fn row(service: &Yaml, detail: Detail, now: Timestamp) -> Vec<String> {
    let cluster_ip = texts(service, "spec.clusterIPs")
        .first()
        .copied()
        .unwrap_or("<none>");
    vec![
        name(service),
        text(service, "spec.type").to_owned(),
        cluster_ip.to_owned(),
        external_ip(service, detail),
        or(&ports(service), "<none>").to_owned(),
        age(service, now),
        label_line(&labels(service, "spec.selector")),
    ]
}

fn external_ip(service: &Yaml, detail: Detail) -> String {
    let external = texts(service, "spec.externalIPs").join(",");
    match text(service, "spec.type") {
        "ClusterIP" | "NodePort" => or(&external, "<none>").to_owned(),
        "LoadBalancer" => {
            let given = given_addresses(service, detail);
            let both: Vec<&str> = [given.as_str(), external.as_str()]
                .into_iter()
                .filter(|it| !it.is_empty())
                .collect();
            or(&both.join(","), "<pending>").to_owned()
        }
        "ExternalName" => text(service, "spec.externalName").to_owned(),
        _ => "<unknown>".to_owned(),
    }
}

/// What the load balancer of a Service or Ingress got, in one line.
pub(crate) fn given_addresses(object: &Yaml, detail: Detail) -> String {
    let addresses = load_balancer_addresses(object).join(",");
    let cut = addresses.get(..LOAD_BALANCER_WIDTH - 3);
    match (detail, cut) {
        (Detail::Narrow, Some(cut)) if addresses.len() > LOAD_BALANCER_WIDTH => format!("{cut}..."),
        (Detail::Narrow | Detail::Wide, _) => addresses,
    }
}

fn ports(service: &Yaml) -> String {
    let port = |port: &Yaml| {
        let (number, protocol) = (number(port, "port"), text(port, "protocol"));
        match self::number(port, "nodePort") {
            ..=0 => format!("{number}/{protocol}"),
            node_port => format!("{number}:{node_port}/{protocol}"),
        }
    };
    items(service, "spec.ports")
        .iter()
        .map(port)
        .collect::<Vec<_>>()
        .join(",")
}

#[cfg(test)]
mod tests {
    use super::super::tests::cells;

    /// CLUSTER-IP, EXTERNAL-IP and PORT(S) of a Service.
    fn shown(spec: &str) -> String {
        cells(&format!(r#"{{"kind": "Service", "spec": {spec}}}"#))[2..5].join(" ")
    }

    #[test]
    fn each_type_shows_its_own_external_address() {
        let rows = [
            (
                r#"{"type": "ClusterIP", "clusterIPs": ["None"]}"#,
                "None <none> <none>",
            ),
            (
                r#"{"type": "LoadBalancer", "ports": [{"port": 80, "nodePort": 30080, "protocol": "TCP"}]}"#,
                "<none> <pending> 80:30080/TCP",
            ),
            (
                r#"{"type": "ExternalName", "externalName": "a.b"}"#,
                "<none> a.b <none>",
            ),
            (
                r#"{"type": "LoadBalancer", "externalIPs": ["1.2.3.4"]}"#,
                "<none> 1.2.3.4 <none>",
            ),
        ];
        for (spec, words) in rows {
            assert_eq!(shown(spec), words);
        }
    }
}
