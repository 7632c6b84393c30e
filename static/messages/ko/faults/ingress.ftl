## Ingresses, their classes and their backends.

problem-ingress-without-class = { $ingress } 인그레스에 클래스가 없고 기본 IngressClass도 없습니다
    .detail = 컨트롤러는 자기 클래스의 인그레스만 처리합니다. { GIVEN($classes) ->
        [yes] ingressClassName에 다음 중 하나를 지정하세요: { $classes }.
       *[no] 이 매니페스트에는 IngressClass가 없습니다. 컨트롤러의 IngressClass를 붙여 넣고 ingressClassName에 그 이름을 적으세요(kubectl get ingressclass).
    } 설정에 따라 클래스가 없는 인그레스도 처리하는 컨트롤러가 있습니다.
    .docs = https://kubernetes.io/docs/concepts/services-networking/ingress/#ingress-class

problem-annotation-of-another-controller = { $ingress } 인그레스의 { $annotation } 어노테이션은 효과가 없습니다
    .detail = { $prefix } 접두사의 어노테이션은 { $owner } 컨트롤러가 읽습니다. 이 인그레스를 처리하는 { $controller } 컨트롤러는 이를 무시합니다. { GIVEN($meant) ->
        [yes] 이 컨트롤러에서 같은 기능의 어노테이션은 { $meant }입니다.
       *[no] 같은 기능의 어노테이션이 있으면 그것을 사용하세요.
    }
    .docs = https://kubernetes.io/docs/concepts/services-networking/ingress-controllers/

problem-misspelt-ingress-annotation = { $ingress } 인그레스의 { $annotation } 어노테이션은 ingress-nginx에 없습니다
    .detail = 혹시 { $meant } 어노테이션인가요? 컨트롤러는 모르는 어노테이션을 아무 메시지 없이 무시합니다.
    .docs = https://kubernetes.github.io/ingress-nginx/user-guide/nginx-configuration/annotations/

problem-backend-protocol-unknown = { $ingress } 인그레스의 backend-protocol 값은 ingress-nginx에 없는 값입니다: { $value }
    .detail = 그래서 서비스에 HTTP로 요청하며, 이 사실은 컨트롤러 로그에만 남습니다. 사용할 수 있는 값: { $known }.
    .docs = https://kubernetes.github.io/ingress-nginx/user-guide/nginx-configuration/annotations/#backend-protocol

problem-ingress-annotation-on-service = { $service } 서비스의 { $annotation } 어노테이션은 효과가 없습니다
    .detail = 컨트롤러는 이 어노테이션을 인그레스에서만 읽습니다. { GIVEN($ingress) ->
        [yes] 이 서비스로 요청을 보내는 { $ingress } 인그레스에 설정하세요. 그 인그레스의 모든 경로에 적용됩니다.
       *[no] 이 서비스로 요청을 보내는 인그레스에 설정하세요. 그 인그레스의 모든 경로에 적용됩니다.
    }
    .docs = https://kubernetes.github.io/ingress-nginx/user-guide/nginx-configuration/annotations/

problem-ingress-controller-missing = 클래스 { $class }의 컨트롤러({ $controller }) 파드가 매니페스트에 없습니다
    .detail = IngressClass는 컨트롤러의 이름일 뿐이며, 컨트롤러가 따로 실행되고 있어야 합니다. { GIVEN($label) ->
        [yes] 컨트롤러를 설치하거나, 클러스터에서 이미 실행 중이라면 디플로이먼트와 서비스도 함께 붙여 넣으세요. 컨트롤러의 파드는 레이블로 알아봅니다: app.kubernetes.io/name: { $label }.
       *[no] 컨트롤러를 설치하거나, 클러스터에서 이미 실행 중이라면 디플로이먼트와 서비스도 함께 붙여 넣고, 파드에 어노테이션을 붙이세요: kubehop/ingress-controller: { $controller }.
    }
    .docs = https://kubernetes.io/docs/concepts/services-networking/ingress-controllers/

problem-ingress-class-missing = { $ingress } 인그레스의 클래스({ $class })가 매니페스트에 없습니다
    .detail = { GIVEN($classes) ->
        [yes] 이 인그레스를 처리하는 컨트롤러가 없습니다. 있는 클래스: { $classes }.
       *[no] 매니페스트에 IngressClass가 없습니다. 그 이름의 IngressClass와 거기에 적힌 컨트롤러가 필요합니다.
    }
    .docs = https://kubernetes.io/docs/concepts/services-networking/ingress/#ingress-class

