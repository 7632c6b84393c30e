## Services whose selector does not select what it should.

problem-selects-nothing = Service { $service } selects no Pod
    .detail = { $pods ->
        [0] No Pod in the Service's namespace has the labels { $selector }. Add them to the intended Pods, or change the selector.
        [one] No Pod in the Service's namespace has the labels { $selector }. One Pod has { $nearest }: is that the intended one?
       *[other] No Pod in the Service's namespace has the labels { $selector }. { $pods } Pods have { $nearest }: are those the intended ones?
    }
    .docs = https://kubernetes.io/docs/tasks/debug/debug-application/debug-service/

problem-selected-pods-of-other-family = The Pods that Service { $service } selects have no { $wanted } address
    .detail = { $pod } has { $found }. An EndpointSlice lists only addresses of the Service's ipFamilies. Use a family that the Pods have, or give nodes and Pods both.
    .docs = https://kubernetes.io/docs/concepts/services-networking/dual-stack/

problem-selects-job-pods-only = Service { $service } selects only Pods of { $kind } { $job }, which end
    .detail = While they run they are its endpoints. Afterwards they are Succeeded or Failed, and the Service has none. For a server that keeps running use a Deployment or a StatefulSet.
    .docs = https://kubernetes.io/docs/concepts/workloads/controllers/job/

problem-selects-other-namespace = Service { $service } selects no Pod: those it means are in namespace { $namespace }
    .detail = { $pods ->
        [one] A selector matches Pods of its own namespace only, { $serviceNamespace }. One Pod of namespace { $namespace } has the labels { $selector }.
       *[other] A selector matches Pods of its own namespace only, { $serviceNamespace }. { $pods } Pods of namespace { $namespace } have the labels { $selector }.
    } Create the Service there, and call it from here as { $service }.{ $namespace }.
    .docs = https://kubernetes.io/docs/tasks/debug/debug-application/debug-service/

problem-selects-custom-workload = Service { $service } selects the Pods of { $kind } { $name }, which kubehop does not simulate
    .detail = The Pod template of { $kind } { $name } has the labels { $selector }. In a cluster with its controller these Pods are the Service's endpoints; here there are none, so a connection is refused.
    .docs = https://kubernetes.io/docs/tasks/debug/debug-application/debug-service/

problem-selects-pods-of-an-operator = Whether Service { $service } selects a Pod cannot be known from this text
    .detail = No Pod in this text has the labels { $selector }. { $named ->
        [true] They look like those of { $kind } { $name }, whose operator creates Pods in the cluster; kubehop does not simulate operators. Compare with kubectl get pods -l { $selector }.
       *[other] The text has objects such as { $kind } { $name }, whose operator may create Pods in the cluster; kubehop does not simulate operators. Compare with kubectl get pods -l { $selector }.
    }
    .docs = https://kubernetes.io/docs/tasks/debug/debug-application/debug-service/

problem-selects-nothing-in-text = Service { $service } selects no Pod in this text
    .detail = The text has no Pod in namespace { $namespace }, so they may come from elsewhere. Only Pods with the labels { $selector } will be behind the Service.
    .docs = https://kubernetes.io/docs/tasks/debug/debug-application/debug-service/

problem-pods-lack-label = Service { $service } selects no Pod: { $pod } lacks { $missing }
    .detail = { GIVEN($present) ->
        [yes] { $pods ->
            [one] It has the rest of the selector, { $present },
           *[other] { $pods } Pods have the rest of the selector, { $present },
        } and a selector matches only Pods with all of its labels.
       *[no] It declares the port that the Service leads to and has no labels at all, and a selector compares labels, not names.
    } Add { $missing } to the labels of the Pods (of a workload: to spec.template.metadata.labels), or change the selector.
    .docs = https://kubernetes.io/docs/tasks/debug/debug-application/debug-service/

problem-no-selector-no-endpoints = Service { $service } has no selector and no endpoints
    .detail = Without a selector no controller writes EndpointSlices. { GIVEN($meant) ->
        [yes] { $pods ->
            [one] One Pod has { $meant }: if that is the intended one, select it.
           *[other] { $pods } Pods have { $meant }: if those are the intended ones, select them.
        } Otherwise write
       *[no] Add a selector, or write
    } an EndpointSlice with the label kubernetes.io/service-name: { $service }.
    .docs = https://kubernetes.io/docs/concepts/services-networking/service/#services-without-selectors

problem-selects-other-program = Service { $service } also selects { $pod }, which does not declare port { $target }
    .detail = { $meant } declares it; { $pods } of { $all } selected Pods declare only other ports, and get that share of the connections. { GIVEN($label) ->
        [yes] Add { $label } to the selector: only the Pods with the port have it.
       *[no] Give the meant Pods a label of their own, and select it.
    }
    .docs = https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/

problem-selects-job-pods = Service { $service } also selects the Pods of { $kind } { $job }
    .detail = { $pods } of { $all } selected Pods are the Job's. While they run they get that share of the connections. Give the Job's Pods other labels, or add a label to the selector that only the meant Pods have.
    .docs = https://kubernetes.io/docs/tasks/debug/debug-application/debug-service/

problem-workload-makes-no-pods = { $workload } makes no Pod, so Service { $service } has no endpoint
    .detail = { $suspended ->
        [true] Its Pods would have the labels of the selector, and spec.suspend is true.
       *[other] Its Pods would have the labels of the selector, and no node is right for them: { $why }
    }
    .docs = https://kubernetes.io/docs/tasks/debug/debug-application/debug-service/

problem-workload-scaled-to-zero = { $workload } is scaled to 0, so Service { $service } has no endpoint
    .detail = Its Pods have the labels of the selector, and it has none. { GIVEN($scaler) ->
        [yes] { $scaler } decides how many run, which kubehop does not simulate.
       *[no] Set replicas to 1 or more.
    }
    .docs = https://kubernetes.io/docs/tasks/debug/debug-application/debug-service/

problem-selects-workload-labels = Service { $service } selects labels of { $workload }, not of its Pods
    .detail = { $selector } is in metadata.labels of the workload. A Service looks at Pods, which get the labels of the template: { $labels }. Select those, or add the label to spec.template.metadata.labels.
    .docs = https://kubernetes.io/docs/tasks/debug/debug-application/debug-service/

problem-selects-one-revision = Service { $service } selects { $label }, which only one revision of the Pods has
    .detail = The controller of the Pods sets this label, and each rollout gives it another value. { $selects ->
        [true] After the next rollout the Service has no endpoints.
       *[false] { $pods } Pods have the other labels of the selector.
    } Remove the label from the selector.
    .docs = https://kubernetes.io/docs/concepts/workloads/controllers/deployment/#pod-template-hash-label
