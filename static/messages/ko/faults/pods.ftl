## Pods that are selected and are no endpoint that answers.

problem-selected-pod-removed = { $service } 서비스의 { $pod } 파드가 삭제되었고 다시 생성되지 않습니다
    .detail = 이벤트로 삭제했습니다. 디플로이먼트나 스테이트풀셋 같은 워크로드의 파드만 다시 생성됩니다.
    .docs = https://kubernetes.io/docs/concepts/workloads/pods/#working-with-pods

problem-stateful-set-without-service = { $set } 스테이트풀셋의 serviceName은 { $service }인데 그런 서비스가 없습니다
    .detail = DNS는 그 서비스 아래에 파드의 이름을 공개합니다. 파드를 선택하는 헤드리스 서비스 { $service }(clusterIP: None)를 만드세요.
    .docs = https://kubernetes.io/docs/concepts/workloads/controllers/statefulset/#stable-network-id

problem-listens-on-loopback = 컨테이너 { $container }: 프로세스가 루프백 주소에서만 수신합니다({ $argument })
    .detail = 파드의 주소로 온 { $port } 포트 연결은 거부됩니다. kubectl port-forward와 파드 안에서 보낸 요청은 동작합니다. 0.0.0.0이나 [::]에서 수신하세요.
    .docs = https://kubernetes.io/docs/tasks/debug/debug-application/debug-service/

problem-service-variable-looks-like-setting = 컨테이너 { $container }에 주입되는 서비스 { $service }의 환경 변수: { $variable }
    .detail = 이 컨테이너는 같은 접두사의 변수({ $setting })로 설정되므로, 프로그램이 이 값을 자기 설정으로 읽을 수 있습니다. 변수를 직접 지정하거나 enableServiceLinks: false를 설정하거나 서비스 이름을 바꾸세요.
    .docs = https://kubernetes.io/docs/concepts/services-networking/service/#environment-variables

problem-selected-pods-pending = { $service } 서비스가 선택하는 파드 { $pods }개가 모두 Pending 상태입니다(예: { $pod })
    .detail = { $scheduled ->
        [true] 노드는 배정되었지만 아직 주소가 없습니다.
       *[other] 스케줄러가 노드를 찾지 못합니다: { $why }
    }{ GIVEN($nodes) ->
        [yes] { " " }노드별: { $nodes }.
       *[no] { "" }
    }{ $preempts ->
        [true] { " " }실행 중인 파드 중에 우선순위가 더 낮은 파드가 있을 수 있습니다. 스케줄러가 그 파드를 제거해 자리를 만들 수 있지만, 이 과정은 시뮬레이션하지 않습니다.
       *[other] { "" }
    }
    .docs = https://kubernetes.io/docs/tasks/debug/debug-application/debug-pods/

problem-selected-pods-finished = { $service } 서비스가 선택하는 파드가 모두 종료되었습니다
    .detail = { GIVEN($why) ->
        [yes] 첫 번째 파드의 이유: { $why }.{ " " }
       *[no] { "" }
    }Succeeded나 Failed 단계의 파드는 엔드포인트가 아니며, 잡의 파드는 언젠가 끝납니다. 계속 실행되는 파드를 선택하세요.
    .docs = https://kubernetes.io/docs/tasks/debug/debug-application/debug-service/

problem-selected-pod-terminating = 서비스 { $service }의 { $pod } 파드가 종료되는 중입니다
    .detail = 종료 중인 파드는 준비 상태가 아니며 이미 맺은 연결을 처리합니다. 준비된 다른 엔드포인트가 없고 컨테이너가 아직 준비 상태일 때만 새 연결을 받습니다.
    .docs = https://kubernetes.io/docs/concepts/workloads/pods/pod-lifecycle/#pod-termination

problem-selected-pod-not-ready = 서비스 { $service }의 { $pod } 파드가 준비되지 않았습니다
    .detail = 준비된 파드만 연결을 받습니다. 준비성 프로브가 실패하거나 컨테이너가 실행되지 않고 있습니다. kubectl describe로 이벤트를 확인하세요.
    .docs = https://kubernetes.io/docs/tasks/configure-pod-container/configure-liveness-readiness-startup-probes/