problem-ingress-namespace-not-watched = { $ingress } 인그레스는 컨트롤러가 감시하는 네임스페이스에 있지 않습니다. 컨트롤러는 { $watched } 네임스페이스만 감시합니다
    .detail = 컨트롤러가 { $flag } 플래그로 실행되므로 { $namespace } 네임스페이스의 인그레스는 처리하지 않습니다. 인그레스와 서비스를 { $watched } 네임스페이스로 옮기거나, 플래그를 제거하거나, { $namespace } 네임스페이스를 위한 컨트롤러를 하나 더 실행하세요.
    .docs = https://kubernetes.github.io/ingress-nginx/user-guide/cli-arguments/

problem-class-of-another-controller = IngressClass { $class }의 spec.controller는 { $names }인데, 이 클래스의 컨트롤러는 { $controller }입니다
    .detail = 컨트롤러가 { $flag } 플래그로 실행되므로 spec.controller가 { $controller }인 클래스의 인그레스만 처리합니다. { $class } 클래스의 인그레스를 처리하는 컨트롤러는 없습니다.
    .docs = https://kubernetes.github.io/ingress-nginx/user-guide/multiple-ingress/

problem-ingress-refuses-address = { $ingress } 인그레스는 주소 { $seen }의 요청을 받지 않습니다
    .detail = { $annotation } 어노테이션의 목록: { $ranges }. { $isRewritten ->
        [true] ingress-nginx가 보는 출발지는 { $client } 주소가 아니라 { $seen }입니다. 도중에 kube-proxy나 로드밸런서가 출발지를 바꾸었습니다. 컨트롤러 서비스에 externalTrafficPolicy: Local을 설정하면 유지되고, HTTP 프록시 뒤에서는 use-forwarded-headers로 X-Forwarded-For를 읽게 할 수 있습니다.
       *[false] 컨트롤러가 보는 주소입니다.
    }
    .docs = https://kubernetes.github.io/ingress-nginx/user-guide/nginx-configuration/annotations/#whitelist-source-range

problem-ingress-asks-for-credentials = { $ingress } 인그레스에서 사용자 이름과 암호를 요구합니다
    .detail = auth-type과 auth-secret이 있으면 ingress-nginx는 Authorization 헤더가 없는 모든 요청에 401로 응답합니다(curl -u 이름:암호).
    .docs = https://kubernetes.github.io/ingress-nginx/examples/auth/basic/

problem-ingress-path-taken = 인그레스 { $ingress }의 경로가 인그레스 { $first }에도 있습니다: { GIVEN($host) ->
        [yes] { $host }
       *[no] *
    }{ $path }
    .detail = ingress-nginx는 먼저 만들어진 인그레스의 경로를 사용합니다. 어드미션 웹훅은 나머지를 거부합니다(already defined in ingress { $first }). 호스트나 경로를 바꾸거나, 한 인그레스에 모으거나, 한쪽을 카나리로 만드세요.
    .docs = https://kubernetes.github.io/ingress-nginx/how-it-works/

problem-ingress-certificate-missing = { $ingress } 인그레스의 인증서 시크릿({ $secret })이 이 텍스트의 { $namespace } 네임스페이스에 없습니다
    .detail = { GIVEN($meant) ->
        [yes] 혹시 { $meant } 시크릿인가요?
       *[no] { $elsewhere } 네임스페이스에 있습니다. 인그레스는 자기 네임스페이스의 시크릿만 읽습니다.
    } 시크릿이 없으면 컨트롤러는 클라이언트가 신뢰하지 않는 자체 인증서로 응답합니다.
    .docs = https://kubernetes.io/docs/concepts/services-networking/ingress/#tls

problem-no-ingress-rule-matches = { $hostKnown ->
        [true] { $host } 호스트의 인그레스 규칙 중 { $path } 경로와 일치하는 것이 없습니다
       *[other] { $host } 호스트의 인그레스 규칙이 없습니다
    }
    .detail = { GIVEN($rules) ->
        [yes] 규칙이 있는 호스트와 경로: { $rules }.
       *[no] 규칙이 있는 인그레스가 없습니다.
    } 호스트와 경로가 모두 일치해야 규칙이 적용되며, 일치하는 규칙이 없으면 컨트롤러가 404로 응답합니다.
    .docs = https://kubernetes.io/docs/concepts/services-networking/ingress/

problem-ingress-path-is-exact = { $ingress } 인그레스의 { $path } 경로는 Exact 타입인데, 요청한 { $called } 경로는 그 하위 경로입니다
    .detail = Exact는 이 경로와 정확히 일치하는 요청에만 적용됩니다. pathType: Prefix는 하위 경로에도 적용됩니다.
    .docs = https://kubernetes.io/docs/concepts/services-networking/ingress/#path-types

