//! Removes comments from lines that a challenge changes, and from right above them: they describe the manifest before.

use kubehop_engine::diagnostic::Fix;

/// A text without the comments on the lines that are not those of an earlier text, and right above them.
pub fn without_stale_comments(before: &str, text: &str) -> String {
    let kept: Vec<&str> = before.lines().collect();
    let mut lines: Vec<&str> = Vec::new();
    for line in text.lines() {
        if kept.contains(&line) || line.trim().is_empty() {
            lines.push(line);
            continue;
        }
        while lines.last().is_some_and(|above| is_comment(above)) {
            lines.pop();
        }
        lines.push(&line[..code_end(line)]);
    }
    lines.iter().map(|line| format!("{line}\n")).collect()
}

/// A text without the comments that its edit makes stale, and the edit of that text.
pub(super) fn without_comments_at(text: &str, edit: &Fix) -> (String, Fix) {
    let (start, end) = (edit.span.start.offset, edit.span.end.offset);
    let (Some(before), Some(after)) = (text.get(..start as usize), text.get(end as usize..)) else {
        return (text.to_owned(), edit.clone());
    };
    let line_start = before.rfind('\n').map_or(0, |at| at + 1);
    let above = before[..line_start].lines().rev();
    let above: Vec<&str> = above.take_while(|line| is_comment(line)).collect();
    let bytes: usize = above.iter().map(|line| line.len() + 1).sum();
    let line_end = after.find('\n').unwrap_or(after.len());
    // A line that is inserted leaves the one below it as it is.
    let code = if start == end {
        line_end
    } else {
        code_end(&after[..line_end])
    };
    let (head, line) = (&text[..line_start - bytes], &text[line_start..end as usize]);
    let shown = format!("{head}{line}{}{}", &after[..code], &after[line_end..]);
    let mut edit = edit.clone();
    for place in [&mut edit.span.start, &mut edit.span.end] {
        place.offset -= u32::try_from(bytes).unwrap_or_default();
        place.line -= u32::try_from(above.len()).unwrap_or_default();
    }
    (shown, edit)
}

fn is_comment(line: &str) -> bool {
    line.trim_start().starts_with('#')
}

/// Where a line ends without its comment and the blanks before it: YAML's comments begin behind a blank, outside quotes.
fn code_end(line: &str) -> usize {
    let mut quote = None;
    let mut is_after_blank = false;
    for (at, letter) in line.char_indices() {
        match (quote, letter) {
            (None, '#') if is_after_blank => return line[..at].trim_end().len(),
            (None, '"' | '\'') => quote = Some(letter),
            (Some(open), _) if open == letter => quote = None,
            _ => {}
        }
        is_after_blank = letter.is_whitespace();
    }
    line.len()
}

#[cfg(test)]
mod tests {
    use super::*;
    use kubehop_engine::diagnostic::{Position, Span};

    #[test]
    fn comments_on_and_above_a_changed_line_go_and_others_stay() {
        let before = "# a shop\na: 1   # one\n# two follows\nb: 2   # \"two\"\nc: '# 3'\n";
        let after = before.replace("b: 2", "b: 4");
        let shown = "# a shop\na: 1   # one\nb: 4\nc: '# 3'\n";
        assert_eq!(without_stale_comments(before, &after), shown);
        assert_eq!(without_stale_comments(before, before), before);
    }

    #[test]
    fn an_edit_moves_with_its_line() {
        let text = "# one\n# two\na: 1 # three\nb: 2\n";
        let at = |offset, column| Position {
            line: 3,
            column,
            offset,
        };
        let span = Span {
            start: at(15, 4),
            end: at(16, 5),
        };
        let edit = Fix {
            span,
            text: "9".to_owned(),
        };
        let (shown, edit) = without_comments_at(text, &edit);
        assert_eq!(shown, "a: 1\nb: 2\n");
        assert_eq!((edit.span.start.offset, edit.span.start.line), (3, 1));
    }
}