problem-container-not-running = { $isInit ->
        [true] { $pod } 파드의 { $container } 초기화 컨테이너가 실행되지 않습니다: { $reason }
       *[other] { $pod } 파드의 { $container } 컨테이너가 실행되지 않습니다: { $reason }
    }
    .detail = { $why ->
        [exits] 프로세스가 종료되고{ GIVEN($last) ->
            [yes] { "" }(마지막 종료: { $last })
           *[no] { "" }
        } kubelet이 계속 다시 시작합니다. 출력 내용은 kubectl logs --previous로 확인하세요.
        [image] 이미지를 가져올 수 없습니다. 이미지 이름과 태그, imagePullSecrets를 확인하세요.
        [config] 참조하는 ConfigMap이나 Secret 또는 그 키가 없습니다.
        [creating] 네트워크나 볼륨이 아직 준비되지 않았습니다. 오래 계속되면 이벤트에서 무엇이 없는지 확인하세요.
       *[other] 자세한 내용은 이벤트에서 확인하세요.
    } 실행될 때까지 파드는 준비 상태가 아니며 { $service } 서비스의 연결을 받지 못합니다.{ GIVEN($message) ->
        [yes] { "" } kubelet 메시지: { $message }
       *[no] { "" }
    }
    .docs = https://kubernetes.io/docs/tasks/debug/debug-application/debug-pods/

problem-container-reported-unready = { $isStarting ->
        [true] { $pod } 파드의 { $container } 컨테이너가 실행 중이지만 아직 시작을 마치지 못했습니다
       *[other] { $pod } 파드의 { $container } 컨테이너가 실행 중이지만 준비되지 않았습니다
    }
    .detail = { $isStarting ->
        [true] 시작 프로브가 아직 성공하지 않았고, 그때까지 다른 프로브는 실행되지 않습니다. 준비된 파드만 { $service } 서비스의 연결을 받습니다.
       *[other] { GIVEN($probe) ->
            [yes] 준비성 프로브({ $probe })가 실패했습니다. 오류 내용은 kubectl describe로 확인하세요. 준비된 파드만 { $service } 서비스의 연결을 받습니다.
           *[no] 파드의 status에 그렇게 적혀 있습니다. 준비된 파드만 { $service } 서비스의 연결을 받습니다.
        }
    }
    .docs = https://kubernetes.io/docs/tasks/configure-pod-container/configure-liveness-readiness-startup-probes/

problem-pod-reported-unready = { $service } 서비스의 { $pod } 파드가 준비되지 않았습니다: { $reason }
    .detail = 준비된 파드만 연결을 받습니다. status의 컨디션에 적힌 이유입니다{ GIVEN($message) ->
        [yes] : { $message }
       *[no] .
    }
    .docs = https://kubernetes.io/docs/concepts/workloads/pods/pod-lifecycle/#pod-readiness-status

problem-pod-of-lost-node = { $service } 서비스의 { $pod } 파드가 준비되지 않았습니다. { $node } 노드가 상태를 보고하지 않습니다
    .detail = 노드가 Ready가 아니면 프로세스 상태와 관계없이 노드 컨트롤러가 그 노드의 파드를 준비되지 않은 상태로 표시하고, 서비스는 그 파드에 연결을 보내지 않습니다. 대체 파드는 기존 파드가 축출된 뒤에(5분 후) 생성됩니다. 파드를 여러 노드에 실행하세요.
    .docs = https://kubernetes.io/docs/concepts/architecture/nodes/#node-controller

problem-pod-made-unready = { $service } 서비스의 { $pod } 파드가 준비되지 않았습니다. 이벤트로 준비 상태를 바꾸었습니다
    .detail = 준비성 프로브가 실패하기 시작해도 같습니다. 파드의 주소는 그대로이지만 새 연결을 받지 못합니다. 파드를 다시 준비 상태로 만들거나 서비스에 다른 엔드포인트를 추가하세요.
    .docs = https://kubernetes.io/docs/tasks/configure-pod-container/configure-liveness-readiness-startup-probes/

problem-selected-pod-stated-not-ready = 서비스 { $service }의 { $pod } 파드가 준비되지 않았습니다: 어노테이션 kubehop/ready에 그렇게 적혀 있습니다
    .detail = 준비된 파드만 연결을 받습니다. 어노테이션을 지우면 준비성 프로브가 성공하는 것으로 봅니다.
    .docs = https://kubernetes.io/docs/tasks/configure-pod-container/configure-liveness-readiness-startup-probes/

