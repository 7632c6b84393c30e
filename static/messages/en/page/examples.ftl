## The examples of the picker.

label-lesson-multi-port = One Service, three ports
    .text = A Service is a name and a virtual address. This Service, `kimho`, has three ports, and each refers to a container port by name: `http`, `https`, `kimhotarget`.

    Press Send. The packet to port 80 never passes through a device called Service: the node's own rules replace its destination with the pod's address, and connection tracking restores the original address in the reply.

    Now change the target to port 406. No container has a port named `kimhotarget`, so that port has no endpoint, and the kernel refuses the connection.
label-lesson-manual-endpoints = Manual Endpoints
    .text = Kubernetes does not create endpoints for a Service without a selector. Here the author did: the Endpoints object with the same name contains `100.100.100.31`, a machine outside the cluster.

    Pods call the Service as if the machine were inside the cluster. If the machine moves, only the Endpoints object changes.
label-lesson-node-port = Access from outside: NodePort
    .text = `type: NodePort` opens port 30123 on every node. The client can call any of them, even one that runs no pod of the Service.

    The node picks an endpoint. Because the reply must come back through the node, the node also replaces the client's address with its own. The pod sees the node as the source.
label-lesson-load-balancer = Access from outside: LoadBalancer
    .text = A cloud gives the Service its own address and forwards each connection to one of the nodes. From there on it is the same as with a NodePort.

    Under Cluster, set LoadBalancer Services to “no addresses”: EXTERNAL-IP then stays `<pending>`, and only the node port is left.
label-lesson-broken-selector = A Service without endpoints
    .text = The selector asks for `app: kimo`, but the pods have the label `app: kimho`. The Service exists and has an address, but every connection is refused.

    Press Send to see where, then press Fix.
