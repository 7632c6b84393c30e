//! The options of curl.

/// The options of a line.
#[derive(Default)]
pub(super) struct Options {
    pub(super) url: Option<String>,
    pub(super) headers: Vec<String>,
    pub(super) method: Option<String>,
    pub(super) user_agent: Option<String>,
    pub(super) verbose: bool,
    pub(super) include: bool,
    pub(super) head: bool,
    pub(super) fail: bool,
    pub(super) silent: bool,
    pub(super) show_error: bool,
    pub(super) write_out: Option<String>,
    pub(super) discards: bool,
    /// Seconds until it gives up; `None` for the kernel's.
    pub(super) limit: Option<Limit>,
}

/// A time limit, in milliseconds.
#[derive(Clone, Copy)]
pub(super) enum Limit {
    /// `--connect-timeout`.
    Connect(u32),
    /// `-m`.
    Whole(u32),
}

impl Options {
    /// The method that an option states: `-X`, else `-I`; GET is what is sent anyway.
    pub(super) fn stated_method(&self) -> Option<&str> {
        let own = self.method.as_deref();
        own.or(self.head.then_some("HEAD"))
    }

    pub(super) fn read(words: &[String]) -> Result<Options, UsageError> {
        let mut options = Options::default();
        let mut words = words.iter().map(String::as_str);
        while let Some(word) = words.next() {
            if let Some(long) = word.strip_prefix("--").filter(|long| !long.is_empty()) {
                let letter = LONG
                    .iter()
                    .find(|(name, _)| *name == long)
                    .map(|(_, letter)| *letter);
                let letter = letter.ok_or_else(|| UsageError::of(word, "is unknown"))?;
                options.set(letter, "", &mut words, word)?;
            } else if let Some(letters) = word.strip_prefix('-').filter(|own| !own.is_empty()) {
                for (index, letter) in letters.char_indices() {
                    let rest = &letters[index + letter.len_utf8()..];
                    if options.set(letter, rest, &mut words, word)? == Took::Value {
                        break;
                    }
                }
            } else {
                options.url = Some(word.to_owned());
            }
        }
        Ok(options)
    }

    /// Sets an option; `rest` is what follows its letter in the same word.
    fn set<'a>(
        &mut self,
        letter: char,
        rest: &'a str,
        words: &mut impl Iterator<Item = &'a str>,
        word: &str,
    ) -> Result<Took, UsageError> {
        match letter {
            'v' => self.verbose = true,
            'i' => self.include = true,
            'I' => self.head = true,
            'f' => self.fail = true,
            's' => self.silent = true,
            'S' => self.show_error = true,
            // There is no certificate to check, and no redirect leads anywhere that answers.
            'k' | '4' | 'L' | 'g' => {}
            'H' | 'X' | 'A' | 'o' | 'w' | 'm' | 'C' => {
                let value = if rest.is_empty() {
                    words.next()
                } else {
                    Some(rest)
                };
                let value = value.ok_or_else(|| UsageError::of(word, "requires parameter"))?;
                self.set_value(letter, value, word)?;
                return Ok(Took::Value);
            }
            _ => return Err(UsageError::of(word, "is unknown")),
        }
        Ok(Took::Nothing)
    }

    fn set_value(&mut self, letter: char, value: &str, word: &str) -> Result<(), UsageError> {
        match letter {
            'H' => self.headers.push(value.to_owned()),
            'X' => self.method = Some(value.to_owned()),
            'A' => self.user_agent = Some(value.to_owned()),
            'w' => self.write_out = Some(value.to_owned()),
            'o' => self.discards = true,
            _ => {
                let seconds: f32 = value
                    .parse()
                    .map_err(|_| UsageError::of(word, "expected a proper numerical parameter"))?;
                let limit = (seconds * 1000.0) as u32;
                self.limit = Some(if letter == 'm' {
                    Limit::Whole(limit)
                } else {
                    Limit::Connect(limit)
                });
            }
        }
        Ok(())
    }
}

/// Whether an option took a value.
#[derive(PartialEq, Eq)]
enum Took {
    Nothing,
    Value,
}

/// Long options, as the letter that does the same; `C` is `--connect-timeout` here.
const LONG: &[(&str, char)] = &[
    ("verbose", 'v'),
    ("include", 'i'),
    ("head", 'I'),
    ("fail", 'f'),
    ("silent", 's'),
    ("show-error", 'S'),
    ("insecure", 'k'),
    ("ipv4", '4'),
    ("location", 'L'),
    ("globoff", 'g'),
    ("header", 'H'),
    ("request", 'X'),
    ("user-agent", 'A'),
    ("output", 'o'),
    ("write-out", 'w'),
    ("max-time", 'm'),
    ("connect-timeout", 'C'),
];

/// What is wrong with an option, in curl's words. curl then exits with 2.
pub(super) struct UsageError(pub(super) String);

impl UsageError {
    fn of(word: &str, why: &str) -> UsageError {
        UsageError(format!(
            "curl: option {word}: {why}\ncurl: try 'curl --help' or 'curl --manual' for more information"
        ))
    }
}
