//! `kubectl get` of who may do what: roles, their bindings and certificate requests
//! (`pkg/printers/internalversion/printers.go`).

use super::{Detail, Printer, age, name};
use crate::manifest::tree::Yaml;
use crate::printers::age::{Timestamp, human_duration};
use crate::printers::fields::{at, items, number, text, text_or};

pub(crate) const BINDING: Printer = Printer {
    columns: &["NAME", "ROLE", "AGE"],
    wide_columns: &["USERS", "GROUPS", "SERVICEACCOUNTS"],
    row: binding_row,
};

pub(crate) const CERTIFICATE_SIGNING_REQUEST: Printer = Printer {
    columns: &[
        "NAME",
        "AGE",
        "SIGNERNAME",
        "REQUESTOR",
        "REQUESTEDDURATION",
        "CONDITION",
    ],
    wide_columns: &[],
    row: request_row,
};

/// The columns of kinds without a printer of their own in the API server (`rest.NewDefaultTableConvertor`): roles, limit
/// ranges, custom resource definitions.
pub(crate) const CREATED_AT: Printer = Printer {
    columns: &["NAME", "CREATED AT"],
    wide_columns: &[],
    row: |object, _, _| {
        let created = text(object, "metadata.creationTimestamp");
        let created = Timestamp::read(created).map(Timestamp::written);
        vec![
            name(object),
            created.unwrap_or_else(|| "0001-01-01T00:00:00Z".to_owned()),
        ]
    },
};

fn binding_row(binding: &Yaml, _: Detail, now: Timestamp) -> Vec<String> {
    let role = ["roleRef.kind", "roleRef.name"].map(|field| text(binding, field));
    let [users, groups, accounts] =
        ["User", "Group", "ServiceAccount"].map(|kind| subjects(binding, kind));
    vec![
        name(binding),
        role.join("/"),
        age(binding, now),
        users,
        groups,
        accounts,
    ]
}

/// The subjects of a kind; ServiceAccounts are named with their namespaces (`rbac.SubjectsStrings`).
fn subjects(binding: &Yaml, kind: &str) -> String {
    let of_kind = items(binding, "subjects")
        .iter()
        .filter(|subject| text(subject, "kind") == kind);
    let told = of_kind.map(|subject| {
        let name = text(subject, "name");
        match kind {
            "ServiceAccount" => format!("{}/{name}", text(subject, "namespace")),
            _ => name.to_owned(),
        }
    });
    told.collect::<Vec<_>>().join(", ")
}

fn request_row(request: &Yaml, _: Detail, now: Timestamp) -> Vec<String> {
    let duration = match at(request, "spec.expirationSeconds") {
        Some(_) => human_duration(number(request, "spec.expirationSeconds")),
        None => "<none>".to_owned(),
    };
    vec![
        name(request),
        age(request, now),
        text_or(request, "spec.signerName", "<none>").to_owned(),
        text(request, "spec.username").to_owned(),
        duration,
        state(request),
    ]
}

/// Whether a request was approved, failed or led to a certificate (`extractCSRStatus`).
fn state(request: &Yaml) -> String {
    let has = |kind: &str| {
        let mut conditions = items(request, "status.conditions").iter();
        conditions.any(|condition| text(condition, "type") == kind)
    };
    let decision = if has("Denied") {
        "Denied"
    } else if has("Approved") {
        "Approved"
    } else {
        "Pending"
    };
    let failed = if has("Failed") { ",Failed" } else { "" };
    let issued = if text(request, "status.certificate").is_empty() {
        ""
    } else {
        ",Issued"
    };
    format!("{decision}{failed}{issued}")
}

#[cfg(test)]
mod tests {
    use super::super::tests::cells;

    #[test]
    fn a_binding_names_its_role_and_when_wide_its_subjects() {
        let row = cells(
            r#"{"kind": "RoleBinding", "metadata": {"name": "ci"}, "roleRef": {"kind": "ClusterRole", "name": "view"},
                "subjects": [{"kind": "User", "name": "ann"}, {"kind": "User", "name": "bob"},
                    {"kind": "ServiceAccount", "name": "ci", "namespace": "dev"}]}"#,
        );
        assert_eq!(
            row,
            [
                "ci",
                "ClusterRole/view",
                "<unknown>",
                "ann, bob",
                "",
                "dev/ci"
            ]
        );
    }

    #[test]
    fn a_role_prints_when_it_was_created() {
        let row = cells(
            r#"{"kind": "Role", "metadata": {"name": "reader", "creationTimestamp": "2026-01-01T00:00:00Z"}}"#,
        );
        assert_eq!(row, ["reader", "2026-01-01T00:00:00Z"]);
    }

    #[test]
    fn a_request_without_a_decision_is_pending() {
        let row = cells(
            r#"{"kind": "CertificateSigningRequest", "spec": {"signerName": "s.example/x", "expirationSeconds": 3600}}"#,
        );
        assert_eq!(row[2..], ["s.example/x", "", "60m", "Pending"]);
    }
}
