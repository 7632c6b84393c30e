//! Rules for when a container is started again, by its own `restartPolicy` and by its exit code
//! (`validateContainerRestartPolicy`, `validateInitContainerRestartPolicy`; feature gate `ContainerRestartRules`, on since
//! 1.35).

use super::values::one_of_when_set;
use crate::apiserver::errors::{ApiError, required, too_long, unsupported};
use crate::apiserver::field::Field;

/// The policies, in the server's order.
const POLICIES: [&str; 3] = ["Always", "Never", "OnFailure"];
/// How a rule compares exit codes, in the server's order.
const OPERATORS: [&str; 2] = ["In", "NotIn"];
/// The maximum number of rules of a container.
const RULES: usize = 20;
/// The maximum number of exit codes of a rule.
const EXIT_CODES: usize = 255;

/// The errors of a container's policy and rules.
pub(super) fn of_container(container: &Field) -> Vec<ApiError> {
    let rules = container.child("restartPolicyRules");
    let mut errors = without_policy(container);
    errors.extend(one_of_when_set(
        &container.child("restartPolicy"),
        &POLICIES,
    ));
    if rules.len() > RULES {
        errors.push(too_long(&rules.path, RULES));
    }
    errors.extend(rules.items().iter().flat_map(rule));
    errors
}

/// The errors of an init container. The server does not look at its rules when it has no policy.
pub(super) fn of_init_container(container: &Field) -> Vec<ApiError> {
    if container.child("restartPolicy").is_set() {
        of_container(container)
    } else {
        without_policy(container)
    }
}

/// Rules say when a policy does not hold, so there is one.
fn without_policy(container: &Field) -> Vec<ApiError> {
    let policy = container.child("restartPolicy");
    if policy.is_set() || container.child("restartPolicyRules").is_empty() {
        return Vec::new();
    }
    let detail = "must specify restartPolicy when restart rules are used";
    vec![required(&policy.path, detail)]
}

fn rule(rule: &Field) -> Vec<ApiError> {
    // A pod may also be started again as a whole; the server does not list that action.
    const ACTIONS: [&str; 2] = ["Restart", "RestartAllContainers"];
    let (action, codes) = (rule.child("action"), rule.child("exitCodes"));
    let mut errors = Vec::new();
    if !ACTIONS.contains(&action.text()) {
        errors.push(unsupported(&action.path, action.text(), &ACTIONS[..1]));
    }
    if !codes.is_set() {
        errors.push(required(&codes.path, "must be specified"));
        return errors;
    }
    let (operator, values) = (codes.child("operator"), codes.child("values"));
    if !OPERATORS.contains(&operator.text()) {
        errors.push(unsupported(&operator.path, operator.text(), &OPERATORS));
    }
    if values.len() > EXIT_CODES {
        errors.push(too_long(&values.path, EXIT_CODES));
    }
    errors
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::apiserver::testing::node;

    fn found(check: fn(&Field) -> Vec<ApiError>, container: &str) -> Vec<String> {
        let container = node(container);
        let errors = check(&Field::root(&container));
        errors.iter().map(ApiError::to_string).collect()
    }

    #[test]
    fn rules_need_a_policy() {
        let rules = r#"{"restartPolicyRules":[{"action":"Restart"}]}"#;
        let policy =
            "restartPolicy: Required value: must specify restartPolicy when restart rules are used";
        assert_eq!(
            found(of_container, rules),
            [
                policy,
                "restartPolicyRules[0].exitCodes: Required value: must be specified",
            ]
        );
        assert_eq!(found(of_init_container, rules), [policy]);
        assert_eq!(found(of_init_container, "{}"), [""; 0]);
    }

    #[test]
    fn a_rule_compares_exit_codes() {
        let with = |rule: &str| {
            found(
                of_init_container,
                &format!(r#"{{"restartPolicy":"Never","restartPolicyRules":[{rule}]}}"#),
            )
        };
        let right = r#"{"action":"Restart","exitCodes":{"operator":"In","values":[42]}}"#;
        assert_eq!(with(right), [""; 0]);
        assert_eq!(
            with(r#"{"action":"Stop","exitCodes":{"operator":"Is"}}"#),
            [
                r#"restartPolicyRules[0].action: Unsupported value: "Stop": supported values: "Restart""#,
                r#"restartPolicyRules[0].exitCodes.operator: Unsupported value: "Is": supported values: "In", "NotIn""#,
            ]
        );
        let many = [right; 21].join(",");
        assert_eq!(
            with(&many),
            ["restartPolicyRules: Too long: may not be more than 20 bytes"]
        );
    }

    #[test]
    fn a_container_has_a_policy_of_three() {
        assert_eq!(
            found(of_container, r#"{"restartPolicy":"Sometimes"}"#),
            [
                r#"restartPolicy: Unsupported value: "Sometimes": supported values: "Always", "Never", "OnFailure""#
            ]
        );
    }
}
