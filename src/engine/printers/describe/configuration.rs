//! `kubectl describe` of what configures Pods: ConfigMaps, Secrets and ServiceAccounts.

use super::{DescribeContext, head};
use crate::manifest::base64;
use crate::manifest::tree::Yaml;
use crate::printers::fields::{items, labels, text};
use crate::printers::table::Page;

pub(crate) fn config_map(page: &mut Page, map: &Yaml) {
    head(page, map);
    heading(page, "Data");
    for (key, value) in labels(map, "data") {
        page.line(0, format!("{key}:"));
        page.line(0, "----");
        page.line(0, value);
        page.line(0, "");
    }
    heading(page, "BinaryData");
    for (key, value) in labels(map, "binaryData") {
        page.line(0, format!("{key}: {} bytes", bytes(&value).len()));
    }
    page.line(0, "");
}

/// The page of a Secret, which has no events. Only the token of a ServiceAccount is shown.
pub(crate) fn secret(secret: &Yaml) -> String {
    let mut page = Page::default();
    head(&mut page, secret);
    page.line(0, "");
    let kind = text(secret, "type");
    page.field("Type", kind);
    heading(&mut page, "Data");
    for (key, value) in labels(secret, "data") {
        let value = bytes(&value);
        if key == "token" && kind == "kubernetes.io/service-account-token" {
            page.field(&key, String::from_utf8_lossy(&value));
        } else {
            page.field(&key, format!("{} bytes", value.len()));
        }
    }
    page.finish()
}

/// Since 1.35 without the Secrets that the account may mount and its tokens.
pub(crate) fn service_account(page: &mut Page, account: &Yaml, context: DescribeContext) {
    head(page, account);
    let namespace = text(account, "metadata.namespace");
    let secrets = context.store.list("Secret", Some(namespace));
    let shown = |reference: &Yaml| {
        let name = text(reference, "name");
        if secrets.iter().any(|own| own.name.name == name) {
            name.to_owned()
        } else {
            format!("{name} (not found)")
        }
    };
    let names: Vec<String> = items(account, "imagePullSecrets")
        .iter()
        .map(shown)
        .collect();
    page.list("Image pull secrets", &names);
}

fn heading(page: &mut Page, title: &str) {
    for line in ["", title, "===="] {
        page.line(0, line);
    }
}

fn bytes(text: &str) -> Vec<u8> {
    base64::decode(text).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::super::tests::described;

    #[test]
    fn a_config_map_shows_its_texts_and_how_long_its_bytes_are() {
        let said = described(&[
            r#"{"kind":"ConfigMap","metadata":{"name":"cfg","namespace":"default"},"data":{"b":"2\n","a":"1"},"binaryData":{"x":"eA=="}}"#,
        ]);
        assert_eq!(
            said,
            "Name:         cfg\nNamespace:    default\nLabels:       <none>\nAnnotations:  <none>\n\n\
             Data\n====\na:\n----\n1\n\nb:\n----\n2\n\n\n\nBinaryData\n====\nx: 1 bytes\n\nEvents:  <none>\n"
        );
    }

    #[test]
    fn a_secret_shows_how_long_its_values_are() {
        let said = described(&[
            r#"{"kind":"Secret","metadata":{"name":"s","namespace":"default"},"type":"Opaque","data":{"pw":"aHVudGVy"}}"#,
        ]);
        assert_eq!(
            said,
            "Name:         s\nNamespace:    default\nLabels:       <none>\nAnnotations:  <none>\n\n\
             Type:  Opaque\n\nData\n====\npw:  6 bytes\n"
        );
    }

    #[test]
    fn a_service_account_names_its_pull_secrets() {
        let said = described(&[
            r#"{"kind":"ServiceAccount","metadata":{"name":"bot","namespace":"default"},"imagePullSecrets":[{"name":"s"},{"name":"gone"}]}"#,
            r#"{"kind":"Secret","metadata":{"name":"s","namespace":"default"}}"#,
        ]);
        assert_eq!(
            said,
            "Name:                bot\nNamespace:           default\nLabels:              <none>\n\
             Annotations:         <none>\nImage pull secrets:  s\n                     gone (not found)\n\
             Events:              <none>\n"
        );
    }
}
