//! Which IP families a Service gets (`pkg/registry/core/service/storage/alloc.go`, `initIPFamilyFields`).
//!
//! This runs before any other check: `ipFamilyPolicy` and `ipFamilies` are filled in from each other, from `clusterIPs`
//! and from what the cluster has, and what cannot be is refused at once, alone.

use super::allocator::Allocator;
use crate::apiserver::errors::{ApiError, invalid};
use crate::apiserver::field::Field;
use crate::apiserver::go_json::to_json;
use crate::apiserver::service_spec::{
    DUAL, HEADLESS, SINGLE, family_named, set_list, set_text, texts,
};
use crate::apiserver::validation;
use crate::manifest::tree::{FieldPath, Yaml};
use crate::names::Family;
use crate::syntax::{quote, sloppy_ip};

/// Fills in `ipFamilyPolicy` and `ipFamilies` of a Service that is no ExternalName; `before` is what it replaces.
pub(crate) fn fill(
    service: &mut Yaml,
    before: Option<&Yaml>,
    allocator: &Allocator,
) -> Result<(), Vec<ApiError>> {
    default_policy(service, before);
    refuse(validation::cluster_ip_errors(&Field::root(service)))?;
    let mut errors = Vec::new();
    if let Some(before) = before {
        drop_secondary(service, before);
        errors.extend(reduced_errors(service, before));
    }
    errors.extend(single_stack_errors(service));
    errors.extend(infer_families(service, allocator));
    refuse(errors)?;
    if is_headless_without_selector(service) {
        both_families(service, allocator);
        return Ok(());
    }
    refuse(cluster_errors(service, allocator))?;
    complete(service, allocator);
    Ok(())
}

fn refuse(errors: Vec<ApiError>) -> Result<(), Vec<ApiError>> {
    if errors.is_empty() {
        Ok(())
    } else {
        Err(errors)
    }
}

fn default_policy(service: &mut Yaml, before: Option<&Yaml>) {
    if Field::root(service)
        .at(&["spec", "ipFamilyPolicy"])
        .is_set()
    {
        return;
    }
    let old = before
        .map(|old| Field::root(old).at(&["spec", "ipFamilyPolicy"]).text())
        .unwrap_or_default();
    let policy = match old {
        "" if is_headless_without_selector(service) => DUAL,
        "" => SINGLE,
        old => old,
    };
    set_text(service, "ipFamilyPolicy", policy);
}

/// A Service that becomes single-stack lets its second address and family go, unless it changes them otherwise.
fn drop_secondary(service: &mut Yaml, before: &Yaml) {
    if policy(service) != SINGLE {
        return;
    }
    for list in ["clusterIPs", "ipFamilies"] {
        let now = texts(service, list);
        if now.len() > 1 && now == texts(before, list) {
            set_list(service, list, &now[..1]);
        }
    }
}

/// A Service that stays dual-stack keeps its second address and family. Lists that are not written are filled in.
fn reduced_errors(service: &Yaml, before: &Yaml) -> Vec<ApiError> {
    let because = [("clusterIPs", "cluster IP"), ("ipFamilies", "IP family")];
    let is_reduced = |list: &'static str| {
        let now = texts(service, list).len();
        policy(service) != SINGLE && now > 0 && now < texts(before, list).len()
    };
    let error = |what| {
        let detail = format!("must be 'SingleStack' to release the secondary {what}");
        let field = FieldPath::from("spec.ipFamilyPolicy");
        invalid(&field, quote(policy(service)), detail)
    };
    because
        .into_iter()
        .filter(|(list, _)| is_reduced(list))
        .map(|(_, what)| error(what))
        .collect()
}

fn single_stack_errors(service: &Yaml) -> Vec<ApiError> {
    let because = [("clusterIPs", "cluster IPs"), ("ipFamilies", "IP families")];
    let is_wrong =
        |list: &'static str| policy(service) == SINGLE && texts(service, list).len() == 2;
    let error = |what| {
        let detail = format!(
            "must be 'RequireDualStack' or 'PreferDualStack' when multiple {what} are specified"
        );
        invalid(
            &FieldPath::from("spec.ipFamilyPolicy"),
            quote(policy(service)),
            detail,
        )
    };
    because
        .into_iter()
        .filter(|(list, _)| is_wrong(list))
        .map(|(_, what)| error(what))
        .collect()
}

