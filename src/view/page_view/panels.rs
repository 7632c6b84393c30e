//! The large parts of the page that are made only while they are open: the page's request, and the parts.

use std::rc::Rc;

use serde::{Deserialize, Serialize};

use super::{DnsView, EndpointsView, RulesView, SearchPanel, SearchView};

/// The large parts of the page that are open.
#[derive(Clone, Debug, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Panels {
    /// What of the Rules tab is shown, if it is open.
    pub rules: Option<RulesPanel>,
    /// Whether the DNS tab is open.
    pub dns: bool,
    /// What EndpointSlices of the Endpoints tab must contain, if it is open.
    pub endpoints: Option<String>,
    /// What is searched, if the search is open.
    pub search: Option<SearchPanel>,
    /// Whether the command palette is open.
    pub commands: bool,
    /// Whether the page around an embedded one is sent traces.
    pub trace: bool,
}

/// What of a node's rules is shown.
#[derive(Clone, Debug, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct RulesPanel {
    /// The node; `None` for the first one.
    pub node: Option<String>,
    /// What lines must contain.
    pub filter: String,
}

/// What the open panels show; `None` for a closed one.
#[derive(Clone, Debug, PartialEq, Default, Serialize, Deserialize)]
pub struct PanelsView {
    /// The Rules tab.
    pub rules: Option<Rc<RulesView>>,
    /// The DNS tab; `Some` without questions if no name was looked up.
    pub dns: Option<Rc<DnsView>>,
    /// The Endpoints tab.
    pub endpoints: Option<Rc<EndpointsView>>,
    /// What the search found.
    pub search: Option<Rc<SearchView>>,
    /// Every event that can be caused, for the command palette, as `event_lines` writes them.
    pub commands: Option<Rc<str>>,
    /// The trace, as `kubehop trace --json` prints it.
    pub trace: Option<Rc<str>>,
}
