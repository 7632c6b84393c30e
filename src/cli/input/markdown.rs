//! The manifests and expectations of a Markdown file: its fenced code blocks whose info string says `yaml kubehop` or
//! `yaml kubehop-expect`. The convention is described in docs/expectations.md.
//!
//! Blocks in HTML comments count: that is how a page hides its expectations.

use std::ops::Range;

use super::InputFile;
use super::fence::Fence;
use super::paths::has_ending;
use super::sources::{LineStart, Sources, to_u32};

/// The endings of Markdown files.
const ENDINGS: [&str; 3] = ["md", "markdown", "mdx"];

/// Whether a file is read as Markdown, by its name.
pub(crate) fn is_markdown(file: &str) -> bool {
    has_ending(file, &ENDINGS)
}

/// A cluster of a Markdown file: blocks of manifests, and the expectations about it.
#[derive(Default)]
pub(crate) struct Example {
    pub(crate) manifests: Sources,
    /// One for each block.
    pub(crate) expectations: Vec<Sources>,
}

/// A block of manifests as a page shows it.
pub(crate) struct ShownBlock {
    /// The line of its fence and the one behind it, from 1.
    pub(crate) lines: Range<usize>,
    /// What precedes its lines: quote marks and indentation.
    pub(crate) prefix: String,
    /// The words of its info string.
    pub(crate) info: String,
    /// The manifests of its cluster up to and with its own.
    pub(crate) manifests: String,
}

/// The blocks of manifests of a file, each with those before it that are its cluster's.
///
/// # Errors
/// As [`examples`].
pub(crate) fn shown_blocks(file: &InputFile) -> Result<Vec<ShownBlock>, String> {
    let mut shown = Vec::new();
    let mut cluster: Vec<String> = Vec::new();
    let mut is_judged = false;
    for block in blocks(file)? {
        match block.role {
            Role::Expectations => {
                is_judged = true;
                continue;
            }
            Role::Manifests if is_judged => cluster.clear(),
            Role::Manifests | Role::More => {}
        }
        is_judged = false;
        cluster.push(block.text);
        let last = block.starts.last().map_or(block.line, |start| start.line);
        shown.push(ShownBlock {
            lines: block.line as usize..last as usize + 1,
            prefix: block.prefix,
            info: block.info,
            manifests: cluster.join("---\n"),
        });
    }
    Ok(shown)
}

/// A block of kubehop's.
struct Block {
    role: Role,
    prefix: String,
    info: String,
    /// The line of its fence, from 1.
    line: u32,
    /// Its text, without what precedes its lines in the file.
    text: String,
    /// Where its lines begin, and the line behind them.
    starts: Vec<LineStart>,
}

/// What a block is for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Role {
    /// Manifests of a cluster of their own, or of the one of the manifests directly before.
    Manifests,
    /// More manifests beside those of the cluster above: `yaml kubehop more`.
    More,
    /// What is expected of the cluster above.
    Expectations,
}

/// The examples of a file, in their order.
///
/// # Errors
/// One sentence with file and line: a block of expectations, or of more manifests, without manifests above; a word that
/// begins with `kubehop-` and is none of ours.
pub(crate) fn examples(file: &InputFile) -> Result<Vec<Example>, String> {
    let mut examples: Vec<Example> = Vec::new();
    for block in blocks(file)? {
        let is_judged = examples.last().map(|last| !last.expectations.is_empty());
        match (block.role, is_judged) {
            (Role::Manifests, None | Some(true)) => examples.push(Example::default()),
            (Role::More | Role::Expectations, None) => {
                let place = format!("{}:{}", file.name, block.line);
                return Err(format!(
                    "{place}: there is no block `yaml kubehop` above this one"
                ));
            }
            (Role::More, Some(true)) => {
                let last = examples.last().map(|last| last.manifests.clone());
                examples.push(Example {
                    manifests: last.unwrap_or_default(),
                    expectations: Vec::new(),
                });
            }
            (_, Some(false)) | (Role::Expectations, Some(true)) => {}
        }
        let Some(example) = examples.last_mut() else {
            continue;
        };
        let mut expectations = Sources::default();
        let sources = match block.role {
            Role::Manifests | Role::More => &mut example.manifests,
            Role::Expectations => &mut expectations,
        };
        sources.push(&file.name, &block.text, &block.starts);
        if block.role == Role::Expectations {
            example.expectations.push(expectations);
        }
    }
    Ok(examples)
}

