//! What keys do at the console's prompt, as in a shell.

pub use kubehop_engine::console::INTERRUPT;
use kubehop_engine::console::here_document_end;

/// A key that is pressed at the prompt.
#[derive(Clone, Copy, Debug)]
pub struct PromptKey<'a> {
    /// Its name, as browsers give it.
    pub name: &'a str,
    /// Whether Ctrl is held, and neither Alt nor Meta.
    pub is_control: bool,
    /// Whether Shift is held.
    pub is_shift: bool,
}

/// The prompt that it is pressed at.
#[derive(Clone, Copy, Debug)]
pub struct Prompt<'a> {
    /// The line before the caret.
    pub before: &'a str,
    /// The line behind the caret.
    pub after: &'a str,
    /// Whether text of the page is selected, which Ctrl+C copies.
    pub has_selection: bool,
}

/// What a key does at the prompt.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PromptAction {
    /// The line is run.
    Run,
    /// The line is completed.
    Complete,
    /// All output is hidden.
    Clear,
    /// What is open ends.
    Interrupt,
    /// The line is dropped.
    Drop,
    /// The line becomes another one.
    Rewrite(String),
    /// The line becomes the one that was run before.
    Older,
    /// The line becomes the one that was run after.
    Newer,
}

/// What is typed, as the lines that a shell runs one after another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TypedLines {
    /// The lines, each with its here-document, and with the line that a `\` at its end goes on in.
    pub lines: Vec<String>,
    /// Whether the last one goes on.
    pub is_open: bool,
}

impl TypedLines {
    /// The lines of a text.
    pub fn of(text: &str) -> TypedLines {
        let mut lines = Vec::new();
        let mut is_open = false;
        let mut rest = text.lines();
        while let Some(first) = rest.next() {
            let mut line = first.to_owned();
            while line.ends_with('\\') {
                let Some(next) = rest.next() else {
                    is_open = true;
                    break;
                };
                line.pop();
                line.push_str(next);
            }
            if let Some(end) = here_document_end(&line).map(str::to_owned) {
                is_open = true;
                for next in rest.by_ref() {
                    line.push('\n');
                    line.push_str(next);
                    if next == end {
                        is_open = false;
                        break;
                    }
                }
            }
            lines.push(line);
        }
        TypedLines { lines, is_open }
    }
}

impl PromptAction {
    /// What the key does; `None` if it does what it does in every field.
    pub fn of(key: PromptKey, prompt: Prompt) -> Option<PromptAction> {
        let Prompt { before, after, .. } = prompt;
        let is_empty = before.is_empty() && after.is_empty();
        let action = match key.name {
            // A line more.
            "Enter" if key.is_shift || TypedLines::of(&(before.to_owned() + after)).is_open => {
                return None;
            }
            "Enter" => PromptAction::Run,
            // Between the lines of what is typed they move the caret.
            "ArrowUp" if before.contains('\n') => return None,
            "ArrowDown" if after.contains('\n') => return None,
            // An empty line lets Tab lead on to what comes next.
            "Tab" if !is_empty && !key.is_shift => PromptAction::Complete,
            "l" if key.is_control => PromptAction::Clear,
            "c" if key.is_control && !prompt.has_selection && is_empty => PromptAction::Interrupt,
            "c" if key.is_control && !prompt.has_selection => PromptAction::Drop,
            "u" if key.is_control => PromptAction::Rewrite(after.to_owned()),
            "w" if key.is_control => PromptAction::Rewrite(without_last_word(before) + after),
            "ArrowUp" => PromptAction::Older,
            "ArrowDown" => PromptAction::Newer,
            _ => return None,
        };
        Some(action)
    }
}

/// A text without its last word, with one space at its end if anything is left.
fn without_last_word(text: &str) -> String {
    match text.trim_end().rsplit_once(' ') {
        Some((kept, _)) if !kept.is_empty() => format!("{kept} "),
        Some(_) | None => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What a key does, with Ctrl if it is `^u`, at a line whose caret is `|`.
    fn action(key: &str, line: &str) -> Option<PromptAction> {
        let name = key.strip_prefix('^').unwrap_or(key);
        let (before, after) = line.split_once('|').expect("a caret");
        let key = PromptKey {
            name,
            is_control: name != key,
            is_shift: false,
        };
        let prompt = Prompt {
            before,
            after,
            has_selection: false,
        };
        PromptAction::of(key, prompt)
    }

    #[test]
    fn control_and_a_letter_take_text_away_as_in_a_shell() {
        for (key, line, left) in [
            ("^u", "kubectl get| svc", " svc"),
            ("^u", "|", ""),
            ("^w", "kubectl get svc|", "kubectl get "),
            ("^w", "kubectl get  |-o wide", "kubectl -o wide"),
            ("^w", "kubectl|", ""),
            ("^w", " kubectl|", ""),
        ] {
            let rewritten = PromptAction::Rewrite(left.to_owned());
            assert_eq!(action(key, line), Some(rewritten), "{key} at {line}");
        }
    }

    #[test]
    fn a_key_depends_on_whether_anything_is_typed() {
        assert_eq!(action("Tab", "|"), None);
        assert_eq!(action("Tab", "kube|"), Some(PromptAction::Complete));
        assert_eq!(action("^c", "|"), Some(PromptAction::Interrupt));
        assert_eq!(action("^c", "kube|"), Some(PromptAction::Drop));
        assert_eq!(action("Enter", "|"), Some(PromptAction::Run));
        assert_eq!(action("c", "kube|"), None);
    }

    #[test]
    fn a_line_goes_on_until_its_here_document_ends() {
        assert_eq!(action("Enter", "kubectl apply -f - <<EOF|"), None);
        assert_eq!(
            action("Enter", "kubectl apply -f - <<EOF\nkind: Pod|"),
            None
        );
        let run = Some(PromptAction::Run);
        assert_eq!(action("Enter", "kubectl apply -f - <<EOF\nEOF|"), run);
        assert_eq!(action("Enter", "kubectl get \\|"), None);
        assert_eq!(action("ArrowUp", "a\nb|"), None);
        assert_eq!(action("ArrowDown", "a|\nb"), None);
        assert_eq!(action("ArrowDown", "a\nb|"), Some(PromptAction::Newer));
    }

    #[test]
    fn lines_that_are_pasted_are_run_one_after_another() {
        let text =
            "kubectl get \\\n  svc\nkubectl apply -f - <<EOF | cat\na: 1\nEOF\nkubectl get po\n";
        let wanted = [
            "kubectl get   svc",
            "kubectl apply -f - <<EOF | cat\na: 1\nEOF",
            "kubectl get po",
        ];
        let typed = TypedLines::of(text);
        assert_eq!(
            (typed.lines, typed.is_open),
            (wanted.map(str::to_owned).to_vec(), false)
        );
    }

    #[test]
    fn what_is_selected_is_copied() {
        let key = PromptKey {
            name: "c",
            is_control: true,
            is_shift: false,
        };
        let prompt = Prompt {
            before: "kube",
            after: "",
            has_selection: true,
        };
        assert_eq!(PromptAction::of(key, prompt), None);
    }
}
