//! `kubectl get` of what the API server asks before it stores an object, of the servers behind it and of how it shares
//! its time (`pkg/printers/internalversion/printers.go`, kube-aggregator's `apiservice/etcd`).

use super::{Detail, Printer, age, name};
use crate::manifest::tree::Yaml;
use crate::printers::age::Timestamp;
use crate::printers::fields::{at, items, number, or, scalar, text, text_or};

pub(crate) const WEBHOOKS: Printer = Printer {
    columns: &["NAME", "WEBHOOKS", "AGE"],
    wide_columns: &[],
    row: |webhooks, _, now| {
        let count = items(webhooks, "webhooks").len().to_string();
        vec![name(webhooks), count, age(webhooks, now)]
    },
};

pub(crate) const VALIDATING_ADMISSION_POLICY: Printer = Printer {
    columns: &["NAME", "VALIDATIONS", "PARAMKIND", "AGE"],
    wide_columns: &[],
    row: |policy, _, now| policy_row(policy, "spec.validations", now),
};

pub(crate) const MUTATING_ADMISSION_POLICY: Printer = Printer {
    columns: &["NAME", "MUTATIONS", "PARAMKIND", "AGE"],
    wide_columns: &[],
    row: |policy, _, now| policy_row(policy, "spec.mutations", now),
};

pub(crate) const ADMISSION_POLICY_BINDING: Printer = Printer {
    columns: &["NAME", "POLICYNAME", "PARAMREF", "AGE"],
    wide_columns: &[],
    row: |binding, _, now| {
        let policy = text(binding, "spec.policyName").to_owned();
        let parameter = match text(binding, "spec.paramRef.name") {
            "" => "<unset>".to_owned(),
            name => format!(
                "{}/{name}",
                text_or(binding, "spec.paramRef.namespace", "*")
            ),
        };
        vec![name(binding), policy, parameter, age(binding, now)]
    },
};

pub(crate) const API_SERVICE: Printer = Printer {
    columns: &["NAME", "SERVICE", "AVAILABLE", "AGE"],
    wide_columns: &[],
    row: |service, _, now| {
        let place = match at(service, "spec.service") {
            Some(place) => format!("{}/{}", text(place, "namespace"), text(place, "name")),
            None => "Local".to_owned(),
        };
        vec![
            name(service),
            place,
            availability(service),
            age(service, now),
        ]
    },
};

pub(crate) const FLOW_SCHEMA: Printer = Printer {
    columns: &[
        "NAME",
        "PRIORITYLEVEL",
        "MATCHINGPRECEDENCE",
        "DISTINGUISHERMETHOD",
        "AGE",
        "MISSINGPL",
    ],
    wide_columns: &[],
    row: schema_row,
};

pub(crate) const PRIORITY_LEVEL_CONFIGURATION: Printer = Printer {
    columns: &[
        "NAME",
        "TYPE",
        "NOMINALCONCURRENCYSHARES",
        "QUEUES",
        "HANDSIZE",
        "QUEUELENGTHLIMIT",
        "AGE",
    ],
    wide_columns: &[],
    row: level_row,
};

fn policy_row(policy: &Yaml, rules: &str, now: Timestamp) -> Vec<String> {
    let parameter = match at(policy, "spec.paramKind") {
        Some(kind) => format!("{}/{}", text(kind, "apiVersion"), text(kind, "kind")),
        None => "<unset>".to_owned(),
    };
    let count = items(policy, rules).len().to_string();
    vec![name(policy), count, parameter, age(policy, now)]
}

fn availability(service: &Yaml) -> String {
    let mut conditions = items(service, "status.conditions").iter();
    let Some(found) = conditions.find(|condition| text(condition, "type") == "Available") else {
        return "Unknown".to_owned();
    };
    match (text(found, "status"), text(found, "reason")) {
        ("True", _) => "True".to_owned(),
        (status, "") => status.to_owned(),
        (status, reason) => format!("{status} ({reason})"),
    }
}

fn schema_row(schema: &Yaml, _: Detail, now: Timestamp) -> Vec<String> {
    let mut conditions = items(schema, "status.conditions").iter();
    let dangling = conditions.find(|condition| text(condition, "type") == "Dangling");
    let level = "spec.priorityLevelConfiguration.name";
    let precedence = scalar(schema, "spec.matchingPrecedence");
    vec![
        name(schema),
        text(schema, level).to_owned(),
        or(&precedence, "1000").to_owned(),
        text_or(schema, "spec.distinguisherMethod.type", "<none>").to_owned(),
        age(schema, now),
        dangling
            .map_or("?", |condition| text(condition, "status"))
            .to_owned(),
    ]
}

/// The shares and queues of a priority level; the numbers are the server's defaults.
fn level_row(level: &Yaml, _: Detail, now: Timestamp) -> Vec<String> {
    let or_default = |of: Option<&Yaml>, field: &str, default: i64| match of {
        Some(of) if at(of, field).is_some() => number(of, field).to_string(),
        Some(_) => default.to_string(),
        None => "<none>".to_owned(),
    };
    let limited = at(level, "spec.limited");
    let queuing = at(level, "spec.limited.limitResponse.queuing");
    vec![
        name(level),
        text(level, "spec.type").to_owned(),
        or_default(limited, "nominalConcurrencyShares", 30),
        or_default(queuing, "queues", 64),
        or_default(queuing, "handSize", 8),
        or_default(queuing, "queueLengthLimit", 50),
        age(level, now),
    ]
}

#[cfg(test)]
mod tests {
    use super::super::tests::cells;

    #[test]
    fn webhooks_are_counted() {
        let row = cells(
            r#"{"kind": "ValidatingWebhookConfiguration", "metadata": {"name": "w"}, "webhooks": [{}, {}]}"#,
        );
        assert_eq!(row, ["w", "2", "<unknown>"]);
    }

    #[test]
    fn a_binding_without_a_namespace_may_mean_any() {
        let row = cells(
            r#"{"kind": "ValidatingAdmissionPolicyBinding", "spec": {"policyName": "p", "paramRef": {"name": "x"}}}"#,
        );
        assert_eq!(row[1..3], ["p", "*/x"]);
    }

    #[test]
    fn an_api_service_is_local_or_a_service() {
        let row = cells(
            r#"{"kind": "APIService", "spec": {"service": {"namespace": "kube-system", "name": "metrics-server"}},
                "status": {"conditions": [{"type": "Available", "status": "False", "reason": "MissingEndpoints"}]}}"#,
        );
        let expected = ["kube-system/metrics-server", "False (MissingEndpoints)"];
        assert_eq!(row[1..3], expected);
        assert_eq!(
            cells(r#"{"kind": "APIService"}"#)[1..3],
            ["Local", "Unknown"]
        );
    }

    #[test]
    fn a_priority_level_without_queues_has_none() {
        let row = cells(
            r#"{"kind": "PriorityLevelConfiguration", "spec": {"type": "Limited", "limited": {"limitResponse": {"type": "Reject"}}}}"#,
        );
        assert_eq!(row[1..6], ["Limited", "30", "<none>", "<none>", "<none>"]);
    }
}
