## Cluster events. .act labels the button that applies the event; .command is its name in the command palette; .cause says
## in the log what no kubectl command does.

happening-unready = { $pod }: 준비되지 않음
    .act = NotReady로 전환
    .command = { $pod }: NotReady로 전환
    .cause = kubectl 명령 없음: 준비성 프로브 실패
happening-ready = { $pod }: 준비됨
    .act = Ready로 전환
    .command = { $pod }: Ready로 전환
    .cause = kubectl 명령 없음: 준비성 프로브 성공
happening-deleted = { $pod }: 삭제
    .act = 삭제
    .command = { $pod }: 삭제
happening-gone = { $pod }: 완전히 제거됨
    .act = 완전히 제거
    .command = { $pod }: 완전히 제거
happening-scaled = { $kind } { $name }: 파드 { $replicas }개
    .act = { $replicas }개로 스케일
    .command = { $kind } { $name }: { $replicas }개로 스케일
happening-node-down = { $node }: 중단
    .act = 노드 중단
    .command = { $node }: 노드 중단
    .cause = kubectl 명령 없음: 머신 중단
happening-restarted = { $kind } { $name }: 다시 시작
    .act = 롤아웃 재시작
    .command = kubectl rollout restart { $object }
happening-image-set = { $kind } { $name }: { GIVEN($image) ->
        [yes] 이미지 { $image }
       *[no] 다음 이미지
    }
    .act = 이미지 변경
    .command = kubectl set image { $object } { GIVEN($image) ->
        [yes] { $image }
       *[no] (다음 태그)
    }
happening-node-back = { $node }: 복구
    .act = 노드 복구
    .command = { $node }: 노드 복구
    .cause = kubectl 명령 없음: 머신 복구
happening-cordoned = { $node }: 스케줄링 중지
    .act = Cordon
    .command = kubectl cordon { $node }
happening-uncordoned = { $node }: 스케줄링 재개
    .act = Uncordon
    .command = kubectl uncordon { $node }
happening-labeled = { $object }: { $changes }
    .act = 레이블 { $changes }
    .command = kubectl label --overwrite { $object } { $changes }
happening-annotated = { $object }: { $changes }
    .act = 어노테이션 { $changes }
    .command = kubectl annotate --overwrite { $object } { $changes }
happening-lagging = { $event }, 규칙은 { $lag }초 뒤에 반영
    .act = 삭제, 규칙 { $lag }초 지연
    .command = { $event }, 규칙은 { $lag }초 뒤에 반영
