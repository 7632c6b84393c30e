//! The resolv.conf of the pod that looks a name up, beside the questions that it makes of it, in the Concept view.

use crate::view::scene::{Point, Scene, SceneText, TextStyle};
use kubehop_engine::dns::coredns::Record;
use kubehop_engine::dns::resolver::{Lookup as Query, Outcome};
use kubehop_engine::trace::Lookup;

/// The most questions that are listed, the last ones.
const QUERIES: usize = 4;

/// The most domains of the search list that are listed.
const SEARCHES: usize = 4;

/// The distance from one line to the next one.
const LINE: f32 = 16.0;

/// How far the search domains are indented under the first one.
const INDENT: f32 = 46.2;

/// Adds the file and the questions. On a phone there is room for the name server and the last question.
pub(super) fn add(scene: &mut Scene, lookup: &Lookup, at: Point, width: f32, is_narrow: bool) {
    let small = |text: String| (0.0, TextStyle::SmallAddress, text);
    let mut lines = vec![(0.0, TextStyle::Name, "/etc/resolv.conf".to_owned())];
    let file = &lookup.resolv_conf;
    let servers = file.nameservers.iter();
    lines.extend(servers.map(|server| small(format!("nameserver {server}"))));
    if is_narrow {
        lines.truncate(2);
    } else {
        for (index, domain) in file.searches.iter().take(SEARCHES).enumerate() {
            lines.push(match index {
                0 => small(format!("search {domain}")),
                _ => (INDENT, TextStyle::SmallAddress, domain.clone()),
            });
        }
        if !file.options.is_empty() {
            lines.push(small(format!("options {}", file.options.join(" "))));
        }
    }
    let queries = &lookup.resolution.lookups;
    let shown = if is_narrow { 1 } else { QUERIES };
    for query in &queries[queries.len().saturating_sub(shown)..] {
        let (style, text) = answer(query);
        lines.push((0.0, style, text));
    }
    for (index, (indent, style, text)) in lines.into_iter().enumerate() {
        let y = at.y + LINE * index as f32;
        let text = style.fit(&text, width - indent);
        let text = SceneText::plain(at.x + indent, y, style, text);
        scene.captions.push(text);
    }
}

/// A question and what was answered to it.
fn answer(query: &Query) -> (TextStyle, String) {
    let name = &query.name;
    let address = query.answer.iter().find_map(Record::address);
    match (query.outcome, address) {
        (Outcome::Found | Outcome::Outside, Some(address)) => {
            (TextStyle::Match, format!("{name} → {address}"))
        }
        // A server outside, too, says so in these words.
        (Outcome::OutsideDenied, _) => {
            (TextStyle::Miss, format!("{name} → {}", Outcome::NameError))
        }
        (outcome, _) => (TextStyle::Miss, format!("{name} → {outcome}")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::view::scene::{TextContent, View};
    use kubehop_engine::dns::resolv_conf::ResolvConf;
    use kubehop_engine::dns::resolver::Resolution;

    fn query(name: &str, outcome: Outcome) -> Query {
        Query {
            name: name.to_owned(),
            outcome,
            answer: Vec::new(),
            responses: Vec::new(),
        }
    }

    fn drawn(is_narrow: bool) -> Vec<String> {
        let file = "nameserver 10.96.0.10\nsearch a.local b.local\noptions ndots:5\n";
        let lookup = Lookup {
            resolv_conf: ResolvConf::parse(file).expect("a file"),
            resolution: Resolution {
                candidates: Vec::new(),
                lookups: vec![
                    query("web.a.local", Outcome::NameError),
                    query("web", Outcome::OutsideDenied),
                ],
            },
            address: None,
        };
        let mut scene = Scene::empty(View::Concept);
        add(
            &mut scene,
            &lookup,
            Point { x: 0.0, y: 0.0 },
            400.0,
            is_narrow,
        );
        let said = scene.captions.into_iter().map(|text| match text.content {
            TextContent::Caption(caption) => format!("{caption:?}"),
            other => other.untranslated().unwrap_or_default().to_owned(),
        });
        said.collect()
    }

    #[test]
    fn the_file_is_beside_its_questions_and_a_phone_has_the_last_one() {
        let file = [
            "/etc/resolv.conf",
            "nameserver 10.96.0.10",
            "search a.local",
            "b.local",
            "options ndots:5",
            "web.a.local → NXDOMAIN",
            "web → NXDOMAIN",
        ];
        assert_eq!(drawn(false), file);
        assert_eq!(drawn(true), [file[0], file[1], file[6]]);
    }
}
