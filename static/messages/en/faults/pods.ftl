## Pods that are selected and are no endpoint that answers.

problem-selected-pod-removed = Pod { $pod } of Service { $service } is gone, and nothing creates it again
    .detail = An event removed it. Only the Pods of a workload (a Deployment, a StatefulSet, …) are replaced.
    .docs = https://kubernetes.io/docs/concepts/workloads/pods/#working-with-pods

problem-stateful-set-without-service = StatefulSet { $set } has serviceName { $service }, and there is no such Service
    .detail = DNS publishes the names of its Pods below that Service. Create a headless Service { $service } (clusterIP: None) that selects them.
    .docs = https://kubernetes.io/docs/concepts/workloads/controllers/statefulset/#stable-network-id

problem-listens-on-loopback = Container { $container } listens on the loopback address only: { $argument }
    .detail = What arrives at the Pod's address is refused on port { $port }; kubectl port-forward and requests inside the Pod work. Listen on 0.0.0.0 or [::].
    .docs = https://kubernetes.io/docs/tasks/debug/debug-application/debug-service/

problem-service-variable-looks-like-setting = Container { $container } gets { $variable } from Service { $service }
    .detail = It is configured by variables with the same prefix ({ $setting }), so the program may read that one as its own setting. Set the variable yourself, set enableServiceLinks: false, or rename the Service.
    .docs = https://kubernetes.io/docs/concepts/services-networking/service/#environment-variables

problem-selected-pods-pending = { $pods ->
        [one] The Pod that Service { $service } selects is Pending: { $pod }
       *[other] All { $pods } Pods that Service { $service } selects are Pending, such as { $pod }
    }
    .detail = { $scheduled ->
        [true] It has a node and no address yet.
       *[other] The scheduler finds no node for it: { $why }
    }{ GIVEN($nodes) ->
        [yes] { " " }Node by node: { $nodes }.
       *[no] { "" }
    }{ $preempts ->
        [true] { " " }A Pod that runs may have a lower priority: the scheduler may remove it to make room, which is not simulated.
       *[other] { "" }
    }
    .docs = https://kubernetes.io/docs/tasks/debug/debug-application/debug-pods/

problem-selected-pods-finished = The Pods that Service { $service } selects have finished
    .detail = { GIVEN($why) ->
        [yes] The first of them: { $why }.{ " " }
       *[no] { "" }
    }Pods in phase Succeeded or Failed are no endpoints, and the Pods of a Job end. Select Pods that keep running.
    .docs = https://kubernetes.io/docs/tasks/debug/debug-application/debug-service/

problem-selected-pod-terminating = Pod { $pod } of Service { $service } is terminating
    .detail = A terminating Pod is not ready: it serves the connections it has. It gets new ones only while no other endpoint is ready and its containers still are.
    .docs = https://kubernetes.io/docs/concepts/workloads/pods/pod-lifecycle/#pod-termination

problem-selected-pod-not-ready = Pod { $pod } of Service { $service } is not ready
    .detail = Only ready Pods get connections. Its readiness probe fails, or a container is not running: kubectl describe shows the events.
    .docs = https://kubernetes.io/docs/tasks/configure-pod-container/configure-liveness-readiness-startup-probes/

problem-container-not-running = { $isInit ->
        [true] Init container { $container } of Pod { $pod } does not run: { $reason }
       *[other] Container { $container } of Pod { $pod } does not run: { $reason }
    }
    .detail = { $why ->
        [exits] Its process ends{ GIVEN($last) ->
            [yes] { "" } (the last time: { $last })
           *[no] { "" }
        }, and the kubelet starts it again and again; kubectl logs --previous shows what it printed.
        [image] The image cannot be pulled. Check its name and tag, and that imagePullSecrets are right.
        [config] It refers to a ConfigMap, a Secret or a key that is not there.
        [creating] Its network or its volumes are not ready yet; if that lasts, the events say what is missing.
       *[other] The events say more.
    } Until it runs, the Pod is not ready and gets no connections of Service { $service }.{ GIVEN($message) ->
        [yes] { "" } The kubelet says: { $message }
       *[no] { "" }
    }
    .docs = https://kubernetes.io/docs/tasks/debug/debug-application/debug-pods/

