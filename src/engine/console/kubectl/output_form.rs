//! `-o` of the commands that change something: the object as it is then, instead of what was done.

use serde_json::{Value, json};

use super::command::Refusal;
use super::print::json_text;
use super::resource_args::error;
use super::yaml;

/// A form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    /// What was done: `service/web created`.
    Line,
    /// `service/web`.
    Name,
    /// The object.
    Json,
    /// The object.
    Yaml,
}

impl Form {
    /// The form that the flag names.
    pub(super) fn of(output: Option<&str>) -> Result<Form, Refusal> {
        match output.unwrap_or_default() {
            "" => Ok(Form::Line),
            "name" => Ok(Form::Name),
            "json" => Ok(Form::Json),
            "yaml" => Ok(Form::Yaml),
            other => Err(error(&format!(
                "unable to match a printer suitable for the output format {other:?}, allowed formats are: json,name,yaml"
            ))),
        }
    }

    /// An object in this form; `done` is the line, which begins with its name.
    pub(super) fn text(self, done: &str, object: impl FnOnce() -> Value) -> String {
        match self {
            Form::Line => format!("{done}\n"),
            Form::Name => format!("{}\n", done.split(' ').next().unwrap_or_default()),
            Form::Json => json_text(&object()),
            Form::Yaml => yaml::write(&object()),
        }
    }

    /// Prints an object behind others.
    pub(super) fn add(self, printed: &mut String, done: &str, object: impl FnOnce() -> Value) {
        if self == Form::Yaml && !printed.is_empty() {
            *printed += "---\n";
        }
        *printed += &self.text(done, object);
    }

    /// Objects as `apply` prints them: several are a list.
    pub(super) fn list(self, mut objects: Vec<Value>) -> String {
        let object = match (objects.pop(), objects.is_empty()) {
            (None, _) => return String::new(),
            (Some(only), true) => only,
            (Some(last), false) => {
                objects.push(last);
                let metadata = json!({"resourceVersion": ""});
                json!({"apiVersion": "v1", "items": objects, "kind": "List", "metadata": metadata})
            }
        };
        self.text("", || object)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn objects_are_printed_one_after_another_or_as_a_list() {
        let object = || json!({"kind": "Pod"});
        let mut printed = String::new();
        for _ in 0..2 {
            Form::Yaml.add(&mut printed, "pod/a labeled", object);
        }
        assert_eq!(printed, "kind: Pod\n---\nkind: Pod\n");
        let name = Form::Name.text("pod/a labeled (dry run)", object);
        assert_eq!(name, "pod/a\n");
        assert_eq!(Form::Yaml.list(vec![object()]), "kind: Pod\n");
        assert_eq!(
            Form::Yaml.list(vec![object(), object()]),
            "apiVersion: v1\nitems:\n- kind: Pod\n- kind: Pod\nkind: List\nmetadata:\n  resourceVersion: \"\"\n"
        );
    }
}
