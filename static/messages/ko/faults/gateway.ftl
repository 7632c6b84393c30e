## Gateways and the routes that attach to them.

problem-route-not-attached = { $route } 라우트가 게이트웨이 { $gateway }에 연결되지 않았습니다
    .detail = { $why ->
        [section] parentRef의 sectionName과 포트에 맞는 리스너가 없습니다.
        [kind] 이 종류의 라우트를 받는 리스너가 없습니다. HTTP와 HTTPS는 HTTPRoute와 GRPCRoute를, TLS는 TLSRoute를, TCP와 UDP는 각자의 라우트를 받으며, allowedRoutes.kinds로 더 줄일 수 있습니다.
        [not-allowed] { $namespace } 네임스페이스에 있는 이 종류의 라우트를 허용하는 리스너가 없습니다. { GIVEN($selector) ->
            [yes] allowedRoutes.namespaces.selector가 네임스페이스에 요구하는 레이블: { $selector }. 네임스페이스에 이 레이블을 붙이거나, 다른 네임스페이스도 허용하세요.
           *[no] allowedRoutes.namespaces가 없는 리스너는 게이트웨이와 같은 네임스페이스의 라우트만 허용합니다.
        }
        [conflict] 한 리스너에서 HTTPRoute와 GRPCRoute는 같은 호스트 이름을 쓸 수 없습니다. 먼저 만들어진 라우트만 받아들여지는데, 다른 종류의 라우트가 이 라우트의 호스트 이름을 먼저 쓰고 있습니다.
       *[hostname] 리스너와 겹치는 호스트 이름이 없습니다.
    } 리스너: { $listeners }.
    .docs = https://kubernetes.io/docs/concepts/services-networking/gateway/

problem-no-route-matches = 게이트웨이 { $gateway }에 { $host }{ $path } 요청과 일치하는 라우트가 없습니다
    .detail = { $why ->
        [no-route] 이 포트의 리스너에 연결된 라우트가 없습니다.
        [hostname] { $route } 라우트는 다른 호스트 이름에 대한 라우트입니다.
        [path] { $route }의 호스트는 맞지만 이 경로와 일치하는 조건이 없습니다. 이 라우트의 조건: { $matches }. Exact는 경로 전체를, PathPrefix는 슬래시로 나뉜 요소 단위로 비교합니다. /api는 /api와 /api/v1에 일치하고 /apis에는 일치하지 않습니다.
        [method] { $route }의 경로는 맞지만 메서드가 다릅니다. 조건: { $matches }.
        [header] { $route }의 경로는 맞지만 요청에 필요한 헤더나 그 값이 없습니다. 조건: { $matches }.
        [query] { $route }의 경로는 맞지만 요청에 필요한 쿼리 매개변수나 그 값이 없습니다. 조건: { $matches }.
        [grpc] { $route } 라우트는 gRPC 호출만 받는데, 이 요청은 gRPC가 아닙니다. grpc://로 호출하세요.
       *[listener] { $route } 라우트와 일치하지만, 호스트 이름이 더 구체적인 다른 리스너가 있어 그 리스너의 라우트만 확인합니다.
    }
    .docs = https://kubernetes.io/docs/concepts/services-networking/gateway/

problem-route-on-other-listener = { $host } 호스트의 { $route } 라우트는 게이트웨이 { $gateway }의 리스너 { $listener }에만 연결되어 있습니다
    .detail = 호출한 포트의 리스너에는 연결된 라우트가 없습니다. { $isTls ->
        [true] { $port } 포트를 https://로 호출하거나, 호출한 포트의 리스너에 그 포트로 리다이렉트하는 라우트를 따로 만들거나,
       *[other] { $port } 포트를 http://로 호출하거나,
    } 라우트의 parentRefs에서 sectionName과 port를 빼세요. 그러면 이 라우트를 허용하는 모든 리스너에 연결됩니다.
    .docs = https://kubernetes.io/docs/concepts/services-networking/gateway/

