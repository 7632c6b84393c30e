//! What `kubectl` prints of a cluster.
//!
//! ```text
//! a line ─▶ command: its verb ─▶ flags: arguments, the verb's flags ─▶ look up in the store ─▶ get: cells ─▶ table
//!                                                                                          ─▶ describe: a page ─▶ table
//!                                                                                          ─▶ print: names, JSON, YAML
//! ```

mod change;
mod cluster_objects;
mod command;
mod console;
mod custom_columns;
mod dry_run;
mod exec;
mod explain;
mod fields;
mod flags;
mod get;
mod json_path;
mod kind_list;
mod look_up;
mod manifests;
mod object_store;
mod output_form;
mod print;
mod resource_args;
mod status;
mod verbs;
pub(super) mod yaml;

pub use console::run_over;
pub use object_store::{Clock, store_of};

use super::{Call, Output};
use console::Snapshot;
use verbs::Run;

pub(in crate::console) use command::{flags_of, is_verb, verbs};

/// Runs kubectl with the words of a line; `kubectl` itself may be left out.
pub(super) fn kubectl(call: &Call<'_>) -> Output {
    let words: Vec<&str> = call.arguments.iter().map(String::as_str).collect();
    match words.as_slice() {
        [] | ["help" | "--help" | "-h"] => return Output::answer(command::help()),
        ["help", name, ..] => {
            let help = command::help_about(name).map(Output::answer);
            return help.unwrap_or_else(Output::from);
        }
        _ => {}
    }
    let done = command::read(call.arguments).and_then(|(verb, words)| match verb.run {
        _ if command::asks_for_help(&words) => Ok(Output::answer(command::help_of(verb))),
        Run::Read(run) => {
            let clock = call.shell.clock;
            let store = store_of(&call.shell.network.resolved, clock);
            let snapshot = Snapshot {
                store: &store,
                now: clock.now,
            };
            run(snapshot, &words)
        }
        Run::Act(run) | Run::Refuse(run) => run(call, &words),
    });
    done.unwrap_or_else(Output::from)
}

