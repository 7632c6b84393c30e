# Every sentence of kubehop in English, in the Fluent syntax (projectfluent.org/fluent/guide). What real tools print
# (errors of the API server, tables of kubectl, rules) is not here: it stays as they print it.
#
# A message's name is the name of its enum, a dash, and the name of the variant; its arguments are the variant's fields.
# The message itself is the headline, .detail says the rest: what it means and what would mend it.
# An argument that may be missing is asked for with GIVEN: { GIVEN($name) -> [yes] … *[no] … }.


## What is wrong with the manifests

problem-rejected = { $message }

problem-unchangeable-by-apply = { $message }
    .detail = kubectl create refuses a second object of one name. kubectl apply would change the first one into this one instead, and that is the server's answer to it. Delete the first one before, or leave the field as it is.

problem-server-warning = { $message }
    .detail = The API server accepts it all the same, and prints this warning.

problem-duplicate-key = The key { $key } stands twice
    .detail = The API server accepts that silently and uses the last one. Remove the one you do not mean.

problem-not-modelled = { $kind } is accepted, but not simulated
    .detail = kubehop counts objects of { $apiVersion } { $kind }. They change nothing in the picture.

problem-capped = { $shown } of { $asked } are shown
    .detail = kubehop simulates no more at once. Ask for fewer to see every one.

problem-selects-nothing = Service { $service } selects no Pod
    .detail = { $pods ->
        [0] No Pod carries { $selector }. Give it to the labels of the Pods that are meant, or change the selector.
        [one] No Pod carries { $selector }. One Pod carries { $nearest }: is that the one meant?
       *[other] No Pod carries { $selector }. { $pods } Pods carry { $nearest }: are those meant?
    }

problem-target-port-not-found = Port { $port } of Service { $service } has no endpoint
    .detail = { GIVEN($declared) ->
        [yes] No container of the selected Pods names a port { $target }. They name { $declared }.
       *[no] No container of the selected Pods names a port { $target }, nor any other. Name one, or use a number.
    }

problem-load-balancer-pending = Service { $service } waits for an external address
    .detail = Nothing in this cluster gives out addresses, so EXTERNAL-IP stays <pending>. Switch on the cloud load balancer under Cluster, or reach the Service through its node port.


## Why the packet went this way. .detail goes on in the same paragraph; .note is a remark; .stop names the hop on the track.

reason-opens = { $from ->
        [client] The client opens a connection to { $to }.
       *[other] { $from } opens a connection to { $to }.
    }
    .detail = { $virtual ->
        [true] That is the address of Service { $service }: no machine has it, only rules know it.
       *[other] { "" }
    }
    .stop = { $from ->
        [client] client
       *[other] { $from }
    }
reason-resolves = { $server } knows the name: { $name } is { $address }.
    .detail = { GIVEN($alias) ->
        [yes] It is an alias (CNAME) of { $alias }. { $tried ->
            [0] { "" }
           *[other] Names tried before it, in vain: { $tried }.
        }
       *[no] { $count ->
            [one] { $tried ->
                [0] The first name it tried exists.
                [one] One other name of the search list was tried before, in vain.
               *[other] { $tried } other names of the search list were tried before, in vain.
            }
           *[other] It has { $count } addresses, and the client takes one of them.
        }
    }
    .stop = DNS
reason-asks = The resolver asks { $server } for { $name }.
    .detail = That is a packet like any other: it goes to the address of the cluster's name server.
    .stop = DNS
reason-asked = The resolver asks { $server } for { $name }: { $outcome }.
    .detail = { $by } answered. The resolver goes on to the next name of its search list.
    .stop = DNS
reason-responds = { $by } looks { $name } up: { $outcome }.
    .stop = { $by }
reason-ingress-unreachable = Nothing serves { $host }.
    .detail = { $why ->
        [no-class] Ingress { $ingress } names no ingressClassName, and no IngressClass is the default one: every controller leaves it alone.
        [no-controller] Ingress { $ingress } is of the class { $class }, and no pod is a controller of that class. An Ingress does nothing by itself: install a controller and its IngressClass.
       *[no-address] The controller of Ingress { $ingress } runs, but no Service gives it an address outside the cluster.
    }
    .stop = no controller
