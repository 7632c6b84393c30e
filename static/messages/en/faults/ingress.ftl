## Ingresses, their classes and their backends.

problem-ingress-without-class = Ingress { $ingress } has no class, and no IngressClass is the default
    .detail = A controller serves the Ingresses of its classes. { GIVEN($classes) ->
        [yes] Set ingressClassName to one of these: { $classes }.
       *[no] The text has no IngressClass: paste the one of your controller and set ingressClassName to its name (kubectl get ingressclass).
    } Some controllers can be told to take Ingresses without a class, too.
    .docs = https://kubernetes.io/docs/concepts/services-networking/ingress/#ingress-class

problem-annotation-of-another-controller = Annotation { $annotation } has no effect on Ingress { $ingress }
    .detail = Annotations { $prefix }… are read by { $owner }, and the Ingress is served by { $controller }, which ignores them. { GIVEN($meant) ->
        [yes] Its own annotation for the same is { $meant }.
       *[no] Use its own annotation for the same, if there is one.
    }
    .docs = https://kubernetes.io/docs/concepts/services-networking/ingress-controllers/

problem-misspelt-ingress-annotation = Ingress { $ingress } has the annotation { $annotation }, which ingress-nginx does not read
    .detail = Did you mean { $meant }? The controller ignores annotations that it does not know, without a message.
    .docs = https://kubernetes.github.io/ingress-nginx/user-guide/nginx-configuration/annotations/

problem-backend-protocol-unknown = ingress-nginx does not know the backend-protocol { $value } of Ingress { $ingress }
    .detail = It speaks HTTP to the Service instead, and only its log says so. The values that it knows are { $known }.
    .docs = https://kubernetes.github.io/ingress-nginx/user-guide/nginx-configuration/annotations/#backend-protocol

problem-ingress-annotation-on-service = Annotation { $annotation } has no effect on Service { $service }
    .detail = The controller reads it on Ingresses only. { GIVEN($ingress) ->
        [yes] Set it on Ingress { $ingress }, which sends requests to this Service; it then applies to all paths of that Ingress.
       *[no] Set it on the Ingress that sends requests to this Service; it then applies to all paths of that Ingress.
    }
    .docs = https://kubernetes.github.io/ingress-nginx/user-guide/nginx-configuration/annotations/

problem-ingress-controller-missing = The text has no Pod of { $controller }, the controller of class { $class }
    .detail = An IngressClass only names a controller: something has to run it. { GIVEN($label) ->
        [yes] Install it, or, if it runs in the cluster, paste its Deployment and Service here, too. Its Pods are known by their label app.kubernetes.io/name: { $label }.
       *[no] Install it, or, if it runs in the cluster, paste its Deployment and Service here, too, and give its Pods the annotation kubehop/ingress-controller: { $controller }.
    }
    .docs = https://kubernetes.io/docs/concepts/services-networking/ingress-controllers/

problem-ingress-class-missing = Ingress { $ingress } has class { $class }, which the text does not have
    .detail = { GIVEN($classes) ->
        [yes] No controller takes it. The classes are { $classes }.
       *[no] The text has no IngressClass. It needs one of that name, and the controller that it names.
    }
    .docs = https://kubernetes.io/docs/concepts/services-networking/ingress/#ingress-class

problem-ingress-namespace-not-watched = Ingress { $ingress } is not in { $watched }, the only namespace that its controller watches
    .detail = The controller runs with { $flag }, so it does not see Ingresses of namespace { $namespace }. Move the Ingress and its Services to { $watched }, remove the flag, or run a second controller for { $namespace }.
    .docs = https://kubernetes.github.io/ingress-nginx/user-guide/cli-arguments/

problem-class-of-another-controller = IngressClass { $class } names controller { $names }, but the controller of this class is { $controller }
    .detail = The controller runs with { $flag } and serves only classes whose spec.controller is { $controller }. No controller serves the Ingresses of { $class }.
    .docs = https://kubernetes.github.io/ingress-nginx/user-guide/multiple-ingress/

