//! Rules for how a workload replaces its pods: `strategy` of a Deployment, `updateStrategy` of a DaemonSet or StatefulSet.

use super::values::not_negative;
use crate::apiserver::errors::{ApiError, forbidden, invalid, required, unsupported_value};
use crate::apiserver::field::Field;
use crate::apiserver::go_json::{text_in_json, to_json};
use crate::manifest::tree::YamlValue;
use crate::syntax::quote;

/// What is wrong with `strategy` of a Deployment.
pub(super) fn deployment_strategy(strategy: &Field) -> Vec<ApiError> {
    let update = strategy.child("rollingUpdate");
    match strategy.child("type").text() {
        "Recreate" if update.is_set() => {
            let detail = "may not be specified when strategy `type` is 'Recreate'";
            vec![forbidden(&update.path, detail)]
        }
        "Recreate" => Vec::new(),
        "RollingUpdate" => rolling_deployment(&update),
        _ => vec![unknown_strategy(strategy, &["Recreate", "RollingUpdate"])],
    }
}

/// What is wrong with `updateStrategy` of a DaemonSet.
pub(super) fn daemon_set_strategy(strategy: &Field) -> Vec<ApiError> {
    match strategy.child("type").text() {
        "OnDelete" => Vec::new(),
        "RollingUpdate" => rolling_daemon_set(&strategy.child("rollingUpdate")),
        _ => vec![unknown_strategy(strategy, &["RollingUpdate", "OnDelete"])],
    }
}

/// The server prints the whole strategy, in its own names.
fn unknown_strategy(strategy: &Field, known: &[&str]) -> ApiError {
    unsupported_value(
        &strategy.path,
        strategy_in_go(strategy),
        known.iter().copied(),
    )
}

fn strategy_in_go(strategy: &Field) -> String {
    let update = strategy.child("rollingUpdate");
    let count = |key: &'static str| to_json(update.child(key).node());
    let update = if update.is_set() {
        format!(
            r#"{{"MaxUnavailable":{},"MaxSurge":{}}}"#,
            count("maxUnavailable"),
            count("maxSurge")
        )
    } else {
        "null".to_owned()
    };
    format!(
        r#"{{"Type":{},"RollingUpdate":{update}}}"#,
        text_in_json(strategy.child("type").text())
    )
}

/// An update that may neither add a pod nor take one away would never end.
fn rolling_deployment(update: &Field) -> Vec<ApiError> {
    let (unavailable, surge) = (update.child("maxUnavailable"), update.child("maxSurge"));
    let mut errors = count_or_share(&unavailable);
    errors.extend(count_or_share(&surge));
    if is_zero(&unavailable) && is_zero(&surge) {
        let detail = "may not be 0 when `maxSurge` is 0";
        errors.push(invalid(
            &unavailable.path,
            to_json(unavailable.node()),
            detail,
        ));
    }
    errors.extend(at_most_all(&unavailable));
    errors
}

/// A DaemonSet either adds a pod to a node first or takes one away first.
fn rolling_daemon_set(update: &Field) -> Vec<ApiError> {
    let (unavailable, surge) = (update.child("maxUnavailable"), update.child("maxSurge"));
    let mut errors = count_or_share(&unavailable);
    errors.extend(count_or_share(&surge));
    errors.extend(at_most_all(&unavailable));
    errors.extend(at_most_all(&surge));
    match (is_zero(&unavailable), is_zero(&surge)) {
        (false, false) => {
            let detail = "may not be set when maxUnavailable is non-zero";
            errors.push(invalid(&surge.path, to_json(surge.node()), detail));
        }
        (true, true) => errors.push(required(
            &unavailable.path,
            "cannot be 0 when maxSurge is 0",
        )),
        (true, false) | (false, true) => {}
    }
    errors
}

fn is_zero(field: &Field) -> bool {
    match field.node().map(|node| &node.value) {
        Some(YamlValue::String(text)) => share_of(text).map_or_else(
            // A text that is no share counts as the number it holds, or as none.
            || text.parse().unwrap_or(0_i64) == 0,
            |share| share == 0,
        ),
        Some(YamlValue::Int(number)) => *number == 0,
        Some(
            YamlValue::Null
            | YamlValue::Bool(_)
            | YamlValue::Float(_)
            | YamlValue::Seq(_)
            | YamlValue::Map(_),
        )
        | None => true,
    }
}

