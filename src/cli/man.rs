//! `kubehop man`: the manual page, in roff.

use std::fmt::Write;

use super::command_table::{CommandEntry, OptionEntry, OptionValue};

/// The page: `kubehop man | man -l -`. It has no date, so that the same version prints the same page.
pub(crate) fn page(about: &str, commands: &[CommandEntry]) -> String {
    let version = env!("CARGO_PKG_VERSION");
    let mut page = format!(".TH KUBEHOP 1 \"\" \"kubehop {version}\" \"User Commands\"\n");
    let _ = write!(page, ".SH NAME\nkubehop \\- {}\n", roff(about));
    page.push_str(".SH SYNOPSIS\n.B kubehop\n.I COMMAND\n[\\fIOPTIONS\\fR] [\\fIFILES\\fR]\n");
    section(&mut page, "DESCRIPTION", DESCRIPTION);
    page.push_str(".SH COMMANDS\n");
    for command in commands {
        let _ = write!(
            page,
            ".SS kubehop {}\n{}\n",
            roff(&command.usage),
            roff(&command.about)
        );
        for option in &command.options {
            let _ = write!(page, ".TP\n{}\n{}\n", head(option), roff(&option.help));
            if let OptionValue::OneOf(words) = &option.value {
                let _ = writeln!(page, "({})", roff(&words.join(", ")));
            }
        }
    }
    section(&mut page, "EXIT STATUS", EXIT_STATUS);
    section(&mut page, "EXAMPLES", EXAMPLES);
    let _ = write!(
        page,
        ".SH SEE ALSO\n{}\n",
        roff(env!("CARGO_PKG_REPOSITORY"))
    );
    page
}

const DESCRIPTION: &str = "\
Works out what Kubernetes makes of manifests, and follows packets through the rules that result.

FILES are manifests, directories with all *.yaml and *.yml below them, quoted patterns, or - for standard input. All of a command's files are one cluster. check also reads the blocks of Markdown files.";

const EXIT_STATUS: &str = "\
0: done; the connection is answered, nothing is rejected, every expectation holds, nothing changed.

1: the connection fails, a server would reject an object, an expectation does not hold, something changed.

2: a file or a request cannot be read.

3: trace: the answer depends on an object that is not simulated.";

const EXAMPLES: &str = "\
kubehop trace web.yaml --from pod/client --to http://web

kubehop check k8s 'docs/**/*.md' --output sarif

kubehop svg web.yaml --to http://192.168.0.11:30080 --animate > trace.svg";

fn section(page: &mut String, title: &str, text: &str) {
    let _ = writeln!(page, ".SH {title}");
    let paragraphs: Vec<String> = text.split("\n\n").map(roff).collect();
    let _ = writeln!(page, "{}", paragraphs.join("\n.PP\n"));
}

/// `-o, --output TEXT` in bold and italics.
fn head(option: &OptionEntry) -> String {
    let long = format!("\\fB\\-\\-{}\\fR", roff(&option.long));
    let mut head = match option.short {
        Some(short) => format!("\\fB\\-{short}\\fR, {long}"),
        None => long,
    };
    match &option.value {
        OptionValue::Absent => {}
        OptionValue::OneOf(_) => head.push_str(" \\fIWORD\\fR"),
        OptionValue::File => head.push_str(" \\fIFILE\\fR"),
        OptionValue::Text(name) => {
            let _ = write!(head, " \\fI{}\\fR", roff(name));
        }
    }
    head
}

/// Text that means itself: a backslash, a hyphen, and a dot or quote at the start of a line have another meaning.
fn roff(text: &str) -> String {
    let text = text
        .replace('\\', "\\e")
        .replace('-', "\\-")
        .replace('\n', " ");
    if text.starts_with(['.', '\'']) {
        format!("\\&{text}")
    } else {
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_escaped() {
        assert_eq!(roff(".a-b\\c"), "\\&.a\\-b\\ec");
    }
}
