//! Rules for `clusterIP`, `clusterIPs` and `ipFamilies` together (`ValidateServiceClusterIPsRelatedFields`).
//!
//! They are checked twice: before addresses are given out, so that giving can rely on them, and with all other fields.

use std::collections::BTreeSet;

use super::values::{address, one_of_when_set};
use crate::apiserver::errors::{ApiError, duplicate, invalid, required, unsupported};
use crate::apiserver::field::Field;
use crate::apiserver::go_json::to_json;
use crate::apiserver::service_spec::{HEADLESS, family_named};
use crate::names::Family;
use crate::syntax::{quote, sloppy_ip};

/// What is wrong with a Service's addresses and families.
pub(crate) fn errors(service: &Field) -> Vec<ApiError> {
    let spec = service.child("spec");
    if spec.child("type").text() == "ExternalName" {
        return Vec::new();
    }
    let mut errors = first_is_cluster_ip(&spec);
    errors.extend(families(&spec));
    let policies = ["PreferDualStack", "RequireDualStack", "SingleStack"];
    errors.extend(one_of_when_set(&spec.child("ipFamilyPolicy"), &policies));
    let malformed = malformed(&spec);
    let are_well_formed = malformed.is_empty();
    errors.extend(malformed);
    errors.extend(at_most_two(&spec));
    if are_well_formed {
        errors.extend(one_a_family(&spec));
        errors.extend(match_families(&spec));
    }
    errors
}

/// Whether a Service has no address of its own.
pub(crate) fn is_headless(spec: &Field) -> bool {
    spec.child("clusterIPs").list() == [HEADLESS]
}

fn first_is_cluster_ip(spec: &Field) -> Vec<ApiError> {
    let (one, all) = (spec.child("clusterIP"), spec.child("clusterIPs"));
    let wrong = |detail: &str| vec![invalid(&all.path, to_json(all.node()), detail)];
    match (one.text(), all.list().first()) {
        ("", None) => Vec::new(),
        ("", Some(_)) => wrong("must be empty when `clusterIP` is not specified"),
        (_, None) => vec![required(&all.path, "")],
        (one, Some(first)) if one == first => Vec::new(),
        (_, Some(_)) => wrong("first value must match `clusterIP`"),
    }
}

fn families(spec: &Field) -> Vec<ApiError> {
    let (mut errors, mut seen) = (Vec::new(), BTreeSet::new());
    for family in spec.child("ipFamilies").items() {
        if family_named(family.text()).is_none() {
            errors.push(unsupported(&family.path, family.text(), &["IPv4", "IPv6"]));
        }
        if !seen.insert(family.text()) {
            errors.push(duplicate(&family.path, quote(family.text())));
        }
    }
    errors
}

fn malformed(spec: &Field) -> Vec<ApiError> {
    let all = spec.child("clusterIPs");
    let check = |(place, field): (usize, Field)| match (place, field.text()) {
        (0, HEADLESS) if all.len() > 1 => {
            vec![invalid(
                &all.path,
                to_json(all.node()),
                "'None' must be the first and only value",
            )]
        }
        (0, HEADLESS) => Vec::new(),
        (_, _) => address(&field),
    };
    all.items()
        .into_iter()
        .enumerate()
        .flat_map(check)
        .collect()
}

fn at_most_two(spec: &Field) -> Vec<ApiError> {
    let all = spec.child("clusterIPs");
    let error = || {
        invalid(
            &all.path,
            to_json(all.node()),
            "may only hold up to 2 values",
        )
    };
    if all.len() > 2 {
        vec![error()]
    } else {
        Vec::new()
    }
}

fn one_a_family(spec: &Field) -> Vec<ApiError> {
    let all = spec.child("clusterIPs");
    let families: Vec<Family> = all
        .list()
        .iter()
        .filter_map(|ip| sloppy_ip(ip))
        .map(Family::of)
        .collect();
    let has_both = families.contains(&Family::V4) && families.contains(&Family::V6);
    let error = || {
        invalid(
            &all.path,
            to_json(all.node()),
            "may specify no more than one IP for each IP family",
        )
    };
    if all.len() > 1 && !has_both {
        vec![error()]
    } else {
        Vec::new()
    }
}

fn match_families(spec: &Field) -> Vec<ApiError> {
    if is_headless(spec) {
        return Vec::new();
    }
    let families = spec.child("ipFamilies").list();
    let mut errors = Vec::new();
    for (place, (address, family)) in spec
        .child("clusterIPs")
        .items()
        .iter()
        .zip(&families)
        .enumerate()
    {
        let is = sloppy_ip(address.text()).map(Family::of);
        if let Some(wanted) =
            family_named(family).filter(|&wanted| is.is_some_and(|is| is != wanted))
        {
            let detail =
                format!("expected an {wanted} value as indicated by `ipFamilies[{place}]`");
            errors.push(invalid(&address.path, quote(address.text()), detail));
        }
    }
    errors
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::apiserver::testing::node;

    fn found(spec: &str) -> Vec<String> {
        let service = node(&format!(r#"{{"spec":{spec}}}"#));
        errors(&Field::root(&service))
            .iter()
            .map(ApiError::to_string)
            .collect()
    }

    #[test]
    fn two_addresses_are_of_two_families_in_the_families_order() {
        assert_eq!(
            found(r#"{"clusterIP":"10.0.0.1","clusterIPs":["10.0.0.1","fd00::1"]}"#),
            [""; 0]
        );
        assert_eq!(
            found(r#"{"clusterIP":"fd00::1","clusterIPs":["fd00::1"],"ipFamilies":["IPv4"]}"#),
            [
                r#"spec.clusterIPs[0]: Invalid value: "fd00::1": expected an IPv4 value as indicated by `ipFamilies[0]`"#
            ]
        );
    }

    #[test]
    fn the_list_follows_the_single_address() {
        assert_eq!(
            found(r#"{"clusterIPs":["10.0.0.1"]}"#),
            [
                r#"spec.clusterIPs: Invalid value: ["10.0.0.1"]: must be empty when `clusterIP` is not specified"#
            ]
        );
    }
}