problem-container-reported-unready = { $isStarting ->
        [true] Container { $container } of Pod { $pod } runs and has not started yet
       *[other] Container { $container } of Pod { $pod } runs and is not ready
    }
    .detail = { $isStarting ->
        [true] Its startup probe has not succeeded, and no other probe runs before it has. Only ready Pods get connections of Service { $service }.
       *[other] { GIVEN($probe) ->
            [yes] Its readiness probe { $probe } fails: kubectl describe shows with which error. Only ready Pods get connections of Service { $service }.
           *[no] Its status says so. Only ready Pods get connections of Service { $service }.
        }
    }
    .docs = https://kubernetes.io/docs/tasks/configure-pod-container/configure-liveness-readiness-startup-probes/

problem-pod-reported-unready = Pod { $pod } of Service { $service } is not ready: { $reason }
    .detail = Only ready Pods get connections. The condition in its status gives that reason{ GIVEN($message) ->
        [yes] : { $message }
       *[no] .
    }
    .docs = https://kubernetes.io/docs/concepts/workloads/pods/pod-lifecycle/#pod-readiness-status

problem-pod-of-lost-node = Pod { $pod } of Service { $service } is not ready: its node { $node } does not report
    .detail = When a node is not Ready, the node controller marks its Pods as not ready, whatever their processes do, and the Service gets along without them. Their replacements wait until the Pods are evicted (after 5 minutes). Run Pods on several nodes.
    .docs = https://kubernetes.io/docs/concepts/architecture/nodes/#node-controller

problem-pod-made-unready = Pod { $pod } of Service { $service } is not ready: an event made it so
    .detail = A readiness probe that begins to fail does the same: the Pod keeps its address and gets no new connections. Make it ready again, or give the Service another endpoint.
    .docs = https://kubernetes.io/docs/tasks/configure-pod-container/configure-liveness-readiness-startup-probes/

problem-selected-pod-stated-not-ready = Pod { $pod } of Service { $service } is not ready: the annotation kubehop/ready says so
    .detail = Only ready Pods get connections. Remove the annotation to have the readiness probe pass.
    .docs = https://kubernetes.io/docs/tasks/configure-pod-container/configure-liveness-readiness-startup-probes/

problem-readiness-gate-not-set = Pod { $pod } of Service { $service } waits for its readiness gate { $condition }
    .detail = The Pod is ready only when something sets the condition { $condition } to True in its status. Nothing in this text does; usually a controller outside it (a load balancer's, a rollout's) must. The containers themselves may all be ready.
    .docs = https://kubernetes.io/docs/concepts/workloads/pods/pod-lifecycle/#pod-readiness-gate

problem-node-ports-taken = { $pods ->
        [one] Pod { $pod } does not run: other Pods have its ports of the nodes
       *[other] { $pods } Pods of { $owner } do not run: other Pods have their ports of the nodes
    }
    .detail = { $why }{ $preempts ->
        [true] { " " }A Pod that runs may have a lower priority: the scheduler may remove it to make room, which is not simulated.
       *[other] { "" }
    }
    .docs = https://kubernetes.io/docs/tasks/debug/debug-application/debug-pods/

problem-no-such-scheduler = { $pods ->
        [one] Pod { $pod } stays Pending: nothing here runs its scheduler, { $scheduler }
       *[other] { $pods } Pods of { $owner } stay Pending: nothing here runs their scheduler, { $scheduler }
    }
    .detail = kube-scheduler places the Pods of default-scheduler and leaves all others to the scheduler that they name, without an event. If your cluster runs { $scheduler }, paste its manifests, too, or leave schedulerName out here; otherwise remove it.
    .docs = https://kubernetes.io/docs/tasks/extend-kubernetes/configure-multiple-schedulers/

problem-nodes-full = { $pods ->
        [one] Pod { $pod } does not run: no node has room for it
       *[other] { $pods } Pods of { $owner } do not run: no node has room for them
    }
    .detail = A kubelet runs 110 pods at most, unless status.allocatable.pods of its node says otherwise. { $why }{ $preempts ->
        [true] { " " }A Pod that runs may have a lower priority: the scheduler may remove it to make room, which is not simulated.
       *[other] { "" }
    }
    .docs = https://kubernetes.io/docs/tasks/debug/debug-application/debug-pods/