problem-ingress-tls-without-host = { $ingress } 인그레스의 tls에 { $host } 호스트가 없습니다
    .detail = tls에 있는 호스트: { $hosts }. 목록의 인증서가 { $host } 호스트에도 유효하거나 --default-ssl-certificate로 인증서를 지정한 경우가 아니면, ingress-nginx는 다른 호스트의 요청에 클라이언트가 신뢰하지 않는 자체 인증서로 응답합니다. 이 호스트에 유효한 인증서를 준비하고 tls.hosts에 호스트를 추가하세요.
    .docs = https://kubernetes.io/docs/concepts/services-networking/ingress/#tls

problem-ingress-tls-in-two-items = { $ingress } 인그레스의 tls에서 { $hosts } 항목에는 secretName이 없고, 다른 항목에는 { $secret } 시크릿만 있고 hosts가 없습니다
    .detail = 대시(-)마다 새 항목이 시작되므로 { $hosts } 호스트에는 인증서가 없습니다. ingress-nginx는 클라이언트가 신뢰하지 않는 자체 인증서로 응답합니다. hosts와 secretName을 한 항목에 적으세요.
    .docs = https://kubernetes.io/docs/concepts/services-networking/ingress/#tls

problem-ingress-path-with-star = { $ingress } 인그레스의 경로 { $path }에서 별표(*)는 와일드카드가 아닙니다
    .detail = { $isRefused ->
        [true] AWS Load Balancer Controller는 인그레스 전체를 거부합니다("prefix path shouldn't contain wildcards").
       *[false] 컨트롤러는 경로를 적힌 그대로 비교하므로 다른 경로의 요청에는 모두 404로 응답합니다.
    } { $isPrefix ->
        [true] Prefix 타입은 그 아래의 모든 경로를 포함합니다. { $meant } 경로로 적으세요.
       *[false] { $meant } 경로를 pathType: Prefix로 적으세요. 그 아래의 모든 경로를 포함합니다.
    }
    .docs = https://kubernetes.io/docs/concepts/services-networking/ingress/#path-types

problem-alb-targets-node-ports = { $ingress } 인그레스의 로드밸런서는 노드포트를 호출하는데 { $service } 서비스에는 노드포트가 없습니다
    .detail = alb.ingress.kubernetes.io/target-type 어노테이션이 없으면 대상은 인스턴스입니다(컨트롤러의 --default-target-type이 다르지 않다면). 파드를 대상으로 하려면 어노테이션을 ip로 설정하고, 아니면 서비스에 type: NodePort를 설정하세요.
    .docs = https://kubernetes.io/docs/concepts/services-networking/ingress-controllers/

problem-controller-port-of-other-sort = { $service } 서비스의 { $port } 포트는 ingress-nginx의 { $reached } 포트로 가는데, 이 포트는 { $isTls ->
        [true] 평문 HTTP용
       *[false] TLS용
    }입니다
    .detail = { $isTls ->
        [true] TLS로 시작하는 클라이언트가 평문 응답을 받습니다(curl: "wrong version number").
       *[false] nginx는 400으로 응답합니다("The plain HTTP request was sent to HTTPS port").
    } 컨트롤러의 다른 포트로 가도록 targetPort를 바꾸세요.
    .docs = https://kubernetes.io/docs/concepts/services-networking/service/#field-spec-ports

problem-tls-ends-before-controller = { $service } 서비스의 로드밸런서에서 TLS가 끝나므로 ingress-nginx의 https 리다이렉트가 끝없이 반복됩니다
    .detail = { $annotation } 어노테이션이 있으면 { $port } 포트의 요청은 컨트롤러에 평문 HTTP로 도착하고, force-ssl-redirect는 클라이언트가 무엇을 썼든 평문 HTTP를 리다이렉트합니다. force-ssl-redirect를 제거하거나, 컨트롤러가 직접 TLS를 처리하게 하세요(어노테이션 없이 targetPort: https). 로드밸런서가 HTTP를 처리하고 X-Forwarded-Proto를 붙인다면 컨트롤러 컨피그맵에 use-forwarded-headers: "true"를 설정하세요.
    .docs = https://kubernetes.github.io/ingress-nginx/user-guide/tls/#server-side-https-enforcement-through-redirect