/// An object as `kubectl get -o yaml` writes it.
pub fn as_yaml(object: &serde_json::Value) -> String {
    yaml::write(object)
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};

    use super::*;
    use crate::cluster::Config;
    use crate::manifest::Source;
    use crate::resolve::{Resolved, resolve};

    fn run(resolved: &Resolved, line: &str, clock: Clock) -> Output {
        run_over(&store_of(resolved, clock), line, clock.now)
    }

    const TEXT: &str = "
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  replicas: 2
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec: {containers: [{name: c, image: nginx, ports: [{containerPort: 80}]}]}
---
apiVersion: v1
kind: Service
metadata: {name: web}
spec: {type: LoadBalancer, selector: {app: web}, ports: [{port: 80}]}
";

    fn check(line: &str, wanted: Expect) {
        let resolved = resolve(&Source::read(TEXT), &Config::default());
        let Output { stdout, stderr, .. } = run(&resolved, line, Clock::default());
        wanted.assert_eq(&(stdout + &stderr));
    }

    #[test]
    fn a_deployment_reports_its_pods() {
        check(
            "kubectl get deploy",
            expect![[r#"
            NAME   READY   UP-TO-DATE   AVAILABLE   AGE
            web    2/2     2            2           60s
        "#]],
        );
        check(
            "kubectl get rs,po",
            expect![[r#"
            NAME                            DESIRED   CURRENT   READY   AGE
            replicaset.apps/web-5c59c94d4   2         2         2       60s

            NAME                      READY   STATUS    RESTARTS   AGE
            pod/web-5c59c94d4-8pgtr   1/1     Running   0          60s
            pod/web-5c59c94d4-fjlqw   1/1     Running   0          60s
        "#]],
        );
    }

    #[test]
    fn a_service_has_what_controllers_gave_it() {
        check(
            "kubectl describe svc web",
            expect![[r#"
            Name:                     web
            Namespace:                default
            Labels:                   <none>
            Annotations:              <none>
            Selector:                 app=web
            Type:                     LoadBalancer
            IP Family Policy:         SingleStack
            IP Families:              IPv4
            IP:                       10.107.164.13
            IPs:                      10.107.164.13
            LoadBalancer Ingress:     198.51.100.60 (VIP)
            Port:                     <unset>  80/TCP
            TargetPort:               80/TCP
            NodePort:                 <unset>  32103/TCP
            Endpoints:                10.244.1.5:80,10.244.0.5:80
            Session Affinity:         None
            External Traffic Policy:  Cluster
            Internal Traffic Policy:  Cluster
            Events:                   <none>
        "#]],
        );
        check(
            "kubectl get endpointslices,ep",
            expect![[r#"
            NAME                                        ADDRESSTYPE   PORTS   ENDPOINTS               AGE
            endpointslice.discovery.k8s.io/kubernetes   IPv4          6443    192.168.0.10            60s
            endpointslice.discovery.k8s.io/web-4gsbg    IPv4          80      10.244.1.5,10.244.0.5   60s

            NAME                   ENDPOINTS                     AGE
            endpoints/kubernetes   192.168.0.10:6443             60s
            endpoints/web          10.244.0.5:80,10.244.1.5:80   60s
            Warning: v1 Endpoints is deprecated in v1.33+; use discovery.k8s.io/v1 EndpointSlice
        "#]],
        );
    }

    #[test]
    fn a_cluster_has_nodes_and_namespaces_that_nobody_wrote() {
        check(
            "kubectl get no,ns",
            expect![[r#"
            NAME          STATUS   ROLES    AGE   VERSION
            node/node-1   Ready    <none>   60s   v1.36.2
            node/node-2   Ready    <none>   60s   v1.36.2
            node/node-3   Ready    <none>   60s   v1.36.2

            NAME                        STATUS   AGE
            namespace/default           Active   60s
            namespace/kube-node-lease   Active   60s
            namespace/kube-public       Active   60s
            namespace/kube-system       Active   60s
        "#]],
        );
    }

    #[test]
    fn the_whole_of_a_deployment_is_told() {
        check(
            "kubectl describe deploy web",
            expect![[r#"
                Name:                   web
                Namespace:              default
                CreationTimestamp:      Thu, 01 Jan 2026 00:00:00 +0000
                Labels:                 <none>
                Annotations:            deployment.kubernetes.io/revision: 1
                Selector:               app=web
                Replicas:               2 desired | 2 updated | 2 total | 2 available | 0 unavailable
                StrategyType:           RollingUpdate
                MinReadySeconds:        0
                RollingUpdateStrategy:  25% max unavailable, 25% max surge
                Pod Template:
                  Labels:  app=web
                  Containers:
                   c:
                    Image:         nginx
                    Port:          80/TCP
                    Host Port:     0/TCP
                    Environment:   <none>
                    Mounts:        <none>
                  Volumes:         <none>
                  Node-Selectors:  <none>
                  Tolerations:     <none>
                Conditions:
                  Type           Status  Reason
                  ----           ------  ------
                  Available      True    MinimumReplicasAvailable
                  Progressing    True    NewReplicaSetAvailable
                OldReplicaSets:  <none>
                NewReplicaSet:   web-5c59c94d4 (2/2 replicas created)
                Events:          <none>
            "#]],
        );
    }

    #[test]
    fn kinds_that_are_not_modelled_are_listed_and_described() {
        const OTHERS: &str = "
apiVersion: v1
kind: ConfigMap
metadata: {name: settings}
data: {a: b}
---
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata: {name: web, namespace: dev}
spec: {minAvailable: 1, selector: {matchLabels: {app: web}}}
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata: {name: reader}
rules: [{apiGroups: [apps], resources: [deployments], verbs: [get, list]}]
";
        let said = |line: &str| {
            let resolved = resolve(&Source::read(OTHERS), &Config::default());
            run(&resolved, line, Clock::default()).stdout
        };
        expect![[r#"
            NAMESPACE   NAME                 DATA   AGE
            default     configmap/settings   1      60s

            NAMESPACE   NAME                             MIN AVAILABLE   MAX UNAVAILABLE   ALLOWED DISRUPTIONS   AGE
            dev         poddisruptionbudget.policy/web   1               N/A               0                     60s
        "#]]
        .assert_eq(&said("kubectl get configmaps,pdb -A"));
        expect![[r#"
            apiVersion: v1
            data:
              a: b
            kind: ConfigMap
            metadata:
              creationTimestamp: "2026-01-01T00:00:00Z"
              name: settings
              namespace: default
        "#]]
        .assert_eq(&said("kubectl get cm settings -o yaml"));
        expect![[r#"
            Name:         reader
            Labels:       <none>
            Annotations:  <none>
            PolicyRule:
              Resources         Non-Resource URLs  Resource Names  Verbs
              ---------         -----------------  --------------  -----
              deployments.apps  []                 []              [get list]
        "#]]
        .assert_eq(&said("kubectl describe clusterrole reader"));
    }
}