problem-selected-pod-on-missing-node = Pod { $pod } of Service { $service } names node { $node }, which does not exist
    .detail = A Pod with spec.nodeName never meets the scheduler: it waits for the kubelet of that node, and after a while it is deleted. The nodes here: { $nodes }.
    .docs = https://kubernetes.io/docs/concepts/scheduling-eviction/assign-pod-node/#nodename

problem-pod-fits-no-node = { $pods ->
        [one] Pod { $pod } does not run: no node takes it
       *[other] { $pods } Pods of { $owner } do not run: no node takes them
    }
    .detail = { $why }{ GIVEN($nodes) ->
        [yes] { " " }Node by node: { $nodes }.
       *[no] { "" }
    }{ $preempts ->
        [true] { " " }A Pod that runs may have a lower priority: the scheduler may remove it to make room, which is not simulated.
       *[other] { "" }
    }
    .docs = https://kubernetes.io/docs/concepts/scheduling-eviction/assign-pod-node/

problem-liveness-probe-fails = The kubelet restarts container { $container } of Pod { $pod } again and again: its liveness probe { $probe } always fails
    .detail = { $why ->
        [no-such-port] The container has no port of that name{ GIVEN($names) ->
            [yes] { "" }; its port names are { $names }
           *[no] { "" }
        }.
        [asks-node] The kubelet runs on the node, so the host 127.0.0.1 or localhost is the node itself and not the Pod. Leave host out.
       *[runs-false] The command exits with 1, whatever the program does.
    } After failureThreshold failures the kubelet kills the container and starts it again, with increasing delays (CrashLoopBackOff): the Pod answers only now and then.
    .docs = https://kubernetes.io/docs/tasks/configure-pod-container/configure-liveness-readiness-startup-probes/

problem-liveness-probe-of-other-port = The liveness probe { $probe } of container { $container } checks a port that no container declares
    .detail = The containers declare only { $declared }. If nothing listens on { $port }, the probe always fails, and the kubelet restarts the container again and again (CrashLoopBackOff): the Pod answers only now and then. Give the probe a port that the program listens on.
    .docs = https://kubernetes.io/docs/tasks/configure-pod-container/configure-liveness-readiness-startup-probes/

problem-init-container-waits = Pod { $pod } never starts: its init container { $container } { $why ->
        [own-pod] calls port { $port } of its own Pod, where nothing runs yet
        [later-variable] reads variables of Service { $service }, which is created after the Pod
        [no-service] needs Service { $service }, which does not exist
        [never-ends] runs { $command }, which never ends
        [always-fails] runs { $command }, which always fails
        [no-such-port] needs Service { $service }, which has no port { $port }
        [no-endpoint] needs Service { $service }, which has no endpoint on port { $port }
       *[other] needs Service { $service }, whose name does not resolve
    }
    .detail = { $why ->
        [always-fails] The kubelet runs it again and again, with increasing delays (Init:CrashLoopBackOff), or the Pod fails if its restartPolicy is Never.
        [never-ends] Init containers run one after another, and each must finish before the next one and the containers of the Pod start. With restartPolicy: Always it is a sidecar, which may keep running; or make it a regular container.
        [no-service] It repeats { $command } until that succeeds, and namespace { $namespace } of this text has no such Service. { GIVEN($meant) ->
            [yes] Did you mean { $meant }?
           *[no] Create it, or correct the name.
        }
        [no-such-port] It repeats { $command } until that succeeds. Call a port that the Service has.
        [no-endpoint] It repeats { $command } until that succeeds. The Service needs a ready Pod first.
        [later-variable] With the variables the command would be { $command }. A container gets the variables of the Services that exist when it starts, and a loop keeps on with those. Create the Service first, delete the Pod so that its workload makes a new one, or call the Service by its name in DNS.
        [own-pod] It repeats { $command } until that succeeds. localhost is the Pod itself, and its containers start only after its init containers: both wait forever. Call a Service by its name, or make what is awaited an init container with restartPolicy: Always before this one.
        [own-name] It repeats { $command } until that succeeds. The Pod is behind that Service itself, gets there only when it is ready, and is ready only after this init container: both wait forever. With publishNotReadyAddresses: true a headless Service has the names of Pods before they are ready.
       *[no-record] It repeats { $command } until that succeeds. The name of a headless Service has the addresses of ready Pods only, and there is none.
    } The status is Init, the containers of the Pod do not run, and it gets no connections.
    .docs = https://kubernetes.io/docs/concepts/workloads/pods/init-containers/