problem-listener-protocol-unknown = 게이트웨이 { $gateway }의 리스너 { $listener }에 어떤 컨트롤러도 지원하지 않는 프로토콜이 적혀 있습니다: { $protocol }
    .detail = { GIVEN($meant) ->
        [yes] 프로토콜 이름은 대문자로 씁니다: { $meant }.
       *[no] 쓸 수 있는 프로토콜은 HTTP, HTTPS, TLS, TCP, UDP이며, gRPC는 HTTP나 HTTPS 리스너로 받습니다.
    } 그 밖의 프로토콜을 적은 리스너는 동작하지 않으며(Accepted: False, UnsupportedProtocol), 라우트도 연결되지 않습니다.
    .docs = https://kubernetes.io/docs/concepts/services-networking/gateway/

problem-no-listener-at-port = 게이트웨이 { $gateway }에 { $called } 포트의 리스너가 없습니다
    .detail = 리스너: { $listeners }. 게이트웨이는 리스너의 포트에서만 응답합니다. https://로 호출하려면 443 포트에 인증서가 있는 HTTPS(또는 TLS) 프로토콜의 리스너가 필요합니다.
    .docs = https://kubernetes.io/docs/concepts/services-networking/gateway/

problem-host-of-no-route = { $host } 호스트의 라우트가 없습니다. { $object }에 적힌 호스트는 { $pattern }입니다
    .detail = { $why ->
        [typo] 두 이름은 한두 글자가 다릅니다.
        [www] 호스트 이름은 www가 있든 없든 정확히 일치해야 합니다. 다른 이름도 추가하세요.
       *[wildcard] 와일드카드는 레이블 하나 이상을 대신합니다. { $pattern }에는 앞에 레이블이 없는 이름이 포함되지 않습니다. 그 이름도 호스트 이름에 추가하세요.
    }
    .docs = https://kubernetes.io/docs/concepts/services-networking/gateway/

problem-redirect-to-no-listener = { $to } 주소로 리다이렉트하는데, 게이트웨이 { $gateway }에 { $port } 포트의 리스너가 없습니다
    .detail = 리스너: { $listeners }. 리다이렉트를 따르는 클라이언트는 이 게이트웨이에서 응답을 받지 못합니다. 그 포트의 리스너를 추가하고, HTTPS라면 인증서도 지정하세요.
    .docs = https://kubernetes.io/docs/concepts/services-networking/gateway/

problem-route-backend-not-http2 = { $route } 라우트는 { $service } 서비스의 { $port } 포트에 HTTP/1.1로 요청할 수 있는데, gRPC는 HTTP/2를 사용합니다
    .detail = HTTPRoute의 백엔드에는 서비스 포트에 appProtocol: kubernetes.io/h2c가 있어야 TLS 없는 HTTP/2로 요청합니다(Istio는 grpc로 시작하는 포트 이름도 봅니다). 없으면 호출이 UNAVAILABLE("protocol error")로 끝납니다. 서비스 포트에 appProtocol을 설정하거나 GRPCRoute를 사용하세요.
    .docs = https://kubernetes.io/docs/concepts/services-networking/service/#application-protocol

problem-route-backend-speaks-tls = 게이트웨이는 서비스 { $service }의 { $port } 포트와 일반 HTTP로 통신하는데, 이 포트는 HTTPS 포트로 보입니다
    .detail = { $route }의 백엔드인 이 서비스를 대상으로 하는 BackendTLSPolicy가 없으면 게이트웨이는 TLS를 시작하지 않습니다. 그곳의 프로세스가 TLS로 동작하면 400("plain HTTP request was sent to HTTPS port")으로 응답하거나 연결을 끊어 502나 503이 됩니다. targetRefs에 이 서비스를 적은 BackendTLSPolicy를 만들거나, 서비스의 HTTP 포트로 요청을 보내세요.
    .docs = https://kubernetes.io/docs/concepts/services-networking/gateway/

