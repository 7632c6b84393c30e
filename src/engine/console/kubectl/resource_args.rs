//! Which kinds and objects the words of a request mean: `svc,pods`, `svc web`, `svc/web`.

use super::command::{Arguments, Refusal};
use crate::api_resources::{self, Resource};

/// One part of a request: a kind, and one object of it or all.
pub(super) type RequestedResource = (&'static Resource, Option<String>);

/// Which kinds and names the words mean.
pub(super) fn wanted(
    arguments: &Arguments,
    command: &str,
) -> Result<Vec<RequestedResource>, Refusal> {
    let Some((types, names)) = arguments.words.split_first() else {
        return Err(nothing_asked_for(command));
    };
    let wanted = if arguments.words.iter().any(|word| word.contains('/')) {
        arguments
            .words
            .iter()
            .map(|word| type_and_name(word))
            .collect::<Result<Vec<RequestedResource>, Refusal>>()?
    } else {
        types_and_names(types, names)?
    };
    let has_names = wanted.iter().any(|(_, name)| name.is_some());
    let selector = arguments
        .selector
        .as_ref()
        .or(arguments.field_selector.as_ref());
    match (has_names, arguments.all_namespaces, selector) {
        (true, true, _) => Err(error(
            "a resource cannot be retrieved by name across all namespaces",
        )),
        (true, false, Some(_)) => Err(error(
            "name cannot be provided when a selector is specified",
        )),
        _ => Ok(wanted),
    }
}

fn types_and_names(types: &str, names: &[String]) -> Result<Vec<RequestedResource>, Refusal> {
    let mut resources = Vec::new();
    for word in types.split(',').filter(|word| !word.is_empty()) {
        resources.extend(resources_of(word)?);
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
    if name.contains('/') || name.is_empty() || kind.is_empty() {
        return Err(error(
            "arguments in resource/name form must have a single resource and name",
        ));
    }
    let resources = resources_of(kind)?;
    let [resource] = resources.as_slice() else {
        return Err(error(
            "arguments in resource/name form must have a single resource and name",
        ));
    };
    Ok((*resource, Some(name.to_owned())))
}

fn resources_of(word: &str) -> Result<Vec<&'static Resource>, Refusal> {
    match api_resources::named(word) {
        resources if resources.is_empty() => Err(error(&format!(
            "the server doesn't have a resource type {word:?}"
        ))),
        resources => Ok(resources),
    }
}

fn nothing_asked_for(command: &str) -> Refusal {
    let explain = match command {
        "get" => {
            "\nUse \"kubectl explain <resource>\" for a detailed description of that resource (e.g. kubectl explain pods)."
        }
        _ => "",
    };
    Refusal(format!(
        "You must specify the type of resource to {command}. Use \"kubectl api-resources\" for a complete list of \
         supported resources.\n\nerror: Required resource not specified.{explain}\nSee 'kubectl {command} -h' for help \
         and examples\n"
    ))
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
    fn names_go_with_one_kind_only() {
        assert_eq!(
            read(&["svc,po", "web"]),
            "error: you must specify only one resource\n"
        );
        assert!(
            read(&["svc", "po/b"])
                .starts_with("error: there is no need to specify a resource type")
        );
    }
}
