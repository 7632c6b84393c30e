//! One thing the API server finds wrong with a field (apimachinery `util/validation/field/errors.go`).
//!
//! The kinds of errors, the order of their parts and the way values are quoted are the server's, as kubectl prints
//! them: `spec.ports[0].port: Invalid value: 0: must be between 1 and 65535, inclusive`.

use std::fmt;

use crate::manifest::tree::FieldPath;
use crate::syntax::quote;

/// A field, what is wrong with it, and often why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ApiError {
    /// The field.
    pub field: FieldPath,
    /// What is wrong.
    pub fault: Fault,
    /// Why; empty if the fault alone is the message.
    pub detail: String,
}

/// What is wrong with a field. Values are held as the server prints them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fault {
    /// It has no value and needs one.
    Required,
    /// Its value, printed, breaks a rule. The empty text leaves the value out (`field.OmitValueType`).
    Invalid(String),
    /// Its value has another type than the schema says; the type is printed (`field.TypeInvalid`).
    TypeInvalid(String),
    /// Its value, printed, is none of the supported ones.
    Unsupported {
        /// The value.
        value: String,
        /// The supported values, in the order the server lists them, without quotes.
        supported: Vec<String>,
    },
    /// Another field already has this value.
    Duplicate(String),
    /// Its value names something that is not there.
    NotFound(String),
    /// It may have no value here.
    Forbidden,
    /// It is longer than allowed, in bytes.
    TooLong,
    /// It has more items than allowed.
    TooMany(usize),
}

impl ApiError {
    /// The reason a machine reads in the answer's causes (`metav1.CauseType`).
    pub fn cause(&self) -> &'static str {
        match self.fault {
            Fault::Required => "FieldValueRequired",
            Fault::Invalid(_) => "FieldValueInvalid",
            Fault::TypeInvalid(_) => "FieldValueTypeInvalid",
            Fault::Unsupported { .. } => "FieldValueNotSupported",
            Fault::Duplicate(_) => "FieldValueDuplicate",
            Fault::NotFound(_) => "FieldValueNotFound",
            Fault::Forbidden => "FieldValueForbidden",
            Fault::TooLong => "FieldValueTooLong",
            Fault::TooMany(_) => "FieldValueTooMany",
        }
    }

    /// The error without its field: `Invalid value: 0: must be between 1 and 65535, inclusive`.
    pub fn message(&self) -> String {
        let fault = match &self.fault {
            Fault::Required => "Required value".to_owned(),
            Fault::Invalid(value) if value.is_empty() => "Invalid value".to_owned(),
            Fault::Invalid(value) | Fault::TypeInvalid(value) => format!("Invalid value: {value}"),
            Fault::Unsupported { value, supported } => {
                let supported: Vec<String> = supported.iter().map(|text| quote(text)).collect();
                let supported = supported.join(", ");
                format!("Unsupported value: {value}: supported values: {supported}")
            }
            Fault::Duplicate(value) => format!("Duplicate value: {value}"),
            Fault::NotFound(value) => format!("Not found: {value}"),
            Fault::Forbidden => "Forbidden".to_owned(),
            Fault::TooLong => "Too long".to_owned(),
            Fault::TooMany(count) => format!("Too many: {count}"),
        };
        if self.detail.is_empty() {
            fault
        } else {
            format!("{fault}: {}", self.detail)
        }
    }
}

impl fmt::Display for ApiError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.field, self.message())
    }
}

/// A field without a value that needs one.
pub fn required(field: &FieldPath, detail: &str) -> ApiError {
    ApiError {
        field: field.clone(),
        fault: Fault::Required,
        detail: detail.to_owned(),
    }
}

/// A field whose value, printed, breaks a rule.
pub fn invalid(field: &FieldPath, value: impl Into<String>, detail: impl Into<String>) -> ApiError {
    ApiError {
        field: field.clone(),
        fault: Fault::Invalid(value.into()),
        detail: detail.into(),
    }
}

/// A field whose text breaks rules, one error for each.
pub fn invalid_text(field: &FieldPath, text: &str, details: Vec<String>) -> Vec<ApiError> {
    details
        .into_iter()
        .map(|detail| invalid(field, quote(text), detail))
        .collect()
}

/// A field whose text is none of the `supported` ones, in the order the server lists them.
pub fn unsupported(field: &FieldPath, text: &str, supported: &[&str]) -> ApiError {
    unsupported_value(field, quote(text), supported.iter().copied())
}

/// A field whose value, as printed, is none of the `supported` ones.
pub fn unsupported_value(
    field: &FieldPath,
    value: String,
    supported: impl IntoIterator<Item = impl Into<String>>,
) -> ApiError {
    let supported = supported.into_iter().map(Into::into).collect();
    ApiError {
        field: field.clone(),
        fault: Fault::Unsupported { value, supported },
        detail: String::new(),
    }
}

/// An error for a value, as printed, that another field already has.
pub fn duplicate(field: &FieldPath, value: impl Into<String>) -> ApiError {
    ApiError {
        field: field.clone(),
        fault: Fault::Duplicate(value.into()),
        detail: String::new(),
    }
}

/// A field whose value, printed, names something that is not there.
pub fn not_found(field: &FieldPath, value: impl Into<String>) -> ApiError {
    ApiError {
        field: field.clone(),
        fault: Fault::NotFound(value.into()),
        detail: String::new(),
    }
}

/// A field that may have no value here.
pub fn forbidden(field: &FieldPath, detail: &str) -> ApiError {
    ApiError {
        field: field.clone(),
        fault: Fault::Forbidden,
        detail: detail.to_owned(),
    }
}

/// A field of more than `most` bytes.
pub fn too_long(field: &FieldPath, most: usize) -> ApiError {
    let detail = format!("may not be more than {most} bytes");
    ApiError {
        field: field.clone(),
        fault: Fault::TooLong,
        detail,
    }
}

/// A list of `count` items where `most` are allowed.
pub fn too_many(field: &FieldPath, count: usize, most: usize) -> ApiError {
    let items = if most == 1 { "item" } else { "items" };
    let detail = format!("must have at most {most} {items}");
    ApiError {
        field: field.clone(),
        fault: Fault::TooMany(count),
        detail,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn errors_print_as_the_server_prints_them() {
        let field = FieldPath::from("spec.type");
        assert_eq!(
            required(&field, "").to_string(),
            "spec.type: Required value"
        );
        assert_eq!(
            invalid(&field, "0", "too small").to_string(),
            "spec.type: Invalid value: 0: too small"
        );
        assert_eq!(
            unsupported(&field, "x", &["A", "B"]).to_string(),
            r#"spec.type: Unsupported value: "x": supported values: "A", "B""#
        );
        assert_eq!(
            too_many(&field, 9, 8).to_string(),
            "spec.type: Too many: 9: must have at most 8 items"
        );
    }
}
