//! `kubectl describe namespace`, which ends with its quotas and limits; none are modelled.

use super::metadata;
use crate::manifest::tree::Yaml;
use crate::printers::fields::text;
use crate::printers::table::Page;

pub(crate) fn namespace(namespace: &Yaml) -> String {
    let mut page = Page::default();
    page.field("Name", text(namespace, "metadata.name"));
    metadata(&mut page, namespace);
    page.field("Status", text(namespace, "status.phase"));
    for line in ["", "No resource quota.", "", "No LimitRange resource."] {
        page.line(0, line);
    }
    page.finish()
}