problem-route-backend-unusable = { $why ->
        [invalid-kind] { $route } 라우트가 가리키는 { $kind } 종류의 { $service } 오브젝트는 서비스가 아닙니다
        [not-permitted] { $route } 라우트는 { $namespace } 네임스페이스의 { $service } 서비스를 사용할 수 없습니다
        [not-found] { $route } 라우트가 가리키는 { $service } 서비스가 { $namespace } 네임스페이스에 없습니다
        [no-such-port] { $route } 라우트가 가리키는 { $port } 포트가 서비스 { $service }에 없습니다
        [zero-weight] { $route }의 한 규칙에서 모든 백엔드의 가중치가 0입니다
       *[no-backend] { $route }에 백엔드가 없는 규칙이 있습니다
    }
    .detail = { $why ->
        [invalid-kind] 여기서는 서비스만 백엔드로 사용할 수 있습니다.
        [not-permitted] 다른 네임스페이스를 참조하려면 그 네임스페이스에 ReferenceGrant가 있어야 합니다. from에는 라우트의 종류와 네임스페이스를, to에는 Service를 적습니다.
        [not-found] 네임스페이스를 적지 않은 백엔드는 라우트와 같은 네임스페이스에서 찾습니다.
        [no-such-port] 백엔드에는 파드의 포트가 아니라 서비스의 포트를 적습니다. 이 서비스의 포트: { $ports }.
        [zero-weight] 가중치가 0인 백엔드에는 아무것도 보내지 않으므로 이 규칙에 해당하는 요청에는 HTTP 500으로 응답합니다. 백엔드 하나 이상에 가중치를 주세요.
       *[no-backend] 이 규칙에 해당하는 요청에는 오류로 응답합니다.
    }
    .docs = https://kubernetes.io/docs/concepts/services-networking/gateway/

problem-route-backend-without-port = { $route } 라우트의 백엔드에 포트가 없습니다. 서비스 { $service }의 포트: { $ports }
    .detail = 서비스를 백엔드로 쓰려면 호출할 포트를 적어야 합니다. 파드의 포트가 아니라 서비스의 포트입니다. 포트가 없으면 API 서버가 라우트를 거부합니다.
    .docs = https://kubernetes.io/docs/concepts/services-networking/gateway/

problem-route-parent-elsewhere = { $route } 라우트가 가리키는 게이트웨이({ $written })는 없고, 같은 이름의 게이트웨이가 { $meant } 네임스페이스에 있습니다
    .detail = namespace가 없는 parentRef는 라우트 자신의 네임스페이스에서 찾습니다. parentRef에 namespace: { $meant } 필드를 추가하세요. 게이트웨이의 리스너도 이 네임스페이스의 라우트를 허용해야 합니다(allowedRoutes).
    .docs = https://kubernetes.io/docs/concepts/services-networking/gateway/

problem-route-parent-missing = { $route } 라우트가 가리키는 게이트웨이({ $written })가 { GIVEN($gateways) ->
        [yes] 없습니다
       *[no] 이 텍스트에 없습니다
    }
    .detail = { GIVEN($nearest) ->
        [yes] 가장 비슷한 이름은 { $nearest }입니다.
       *[no] { GIVEN($gateways) ->
            [yes] 텍스트에 있는 게이트웨이: { $gateways }.
           *[no] 텍스트에 게이트웨이가 없으므로 이 라우트의 요청이 어디로 들어오는지 알 수 없습니다. 게이트웨이도 함께 붙여 넣거나 kubectl get gateways로 확인하세요.
        }
    } 존재하지 않는 게이트웨이는 status.parents에 기록되지 않으므로, 라우트가 어디에도 연결되지 않았다는 사실이 드러나지 않습니다.
    .docs = https://kubernetes.io/docs/concepts/services-networking/gateway/

