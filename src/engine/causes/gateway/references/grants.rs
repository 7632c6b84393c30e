//! Services of another namespace, which a ReferenceGrant there must permit.

use crate::causes::cause::{Cause, Evidence};
use crate::causes::survey::Survey;
use crate::cluster::object::TargetReference;
use crate::diagnostic::{Fault, Fix, GatewayFault, GrantMiss, Span};
use crate::kinds::Kind;
use crate::l7::gateway::{CompiledRoute, GROUP};
use crate::manifest::yaml_quote::quoted;
use crate::names::ObjectName;
use crate::resolve::Stored;

/// A ReferenceGrant that was meant for the reference and does not apply to it.
pub(in crate::causes) fn grant_misses(
    survey: &Survey,
    route: &CompiledRoute,
    target: &ObjectName,
) -> Option<Cause> {
    let (mut best, mut stored_grant) = (None, None);
    for (name, grant) in &survey.resolved.cluster.reference_grants {
        let is_there = name.namespace == target.namespace;
        let is_from = grant.spec.from.iter().any(|from| {
            from.group == GROUP
                && from.kind == route.kind.name()
                && from.namespace == route.name.namespace
        });
        let is_to = grant.spec.to.iter().any(|to| {
            let has_name = to.name.is_empty() || to.name == target.name;
            to.group.is_empty() && to.kind == "Service" && has_name
        });
        let why = match (is_there, is_from, is_to) {
            (true, false, _) => GrantMiss::From,
            (true, true, _) => GrantMiss::To,
            (false, true, true) => GrantMiss::Namespace,
            (false, _, _) => continue,
        };
        best = Some((name, why));
        stored_grant = survey.resolved.get(Kind::ReferenceGrant, name);
    }
    let (name, why) = best?;
    let fault = Fault::Gateway(GatewayFault::ReferenceGrantMisses {
        grant: name.to_string(),
        why,
        kind: route.kind.name().to_owned(),
        from: route.name.namespace.to_string(),
        service: target.name.to_string(),
        namespace: target.namespace.to_string(),
    });
    let field = match why {
        GrantMiss::From => "spec.from",
        GrantMiss::To => "spec.to",
        GrantMiss::Namespace => "metadata.namespace",
    };
    let evidence = stored_grant.map(|stored| Evidence::of(stored, field));
    let span = evidence.as_ref().and_then(|own| own.span);
    let fix = match (why, span) {
        (GrantMiss::Namespace, Some(span)) => Some(Fix {
            span,
            text: quoted(&target.namespace),
        }),
        (GrantMiss::From | GrantMiss::To, Some(_)) => {
            stored_grant.and_then(|stored| right_group(survey, stored, why, (route, target)))
        }
        (GrantMiss::Namespace | GrantMiss::From | GrantMiss::To, None) => None,
    };
    Some(Cause::certain(fault, evidence.into_iter().collect()).with_fix(fix))
}

/// The edit of the group of an entry that would apply with the right one.
fn right_group(
    survey: &Survey,
    stored: &Stored,
    why: GrantMiss,
    (route, target): (&CompiledRoute, &ObjectName),
) -> Option<Fix> {
    let spec = &survey
        .resolved
        .cluster
        .reference_grants
        .get(&stored.name)?
        .spec;
    let (list, entries, group) = match why {
        GrantMiss::From => ("from", &spec.from, GROUP),
        GrantMiss::To => ("to", &spec.to, ""),
        GrantMiss::Namespace => return None,
    };
    let is_meant = |entry: &TargetReference| match why {
        GrantMiss::From => {
            entry.kind == route.kind.name() && entry.namespace == route.name.namespace
        }
        GrantMiss::To | GrantMiss::Namespace => {
            entry.kind == "Service" && (entry.name.is_empty() || entry.name == target.name)
        }
    };
    let place = entries.iter().position(is_meant)?;
    let written = stored.tree.get("spec")?.get(list)?.items().get(place)?;
    let span = stored.span_of(written.get("group")?)?;
    Some(Fix {
        span,
        text: quoted(group),
    })
}

/// The edit that adds a ReferenceGrant for a backend of another namespace behind the document of its route.
pub(in crate::causes) fn one_more_grant(
    stored: &Stored,
    route: &CompiledRoute,
    target: &ObjectName,
) -> Option<Fix> {
    let end = stored.span_of(&stored.tree)?.end;
    let (kind, from) = (route.kind.name(), &route.name);
    let text = format!(
        "\n---\napiVersion: gateway.networking.k8s.io/v1\nkind: ReferenceGrant\nmetadata: {{name: {}, namespace: {}}}\nspec:\n  from: [{{group: gateway.networking.k8s.io, kind: {kind}, namespace: {}}}]\n  to: [{{group: \"\", kind: Service, name: {}}}]",
        quoted(&format!("{}-from-{}", target.name, from.namespace)),
        quoted(&target.namespace),
        quoted(&from.namespace),
        quoted(&target.name),
    );
    let is_document = stored.tree.span.start.column == 1;
    let span = Span { start: end, end };
    is_document.then_some(Fix { span, text })
}
