//! Which kinds and objects the words of a request mean: `svc,pods`, `svc web`, `svc/web`.

use super::command::{Arguments, Refusal};
use crate::api_resources::{self, Resource, Scope};

/// One part of a request: a kind, and one object of it or all.
pub(super) type RequestedResource = (&'static Resource, Option<String>);

/// Which kinds and names the words mean (`Builder` of kubernetes `cli-runtime/pkg/resource`).
pub(super) fn wanted(
    arguments: &Arguments,
    command: &str,
) -> Result<Vec<RequestedResource>, Refusal> {
    let Some((types, names)) = arguments.words.split_first() else {
        return Err(nothing_asked_for(command));
    };
    let pairs = pairs(&arguments.words);
    if arguments.selects() && (pairs.is_some() || !names.is_empty()) {
        return Err(names_beside_selector(arguments));
    }
    let wanted = match pairs {
        Some(pairs) => pairs
            .iter()
            .map(|word| type_and_name(word))
            .collect::<Result<Vec<RequestedResource>, Refusal>>()?,
        None => types_and_names(types, names)?,
    };
    let is_of_a_namespace =
        |(resource, name): &RequestedResource| name.is_some() && resource.scope == Scope::Namespace;
    if arguments.all_namespaces && wanted.iter().any(is_of_a_namespace) {
        return Err(error(
            "a resource cannot be retrieved by name across all namespaces",
        ));
    }
    Ok(wanted)
}

/// The refusal of names beside a selector, which `--all` is, too.
pub(super) fn names_beside_selector(arguments: &Arguments) -> Refusal {
    error(match pairs(&arguments.words) {
        Some(_) => "selectors and the all flag cannot be used when passing resource/name arguments",
        None => "name cannot be provided when a selector is specified",
    })
}

/// The same for verbs that change what is named or selected, for which a kind alone does not mean all of its objects.
pub(super) fn named_or_selected(
    arguments: &Arguments,
    command: &str,
) -> Result<Vec<RequestedResource>, Refusal> {
    let wanted = wanted(arguments, command)?;
    if !arguments.selects() && wanted.iter().any(|(_, name)| name.is_none()) {
        return Err(error(
            "resource(s) were provided, but no name was specified",
        ));
    }
    Ok(wanted)
}

/// The words as `svc/web`, if they are written so; `svc,po web` is short for `svc/web po/web`.
fn pairs(words: &[String]) -> Option<Vec<String>> {
    let (types, names) = words.split_first()?;
    if types.contains(',') && !names.is_empty() {
        let of_type = |kind| names.iter().map(move |name| format!("{kind}/{name}"));
        return Some(types.split(',').flat_map(of_type).collect());
    }
    let is_paired = words.iter().any(|word| word.contains('/'));
    is_paired.then(|| words.to_vec())
}

fn types_and_names(types: &str, names: &[String]) -> Result<Vec<RequestedResource>, Refusal> {
    let mut resources: Vec<&'static Resource> = Vec::new();
    for word in types.split(',') {
        for resource in resources_of(word)? {
            if !resources.contains(&resource) {
                resources.push(resource);
            }
        }
    }
    if names.is_empty() {
        return Ok(resources
            .into_iter()
            .map(|resource| (resource, None))
            .collect());
    }
    match resources.as_slice() {
        [resource] => Ok(names
            .iter()
            .map(|name| (*resource, Some(name.clone())))
            .collect()),
        _ => Err(error("you must specify only one resource")),
    }
}

/// `svc/web`.
fn type_and_name(word: &str) -> Result<RequestedResource, Refusal> {
    const SEPARATE: &str = "there is no need to specify a resource type as a separate argument when passing arguments \
        in resource/name form (e.g. 'kubectl get resource/<resource_name>' instead of 'kubectl get resource \
        resource/<resource_name>'";
    let Some((kind, name)) = word.split_once('/') else {
        return Err(error(SEPARATE));
    };
    if name.contains('/') {
        return Err(error(
            "arguments in resource/name form may not have more than one slash",
        ));
    }
    if name.is_empty() || kind.is_empty() || kind.contains(',') {
        return Err(error(
            "arguments in resource/name form must have a single resource and name",
        ));
    }
    match resources_of(kind)?.as_slice() {
        [resource] => Ok((*resource, Some(name.to_owned()))),
        // `all` is no kind.
        _ => Err(unknown_type(kind)),
    }
}

fn resources_of(word: &str) -> Result<Vec<&'static Resource>, Refusal> {
    match api_resources::named(word) {
        resources if resources.is_empty() => Err(unknown_type(word)),
        resources => Ok(resources),
    }
}

