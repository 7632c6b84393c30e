## What is wrong with a request.

request-no-origin = 출발지로 쓸 수 없는 값입니다: { $text }. pod/이름, pod/네임스페이스/이름, node/이름 또는 IP 주소를 쓰세요.
request-no-such-origin = 존재하지 않는 출발지입니다: { $text }.
request-origin-refused = { $text } 출발지가 없습니다. { $field } 필드 때문에 생성이 거부되었습니다. { $message }
request-origin-pending = { $text } 출발지에 주소가 없습니다. 단계: { $phase }. 이유는 문제 목록과 kubectl describe에 나옵니다.
request-no-address = { $text }에는 { $family } 주소가 없습니다.
request-no-host = 호스트 이름이나 주소가 빠졌습니다.
request-bad-port = 포트는 1부터 65535까지의 숫자여야 합니다.
request-ping = ping은 포트가 없는 ICMP이고, 서비스에는 자기 포트에 대한 규칙만 있습니다. 그래서 서비스가 정상이어도 ClusterIP는 ping에 응답하지 않습니다. 서비스의 포트를 호출해 보세요.
request-bad-header = 헤더나 메서드로 쓸 수 없는 값입니다: { $text }. URL 뒤에 -H '이름: 값' 또는 -X POST 형식으로 쓰세요.
request-unknown-scheme = 스킴은 http, https, ws, wss, grpc, grpcs, tcp, udp, sctp 중 하나이거나 널리 쓰이는 애플리케이션의 스킴(redis, postgres, mysql, mongodb, amqp 등)이어야 합니다.
request-no-port = 포트가 빠졌습니다.

## What is wrong with an event, as the text tool takes them.

event-no-event = 알 수 없는 이벤트입니다: { $text }. unready, ready, delete, gone 뒤에 pod/이름을 쓰거나, scale deployment/이름=3, rollout restart deployment/이름, image deployment/이름, down node/이름, node back 이름, cordon 이름, uncordon 이름, label pod/이름 키=값 중 하나를 쓰세요. 끝에 lag=2를 붙이면 kube-proxy 규칙이 2초 뒤에 따라오기 직전의 상태를 보여 줍니다.
event-no-pod = 올바른 파드가 아닙니다: { $text }. pod/이름 또는 pod/네임스페이스/이름을 쓰세요.
event-no-node = 올바른 노드가 아닙니다: { $text }. node/이름을 쓰세요.
event-no-workload = 스케일할 수 없는 대상입니다: { $text }. deployment/이름=3처럼 쓰세요. statefulset, replicaset, replicationcontroller도 됩니다. default가 아닌 네임스페이스는 deployment/네임스페이스/이름=3입니다.
event-no-replicas = 파드 수가 지정되지 않았습니다: { $text }. deployment/이름=3처럼 0부터 65535까지의 숫자를 쓰세요.
event-no-rollout = 롤아웃할 수 없는 대상입니다: { $text }. deployment/이름, statefulset/이름, daemonset/이름 중 하나를 쓰세요. default가 아닌 네임스페이스는 deployment/네임스페이스/이름입니다.
event-no-image = 컨테이너와 이미지가 아닙니다: { $text }. app=web:2처럼 컨테이너=이미지 형식으로 쓰세요.
event-no-object = kubehop이 다루는 종류의 오브젝트가 아닙니다: { $text }. pod/web-0처럼 종류/이름 또는 종류/네임스페이스/이름으로 쓰세요.
event-no-key-value = 올바른 변경이 아닙니다: { $text }. 키=값을 쓰거나, 키를 지우려면 키-를 쓰세요.
event-no-lag = 올바른 지연 시간이 아닙니다: { $text }. lag=2처럼 0부터 3600까지의 초 단위 숫자를 쓰세요.
event-no-such-object = 존재하지 않는 대상입니다: { $text }.
