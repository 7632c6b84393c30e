//! Parses selectors in text form, as in `kubectl -l` (`labels.Parse`): `app=web,tier notin (db,cache),!canary`.
//!
//! A token is a word or one of `( ) , ! = == != > <`; the empty token is the end of the text. Only spaces and these symbols
//! separate words, so `a||y` is one, invalid word.

use std::collections::BTreeSet;
use std::str::FromStr;

use super::requirement::key_error;
use super::{Operator, Requirement, Selector, SelectorError};

impl FromStr for Selector {
    type Err = SelectorError;

    fn from_str(text: &str) -> Result<Selector, SelectorError> {
        let mut tokens = Tokens { rest: text };
        requirements(&mut tokens)
            .map(Selector::all)
            .map_err(SelectorError)
    }
}

struct Tokens<'a> {
    rest: &'a str,
}

impl<'a> Tokens<'a> {
    fn peek(&self) -> &'a str {
        let text = self.rest.trim_start_matches([' ', '\t', '\r', '\n']);
        let end = match text.strip_prefix(SYMBOLS) {
            Some(after) => 1 + usize::from(after.starts_with('=') && text.starts_with(['=', '!'])),
            None => text
                .find(|c| SYMBOLS.contains(&c) || matches!(c, ' ' | '\t' | '\r' | '\n'))
                .unwrap_or(text.len()),
        };
        &text[..end]
    }

    fn next(&mut self) -> &'a str {
        let token = self.peek();
        let text = self.rest.trim_start_matches([' ', '\t', '\r', '\n']);
        self.rest = &text[token.len()..];
        token
    }

    /// Consumes the next token if it is this symbol.
    fn take(&mut self, symbol: &str) -> bool {
        let is_next = self.peek() == symbol;
        if is_next {
            self.next();
        }
        is_next
    }
}

const SYMBOLS: [char; 7] = ['=', '!', '(', ')', ',', '>', '<'];

fn is_word(token: &str) -> bool {
    !token.is_empty() && !token.starts_with(SYMBOLS)
}

fn requirements(tokens: &mut Tokens) -> Result<Vec<Requirement>, String> {
    let mut requirements = Vec::new();
    let begins_requirement = |token: &str| is_word(token) || token == "!";
    match tokens.peek() {
        "" => return Ok(requirements),
        token if begins_requirement(token) => {}
        token => {
            return Err(format!(
                "found '{token}', expected: !, identifier, or 'end of string'"
            ));
        }
    }
    loop {
        let requirement =
            requirement(tokens).map_err(|error| format!("unable to parse requirement: {error}"))?;
        requirements.push(requirement);
        match tokens.next() {
            "" => return Ok(requirements),
            "," if begins_requirement(tokens.peek()) => {}
            "," => {
                return Err(format!(
                    "found '{}', expected: identifier after ','",
                    tokens.peek()
                ));
            }
            token => return Err(format!("found '{token}', expected: ',' or 'end of string'")),
        }
    }
}

fn requirement(tokens: &mut Tokens) -> Result<Requirement, String> {
    let is_negated = tokens.take("!");
    let key = word(tokens)?;
    if let Some(error) = key_error("<nil>", key) {
        return Err(error);
    }
    let operator = match tokens.peek() {
        _ if is_negated => Operator::DoesNotExist,
        "" | "," => Operator::Exists,
        _ => operator(tokens)?,
    };
    let values = match operator {
        Operator::Exists | Operator::DoesNotExist => Vec::new(),
        Operator::In | Operator::NotIn => set(tokens)?,
        Operator::Equals
        | Operator::DoubleEquals
        | Operator::NotEquals
        | Operator::GreaterThan
        | Operator::LessThan => vec![exact_value(tokens)?.to_owned()],
    };
    Requirement::new(key, operator.name(), values).map_err(|error| error.0)
}

fn word<'a>(tokens: &mut Tokens<'a>) -> Result<&'a str, String> {
    match tokens.next() {
        token if is_word(token) => Ok(token),
        token => Err(format!("found '{token}', expected: identifier")),
    }
}