problem-readiness-gate-not-set = 서비스 { $service }의 { $pod } 파드가 { $condition } 준비성 게이트를 기다립니다
    .detail = 파드의 status에서 { $condition } 컨디션이 True가 되어야 준비 상태가 됩니다. 이 매니페스트에는 그 값을 설정하는 것이 없습니다. 보통 외부 컨트롤러(로드밸런서나 롤아웃 컨트롤러)가 설정합니다. 컨테이너 자체는 모두 준비되어 있을 수 있습니다.
    .docs = https://kubernetes.io/docs/concepts/workloads/pods/pod-lifecycle/#pod-readiness-gate

problem-node-ports-taken = { $pods ->
        [1] { $pod } 파드가 실행되지 않습니다. 필요한 노드의 포트를 다른 파드가 사용하고 있습니다
       *[other] { $owner }의 파드 { $pods }개가 실행되지 않습니다. 필요한 노드의 포트를 다른 파드가 사용하고 있습니다
    }
    .detail = { $why }{ $preempts ->
        [true] { " " }실행 중인 파드 중에 우선순위가 더 낮은 파드가 있을 수 있습니다. 스케줄러가 그 파드를 제거해 자리를 만들 수 있지만, 이 과정은 시뮬레이션하지 않습니다.
       *[other] { "" }
    }
    .docs = https://kubernetes.io/docs/tasks/debug/debug-application/debug-pods/

problem-no-such-scheduler = { $pods ->
        [1] { $pod } 파드가 Pending 상태에 머뭅니다. 지정된 스케줄러가 여기에 없습니다: { $scheduler }
       *[other] { $owner }의 파드 { $pods }개가 Pending 상태에 머뭅니다. 지정된 스케줄러가 여기에 없습니다: { $scheduler }
    }
    .detail = kube-scheduler는 default-scheduler의 파드만 배치하고, 나머지는 이벤트도 남기지 않은 채 파드에 지정된 스케줄러에 맡깁니다. 클러스터에 { $scheduler } 스케줄러가 있다면 그 매니페스트도 함께 붙여 넣거나, 여기서만 schedulerName을 빼세요. 없다면 schedulerName을 지우세요.
    .docs = https://kubernetes.io/docs/tasks/extend-kubernetes/configure-multiple-schedulers/

problem-nodes-full = { $pods ->
        [1] { $pod } 파드가 실행되지 않습니다. 자리가 남은 노드가 없습니다
       *[other] { $owner }의 파드 { $pods }개가 실행되지 않습니다. 자리가 남은 노드가 없습니다
    }
    .detail = 노드의 status.allocatable.pods에 다른 값이 없으면 kubelet은 파드를 최대 110개까지 실행합니다. { $why }{ $preempts ->
        [true] { " " }실행 중인 파드 중에 우선순위가 더 낮은 파드가 있을 수 있습니다. 스케줄러가 그 파드를 제거해 자리를 만들 수 있지만, 이 과정은 시뮬레이션하지 않습니다.
       *[other] { "" }
    }
    .docs = https://kubernetes.io/docs/tasks/debug/debug-application/debug-pods/

problem-selected-pod-on-missing-node = { $service } 서비스의 { $pod } 파드가 존재하지 않는 { $node } 노드를 지정합니다
    .detail = spec.nodeName이 있는 파드는 스케줄러를 거치지 않습니다. 그 노드의 kubelet을 기다리다가 얼마 뒤 삭제됩니다. 여기 있는 노드: { $nodes }.
    .docs = https://kubernetes.io/docs/concepts/scheduling-eviction/assign-pod-node/#nodename

problem-pod-fits-no-node = { $pods ->
        [1] { $pod } 파드가 실행되지 않습니다. 받아 줄 노드가 없습니다
       *[other] { $owner }의 파드 { $pods }개가 실행되지 않습니다. 받아 줄 노드가 없습니다
    }
    .detail = { $why }{ GIVEN($nodes) ->
        [yes] { " " }노드별: { $nodes }.
       *[no] { "" }
    }{ $preempts ->
        [true] { " " }실행 중인 파드 중에 우선순위가 더 낮은 파드가 있을 수 있습니다. 스케줄러가 그 파드를 제거해 자리를 만들 수 있지만, 이 과정은 시뮬레이션하지 않습니다.
       *[other] { "" }
    }
    .docs = https://kubernetes.io/docs/concepts/scheduling-eviction/assign-pod-node/

