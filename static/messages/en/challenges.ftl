## Generated challenges: where to look, by what is broken.

breaker-selector = `kubectl get endpointslices` lists no pod behind the Service. Which pods does it select, and which labels do they have?
breaker-label = Compare `kubectl get pods --show-labels` with the selector of the Service.
breaker-target-port = The Service has endpoints or should have. At which port of the pods do they answer?
breaker-service-port = Which port is called, and which ports does the Service have?
breaker-port-name = Ports can be called by their names. Is every name that is used declared?
breaker-container-port = The packet reaches the pod. On which port does the container listen?
breaker-node-port = Which node port does `kubectl get svc` print?
breaker-service-type = From where can a Service of this type be called?
breaker-service-name = Which Services does `kubectl get svc -A` list, letter by letter?
breaker-namespace = In which namespace is each object? `kubectl get svc,pods -A` prints it.
breaker-external-name = What does `dig` answer for the name, and where does the CNAME lead?
breaker-traffic-policy = Do all nodes treat the packet alike? Look at the rules of the node that drops it.
breaker-replicas = How many pods does `kubectl get deployments,pods` list?
breaker-probe = Which pods are ready, and what do their readiness probes ask?
breaker-default-deny = Nothing is wrong with the Service. Who may reach these pods? `kubectl get networkpolicies -A`.
breaker-policy-rule = Nothing is wrong with the Service. Which rule of which NetworkPolicy should let this connection pass?
breaker-backend = The proxy answers, but it cannot pass the request on. Where does the route send it?
breaker-host-name = Which host does the request name, and which hosts does the proxy know?
breaker-class = Which controller takes care of this object? Its class says so.
breaker-parent = To which Gateway is the route attached?
breaker-grant = The route and its backend are in two namespaces. Who allows that?
breaker-slice = These endpoints are written by hand. To which Service do they belong, and on which port?
breaker-advertisement = Which pool has the address, and which pools are announced?

## Their texts.

generated-title = Challenge { $number }
generated-goal = `{ $from }` used to reach `{ $to }`. { GIVEN($failure) ->
    [yes] Now: { $failure }
   *[no] Now it fails.
} Make it work again, and keep everything else that works.
generated-change = One thing in the manifests was broken. Find it, and change the manifests so that the checks hold.
generated-replaced = Line { $line }: `{ $now }` was `{ $before }` before.
generated-added = `{ $now }` at line { $line } was added. Take it away.
generated-summary = It was this: { $cause }
