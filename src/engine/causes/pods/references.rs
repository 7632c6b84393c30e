//! A reference to a variable that is not expanded: `http://$(HOST)` above the variable HOST, `${HOST}` without a shell.
//!
//! The kubelet replaces `$(NAME)` in values of variables, commands and arguments by the variables of `envFrom` and of
//! Services and by those of `env` that are listed before; it expands no other form and none of the image's variables
//! (kubernetes `pkg/kubelet/kubelet_pods.go`, `makeEnvironmentVariables`; `third_party/forked/golang/expansion`).

use smol_str::SmolStr;

use crate::causes::cause::{Cause, Evidence};
use crate::causes::edit::{pod_spec, replace_in};
use crate::causes::survey::Survey;
use crate::cluster::object::{Container, EnvVar, Pod};
use crate::cluster::service_variables::{service_variables, visible_services};
use crate::diagnostic::{Fault, Fix, PodFault, ReferenceFault};
use crate::manifest::tree::Yaml;
use crate::syntax::typo_distance;

/// Programs that read variables in a script.
const SHELLS: [&str; 5] = ["sh", "bash", "ash", "dash", "zsh"];

/// How the names of a Service's variables end. `missing_variables` reports those that are missing.
const OF_SERVICES: [&str; 2] = ["_SERVICE_HOST", "_SERVICE_PORT"];

/// A reference that stays as it is.
struct Left<'a> {
    /// The list that it is in: `env`, `command`, `args`.
    list: &'static str,
    /// Its place in the list.
    place: usize,
    /// The variable with it; empty in a command.
    variable: &'a str,
    /// The name.
    name: &'a str,
    why: ReferenceFault,
}

impl Left<'_> {
    /// The reference, as written.
    fn text(&self) -> String {
        let name = self.name;
        match self.why {
            ReferenceFault::InBraces => format!("${{{name}}}"),
            ReferenceFault::DefinedLater | ReferenceFault::NotDefined => format!("$({name})"),
        }
    }
}

/// The first such reference of each container, once for the pods of a workload.
pub(in crate::causes) fn check(survey: &Survey) -> Vec<Cause> {
    let firsts = survey.first_of_workloads(survey.resolved.cluster.each_pod());
    firsts.flat_map(|pod| of_pod(survey, pod)).collect()
}

fn of_pod(survey: &Survey, pod: &Pod) -> Vec<Cause> {
    let lists = [
        ("initContainers", &pod.spec.init_containers),
        ("containers", &pod.spec.containers),
    ];
    let mut causes = Vec::new();
    for (list, containers) in lists {
        for (index, container) in containers.iter().enumerate() {
            causes.extend(of_container(survey, pod, (list, index), container));
        }
    }
    causes
}

fn of_container(
    survey: &Survey,
    pod: &Pod,
    (list, index): (&str, usize),
    container: &Container,
) -> Option<Cause> {
    let left = in_values(container).or_else(|| in_words(container))?;
    let in_braces = left.why == ReferenceFault::InBraces;
    if !in_braces && is_of_elsewhere(survey, pod, container, left.name) {
        return None;
    }
    let near = container.env.iter().filter_map(|own| {
        let distance = typo_distance(left.name, &own.name)?;
        Some((distance, own.name.as_str()))
    });
    let near = near.filter(|_| left.why == ReferenceFault::NotDefined);
    let meant = near.min().map_or("", |(_, name)| name);
    let below = if left.list == "env" { ".value" } else { "" };
    let field = format!("spec.{list}[{index}].{}[{}]{below}", left.list, left.place);
    let fault = Fault::Pod(PodFault::ReferenceNotExpanded {
        container: container.name.to_string(),
        variable: left.variable.to_owned(),
        reference: left.text(),
        name: left.name.to_owned(),
        meant: meant.to_owned(),
        why: left.why,
    });
    let evidence = Evidence::of_pod(survey.resolved, pod, &field);
    let cause = Cause::certain(fault, evidence.into_iter().collect());
    let cause = cause.with_fix(fix(survey, pod, (list, index), &left, meant));
    Some(match left.why {
        ReferenceFault::DefinedLater => cause,
        // The program may replace it itself.
        ReferenceFault::NotDefined | ReferenceFault::InBraces => cause.possible(),
    })
}

/// In the value of a variable, which may name those before it.
fn in_values(container: &Container) -> Option<Left<'_>> {
    let has = |list: &[EnvVar], name: &str| list.iter().any(|own| own.name == name);
    let mut listed = container.env.iter().enumerate();
    listed.find_map(|(place, variable)| {
        let (before, after) = container.env.split_at_checked(place)?;
        let mut names = references(&variable.value, "$(", ')').into_iter();
        let name = names.find(|name| !has(before, name))?;
        let is_later = has(after, name) && variable.name != name;
        let why = if is_later {
            ReferenceFault::DefinedLater
        } else {
            ReferenceFault::NotDefined
        };
        Some(Left {
            list: "env",
            place,
            variable: &variable.name,
            name,
            why,
        })
    })
}

/// In a command that no shell runs.
fn in_words(container: &Container) -> Option<Left<'_>> {
    let has = |name: &str| container.env.iter().any(|own| own.name == name);
    let runs_script = |word: &SmolStr| {
        let program = word.rsplit('/').next().unwrap_or(word);
        SHELLS.contains(&program) || program.ends_with(".sh")
    };
    let words = || container.command.iter().chain(&container.args);
    // What the image runs may be a script.
    if container.command.is_empty() || words().any(runs_script) {
        return None;
    }
    let lists = [("command", &container.command), ("args", &container.args)];
    let mut numbered = lists.into_iter().flat_map(|(list, words)| {
        let numbered = words.iter().enumerate();
        numbered.map(move |(place, word)| (list, place, word))
    });
    numbered.find_map(|(list, place, word)| {
        let undefined = references(word, "$(", ')')
            .into_iter()
            .find(|own| !has(own));
        let undefined = undefined.map(|name| (name, ReferenceFault::NotDefined));
        let (name, why) = undefined.or_else(|| {
            let in_braces = references(word, "${", '}').into_iter().find(|own| has(own));
            in_braces.map(|name| (name, ReferenceFault::InBraces))
        })?;
        Some(Left {
            list,
            place,
            variable: "",
            name,
            why,
        })
    })
}

