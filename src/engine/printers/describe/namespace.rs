//! `kubectl describe namespace`, which ends with its quotas and limits; nobody sets any here.

use super::metadata;
use crate::engine::manifest::tree::Yaml;
use crate::engine::printers::fields::text;
use crate::engine::printers::table::Page;

pub fn namespace(namespace: &Yaml) -> String {
    let mut page = Page::default();
    page.field("Name", text(namespace, "metadata.name"));
    metadata(&mut page, namespace);
    page.field("Status", text(namespace, "status.phase"));
    for line in ["", "No resource quota.", "", "No LimitRange resource."] {
        page.line(0, line);
    }
    page.finish()
}
