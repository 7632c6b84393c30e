//! The server blocks of a Corefile, with their lines.

/// A server block: `example.com:53 { … }`.
pub(super) struct ServerBlock<'c> {
    pub(super) zones: Vec<&'c str>,
    pub(super) directives: Vec<Directive<'c>>,
}

impl<'c> ServerBlock<'c> {
    /// The block of some zones, empty.
    fn of_zones(zones: Vec<&'c str>) -> ServerBlock<'c> {
        ServerBlock {
            zones,
            directives: Vec::new(),
        }
    }
}

/// The words of a line.
pub(super) struct Line<'c> {
    /// Its index in the text.
    pub(super) number: usize,
    pub(super) words: Vec<&'c str>,
}

/// A line of a server block: the plugin with its arguments, and the lines of its own block.
pub(super) struct Directive<'c> {
    pub(super) own: Line<'c>,
    pub(super) options: Vec<Line<'c>>,
}

/// The plugins that may decide over a name.
const PLUGINS: [&str; 7] = [
    "etcd",
    "file",
    "forward",
    "hosts",
    "rewrite",
    "secondary",
    "template",
];

/// The server blocks of a Corefile. Lines outside any block are those of a part that the block for all names imports.
pub(super) fn server_blocks(text: &str) -> Vec<ServerBlock<'_>> {
    let mut reader = BlockReader {
        blocks: vec![ServerBlock::of_zones(vec!["."])],
        in_block: false,
        in_directive: false,
    };
    for (number, line) in text.lines().enumerate() {
        let words = line.split_whitespace();
        let words = words.take_while(|word| !word.starts_with('#'));
        let mut own: Vec<&str> = Vec::new();
        for word in words.chain(["\n"]) {
            if matches!(word, "{" | "}" | "\n") {
                let words = std::mem::take(&mut own);
                reader.add(Line { number, words }, word);
            } else {
                own.push(word);
            }
        }
    }
    reader.blocks
}

/// The server blocks that have been read, and where the next word is.
struct BlockReader<'c> {
    /// The first one is for the lines outside any block.
    blocks: Vec<ServerBlock<'c>>,
    in_block: bool,
    in_directive: bool,
}

impl<'c> BlockReader<'c> {
    /// Adds the words before a brace or the end of a line.
    fn add(&mut self, line: Line<'c>, end: &str) {
        let is_plugin = line.words.iter().any(|word| PLUGINS.contains(word));
        if end == "{" && !self.in_block && !is_plugin {
            let zones = line.words.into_iter().map(zone_of).collect();
            self.blocks.push(ServerBlock::of_zones(zones));
            self.in_block = true;
            return;
        }
        if !line.words.is_empty() {
            self.add_directive(line);
        }
        match end {
            "{" => self.in_directive = true,
            "}" if self.in_directive => self.in_directive = false,
            "}" => self.in_block = false,
            _ => {}
        }
    }

    /// Adds a line to the open block: a directive, or an option of the open one.
    fn add_directive(&mut self, line: Line<'c>) {
        let block = if self.in_block {
            self.blocks.last_mut()
        } else {
            self.blocks.first_mut()
        };
        let Some(block) = block else { return };
        match block.directives.last_mut() {
            Some(open) if self.in_directive => open.options.push(line),
            _ => block.directives.push(Directive {
                own: line,
                options: Vec::new(),
            }),
        }
    }
}

/// The zone of `dns://example.com:53`.
fn zone_of(written: &str) -> &str {
    let rest = written.split_once("://").map_or(written, |(_, rest)| rest);
    rest.split_once(':').map_or(rest, |(zone, _)| zone)
}
