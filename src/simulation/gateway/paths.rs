//! Converts a path of an Ingress to a path match of an HTTPRoute, and its rewrite to a filter.

use kubehop_engine::cluster::object::{HttpPath, PathType};
use serde_json::{Value, json};

/// How requests are compared with a path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum PathMatch {
    Exact(String),
    Prefix(String),
    /// A regular expression for the whole path.
    Expression(String),
}

/// What becomes of a request's path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum PathRewrite {
    /// The matched prefix is replaced.
    Prefix(String),
    /// The whole path is replaced.
    Full(String),
}

/// Characters that only regular expressions have.
const EXPRESSION: [char; 12] = ['(', ')', '[', ']', '{', '}', '*', '+', '?', '|', '^', '$'];

impl PathMatch {
    /// A path that is compared as its type says; `ImplementationSpecific` is a prefix for ingress-nginx.
    pub(super) fn plain(path: &HttpPath) -> PathMatch {
        if !is_accepted(&path.path) {
            return PathMatch::literal(path);
        }
        match path.path_type {
            PathType::Exact => PathMatch::Exact(path.path.to_string()),
            PathType::Prefix | PathType::ImplementationSpecific => PathMatch::prefix(&path.path),
        }
    }

    /// A path where ingress-nginx reads every path of the host as an expression that a request begins with, without
    /// regard to case.
    pub(super) fn expression(path: &HttpPath) -> PathMatch {
        if !path.path.contains(EXPRESSION) {
            return PathMatch::prefix(&path.path);
        }
        let rest =
            if path.path.ends_with(".*") || path.path.ends_with("(.*)") || path.path.ends_with('$')
            {
                ""
            } else {
                ".*"
            };
        PathMatch::Expression(format!("(?i){}{rest}", path.path))
    }

    /// An expression for a path that the other types do not accept.
    fn literal(path: &HttpPath) -> PathMatch {
        let mut expression = String::new();
        for character in path.path.trim_end_matches('/').chars() {
            if EXPRESSION.contains(&character) || character == '.' || character == '\\' {
                expression.push('\\');
            }
            expression.push(character);
        }
        match path.path_type {
            PathType::Exact if path.path.ends_with('/') => expression.push('/'),
            PathType::Exact => {}
            PathType::Prefix | PathType::ImplementationSpecific => expression.push_str("(/.*)?"),
        }
        PathMatch::Expression(expression)
    }

    fn prefix(path: &str) -> PathMatch {
        let path = path.trim_end_matches('/');
        PathMatch::Prefix(if path.is_empty() {
            "/".to_owned()
        } else {
            path.to_owned()
        })
    }

    /// Whether it is an expression with look-around.
    pub(super) fn looks_around(&self) -> bool {
        match self {
            PathMatch::Expression(text) => ["(?!", "(?=", "(?<"]
                .iter()
                .any(|group| text.contains(group)),
            PathMatch::Exact(_) | PathMatch::Prefix(_) => false,
        }
    }

    /// The field `path` of a match.
    pub(super) fn value(&self) -> Value {
        let (kind, value) = match self {
            PathMatch::Exact(path) => ("Exact", path),
            PathMatch::Prefix(path) => ("PathPrefix", path),
            PathMatch::Expression(expression) => ("RegularExpression", expression),
        };
        json!({"type": kind, "value": value})
    }
}

/// Whether an HTTPRoute accepts a path of the types Exact and PathPrefix: characters of a URI (RFC 3986) without empty
/// elements, dots and encoded slashes.
fn is_accepted(path: &str) -> bool {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"/-._~!$&'()*+,;=:@".contains(&byte);
    let mut elements = path.split('/').skip(1);
    path.bytes().all(is_plain)
        && !path.contains("//")
        && elements.all(|element| !matches!(element, "." | ".."))
}

/// How an expression ends that takes the rest of a path, and the group that captures it.
const RESTS: [(&str, char); 4] = [
    ("(/|$)(.*)", '2'),
    ("/?(.*)", '1'),
    ("/(.*)", '1'),
    ("(/|$)(.*)$", '2'),
];