problem-ingress-refuses-address = Ingress { $ingress } does not serve { $seen }
    .detail = Its annotation { $annotation } lists { $ranges }. { $isRewritten ->
        [true] ingress-nginx sees { $seen } in place of { $client }: kube-proxy or a load balancer rewrote the source on the way. externalTrafficPolicy: Local on the controller's Service keeps it; behind an HTTP proxy use-forwarded-headers reads X-Forwarded-For.
       *[false] That is the address which the controller sees.
    }
    .docs = https://kubernetes.github.io/ingress-nginx/user-guide/nginx-configuration/annotations/#whitelist-source-range

problem-ingress-asks-for-credentials = Ingress { $ingress } asks for a name and password
    .detail = With auth-type and auth-secret ingress-nginx answers 401 to every request without the header Authorization (curl -u NAME:PASSWORD).
    .docs = https://kubernetes.github.io/ingress-nginx/examples/auth/basic/

problem-ingress-path-taken = Ingress { $ingress } has a path of Ingress { $first }: { GIVEN($host) ->
        [yes] { $host }
       *[no] *
    }{ $path }
    .detail = ingress-nginx serves the path of the older Ingress. Its admission webhook refuses the other one: host and path are "already defined in ingress { $first }". Use another host or path, put both into one Ingress, or make one a canary.
    .docs = https://kubernetes.github.io/ingress-nginx/how-it-works/

problem-ingress-certificate-missing = Ingress { $ingress } has a certificate in Secret { $secret }, which namespace { $namespace } of this text does not have
    .detail = { GIVEN($meant) ->
        [yes] Did you mean { $meant }?
       *[no] There is one in { $elsewhere }. An Ingress reads Secrets of its own namespace only.
    } Without it the controller answers with a certificate of its own, which clients do not trust.
    .docs = https://kubernetes.io/docs/concepts/services-networking/ingress/#tls

problem-no-ingress-rule-matches = { $hostKnown ->
        [true] No path of the Ingress rules for { $host } matches { $path }
       *[other] No Ingress rule is for host { $host }
    }
    .detail = { GIVEN($rules) ->
        [yes] The rules are for { $rules }.
       *[no] No Ingress has a rule.
    } A rule applies only if host and path both match; without a match the controller answers 404.
    .docs = https://kubernetes.io/docs/concepts/services-networking/ingress/

problem-ingress-path-is-exact = Path { $path } of Ingress { $ingress } is of type Exact, but { $called } is below it
    .detail = Exact matches only this path. pathType: Prefix also matches the paths below it.
    .docs = https://kubernetes.io/docs/concepts/services-networking/ingress/#path-types

problem-ingress-tls-without-host = The tls section of Ingress { $ingress } does not list { $host }
    .detail = It lists { $hosts }. For other hosts ingress-nginx answers with a certificate of its own, which clients do not trust, unless the listed certificate is valid for { $host } as well or --default-ssl-certificate names one. Add the host to tls.hosts, with a certificate that is valid for it.
    .docs = https://kubernetes.io/docs/concepts/services-networking/ingress/#tls

problem-ingress-tls-in-two-items = The tls item of Ingress { $ingress } for { $hosts } has no secretName; another item has { $secret } and no hosts
    .detail = Each dash begins an item of its own, so { $hosts } has no certificate: ingress-nginx answers with its own, which clients do not trust. Put hosts and secretName into one item.
    .docs = https://kubernetes.io/docs/concepts/services-networking/ingress/#tls

problem-ingress-path-with-star = The star in path { $path } of Ingress { $ingress } is no wildcard
    .detail = { $isRefused ->
        [true] The AWS Load Balancer Controller rejects the whole Ingress: "prefix path shouldn't contain wildcards".
       *[false] The controller compares the path as it is written, so it answers 404 to every other one.
    } { $isPrefix ->
        [true] Type Prefix covers everything below its path: write { $meant }.
       *[false] Write { $meant } with pathType: Prefix, which covers everything below it.
    }
    .docs = https://kubernetes.io/docs/concepts/services-networking/ingress/#path-types

problem-alb-targets-node-ports = The load balancer of Ingress { $ingress } calls node ports, and Service { $service } has none
    .detail = Without the annotation alb.ingress.kubernetes.io/target-type its targets are instances, unless the controller runs with another --default-target-type. Set the annotation to ip, for Pods as targets, or set type: NodePort on the Service.
    .docs = https://kubernetes.io/docs/concepts/services-networking/ingress-controllers/

