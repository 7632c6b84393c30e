//! Rules for probes and hooks (`validateProbe`, `validateHandler`, `validateLifecycle`).

use super::values::{not_negative, one_of, port_number, port_number_or_name};
use crate::apiserver::errors::{ApiError, forbidden, invalid, invalid_text, required};
use crate::apiserver::field::Field;
use crate::syntax::is_http_header_name;

/// The probes and hooks of a container of the pod with this spec, in the server's order.
pub(super) fn errors(spec: &Field, container: &Field) -> Vec<ApiError> {
    let grace = spec.child("terminationGracePeriodSeconds").int();
    let mut errors = Vec::new();
    for hook in ["postStart", "preStop"] {
        let handler = container.at(&["lifecycle", hook]);
        if handler.is_set() {
            errors.extend(handler_errors(
                &handler,
                &["exec", "httpGet", "tcpSocket", "sleep"],
            ));
            errors.extend(sleep(&handler, grace));
        }
    }
    for name in ["livenessProbe", "readinessProbe", "startupProbe"] {
        let probe = container.child(name);
        if probe.is_set() {
            errors.extend(probe_errors(name, &probe));
        }
    }
    errors
}

fn probe_errors(name: &str, probe: &Field) -> Vec<ApiError> {
    let mut errors = handler_errors(probe, &["exec", "httpGet", "tcpSocket", "grpc"]);
    for count in [
        "initialDelaySeconds",
        "timeoutSeconds",
        "periodSeconds",
        "successThreshold",
        "failureThreshold",
    ] {
        errors.extend(not_negative(&probe.child(count)));
    }
    let grace = probe.child("terminationGracePeriodSeconds");
    if grace.is_set() && grace.int() <= 0 {
        errors.push(invalid(
            &grace.path,
            grace.int().to_string(),
            "must be greater than 0",
        ));
    }
    let successes = probe.child("successThreshold");
    if name == "readinessProbe" && grace.is_set() {
        errors.push(invalid(
            &grace.path,
            grace.int().to_string(),
            "must not be set for readinessProbes",
        ));
    } else if name != "readinessProbe" && successes.int() != 1 {
        errors.push(invalid(
            &successes.path,
            successes.int().to_string(),
            "must be 1",
        ));
    }
    errors
}

/// A hook that only waits must be done when its pod has to be (`validateSleepAction`).
fn sleep(hook: &Field, grace: i64) -> Vec<ApiError> {
    let others = ["exec", "httpGet", "tcpSocket"];
    let (action, seconds) = (hook.child("sleep"), hook.at(&["sleep", "seconds"]).int());
    let is_looked_at = action.is_set() && !others.iter().any(|kind| hook.child(kind).is_set());
    let error = || {
        let detail =
            format!("must be non-negative and less than terminationGracePeriodSeconds ({grace})");
        invalid(&action.path, seconds.to_string(), detail)
    };
    if is_looked_at && !(0..=grace).contains(&seconds) {
        vec![error()]
    } else {
        Vec::new()
    }
}

/// A probe or hook does exactly one thing.
fn handler_errors(handler: &Field, kinds: &[&'static str]) -> Vec<ApiError> {
    let actions: Vec<Field> = kinds
        .iter()
        .map(|kind| handler.child(kind))
        .filter(Field::is_set)
        .collect();
    if actions.is_empty() {
        return vec![required(&handler.path, "must specify a handler type")];
    }
    let mut errors = Vec::new();
    for (place, action) in actions.iter().enumerate() {
        match place {
            0 => errors.extend(action_errors(handler, action)),
            _ => errors.push(forbidden(
                &action.path,
                "may not specify more than 1 handler type",
            )),
        }
    }
    errors
}

fn action_errors(handler: &Field, action: &Field) -> Vec<ApiError> {
    let is = |kind: &'static str| action.path == handler.path.key(kind);
    if is("exec") {
        let command = action.child("command");
        return if command.is_empty() {
            vec![required(&command.path, "")]
        } else {
            Vec::new()
        };
    }
    if is("httpGet") {
        return http_errors(action);
    }
    match () {
        () if is("tcpSocket") => port_number_or_name(&action.child("port")),
        () if is("grpc") => port_number(&action.child("port")),
        () => Vec::new(),
    }
}

fn http_errors(request: &Field) -> Vec<ApiError> {
    let path = request.child("path");
    let mut errors = if path.text().is_empty() {
        vec![required(&path.path, "")]
    } else {
        Vec::new()
    };
    errors.extend(port_number_or_name(&request.child("port")));
    errors.extend(one_of(&request.child("scheme"), &["HTTP", "HTTPS"]));
    let headers = request.child("httpHeaders");
    for name in headers
        .items()
        .iter()
        .map(|header| header.child("name").text())
    {
        errors.extend(invalid_text(&headers.path, name, is_http_header_name(name)));
    }
    errors
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::apiserver::testing::node;

    #[test]
    fn a_probe_does_exactly_one_thing() {
        let found = |json: &str| {
            let object = node(json);
            handler_errors(&Field::root(&object), &["exec", "tcpSocket"])
                .iter()
                .map(ApiError::to_string)
                .collect::<Vec<_>>()
        };
        assert_eq!(
            found("{}"),
            [": Required value: must specify a handler type"]
        );
        assert_eq!(
            found(r#"{"exec":{"command":["ok"]},"tcpSocket":{"port":80}}"#),
            ["tcpSocket: Forbidden: may not specify more than 1 handler type"]
        );
    }

    #[test]
    fn a_hook_may_not_wait_longer_than_its_pod_is_given() {
        let spec = node(r#"{"terminationGracePeriodSeconds":30}"#);
        let container = node(r#"{"lifecycle":{"preStop":{"sleep":{"seconds":31}}}}"#);
        assert_eq!(
            errors(&Field::root(&spec), &Field::root(&container))[0].to_string(),
            "lifecycle.preStop.sleep: Invalid value: 31: must be non-negative and less than terminationGracePeriodSeconds (30)"
        );
    }

    #[test]
    fn a_header_is_named_by_the_list_it_is_in() {
        let request =
            node(r#"{"path":"/","port":80,"scheme":"HTTP","httpHeaders":[{"name":"a b"}]}"#);
        assert!(
            http_errors(&Field::root(&request))[0]
                .to_string()
                .starts_with(r#"httpHeaders: Invalid value: "a b": a"#)
        );
    }
}
