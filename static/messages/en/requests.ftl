## What is wrong with a request.

request-no-origin = { $text } is not a valid origin. Write pod/name, pod/namespace/name, node/name or an IP address.
request-no-such-origin = { $text } does not exist.
request-origin-refused = { $text } does not exist: it was refused at { $field }. { $message }
request-origin-pending = { $text } has no address: its phase is { $phase }. The Problems list and kubectl describe say why.
request-no-address = { $text } has no { $family } address.
request-no-host = A host name or address is missing.
request-bad-port = The port must be a number from 1 to 65535.
request-ping = ping uses ICMP, which has no ports, and a Service has rules only for its ports: its ClusterIP does not answer ping even when the Service works. Call one of its ports.
request-bad-header = { $text } is neither a header nor a method. Write -H 'Name: value' or -X POST behind the URL.
request-unknown-scheme = The scheme must be one of http, https, ws, wss, grpc, grpcs, tcp, udp, sctp, or a common application's (redis, postgres, mysql, mongodb, amqp, …).
request-no-port = A port is missing.

## What is wrong with an event, as the text tool takes them.

event-no-event = { $text } is not a valid event. Write unready, ready, delete or gone followed by pod/name, or scale deployment/name=3, rollout restart deployment/name, image deployment/name, down node/name, node back name, cordon name, uncordon name, label pod/name key=value. lag=2 at the end shows the moment before kube-proxy's rules follow, 2 seconds later.
event-no-pod = { $text } is not a pod. Write pod/name or pod/namespace/name.
event-no-node = { $text } is not a node. Write node/name.
event-no-workload = { $text } cannot be scaled. Write deployment/name=3; statefulset, replicaset and replicationcontroller work the same way. In a namespace other than default, write deployment/namespace/name=3.
event-no-replicas = { $text } does not give the number of Pods. Write deployment/name=3, with a number from 0 to 65535.
event-no-rollout = { $text } cannot be rolled out. Write deployment/name, statefulset/name or daemonset/name. In a namespace other than default, write deployment/namespace/name.
event-no-image = { $text } is not a container with an image. Write container=image, for example app=web:2.
event-no-object = { $text } is not an object of a kind that kubehop models. Write kind/name or kind/namespace/name, for example pod/web-0.
event-no-key-value = { $text } is not a valid change. Write key=value, or key- to remove the key.
event-no-lag = { $text } is not a valid lag. Write lag=2, with a number of seconds from 0 to 3600.
event-no-such-object = { $text } does not exist.