problem-listener-without-certificate = 게이트웨이 { $gateway }의 리스너 { $listener }에 인증서가 없어 동작하지 않습니다
    .detail = { $isPermitted ->
        [true] { GIVEN($secrets) ->
            [yes] certificateRefs가 가리키는 네임스페이스에 kubernetes.io/tls 타입의 시크릿({ $secrets })이 이 매니페스트에 없습니다. cert-manager 등이 만든다면 그 시크릿도 붙여 넣으세요.
           *[no] tls에 certificateRefs가 없습니다.
        }
       *[other] 시크릿({ $secrets })은 다른 네임스페이스에 있는데, 그곳에 게이트웨이에서 시크릿으로의 ReferenceGrant가 없습니다.
    }
    .docs = https://kubernetes.io/docs/concepts/services-networking/gateway/

problem-certificate-of-other-type = 시크릿 { $secret }의 타입이 { $kind }이므로 게이트웨이 { $gateway }의 { $listener } 리스너가 동작하지 않습니다
    .detail = 인증서는 tls.crt와 tls.key 키가 있는 kubernetes.io/tls 타입의 시크릿이어야 합니다(kubectl create secret tls). 시크릿의 타입은 바꿀 수 없으므로 삭제하고 다시 만드세요. 그때까지 리스너의 컨디션은 ResolvedRefs: False, InvalidCertificateRef입니다.
    .docs = https://kubernetes.io/docs/concepts/configuration/secret/#tls-secrets

problem-reference-grant-misses = { $why ->
        [namespace] ReferenceGrant { $grant } 오브젝트는 서비스 { $service }의 네임스페이스 { $namespace }에 있지 않습니다
        [from] ReferenceGrant { $grant }의 from이 네임스페이스 { $from }의 { $kind } 종류가 아닙니다
       *[to] ReferenceGrant { $grant }의 to가 서비스 { $service } 오브젝트를 가리키지 않습니다
    }
    .detail = { $why ->
        [namespace] 참조는 대상의 소유자가 허용합니다. ReferenceGrant는 네임스페이스 { $namespace }에 두고 from에 { $from } 네임스페이스를 적습니다.
        [from] spec.from에 group gateway.networking.k8s.io, kind { $kind }, namespace { $from } 항목이 필요합니다.
       *[to] spec.to에 group "", kind Service와 { $service } 이름이 필요하며, 이름은 생략할 수 있습니다.
    }
    .docs = https://kubernetes.io/docs/concepts/services-networking/gateway/

problem-listener-set-not-allowed = 게이트웨이 { $gateway }에서 { $set } ListenerSet을 허용하지 않습니다
    .detail = { $isSilent ->
        [true] allowedListeners가 없는 게이트웨이는 ListenerSet을 받아들이지 않으므로, 그 리스너는 모두 동작하지 않습니다.
       *[other] allowedListeners에 { $namespace } 네임스페이스가 없으므로, ListenerSet의 리스너는 모두 동작하지 않습니다.
    }
    .docs = https://kubernetes.io/docs/concepts/services-networking/gateway/

problem-gateway-class-assumed = GatewayClass { $class } 오브젝트가 있고 그 컨트롤러가 게이트웨이 { $gateway } 오브젝트를 처리한다고 가정했습니다
    .detail = 이 매니페스트에는 GatewayClass가 없습니다. 클러스터의 매니페스트 일부만 붙여 넣으면 흔히 그렇습니다. 이 클래스나 그 컨트롤러가 없는 클러스터에서는 게이트웨이가 주소를 받지 못해 응답하는 곳이 없습니다. 클래스가 있고 수락되었는지는 kubectl get gatewayclass로, 게이트웨이가 프로그래밍되었는지는 kubectl get gateway로 확인합니다.
    .docs = https://kubernetes.io/docs/concepts/services-networking/gateway/

problem-gateway-without-class = 게이트웨이 { $gateway }의 클래스({ $class })가 이 매니페스트에 없습니다
    .detail = GatewayClass가 없는 게이트웨이를 처리하는 컨트롤러는 없으며, 게이트웨이는 주소를 받지 못합니다. 있는 클래스: { $classes }. 클러스터에 { $class } 클래스가 있다면 여기에도 붙여 넣으세요.
    .docs = https://kubernetes.io/docs/concepts/services-networking/gateway/
