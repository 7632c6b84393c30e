//! The style of a picture in a separate file: the page's rules for it, with the colours of one theme.

use serde::Deserialize;

/// The comment above the rules of the picture.
const SECTION: &str = "/* The picture's shapes. */\n";

/// The colours of a picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum PictureTheme {
    /// Dark on light.
    #[default]
    Light,
    /// Light on dark.
    Dark,
}

/// The style of a file.
#[derive(Clone, Copy, Debug)]
pub struct PictureStyle<'a> {
    /// `static/picture.css`, alone or among other rules: one source for the page and for files. The page has it already
    /// and hands it in, so that its program does not contain it.
    pub stylesheet: &'a str,
    /// Its colours.
    pub theme: PictureTheme,
}

/// The rules of the picture that are not for pointers and keyboards. They have values instead of variables, which not
/// every program that shows SVG supports.
pub(super) fn rules(style: PictureStyle<'_>) -> String {
    let section = style.stylesheet.split(SECTION).nth(1).unwrap_or_default();
    let lines = section.lines().take_while(|line| !line.is_empty());
    let lines = lines.filter(|line| !line.starts_with('@'));
    let mut rules = String::from("\n");
    for rule in lines.flat_map(|line| line.split_inclusive('}')) {
        let selector = rule.split('{').next().unwrap_or_default();
        if !selector.contains(':') {
            rules.push_str(rule.trim());
            rules.push('\n');
        }
    }
    with_values(&rules, style)
}

/// Replaces each `var(--name)`.
fn with_values(rules: &str, style: PictureStyle<'_>) -> String {
    let mut replaced = String::new();
    let mut parts = rules.split("var(");
    replaced.push_str(parts.next().unwrap_or_default());
    for part in parts {
        let (name, rest) = part.split_once(')').unwrap_or((part, ""));
        replaced.push_str(value(name, style));
        replaced.push_str(rest);
    }
    replaced
}

/// The value of a variable: the dark theme's, if it has its own.
fn value<'a>(name: &str, style: PictureStyle<'a>) -> &'a str {
    let light = block(style.stylesheet, ":root {");
    let dark = block(style.stylesheet, "[data-theme=\"dark\"] {");
    let own = match style.theme {
        PictureTheme::Light => None,
        PictureTheme::Dark => declaration(dark, name),
    };
    own.or_else(|| declaration(light, name)).unwrap_or_default()
}

fn block<'a>(stylesheet: &'a str, opening: &str) -> &'a str {
    let rest = stylesheet.split(opening).nth(1).unwrap_or_default();
    rest.split('}').next().unwrap_or_default()
}

fn declaration<'a>(block: &'a str, name: &str) -> Option<&'a str> {
    block.split(';').find_map(|declaration| {
        let (own, value) = declaration.split_once(':')?;
        (own.trim() == name).then_some(value.trim())
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::view::export::STYLESHEET;

    fn style(theme: PictureTheme) -> PictureStyle<'static> {
        PictureStyle {
            stylesheet: STYLESHEET,
            theme,
        }
    }

    #[test]
    fn every_variable_has_a_value_in_both_themes() {
        for theme in [PictureTheme::Light, PictureTheme::Dark] {
            let rules = rules(style(theme));
            assert!(rules.contains(".scene .service > rect {"), "{rules}");
            assert_eq!(rules.matches('{').count(), rules.matches('}').count());
            for empty in ["var(", ": ;", ":;", " ;"] {
                assert!(!rules.contains(empty), "{empty} in {rules}");
            }
        }
    }

    #[test]
    fn a_theme_has_its_own_colours() {
        assert_eq!(value("--svc", style(PictureTheme::Light)), "#2f6fed");
        assert_eq!(value("--svc", style(PictureTheme::Dark)), "#6ea0ff");
        assert_eq!(
            value("--mono", style(PictureTheme::Dark)),
            value("--mono", style(PictureTheme::Light))
        );
    }

    #[test]
    fn a_file_has_no_rules_for_pointers_and_keyboards() {
        let rules = rules(style(PictureTheme::Light));
        for needless in ["@media", ":hover", ":focus-visible"] {
            assert!(!rules.contains(needless), "{needless} in {rules}");
        }
    }
}
