## Captions of the picture.

caption-outside = outside
caption-cluster = cluster
caption-client = client
caption-service = service
caption-endpoints = endpoints
caption-pods = pods
caption-outside-client = outside client
caption-outside-machine = outside
caption-load-balancer = load balancer
caption-arp = ARP: who has
caption-answers-arp = { $node } answers
caption-nobody-answers = nobody answers
caption-router = router (BGP)
caption-routes = to { $count ->
        [one] { $count } node
       *[other] { $count } nodes
    }
caption-rules = { $count ->
        [one] { $count } rule
       *[other] { $count } rules
    }
caption-process = process
caption-selects = selector { $selector } · { $ready } of { $total } endpoints ready
caption-selects-by = selector { $selector }
caption-selector = selector
caption-no-selector = no selector
caption-no-label = no { $key }
caption-calls = calls { $host }
caption-ready = { $ready } of { $total } ready
caption-no-endpoint-here = no endpoint here
caption-selects-by-hand = no selector · { $ready } of { $total } endpoints ready
caption-alias = DNS alias: no address, no rules
caption-no-endpoint = no endpoint
caption-not-selected = not selected
caption-behind = behind { $service }
caption-stopped = ✕ stopped
caption-not-running = not running
caption-not-ready = not ready
caption-terminating = terminating
caption-added = added
caption-removed = removed
caption-new-pod = new · { $address }
caption-gone = gone
caption-pending = EXTERNAL-IP <pending>
caption-isolated = isolated: { $direction } { $policies }
caption-gate-open = { $direction }: open { $rule ->
        [0] { "" }
       *[other] { $policy }, rule { $rule }
    }
caption-gate-shut = { $direction }: shut { $policies }
caption-gate-depends = { $direction }: depends
caption-more = + { $count } more
caption-groups = Also in { $namespace }: Services { $services }{ $workloads ->
        [0] {""}
       *[other] {" "}· other workloads { $workloads }
    }
caption-namespace = Services { $services } · Pods { $pods }
caption-more-nodes = + { $count } more nodes