problem-container-waits = Container { $container } does not listen yet: it waits for Service { $service }{ $why ->
        [later-variable] { "" }, whose variables it lacks, because the Service is created after the Pod
        [no-service] { "" }, which does not exist
        [no-such-port] { "" }, which has no port { $port }
        [no-endpoint] { "" }, which has no endpoint on port { $port }
       *[other] { "" }, whose name does not resolve
    }
    .detail = It repeats { $command } until that succeeds, and runs its server only then. A Pod without a readiness probe counts as ready meanwhile: its Service sends connections to it, and they are refused. Give { $namespace }/{ $service } what is missing, and the Pod a readiness probe.
    .docs = https://kubernetes.io/docs/concepts/workloads/pods/init-containers/

problem-url-leads-nowhere = Variable { $variable } of container { $container } points to { $host }{ $why ->
        [no-such-port] { "" } on port { $port }, which Service { $service } does not have
       *[other-namespace] { "" }, but Service { $service } is in another namespace
    }
    .detail = { $why ->
        [no-such-port] The Service has { $meant }. A cluster IP has rules only for the ports of its Service, so connections to other ports get no answer.
       *[other-namespace] A short name is looked up in the Pod's own namespace, { $namespace }, which has no such Service. Call { $meant }.
    }
    .docs = https://kubernetes.io/docs/concepts/services-networking/dns-pod-service/

problem-reference-not-expanded = Container { $container } gets { $reference } as it is written{ GIVEN($variable) ->
        [yes] { "" }, in its variable { $variable }
       *[no] { "" }, in its command
    }
    .detail = { $why ->
        [defined-later] Kubernetes replaces $({ $name }) only with a variable that is listed earlier, and { $name } is listed after { $variable }. Move { $name } before it.
        [in-braces] No shell runs the command, and Kubernetes replaces only the form $({ $name }). So the program gets the text unchanged, unless it expands it itself.
       *[not-defined] Kubernetes replaces $({ $name }) with a variable of the container that is listed earlier, and there is none with that name. It does not know the variables of the image. { GIVEN($meant) ->
            [yes] Did you mean { $meant }?
           *[no] Define it, or let a shell run the command.
        }
    }
    .docs = https://kubernetes.io/docs/tasks/inject-data-application/define-interdependent-environment-variables/

problem-process-ends-at-once = { $why ->
        [no-such-program] Container { $container } cannot start: there is no program of that name
       *[other] The process of container { $container } ends as soon as it has started
    }
    .detail = { $why ->
        [shell] The image { $image } runs a shell, which ends at once without a terminal.
        [no-such-program] The first item of its command ({ $command }) is a whole command line. No shell splits it: the runtime looks for a program of that name and reports "executable file not found". Write each word as an item of its own.
       *[command] Nothing in its command ({ $command }) keeps running.
    } The kubelet restarts it again and again (CrashLoopBackOff): Pod { $pod } is not ready, nothing listens, and connections are refused. Give it the command of a server.
    .docs = https://kubernetes.io/docs/tasks/debug/debug-application/debug-pods/

problem-containers-share-a-port = Containers { $first } and { $second } of { $owner } both have port { $port }
    .detail = The containers of a Pod share one network namespace. The process that listens second ends with "address already in use", is restarted again and again, and the Pod is not ready. Give one of them another port.
    .docs = https://kubernetes.io/docs/concepts/workloads/pods/#pod-networking

