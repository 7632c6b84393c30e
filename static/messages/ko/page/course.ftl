## The course, the tour and the glossary.

label-course = 과정
label-challenges = 챌린지
label-course-all = 모두 보기
label-course-fewer = 접기
label-course-reset = 레슨의 매니페스트로 되돌리기
label-course-predict = 예측
label-course-send = 보내기
label-course-run = 실행
label-course-choose-first = 먼저 답을 고르세요
label-course-your-choice = 선택한 답
label-course-what-happens = 실제 결과
label-course-sent = 결과
label-course-ran = 출력
label-course-compare = 비교
label-course-right = 정답
label-course-not-this-time = 예상과 다름
label-course-other-cluster = 매니페스트가 레슨의 것과 달라져 맞는 답이 없습니다. 레슨의 매니페스트로 되돌리면 비교할 수 있습니다.
label-course-change = 바꿔 보기
label-course-check = 확인
label-course-check-note = 매니페스트의 내용이 아니라 실제 동작으로 판정합니다
label-course-required = 충족할 조건:
label-course-holds = 충족됨:
label-course-fails = 충족되지 않음:
label-course-passed = 완료
label-course-next = 다음 레슨
label-course-goal = 목표:
label-course-made = 새로 만드는 챌린지
label-course-today = 오늘의 챌린지
label-course-another = 새 챌린지
label-course-link = 이 챌린지의 링크
label-course-unreadable = 레슨 파일을 불러올 수 없습니다.
label-tour-welcome = 서비스를 호출할 준비가 되었습니다. ‘보내기’를 눌러 패킷을 홉마다 따라가 보세요.
label-tour-start = 둘러보기
label-tour-skip = 건너뛰기
label-tour-back = 이전
label-tour-next = 다음
label-tour-done = 마치기
label-tour-editor = 매니페스트
label-tour-editor-text = 직접 쓴 매니페스트를 붙여 넣거나 이것을 고쳐 보세요. 클러스터가 바로 따라 바뀌고, API 서버가 거부할 내용은 아래에 나옵니다.
label-tour-send = 보내기
label-tour-send-text = 누가 무엇을 호출할지 고르고 ‘보내기’를 누르세요. ×100은 연결이 파드에 어떻게 나뉘는지 보여 줍니다.
label-tour-header = 헤더
label-tour-header-text = 이 홉에 있는 패킷의 출발지와 목적지입니다. 홉에서 바뀐 값에는 취소선이 그어지고, 아래 목록에 이유가 나옵니다. 밑줄 친 용어에는 설명이 있습니다.
label-tour-rules = 규칙
label-tour-rules-text = kube-proxy가 노드에 설정한 규칙을 노드에서 출력되는 그대로 보여 줍니다. 패킷과 일치한 규칙은 강조됩니다. 처음이라면 ‘레슨’ 탭의 첫 레슨부터 시작해 보세요.
label-glossary-lesson = 레슨
label-lesson-section-basics = 서비스
label-lesson-section-discovery = 서비스 찾기
label-lesson-section-outside = 클러스터 밖에서
label-lesson-section-traffic = 트래픽의 행방
label-lesson-section-debug = 디버깅
label-lesson-section-gateway = Gateway API
label-lesson-section-own-hardware = 클라우드 없이: MetalLB와 k3s
label-lesson-section-challenges = 챌린지: 고장 난 클러스터

## What the check of a lesson requires.

required-answered = 응답
required-answered-by = 응답하는 대상: { $by }
required-source-seen = 보이는 출발지: { $source ->
        [client] 외부 클라이언트
       *[other] { $source }
    }
required-refused = 거부
required-timed-out = 타임아웃
required-no-such-name = 없는 이름(NXDOMAIN)
required-lookup-failed = 이름 조회 실패
required-status = HTTP 상태 { $status }
required-pods = 응답하는 파드 { $count }개
required-share = { $by } { $percent }%
required-prints = 출력에 “{ $text }” 포함
required-prints-not = 출력에 “{ $text }” 없음

## What the check of a lesson found in its place.

instead-ended = 실제 결과: { $verdict }{ GIVEN($node) ->
    [yes] {" "}응답한 파드의 노드: { $node }
   *[no] {""}
}
instead-source = 실제 결과: 보이는 출발지가 { $source }입니다
instead-share = 실제 결과: 연결의 { $percent }%
instead-pods = 실제 결과: 응답하는 파드 { $count }개
instead-not-printed = 실제 결과: 출력의 어느 줄에도 없습니다
instead-printed = 실제 결과: 출력에 들어 있습니다
instead-impossible = 확인할 수 없음: { $why }
