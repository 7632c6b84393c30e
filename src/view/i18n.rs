//! Every sentence of ours comes from here: a message (an enum's variant with its arguments) goes in, words come out.
//!
//! The engine says what is so as data; people read sentences, in their language. A language is one file in the Fluent
//! syntax (`static/messages/en.ftl`), which knows plurals and lets a translator reorder everything. A message that is
//! missing there shows as its id: odd, but never a blank and never a panic.
//! Source: <https://projectfluent.org/fluent/guide/>.

use fluent_bundle::{FluentArgs, FluentBundle, FluentResource, FluentValue};
use serde::Serialize;
use serde_json::Value;
use unic_langid::LanguageIdentifier;

pub use super::language::Language;
use kubehop_engine::diagnostic::{Fault, Problem};
use kubehop_engine::resolve::events::EventError;
use kubehop_engine::trace::{Reason, RequestError, Verdict};

/// Something that can be said: an enum whose variants, tagged `id`, have their sentences under `PREFIX-id`, or a struct
/// that has one sentence under `PREFIX`.
pub trait Message: Serialize {
    /// What the ids of its sentences begin with.
    const PREFIX: &'static str;
}

impl Message for Problem {
    const PREFIX: &'static str = "problem";
}

impl Message for Fault {
    const PREFIX: &'static str = "problem";
}

impl Message for Reason {
    const PREFIX: &'static str = "reason";
}

impl Message for Verdict {
    const PREFIX: &'static str = "verdict";
}

impl Message for RequestError {
    const PREFIX: &'static str = "request";
}

impl Message for EventError {
    const PREFIX: &'static str = "event";
}

fn label_names(messages: &str) -> Vec<String> {
    let name = |line: &str| Some(line.strip_prefix("label-")?.split_once(" =")?.0.to_owned());
    let names = messages.lines().filter_map(name);
    names.filter(|name| !name.starts_with("lesson-")).collect()
}

fn messages_of(language: Language) -> &'static str {
    match language {
        Language::English => include_str!("../../static/messages/en.ftl"),
        Language::Korean => include_str!("../../static/messages/ko.ftl"),
    }
}

/// A message in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sentence {
    /// The headline.
    pub text: String,
    /// What it means and what would mend it, where there is more to say.
    pub detail: Option<String>,
}

/// The sentences of one language.
pub struct Catalogue {
    language: Language,
    bundle: FluentBundle<FluentResource>,
    /// The names of its labels, those of the examples left out.
    label_names: Vec<String>,
}

impl Catalogue {
    /// In English.
    pub fn english() -> Catalogue {
        Catalogue::named(Language::English)
    }

    /// In the given language.
    pub fn named(language: Language) -> Catalogue {
        Catalogue::of(language, messages_of(language))
    }

    /// For answers whose sentences nobody reads: a message's id stands for it. Unlike [`Catalogue::english`] it does not
    /// bring the catalogue's text into the program, so the worker, which loads one language, can use it.
    pub(crate) fn without_sentences() -> Catalogue {
        Catalogue::of(Language::English, "")
    }

    /// The message in words.
    pub fn format<M: Message>(&self, message: &M) -> Sentence {
        let (id, arguments) = id_and_arguments(message);
        let text = self.text(&id, &arguments).unwrap_or_else(|| id.clone());
        Sentence {
            text,
            detail: self.attribute(&id, "detail", &arguments),
        }
    }

    /// A further part of the message, written in the catalogue as its attribute, when it has one.
    pub fn format_part<M: Message>(&self, message: &M, part: &str) -> Option<String> {
        let (id, arguments) = id_and_arguments(message);
        self.attribute(&id, part, &arguments)
    }

    /// The words on a part of the page, under `label-NAME`.
    pub fn label(&self, name: &str) -> String {
        let id = format!("label-{name}");
        self.text(&id, &FluentArgs::new()).unwrap_or(id)
    }

    /// A further part of a label; empty when it has none.
    pub fn label_part(&self, name: &str, part: &str) -> String {
        self.attribute(&format!("label-{name}"), part, &FluentArgs::new())
            .unwrap_or_default()
    }

    /// The names of the labels, those of the examples left out.
    pub fn label_names(&self) -> &[String] {
        &self.label_names
    }

    /// The language.
    pub fn language(&self) -> Language {
        self.language
    }

