//! A key that a pod needs of a ConfigMap or Secret that does not have it. The kubelet does not create a container with a
//! variable of such a key (kubernetes `pkg/kubelet/kubelet_pods.go`, `makeEnvironmentVariables`), and does not mount a
//! volume with such an item (`pkg/volume/{configmap,secret,projected}`). An object without any key is most likely filled
//! by a controller, as the token of a ServiceAccount is.

use super::needed_object::{has_live_status, items, of_kind, path_of_spec};
use crate::causes::cause::{Cause, Evidence};
use crate::causes::survey::Survey;
use crate::diagnostic::{Fault, Fix, PodFault};
use crate::kinds::Kind;
use crate::manifest::tree::{Yaml, YamlValue};
use crate::manifest::yaml_quote::quoted;
use crate::network::Network;
use crate::resolve::{NotModelled, Resolved, Stored};
use crate::syntax::typo_distance;
use crate::trace::Trace;

const CONFIG_MAP: &str = "ConfigMap";
const SECRET: &str = "Secret";

/// A controller fills Secrets of this type.
const TOKEN: &str = "kubernetes.io/service-account-token";

/// A key that a pod's spec names.
struct KeyReference<'a> {
    kind: &'static str,
    object: &'a str,
    key: &'a str,
    /// The field of the key, below `spec`.
    field: String,
    is_volume: bool,
}

/// Every workload and pod that needs a key that an object of the text does not have.
pub(in crate::causes) fn check(survey: &Survey) -> Vec<Cause> {
    let objects = survey.resolved.objects.iter();
    let causes = objects.filter_map(|stored| of_template(survey.resolved, stored));
    causes.collect()
}

/// The key that the pod that answered needs and does not get.
pub(in crate::causes) fn of_answer(network: &Network, trace: &Trace) -> Option<Cause> {
    let resolved = &network.resolved;
    let pod = network.cluster().pod(trace.answered_by()?)?.id();
    let own = resolved.get(Kind::Pod, &pod);
    of_template(resolved, own.or_else(|| resolved.workload_of(&pod))?)
}

fn of_template(resolved: &Resolved, stored: &Stored) -> Option<Cause> {
    stored.written?;
    if has_live_status(stored) {
        return None;
    }
    let path = path_of_spec(stored.kind)?;
    let references = references(stored.tree.at(&path)?);
    let (missing, own_keys) = references.into_iter().find_map(|reference| {
        let mut objects = of_kind(resolved, reference.kind);
        let object = objects.find(|own| {
            own.name.name == reference.object && own.namespace() == stored.name.namespace
        })?;
        let keys = keys(object);
        let is_missing = !keys.is_empty() && !keys.contains(&reference.key);
        is_missing.then_some((reference, keys))
    })?;
    let meant = own_keys.iter().copied().filter_map(|own| {
        let is_same = own.eq_ignore_ascii_case(missing.key);
        let distance = if is_same {
            Some(0)
        } else {
            typo_distance(missing.key, own)
        };
        Some((distance?, own))
    });
    let meant = meant.min().map(|(_, own)| own);
    let evidence = Evidence::of(stored, &format!("{}.{}", path.join("."), missing.field));
    let fix = meant.zip(evidence.span).map(|(meant, span)| Fix {
        span,
        text: quoted(meant),
    });
    let fault = Fault::Pod(PodFault::NeededKeyMissing {
        owner: format!("{} {}", stored.kind.name(), stored.name.name),
        kind: missing.kind.to_owned(),
        name: missing.object.to_owned(),
        key: missing.key.to_owned(),
        keys: own_keys.join(", "),
        meant: meant.unwrap_or_default().to_owned(),
        volume: missing.is_volume,
    });
    Some(Cause::certain(fault, vec![evidence]).with_fix(fix))
}

/// The keys of an object, none if a controller fills it.
fn keys(object: &NotModelled) -> Vec<&str> {
    let is_token = object.tree.get("type").and_then(Yaml::as_str) == Some(TOKEN);
    let fields = ["data", "binaryData", "stringData"].into_iter();
    let fields = fields.filter(|_| !is_token);
    let entries = fields.filter_map(|field| object.tree.get(field));
    let entries = entries.flat_map(Yaml::entries);
    entries.map(|entry| entry.key.as_str()).collect()
}

