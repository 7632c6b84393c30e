//! The images of a workload's containers: `kubectl set image`.

use std::fmt;

use smol_str::SmolStr;

use super::Resolved;
use crate::kinds::Kind;
use crate::manifest::tree::{Yaml, YamlValue};
use crate::names::ObjectName;

/// A container with its image. The container `*` means all of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ContainerImage {
    /// The container's name.
    pub container: SmolStr,
    /// The image reference.
    pub image: SmolStr,
}

/// As `kubectl set image` reads it: `app=web:2`.
impl fmt::Display for ContainerImage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}={}", self.container, self.image)
    }
}

/// Whether the workload and, if one is named, the container exist.
pub(super) fn has_container(
    resolved: &Resolved,
    kind: Kind,
    name: &ObjectName,
    image: Option<&ContainerImage>,
) -> bool {
    let Some(stored) = resolved.get(kind, name) else {
        return false;
    };
    let Some(image) = image.filter(|image| image.container != "*") else {
        return true;
    };
    let spec = stored.tree.nearest(&"spec.template.spec".into());
    let lists = ["containers", "initContainers"].map(|list| spec.get(list));
    let mut containers = lists.into_iter().flatten().flat_map(Yaml::items);
    containers.any(|container| has_name(container, &image.container))
}

fn has_name(container: &Yaml, name: &str) -> bool {
    container.get("name").and_then(Yaml::as_str) == Some(name)
}

/// Writes an image, or the next one of the first container, into a template.
pub(super) fn set_image(template: &mut Yaml, image: Option<&ContainerImage>) {
    let Some(wanted) = image.cloned().or_else(|| next(template)) else {
        return;
    };
    let Some(spec) = template.get_mut("spec") else {
        return;
    };
    let is_meant = |own: &Yaml| wanted.container == "*" || has_name(own, &wanted.container);
    for list in ["containers", "initContainers"] {
        let containers = spec.get_mut(list).map(Yaml::items_mut).unwrap_or_default();
        for container in containers.iter_mut().filter(|own| is_meant(own)) {
            container.set("image", YamlValue::String(wanted.image.clone()));
        }
    }
}

/// The first container of a workload's template with the next tag of its image.
pub(super) fn next_of(
    resolved: &Resolved,
    kind: Kind,
    name: &ObjectName,
) -> Option<ContainerImage> {
    let stored = resolved.get(kind, name)?;
    next(stored.tree.get("spec")?.get("template")?)
}

fn next(template: &Yaml) -> Option<ContainerImage> {
    let containers = template.get("spec")?.get("containers")?;
    let first = containers.items().first()?;
    let image = first.get("image").and_then(Yaml::as_str);
    Some(ContainerImage {
        container: first.get("name")?.as_str()?.into(),
        image: next_image(image.unwrap_or_default()),
    })
}

/// The image with the tag after its own: `web:1.9` becomes `web:1.10`, `web` becomes `web:next`.
fn next_image(image: &str) -> SmolStr {
    let without_digest = image.split('@').next().unwrap_or_default();
    let name = without_digest.rsplit('/').next().unwrap_or_default();
    let Some((_, tag)) = name.rsplit_once(':') else {
        return format!("{without_digest}:next").into();
    };
    let text = tag.trim_end_matches(|letter: char| letter.is_ascii_digit());
    let base = &without_digest[..without_digest.len() - tag.len()];
    match tag[text.len()..].parse::<u64>() {
        Ok(number) => format!("{base}{text}{}", number.saturating_add(1)).into(),
        Err(_) => format!("{base}{tag}-next").into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_next_image_has_the_next_tag() {
        for (image, next) in [
            ("web:1.9", "web:1.10"),
            ("nginx", "nginx:next"),
            ("reg.example:5000/web", "reg.example:5000/web:next"),
            ("web:latest", "web:latest-next"),
            ("web:v2@sha256:abc", "web:v3"),
        ] {
            assert_eq!(next_image(image), next);
        }
    }
}