    /// The sentences of a file in the Fluent syntax. A mistake in one message leaves the others.
    pub fn of(language: Language, messages: &str) -> Catalogue {
        let locale: LanguageIdentifier = language.code().parse().unwrap_or_default();
        let resource =
            FluentResource::try_new(messages.to_owned()).unwrap_or_else(|(resource, _)| resource);
        let mut bundle = FluentBundle::new(vec![locale]);
        bundle.set_use_isolating(false);
        bundle
            .add_function("GIVEN", |arguments, _| given(arguments.first()).into())
            .expect("it is the first function");
        bundle.add_resource_overriding(resource);
        Catalogue {
            language,
            bundle,
            label_names: label_names(messages),
        }
    }

    fn text(&self, id: &str, arguments: &FluentArgs) -> Option<String> {
        let pattern = self.bundle.get_message(id)?.value()?;
        Some(
            self.bundle
                .format_pattern(pattern, Some(arguments), &mut Vec::new())
                .into_owned(),
        )
    }

    fn attribute(&self, id: &str, name: &str, arguments: &FluentArgs) -> Option<String> {
        let pattern = self.bundle.get_message(id)?.get_attribute(name)?.value();
        let text = self
            .bundle
            .format_pattern(pattern, Some(arguments), &mut Vec::new());
        // A part whose variant says nothing is none.
        (!text.is_empty()).then(|| text.into_owned())
    }
}

/// The function `GIVEN` of the catalogue: whether an argument says anything.
fn given(argument: Option<&FluentValue>) -> &'static str {
    match argument {
        Some(FluentValue::String(text)) if !text.is_empty() => "yes",
        Some(FluentValue::Number(_)) => "yes",
        _ => "no",
    }
}

/// A message's id in the catalogue, and its fields.
pub(crate) fn id_and_fields<M: Message>(message: &M) -> (String, serde_json::Map<String, Value>) {
    let Ok(Value::Object(mut fields)) = serde_json::to_value(message) else {
        return (M::PREFIX.to_owned(), serde_json::Map::new());
    };
    let id = match fields.remove("id") {
        Some(Value::String(id)) => format!("{}-{id}", M::PREFIX),
        _ => M::PREFIX.to_owned(),
    };
    (id, fields)
}

/// A message's id in the catalogue, and its arguments for Fluent.
fn id_and_arguments<M: Message>(message: &M) -> (String, FluentArgs<'static>) {
    let (id, fields) = id_and_fields(message);
    let arguments = fields
        .into_iter()
        .map(|(name, value)| (name, argument(value)));
    (id, arguments.collect())
}

/// Numbers stay numbers, so that plurals work. What is absent is empty, and a list is its items with commas.
fn argument(value: Value) -> FluentValue<'static> {
    match value {
        Value::Null => "".into(),
        Value::Bool(truth) => truth.to_string().into(),
        Value::Number(number) => number.as_f64().into(),
        Value::String(text) => text.into(),
        Value::Array(items) => items
            .iter()
            .map(plain)
            .collect::<Vec<_>>()
            .join(", ")
            .into(),
        Value::Object(_) => value.to_string().into(),
    }
}

