## What `kubectl apply` makes of the text beside what a new cluster would hold.

problem-separator-missing = { $kind } { $name } does not exist: the line --- is missing behind it
    .detail = Without it two objects are one document, in which the last apiVersion, kind, metadata and spec win. kubectl says nothing. Add --- above this line.
    .docs = https://kubernetes.io/docs/concepts/workloads/management/

problem-object-refused = { $kind } { $name } does not exist: it was refused
    .detail = { $message }
    .docs = https://kubernetes.io/docs/reference/using-api/api-concepts/

problem-value-taken = { $value }, which Service { $service } asks for, belongs to Service { $holder }
    .detail = A node port or a cluster IP belongs to one Service of the whole cluster, whatever its namespace. Write another one, or none: the API server then chooses one that is free.
    .docs = https://kubernetes.io/docs/concepts/services-networking/cluster-ip-allocation/

problem-apply-removes-selector = kubectl apply would remove the selector { $selector } of Service { $service }
    .detail = kubectl create refuses this second document; kubectl apply updates the first object with it. Without a selector nobody updates the Service's EndpointSlices any more, and nobody deletes them: connections keep going to the Pods of that moment, and fail when those are gone. Delete the old slices (kubectl delete endpointslices -l kubernetes.io/service-name={ $service }), or delete the Service first.
    .docs = https://kubernetes.io/docs/concepts/services-networking/service/#services-without-selectors

problem-namespace-comes-later = { $object } is before its Namespace { $namespace } in the text
    .detail = kubectl apply sends documents in their order. Unless namespace { $namespace } exists already, { $objects ->
        [1] this object is
       *[other] these { $objects } objects are
    } refused the first time: namespaces "{ $namespace }" not found. Move the Namespace to the front. kubehop goes on as if it were there.
    .docs = https://kubernetes.io/docs/concepts/overview/working-with-objects/namespaces/

problem-apply-merges-ports = kubectl apply would lose a port { $port } of Service { $service }
    .detail = kubectl create refuses this second document. kubectl apply merges it into the first one, and identifies ports by their number alone, not by number and protocol: of { $written } only { $stored } remains. kubectl apply --server-side identifies them by both; kubectl replace stores the document as written.
    .docs = https://kubernetes.io/docs/reference/using-api/server-side-apply/