/// The refusal of a kind that the server does not serve; of `foo.example.com` only `foo` is told.
pub(super) fn unknown_type(word: &str) -> Refusal {
    let name = word.split('.').next().unwrap_or_default();
    error(&format!("the server doesn't have a resource type {name:?}"))
}

fn nothing_asked_for(command: &str) -> Refusal {
    let must_specify = format!(
        "You must specify the type of resource to {command}. Use \"kubectl api-resources\" for a complete list of \
         supported resources."
    );
    match command {
        "get" => Refusal(format!(
            "{must_specify}\n\nerror: Required resource not specified.\nUse \"kubectl explain <resource>\" for a \
             detailed description of that resource (e.g. kubectl explain pods).\nSee 'kubectl get -h' for help and \
             examples\n"
        )),
        "describe" => error(&must_specify),
        _ => error(
            "You must provide one or more resources by argument or filename.\nExample resource specifications include:\n   \
             '-f rsrc.yaml'\n   '--filename=rsrc.json'\n   '<resource> <name>'\n   '<resource>'",
        ),
    }
}

/// The refusal of a command below a verb that kubectl does not know (`cmdutil.RequireNoArguments`).
pub(super) fn unknown_command(verb: &str, words: &[String]) -> Refusal {
    error(&format!(
        "unknown command {:?}\nSee 'kubectl {verb} -h' for help and examples",
        words.join(" ")
    ))
}

/// A refusal of kubectl itself.
pub(super) fn error(words: &str) -> Refusal {
    Refusal(format!("error: {words}\n"))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The kinds and names, or the refusal, of some words.
    fn read(words: &[&str]) -> String {
        let arguments = Arguments {
            words: words.iter().map(|word| (*word).to_owned()).collect(),
            ..Arguments::default()
        };
        let shown = |(resource, name): &RequestedResource| {
            format!("{resource} {}", name.as_deref().unwrap_or("*"))
        };
        match wanted(&arguments, "get") {
            Ok(wanted) => wanted.iter().map(shown).collect::<Vec<_>>().join(", "),
            Err(Refusal(words)) => words,
        }
    }

    #[test]
    fn kinds_and_names_may_stand_apart_or_together() {
        assert_eq!(read(&["svc,deploy"]), "services *, deployments.apps *");
        assert_eq!(read(&["po", "a", "b"]), "pods a, pods b");
        assert_eq!(read(&["svc/a", "po/b"]), "services a, pods b");
    }

    #[test]
    fn a_name_goes_with_each_of_several_kinds_but_not_with_all() {
        assert_eq!(read(&["svc,po", "web"]), "services web, pods web");
        assert_eq!(read(&["po,pods"]), "pods *");
        assert_eq!(
            read(&["all", "web"]),
            "error: you must specify only one resource\n"
        );
        assert_eq!(
            read(&["all/web"]),
            "error: the server doesn't have a resource type \"all\"\n"
        );
    }

    #[test]
    fn what_is_no_kind_and_name_is_refused() {
        assert!(
            read(&["svc", "po/b"])
                .starts_with("error: there is no need to specify a resource type")
        );
        for (word, refusal) in [
            (
                "svc/a/b",
                "arguments in resource/name form may not have more than one slash",
            ),
            (
                "svc/",
                "arguments in resource/name form must have a single resource and name",
            ),
            (
                "widgets.example.com/a",
                "the server doesn't have a resource type \"widgets\"",
            ),
            ("svc,", "the server doesn't have a resource type \"\""),
        ] {
            assert_eq!(read(&[word]), format!("error: {refusal}\n"), "{word}");
        }
    }

    #[test]
    fn names_go_neither_with_selectors_nor_with_all_namespaces() {
        let read = |line: &str, all_namespaces: bool, selector: &str| {
            let arguments = Arguments {
                words: line.split(' ').map(str::to_owned).collect(),
                all_namespaces,
                selector: Some(selector.to_owned()),
                ..Arguments::default()
            };
            match named_or_selected(&arguments, "label") {
                Ok(wanted) => wanted.len().to_string(),
                Err(Refusal(words)) => words,
            }
        };
        assert_eq!(
            read("svc web", true, "a=b"),
            "error: name cannot be provided when a selector is specified\n"
        );
        assert_eq!(
            read("svc/web", false, "a=b"),
            "error: selectors and the all flag cannot be used when passing resource/name arguments\n"
        );
        assert_eq!(
            read("svc web", true, ""),
            "error: a resource cannot be retrieved by name across all namespaces\n"
        );
        assert_eq!(read("node node-1", true, ""), "1");
        assert_eq!(
            read("svc", false, " "),
            "error: resource(s) were provided, but no name was specified\n"
        );
        assert_eq!(read("svc", false, "a=b"), "1");
    }
}
