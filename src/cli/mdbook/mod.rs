//! `kubehop mdbook`: a preprocessor of mdBook, which turns fenced blocks `yaml kubehop` into `<kube-hop>`.
//!
//! mdBook asks `kubehop mdbook supports RENDERER`, then gives a context and the book as JSON on standard input and takes
//! the book from standard output. Source: <https://rust-lang.github.io/mdBook/for_developers/preprocessors.html>.

mod element;

use std::io::Read;
use std::process::ExitCode;

use serde_json::Value;

use super::input::InputFile;
use super::input::markdown::{ShownBlock, shown_blocks};

/// What mdBook asks.
#[derive(clap::Args)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    question: Option<Question>,
}

#[derive(clap::Subcommand)]
enum Question {
    /// Whether the preprocessor has something to do for a renderer: exits with 0 for html
    Supports { renderer: String },
}

/// Answers mdBook.
pub(crate) fn run(arguments: &Arguments) -> Result<ExitCode, String> {
    if let Some(Question::Supports { renderer }) = &arguments.question {
        return Ok(ExitCode::from(u8::from(renderer != "html")));
    }
    let mut text = String::new();
    let read = std::io::stdin().read_to_string(&mut text);
    read.map_err(|error| format!("standard input: {error}"))?;
    let (context, mut book): (Value, Value) = serde_json::from_str(&text)
        .map_err(|error| format!("mdBook's context and book are expected as JSON: {error}"))?;
    let script = context.pointer("/config/preprocessor/kubehop/script");
    let script = script.and_then(Value::as_str).ok_or(
        "book.toml does not say where kube-hop.js is: [preprocessor.kubehop] script = \"…\"",
    )?;
    rewrite(&mut book, script)?;
    anstream::println!("{book}");
    Ok(ExitCode::SUCCESS)
}

