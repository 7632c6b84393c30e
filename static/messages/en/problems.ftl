## What is wrong with the text of the manifests, or is assumed about it.

problem-rejected = { $message }

problem-unchangeable-by-apply = { $message }
    .detail = kubectl create rejects a second object with the same name. kubectl apply would update the first object instead, and this is the server's response to that. Delete the first object, or leave the field unchanged.

problem-server-warning = { $message }
    .detail = The API server accepts the object and prints this warning.

problem-duplicate-key = Duplicate key { $key }
    .detail = The API server accepts it silently and uses the last value. Remove the key you do not need.

problem-template = This is a template that has not been rendered
    .detail = kubectl reads only what it makes. Render it first, and paste the output: helm template . (or helm get manifest RELEASE for what is installed).

problem-indented-with-tab = This line is indented with a tab
    .detail = YAML allows only spaces there. The fix makes two spaces of each tab, here and below.

problem-not-a-manifest = This is text, not a manifest
    .detail = A manifest begins with apiVersion and kind. Of a cluster, paste what kubectl get svc,pods,endpointslices,nodes -A -o yaml prints; the table that it prints without -o yaml lacks what decides.

problem-not-modelled = { $kinds }: { $count ->
        [one] accepted, but not simulated
       *[other] { $count } objects are accepted, but not simulated
    }
    .detail = { $decides ->
        [true] Such objects decide over connections: where one can change the answer, the verdict names it.
       *[false] They have no effect on the simulation.
    }

problem-nodes-assumed = The text names no nodes: { $nodes } are assumed for its { $pods } pods
    .detail = A kubelet runs 110 pods at most. Write Node objects to have other nodes.

problem-gateway-stand-in = Service { $service } and a proxy stand in for the implementation of Gateway { $gateway }
    .detail = A controller creates what receives the requests of a Gateway. The text has none of its objects, so kubehop adds a Service of type LoadBalancer and one proxy. Paste the implementation's Service to use it instead.

problem-pod-range-learnt = No node has a podCIDR: the pod range is taken to be { $range }
    .detail = It is the range around the pods' addresses. kube-proxy masquerades by its clusterCIDR whatever comes from outside that range; set the pod range if yours is another one.

problem-capped = Only { $shown } of { $asked } are simulated
    .detail = This is the most that kubehop simulates at once.