problem-liveness-probe-fails = kubelet이 { $pod } 파드의 { $container } 컨테이너를 계속 다시 시작합니다. 활성 프로브({ $probe })가 항상 실패합니다
    .detail = { $why ->
        [no-such-port] 컨테이너에 그 이름의 포트가 없습니다{ GIVEN($names) ->
            [yes] { "" }(있는 포트 이름: { $names })
           *[no] { "" }
        }.
        [asks-node] kubelet은 노드에서 실행되므로 host가 127.0.0.1이나 localhost이면 파드가 아니라 노드 자신에게 요청합니다. host를 지우세요.
       *[runs-false] 프로그램과 관계없이 명령이 항상 1로 끝납니다.
    } failureThreshold만큼 실패하면 컨테이너를 종료하고 점점 긴 간격으로 다시 시작하므로(CrashLoopBackOff) 파드는 가끔씩만 응답합니다.
    .docs = https://kubernetes.io/docs/tasks/configure-pod-container/configure-liveness-readiness-startup-probes/

problem-liveness-probe-of-other-port = { $container } 컨테이너의 활성 프로브({ $probe })가 확인하는 포트를 선언한 컨테이너가 없습니다
    .detail = 선언된 포트: { $declared }. { $port } 포트에서 아무것도 수신하지 않으면 프로브가 항상 실패하고, kubelet이 컨테이너를 계속 다시 시작합니다(CrashLoopBackOff). 파드는 가끔씩만 응답합니다. 프로브에는 프로그램이 수신하는 포트를 지정하세요.
    .docs = https://kubernetes.io/docs/tasks/configure-pod-container/configure-liveness-readiness-startup-probes/

problem-init-container-waits = { $pod } 파드는 시작되지 않습니다. { $container } 초기화 컨테이너가 { $why ->
        [own-pod] 아직 아무것도 실행되지 않는 자기 파드의 { $port } 포트를 호출합니다
        [later-variable] 파드보다 나중에 만들어지는 서비스({ $service })의 환경 변수를 읽습니다
        [no-service] 없는 서비스({ $service })를 기다립니다
        [never-ends] 끝나지 않는 명령({ $command })을 실행합니다
        [always-fails] 항상 실패하는 명령({ $command })을 실행합니다
        [no-such-port] { $port } 포트가 없는 서비스({ $service })를 기다립니다
        [no-endpoint] { $port } 포트에 엔드포인트가 없는 서비스({ $service })를 기다립니다
       *[other] 이름이 조회되지 않는 서비스({ $service })를 기다립니다
    }
    .detail = { $why ->
        [always-fails] kubelet이 간격을 늘려 가며 계속 다시 실행하거나(Init:CrashLoopBackOff), restartPolicy가 Never이면 파드가 실패합니다.
        [never-ends] 초기화 컨테이너는 하나씩 차례로 실행되며, 앞의 초기화 컨테이너가 끝나야 다음 초기화 컨테이너와 파드의 컨테이너가 시작됩니다. restartPolicy: Always를 설정하면 계속 실행되는 사이드카가 됩니다. 아니면 일반 컨테이너로 옮기세요.
        [no-service] 성공할 때까지 명령({ $command })을 되풀이하는데, 이 텍스트의 { $namespace } 네임스페이스에는 그런 서비스가 없습니다. { GIVEN($meant) ->
            [yes] 혹시 { $meant } 서비스인가요?
           *[no] 서비스를 만들거나 이름을 고치세요.
        }
        [no-such-port] 성공할 때까지 명령({ $command })을 되풀이합니다. 서비스에 있는 포트를 호출하세요.
        [no-endpoint] 성공할 때까지 명령({ $command })을 되풀이합니다. 먼저 서비스에 준비된 파드가 있어야 합니다.
        [later-variable] 변수가 있다면 명령은 { $command }입니다. 컨테이너는 시작될 때 있는 서비스의 변수만 받고, 반복문은 계속 그 값만 사용합니다. 서비스를 먼저 만들거나, 파드를 지워 워크로드가 새로 만들게 하거나, 서비스를 DNS 이름으로 호출하세요.
        [own-pod] 성공할 때까지 명령({ $command })을 되풀이합니다. localhost는 파드 자신이고 파드의 컨테이너는 초기화 컨테이너가 끝난 뒤에 시작되므로 서로 영원히 기다립니다. 서비스를 이름으로 호출하거나, 기다리는 대상을 이 컨테이너보다 앞에 있는 restartPolicy: Always 초기화 컨테이너로 만드세요.
        [own-name] 성공할 때까지 명령({ $command })을 되풀이합니다. 이 파드 자신이 그 서비스의 파드인데, 준비되어야 서비스에 들어가고 이 초기화 컨테이너가 끝나야 준비되므로 영원히 기다립니다. 헤드리스 서비스는 publishNotReadyAddresses: true로 준비되기 전의 파드 이름도 알려 줍니다.
       *[no-record] 성공할 때까지 명령({ $command })을 되풀이합니다. 헤드리스 서비스의 이름은 준비된 파드의 주소만 알려 주는데, 그런 파드가 없습니다.
    } 상태는 Init이고, 파드의 컨테이너가 실행되지 않아 연결을 받지 못합니다.
    .docs = https://kubernetes.io/docs/concepts/workloads/pods/init-containers/