/// A written address implies its family if `ipFamilies` is not written.
fn infer_families(service: &mut Yaml, allocator: &Allocator) -> Vec<ApiError> {
    let addresses = texts(service, "clusterIPs");
    let mut families = texts(service, "ipFamilies");
    let mut errors = Vec::new();
    for (place, address) in addresses
        .iter()
        .enumerate()
        .take_while(|(_, address)| *address != HEADLESS)
    {
        let Some(family) = sloppy_ip(address)
            .map(Family::of)
            .filter(|_| place >= families.len())
        else {
            continue;
        };
        if allocator.families().contains(&family) {
            families.push(family.to_string());
        } else {
            let field = Field::root(service).at(&["spec", "clusterIPs"]);
            let detail = format!("{family} is not configured on this cluster");
            errors.push(invalid(
                &field.path.index(place),
                to_json(field.node()),
                detail,
            ));
        }
    }
    if !families.is_empty() {
        set_list(service, "ipFamilies", &families);
    }
    errors
}

fn is_headless_without_selector(service: &Yaml) -> bool {
    let spec = Field::root(service).child("spec");
    spec.child("clusterIP").text() == HEADLESS && spec.child("selector").is_empty()
}

/// The endpoints of such a Service can be of either family, so it has both, even in a cluster with one.
fn both_families(service: &mut Yaml, allocator: &Allocator) {
    let mut families = families_or_default(service, allocator);
    if families.len() < 2 && policy(service) != SINGLE {
        families.extend(families.first().map(|first| other(first)));
    }
    set_list(service, "ipFamilies", &families);
}

fn cluster_errors(service: &Yaml, allocator: &Allocator) -> Vec<ApiError> {
    let spec = Field::root(service).child("spec");
    let mut errors = Vec::new();
    if policy(service) == DUAL && allocator.families().len() < 2 {
        let detail = "this cluster is not configured for dual-stack services";
        errors.push(invalid(
            &spec.child("ipFamilyPolicy").path,
            quote(DUAL),
            detail,
        ));
    }
    for family in spec.child("ipFamilies").items() {
        if family_named(family.text()).is_none_or(|wanted| !allocator.families().contains(&wanted))
        {
            errors.push(invalid(
                &family.path,
                quote(family.text()),
                "not configured on this cluster",
            ));
        }
    }
    errors
}

fn complete(service: &mut Yaml, allocator: &Allocator) {
    let mut families = families_or_default(service, allocator);
    if policy(service) != SINGLE && families.len() == 1 && allocator.families().len() == 2 {
        families.extend(families.first().map(|first| other(first)));
    }
    set_list(service, "ipFamilies", &families);
}

fn families_or_default(service: &Yaml, allocator: &Allocator) -> Vec<String> {
    let families = texts(service, "ipFamilies");
    if families.is_empty() {
        allocator
            .families()
            .first()
            .map(Family::to_string)
            .into_iter()
            .collect()
    } else {
        families
    }
}

fn other(family: &str) -> String {
    if family == "IPv4" { "IPv6" } else { "IPv4" }.to_owned()
}

fn policy(service: &Yaml) -> &str {
    Field::root(service).at(&["spec", "ipFamilyPolicy"]).text()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::apiserver::testing::node;

    fn filled(spec: &str, ranges: &[&str]) -> Result<Vec<String>, Vec<ApiError>> {
        let ranges: Vec<_> = ranges
            .iter()
            .map(|range| range.parse().expect("a literal range"))
            .collect();
        let mut service = node(&format!(r#"{{"spec":{spec}}}"#));
        fill(
            &mut service,
            None,
            &Allocator::with_ranges(&ranges, (30_000, 32_767)),
        )?;
        Ok(texts(&service, "ipFamilies"))
    }

    #[test]
    fn a_service_gets_the_primary_family_by_default() {
        let both = ["fd00:10:96::/112", "10.96.0.0/12"];
        assert_eq!(filled("{}", &both), Ok(vec!["IPv6".to_owned()]));
        assert_eq!(
            filled(r#"{"ipFamilyPolicy":"PreferDualStack"}"#, &both).map(|families| families.len()),
            Ok(2)
        );
        assert_eq!(
            filled(r#"{"ipFamilyPolicy":"PreferDualStack"}"#, &both[1..]),
            Ok(vec!["IPv4".to_owned()])
        );
        assert!(filled(r#"{"ipFamilyPolicy":"RequireDualStack"}"#, &both[1..]).is_err());
    }

    #[test]
    fn headless_without_a_selector_has_both_families_everywhere() {
        let families = filled(
            r#"{"clusterIP":"None","clusterIPs":["None"]}"#,
            &["10.96.0.0/12"],
        );
        assert_eq!(families, Ok(vec!["IPv4".to_owned(), "IPv6".to_owned()]));
    }
}