problem-controller-port-of-other-sort = Port { $port } of Service { $service } leads to port { $reached } of ingress-nginx, which is for { $isTls ->
        [true] plain HTTP
       *[false] TLS
    }
    .detail = { $isTls ->
        [true] A client that begins TLS gets an answer in the clear (curl: "wrong version number").
       *[false] nginx answers 400: "The plain HTTP request was sent to HTTPS port".
    } Let the port lead to the controller's other port (targetPort).
    .docs = https://kubernetes.io/docs/concepts/services-networking/service/#field-spec-ports

problem-tls-ends-before-controller = The load balancer of Service { $service } ends TLS, so ingress-nginx redirects to https for ever
    .detail = With { $annotation } port { $port } reaches the controller as plain HTTP, and force-ssl-redirect redirects plain HTTP, whatever the client used. Remove force-ssl-redirect; or let the controller end TLS itself (targetPort: https, without the annotation); or, if the load balancer speaks HTTP and sets X-Forwarded-Proto, set use-forwarded-headers: "true" in the controller's ConfigMap.
    .docs = https://kubernetes.github.io/ingress-nginx/user-guide/tls/#server-side-https-enforcement-through-redirect

problem-ingress-on-other-entry-point = { GIVEN($arrived) ->
        [yes] Ingress { $ingress } is for Traefik's entry points { $listed }, and the request arrived at { $arrived }
       *[no] Traefik serves Ingress { $ingress } over TLS only, and the request is plain HTTP
    }
    .detail = { GIVEN($arrived) ->
        [yes] The annotation router.entrypoints lists them. Add { $arrived }, or remove the annotation: the Ingress then applies to every entry point.
       *[no] The annotation router.tls makes routers that ignore plain HTTP. Call https://, remove the annotation, or redirect at the entry point.
    }
    .docs = https://kubernetes.io/docs/concepts/services-networking/ingress-controllers/

problem-traefik-refuses-external-name = Traefik does not proxy to ExternalName Services such as { $service } unless it is allowed to
    .detail = Without --providers.kubernetesingress.allowexternalnameservices=true it logs "externalName services not allowed" and answers 404 for this path of Ingress { $ingress }. The text does not show the flag; a configuration file could set it.
    .docs = https://kubernetes.io/docs/concepts/services-networking/service/#externalname

problem-expressions-by-other-ingress = ingress-nginx reads path { $path } of Ingress { $ingress } as a regular expression, because of Ingress { $other }
    .detail = One use-regex or rewrite-target makes case-insensitive expressions of all paths of the host, in whatever Ingress they are, and they only need to match the beginning: pathType { $pathType } has no effect. Give { $other } a host of its own, or end the expression with { "$" }.
    .docs = https://kubernetes.github.io/ingress-nginx/user-guide/ingress-path-matching/

problem-rewrite-without-group = Path { $path } of Ingress { $ingress } has no group { $group }, which rewrite-target refers to
    .detail = ingress-nginx replaces { $group } of { $target } with nothing, so every request reaches the Service with the same path. { GIVEN($meant) ->
        [yes] Write the path as { $meant }, with pathType ImplementationSpecific: the part in parentheses becomes { $group }.
       *[no] Put the part of the path to keep in parentheses.
    }
    .docs = https://kubernetes.github.io/ingress-nginx/examples/rewrite/

problem-rewrite-drops-path = The Service gets { $target } instead of { $path }: Ingress { $ingress } rewrites the whole path
    .detail = Without a group, rewrite-target replaces the whole path, including what follows the path of the rule. To keep the rest, write the path as { $meant } and the target as /{ "$" }2.
    .docs = https://kubernetes.github.io/ingress-nginx/examples/rewrite/

problem-snippet-not-allowed = Ingress { $ingress } has the annotation { $annotation }, which ingress-nginx rejects by default
    .detail = Since version 1.9 its admission webhook rejects snippets ("Snippet directives are disabled by the Ingress administrator") unless the controller's ConfigMap has allow-snippet-annotations: "true"; since 1.12 it also needs annotations-risk-level: Critical. Without the webhook the annotation has no effect.
    .docs = https://kubernetes.github.io/ingress-nginx/user-guide/nginx-configuration/configmap/#allow-snippet-annotations