problem-container-waits = { $container } 컨테이너는 아직 수신하지 않습니다. { $why ->
        [later-variable] 파드보다 나중에 만들어지는 서비스({ $service })의 환경 변수를 읽습니다
        [no-service] 없는 서비스({ $service })를 기다립니다
        [no-such-port] { $port } 포트가 없는 서비스({ $service })를 기다립니다
        [no-endpoint] { $port } 포트에 엔드포인트가 없는 서비스({ $service })를 기다립니다
       *[other] 이름이 조회되지 않는 서비스({ $service })를 기다립니다
    }
    .detail = 성공할 때까지 명령({ $command })을 되풀이하고 그다음에야 서버를 실행합니다. 준비성 프로브가 없는 파드는 그동안에도 준비된 것으로 보이므로, 서비스가 연결을 이 파드로 보내고 연결은 거부됩니다. { $namespace }/{ $service } 서비스의 문제를 먼저 해결하고 파드에 준비성 프로브를 추가하세요.
    .docs = https://kubernetes.io/docs/concepts/workloads/pods/init-containers/

problem-url-leads-nowhere = { $container } 컨테이너의 { $variable } 변수에 적힌 { $why ->
        [no-such-port] { $host } 호스트의 { $port } 포트가 { $service } 서비스에 없습니다
       *[other-namespace] { $host } 호스트를 찾을 수 없습니다. { $service } 서비스는 다른 네임스페이스에 있습니다
    }
    .detail = { $why ->
        [no-such-port] 이 서비스의 포트는 { $meant }입니다. ClusterIP에는 서비스의 포트에 대한 규칙만 있으므로, 다른 포트로 연결하면 응답을 받지 못합니다.
       *[other-namespace] 짧은 이름은 파드 자신의 네임스페이스({ $namespace })에서 찾는데, 그곳에는 이 서비스가 없습니다. { $meant } 이름으로 호출하세요.
    }
    .docs = https://kubernetes.io/docs/concepts/services-networking/dns-pod-service/

problem-reference-not-expanded = { $container } 컨테이너의 { GIVEN($variable) ->
        [yes] { $variable } 변수에 있는
       *[no] 명령에 있는
    } { $reference } 문자열은 값으로 바뀌지 않고 그대로 전달됩니다
    .detail = { $why ->
        [defined-later] 쿠버네티스는 $({ $name }) 자리에 앞에서 정의한 변수의 값만 넣는데, { $name } 변수는 { $variable } 변수보다 뒤에 있습니다. { $name } 변수를 앞으로 옮기세요.
        [in-braces] 이 명령은 셸이 실행하지 않으며, 쿠버네티스는 $({ $name }) 형식만 값으로 바꿉니다. 따라서 프로그램은 문자열을 그대로 받으며, 프로그램이 직접 처리해야만 값으로 바뀝니다.
       *[not-defined] 쿠버네티스는 $({ $name }) 자리에 이 컨테이너에서 앞서 정의한 변수의 값을 넣는데, 그런 이름의 변수가 없습니다. 이미지에 정의된 변수는 쿠버네티스가 알지 못합니다. { GIVEN($meant) ->
            [yes] 혹시 { $meant } 변수인가요?
           *[no] 변수를 정의하거나, 명령을 셸로 실행하세요.
        }
    }
    .docs = https://kubernetes.io/docs/tasks/inject-data-application/define-interdependent-environment-variables/

