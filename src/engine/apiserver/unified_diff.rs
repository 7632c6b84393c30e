//! The difference of two texts as `diff -u` writes it: hunks with three lines of context.

/// How many equal lines are shown around a change.
const CONTEXT: usize = 3;
/// Beyond this many pairs of lines the middle of two texts counts as wholly changed.
const PAIRS: usize = 1 << 22;

/// One line of both texts, of the old one, or of the new one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Edit<'a> {
    Same(&'a str),
    Old(&'a str),
    New(&'a str),
}

/// The hunks that make `new` of `old`; every line ends in a newline.
pub(super) fn unified(old: &[String], new: &[String]) -> String {
    let edits = edits(old, new);
    hunks(&edits)
        .into_iter()
        .map(|(start, end)| hunk(&edits, start, end))
        .collect()
}

fn edits<'a>(old: &'a [String], new: &'a [String]) -> Vec<Edit<'a>> {
    let before = old
        .iter()
        .zip(new)
        .take_while(|(one, other)| one == other)
        .count();
    let (old_rest, new_rest) = (&old[before..], &new[before..]);
    let after = old_rest
        .iter()
        .rev()
        .zip(new_rest.iter().rev())
        .take_while(|(one, other)| one == other)
        .count();
    let (old_middle, tail) = old_rest.split_at(old_rest.len() - after);
    let same = |line: &'a String| Edit::Same(line);
    let mut edits: Vec<Edit> = old[..before].iter().map(same).collect();
    edits.extend(middle(old_middle, &new_rest[..new_rest.len() - after]));
    edits.extend(tail.iter().map(same));
    edits
}

/// The longest common subsequence stays, the rest goes or comes.
fn middle<'a>(old: &'a [String], new: &'a [String]) -> Vec<Edit<'a>> {
    if old.len().saturating_mul(new.len()) > PAIRS {
        let goes = old.iter().map(|line| Edit::Old(line));
        return goes.chain(new.iter().map(|line| Edit::New(line))).collect();
    }
    let mut longest = vec![vec![0_u32; new.len() + 1]; old.len() + 1];
    for (i, one) in old.iter().enumerate().rev() {
        for (j, other) in new.iter().enumerate().rev() {
            let here = if one == other {
                longest[i + 1][j + 1] + 1
            } else {
                longest[i + 1][j].max(longest[i][j + 1])
            };
            longest[i][j] = here;
        }
    }
    let (mut i, mut j, mut edits) = (0, 0, Vec::new());
    while let (Some(one), Some(other)) = (old.get(i), new.get(j)) {
        if one == other {
            edits.push(Edit::Same(one));
            (i, j) = (i + 1, j + 1);
        } else if longest[i + 1][j] >= longest[i][j + 1] {
            edits.push(Edit::Old(one));
            i += 1;
        } else {
            edits.push(Edit::New(other));
            j += 1;
        }
    }
    edits.extend(old[i..].iter().map(|line| Edit::Old(line)));
    edits.extend(new[j..].iter().map(|line| Edit::New(line)));
    edits
}

/// Where hunks begin and end: changes no more than two contexts apart share one.
fn hunks(edits: &[Edit]) -> Vec<(usize, usize)> {
    let mut hunks: Vec<(usize, usize)> = Vec::new();
    for (place, _) in edits
        .iter()
        .enumerate()
        .filter(|(_, edit)| !matches!(edit, Edit::Same(_)))
    {
        let (start, end) = (
            place.saturating_sub(CONTEXT),
            (place + 1 + CONTEXT).min(edits.len()),
        );
        match hunks.last_mut() {
            Some(last) if start <= last.1 => last.1 = end,
            Some(_) | None => hunks.push((start, end)),
        }
    }
    hunks
}

fn hunk(edits: &[Edit], start: usize, end: usize) -> String {
    let is_old = |edit: &&Edit| !matches!(edit, Edit::New(_));
    let is_new = |edit: &&Edit| !matches!(edit, Edit::Old(_));
    let (before, inside) = (&edits[..start], &edits[start..end]);
    let old = range(
        before.iter().filter(is_old).count(),
        inside.iter().filter(is_old).count(),
    );
    let new = range(
        before.iter().filter(is_new).count(),
        inside.iter().filter(is_new).count(),
    );
    let line = |edit: &Edit| match edit {
        Edit::Same(line) => format!(" {line}\n"),
        Edit::Old(line) => format!("-{line}\n"),
        Edit::New(line) => format!("+{line}\n"),
    };
    format!(
        "@@ -{old} +{new} @@\n{}",
        inside.iter().map(line).collect::<String>()
    )
}

fn range(before: usize, length: usize) -> String {
    match length {
        0 => format!("{before},0"),
        1 => (before + 1).to_string(),
        _ => format!("{},{length}", before + 1),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_changed_line_is_between_three_of_context() {
        let lines = |text: &str| text.split(' ').map(str::to_owned).collect::<Vec<_>>();
        let difference = unified(&lines("a b c d e f g h i"), &lines("a b c d E f g h i"));
        assert_eq!(
            difference,
            "@@ -2,7 +2,7 @@\n b\n c\n d\n-e\n+E\n f\n g\n h\n"
        );
        assert_eq!(unified(&lines("a b"), &lines("a b")), "");
        assert_eq!(
            unified(&lines("a"), &lines("a b")),
            "@@ -1 +1,2 @@\n a\n+b\n"
        );
    }
}