/// The names between `open` and `close` in a text; `$$` is a literal dollar sign.
fn references<'a>(text: &'a str, open: &str, close: char) -> Vec<&'a str> {
    let is_name = |name: &str| {
        let is_part = |c: char| c.is_ascii_alphanumeric() || c == '_';
        !name.is_empty() && name.chars().all(is_part)
    };
    let mut found = Vec::new();
    let mut rest = text;
    while let Some(at) = rest.find('$') {
        let here = rest.get(at..).unwrap_or_default();
        let reference = here
            .strip_prefix(open)
            .and_then(|own| own.split_once(close));
        rest = if let Some((name, behind)) = reference {
            found.extend(is_name(name).then_some(name));
            behind
        } else {
            let after = here.strip_prefix("$$").or_else(|| here.strip_prefix('$'));
            after.unwrap_or_default()
        };
    }
    found
}

/// Whether a variable may come from elsewhere than `env`, or is reported as missing elsewhere.
fn is_of_elsewhere(survey: &Survey, pod: &Pod, container: &Container, name: &str) -> bool {
    if !container.env_from.is_empty() || OF_SERVICES.iter().any(|end| name.ends_with(end)) {
        return true;
    }
    let services = visible_services(survey.resolved.cluster.services.values(), pod);
    let variables = service_variables(services);
    variables.iter().any(|own| own.name == name)
}

/// The form that the kubelet replaces, or the name that is meant.
fn fix(
    survey: &Survey,
    pod: &Pod,
    (list, index): (&str, usize),
    left: &Left,
    meant: &str,
) -> Option<Fix> {
    let (stored, spec) = pod_spec(survey.resolved, &pod.id())?;
    let container = spec.get(list)?.items().get(index)?;
    let item = container.get(left.list)?.items().get(left.place)?;
    let written: &Yaml = if left.list == "env" {
        item.get("value")?
    } else {
        item
    };
    let name = match left.why {
        ReferenceFault::InBraces => left.name,
        ReferenceFault::NotDefined if !meant.is_empty() => meant,
        ReferenceFault::NotDefined | ReferenceFault::DefinedLater => return None,
    };
    replace_in(stored, written, &left.text(), &format!("$({name})"))
}

#[cfg(test)]
mod tests {
    use crate::causes::tests::check_text;
    use crate::cluster::config::Config;
    use crate::diagnostic::{Fault, PodFault, Problem, ReferenceFault};

    /// The variable that is not expanded, why, and its line after the fix.
    fn left(container: &str) -> Option<(String, ReferenceFault, Option<String>)> {
        let text = format!(
            "apiVersion: v1\nkind: Pod\nmetadata: {{name: web}}\nspec:\n  containers:\n  - {{name: c, image: i, {container}}}\n"
        );
        let found = check_text(&text, &Config::default()).into_iter();
        let mut left = found.filter_map(|(found, fixed)| match found.problem {
            Problem::Cause(Fault::Pod(PodFault::ReferenceNotExpanded { name, why, .. })) => {
                let line = fixed.and_then(|text| text.lines().next_back().map(str::to_owned));
                Some((name, why, line))
            }
            _ => None,
        });
        left.next()
    }

    #[test]
    fn a_variable_names_only_those_before_it() {
        let later = left("env: [{name: URL, value: 'http://$(HOST)'}, {name: HOST, value: web}]");
        assert_eq!(
            later,
            Some(("HOST".to_owned(), ReferenceFault::DefinedLater, None))
        );
        let own = left("env: [{name: PATH, value: '/opt/bin:$(PATH)'}]");
        assert_eq!(
            own,
            Some(("PATH".to_owned(), ReferenceFault::NotDefined, None))
        );
        for known in [
            "env: [{name: HOST, value: web}, {name: URL, value: 'http://$(HOST)'}]",
            "env: [{name: URL, value: 'http://$$(HOST)'}]",
            "env: [{name: URL, value: 'http://$(KUBERNETES_PORT)'}]",
            "env: [{name: URL, value: '$(HOST)'}], envFrom: [{configMapRef: {name: own, optional: true}}]",
            "env: [{name: URL, value: 'http://${HOST}'}, {name: HOST, value: web}]",
            "command: [sh, -c, 'echo $(hostname) ${HOST}'], env: [{name: HOST, value: web}]",
        ] {
            assert_eq!(left(known), None, "{known}");
        }
    }

    #[test]
    fn the_kubelet_replaces_parentheses_only() {
        let braces = left("command: [serve, '--db=${HOST}'], env: [{name: HOST, value: db}]");
        let (name, why, line) = braces.expect("a cause");
        assert_eq!((name.as_str(), why), ("HOST", ReferenceFault::InBraces));
        assert!(line.is_some_and(|line| line.contains("--db=$(HOST)")));
    }

    #[test]
    fn a_misspelt_name_is_corrected() {
        let typo = left("command: [serve, '--db=$(HOTS)'], env: [{name: HOST, value: db}]");
        let (name, why, line) = typo.expect("a cause");
        assert_eq!((name.as_str(), why), ("HOTS", ReferenceFault::NotDefined));
        assert!(line.is_some_and(|line| line.contains("--db=$(HOST)")));
    }
}