problem-process-ends-at-once = { $why ->
        [no-such-program] 그런 이름의 프로그램이 없어 { $container } 컨테이너를 시작할 수 없습니다
       *[other] { $container } 컨테이너의 프로세스가 시작하자마자 끝납니다
    }
    .detail = { $why ->
        [shell] { $image } 이미지는 셸을 실행하는데, 터미널이 없으면 바로 끝납니다.
        [no-such-program] 명령({ $command })의 첫 항목에 명령줄 전체가 들어 있습니다. 셸이 나누어 주지 않으므로 런타임은 그 이름의 프로그램을 찾다가 "executable file not found" 오류를 냅니다. 단어마다 항목을 따로 쓰세요.
       *[command] 명령({ $command })에 계속 실행되는 것이 없습니다.
    } kubelet이 계속 다시 시작하므로(CrashLoopBackOff) { $pod } 파드는 준비되지 않고, 수신 대기하는 프로세스가 없어 연결이 거부됩니다. 서버를 실행하는 명령을 지정하세요.
    .docs = https://kubernetes.io/docs/tasks/debug/debug-application/debug-pods/

problem-containers-share-a-port = { $owner }의 두 컨테이너({ $first }, { $second })가 같은 포트를 선언했습니다: { $port }
    .detail = 파드의 컨테이너는 네트워크 네임스페이스 하나를 함께 씁니다. 나중에 수신 대기하려는 프로세스는 "address already in use" 오류로 끝나 계속 다시 시작되고, 파드는 준비되지 않습니다. 한쪽의 포트를 바꾸세요.
    .docs = https://kubernetes.io/docs/concepts/workloads/pods/#pod-networking

problem-api-server-variable-overwritten = { $service } 서비스 때문에 { $pod } 파드에서 API 서버의 변수 값이 바뀝니다: { $variable }
    .detail = 파드에서 API 서버를 호출하는 프로그램은 KUBERNETES_SERVICE_HOST와 KUBERNETES_SERVICE_PORT 변수를 읽는데, 이 서비스의 값을 읽게 될 수 있습니다: "lookup …:tcp: no such host". 서비스의 이름을 바꾸거나, API 서버를 호출하는 파드에 enableServiceLinks: false를 설정하세요.
    .docs = https://kubernetes.io/docs/concepts/services-networking/service/#environment-variables

problem-service-variable-missing = { $pod } 파드가 읽는 { $variable } 변수가 없습니다: { $why ->
        [started-before] 파드가 { $service } 서비스보다 먼저 시작되었습니다
        [links-off] enableServiceLinks 값이 false입니다
        [other-namespace] { $service } 서비스는 { $namespace } 네임스페이스에 있습니다
       *[no-cluster-ip] { $service } 서비스에 ClusterIP가 없습니다
    }
    .detail = { $why ->
        [started-before] 서비스의 환경 변수는 컨테이너가 시작될 때 정해집니다. 서비스를 먼저 만들거나 파드를 다시 시작하세요.
        [links-off] 서비스 링크를 끄면 컨테이너에는 API 서버의 변수만 생깁니다.
        [other-namespace] 컨테이너에는 자기 네임스페이스에 있는 서비스의 변수만 생깁니다.
       *[no-cluster-ip] 변수에는 서비스의 ClusterIP가 들어가는데, 헤드리스 서비스와 ExternalName에는 ClusterIP가 없습니다.
    } 변수가 없어도 DNS 이름 { $service }.{ $namespace } 주소로 호출할 수 있습니다.
    .docs = https://kubernetes.io/docs/concepts/services-networking/service/#environment-variables

problem-readiness-probe-fails = { $service } 서비스의 { $pod } 파드는 준비 상태가 될 수 없습니다. { $startup ->
        [true] 시작
       *[other] 준비성
    } 프로브({ $probe })가 항상 실패합니다
    .detail = { $why ->
        [no-such-port] { $container } 컨테이너에는 그 이름의 포트가 없습니다{ GIVEN($names) ->
            [yes] { "" }(포트 이름: { $names })
           *[no] { "" }
        }. 준비된 파드만 연결을 받습니다.
        [asks-node] kubelet은 노드에서 실행되므로 host가 127.0.0.1이나 localhost이면 파드가 아니라 노드 자신에게 요청합니다. host를 지우면 파드의 주소로 요청합니다. 준비된 파드만 연결을 받습니다.
        [calls-own-service] 이 프로브는 { $names } 서비스를 호출하는데, 이 서비스에는 이 파드들밖에 없고 서비스는 준비된 파드에만 연결을 보냅니다. 서로를 기다리므로 준비될 수 없습니다. localhost를 호출하세요.
        [calls-service] 이 프로브가 호출하는 { $names } 서비스가 여기서는 응답하지 않습니다. 준비된 파드만 연결을 받습니다.
       *[runs-false] 프로그램과 관계없이 명령이 항상 1로 끝납니다. 준비된 파드만 연결을 받습니다.
    }
    .docs = https://kubernetes.io/docs/tasks/configure-pod-container/configure-liveness-readiness-startup-probes/

