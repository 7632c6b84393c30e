//! The messages between page and worker as bytes.
//!
//! A message is the version of its layout and a value in the postcard format. Both ends are untrusted: the worker's
//! files have names that a browser may have cached from another build, so a version that differs is a separate error.
//! `docs/decisions/041-wire-format.md` says why postcard.

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use super::{Ask, Hello, Reply};
use crate::view::language::Language;
use crate::view::matrix_view::MatrixNews;

/// The sources that decide how a message is laid out.
const LAYOUT: [&str; 21] = [
    env!("CARGO_PKG_VERSION"),
    include_str!("ask.rs"),
    include_str!("wire.rs"),
    include_str!("../page_view/mod.rs"),
    include_str!("../page_view/both.rs"),
    include_str!("../page_view/dns.rs"),
    include_str!("../page_view/endpoints.rs"),
    include_str!("../page_view/links.rs"),
    include_str!("../page_view/panels.rs"),
    include_str!("../page_view/problems.rs"),
    include_str!("../page_view/rules.rs"),
    include_str!("../page_view/search.rs"),
    include_str!("../page_view/settings.rs"),
    include_str!("../page_view/trace.rs"),
    include_str!("../matrix_view.rs"),
    include_str!("../course/view.rs"),
    include_str!("../scene/mod.rs"),
    include_str!("../scene/path.rs"),
    include_str!("../scene/text.rs"),
    include_str!("../flow.rs"),
    include_str!("../timeline.rs"),
];

/// The version of the layout: FNV-1a over the sources that define it.
const VERSION: u32 = version();

const fn version() -> u32 {
    let mut hash: u32 = 0x811c_9dc5;
    let mut file = 0;
    while file < LAYOUT.len() {
        let bytes = LAYOUT[file].as_bytes();
        let mut index = 0;
        while index < bytes.len() {
            hash = (hash ^ bytes[index] as u32).wrapping_mul(0x0100_0193);
            index += 1;
        }
        file += 1;
    }
    hash
}

/// A message to the worker.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum FromPage {
    /// The first one.
    Hello(Letter<Hello>),
    /// Any other.
    Ask(Letter<Ask>),
}

/// A message with its number. Numbers grow, and an answer has the number of what it answers.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Letter<T> {
    /// The number.
    pub number: u32,
    /// The message.
    pub content: T,
}

/// A message from the worker.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum FromWorker {
    /// The worker accepts requests.
    Ready,
    /// An answer.
    Reply(Box<Reply>),
    /// The matrix, or how far it is worked out.
    Matrix(Box<MatrixNews>),
    /// The catalogue of the first language cannot be loaded.
    NoCatalogue(Language),
    /// The message could not be read.
    Unreadable(WireError),
}

/// Why bytes are no message.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum WireError {
    /// They are of another version.
    OtherVersion,
    /// They are damaged.
    Malformed,
}

/// A message as bytes.
pub fn encode<T: Serialize>(message: &T) -> Vec<u8> {
    let bytes = VERSION.to_le_bytes().to_vec();
    postcard::to_extend(message, bytes).unwrap_or_default()
}

/// A message of bytes from anywhere.
pub fn decode<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, WireError> {
    let (version, message) = bytes.split_first_chunk().ok_or(WireError::Malformed)?;
    if u32::from_le_bytes(*version) != VERSION {
        return Err(WireError::OtherVersion);
    }
    postcard::from_bytes(message).map_err(|_| WireError::Malformed)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn message() -> FromPage {
        FromPage::Ask(Letter {
            number: 7,
            content: Ask::Edit("kind: Service\n".to_owned()),
        })
    }

    #[test]
    fn a_message_is_read_as_it_was_written() {
        assert_eq!(decode(&encode(&message())), Ok(message()));
    }

    #[test]
    fn bytes_of_another_version_are_recognised() {
        let mut bytes = encode(&message());
        bytes[0] ^= 1;
        assert_eq!(decode::<FromPage>(&bytes), Err(WireError::OtherVersion));
    }

    #[test]
    fn damaged_bytes_are_an_error_and_never_a_panic() {
        let bytes = encode(&message());
        for length in 0..bytes.len() {
            assert!(decode::<FromPage>(&bytes[..length]).is_err());
        }
        for index in 4..bytes.len() {
            let mut damaged = bytes.clone();
            damaged[index] = 0xff;
            let _ = decode::<FromPage>(&damaged);
        }
    }
}