/// The keys that containers and volumes cannot do without.
fn references(spec: &Yaml) -> Vec<KeyReference<'_>> {
    let mut found = Vec::new();
    for list in ["initContainers", "containers"] {
        for (index, container) in items(spec, list) {
            for (variable, written) in items(container, "env") {
                let Some(from) = written.get("valueFrom") else {
                    continue;
                };
                let place = format!("{list}[{index}].env[{variable}].valueFrom");
                found.extend(of_variable(from, "configMapKeyRef", CONFIG_MAP, &place));
                found.extend(of_variable(from, "secretKeyRef", SECRET, &place));
            }
        }
    }
    for (index, volume) in items(spec, "volumes") {
        let place = format!("volumes[{index}]");
        found.extend(of_items(volume, ("configMap", "name"), CONFIG_MAP, &place));
        found.extend(of_items(volume, ("secret", "secretName"), SECRET, &place));
        let Some(projected) = volume.get("projected") else {
            continue;
        };
        for (source, written) in items(projected, "sources") {
            let place = format!("{place}.projected.sources[{source}]");
            found.extend(of_items(written, ("configMap", "name"), CONFIG_MAP, &place));
            found.extend(of_items(written, ("secret", "name"), SECRET, &place));
        }
    }
    found
}

/// The key of a variable; `None` if it is not of such an object or optional.
fn of_variable<'a>(
    from: &'a Yaml,
    field: &str,
    kind: &'static str,
    place: &str,
) -> Option<KeyReference<'a>> {
    let written = from.get(field).filter(|own| !is_optional(own))?;
    Some(KeyReference {
        kind,
        object: written.get("name")?.as_str()?,
        key: written.get("key")?.as_str()?,
        field: format!("{place}.{field}.key"),
        is_volume: false,
    })
}

/// The keys of a volume's items.
fn of_items<'a>(
    volume: &'a Yaml,
    (field, name): (&str, &str),
    kind: &'static str,
    place: &str,
) -> Vec<KeyReference<'a>> {
    let source = volume.get(field).filter(|own| !is_optional(own));
    let object = source.and_then(|own| own.get(name)?.as_str());
    let (Some(source), Some(object)) = (source, object) else {
        return Vec::new();
    };
    let items = items(source, "items");
    let keys = items.filter_map(|(index, item)| {
        Some(KeyReference {
            kind,
            object,
            key: item.get("key")?.as_str()?,
            field: format!("{place}.{field}.items[{index}].key"),
            is_volume: true,
        })
    });
    keys.collect()
}

fn is_optional(source: &Yaml) -> bool {
    let optional = source.get("optional").map(|own| &own.value);
    optional == Some(&YamlValue::Bool(true))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::causes::tests::check_text;
    use crate::cluster::config::Config;
    use crate::diagnostic::{Diagnostic, Problem};

    /// The key that the pod lacks, and the text after the fix.
    fn missing(data: &str, pod: &str) -> Option<(String, Option<String>)> {
        let found = check_text(&text(data, pod), &Config::default());
        found.into_iter().find_map(|(diagnostic, fixed)| {
            let Diagnostic { problem, .. } = diagnostic;
            match problem {
                Problem::Cause(Fault::Pod(PodFault::NeededKeyMissing { key, .. })) => {
                    Some((key, fixed))
                }
                _ => None,
            }
        })
    }

    fn text(data: &str, pod: &str) -> String {
        format!(
            "apiVersion: v1\nkind: Secret\nmetadata: {{name: db}}\n{data}\n---\n\
             apiVersion: v1\nkind: Pod\nmetadata: {{name: web}}\nspec: {pod}\n"
        )
    }

    fn with_variable(rest: &str) -> String {
        format!(
            "{{containers: [{{name: c, image: i, env: [{{name: P, valueFrom: {{secretKeyRef: {{name: db, {rest}}}}}}}]}}]}}"
        )
    }

    #[test]
    fn a_key_in_other_letters_is_mended() {
        let data = "stringData: {PASSWORD: x}";
        let mended = text(data, &with_variable("key: PASSWORD"));
        assert_eq!(
            missing(data, &with_variable("key: password")),
            Some(("password".to_owned(), Some(mended)))
        );
    }

    #[test]
    fn an_item_of_a_volume_names_a_key() {
        let pod = "{containers: [{name: c, image: i}], volumes: [{name: v, secret: {secretName: db, items: [{key: tls.crt, path: a}]}}]}";
        assert_eq!(
            missing("data: {ca.crt: eA==}", pod).map(|(key, _)| key),
            Some("tls.crt".to_owned())
        );
        assert_eq!(missing("data: {tls.crt: eA==}", pod), None);
    }

    #[test]
    fn objects_that_are_filled_later_and_optional_keys_are_left_alone() {
        let key = with_variable("key: password");
        for data in [
            "",
            "type: kubernetes.io/service-account-token\ndata: {a: eA==}",
        ] {
            assert_eq!(missing(data, &key), None, "{data}");
        }
        let optional = with_variable("key: password, optional: true");
        assert_eq!(missing("data: {a: eA==}", &optional), None);
    }
}