problem-pods-forbidden = { $made ->
        [0] { $owner }의 파드가 하나도 생성되지 않습니다. API 서버가 거부합니다
       *[other] { $owner }의 파드 { $asked }개 중 { $made }개만 생성됩니다. 나머지는 API 서버가 거부합니다
    }
    .detail = { $message }
    .docs = https://kubernetes.io/docs/reference/access-authn-authz/admission-controllers/

problem-needed-object-missing = { $owner }에 필요한 { $kind } { $name } 오브젝트가 이 매니페스트의 { $namespace } 네임스페이스에 없습니다
    .detail = 이 오브젝트가 생기기 전에는 컨테이너가 시작되지 않습니다. 파드는 CreateContainerConfigError나 ContainerCreating 상태에 머물러 준비되지 않고 연결을 받지 못합니다. { GIVEN($meant) ->
        [yes] { $meant } 오브젝트를 쓰려던 것인가요?
       *[no] { GIVEN($elsewhere) ->
            [yes] 이름이 같은 오브젝트가 { $elsewhere } 네임스페이스에 있지만, 파드는 자기 네임스페이스의 오브젝트만 사용합니다.
           *[no] 오퍼레이터 등이 만들어 준다면 문제없습니다. kubehop은 그렇다고 가정합니다.
        }
    }
    .docs = https://kubernetes.io/docs/tasks/configure-pod-container/configure-pod-configmap/

