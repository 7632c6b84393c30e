//! EndpointSlices and Endpoints that somebody wrote by hand.

use serde::Serialize;

/// EndpointSlices and Endpoints that somebody wrote by hand.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "testing", derive(schemars::JsonSchema))]
#[serde(tag = "id", rename_all = "kebab-case", rename_all_fields = "camelCase")]
pub enum SliceFault {
    /// An EndpointSlice without the label that names its Service.
    SliceWithoutServiceLabel {
        /// The slice.
        slice: String,
        /// The Service it looks meant for.
        service: String,
    },
    /// Endpoints or an EndpointSlice for a Service name that does not exist, a typo away from one that does.
    EndpointsOfAnotherName {
        /// The Service.
        service: String,
        /// `Endpoints` or `EndpointSlice`.
        kind: String,
        /// The name that is written.
        written: String,
    },
    /// An EndpointSlice of domain names, which kube-proxy ignores.
    SliceOfDomainNames {
        /// The slice.
        slice: String,
        /// The Service.
        service: String,
    },
    /// An EndpointSlice none of whose ports has the name of the Service's port.
    SlicePortNameDiffers {
        /// The slice.
        slice: String,
        /// The Service.
        service: String,
        /// The Service's port.
        port: u16,
        /// Its name; empty if it has none.
        wanted: String,
        /// The names in the slice.
        written: String,
        /// How many ports the slice has.
        ports: usize,
    },
    /// An EndpointSlice whose port has another protocol than the Service's.
    SliceProtocolDiffers {
        /// The slice.
        slice: String,
        /// The Service.
        service: String,
        /// The Service's port.
        port: u16,
        /// Its protocol.
        wanted: String,
        /// The slice's protocol.
        written: String,
    },
    /// An EndpointSlice none of whose endpoints is ready.
    SliceNotReady {
        /// The slice.
        slice: String,
        /// The Service.
        service: String,
    },
    /// Endpoints that were written for a Service with a selector: the controller overwrites them.
    EndpointsOverwritten {
        /// The Service.
        service: String,
    },
    /// Endpoints or an EndpointSlice in another namespace than the Service.
    EndpointsInOtherNamespace {
        /// The Service.
        service: String,
        /// `Endpoints` or `EndpointSlice`.
        kind: String,
        /// Its namespace.
        written: String,
        /// The namespace of the Service.
        namespace: String,
    },
    /// An EndpointSlice of a family of addresses that the Service does not have.
    SliceOfOtherFamily {
        /// The slice.
        slice: String,
        /// The Service.
        service: String,
        /// The families of the Service, `IPv4`.
        wanted: String,
        /// The family of the slice.
        written: String,
    },
    /// An endpoint that is the cluster IP of another Service.
    EndpointIsClusterIp {
        /// The Service.
        service: String,
        /// The endpoint's address.
        address: String,
        /// The other Service.
        other: String,
    },
}