problem-api-server-variable-overwritten = Service { $service } sets { $variable } in Pod { $pod }, a variable of the API server
    .detail = Programs that call the API server from a Pod read KUBERNETES_SERVICE_HOST and KUBERNETES_SERVICE_PORT, and may get this Service's instead: "lookup …:tcp: no such host". Give the Service another name, or the Pods that call the API server enableServiceLinks: false.
    .docs = https://kubernetes.io/docs/concepts/services-networking/service/#environment-variables

problem-service-variable-missing = { $pod } reads { $variable } and does not have it: { $why ->
        [started-before] it started before Service { $service }
        [links-off] its enableServiceLinks is false
        [other-namespace] Service { $service } is in namespace { $namespace }
       *[no-cluster-ip] Service { $service } has no cluster IP
    }
    .detail = { $why ->
        [started-before] Variables of Services are written when a container starts. Create the Service first, or restart the Pod.
        [links-off] Without service links a container gets only the variables of the API server.
        [other-namespace] A container gets the variables of Services of its own namespace.
       *[no-cluster-ip] The variables hold a Service's cluster IP, and a headless Service or an ExternalName has none.
    } The name { $service }.{ $namespace } in DNS works without variables.
    .docs = https://kubernetes.io/docs/concepts/services-networking/service/#environment-variables

problem-readiness-probe-fails = Pod { $pod } of Service { $service } can never be ready: its { $startup ->
        [true] startup
       *[other] readiness
    } probe { $probe } always fails
    .detail = { $why ->
        [no-such-port] Container { $container } has no port of that name{ GIVEN($names) ->
            [yes] { "" }; its port names are { $names }
           *[no] { "" }
        }. Only ready Pods get connections.
        [asks-node] The kubelet runs on the node, so the host 127.0.0.1 or localhost is the node itself and not the Pod. Leave host out: the Pod's own address is asked. Only ready Pods get connections.
        [calls-own-service] It calls Service { $names }, which sends connections to ready Pods only, and these are its only ones: they wait for themselves. Ask localhost instead.
        [calls-service] It calls Service { $names }, which does not answer here. Only ready Pods get connections.
       *[runs-false] The command exits with 1, whatever the program does. Only ready Pods get connections.
    }
    .docs = https://kubernetes.io/docs/tasks/configure-pod-container/configure-liveness-readiness-startup-probes/

problem-pods-forbidden = { $made ->
        [0] { $owner } gets no Pod: the API server refuses them
       *[other] { $owner } gets { $made } of { $asked } Pods: the API server refuses the others
    }
    .detail = { $message }
    .docs = https://kubernetes.io/docs/reference/access-authn-authz/admission-controllers/

problem-needed-object-missing = { $owner } needs { $kind } { $name }, which namespace { $namespace } of this text does not have
    .detail = Its containers do not start before it exists: the Pods stay at CreateContainerConfigError or ContainerCreating, are not ready, and get no connections. { GIVEN($meant) ->
        [yes] Did you mean { $meant }?
       *[no] { GIVEN($elsewhere) ->
            [yes] Namespace { $elsewhere } has one of this name; a Pod uses those of its own namespace only.
           *[no] If something else creates it, such as an operator, all is well: kubehop assumes so.
        }
    }
    .docs = https://kubernetes.io/docs/tasks/configure-pod-container/configure-pod-configmap/