problem-ingress-on-other-entry-point = { GIVEN($arrived) ->
        [yes] { $ingress } 인그레스는 Traefik의 { $listed } 엔트리포인트용인데, 요청은 { $arrived } 엔트리포인트에 도착했습니다
       *[no] Traefik은 { $ingress } 인그레스를 TLS로만 처리하는데, 요청은 평문 HTTP입니다
    }
    .detail = { GIVEN($arrived) ->
        [yes] router.entrypoints 어노테이션에 적힌 목록입니다. { $arrived } 엔트리포인트를 추가하거나 어노테이션을 제거하세요. 제거하면 모든 엔트리포인트에 적용됩니다.
       *[no] router.tls 어노테이션이 있으면 라우터가 평문 HTTP를 무시합니다. https://로 호출하거나, 어노테이션을 제거하거나, 엔트리포인트에서 리다이렉트하세요.
    }
    .docs = https://kubernetes.io/docs/concepts/services-networking/ingress-controllers/

problem-traefik-refuses-external-name = Traefik은 허용하지 않으면 { $service } 같은 ExternalName 서비스로 프록시하지 않습니다
    .detail = --providers.kubernetesingress.allowexternalnameservices=true가 없으면 로그에 "externalName services not allowed"를 남기고 { $ingress } 인그레스의 이 경로에 404로 응답합니다. 텍스트에는 이 플래그가 없지만 설정 파일에 있을 수도 있습니다.
    .docs = https://kubernetes.io/docs/concepts/services-networking/service/#externalname

problem-expressions-by-other-ingress = { $other } 인그레스 때문에 ingress-nginx가 { $ingress } 인그레스의 경로 { $path }도 정규식으로 해석합니다
    .detail = use-regex나 rewrite-target이 하나라도 있으면 같은 호스트의 모든 경로가 어느 인그레스에 있든 대소문자를 구분하지 않는 정규식이 되고, 경로의 앞부분만 일치하면 됩니다. pathType에 적은 값은 효과가 없습니다({ $pathType }). { $other } 인그레스에 별도의 호스트를 쓰거나, 정규식 끝에 달러 기호({ "$" })를 붙이세요.
    .docs = https://kubernetes.github.io/ingress-nginx/user-guide/ingress-path-matching/

problem-rewrite-without-group = { $ingress } 인그레스의 { $path } 경로에는 rewrite-target에서 참조하는 { $group } 그룹이 없습니다
    .detail = ingress-nginx가 { $target }의 { $group } 자리를 빈 값으로 바꾸므로, 모든 요청이 같은 경로로 서비스에 전달됩니다. { GIVEN($meant) ->
        [yes] 경로를 { $meant } 형식으로, pathType을 ImplementationSpecific으로 쓰세요. 괄호로 묶은 부분이 { $group } 자리에 들어갑니다.
       *[no] 경로에서 남겨 둘 부분을 괄호로 묶으세요.
    }
    .docs = https://kubernetes.github.io/ingress-nginx/examples/rewrite/

problem-rewrite-drops-path = { $path } 경로의 요청이 서비스에는 { $target } 경로로 전달됩니다. { $ingress } 인그레스가 경로 전체를 바꿉니다
    .detail = 그룹이 없으면 rewrite-target은 규칙의 경로 뒤에 오는 부분까지 포함해 경로 전체를 바꿉니다. 나머지 부분을 남기려면 경로에는 { $meant }, rewrite-target에는 /{ "$" }2를 쓰세요.
    .docs = https://kubernetes.github.io/ingress-nginx/examples/rewrite/

problem-snippet-not-allowed = { $ingress } 인그레스의 { $annotation } 어노테이션은 ingress-nginx의 기본 설정에서 거부됩니다
    .detail = 1.9 버전부터 컨트롤러의 컨피그맵에 allow-snippet-annotations: "true" 설정이 없으면 어드미션 웹훅이 스니펫을 거부합니다("Snippet directives are disabled by the Ingress administrator"). 1.12 버전부터는 annotations-risk-level: Critical 설정도 필요합니다. 웹훅이 없으면 이 어노테이션은 효과가 없습니다.
    .docs = https://kubernetes.github.io/ingress-nginx/user-guide/nginx-configuration/configmap/#allow-snippet-annotations

problem-canary-alone = { $ingress } 인그레스는 카나리인데 { $host }{ $path } 규칙을 가진 다른 인그레스가 없습니다
    .detail = ingress-nginx는 호스트와 경로가 같은 다른 인그레스로 가는 요청의 일부를 카나리로 보냅니다. { GIVEN($others) ->
        [yes] 같은 호스트의 다른 인그레스에 있는 경로: { $others }. 카나리의 경로: { $path } ({ $pathType }). path와 pathType이 모두 같아야 합니다.
       *[no] 카나리만 있으면 요청을 받지 못하고 컨트롤러가 404로 응답합니다.
    } 주 인그레스를 만들거나 nginx.ingress.kubernetes.io/canary 어노테이션을 제거하세요.
    .docs = https://kubernetes.github.io/ingress-nginx/user-guide/nginx-configuration/annotations/#canary