reason-continues = { $from ->
        [client] The client sends more
       *[other] { $from } sends more
    } on its open connection to { $to }.
    .detail = { $protocol ->
        [UDP] UDP has no connections; packets of the same two ports count as one while they keep coming.
       *[other] A connection that is kept alive is no new one: no endpoint is chosen again.
    }
    .stop = more
reason-no-such-name = { $server } does not know { $name }.
    .detail = { $tried ->
        [one] One name was tried.
       *[other] { $tried } names were tried, one for each domain of the search list, then the name as written.
    }
    .stop = DNS
reason-balances = The cloud load balancer of { $service } hands the connection to { $node }.
    .detail = { $nodes ->
        [one] It is the only node that passes its health check.
       *[other] { $nodes } nodes pass its health check; any of them would do.
    }
    .stop = load balancer
reason-no-healthy-node = The cloud load balancer of { $service } has nowhere to send it.
    .detail = No node passes its health check: with externalTrafficPolicy: Local only nodes with a ready endpoint do.
    .stop = load balancer
reason-reopens = It does not pass packets on (ipMode: Proxy): it opens a connection of its own to { $to }.
    .detail = { $node } sees the load balancer of { $service }, not the client.
    .stop = load balancer
reason-arrives = { $node } receives it on port { $port }.
    .detail = { $nodePort ->
        [true] Nothing listens there; the kernel's NAT rules decide.
       *[other] The kernel asks its NAT rules first.
    }
    .note = { $nodePort ->
        [true] Any node answers: the port is open on all of them.
       *[other] { "" }
    }
    .stop = { $node } :{ $port }
reason-dnat = { $count ->
        [one] kube-proxy's rules pick the only endpoint
       *[other] kube-proxy's rules pick 1 of { $count } endpoints
    }
    .detail = { $masquerade ->
        [external] and rewrite the destination to { $endpoint }. The source becomes { $node }, so that the reply comes back this way.
        [node] and rewrite the destination to { $endpoint }. The packet does not come from a pod, so its source is rewritten, too: to { $node }'s own address, with a port of its own.
        [hairpin] and rewrite the destination to { $endpoint }. That is the client itself: the source becomes { $node }, or the pod would see a packet from its own address (hairpin).
       *[no] and rewrite the destination to { $endpoint }. The source stays the client's.
    }
    .note = { $masquerade ->
        [external] The endpoint sees { $node }, not the client. To keep the client's address: externalTrafficPolicy: Local
       *[other] { "" }
    }
    .stop = kube-proxy rewrites
reason-rejects = kube-proxy's rules on { $node } refuse it: { $service }.
    .detail = { $why ->
        [no-such-port] The Service does not have that port. In nftables mode that is rejected with an ICMP error, at once.
       *[other] A Service without any endpoint is rejected with an ICMP error, at once.
    }
    .stop = kube-proxy refuses
reason-drops = kube-proxy's rules on { $node } drop it: { $rule }.
    .detail = Nobody is told: the client waits for an answer that never comes.
    .stop = dropped
reason-no-rule = No rule on { $node } is about { $to }.
    .detail = { GIVEN($service) ->
        [yes] Service { $service } has that address, but not that port. The packet is routed on as it is.
       *[no] The packet is routed on as it is.
    }
    .stop = { $node }
reason-conntrack-hit = { $node } tracks this connection, and sends the packet to { $endpoint } as it did the first.
    .detail = The rules are not asked again, whatever has changed since.
    .stop = conntrack
reason-takes-http = { $by }, an Ingress controller, takes the request: Host { $host }, path { $path }.
    .stop = { $by }
reason-routes-http = Ingress { $ingress } sends it to Service { $service }, port { $port }.
    .detail = { GIVEN($rule) ->
        [yes] Its path { $rule } matches. The controller opens a connection of its own.
       *[no] No rule matches, so its default backend is used. The controller opens a connection of its own.
    }
    .stop = Ingress rule