/// The match and rewrite that do what `rewrite-target` does to a path: `/api(/|$)(.*)` with `/$2` replaces the prefix
/// `/api`. The rewrite is `None` where nothing changes. An error if there is no equivalent.
pub(super) fn rewritten(
    path: &HttpPath,
    target: &str,
) -> Result<(PathMatch, Option<PathRewrite>), ()> {
    if !target.contains('$') {
        let full = PathRewrite::Full(target.to_owned());
        return Ok((PathMatch::expression(path), Some(full)));
    }
    for (rest, group) in RESTS {
        let Some(prefix) = path.path.strip_suffix(rest) else {
            continue;
        };
        let kept = target
            .strip_suffix(group)
            .and_then(|target| target.strip_suffix('$'));
        let kept = kept.and_then(|target| target.strip_suffix('/'));
        if let Some(kept) = kept.filter(|kept| !kept.contains('$') && !prefix.contains(EXPRESSION))
        {
            let matched = PathMatch::prefix(prefix);
            let is_same = kept == prefix.trim_end_matches('/');
            let new = if kept.is_empty() { "/" } else { kept };
            let rewrite = (!is_same).then(|| PathRewrite::Prefix(new.to_owned()));
            return Ok((matched, rewrite));
        }
    }
    Err(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn path(path: &str) -> HttpPath {
        HttpPath {
            path: path.into(),
            ..HttpPath::default()
        }
    }

    #[test]
    fn a_rewrite_of_the_rest_replaces_the_prefix() {
        let prefix = |path: &str| PathMatch::Prefix(path.to_owned());
        let replaced = |path: &str| Some(PathRewrite::Prefix(path.to_owned()));
        for (from, target, expected) in [
            ("/api(/|$)(.*)", "/$2", Ok((prefix("/api"), replaced("/")))),
            ("/api/(.*)", "/v2/$1", Ok((prefix("/api"), replaced("/v2")))),
            ("/(.*)", "/$1", Ok((prefix("/"), None))),
            ("/api/?(.*)", "/api/$1", Ok((prefix("/api"), None))),
            ("/api/(.*)", "/v2$1", Err(())),
            ("/([a-z]+)/(.*)", "/$2", Err(())),
            ("/api(/|$)(.*)", "/$1", Err(())),
        ] {
            assert_eq!(rewritten(&path(from), target), expected, "{from} {target}");
        }
    }

    #[test]
    fn a_rewrite_without_groups_replaces_the_whole_path() {
        let full = Some(PathRewrite::Full("/index.html".to_owned()));
        assert_eq!(
            rewritten(&path("/old"), "/index.html"),
            Ok((PathMatch::Prefix("/old".to_owned()), full))
        );
    }

    #[test]
    fn a_path_that_a_route_does_not_accept_is_an_expression_for_itself() {
        let plain = |text: &str, path_type| {
            let path = HttpPath {
                path_type,
                ..path(text)
            };
            PathMatch::plain(&path)
        };
        for (text, path_type, expression) in [
            ("/a[1].b", PathType::Exact, r"/a\[1\]\.b"),
            ("/a[1]/", PathType::Prefix, r"/a\[1\](/.*)?"),
            ("/a//b", PathType::Prefix, "/a//b(/.*)?"),
        ] {
            let expected = PathMatch::Expression(expression.to_owned());
            assert_eq!(plain(text, path_type), expected, "{text}");
        }
        let prefix = PathMatch::Prefix("/a.b(c)".to_owned());
        assert_eq!(plain("/a.b(c)", PathType::Prefix), prefix);
    }

    #[test]
    fn an_expression_matches_the_beginning_of_a_path() {
        let value = |text: &str| match PathMatch::expression(&path(text)) {
            PathMatch::Expression(value) | PathMatch::Prefix(value) | PathMatch::Exact(value) => {
                value
            }
        };
        assert_eq!(value("/v[0-9]+"), "(?i)/v[0-9]+.*");
        assert_eq!(value("/v[0-9]+$"), "(?i)/v[0-9]+$");
        assert_eq!(value("/v[0-9]/.*"), "(?i)/v[0-9]/.*");
        assert_eq!(value("/plain/"), "/plain");
        assert!(PathMatch::expression(&path("/(?!admin).*")).looks_around());
    }
}