problem-canary-alone = Ingress { $ingress } is a canary, and no other Ingress is for { $host }{ $path }
    .detail = ingress-nginx sends a canary a share of the requests of another Ingress with the same host and path. { GIVEN($others) ->
        [yes] For this host other Ingresses have { $others }, and the canary has { $path } ({ $pathType }): path and pathType must both be equal.
       *[no] Alone it takes none, and the controller answers 404.
    } Create the main Ingress, or remove the annotation nginx.ingress.kubernetes.io/canary.
    .docs = https://kubernetes.github.io/ingress-nginx/user-guide/nginx-configuration/annotations/#canary

problem-ingress-backend-missing = Ingress { $ingress } sends it to Service { $service }, which namespace { $namespace } does not have
    .detail = { GIVEN($elsewhere) ->
        [yes] There is one in { $elsewhere }. A backend is always in the namespace of its Ingress.
       *[no] { GIVEN($nearest) ->
            [yes] There is { $nearest }: was it meant?
           *[no] A backend is looked up by name in the namespace of its Ingress.
        }
    }
    .docs = https://kubernetes.io/docs/concepts/services-networking/ingress/

problem-ingress-path-not-a-regex = Path { $path } of Ingress { $ingress } looks like a regular expression, and ingress-nginx reads it as it is written
    .detail = Expressions need the annotation nginx.ingress.kubernetes.io/use-regex: "true" (or a rewrite-target); then all paths of the host are expressions without regard to case. Use pathType: ImplementationSpecific for them.
    .docs = https://kubernetes.io/docs/concepts/services-networking/ingress/

problem-ingress-path-of-wrong-type = The webhook of ingress-nginx refuses path { $path } of Ingress { $ingress }: its type is { $pathType }
    .detail = Since ingress-nginx 1.12 (strict-validate-path-type) paths of type Exact and Prefix may have letters, digits, / _ - and . only. Use pathType: ImplementationSpecific. { $regex ->
        [true] Without that webhook ingress-nginx reads the path as a regular expression all the same.
       *[other] Without that webhook ingress-nginx compares it as it is written, because no use-regex or rewrite-target makes it an expression.
    }
    .docs = https://kubernetes.io/docs/concepts/services-networking/ingress/

problem-host-of-no-rule = No Ingress rule is for { $host }; Ingress { $ingress } has { $rule }
    .detail = { $why ->
        [typo] The two differ by a letter or two. A rule is for exactly its host.
        [www] A rule is for exactly its host, with or without www. Add a rule for the other name.
       *[wildcard] A wildcard stands for exactly one label: { $rule } is for neither a name with more labels nor the name without one.
    }
    .docs = https://kubernetes.io/docs/concepts/services-networking/ingress/#hostname-wildcards

problem-ingress-backend-not-grpc = Ingress { $ingress } speaks HTTP/1.1 to Service { $service }
    .detail = gRPC is HTTP/2. Set the annotation nginx.ingress.kubernetes.io/backend-protocol: GRPC, and call the host with TLS: ingress-nginx offers HTTP/2 to clients on its TLS port.
    .docs = https://kubernetes.io/docs/concepts/services-networking/ingress/

problem-ingress-backend-speaks-tls = ingress-nginx speaks plain HTTP to port { $port } of Service { $service }, which looks like one of HTTPS
    .detail = Ingress { $ingress } has no annotation nginx.ingress.kubernetes.io/backend-protocol. A process that speaks TLS there answers 400 ("plain HTTP request was sent to HTTPS port") or closes the connection, which gives 502. Set backend-protocol: "HTTPS".
    .docs = https://kubernetes.io/docs/concepts/services-networking/ingress/

problem-ingress-backend-port = Ingress { $ingress } points to port { $port }, which Service { $service } does not have
    .detail = A backend names the Service's port, not the Pods'. The Service has { $ports }.
    .docs = https://kubernetes.io/docs/concepts/services-networking/ingress/