problem-needed-key-missing = { $owner }에 필요한 키 { $key } 항목이 { $kind } { $name } 오브젝트에 없습니다
    .detail = { $volume ->
        [true] 볼륨을 마운트할 수 없어(references non-existent key) 파드가 ContainerCreating 상태에 머뭅니다.
       *[other] 컨테이너를 만들 수 없어(couldn't find key { $key }) 파드가 CreateContainerConfigError 상태에 머뭅니다.
    } 파드는 준비되지 않고 연결을 받지 못합니다. { GIVEN($meant) ->
        [yes] 혹시 { $meant } 키인가요?
       *[no] 이 오브젝트의 키: { $keys }.
    }
    .docs = https://kubernetes.io/docs/tasks/configure-pod-container/configure-pod-configmap/

problem-objects-taken-for-granted = { $owner }에 필요한 오브젝트가 이 매니페스트에 없어, kubehop은 존재한다고 가정합니다: { $objects }
    .detail = { $refuses ->
        [true] 서비스 어카운트와 PriorityClass가 없으면 API 서버가 파드를 만들지 않으며, kubectl get events에 FailedCreate가 보입니다. { $waits ->
            [true] 나머지 오브젝트가 없으면 컨테이너가 시작되지 않습니다.
           *[other] { "" }
        }
       *[other] 이 오브젝트가 없으면 컨테이너가 시작되지 않고, 파드는 CreateContainerConfigError, ContainerCreating 또는 Pending 상태에 머무릅니다.
    }
    .docs = https://kubernetes.io/docs/tasks/debug/debug-application/debug-pods/

problem-account-missing = { $owner }에서 사용하는 서비스 어카운트 { $name } 오브젝트가 이 매니페스트의 { $namespace } 네임스페이스에 없습니다
    .detail = 다른 곳에서 만들어 주지 않으면 API 서버가 파드를 거부합니다: error looking up service account { $namespace }/{ $name }: serviceaccount "{ $name }" not found. { $isPod ->
        [true] kubectl이 이 오류를 출력하고 파드는 생기지 않습니다.
       *[other] 파드가 하나도 생기지 않으며, kubectl get events에 FailedCreate가 보입니다.
    } { GIVEN($meant) ->
        [yes] { $meant } 서비스 어카운트를 쓰려던 것인가요?
       *[no] { GIVEN($elsewhere) ->
            [yes] 이름이 같은 오브젝트가 { $elsewhere } 네임스페이스에 있지만, 파드는 자기 네임스페이스의 오브젝트만 사용합니다.
           *[no] kubehop은 존재한다고 가정합니다.
        }
    }
    .docs = https://kubernetes.io/docs/tasks/configure-pod-container/configure-service-account/

problem-pod-webhook-unreachable = { $configuration } 설정 때문에 새 오브젝트({ $resources })를 만들 수 없습니다. 웹훅의 { $service } 서비스에 { $asksItself ->
        [true] 그 웹훅이 검사하는 파드밖에 없습니다
       *[other] 엔드포인트가 없습니다
    }
    .detail = API 서버는 이런 오브젝트를 만들기 전에 { $webhook } 웹훅을 호출하며, failurePolicy가 Fail이면 응답이 없을 때 오브젝트를 거부합니다: failed calling webhook "{ $webhook }". { $asksItself ->
        [true] 이 텍스트에서는 { $namespace }/{ $service } 서비스의 파드가 웹훅보다 뒤에 있어 응답할 파드가 하나도 만들어지지 않습니다. namespaceSelector로 그 네임스페이스를 제외하거나, 파드가 실행된 뒤에 웹훅을 만드세요. 그래도 파드가 모두 사라지면 웹훅이 스스로를 막습니다.
       *[other] 웹훅 자신의 파드도 여기에 해당할 수 있습니다. { $namespace }/{ $service } 서비스에 준비된 파드를 마련하거나, namespaceSelector로 네임스페이스를 제외하거나, failurePolicy를 Ignore로 설정하세요.
    }
    .docs = https://kubernetes.io/docs/concepts/cluster-administration/admission-webhooks-good-practices/

problem-pod-webhook-asks-itself = { $configuration } 설정의 웹훅이 자기 서비스 { $namespace }/{ $service }의 파드도 검사합니다
    .detail = 지금은 파드가 이미 실행 중입니다. 파드가 모두 사라지면(노드 교체, 레플리카 0) API 서버는 새 파드를 만들기 전에 { $webhook } 웹훅을 호출해야 하는데 응답할 파드가 없고, failurePolicy가 Fail이므로 새 파드를 거부합니다. namespaceSelector로 그 네임스페이스를 제외하세요.
    .docs = https://kubernetes.io/docs/concepts/cluster-administration/admission-webhooks-good-practices/

problem-evicted-after = { $pod } 파드는 { $seconds }초 뒤에 { $node } 노드에서 축출됩니다. 테인트 { $taint }에 대한 톨러레이션이 그때까지만 유효합니다
    .detail = 톨러레이션에 tolerationSeconds가 있어, 파드가 노드에 배치되거나 노드에 테인트가 추가된 뒤 그 시간이 지나면 파드가 삭제됩니다. { $replaced ->
        [true] 워크로드가 새 파드를 만들며, 다른 노드에 자리가 없으면 같은 노드에 다시 배치됩니다.
       *[other] 대신할 파드를 만드는 워크로드가 없습니다.
    } tolerationSeconds가 없으면 계속 남아 있습니다. 축출된 뒤의 상황을 보려면 파드를 삭제해 보세요.
    .docs = https://kubernetes.io/docs/concepts/scheduling-eviction/taint-and-toleration/

problem-process-only-waits = 컨테이너 { $container }에서 실행하는 { $command } 명령은 어떤 포트에서도 수신하지 않습니다
    .detail = kubehop은 프로세스를 실행하지 않으며, 선언된 포트는 열려 있다고 보고 포트를 선언하지 않은 컨테이너는 모든 포트가 열려 있다고 봅니다. 이 명령은 기다리기만 하므로 클러스터에서는 연결이 거부됩니다. 서버를 실행하거나, 수신하는 포트를 kubehop/listens 어노테이션에 적으세요.
    .docs = https://kubernetes.io/docs/tasks/inject-data-application/define-command-argument-container/

problem-readiness-assumed = { $pod } 파드는 { $startup ->
        [true] 시작 프로브({ $probe })가 성공한 뒤에만
       *[other] 준비성 프로브({ $probe })가 성공할 때만
    } 연결을 받습니다
    .detail = 성공 여부는 매니페스트만으로 알 수 없으며, kubehop은 성공한다고 가정합니다. 실패하는 경우를 보려면 파드를 준비되지 않은 상태로 바꿔 보세요. 서비스의 엔드포인트가 하나 줄고, 하나도 남지 않으면 연결이 거부됩니다. 프로브 결과는 kubectl describe pod로 확인하세요.{ GIVEN($port) ->
        [yes] { " " }{ $port } 포트를 선언한 컨테이너가 없습니다(선언된 포트: { $declared }). { $port }에서 아무것도 수신하지 않으면 프로브는 항상 실패합니다.
       *[no] { "" }
    }
    .docs = https://kubernetes.io/docs/tasks/configure-pod-container/configure-liveness-readiness-startup-probes/
