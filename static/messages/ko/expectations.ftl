## What is wrong with a file of expectations (`kubehop check --expect`).

expectation-not-yaml = { $message }
expectation-wrong-shape = { GIVEN($field) ->
    [yes] { $field }: 
   *[no] {""}
}{ $wanted ->
    [list] 목록을 쓰세요.
    [mapping] 키와 값의 매핑을 쓰세요.
    [number] 숫자를 쓰세요.
    [status] 100부터 599까지의 HTTP 상태 코드를 쓰세요.
    [shares] 응답하는 대상마다 비율(%)을 쓰세요.
    [percent] 0부터 100까지의 비율(%)을 쓰세요.
    [range] 10.244.0.0/16과 같은 주소 대역을 쓰세요.
   *[text] 텍스트를 쓰세요.
}
expectation-unknown-field = 여기에는 { $field } 필드가 없습니다. 쓸 수 있는 필드: { $known }
expectation-missing-field = { $field } 필드가 없습니다.
expectation-unknown-outcome = 알 수 없는 결과입니다: { $text }. 쓸 수 있는 결과: { $known }
expectation-no-answerer = 응답할 수 있는 대상이 아닙니다: { $text }. pod/이름, deployment/이름, node/이름, IP 주소, outside 중 하나를 쓰세요.
expectation-other-question = “{ $wanted }” 결과는 이 질문에 맞지 않습니다. 연결은 응답을 받거나 실패하고, 출력은 run의 명령에만 있습니다.

## What became of an expectation. $wanted is in the words of the file: answered by deployment/web.

judgement-met = { $wanted }
judgement-not-met = 기대: { $wanted }. { $found }
judgement-not-printed = 기대: { $wanted }. 출력의 어느 줄에도 없습니다.
judgement-printed = 기대: { $wanted }. 그런데 출력에 들어 있습니다.
judgement-other-source = 기대: { $wanted }. 실제 출발지 주소는 { $source }입니다.
judgement-other-share = 기대: { $wanted }. 실제 비율은 { $percent }%입니다.
judgement-other-pods = 기대: { $wanted }. 실제로 응답한 파드는 { $count }개입니다.
judgement-impossible = 기대: { $wanted }. { $why }
