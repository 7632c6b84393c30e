//! The Endpoints tab.

use serde::{Deserialize, Serialize};

use crate::view::scene::ShapeId;

/// The Endpoints tab.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EndpointsView {
    /// The slices, those of the called Service first, those of the cluster itself last.
    pub slices: Vec<SliceView>,
    /// `… 700 more EndpointSlices`.
    pub more: Option<String>,
    /// The variables of the calling pod.
    pub environment: EnvironmentView,
}

/// One EndpointSlice.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SliceView {
    /// Its Service.
    pub service: String,
    /// The same as an object.
    pub key: Option<ShapeId>,
    /// Its name.
    pub name: String,
    /// Its ports.
    pub ports: String,
    /// Its endpoints.
    pub endpoints: Vec<EndpointView>,
}

/// One endpoint of a slice.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EndpointView {
    /// Its address.
    pub address: String,
    /// Its state.
    pub state: EndpointState,
    /// The pod.
    pub target: String,
    /// The same as an object.
    pub key: Option<ShapeId>,
    /// The node.
    pub node: String,
}

/// Whether an endpoint takes new connections.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum EndpointState {
    /// It does.
    Ready,
    /// It does not.
    NotReady,
    /// It is going away.
    Terminating,
}

/// The environment of the calling pod's first container.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum EnvironmentView {
    /// The caller is no pod.
    NoPod,
    /// The pod does not exist.
    Missing,
    /// The container's variables.
    Container {
        /// `POD · CONTAINER`.
        title: String,
        /// The variables, a line each.
        variables: String,
        /// A sentence about the Services that were created too late.
        missed: Option<String>,
    },
}