/// The blocks of a file that are ours.
fn blocks(file: &InputFile) -> Result<Vec<Block>, String> {
    let mut found = Vec::new();
    let mut open: Option<OpenFence> = None;
    let mut start = LineStart {
        line: 1,
        offset: 0,
        prefix: "".into(),
    };
    for line in file.text.split_inclusive('\n') {
        open = match open {
            None => {
                let place = || format!("{}:{}", file.name, start.line);
                OpenFence::of(line, start.line).map_err(|error| format!("{}: {error}", place()))?
            }
            Some(mut open) => match open.take(line, &start) {
                FenceLine::Content => Some(open),
                FenceLine::End => {
                    found.extend(open.block);
                    None
                }
            },
        };
        start.line += 1;
        start.offset += to_u32(line.len());
    }
    // A fence that is not closed ends with the file.
    if let Some(mut block) = open.and_then(|open| open.block) {
        block.starts.push(start);
        found.push(block);
    }
    Ok(found)
}

/// A fence, and the block behind it if it is one of ours.
struct OpenFence {
    fence: Fence,
    block: Option<Block>,
}

/// What a line behind a fence is.
enum FenceLine {
    Content,
    /// The closing fence, or the first line behind the block quote.
    End,
}

impl OpenFence {
    /// The fence that a line opens, if it does.
    fn of(text: &str, line: u32) -> Result<Option<OpenFence>, String> {
        let Some((fence, info)) = Fence::open(text) else {
            return Ok(None);
        };
        let block = role(info)?.map(|role| Block {
            role,
            prefix: fence.prefix(text).to_owned(),
            info: info.to_owned(),
            line,
            text: String::new(),
            starts: Vec::new(),
        });
        Ok(Some(OpenFence { fence, block }))
    }

    /// Takes the next line, which begins at `start`.
    fn take(&mut self, line: &str, start: &LineStart) -> FenceLine {
        let content = self.fence.content(line);
        if let Some(block) = &mut self.block {
            let prefix = &line[..line.len() - content.unwrap_or(line).len()];
            block.starts.push(LineStart {
                line: start.line,
                offset: start.offset + to_u32(prefix.len()),
                prefix: prefix.into(),
            });
        }
        let Some(content) = content.filter(|content| !self.fence.is_closed_by(content)) else {
            return FenceLine::End;
        };
        if let Some(block) = &mut self.block {
            block.text.push_str(content);
        }
        FenceLine::Content
    }
}

