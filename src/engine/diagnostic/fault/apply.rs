//! What `kubectl apply` makes of the text beside what a new cluster would hold.

use serde::Serialize;

/// What `kubectl apply` makes of the text beside what a new cluster would hold.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "testing", derive(schemars::JsonSchema))]
#[serde(tag = "id", rename_all = "kebab-case", rename_all_fields = "camelCase")]
pub enum ApplyFault {
    /// An object of the text that kubectl or the API server refuses, so that it does not exist.
    ObjectRefused {
        /// Its kind.
        kind: String,
        /// Its name.
        name: String,
        /// What kubectl prints.
        message: String,
    },
    /// An object that does not exist, since no line `---` is between it and the next one.
    SeparatorMissing {
        /// Its kind.
        kind: String,
        /// Its name.
        name: String,
    },
    /// A second document of a Service without the first one's selector, which `kubectl apply` would remove.
    ApplyRemovesSelector {
        /// The Service.
        service: String,
        /// The selector that is stored, `app=web`.
        selector: String,
    },
    /// A Service that is refused for a node port or a cluster IP which another one has.
    ValueTaken {
        /// The Service.
        service: String,
        /// The node port or the address.
        value: String,
        /// The Service that has it, `default/web`.
        holder: String,
    },
    /// Objects that the text has before their Namespace, which `kubectl apply` sends first.
    NamespaceComesLater {
        /// The Namespace.
        namespace: String,
        /// The first of the objects, `Deployment web`.
        object: String,
        /// How many there are.
        objects: usize,
    },
    /// A second document of a Service, whose ports `kubectl apply` merges with those of the first by their numbers.
    ApplyMergesPorts {
        /// The Service.
        service: String,
        /// The number that several ports have.
        port: u16,
        /// The ports with that number that the document has, `dns-tcp 53/TCP, dns 53/UDP`.
        written: String,
        /// The one that is stored.
        stored: String,
    },
}
