//! A small tree of SVG elements, and its text.

use std::borrow::Cow;
use std::fmt;

use crate::view::scene::ShapeIndex;

/// One element.
#[derive(Clone, Debug, PartialEq)]
pub struct SvgElement {
    /// The tag: `g`, `rect`, `text`.
    pub name: &'static str,
    /// The key of the element among its siblings while they change; not written.
    pub key: Option<String>,
    /// The shape that the element draws; not written.
    pub shape: Option<ShapeIndex>,
    /// The attributes, in the order in which they are written.
    pub attributes: Vec<(&'static str, Cow<'static, str>)>,
    /// What is between the tags.
    pub content: Vec<SvgContent>,
}

/// What is inside an element.
#[derive(Clone, Debug, PartialEq)]
pub enum SvgContent {
    /// Another element.
    Element(SvgElement),
    /// Characters.
    Text(String),
}

impl SvgElement {
    /// An empty element.
    pub(super) fn new(name: &'static str) -> SvgElement {
        SvgElement {
            name,
            key: None,
            shape: None,
            attributes: Vec::new(),
            content: Vec::new(),
        }
    }

    pub(super) fn key(mut self, key: String) -> SvgElement {
        self.key = Some(key);
        self
    }

    pub(super) fn with(
        mut self,
        name: &'static str,
        value: impl Into<Cow<'static, str>>,
    ) -> SvgElement {
        self.attributes.push((name, value.into()));
        self
    }

    /// An attribute in user units.
    pub(super) fn number(self, name: &'static str, value: f32) -> SvgElement {
        self.with(name, rounded(value))
    }

    pub(super) fn child(mut self, child: SvgElement) -> SvgElement {
        self.content.push(SvgContent::Element(child));
        self
    }

    pub(super) fn children(mut self, children: impl IntoIterator<Item = SvgElement>) -> SvgElement {
        let children = children.into_iter().map(SvgContent::Element);
        self.content.extend(children);
        self
    }

    pub(super) fn text(mut self, text: impl Into<String>) -> SvgElement {
        self.content.push(SvgContent::Text(text.into()));
        self
    }
}

/// A number to a hundredth of a pixel, without zeros at its end.
pub(super) fn rounded(value: f32) -> String {
    // Adding zero makes a negative zero positive.
    ((value * 100.0).round() / 100.0 + 0.0).to_string()
}

impl fmt::Display for SvgElement {
    /// The element as XML.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "<{}", self.name)?;
        for (name, value) in &self.attributes {
            write!(f, " {name}=\"{}\"", escaped(value).replace('"', "&quot;"))?;
        }
        if self.content.is_empty() {
            return f.write_str("/>");
        }
        f.write_str(">")?;
        for content in &self.content {
            match content {
                SvgContent::Element(element) => element.fmt(f)?,
                SvgContent::Text(text) => f.write_str(&escaped(text))?,
            }
        }
        write!(f, "</{}>", self.name)
    }
}

/// The text with `&`, `<` and `>` as entities, and without characters that XML does not allow.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '\u{fffe}' | '\u{ffff}' => escaped.push('\u{fffd}'),
            control if control < ' ' && !matches!(control, '\t' | '\n' | '\r') => {
                escaped.push('\u{fffd}');
            }
            other => escaped.push(other),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_and_attributes_cannot_leave_their_place() {
        let element = SvgElement::new("text")
            .with("class", "\"><script>")
            .text("a & b </text>\u{1}");
        assert_eq!(
            element.to_string(),
            "<text class=\"&quot;&gt;&lt;script&gt;\">a &amp; b &lt;/text&gt;\u{fffd}</text>"
        );
    }

    #[test]
    fn numbers_have_at_most_two_decimals() {
        let numbers = [262.07996, 14.0, 0.5, -0.001].map(rounded);
        assert_eq!(numbers, ["262.08", "14", "0.5", "0"]);
    }
}