/// What the info string of a fence says; `None` for a block that is not ours. Words can be written as attributes, as
/// Pandoc and MkDocs do: `{.yaml .kubehop}`.
fn role(info: &str) -> Result<Option<Role>, String> {
    let words = info.trim_matches(['{', '}']).split_whitespace();
    let mut words = words.map(|word| word.trim_start_matches('.'));
    if !words
        .next()
        .is_some_and(|word| ["yaml", "yml"].contains(&word))
    {
        return Ok(None);
    }
    let words: Vec<&str> = words.collect();
    let ours = words.iter().find(|word| word.starts_with("kubehop"));
    match ours.copied() {
        None => Ok(None),
        Some("kubehop") if words.contains(&"more") => Ok(Some(Role::More)),
        Some("kubehop") => Ok(Some(Role::Manifests)),
        Some("kubehop-expect") => Ok(Some(Role::Expectations)),
        Some(other) => Err(format!(
            "`{other}`: the words are `yaml kubehop`, `yaml kubehop more` and `yaml kubehop-expect`"
        )),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(text: &str) -> InputFile {
        InputFile {
            name: "a.md".to_owned(),
            text: text.to_owned(),
        }
    }

    /// The joined manifests and the expectations of each example.
    fn read(text: &str) -> Vec<(String, Vec<String>)> {
        let examples = examples(&file(text)).expect(text);
        let texts = examples.iter().map(|example| {
            let text = |sources: &Sources| sources.joined().text().to_owned();
            (
                text(&example.manifests),
                example.expectations.iter().map(text).collect(),
            )
        });
        texts.collect()
    }

    #[test]
    fn manifests_up_to_the_next_expectations_are_one_cluster() {
        let text = "# One\n```yaml kubehop\na: 1\n```\ntext\n```yaml\nnot: ours\n```\n~~~yml kubehop from=client\nb: 2\n~~~\n\
            ```yaml kubehop-expect\n- c\n```\n```yaml kubehop more\nd: 4\n```\n```yaml kubehop-expect\n- e\n```\n\
            ```{.yaml .kubehop}\nf: 6\n```\n";
        let expected = [
            ("a: 1\n---\nb: 2\n", vec!["- c\n"]),
            ("a: 1\n---\nb: 2\n---\nd: 4\n", vec!["- e\n"]),
            ("f: 6\n", vec![]),
        ];
        let expected = expected.map(|(manifests, expectations)| {
            let owned = expectations.into_iter().map(str::to_owned).collect();
            (manifests.to_owned(), owned)
        });
        assert_eq!(read(text), expected);
    }

    #[test]
    fn fences_in_lists_quotes_and_comments_are_found() {
        for (what, text, manifests) in [
            (
                "a list",
                "1. one\n\n   ```yaml kubehop\n   a:\n     b: 1\n\n   ```\n",
                "a:\n  b: 1\n\n",
            ),
            (
                "a quote",
                "> ```yaml kubehop\n> a: 1\n>\n> ```\n",
                "a: 1\n\n",
            ),
            (
                "a quote that ends first",
                "> ```yaml kubehop\n> a: 1\ntext: 2\n",
                "a: 1\n",
            ),
            (
                "a comment",
                "<!--\n```yaml kubehop\na: 1\n```\n-->\n",
                "a: 1\n",
            ),
            (
                "a longer fence",
                "````yaml kubehop\na: 1\n```\n````\n",
                "a: 1\n```\n",
            ),
            ("no end", "```yaml kubehop\na: 1", "a: 1"),
        ] {
            assert_eq!(read(text), [(manifests.to_owned(), vec![])], "{what}");
        }
        for text in [
            "```text\n~~~yaml kubehop\na: 1\n~~~\n```\n",
            "```yaml kubehop``` is how a block begins\n",
            "```kubehop yaml\na: 1\n```\n",
        ] {
            assert_eq!(read(text), [], "{text}");
        }
    }

    #[test]
    fn every_line_has_its_position_in_the_file() {
        let text = "1. é\n\n   ```yaml kubehop\n   a: 1\n   b: 2\n   ```\n";
        let found = blocks(&file(text)).expect("the words are known");
        let starts = found[0].starts.iter();
        let places: Vec<_> = starts.map(|start| (start.line, start.offset)).collect();
        assert_eq!(places, [(4, 29), (5, 37), (6, 45)]);
        assert_eq!(&text[29..33], "a: 1");
    }

    #[test]
    fn a_block_without_a_cluster_and_an_unknown_word_are_errors() {
        let said = |text: &str| examples(&file(text)).err();
        assert_eq!(
            said("\n```yaml kubehop-expect\n- a\n```\n").as_deref(),
            Some("a.md:2: there is no block `yaml kubehop` above this one")
        );
        let typo = said("```yaml kubehop-expects\n- a\n```\n").expect("it is none of ours");
        assert!(typo.starts_with("a.md:1: `kubehop-expects`: "), "{typo}");
    }
}