problem-needed-key-missing = { $owner } needs the key { $key }, which { $kind } { $name } does not have
    .detail = { $volume ->
        [true] The volume is not mounted (references non-existent key): the Pods stay at ContainerCreating.
       *[other] The container is not created (couldn't find key { $key }): the Pods stay at CreateContainerConfigError.
    } They are not ready and get no connections. { GIVEN($meant) ->
        [yes] Did you mean { $meant }?
       *[no] Its keys are { $keys }.
    }
    .docs = https://kubernetes.io/docs/tasks/configure-pod-container/configure-pod-configmap/

problem-objects-taken-for-granted = { $owner } needs what this text does not have, and kubehop assumes that it exists: { $objects }
    .detail = { $refuses ->
        [true] Without its ServiceAccount and its PriorityClass the API server creates no Pod: kubectl get events shows FailedCreate. { $waits ->
            [true] Without the others its containers do not start.
           *[other] { "" }
        }
       *[other] Without it the containers do not start: the Pods stay at CreateContainerConfigError, ContainerCreating or Pending.
    }
    .docs = https://kubernetes.io/docs/tasks/debug/debug-application/debug-pods/

problem-account-missing = { $owner } runs as ServiceAccount { $name }, which namespace { $namespace } of this text does not have
    .detail = Unless something else creates it, the API server rejects the Pod: error looking up service account { $namespace }/{ $name }: serviceaccount "{ $name }" not found. { $isPod ->
        [true] kubectl prints that, and there is no Pod.
       *[other] No Pod is created; kubectl get events shows FailedCreate.
    } { GIVEN($meant) ->
        [yes] Did you mean { $meant }?
       *[no] { GIVEN($elsewhere) ->
            [yes] Namespace { $elsewhere } has one of this name; a Pod uses those of its own namespace only.
           *[no] kubehop assumes that it exists.
        }
    }
    .docs = https://kubernetes.io/docs/tasks/configure-pod-container/configure-service-account/

problem-pod-webhook-unreachable = { $configuration } keeps new objects ({ $resources }) from being created: its Service { $service } { $asksItself ->
        [true] has only Pods that it is asked about itself
       *[other] has no endpoint
    }
    .detail = The API server asks the webhook { $webhook } about such objects first, and with failurePolicy: Fail it refuses them if nobody answers: failed calling webhook "{ $webhook }". { $asksItself ->
        [true] In this text the Pods of Service { $namespace }/{ $service } come after the webhook, so none of them is ever created to answer. Leave their namespace out with namespaceSelector, or create the webhook when they run; even then it locks itself out once all of them are gone.
       *[other] The Pods of the webhook itself may be among them. Give Service { $namespace }/{ $service } a ready Pod, leave namespaces out with namespaceSelector, or set failurePolicy: Ignore.
    }
    .docs = https://kubernetes.io/docs/concepts/cluster-administration/admission-webhooks-good-practices/

problem-pod-webhook-asks-itself = { $configuration } is asked about the Pods of its own Service { $namespace }/{ $service }
    .detail = They run already. Once all of them are gone (a new node, a rollout to 0), the API server has to ask { $webhook } before it creates new ones, nobody answers, and with failurePolicy: Fail it refuses them. Leave their namespace out with namespaceSelector.
    .docs = https://kubernetes.io/docs/concepts/cluster-administration/admission-webhooks-good-practices/

problem-evicted-after = { $pod } leaves { $node } after { $seconds } s: it tolerates { $taint } only that long
    .detail = The toleration has tolerationSeconds, so the Pod is deleted when they have passed since it came to the node, or since the node got the taint. { $replaced ->
        [true] Its workload makes another one, on this node again if no other takes it.
       *[other] Nothing makes another one.
    } Without tolerationSeconds it stays. To see what happens then, delete the Pod.
    .docs = https://kubernetes.io/docs/concepts/scheduling-eviction/taint-and-toleration/

problem-process-only-waits = Container { $container } runs { $command }, which listens on nothing
    .detail = kubehop takes ports for open that a container declares, and all of one that declares none; it starts no process. This command only waits, so in a cluster the connection is refused: run the server instead, or state what listens with the annotation kubehop/listens.
    .docs = https://kubernetes.io/docs/tasks/inject-data-application/define-command-argument-container/

problem-readiness-assumed = { $pod } gets connections only { $startup ->
        [true] after its startup probe { $probe } has succeeded
       *[other] while its readiness probe { $probe } succeeds
    }
    .detail = Manifests do not say whether it does; kubehop assumes so. To see what happens otherwise, make the Pod not ready: the Service then has one endpoint less, and without any it refuses connections. kubectl describe pod shows how the probe ends.{ GIVEN($port) ->
        [yes] { " " }No container declares port { $port }, only { $declared }: if nothing listens on { $port }, the probe always fails.
       *[no] { "" }
    }
    .docs = https://kubernetes.io/docs/tasks/configure-pod-container/configure-liveness-readiness-startup-probes/
