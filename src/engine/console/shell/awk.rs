//! `awk '{print $1, $3}'`: the columns of each line, as people use it behind a pipe.

use super::ProgramError;

/// `awk [-F SEPARATOR] '[/TEXT/] {print $N, …}'`; the pattern is plain text, or `NR>1`.
pub(in crate::console) fn awk(arguments: &[String], input: &str) -> Result<String, ProgramError> {
    let (separator, program) = match arguments {
        [program] => (None, program),
        [option, separator, program] if option == "-F" => (Some(separator.as_str()), program),
        [option, program] if option.starts_with("-F") => (Some(&option[2..]), program),
        _ => return Err(wrong()),
    };
    let program = program.trim();
    let open = program.find('{').ok_or_else(wrong)?;
    let (pattern, action) = (program[..open].trim(), &program[open..]);
    let columns = action
        .trim_start_matches('{')
        .trim_end_matches('}')
        .trim()
        .strip_prefix("print")
        .ok_or_else(wrong)?;
    let columns: Vec<Column> = columns
        .split(',')
        .map(|own| Column::read(own.trim()))
        .collect::<Option<_>>()
        .ok_or_else(wrong)?;
    let first = match pattern {
        "" => None,
        "NR>1" | "NR > 1" => Some(1),
        own if own.len() > 2 && own.starts_with('/') && own.ends_with('/') => None,
        _ => return Err(wrong()),
    };
    let text = pattern.trim_matches('/');
    let is_text = pattern.starts_with('/');
    let lines = input.lines().skip(first.unwrap_or(0));
    let lines = lines.filter(|line| !is_text || line.contains(text));
    Ok(lines
        .map(|line| printed(&columns, separator, line))
        .collect())
}

fn wrong() -> ProgramError {
    ProgramError(
        "awk: kubehop reads awk [-F SEPARATOR] '[/TEXT/ or NR>1] {print $1, \"text\", $NF}'"
            .to_owned(),
    )
}

enum Column {
    /// `$0`.
    Line,
    /// `$2`, counted from 1.
    Number(usize),
    /// `$NF`.
    Last,
    /// `"text"`.
    Text(String),
}

impl Column {
    fn read(text: &str) -> Option<Column> {
        Some(match text {
            "" | "$0" => Column::Line,
            "$NF" => Column::Last,
            own if own.starts_with('"') => Column::Text(own.trim_matches('"').to_owned()),
            own => Column::Number(own.strip_prefix('$')?.parse().ok()?),
        })
    }
}

fn printed(columns: &[Column], separator: Option<&str>, line: &str) -> String {
    let fields: Vec<&str> = match separator {
        Some(separator) => line.split(separator).collect(),
        None => line.split_whitespace().collect(),
    };
    let column = |column: &Column| match column {
        Column::Line => line.to_owned(),
        Column::Number(number) => {
            let field = number.checked_sub(1).and_then(|index| fields.get(index));
            field.copied().unwrap_or_default().to_owned()
        }
        Column::Last => fields.last().copied().unwrap_or_default().to_owned(),
        Column::Text(text) => text.clone(),
    };
    let cells: Vec<String> = columns.iter().map(column).collect();
    cells.join(" ") + "\n"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_printed_as_awk_prints_them() {
        let input = "NAME  READY\nweb   1/1\n";
        for (arguments, wanted) in [
            (&["{print $2}"][..], "READY\n1/1\n"),
            (&["NR>1 {print $1, $NF}"], "web 1/1\n"),
            (&["/web/ {print $1, \"is\", $9}"], "web is \n"),
            (&["-F", "/", "/web/{print $2}"], "1\n"),
            (&["{print}"], input),
        ] {
            let arguments: Vec<String> = arguments.iter().map(ToString::to_string).collect();
            assert_eq!(
                awk(&arguments, input).as_deref(),
                Ok(wanted),
                "{arguments:?}"
            );
        }
        assert!(awk(&["{x=1}".to_owned()], input).is_err());
    }
}