fn plain(value: &Value) -> String {
    value
        .as_str()
        .map_or_else(|| value.to_string(), str::to_owned)
}

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, BTreeSet};
    use std::net::{IpAddr, SocketAddr};

    use super::*;
    use crate::simulation::challenge::Breaker;
    use crate::simulation::expectations::{ExpectationFault, Judgement, Shape};
    use crate::view::course::{Generated, Required};
    use crate::view::scene::Caption;
    use crate::view::session::PossibleEvent;
    use kubehop_engine::diagnostic::{
        AttachmentFault, ContainerFault, GrantMiss, HintsFault, HookFault, ProbeFault,
        RouteBackendFault, RouteNearMiss,
    };
    use kubehop_engine::names::{Family, Protocol};
    use smol_str::SmolStr;

    use crate::view::scene::GateSide;
    use kubehop_engine::cluster::object::PolicyType;
    use kubehop_engine::policy::Undefined;
    use kubehop_engine::trace::{
        CLIENT, ControllerMatter, Failure, IngressFault, Listening, Masquerade, Unless,
    };

    /// A value of any kind that messages have.
    trait Sample {
        fn sample() -> Self;
    }

    macro_rules! samples {
        ($($type:ty: $value:expr),* $(,)?) => {
            $(impl Sample for $type {
                fn sample() -> $type {
                    $value
                }
            })*
        };
    }

    samples!(
        String: String::new(),
        &'static str: "",
        Option<String>: None,
        SmolStr: SmolStr::default(),
        Option<SmolStr>: None,
        bool: false,
        u16: 0,
        u32: 0,
        u64: 0,
        usize: 0,
        IpAddr: CLIENT,
        SocketAddr: SocketAddr::new(CLIENT, 80),
        Protocol: Protocol::Tcp,
        Family: Family::V4,
        Masquerade: Masquerade::No,
        Listening: Listening::Declared,
        Shape: Shape::Text,
        Failure: Failure::Dropped,
        PolicyType: PolicyType::Ingress,
        GateSide: GateSide::Ingress,
        Undefined: Undefined::FromOwnNode,
        Fault: Fault::LoadBalancerPending { service: "web".to_owned() },
        IngressFault: IngressFault::NoClass,
        Unless: Unless::NotRouted,
        HintsFault: HintsFault::OneZone,
        HookFault: HookFault::TooShort,
        AttachmentFault: AttachmentFault::Section,
        GrantMiss: GrantMiss::From,
        RouteNearMiss: RouteNearMiss::Path,
        RouteBackendFault: RouteBackendFault::NotFound,
        ProbeFault: ProbeFault::RunsFalse,
        ContainerFault: ContainerFault::Exits,
        ControllerMatter: ControllerMatter::ExternalName,
    );

    /// One message of every variant. Does not compile when a variant or a field is missing.
    /// A function that gives one message of each variant of a type; the compiler says which variant is missing.
    macro_rules! every {
        (fn $name:ident: $type:ident { $($variant:ident { $($field:tt),* $(,)? }),* $(,)? }) => {
            fn $name() -> Vec<$type> {
                fn _none_is_missing(message: &$type) {
                    match message {
                        $($type::$variant { $($field: _),* } => {})*
                    }
                }
                vec![$($type::$variant { $($field: Sample::sample()),* }),*]
            }
        };
    }

    every!(fn problems: Problem {
        Rejected { message },
        UnchangeableByApply { message },
        ServerWarning { message },
        DuplicateKey { key },
        NotModelled { kinds, count, decides },
        NodesAssumed { nodes, pods },
        GatewayStandIn { gateway, service },
        PodRangeLearnt { range },
        Capped { asked, shown },
        Cause { 0 },
    });

    every!(fn faults: Fault {
        SelectsNothing { service, selector, nearest, pods },
        SelectsOtherProgram { service, pod, pods, all, target, meant, label },
        OwnNameIsServiceName { pod, service, namespace, address },
        HostAliasResolves { pod, name, address },
        ReadinessProbeFails { service, pod, container, probe, why, names },
        ReadinessAssumed { pod, probe },
        SourceIsRewritten { service, pod, client, seen },
        HairpinConnection { service, pod },
        SearchListTriedFirst { name, tried, dots, ndots },
        ApplyRemovesSelector { service, selector },
        PolicyForgetsDns { policy, pod },
        PolicyIsolates { pod, half, policies, has_rules },
        AllNodesExcluded { service, nodes },
        PolicyNearestRule { pod, half, policy, rule, part, wanted, found, differences },
        PolicyAllowsServicePort { policy, service, port, target },
        PolicyIgnored { policies },
        PolicySelectsNothing { policy, namespace, selector },
        NoSelectorNoEndpoints { service },
        PolicyOfOtherNamespace { policy, namespace, selector, meant },
        PolicyPeersMeantAsOne { policy, namespaces, pods, namespace },
        PolicyPeersMeantApart { policy, namespaces, pods, namespace },
        PolicyPortNameUnknown { policy, port, protocol, declared },
        BalancerWithoutNodePorts { service },
        NodePortsTaken { owner, pod, pods, why },
        NodesFull { owner, pod, pods, why },
        HostPortElsewhere { node, called, pod, open },
        ClusterIpFromOutside { service, address, open },
        PodIpFromOutside { pod, address },
        NodePortOnLoopback { service, node, open, mode },
        LocalhostIsTheCaller { caller, port, service, open },
        StatefulSetServiceNameDiffers { set, written, service },
        ListensOnLoopback { container, argument, port },
        SliceNotReady { slice, service },
        ServiceVariableLooksLikeSetting { service, container, setting, variable },
        SelectsOtherNamespace { service, service_namespace, selector, namespace, pods },
        SelectsCustomWorkload { service, selector, kind, name },
        NoNameBelowService { service },
        SelectsPodsOfAnOperator { service, selector, kind, name, named },
        SelectsNothingInText { service, selector, namespace },
        LoadBalancerPending { service },
        NoAddressPool { service },
        AddressOutsidePools { service, address, pools },
        AddressNotShared { service, address, others, key },
        SharingNeedsSameBackends { service, other, address },
        SharedPortTaken { service, other, address, port },
        PoolsExhausted { service, pools },
        UnknownAddressPool { service, pool, pools },
        PoolForOtherServices { service, pool },
        AllocationRefused { service, words },
        PoolNotAdvertised { pool },
        AdvertisesUnknownPool { advertisement, pool, pools },
        AdvertisementWithoutNode { advertisement },
        ServiceNotAdvertised { service, advertisement },
        SharedAddressNotAdvertised { service, advertisement },
        NoAnnouncingNode { service, candidates, endpoints },
        NobodyAnnouncesWithoutEndpoint { service },
        NoBgpPeer { advertisement },
        SvclbPortTaken { service, port, holder },
        SvclbIgnoresAddress { service, address, addresses },
        SvclbWithoutNode { service, selector },
        SvclbWithoutLocalEndpoint { service },
        SliceWithoutServiceLabel { slice, service },
        SliceOfDomainNames { slice, service },
        EndpointsOfAnotherName { service, kind, written },
        SelectedPodNotReady { service, pod },
        SlicePortNameDiffers { slice, service, port, wanted, written },
        SliceProtocolDiffers { slice, service, port, wanted, written },
        SelectedPodsPending { service, pod, pods, scheduled, why },
        SelectedPodsFinished { service, pods, why },
        ContainerNotRunning { service, pod, container, is_init, reason, why, message, last },
        ContainerReportedUnready { service, pod, container, probe, is_starting },
        PodReportedUnready { service, pod, reason, message },
        PodOfLostNode { service, pod, node },
        PodMadeUnready { service, pod },
        ObjectRefused { kind, name, message },
        SelectedPodRemoved { service, pod },
        RulesLeadToRemovedPod { pod, address, lag },
        SelectedPodTerminating { service, pod },
        SelectedPodStatedNotReady { service, pod },
        LoadBalancerOfClass { service, class },
        ReadinessGateNotSet { service, pod, condition },
        HostNetworkResolver { pod, name },
        TargetPortNotFound { service, port, target, declared },
        NoSuchPodName { service, host },
        TargetPortOfAnotherProtocol { service, port, target, wanted, declared },
        TargetPortOfInitContainer { service, port, target, container },
        CallerWithoutClusterDns { caller, name },
        PodResolver { pod, policy, name },
        ExternalNameIsAddress { service, target },
        ExternalNameNotFound { service, target, meant },
        IngressWithoutClass { ingress, classes },
        IngressClassMissing { ingress, class, classes },
        PodWithoutSearchList { pod, name, meant },
        StatefulSetWithoutService { set, service },
        OrdinalOutOfRange { set, host, replicas, first, last },
        OrdinalWaits { set, host, pod },
        SelectedPodsOfOtherFamily { service, wanted, pod, found },
        ExternalNameWithoutType { service, target },
        ContainerPortOnNode { node, called, pod, host_port },
        SelectsJobPodsOnly { service, kind, job },
        NoSrvRecord { service, port, protocol, declared },
        NameNotOfCluster { name, meant },
        PodNameNotPublished { service, pod, subdomain, ready },
        NameMisspelt { name, meant },
        HeadlessWithoutReadyEndpoints { service },
        NoSuchService { name, service, namespace },
        NameOfOtherNamespace { name, namespace, from, meant },
        ServicePortOfAnotherProtocol { service, port, called, declared },
        TargetPortCalled { service, called, port },
        HintsNotForNode { service, node, zone },
        ServiceHasNoSuchPort { service, called, ports },
        IngressPathNotARegex { ingress, path },
        ServiceProtocolDiffers { service, port, target, wanted, declared },
        TargetPortNotDeclared { service, port, target, declared },
        HeadlessMapsNoPorts { service, port, target },
        LivesUntilRules { pod, seconds, lag },
        OnlySiblingDeclaresPort { service, pod, sibling, declared },
        PodDeclaresOtherPorts { pod, port, declared },
        TopologyHintsNotSet { service, why, endpoints, zones },
        ExitsBeforeRules { pod, container, why, seconds, grace, lag },
        ApplyMergesPorts { service, port, written, stored },
        NoLocalEndpoint { service, policy, node, nodes },
        SelectsJobPods { service, kind, job, pods, all },
        SourceNotInRanges { service, client, ranges },
        NoIngressRuleMatches { host, path, host_known, rules },
        IngressBackendMissing { ingress, service, namespace, elsewhere, nearest },
        IngressPathOfWrongType { ingress, path, path_type, regex },
        IngressBackendNotGrpc { ingress, service },
        ConnectionBalanced { service, endpoints },
        RouteNotAttached { route, gateway, why, namespace, listeners },
        NoRouteMatches { gateway, host, path, why, route },
        RouteBackendUnusable { route, kind, service, namespace, port, ports, why },
        IngressBackendPort { ingress, service, port, ports },
        GatewayWithoutClass { gateway, class, classes },
        ConnectionOutlivesEndpoint { address, protocol },
        IngressBackendSpeaksTls { ingress, service, port },
        WorkloadScaledToZero { service, workload },
        SelectsWorkloadLabels { service, selector, workload, labels },
        EndpointsOverwritten { service },
        EndpointsInOtherNamespace { service, kind, written, namespace },
        SliceOfOtherFamily { slice, service, wanted, written },
        TargetPortMissingInSome { service, target, pod, pods, all, declared },
        NodePortCalled { service, called, port },
        ServicePortOnNode { service, node, called, node_port },
        ServiceOfAnotherProxy { service, proxy },
        EndpointIsClusterIp { service, address, other },
        PolicyAllowsClusterIp { policy, service, block, found },
        PolicySeesNode { policy, service, client, found },
        RouteParentElsewhere { route, written, meant },
        RouteParentMissing { route, written, nearest, gateways },
        MetallbConfigMapIgnored { config_map },
        ListenerWithoutCertificate { gateway, listener, secrets, is_permitted },
        ReferenceGrantMisses { grant, why, kind, from, service, namespace },
        MuslDoesNotSearch { pod, name, ndots, meant },
        NameOfPodOnly { pod, meant },
        ExternalNamePorts { service, target, called, ports },
        ExternalNameHost { service, host, target, is_tls },
        AffinityByAddress { service, client, endpoints, seconds },
    });

    every!(fn reasons: Reason {
        Opens { from, to, protocol, service, r#virtual },
        Resolves { name, address, tried, server, count, alias },
        Asks { name, server },
        Asked { name, server, outcome, by },
        Responds { by, name, outcome },
        IngressUnreachable { host, ingress, class, why },
        Continues { from, to, protocol },
        NoSuchName { name, tried, server },
        Balances { service, node, nodes, excluded },
        NoHealthyNode { service, excluded },
        NoListener { service, port },
        AnswersArp { service, node, address, candidates },
        RoutesByBgp { service, node, address, nodes },
        NotAnnounced { service, address },
        SvclbForwards { pod, service, to },
        SvclbDrops { pod, service, client },
        NoNodePort { service, port },
        Reopens { service, node, to, by_name },
        Arrives { node, port, node_port },
        Dnat { count, endpoint, masquerade, node, service, in_turn },
        HostPort { node, port, pod, endpoint, masquerade },
        Rejects { service, node, why },
        Drops { rule, node },
        NoRule { to, node, service },
        ConntrackHit { node, endpoint },
        TakesHttp { by, host, path },
        RoutesHttp { ingress, rule, service, port, rewritten, external, canary },
        TakesForGateway { by, gateway, listener, port },
        RoutesForGateway { route, rule, matched, service, port, request, mirrors, timeout },
        RedirectsForGateway { by, route, rule, status, to },
        GatewayCloses { by, why },
        RedirectsHttp { by, status, to },
        ControllerDecides { by, controller, matter },
        AnswersHttp { by, status, why },
        Routes { from, to, masquerade },
        Answers { by, port, listening },
        NotKnownToListen { pod, port, declared },
        ListensOnLoopback { pod, port, argument },
        OnlySiblingDeclares { pod, service, sibling, declared },
        Closed { by, port },
        ProcessExited { by, port, lag },
        NoHost { to },
        NodeDown { node },
        Relays { by },
        ReverseNat { node, rewrites },
        Forwarded { node },
        AsymmetricReturn { from, node },
        MartianSource { node, source },
        LoopbackSource { node, source },
        Returns { to, from },
        Refused { to, protocol },
        PolicyAllows { pod, half, policy, rule, from, to },
        PolicyDrops { pod, half, policies, rejects, from, to },
        PolicyDepends { pod, half, policies, case, passes, from, to },
    });

    every!(fn verdicts: Verdict {
        Answered { by, endpoint },
        AnsweredUnless { by, endpoint, unless, object },
        AnsweredOutside { host, endpoint },
        Redirected { by, status, to },
        ControllerDecides { by, matter },
        Refused { why },
        TimedOut { why },
        NoSuchName { name },
        LookupFailed { name, why },
        IngressUnreachable { host, why },
        HttpError { by, status, why },
        Unknown { pod, port },
    });

    every!(fn request_errors: RequestError {
        NoOrigin { text },
        NoSuchOrigin { text },
        NoAddress { text, family },
        NoHost { text },
        BadPort { text },
        Ping { text },
        BadHeader { text },
        UnknownScheme { text },
        NoPort { text },
    });

    every!(fn event_errors: EventError {
        NoEvent { text },
        NoPod { text },
        NoNode { text },
        NoWorkload { text },
        NoReplicas { text },
        NoRollout { text },
        NoImage { text },
        NoObject { text },
        NoKeyValue { text },
        NoLag { text },
        NoSuchObject { text },
    });

    every!(fn expectation_faults: ExpectationFault {
        NotYaml { message },
        WrongShape { field, wanted },
        UnknownField { field, known },
        MissingField { field },
        UnknownOutcome { text, known },
        NoAnswerer { text },
        OtherQuestion { wanted },
    });

    every!(fn judgements: Judgement {
        Met { wanted },
        NotMet { wanted, found },
        NotPrinted { wanted },
        Printed { wanted },
        OtherSource { wanted, source },
        OtherShare { wanted, percent },
        OtherPods { wanted, count },
        Impossible { wanted, why },
    });

    every!(fn requirements: Required {
        Answered {},
        AnsweredBy { by },
        SourceSeen { source },
        Refused {},
        TimedOut {},
        NoSuchName {},
        LookupFailed {},
        Status { status },
        Pods { count },
        Share { by, percent },
        Prints { text },
        PrintsNot { text },
    });

    every!(fn breakers: Breaker {
        Selector {},
        Label {},
        TargetPort {},
        ServicePort {},
        PortName {},
        ContainerPort {},
        NodePort {},
        ServiceType {},
        ServiceName {},
        Namespace {},
        ExternalName {},
        TrafficPolicy {},
        Replicas {},
        Probe {},
        DefaultDeny {},
        PolicyRule {},
        Backend {},
        HostName {},
        Class {},
        Parent {},
        Grant {},
        Slice {},
        Advertisement {},
    });

    every!(fn generated: Generated {
        Title { number },
        Goal { from, to, failure },
        Change {},
        Replaced { line, now, before },
        Added { line, now },
        Summary { cause },
    });

    every!(fn happenings: PossibleEvent {
        Unready { pod },
        Ready { pod },
        Deleted { pod },
        Gone { pod },
        Scaled { kind, name, replicas },
        Restarted { kind, name, object },
        ImageSet { kind, name, object, image },
        NodeDown { node },
        NodeBack { node },
        Cordoned { node },
        Uncordoned { node },
        Labeled { object, changes },
        Annotated { object, changes },
        Lagging { event, lag },
    });

    every!(fn captions: Caption {
        Outside {},
        Cluster {},
        Client {},
        Service {},
        Endpoints {},
        Pods {},
        OutsideClient {},
        OutsideMachine {},
        LoadBalancer {},
        Rules { count },
        Process {},
        Selects { selector, ready, total },
        Selector { selector },
        NoSelector {},
        Ready { ready, total },
        NoEndpointHere {},
        SelectsByHand { ready, total },
        Alias {},
        NoEndpoint {},
        NotSelected {},
        Behind { service },
        Stopped {},
        NotRunning {},
        NotReady {},
        Terminating {},
        Pending {},
        Isolated { half, policies },
        GateOpen { half, policy, rule },
        GateShut { half, policies },
        GateDepends { half },
        More { count },
        MoreNodes { count },
    });

    #[test]
    fn every_catalogue_says_every_message_and_with_its_own_arguments_only() {
        for language in Language::ALL {
            let faults = faults().into_iter().map(Problem::Cause);
            says_each(
                language,
                &problems().into_iter().chain(faults).collect::<Vec<_>>(),
            );
            says_each(language, &reasons());
            says_each(language, &verdicts());
            says_each(language, &request_errors());
            says_each(language, &event_errors());
            says_each(language, &expectation_faults());
            says_each(language, &judgements());
            says_each(language, &requirements());
            says_each(language, &breakers());
            says_each(language, &generated());
            says_each(language, &happenings());
            says_each(language, &captions());
        }
    }

    #[test]
    fn no_catalogue_has_mistakes_in_its_syntax() {
        for language in Language::ALL {
            let read = FluentResource::try_new(messages_of(language).to_owned());
            assert_eq!(
                read.err().map(|(_, mistakes)| mistakes),
                None,
                "{language:?}"
            );
        }
    }

    #[test]
    fn every_catalogue_has_the_messages_attributes_and_arguments_of_the_english_one() {
        let of = |language: Language| {
            entries(messages_of(language))
                .into_iter()
                .collect::<BTreeSet<Entry>>()
        };
        for language in Language::ALL {
            let (ours, english) = (of(language), of(Language::English));
            let different: Vec<&Entry> = ours.symmetric_difference(&english).collect();
            assert!(
                different.is_empty(),
                "{language:?} and English do not say the same: {different:#?}"
            );
        }
    }

    /// Where the documentation is: of Kubernetes, MetalLB and k3s.
    const PAGES: [&str; 3] = [
        "https://kubernetes.io/docs/",
        "https://metallb.io/",
        "https://docs.k3s.io/",
    ];

    #[test]
    fn every_cause_links_to_the_documentation() {
        for language in Language::ALL {
            let words = Catalogue::named(language);
            for fault in faults() {
                let docs = words.format_part(&fault, "docs").unwrap_or_default();
                let is_page = PAGES.iter().any(|pages| docs.starts_with(pages));
                assert!(is_page, "{language:?} {fault:?}: {docs:?}");
            }
        }
    }

    #[test]
    fn korean_sentences_are_in_one_speech_level() {
        // Every sentence ends in "-니다" or "-세요", as in the documentation of kubernetes.io/ko.
        for (index, line) in messages_of(Language::Korean).lines().enumerate() {
            let mut ends = line.match_indices("다.").map(|(at, _)| &line[..at]);
            let plain = ends.find(|before| !before.ends_with('니'));
            assert_eq!(plain, None, "line {}", index + 1);
        }
    }

    #[test]
    fn no_korean_particle_that_depends_on_the_letter_before_it_follows_an_argument() {
        let wrong = |rest: &str| {
            let particle = ["은", "는", "이", "가", "을", "를", "과", "와", "로", "으로"];
            let word = rest
                .split(|letter: char| !letter.is_alphabetic())
                .next()
                .unwrap_or_default();
            particle.contains(&word)
        };
        for (place, line) in messages_of(Language::Korean).lines().enumerate() {
            let found = line.split('}').skip(1).find(|rest| wrong(rest));
            assert_eq!(
                found,
                None,
                "line {} reads wrongly for some name",
                place + 1
            );
        }
    }

    /// Compares the messages with the catalogue's source: the ids that begin with their prefix are those of the messages,
    /// and each uses no argument that its message does not have.
    fn says_each<M: Message>(language: Language, messages: &[M]) {
        let given = messages.iter().map(id_and_arguments);
        let given = given.map(|(id, arguments)| {
            (
                id,
                arguments.iter().map(|(name, _)| name.to_owned()).collect(),
            )
        });
        let given: BTreeMap<String, BTreeSet<String>> = given.collect();
        let of_prefix = |entry: &Entry| {
            entry
                .id
                .strip_prefix(M::PREFIX)
                .is_some_and(|rest| rest.is_empty() || rest.starts_with('-'))
        };
        let written: Vec<Entry> = entries(messages_of(language))
            .into_iter()
            .filter(of_prefix)
            .collect();
        let ids: BTreeSet<&String> = written.iter().map(|entry| &entry.id).collect();
        assert_eq!(ids, given.keys().collect(), "{language:?}");
        for Entry { id, arguments, .. } in &written {
            assert!(
                arguments.is_subset(&given[id]),
                "{language:?}: {id} uses {arguments:?} of {:?}",
                given[id]
            );
        }
    }

    /// A message as a catalogue's source writes it.
    #[derive(Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
    struct Entry {
        id: String,
        attributes: BTreeSet<String>,
        arguments: BTreeSet<String>,
    }

    /// The messages of a catalogue's source, in order.
    fn entries(source: &str) -> Vec<Entry> {
        let mut entries: Vec<Entry> = Vec::new();
        for line in source.lines().filter(|line| !line.starts_with('#')) {
            let named = line.split_once(" =").map(|(name, _)| name);
            if let Some(id) = named.filter(|_| !line.starts_with(' ')) {
                entries.push(Entry {
                    id: id.to_owned(),
                    ..Entry::default()
                });
            }
            if let Some(entry) = entries.last_mut() {
                entry.attributes.extend(
                    named
                        .and_then(|name| name.trim().strip_prefix('.'))
                        .map(str::to_owned),
                );
                entry.arguments.extend(arguments(line));
            }
        }
        entries
    }

    /// The arguments a line of a catalogue uses.
    fn arguments(line: &str) -> impl Iterator<Item = String> + '_ {
        let names = line
            .split('$')
            .skip(1)
            .filter_map(|rest| rest.split(|c: char| !c.is_ascii_alphanumeric()).next());
        names.filter(|name| !name.is_empty()).map(str::to_owned)
    }

    fn selects_nothing(pods: usize, nearest: Option<&str>) -> Fault {
        let (service, selector) = ("admin".to_owned(), "app=kimo".to_owned());
        Fault::SelectsNothing {
            service,
            selector,
            nearest: nearest.map(str::to_owned),
            pods,
        }
    }

    #[test]
    fn numbers_choose_the_plural() {
        let detail = |pods| {
            Catalogue::english()
                .format(&selects_nothing(pods, Some("app=kimho")))
                .detail
                .unwrap()
        };
        assert_eq!(
            detail(1),
            "No Pod in the Service's namespace has the labels app=kimo. One Pod has app=kimho: is that the intended one?"
        );
        assert_eq!(
            detail(3),
            "No Pod in the Service's namespace has the labels app=kimo. 3 Pods have app=kimho: are those the intended ones?"
        );
    }

    #[test]
    fn the_headline_has_no_marks_around_its_arguments() {
        assert_eq!(
            Catalogue::english().format(&selects_nothing(0, None)).text,
            "Service admin selects no Pod"
        );
    }

    #[test]
    fn ports_are_printed_without_separators_and_an_empty_list_has_its_own_sentence() {
        let problem = |declared: &str| Fault::TargetPortNotFound {
            service: "kimho".to_owned(),
            port: 30123,
            target: "web".to_owned(),
            declared: declared.to_owned(),
        };
        let said = Catalogue::english().format(&problem("http, https"));
        assert_eq!(said.text, "Port 30123 of Service kimho has no endpoint");
        assert!(
            said.detail
                .unwrap()
                .ends_with("The port names are http, https.")
        );
        assert!(
            Catalogue::english()
                .format(&problem(""))
                .detail
                .unwrap()
                .ends_with("Name the port, or use a port number.")
        );
    }

    #[test]
    fn what_the_catalogue_lacks_shows_as_its_id() {
        let catalogue = Catalogue::of(Language::English, "problem-selects-nothing = { $wrong }");
        assert_eq!(
            catalogue
                .format(&Fault::LoadBalancerPending {
                    service: "a".into()
                })
                .text,
            "problem-load-balancer-pending"
        );
        assert_eq!(catalogue.format(&selects_nothing(0, None)).text, "{$wrong}");
        assert_eq!(catalogue.label("send"), "label-send");
    }

    #[test]
    fn a_struct_has_one_sentence_and_lists_are_joined() {
        #[derive(Serialize)]
        struct Names {
            names: Vec<&'static str>,
        }
        impl Message for Names {
            const PREFIX: &'static str = "names";
        }
        let catalogue = Catalogue::of(
            Language::English,
            "names = { $names }\n    .short = { GIVEN($names) }",
        );
        let names = Names {
            names: vec!["a", "b"],
        };
        assert_eq!(
            catalogue.format(&names),
            Sentence {
                text: "a, b".to_owned(),
                detail: None
            }
        );
        assert_eq!(
            catalogue.format_part(&names, "short").as_deref(),
            Some("yes")
        );
    }
}