reason-answers-http = { $by } answers by itself: HTTP { $status }.
    .detail = { $why ->
        [no-ingress-rule] No Ingress of its class has a rule for this host and path.
        [no-such-service] The Service that the rule names does not exist.
        [no-such-port] The rule must name a port of the Service, not of its pods.
        [no-endpoints] The Service behind the rule has no endpoint.
        [nothing-listens] The endpoint refused the connection.
        [no-local-endpoints] The node has no ready endpoint of the Service: the load balancer is to send nothing here.
       *[other] The endpoint did not answer.
    }
    .stop = HTTP { $status }
reason-routes = Routed from { $from } to { $to }.
    .stop = { $to }
reason-answers = { $by } answers on port { $port }.
    .detail = { $listening ->
        [declared] A container declares that port.
        [assumed] No port is declared, so it is taken to be open: Kubernetes does not know what a process listens on.
        [stated] So its annotation says.
        [kube-proxy] It tells load balancers whether the node has a ready endpoint of the Service.
       *[outside] It is outside the cluster; that something listens there is assumed.
    }
    .stop = { $by }
reason-not-known-to-listen = The packet reaches { $pod }. Does anything listen on { $port }?
    .detail = The manifests do not say: the pod declares { $declared }. Kubernetes sends it there all the same; most likely nothing answers, and the connection is refused.
    .stop = { $pod }
reason-closed = Nothing listens on port { $port } of { $by }.
    .detail = Its kernel refuses the connection.
    .stop = { $by }
reason-no-host = Nobody has the address { $to }.
    .detail = Cluster and pod addresses exist only inside the cluster; a packet to one that nothing has is lost.
    .stop = nowhere
reason-node-down = { $node } does not answer any more.
    .detail = Rules and pods on it are gone with it, until the cluster has noticed and others take their place.
    .stop = { $node } is down
reason-relays = { $by } has its answer and hands it on, over the connection that it was called by.
    .stop = { $by }
reason-reverse-nat = The reply comes back to { $node }, where connection tracking undoes { $rewrites ->
        [one] the rewrite.
       *[other] both rewrites.
    }
    .stop = conntrack undoes
reason-forwarded = The reply comes through { $node } unchanged.
    .stop = { $node }
