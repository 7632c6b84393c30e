//! Base64 as the API server decodes it (Go's `encoding/base64` `StdEncoding`): line breaks are skipped, and an error has
//! the offset of the byte that is wrong.

/// The bytes that a text encodes, or the offset of its first error.
pub(crate) fn decode(text: &str) -> Result<Vec<u8>, usize> {
    let end = text.len();
    let bytes = text.bytes().enumerate();
    let mut rest = bytes.filter(|(_, byte)| !matches!(byte, b'\r' | b'\n'));
    let mut decoded = Vec::with_capacity(end / 4 * 3);
    let (mut quantum, mut count) = (0_u32, 0_usize);
    while let Some((place, byte)) = rest.next() {
        if byte == b'=' {
            padding(place, count, end, &mut rest)?;
            let [_, first, second, _] = (quantum << (24 - 6 * count)).to_be_bytes();
            decoded.push(first);
            decoded.extend((count == 3).then_some(second));
            return Ok(decoded);
        }
        quantum = quantum << 6 | digit(byte).ok_or(place)?;
        count += 1;
        if count == 4 {
            let [_, first, second, third] = quantum.to_be_bytes();
            decoded.extend([first, second, third]);
            (quantum, count) = (0, 0);
        }
    }
    if count == 0 {
        Ok(decoded)
    } else {
        Err(end - count)
    }
}

/// Checks what follows the first `=`, which is at `place` after `count` digits.
fn padding(
    place: usize,
    count: usize,
    end: usize,
    rest: &mut impl Iterator<Item = (usize, u8)>,
) -> Result<(), usize> {
    match count {
        0 | 1 => return Err(place),
        2 => match rest.next() {
            None => return Err(end),
            Some((_, b'=')) => {}
            Some((next, _)) => return Err(next - 1),
        },
        _ => {}
    }
    rest.next().map_or(Ok(()), |(garbage, _)| Err(garbage))
}

fn digit(byte: u8) -> Option<u32> {
    let digit = match byte {
        b'A'..=b'Z' => byte - b'A',
        b'a'..=b'z' => byte - b'a' + 26,
        b'0'..=b'9' => byte - b'0' + 52,
        b'+' => 62,
        b'/' => 63,
        _ => return None,
    };
    Some(digit.into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_decoded_into_bytes() {
        for (text, bytes) in [
            ("", ""),
            ("YQ==", "a"),
            ("YWI=", "ab"),
            ("YWJj", "abc"),
            ("YW\nJjZA==\n", "abcd"),
        ] {
            assert_eq!(decode(text), Ok(bytes.as_bytes().to_vec()), "{text:?}");
        }
    }

    #[test]
    fn an_error_has_a_place() {
        for (text, place) in [
            ("not base64!", 3),
            ("hello", 4),
            ("YQ=", 3),
            ("YQ=x", 2),
            ("=", 0),
            ("YWI=a", 4),
        ] {
            assert_eq!(decode(text), Err(place), "{text:?}");
        }
    }
}