/// Rewrites every chapter, wherever the book has it.
fn rewrite(value: &mut Value, script: &str) -> Result<(), String> {
    match value {
        Value::Object(fields) => {
            if let Some(Value::Object(chapter)) = fields.get_mut("Chapter") {
                let text = |name: &str| chapter.get(name).and_then(Value::as_str);
                let path = text("path").unwrap_or_default().to_owned();
                let content = text("content").unwrap_or_default().to_owned();
                let content = with_elements(&path, content, script)?;
                chapter.insert("content".to_owned(), content.into());
            }
            fields.values_mut().try_for_each(|own| rewrite(own, script))
        }
        Value::Array(items) => items.iter_mut().try_for_each(|own| rewrite(own, script)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => Ok(()),
    }
}

/// A chapter with an element instead of each block of manifests, and the script at its end if there is one.
fn with_elements(path: &str, text: String, script: &str) -> Result<String, String> {
    let file = InputFile {
        name: path.to_owned(),
        text,
    };
    let blocks = shown_blocks(&file)?;
    if blocks.is_empty() {
        return Ok(file.text);
    }
    let mut lines = file.text.split('\n').enumerate().peekable();
    let mut written = String::new();
    for block in &blocks {
        while let Some((_, line)) = lines.next_if(|(index, _)| index + 1 < block.lines.start) {
            written.push_str(line);
            written.push('\n');
        }
        while lines
            .next_if(|(index, _)| index + 1 < block.lines.end)
            .is_some()
        {}
        let element = html_of(block);
        written.push_str(&element.map_err(|why| format!("{path}:{}: {why}", block.lines.start))?);
    }
    let rest: Vec<&str> = lines.map(|(_, line)| line).collect();
    written.push_str(&rest.join("\n"));
    let script = element::escaped(&address(script, path));
    written.push_str(&format!("\n\n<script async src=\"{script}\"></script>\n"));
    Ok(written)
}

/// The element, in lines that CommonMark takes as HTML: a tag alone on its line ends with a blank line, `<pre>` with its
/// end.
fn html_of(block: &ShownBlock) -> Result<String, String> {
    let (begin, manifests) = element::element(&block.info, &block.manifests)?;
    let mut html = String::new();
    for line in ["", &begin, "", "<pre>"]
        .into_iter()
        .chain(manifests.lines())
        .chain(["</pre>", "", "</kube-hop>", ""])
    {
        html.push_str(&block.prefix);
        html.push_str(line);
        html.push('\n');
    }
    Ok(html)
}

/// An address as a chapter has to write it: one that names no site and no root is below the book's.
fn address(script: &str, chapter: &str) -> String {
    if script.starts_with('/') || script.contains("://") {
        return script.to_owned();
    }
    "../".repeat(chapter.matches('/').count()) + script
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use super::*;

    fn chapter(text: &str) -> Result<String, String> {
        with_elements("guide/web.md", text.to_owned(), "play/kube-hop.js")
    }

    #[test]
    fn a_block_in_a_list_becomes_an_element_and_others_stay() {
        let text = "1. One\n\n   ```yaml kubehop from=pod/a to=\"http://web -H 'A: <b>'\" readonly\n   a: <1>\n\n   b: 2\n   \
            ```\n\n2. Two\n\n```yaml\nc: 3\n```\n";
        expect![[r#"
            1. One

               
               <kube-hop from="pod/a" to="http://web -H 'A: &lt;b>'" readonly>
               
               <pre>
               a: &lt;1>
               
               b: 2
               </pre>
               
               </kube-hop>
               

            2. Two

            ```yaml
            c: 3
            ```


            <script async src="../play/kube-hop.js"></script>
        "#]]
        .assert_eq(&chapter(text).expect("the attributes are known"));
        assert_eq!(chapter("text\n").as_deref(), Ok("text\n"));
    }

    #[test]
    fn a_later_step_has_the_manifests_before_it_and_expectations_stay_blocks() {
        let text = "```yaml kubehop\na: 1\n```\n```yaml kubehop-expect\n- b\n```\n```yaml kubehop more\nc: 3\n```\n\
            ```yaml kubehop-expect\n- d\n```\n```{.yaml .kubehop}\ne: 5\n```";
        let written = chapter(text).expect("the attributes are known");
        let elements: Vec<&str> = written.split("<pre>\n").skip(1).collect();
        let manifests = elements.iter().map(|rest| rest.split("</pre>").next());
        let manifests: Vec<_> = manifests.flatten().collect();
        assert_eq!(manifests, ["a: 1\n", "a: 1\n---\nc: 3\n", "e: 5\n"]);
        assert!(written.contains("```yaml kubehop-expect\n- d\n```\n"));
    }

    #[test]
    fn an_attribute_that_the_element_does_not_have_is_an_error_at_its_line() {
        for (words, said) in [
            (
                "form=pod/a",
                "guide/web.md:2: <kube-hop> has no attribute `form`",
            ),
            (
                "view=both",
                "guide/web.md:2: view is `concept` or `network`",
            ),
            ("readonly=no", "guide/web.md:2: readonly takes no value"),
            ("from", "guide/web.md:2: from needs a value"),
            ("hop=last", "guide/web.md:2: hop is a number"),
        ] {
            let error = chapter(&format!("\n```yaml kubehop {words}\na: 1\n```\n"));
            let error = error.expect_err(words);
            assert!(error.starts_with(said), "{error}");
        }
    }

    #[test]
    fn every_chapter_of_the_book_is_rewritten_at_any_depth() {
        let block = "```yaml kubehop\na: 1\n```\n";
        let chapter = |path: &str, below: Value| serde_json::json!({"Chapter": {"path": path, "content": block, "sub_items": below}});
        let below = serde_json::json!([chapter("a/b.md", serde_json::json!([]))]);
        for items in ["items", "sections"] {
            let mut book =
                serde_json::json!({items: [{"PartTitle": "A"}, chapter("a.md", below.clone())]});
            rewrite(&mut book, "https://kubehop.example/kube-hop.js").expect("the words are known");
            let text = book.to_string();
            assert_eq!(text.matches("<kube-hop>").count(), 2, "{text}");
            assert_eq!(
                text.matches("https://kubehop.example/kube-hop.js").count(),
                2
            );
        }
    }
}