fn operator(tokens: &mut Tokens) -> Result<Operator, String> {
    match tokens.next() {
        "in" => Ok(Operator::In),
        "notin" => Ok(Operator::NotIn),
        "=" => Ok(Operator::Equals),
        "==" => Ok(Operator::DoubleEquals),
        "!=" => Ok(Operator::NotEquals),
        ">" => Ok(Operator::GreaterThan),
        "<" => Ok(Operator::LessThan),
        token => Err(format!(
            "found '{token}', expected: in, notin, =, ==, !=, gt, lt"
        )),
    }
}

/// The value after `=`, which may be empty.
fn exact_value<'a>(tokens: &mut Tokens<'a>) -> Result<&'a str, String> {
    match tokens.peek() {
        "" | "," => Ok(""),
        _ => word(tokens),
    }
}

/// The values in parentheses. Nothing between commas, or between the parentheses, is the empty value.
fn set(tokens: &mut Tokens) -> Result<Vec<String>, String> {
    if !tokens.take("(") {
        return Err(format!("found '{}' expected: '('", tokens.peek()));
    }
    let mut values = BTreeSet::new();
    match tokens.peek() {
        ")" | "," => values.insert(String::new()),
        token if is_word(token) => false,
        token => return Err(format!("found '{token}', expected: ',', ')' or identifier")),
    };
    while !tokens.take(")") {
        match tokens.next() {
            "," => {
                if matches!(tokens.peek(), "," | ")") {
                    values.insert(String::new());
                }
            }
            token if is_word(token) => {
                values.insert(token.to_owned());
                if !matches!(tokens.peek(), "," | ")") {
                    return Err(format!("found '{}', expected: ',' or ')'", tokens.peek()));
                }
            }
            token => return Err(format!("found '{token}', expected: ',', or identifier")),
        }
    }
    Ok(values.into_iter().collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn printed(text: &str) -> String {
        text.parse::<Selector>()
            .map_or_else(|error| error.to_string(), |selector| selector.to_string())
    }

    #[test]
    fn selectors_print_in_order_of_their_keys() {
        let rows = [
            ("several requirements", "b = 2 ,a!=1", "a!=1,b=2"),
            ("a set with gaps", "x in (b,,a,)", "x in (,a,b)"),
            (
                "words that are operators elsewhere",
                "in in (notin)",
                "in in (notin)",
            ),
            ("a key with a domain", "example.com/app", "example.com/app"),
            ("nothing", " ", ""),
        ];
        for (name, text, canonical) in rows {
            assert_eq!(printed(text), canonical, "{name}");
        }
    }

    #[test]
    fn what_cannot_be_read_is_named() {
        let rows = [
            (
                "two values",
                "a=b c",
                "found 'c', expected: ',' or 'end of string'",
            ),
            (
                "a value for what must be absent",
                "!a=b",
                "found '=', expected: ',' or 'end of string'",
            ),
            (
                "a set without parentheses",
                "a in b",
                "unable to parse requirement: found 'b' expected: '('",
            ),
            (
                "a comma at the end",
                "a,",
                "found '', expected: identifier after ','",
            ),
            (
                "a symbol where a value should be",
                "a=(",
                "unable to parse requirement: found '(', expected: identifier",
            ),
            (
                "a set with an operator",
                "a in (b,=",
                "unable to parse requirement: found '=', expected: ',', or identifier",
            ),
        ];
        for (name, text, error) in rows {
            assert_eq!(printed(text), error, "{name}");
        }
    }

    proptest::proptest! {
        #[test]
        fn any_text_is_read_or_refused_and_what_is_read_prints_so_that_it_reads_the_same(
            text in "([a-z./-]{0,3}|in|notin|[ =!(),<>]|[0-9]|가){0,12}",
        ) {
            if let Ok(selector) = text.parse::<Selector>() {
                let again = selector.to_string().parse::<Selector>();
                proptest::prop_assert_eq!(again.map(|again| again.to_string()), Ok(selector.to_string()));
            }
        }
    }

    #[test]
    fn a_wrong_key_has_no_place_to_name() {
        assert!(printed("-a=b").starts_with(
            "unable to parse requirement: <nil>: Invalid value: \"-a\": name part must"
        ));
    }
}
