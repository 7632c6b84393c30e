//! The parser of filters, by recursive descent: a method for each level of precedence.

use super::filter::{Comparison, Filter};

/// Reads a filter from its beginning. `None` of its methods is a syntax error; `rest` begins there.
pub(super) struct FilterParser<'a> {
    pub(super) rest: &'a str,
}

impl FilterParser<'_> {
    fn take(&mut self, sign: &str) -> bool {
        let rest = self.rest.trim_start();
        let found = rest.strip_prefix(sign);
        self.rest = found.unwrap_or(rest);
        found.is_some()
    }

    /// `a | b`, the outermost form of a filter.
    pub(super) fn pipe(&mut self) -> Option<Filter> {
        let left = self.comma()?;
        if self.take("|") {
            return Some(Filter::Pipe(Box::new(left), Box::new(self.pipe()?)));
        }
        Some(left)
    }

    fn comma(&mut self) -> Option<Filter> {
        let mut left = self.comparison()?;
        while self.take(",") {
            left = Filter::Both(Box::new(left), Box::new(self.comparison()?));
        }
        Some(left)
    }

    fn comparison(&mut self) -> Option<Filter> {
        let left = self.term()?;
        let comparison = match (self.take("=="), self.take("!=")) {
            (true, _) => Comparison::Equal,
            (false, true) => Comparison::Unequal,
            (false, false) => return Some(left),
        };
        Some(Filter::Compare(
            Box::new(left),
            comparison,
            Box::new(self.term()?),
        ))
    }

    fn term(&mut self) -> Option<Filter> {
        let mut term = self.primary()?;
        loop {
            let next = if self.rest.starts_with("[") {
                self.brackets()?
            } else if self.rest.starts_with('.') {
                self.rest = &self.rest[1..];
                self.field()?
            } else if self.rest.starts_with('?') {
                self.rest = &self.rest[1..];
                term = Filter::Try(Box::new(term));
                continue;
            } else {
                return Some(term);
            };
            term = Filter::Pipe(Box::new(term), Box::new(next));
        }
    }

    fn primary(&mut self) -> Option<Filter> {
        if self.take("(") {
            let inside = self.pipe()?;
            return self.take(")").then_some(inside);
        }
        if self.take("[") {
            let inside = self.pipe()?;
            return self.take("]").then_some(Filter::Collect(Box::new(inside)));
        }
        if self.rest.starts_with('"') {
            return self.text().map(|text| Filter::Literal(text.into()));
        }
        if self.take(".") {
            if self.rest.starts_with(|letter: char| {
                letter.is_alphabetic() || letter == '_' || letter == '"'
            }) {
                return self.field();
            }
            return Some(Filter::Identity);
        }
        let word = self.word();
        match word {
            "length" => Some(Filter::Length),
            "keys" => Some(Filter::Keys),
            "select" => {
                let condition = self.take("(").then(|| self.pipe())??;
                self.take(")")
                    .then_some(Filter::Select(Box::new(condition)))
            }
            literal => serde_json::from_str(literal).ok().map(Filter::Literal),
        }
    }

    /// Letters, digits, `_` and `-` of a number.
    fn word(&mut self) -> &str {
        let is_in_word = |letter: char| letter.is_alphanumeric() || letter == '_' || letter == '-';
        let end = self
            .rest
            .find(|letter| !is_in_word(letter))
            .unwrap_or(self.rest.len());
        let (word, rest) = self.rest.split_at(end);
        self.rest = rest;
        word
    }

    fn field(&mut self) -> Option<Filter> {
        if self.rest.starts_with('"') {
            return self.text().map(Filter::Field);
        }
        if self.rest.starts_with('[') {
            return self.brackets();
        }
        let is_in_name = |letter: char| letter.is_alphanumeric() || letter == '_';
        let end = self
            .rest
            .find(|letter| !is_in_name(letter))
            .unwrap_or(self.rest.len());
        let (name, rest) = self.rest.split_at(end);
        self.rest = rest;
        (!name.is_empty()).then(|| Filter::Field(name.to_owned()))
    }

    fn text(&mut self) -> Option<String> {
        let (text, rest) = self.rest[1..].split_once('"')?;
        self.rest = rest;
        Some(text.to_owned())
    }

    fn brackets(&mut self) -> Option<Filter> {
        let (inside, rest) = self.rest[1..].split_once(']')?;
        self.rest = rest;
        match inside.trim() {
            "" => Some(Filter::Each),
            own if own.starts_with('"') => Some(Filter::Field(own.trim_matches('"').to_owned())),
            own => own.parse().ok().map(Filter::Index),
        }
    }
}
