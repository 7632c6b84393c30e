//! The HTTPRoutes of a group: one for each Ingress and host, another one where plain HTTP leads to HTTPS, and one for a
//! default backend.

use kubehop_engine::cluster::object::{HttpPath, Ingress, IngressRule};
use serde_json::{Value, json};

use super::listeners::{HostPlan, shown};
use super::rules::{PathInHost, RouteRules};
use super::{Draft, IngressGroup, annotations};

/// The most rules of an HTTPRoute (its CRD).
const MOST_RULES: usize = 16;

/// All routes of a group.
pub(super) fn routes(group: &IngressGroup<'_>, plans: &[HostPlan<'_>]) -> Vec<Draft> {
    let mut drafts: Vec<Draft> = Vec::new();
    for &ingress in &group.ingresses {
        let begin = drafts.len();
        if !annotations::is_true(ingress, "canary") {
            for (index, plan) in hosts_of(ingress, plans).into_iter().enumerate() {
                let name = name(ingress, index);
                drafts.extend(of_host(group, ingress, plan, &name));
            }
        }
        drafts.extend(default_backend(group, ingress, plans));
        let notes = annotations::notes(ingress);
        let said = format!("Ingress {}/{}", group.namespace, ingress.metadata.name);
        match drafts.get_mut(begin) {
            Some(first) => {
                first.notes.splice(0..0, [said].into_iter().chain(notes));
            }
            None if notes.is_empty() => {}
            None => {
                // A canary is in the rules of another Ingress.
                if let Some(last) = drafts.last_mut() {
                    last.notes.extend([said].into_iter().chain(notes));
                }
            }
        }
    }
    drafts
}

/// The plans of an Ingress' hosts, each once.
fn hosts_of<'p, 'a>(ingress: &Ingress, plans: &'p [HostPlan<'a>]) -> Vec<&'p HostPlan<'a>> {
    let is_own =
        |plan: &&HostPlan<'_>| ingress.spec.rules.iter().any(|rule| rule.host == plan.host);
    plans.iter().filter(is_own).collect()
}

fn name(ingress: &Ingress, index: usize) -> String {
    // A suffix fits behind it: names have at most 253 characters.
    let name: String = ingress.metadata.name.chars().take(220).collect();
    match index {
        0 => name,
        index => format!("{name}-{}", index + 1),
    }
}

/// The routes of an Ingress for one host.
fn of_host(
    group: &IngressGroup<'_>,
    ingress: &Ingress,
    plan: &HostPlan<'_>,
    name: &str,
) -> Vec<Draft> {
    let is_expression = group.ingresses.iter().any(|one| {
        !annotations::is_true(one, "canary")
            && annotations::has_expressions(one)
            && one.spec.rules.iter().any(|rule| rule.host == plan.host)
    });
    let own = ingress
        .spec
        .rules
        .iter()
        .filter(|rule| rule.host == plan.host);
    let paths: Vec<PathInHost<'_>> = own
        .flat_map(paths_of)
        .map(|path| PathInHost {
            ingress,
            host: plan.host,
            path,
            is_expression,
        })
        .collect();
    let mut serving = RouteRules::default();
    serving.lead_to_root(ingress);
    for path in &paths {
        serving.serve(group, path);
    }
    if is_expression {
        serving.notes.push(format!(
            "ingress-nginx compared the paths of {} without regard to case, the longest expression first; an implementation of the Gateway API has an order of its own for expressions.",
            shown(plan.host)
        ));
    }
    let https = plan.https.as_ref().map(|https| https.name.as_str());
    match https.filter(|_| leads_to_https(ingress, plan)) {
        None => {
            let sections: Vec<&str> = [plan.http.as_str()].into_iter().chain(https).collect();
            drafts(group, plan, name, &sections, serving)
        }
        Some(https) => {
            let mut leading = RouteRules::default();
            leading.lead_to_root(ingress);
            for path in &paths {
                leading.lead_to_https(path);
            }
            leading.notes.clear();
            let mut all = drafts(group, plan, name, &[https], serving);
            let name = format!("{name}-to-https");
            all.extend(drafts(group, plan, &name, &[&plan.http], leading));
            all
        }
    }
}

fn paths_of(rule: &IngressRule) -> impl Iterator<Item = &HttpPath> {
    rule.http.iter().flat_map(|http| &http.paths)
}

/// Whether ingress-nginx leads plain HTTP to HTTPS: where there is a certificate, unless an annotation says otherwise,
/// and not where it redirects elsewhere.
fn leads_to_https(ingress: &Ingress, plan: &HostPlan<'_>) -> bool {
    let is_elsewhere = super::redirects::elsewhere(ingress).is_some();
    let is_forced = annotations::is_true(ingress, "force-ssl-redirect");
    let https = plan.https.as_ref().filter(|_| !plan.host.is_empty());
    let has_certificate = https.is_some_and(|https| https.has_certificate);
    !is_elsewhere
        && (is_forced || (has_certificate && !annotations::is_false(ingress, "ssl-redirect")))
}

/// A route of rules at listeners of a host, in as many objects as their number needs.
fn drafts(
    group: &IngressGroup<'_>,
    plan: &HostPlan<'_>,
    name: &str,
    sections: &[&str],
    rules: RouteRules,
) -> Vec<Draft> {
    let parents: Vec<Value> = sections
        .iter()
        .map(|section| json!({"name": plan.gateway, "sectionName": section}))
        .collect();
    let mut drafts: Vec<Draft> = Vec::new();
    for (index, chunk) in rules.rules.chunks(MOST_RULES).enumerate() {
        let mut spec = json!({"parentRefs": parents, "rules": chunk});
        if !plan.host.is_empty() {
            spec["hostnames"] = json!([plan.host]);
        }
        let name = match index {
            0 => name.to_owned(),
            index => format!("{name}-part-{}", index + 1),
        };
        drafts.push(Draft::new("HTTPRoute", group.namespace, &name, spec));
    }
    if let Some(first) = drafts.first_mut() {
        first.notes = rules.notes;
    }
    drafts
}

/// The route of a default backend, at every listener: its rule is the least specific one.
fn default_backend(
    group: &IngressGroup<'_>,
    ingress: &Ingress,
    plans: &[HostPlan<'_>],
) -> Option<Draft> {
    let backend = ingress.spec.default_backend.as_ref()?;
    let mut rules = RouteRules::default();
    let reference = rules.backend(group, ingress, backend);
    let mut parents: Vec<Value> = Vec::new();
    for plan in plans {
        let parent = json!({"name": plan.gateway});
        if !parents.contains(&parent) {
            parents.push(parent);
        }
    }
    let references: Vec<Value> = reference.into_iter().collect();
    let spec = json!({"parentRefs": parents, "rules": [{"backendRefs": references}]});
    let name = format!("{}-default", name(ingress, 0));
    let mut draft = Draft::new("HTTPRoute", group.namespace, &name, spec);
    draft.notes = rules.notes;
    Some(draft)
}
