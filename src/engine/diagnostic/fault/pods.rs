//! Pods that are selected and are no endpoint that answers.

use serde::Serialize;

use super::containers::{
    ContainerFault, EndFault, ProbeFault, ReferenceFault, UrlFault, VariableMiss, WaitFault,
};

/// Pods that are selected and are no endpoint that answers.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "testing", derive(schemars::JsonSchema))]
#[serde(tag = "id", rename_all = "kebab-case", rename_all_fields = "camelCase")]
pub enum PodFault {
    /// A bare pod that an event removed.
    SelectedPodRemoved {
        /// The Service.
        service: String,
        /// The pod.
        pod: String,
    },
    /// A StatefulSet whose `serviceName` names a Service that does not exist.
    StatefulSetWithoutService {
        /// The StatefulSet.
        set: String,
        /// The Service.
        service: String,
    },
    /// A process that listens on the loopback address only, as its arguments say.
    ListensOnLoopback {
        /// The container.
        container: String,
        /// The argument.
        argument: String,
        /// The port.
        port: u16,
    },
    /// A Service whose variables have the prefix of its pods' own settings.
    ServiceVariableLooksLikeSetting {
        /// The Service.
        service: String,
        /// The container.
        container: String,
        /// The container's own variable.
        setting: String,
        /// The Service's variable, `SERVER_PORT=tcp://10.96.0.20:80`.
        variable: String,
    },
    /// All selected pods are pending.
    SelectedPodsPending {
        /// The Service.
        service: String,
        /// One of them.
        pod: String,
        /// How many there are.
        pods: usize,
        /// Whether that pod has a node.
        scheduled: bool,
        /// The scheduler's message.
        why: String,
        /// Whether the scheduler may remove pods with a lower priority for it.
        preempts: bool,
        /// What the nodes have that does not suit it: `a: dedicated=db:NoSchedule; b: disk=hdd`.
        nodes: String,
    },
    /// All selected pods have finished.
    SelectedPodsFinished {
        /// The Service.
        service: String,
        /// How many there are.
        pods: usize,
        /// Why the first one has, in the words of its status; empty if it does not say.
        why: String,
    },
    /// A selected pod is terminating.
    SelectedPodTerminating {
        /// The Service.
        service: String,
        /// The pod.
        pod: String,
    },
    /// A selected pod is not ready.
    SelectedPodNotReady {
        /// The Service.
        service: String,
        /// The pod.
        pod: String,
    },
    /// A container of a selected pod that does not run, as the status of a live dump says.
    ContainerNotRunning {
        /// The Service.
        service: String,
        /// The pod.
        pod: String,
        /// The container.
        container: String,
        /// Whether it is an init container.
        is_init: bool,
        /// The kubelet's reason, `CrashLoopBackOff`.
        reason: String,
        /// What that means.
        why: ContainerFault,
        /// The kubelet's message; empty if it has none.
        message: String,
        /// How the container ended the last time, `OOMKilled, exit code 137`; empty if it never did.
        last: String,
    },
    /// A container of a selected pod that runs and is not ready, as the status of a live dump says.
    ContainerReportedUnready {
        /// The Service.
        service: String,
        /// The pod.
        pod: String,
        /// The container.
        container: String,
        /// Its readiness probe, `http-get :8080/healthz`; empty if it has none.
        probe: String,
        /// Whether its startup probe has not succeeded yet.
        is_starting: bool,
    },
    /// A selected pod that is not ready for a reason that its condition names.
    PodReportedUnready {
        /// The Service.
        service: String,
        /// The pod.
        pod: String,
        /// The condition's reason.
        reason: String,
        /// The condition's message.
        message: String,
    },
    /// A selected pod whose node does not report.
    PodOfLostNode {
        /// The Service.
        service: String,
        /// The pod.
        pod: String,
        /// The node.
        node: String,
    },
    /// A selected pod that an event made not ready.
    PodMadeUnready {
        /// The Service.
        service: String,
        /// The pod.
        pod: String,
    },
    /// The annotation `kubehop/ready` says that a selected pod is not ready.
    SelectedPodStatedNotReady {
        /// The Service.
        service: String,
        /// The pod.
        pod: String,
    },
    /// A readiness gate of a selected pod whose condition is not set.
    ReadinessGateNotSet {
        /// The Service.
        service: String,
        /// The pod.
        pod: String,
        /// The condition.
        condition: String,
    },
    /// Pods that do not run, since other pods have the ports of the nodes that they need.
    NodePortsTaken {
        /// The pod, or the workload that made it: `Deployment edge`.
        owner: String,
        /// One of the pods that do not run.
        pod: String,
        /// How many there are.
        pods: usize,
        /// The message of the scheduler or the kubelet.
        why: String,
        /// Whether the scheduler may remove pods with a lower priority for it.
        preempts: bool,
    },
    /// Pods that name a scheduler which nothing here runs.
    NoSuchScheduler {
        /// The pod, or the workload that made it.
        owner: String,
        /// One of the pods that wait.
        pod: String,
        /// How many there are.
        pods: usize,
        /// `spec.schedulerName`.
        scheduler: String,
    },
    /// Pods that do not run, since every node that they fit on has as many pods as it takes.
    NodesFull {
        /// The pod, or the workload that made it.
        owner: String,
        /// One of the pods that do not run.
        pod: String,
        /// How many there are.
        pods: usize,
        /// The message of the scheduler.
        why: String,
        /// Whether the scheduler may remove pods with a lower priority for it.
        preempts: bool,
    },
    /// The selected pods name a node that does not exist.
    SelectedPodOnMissingNode {
        /// The Service.
        service: String,
        /// One of the pods.
        pod: String,
        /// `spec.nodeName`.
        node: String,
        /// The nodes that exist.
        nodes: String,
    },
    /// Pods that do not run, since no node is right for them, or their node rejects them.
    PodFitsNoNode {
        /// The pod, or the workload that made it.
        owner: String,
        /// One of the pods that do not run.
        pod: String,
        /// How many there are.
        pods: usize,
        /// The message of the scheduler or the kubelet.
        why: String,
        /// Whether the scheduler may remove pods with a lower priority for it.
        preempts: bool,
        /// What the nodes have that does not suit it: `a: dedicated=db:NoSchedule; b: disk=hdd`.
        nodes: String,
    },
    /// A container that the kubelet restarts again and again, since its liveness probe can never succeed.
    LivenessProbeFails {
        /// The pod.
        pod: String,
        /// The container.
        container: String,
        /// The probe as `kubectl describe` prints it.
        probe: String,
        /// Why it fails.
        why: ProbeFault,
        /// The names that the container's ports have.
        names: String,
    },
    /// A container whose liveness probe asks a port that no container declares.
    LivenessProbeOfOtherPort {
        /// The container.
        container: String,
        /// The probe as `kubectl describe` prints it.
        probe: String,
        /// The port.
        port: String,
        /// The ports that are declared.
        declared: String,
    },
    /// An init container that waits for a Service which does not come: the pod's containers never start.
    InitContainerWaits {
        /// The pod.
        pod: String,
        /// The init container.
        container: String,
        /// The command that has to succeed, `nslookup mydb`.
        command: String,
        /// The Service; empty if it waits for none.
        service: String,
        /// Its namespace.
        namespace: String,
        /// The port that is asked; 0 if the name alone is.
        port: u16,
        /// The Service that is most likely meant by a name that none has, as the pod can call it: `mydb.data`; empty if there
        /// is none.
        meant: String,
        /// Why it does not come.
        why: WaitFault,
    },
    /// A container whose process ends as soon as it has started.
    ProcessEndsAtOnce {
        /// The pod.
        pod: String,
        /// The container.
        container: String,
        /// Its image.
        image: String,
        /// Its command; empty for that of the image.
        command: String,
        /// Why it ends.
        why: EndFault,
    },
    /// Two containers of a pod that declare the same port: they share one network namespace.
    ContainersShareAPort {
        /// The pod, or the workload that made it.
        owner: String,
        /// The port, `8080/TCP`.
        port: String,
        /// The first container.
        first: String,
        /// The second one.
        second: String,
    },
    /// A Service whose variables overwrite those of the API server in a pod.
    ApiServerVariableOverwritten {
        /// The Service.
        service: String,
        /// The pod.
        pod: String,
        /// The variable with its value, `KUBERNETES_SERVICE_PORT=tcp://10.96.0.9:443`.
        variable: String,
    },
    /// A pod that reads a variable of a Service which it does not have.
    ServiceVariableMissing {
        /// The pod.
        pod: String,
        /// The Service.
        service: String,
        /// Its namespace.
        namespace: String,
        /// The variable.
        variable: String,
        /// Why it has none.
        why: VariableMiss,
    },
    /// A variable with a URL whose call fails.
    UrlLeadsNowhere {
        /// The container.
        container: String,
        /// The variable.
        variable: String,
        /// The host of the URL.
        host: String,
        /// The port, as written or as the scheme says.
        port: u16,
        /// The Service that has the name.
        service: String,
        /// The pod's namespace.
        namespace: String,
        /// The Service's ports; where it is in another namespace, its name for the pod.
        meant: String,
        /// Why it fails.
        why: UrlFault,
    },
    /// A reference to a variable that the kubelet does not replace by its value.
    ReferenceNotExpanded {
        /// The container.
        container: String,
        /// The variable whose value has it; empty if it is in the command or an argument.
        variable: String,
        /// The reference as it is written, `$(HOST)`.
        reference: String,
        /// The name that is referred to.
        name: String,
        /// The variable of the container whose name differs by a typo; empty if there is none.
        meant: String,
        /// Why it stays as it is.
        why: ReferenceFault,
    },
    /// A pod behind a Service whose readiness probe can never succeed.
    ReadinessProbeFails {
        /// Whether it is the startup probe.
        startup: bool,
        /// The Service.
        service: String,
        /// The pod.
        pod: String,
        /// The container.
        container: String,
        /// The probe, `http-get :web/healthz`.
        probe: String,
        /// Why it fails.
        why: ProbeFault,
        /// The names of the container's ports; the Service that the probe calls.
        names: String,
    },
    /// A key that pods cannot start without, of a ConfigMap or Secret that does not have it.
    NeededKeyMissing {
        /// Kind and name of the pod or of the workload that makes it.
        owner: String,
        /// `ConfigMap` or `Secret`.
        kind: String,
        /// Its name.
        name: String,
        /// The key.
        key: String,
        /// The keys that it has.
        keys: String,
        /// The one of them that is most likely meant; empty if none is.
        meant: String,
        /// Whether an item of a volume names it; else a variable does.
        volume: bool,
    },
    /// A ConfigMap, Secret or claim that pods cannot start without and that the text does not have, where it has others.
    NeededObjectMissing {
        /// Kind and name of the pod or of the workload that makes it.
        owner: String,
        /// The kind of what is needed.
        kind: String,
        /// Its name.
        name: String,
        /// The namespace.
        namespace: String,
        /// The one in this namespace whose name differs by a typo; empty if there is none.
        meant: String,
        /// Another namespace that has one of this name; empty if there is none.
        elsewhere: String,
    },
    /// Objects that a pod needs, of kinds that the text has none of.
    ObjectsTakenForGranted {
        /// The pod or its workload, `Deployment web`.
        owner: String,
        /// Their kinds and names.
        objects: String,
        /// Whether the API server creates no pod without one of them.
        refuses: bool,
        /// Whether containers do not start without one of them.
        waits: bool,
    },
    /// A container that waits for a Service before it runs its server.
    ContainerWaits {
        /// The container.
        container: String,
        /// The command that it repeats.
        command: String,
        /// The Service.
        service: String,
        /// The namespace of the Service.
        namespace: String,
        /// The port; 0 if only the name has to resolve.
        port: u16,
        /// Why it waits.
        why: WaitFault,
    },
    /// A ServiceAccount that pods name and the text does not have, where it has others: without it no pod is created.
    AccountMissing {
        /// Kind and name of the pod or of the workload that makes it.
        owner: String,
        /// Whether it is a pod, not a workload.
        is_pod: bool,
        /// The ServiceAccount.
        name: String,
        /// The namespace.
        namespace: String,
        /// The one in this namespace whose name differs by a typo; empty if there is none.
        meant: String,
        /// Another namespace that has one of this name; empty if there is none.
        elsewhere: String,
    },
    /// An admission webhook for new pods, or what makes them, whose Service has no endpoint.
    PodWebhookUnreachable {
        /// The configuration, `ValidatingWebhookConfiguration policy`.
        configuration: String,
        /// The webhook's name.
        webhook: String,
        /// The Service.
        service: String,
        /// Its namespace.
        namespace: String,
        /// What it is asked about, `pods, deployments`.
        resources: String,
        /// Whether the Service has only pods that the webhook itself has to be asked about.
        asks_itself: bool,
    },
    /// An admission webhook for new pods that is asked about its own ones, which run already.
    PodWebhookAsksItself {
        /// The configuration, `ValidatingWebhookConfiguration policy`.
        configuration: String,
        /// The webhook's name.
        webhook: String,
        /// The Service.
        service: String,
        /// Its namespace.
        namespace: String,
    },
    /// A workload whose pods, or some of them, the API server refuses.
    PodsForbidden {
        /// Kind and name of the workload.
        owner: String,
        /// How many pods it has.
        made: usize,
        /// How many it asks for.
        asked: usize,
        /// What the API server says.
        message: String,
    },
    /// A pod on a node with a taint that it tolerates for a time only.
    EvictedAfter {
        /// The pod.
        pod: String,
        /// The node.
        node: String,
        /// The taint, `maintenance:NoExecute`.
        taint: String,
        /// How many seconds.
        seconds: i64,
        /// Whether a workload makes another one.
        replaced: bool,
    },
    /// A container whose command only waits, so that nothing listens.
    ProcessOnlyWaits {
        /// The container.
        container: String,
        /// Its command with its arguments.
        command: String,
    },
    /// A pod that answered, and that is ready only if its probe succeeds, which is assumed.
    ReadinessAssumed {
        /// Whether it is the startup probe.
        startup: bool,
        /// The pod.
        pod: String,
        /// The probe, `http-get :8080/healthz`.
        probe: String,
        /// The number of the port that it asks, if the pod declares others only; empty otherwise.
        port: String,
        /// Those others.
        declared: String,
    },
}
