## Sentences with numbers and names.

page-hop = hop { $hop } of { $hops }
    .short = { $hop } / { $hops }
page-resolved = { $services ->
        [one] { $services } Service
       *[other] { $services } Services
    } · { $pods ->
        [one] { $pods } Pod
       *[other] { $pods } Pods
    } · { $nodes ->
        [one] { $nodes } Node
       *[other] { $nodes } Nodes
    } resolved in { $took } ms
page-older-picture = { $count ->
    [one] Document { $number } (from line { $line }) cannot be parsed: this is the picture of the text before it broke.
   *[other] { $count } documents cannot be parsed, the first from line { $line }: this is the picture of the text before.
}
page-documents-left-out = { $drawn ->
    [0] The text cannot be parsed: nothing of it is drawn.
   *[other] { $count ->
        [one] Document { $number } (from line { $line }) cannot be parsed and is left out; the rest is drawn.
       *[other] { $count } documents cannot be parsed and are left out, the first from line { $line }; the rest is drawn.
    }
}
page-nothing-to-call = No Service to call yet. Type an address or a name.
page-errors = { $count ->
        [one] { $count } error
       *[other] { $count } errors
    }
page-warnings = { $count ->
        [one] { $count } warning
       *[other] { $count } warnings
    }
page-notes = { $count ->
        [one] { $count } note
       *[other] { $count } notes
    }
page-alike-problems = { $count } more of this kind
page-more-problems = … { $count } more. “Copy” has all of them.
page-found = { $count } found
page-more-found = … { $count } more. More words find fewer.
page-more-chains = … { $count } more chains. The search finds what is in them.
page-more-slices = … { $count } more EndpointSlices. The search finds them.
page-found-lines = { $count } of { $total } lines
page-came-later = Created after the Pod, so the Pod has no variables for them: { $services }. Create Services first, or restart the Pod. DNS names work either way.
page-course-step = step { $step } of { $steps }
page-course-done = { $done } of { $lessons } done
page-course-minutes = { $minutes } min
page-course-hints = { $count ->
    [0] no hint
    [one] 1 hint
   *[other] { $count } hints
}
page-course-hint = Hint { $hint } of { $hints }
page-course-hop = Show hop { $hop }
page-course-many = { $connections } sent, { $pods ->
    [one] one pod answered
   *[other] { $pods } pods answered
}
