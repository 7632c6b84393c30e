//! A Secret as it is stored: with its texts among its bytes (`Convert_v1_Secret_To_core_Secret`), and with a type
//! (`SetDefaults_Secret`).

use data_encoding::BASE64;

use super::{ensure, put, text, text_of};
use crate::manifest::tree::Yaml;

/// Fills in what a Secret leaves out.
pub(crate) fn fill(secret: &mut Yaml) {
    if text_of(secret, "type").is_empty() {
        put(secret, "type", text("Opaque"));
    }
    let Some(texts) = secret.remove("stringData") else {
        return;
    };
    for entry in texts.value.entries() {
        let written = entry.value.as_str().unwrap_or_default();
        let packed = BASE64.encode(written.as_bytes());
        put(ensure(secret, "data"), &entry.key, text(&packed));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::apiserver::testing::node;

    #[test]
    fn the_texts_of_a_secret_are_stored_as_bytes() {
        let mut secret = node(r#"{"stringData":{"a":"x"},"data":{"a":"eQ==","b":"eg=="}}"#);
        fill(&mut secret);
        let filled = serde_json::Value::from(&secret);
        let expected = serde_json::json!({"type": "Opaque", "data": {"a": "eA==", "b": "eg=="}});
        assert_eq!(filled, expected);
    }
}