reason-martian-source = { $node } gets a packet from outside that bears its own address, { $source }. Routing does not believe it (the kernel's log says "martian source"), and drops it before any rule is asked.
    .stop = drop
reason-asymmetric-return = The answer comes straight from { $from }, not by { $node }, which rewrote the address. Nothing here knows that connection: it is lost.
    .stop = astray
reason-returns = The answer reaches { $to ->
        [client] the client
       *[other] { $to }
    }, from { $from }: the very address it called.
    .stop = reply
reason-refused = { $to ->
        [client] The client
       *[other] { $to }
    } is told at once: { $protocol ->
        [UDP] port unreachable.
       *[other] connection refused.
    }
    .stop = refused


## How the trip ended

verdict-answered = { $by } answered.
    .detail = The client sees the answer come from the address it called.
verdict-refused = Connection refused.
    .detail = { $why ->
        [no-endpoints] The Service port has no endpoint at all. Compare its selector with the pods' labels and its targetPort with their ports, and see that the pods are ready.
        [nothing-listens] The packet arrived, and nothing listens on that port.
        [no-such-port] The Service has no such port. In nftables mode the kernel refuses it.
        [unknown-connection] The pod at the other end of the connection is gone, and another one has its address.
       *[other] { "" }
    }
verdict-timed-out = No answer: a timeout.
    .detail = { $why ->
        [no-local-endpoints] The Service's traffic policy is Local, and this node has no endpoint of it.
        [source-not-allowed] The client is in none of the Service's loadBalancerSourceRanges.
        [no-such-port] The Service has no such port. In iptables mode a packet to a port it does not have is not refused, but lost.
        [no-host] Nobody has that address.
        [martian-source] The node's own packet came back to it, and a node drops what comes from outside with its own address.
        [asymmetric-return] The answer does not come by the node that rewrote the address. A pod that calls another node's port of a Service with externalTrafficPolicy Local is not masqueraded there.
        [no-healthy-node] No node passes the load balancer's health check.
        [node-down] The node that the packet was sent to is down.
       *[other] A rule dropped the packet.
    }
verdict-no-such-name = No such name: { $name }.
    .detail = The client never sends a packet. A pod finds a Service of its own namespace by name, and one of another as name.namespace.
verdict-lookup-failed = { $name } could not be looked up.
    .detail = { $why ->
        [no-endpoints] The cluster's name server has no ready endpoint: no name can be looked up, though addresses still work.
       *[other] The cluster's name server did not answer. Addresses still work.
    }
verdict-ingress-unreachable = Nothing serves { $host }.
    .detail = { $why ->
        [no-class] The Ingress has no class. Set ingressClassName.
        [no-controller] There is no Ingress controller of its class.
       *[no-address] Its controller cannot be reached from outside: put a Service of type LoadBalancer or NodePort before it.
    }
verdict-http-error = { $by } answered HTTP { $status }.
    .detail = { $why ->
        [no-ingress-rule] No rule of an Ingress matches this host and path.
        [no-such-service] The rule names a Service that does not exist.
        [no-such-port] The rule names a port that the Service does not have. It wants the Service's port, not the pod's.
        [no-endpoints] The Service behind the rule has no endpoint.
        [nothing-listens] The endpoint behind the rule refused the connection.
        [no-local-endpoints] The node fails the load balancer's health check: no endpoint of the Service on it is ready.
       *[other] The endpoint behind the rule did not answer.
    }
verdict-unknown = It reached { $pod }; what happens on port { $port } is not known.
    .detail = State it with the annotation kubehop/listens on the pod, or declare the port.


## The request

request-no-origin = { $text } is no origin. Write pod/name, pod/namespace/name, node/name or an IP address.
request-no-such-origin = { $text } does not exist, or has no address yet.
request-no-address = { $text } has no { $family } address.
request-no-host = A host or an address is missing.
request-bad-port = The port is not a number from 1 to 65535.
request-ping = A ping is ICMP, which has no ports, and a Service has rules for its ports only: its cluster IP answers no ping, however well the Service is. Call one of its ports.
request-unknown-scheme = The scheme is not one of http, https, tcp, udp, sctp.
request-no-port = A port is missing.


## Events, as the text tool takes them

event-no-event = { $text } is no event. Write unready, ready, delete or gone and pod/name, or scale deployment/name=3, or down node/name.
event-no-pod = { $text } is no pod. Write pod/name or pod/namespace/name.
event-no-node = { $text } is no node. Write node/name.
event-no-workload = { $text } cannot be scaled. Write deployment/name=3; likewise statefulset, replicaset, replicationcontroller; outside the namespace default deployment/namespace/name=3.
event-no-replicas = { $text } does not say how many Pods there are to be. Write deployment/name=3, a number from 0 to 65535.
event-no-such-object = { $text }: that does not exist.


## What happened. .act is on the button that lets it happen, .command names it among the commands.

happening-unready = { $pod } is not ready
    .act = Not ready
    .command = { $pod }: not ready
happening-ready = { $pod } is ready
    .act = Ready
    .command = { $pod }: ready
happening-deleted = { $pod } deleted
    .act = Delete
    .command = { $pod }: delete
happening-gone = { $pod } gone
    .act = Gone for good
    .command = { $pod }: gone for good
happening-scaled = { $kind } { $name }: { $replicas ->
        [one] { $replicas } Pod
       *[other] { $replicas } Pods
    }
    .act = Scale to { $replicas }
    .command = { $kind } { $name }: scale to { $replicas }
happening-node-down = { $node } is down
    .act = Node down
    .command = { $node }: down


## The picture

caption-outside = outside
caption-cluster = cluster
caption-client = client
caption-service = service
caption-endpoints = endpoints
caption-pods = pods
caption-outside-client = client
caption-outside-machine = outside
caption-load-balancer = load balancer
caption-rules = { $count ->
        [one] { $count } rule
       *[other] { $count } rules
    }
caption-process = process
caption-selects = selector { $selector } · { $ready } of { $total } endpoints ready
caption-selector = selector { $selector }
caption-no-selector = no selector
caption-ready = { $ready } of { $total } ready
caption-no-endpoint-here = no endpoint here
caption-selects-by-hand = no selector · { $ready } of { $total } endpoints ready
caption-alias = an alias in DNS: no address, no rules
caption-no-endpoint = no endpoint
caption-not-selected = not selected
caption-not-ready = not ready
caption-terminating = terminating
caption-pending = EXTERNAL-IP <pending>
caption-more = + { $count } more


## The page's own sentences

page-hop = hop { $hop } of { $hops }
    .short = { $hop } / { $hops }
page-resolved = { $services ->
        [one] { $services } Service
       *[other] { $services } Services
    } · { $pods ->
        [one] { $pods } Pod
       *[other] { $pods } Pods
    } · { $nodes ->
        [one] { $nodes } Node
       *[other] { $nodes } Nodes
    } resolved in { $took } ms
page-errors = { $count ->
        [one] { $count } error
       *[other] { $count } errors
    }
page-warnings = { $count ->
        [one] { $count } warning
       *[other] { $count } warnings
    }
page-notes = { $count ->
        [one] { $count } note
       *[other] { $count } notes
    }
page-more-lines = … { $count } more lines
page-came-later = Created after the Pod, so without variables here: { $services }. Create Services first or restart the Pod; DNS finds them all the same.
page-sent = sent { $count }


## Words on the page

label-about = About
label-about-note = kubehop is a simulation. It works out in your browser what Kubernetes 1.36 with kube-proxy in iptables mode makes of your manifests, and walks each packet through the very rules it prints. Nothing you type leaves this page.

    Not modelled: NetworkPolicy, the CNI plugin's own rules and masquerading, MTU, IPVS, and what a process does with a connection. Ports that containers declare, or any port of a pod that declares none, are taken to be open.
label-after = after
label-before = before
label-close = Close
label-cluster-domain = DNS domain
label-cluster-intro = What the manifests leave open. Nodes in the manifests replace these.
label-cluster-creation = Order of creation
label-cluster-load-balancer = LoadBalancer Services
label-cluster-nodes = Nodes
label-cluster-pods = Pod addresses
label-cluster-services = Service addresses
label-column-connections = CONNECTIONS
label-column-endpoint = ENDPOINT
label-column-expected = EXPECTED
label-column-outcome = OUTCOME
label-column-pod = POD
label-commands = Commands
label-console-hint = This kubectl asks the simulated cluster: get and describe.
label-copied = Copied
label-copy = Copy
label-copy-json = Copy trace as JSON
label-copy-problems = Copy problems as text
label-copy-trace = Copy trace as text
label-editor-by-word = by word
label-editor-close = close
label-editor-completions = Completions
label-editor-control-character = Control character
label-editor-current-match = current match
label-editor-find = Find
label-editor-find-all = all
label-editor-find-next = next
label-editor-find-previous = previous
label-editor-go = go
label-editor-go-to-line = Go to line
label-editor-hint = Tab indents. To leave the editor, press Escape and then Tab.
label-editor-match-case = match case
label-editor-no-problems = No problems
label-editor-on-line = on line
label-editor-problems = Problems
label-editor-regexp = regexp
label-editor-replace = replace
label-editor-replace-all = replace all
label-editor-replace-by = Replace
label-editor-replaced-matches = replaced $ matches
label-editor-replaced-on-line = replaced match on line $
label-editor-selection-deleted = Selection deleted
label-embed = Embed
label-embed-note = Put this HTML into your page. It shows this cluster and this request.
label-error = error
label-examples = Examples
label-failed = failed
label-farther = Zoom out
label-fit = Fit
label-fix = Fix
label-from = From
label-happened = What happened
label-header-here = Header at this hop
label-creation-as-written = as written
label-creation-services-first = Services first
label-load-balancer-cloud = a cloud gives them addresses
label-load-balancer-none = nobody does: <pending>
label-more = More
label-nearer = Zoom in
label-next = Next
label-no-endpoints = no endpoints
label-no-lesson = This is a text of your own. Pick an example above to read what it shows.
label-no-lookup = The request has an address, so no name is looked up. Call a Service by its name to see the resolver at work.
label-no-nodes = There is no node.
label-no-request = Choose who calls and what, then press Send.
label-environment = Environment variables
label-environment-of-a-pod = Call from a Pod to see the environment variables it has for Services.
label-no-slices = There is no EndpointSlice.
label-node = Node
label-none = none
label-note = note
label-outside-client = client
label-own-text = Your own manifests
label-pause = Pause
label-picture = The picture of the cluster
label-play = Play
label-play-or-pause = Play or pause
label-previous = Prev
label-problems = Problems
label-proxy-mode = kube-proxy's mode
label-questions = Questions, in order
label-send = Send
label-send-many = Send 100 connections
label-send-more = Send more
label-send-more-note = Sends more on the open connection
label-share = Share
label-share-note = This link holds your text and your request. What stands behind # is sent to no server.
label-show-in-text = Show in the text
label-simulates = Kubernetes 1.36 rules · a simulation
label-speed = Speed
label-stale = The text is broken: this is the last good picture.
label-state-not-ready = not ready
label-state-ready = ready
label-state-terminating = terminating
label-take-all-back = Undo all
label-take-back = Undo
label-terminal = Terminal
label-step-back = Step back
label-step-forward = Step forward
label-stream = Stream
label-switch-theme = Light or dark
label-tab-cluster = Cluster
label-tab-dns = DNS
label-tab-endpoints = Endpoints
label-tab-kubectl = kubectl
label-tab-lesson = Lesson
label-tab-manifests = Manifests
label-tab-packet = Packet
label-tab-rules = Rules
label-to = to
label-track = The packet's way
label-total = total
label-type-a-command = Type a command
label-view = View
label-view-concept = Concept
label-view-network = Network
label-warning = warning
label-what-can-happen = What can happen
label-working = Reading …
label-why = Why it went this way


## The examples

label-lesson-multi-port = One Service, three ports
    .text = A Service is a name and a virtual address. This one, `kimho`, has three ports, and each leads to a port that a container has given a name: `http`, `https`, `kimhotarget`.

    Press Send. The packet to port 80 never meets a thing called Service: the node's own rules replace its destination by the pod's address, and connection tracking puts the old one back into the reply.

    Now change the target to port 406. No container names a port `kimhotarget`, so that port has no endpoint, and the kernel refuses the connection.
label-lesson-manual-endpoints = Endpoints by hand
    .text = A Service without a selector has nobody who fills its endpoints. Here its author did: the Endpoints object of the same name says `100.100.100.31`, a machine outside the cluster.

    Pods call the Service as if it were inside. If the machine moves, only the Endpoints change.
label-lesson-node-port = Reach a Service from outside: NodePort
    .text = `type: NodePort` opens port 30123 on every node. The client may call any of them, also one on which no pod runs.

    The node picks an endpoint, and because the reply must come back through it, it also puts its own address in place of the client's. The pod sees the node.
label-lesson-load-balancer = Reach a Service from outside: LoadBalancer
    .text = A cloud gives the Service an address of its own and hands each connection to some node. What happens there is the same as for a NodePort.

    Under Cluster, say that nobody gives out addresses: EXTERNAL-IP then stays `<pending>`, and only the node port is left.
label-lesson-broken-selector = Nobody behind the Service
    .text = The selector asks for `app: kimo`, the pods carry `app: kimho`. The Service exists, has an address, and refuses every connection.

    Press Send to see where, then Fix.
