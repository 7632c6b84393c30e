## Sentences with numbers and names.

page-hop = { $hops }홉 중 { $hop }번째
    .short = { $hop } / { $hops }
page-resolved = 서비스 { $services }개 · 파드 { $pods }개 · 노드 { $nodes }개, { $took } ms 만에 계산
page-older-picture = { $count ->
    [1] { $number }번째 문서({ $line }행부터)를 해석할 수 없어 그 전 텍스트의 그림을 표시합니다.
   *[other] 문서 { $count }개(첫 문서는 { $line }행부터)를 해석할 수 없어 그 전 텍스트의 그림을 표시합니다.
}
page-documents-left-out = { $drawn ->
    [0] 텍스트를 해석할 수 없어 아무것도 그리지 않았습니다.
   *[other] { $count ->
        [1] { $number }번째 문서({ $line }행부터)는 해석할 수 없어 제외하고 나머지만 그렸습니다.
       *[other] 문서 { $count }개(첫 문서는 { $line }행부터)는 해석할 수 없어 제외하고 나머지만 그렸습니다.
    }
}
page-nothing-to-call = 호출할 서비스가 아직 없습니다. 주소나 이름을 입력하세요.
page-errors = 오류 { $count }건
page-warnings = 경고 { $count }건
page-notes = 참고 { $count }건
page-alike-problems = 같은 종류 { $count }개 더 보기
page-more-problems = … { $count }개 더 있음. ‘복사’에는 모두 들어 있습니다.
page-found = { $count }개 찾음
page-more-found = … { $count }개 더 있음. 단어를 추가하면 결과가 줄어듭니다.
page-more-chains = … 체인 { $count }개 더 있음. 검색하면 나옵니다.
page-more-slices = … 엔드포인트슬라이스 { $count }개 더 있음. 검색하면 나옵니다.
page-found-lines = { $total }줄 중 { $count }줄
page-came-later = 파드보다 나중에 생성되어 여기에 환경 변수가 없는 서비스: { $services }. 서비스를 먼저 생성하거나 파드를 다시 시작하세요. DNS로는 찾을 수 있습니다.
page-course-step = { $steps }단계 중 { $step }단계
page-course-done = { $lessons }개 중 { $done }개 완료
page-course-minutes = { $minutes }분
page-course-hints = { $count ->
    [0] 힌트 없이
   *[other] 힌트 { $count }개
}
page-course-hint = 힌트 { $hint }/{ $hints }
page-course-hop = { $hop }번째 홉 보기
page-course-many = { $connections }개를 보냈고 파드 { $pods }개가 응답했습니다