fn count_or_share(field: &Field) -> Vec<ApiError> {
    match field.node().map(|node| &node.value) {
        Some(YamlValue::String(share)) if share_of(share).is_none() => {
            let detail = "a valid percent string must be a numeric string followed by an ending '%' (e.g. '1%',  or '93%', regex used for validation is '[0-9]+%')";
            vec![invalid(&field.path, quote(share), detail)]
        }
        Some(
            YamlValue::Null
            | YamlValue::Bool(_)
            | YamlValue::Int(_)
            | YamlValue::Float(_)
            | YamlValue::String(_)
            | YamlValue::Seq(_)
            | YamlValue::Map(_),
        )
        | None => not_negative(field),
    }
}

fn at_most_all(field: &Field) -> Vec<ApiError> {
    let is_wrong = share_of(field.text()).is_some_and(|share| share > 100);
    let error = || {
        invalid(
            &field.path,
            quote(field.text()),
            "must not be greater than 100%",
        )
    };
    if is_wrong { vec![error()] } else { Vec::new() }
}

fn share_of(text: &str) -> Option<u64> {
    let digits = text
        .strip_suffix('%')
        .filter(|digits| digits.bytes().all(|byte| byte.is_ascii_digit()))?;
    digits.parse().ok()
}

/// What is wrong with `updateStrategy` of a StatefulSet.
pub(super) fn stateful_set_strategy(strategy: &Field) -> Vec<ApiError> {
    let (kind, update) = (strategy.child("type"), strategy.child("rollingUpdate"));
    match kind.text() {
        "" => vec![required(&kind.path, "")],
        "OnDelete" if update.is_set() => {
            let detail = "only allowed for updateStrategy 'RollingUpdate'";
            vec![invalid(&update.path, rolling_set_in_go(&update), detail)]
        }
        "OnDelete" => Vec::new(),
        "RollingUpdate" => rolling_stateful_set(&update),
        _ => {
            let detail = "must be 'RollingUpdate' or 'OnDelete'";
            vec![invalid(
                &strategy.path,
                stateful_strategy_in_go(strategy),
                detail,
            )]
        }
    }
}

/// `maxUnavailable` is optional, and not zero.
fn rolling_stateful_set(update: &Field) -> Vec<ApiError> {
    let unavailable = update.child("maxUnavailable");
    let mut errors = not_negative(&update.child("partition"));
    if unavailable.is_set() {
        errors.extend(count_or_share(&unavailable));
        if is_zero(&unavailable) {
            let value = to_json(unavailable.node());
            errors.push(invalid(&unavailable.path, value, "cannot be 0"));
        }
        errors.extend(at_most_all(&unavailable));
    }
    errors
}

fn stateful_strategy_in_go(strategy: &Field) -> String {
    let update = strategy.child("rollingUpdate");
    let kind = text_in_json(strategy.child("type").text());
    let update = if update.is_set() {
        rolling_set_in_go(&update)
    } else {
        "null".to_owned()
    };
    format!(r#"{{"Type":{kind},"RollingUpdate":{update}}}"#)
}

fn rolling_set_in_go(update: &Field) -> String {
    let (partition, unavailable) = (
        update.child("partition").int(),
        update.child("maxUnavailable"),
    );
    format!(
        r#"{{"Partition":{partition},"MaxUnavailable":{}}}"#,
        to_json(unavailable.node())
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_that_is_no_share_counts_as_the_number_it_holds() {
        let object = crate::apiserver::testing::node(r#"["0%","1%","x","0","5"]"#);
        let zero: Vec<bool> = Field::root(&object).items().iter().map(is_zero).collect();
        assert_eq!(zero, [true, false, true, true, false]);
    }

    #[test]
    fn an_update_that_may_move_nothing_is_refused() {
        let update = crate::apiserver::testing::node(r#"{"maxSurge":0,"maxUnavailable":"0%"}"#);
        assert_eq!(
            rolling_deployment(&Field::root(&update))[0].to_string(),
            r#"maxUnavailable: Invalid value: "0%": may not be 0 when `maxSurge` is 0"#
        );
    }
}
