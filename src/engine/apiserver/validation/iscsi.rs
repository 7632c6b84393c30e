//! Rules for iSCSI volumes (`validateISCSIVolumeSource`).

use super::storage_systems::logical_unit;
use super::values::missing;
use crate::apiserver::errors::{ApiError, invalid, required};
use crate::apiserver::field::Field;
use crate::syntax::quote;

/// What is wrong with an iSCSI volume.
pub(super) fn errors(disk: &Field) -> Vec<ApiError> {
    let (name, secret) = (disk.child("iqn"), disk.child("secretRef"));
    let mut errors = missing(disk, "targetPortal");
    if name.text().is_empty() {
        errors.push(required(&name.path, ""));
    } else {
        errors.extend(qualified_name(&name));
    }
    errors.extend(logical_unit(&disk.child("lun")));
    let asks_who = ["chapAuthDiscovery", "chapAuthSession"]
        .into_iter()
        .any(|way| disk.child(way).is_true());
    if asks_who && !secret.is_set() {
        errors.push(required(&secret.path, ""));
    }
    let initiator = disk.child("initiatorName");
    if initiator.is_set() {
        // The server spells this field as one word.
        errors.extend(qualified_name(&Field {
            path: disk.path.key("initiatorname"),
            ..initiator
        }));
    }
    errors
}

/// With an initiator of its own a volume's name and portal make up a name together.
pub(super) fn long_name(volume: &Field) -> Option<ApiError> {
    const LONGEST: usize = 64;
    let (name, disk) = (volume.child("name"), volume.child("iscsi"));
    let length = name.text().len() + ":".len() + disk.child("targetPortal").text().len();
    let detail = "Total length of <volume name>:<iscsi.targetPortal> must be under 64 characters if iscsi.initiatorName is specified.";
    (disk.child("initiatorName").is_set() && length > LONGEST)
        .then(|| invalid(&name.path, quote(name.text()), detail))
}

/// The name of a target or of an initiator, in one of three forms.
fn qualified_name(field: &Field) -> Option<ApiError> {
    let name = field.text();
    let is_right = match name.get(..3) {
        Some("iqn") => is_dated(name),
        Some("eui") => is_hexadecimal(name, 16),
        Some("naa") => is_hexadecimal(name, 32),
        Some(_) | None => {
            let detail = "must be valid format starting with iqn, eui, or naa";
            return Some(invalid(&field.path, quote(name), detail));
        }
    };
    (!is_right).then(|| invalid(&field.path, quote(name), "must be valid format"))
}

/// `iqn.2001-04.com.example:disk`.
fn is_dated(name: &str) -> bool {
    let Some((domain, disk)) = name
        .strip_prefix("iqn.")
        .and_then(|rest| rest.split_once(':'))
    else {
        return false;
    };
    let (date, domain) = domain.split_at_checked(8).unwrap_or_default();
    let is_date = date.char_indices().all(|(place, c)| match place {
        4 => c == '-',
        7 => c == '.',
        _ => c.is_ascii_digit(),
    });
    let is_of_domain = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '.';
    let is_of_disk = |c: char| !c.is_ascii_whitespace() && !",;*&$|".contains(c);
    let is_whole = !date.is_empty() && !domain.is_empty() && !disk.is_empty();
    is_whole && is_date && domain.chars().all(is_of_domain) && disk.chars().all(is_of_disk)
}

/// `naa.` or `eui.` and so many letters and digits; the server takes any character for the dot.
fn is_hexadecimal(name: &str, length: usize) -> bool {
    let mut rest = name.chars().skip(3);
    rest.next().is_some_and(|dot| dot != '\n')
        && rest.clone().count() == length
        && rest.all(|c| c.is_ascii_alphanumeric())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::apiserver::testing::node;

    #[test]
    fn a_target_has_a_qualified_name() {
        let found = |name: &str| {
            let disk = node(&format!(r#"{{"targetPortal":"p","iqn":"{name}"}}"#));
            errors(&Field::root(&disk))
                .iter()
                .map(ApiError::to_string)
                .collect::<Vec<_>>()
        };
        for right in [
            "iqn.2015-02.example.com:test",
            "eui.0123456789abcdef",
            "naa.62004567BA64678D0123456789ABCDEF",
        ] {
            assert_eq!(found(right), [""; 0], "{right}");
        }
        for wrong in [
            "iqn.2015-02.example.com",
            "iqn.15-02.example.com:a",
            "eui.1",
        ] {
            assert_eq!(
                found(wrong),
                [format!(
                    r#"iqn: Invalid value: "{wrong}": must be valid format"#
                )]
            );
        }
        assert_eq!(
            found("disk"),
            [r#"iqn: Invalid value: "disk": must be valid format starting with iqn, eui, or naa"#]
        );
    }
}