problem-ingress-backend-missing = { $ingress } 인그레스가 가리키는 { $service } 서비스가 { $namespace } 네임스페이스에 없습니다
    .detail = { GIVEN($elsewhere) ->
        [yes] { $elsewhere } 네임스페이스에는 있습니다. 백엔드는 항상 인그레스와 같은 네임스페이스에서 찾습니다.
       *[no] { GIVEN($nearest) ->
            [yes] { $nearest } 서비스가 있습니다. 이 서비스를 가리키려던 것인가요?
           *[no] 백엔드는 인그레스와 같은 네임스페이스에서 이름으로 찾습니다.
        }
    }
    .docs = https://kubernetes.io/docs/concepts/services-networking/ingress/

problem-ingress-path-not-a-regex = { $ingress } 인그레스의 { $path } 경로는 정규식처럼 보이지만, ingress-nginx는 글자 그대로 비교합니다
    .detail = 정규식을 쓰려면 어노테이션 nginx.ingress.kubernetes.io/use-regex: "true"(또는 rewrite-target)가 필요합니다. 그러면 이 호스트의 모든 경로가 대소문자를 구분하지 않는 정규식이 됩니다. 정규식 경로에는 pathType: ImplementationSpecific을 사용하세요.
    .docs = https://kubernetes.io/docs/concepts/services-networking/ingress/

problem-ingress-path-of-wrong-type = ingress-nginx의 웹훅이 거부하는 경로입니다: { $ingress } 인그레스의 { $path } (타입 { $pathType })
    .detail = ingress-nginx 1.12부터(strict-validate-path-type) Exact와 Prefix 타입의 경로에는 영문자, 숫자, / _ - . 문자만 쓸 수 있습니다. pathType: ImplementationSpecific을 사용하세요. { $regex ->
        [true] 웹훅이 없으면 ingress-nginx는 이 경로를 정규식으로 해석합니다.
       *[other] use-regex나 rewrite-target이 없으므로, 웹훅이 없으면 ingress-nginx는 이 경로를 글자 그대로 비교합니다.
    }
    .docs = https://kubernetes.io/docs/concepts/services-networking/ingress/

problem-host-of-no-rule = { $host } 호스트의 인그레스 규칙이 없습니다. 인그레스 { $ingress }에는 { $rule } 규칙이 있습니다
    .detail = { $why ->
        [typo] 두 이름은 한두 글자가 다릅니다. 규칙은 정확히 그 호스트에만 적용됩니다.
        [www] 규칙은 www가 있든 없든 정확히 그 호스트에만 적용됩니다. 다른 이름의 규칙을 추가하세요.
       *[wildcard] 와일드카드는 레이블 하나만 대신합니다. { $rule } 규칙은 레이블이 더 많은 이름이나 레이블이 없는 이름에는 적용되지 않습니다.
    }
    .docs = https://kubernetes.io/docs/concepts/services-networking/ingress/#hostname-wildcards

problem-ingress-backend-not-grpc = { $ingress } 인그레스가 { $service } 서비스와 HTTP/1.1로 통신합니다
    .detail = gRPC는 HTTP/2를 사용합니다. 어노테이션 nginx.ingress.kubernetes.io/backend-protocol: GRPC를 설정하고 TLS로 호출하세요. ingress-nginx는 TLS 포트에서만 클라이언트에 HTTP/2를 제공합니다.
    .docs = https://kubernetes.io/docs/concepts/services-networking/ingress/

problem-ingress-backend-speaks-tls = ingress-nginx는 서비스 { $service }의 { $port } 포트와 일반 HTTP로 통신하는데, 이 포트는 HTTPS 포트로 보입니다
    .detail = 인그레스 { $ingress }에 nginx.ingress.kubernetes.io/backend-protocol 어노테이션이 없습니다. 그곳의 프로세스가 TLS로 동작하면 400("plain HTTP request was sent to HTTPS port")으로 응답하거나 연결을 끊어 502가 됩니다. backend-protocol: "HTTPS" 값을 설정하세요.
    .docs = https://kubernetes.io/docs/concepts/services-networking/ingress/

problem-ingress-backend-port = { $ingress } 인그레스가 가리키는 { $port } 포트가 { $service } 서비스에 없습니다
    .detail = 백엔드에는 파드의 포트가 아니라 서비스의 포트를 적습니다. 이 서비스의 포트: { $ports }.
    .docs = https://kubernetes.io/docs/concepts/services-networking/ingress/
