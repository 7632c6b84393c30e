## The course, the tour and the glossary.

label-course = Course
label-challenges = Challenges
label-course-all = All
label-course-fewer = Fewer
label-course-reset = Back to the manifests of the lesson
label-course-predict = Predict
label-course-send = Send
label-course-run = Run
label-course-choose-first = Choose an answer first
label-course-your-choice = your choice
label-course-what-happens = what happens
label-course-sent = Sent
label-course-ran = Printed
label-course-compare = Compare
label-course-right = Right.
label-course-not-this-time = Not this time.
label-course-other-cluster = The manifests are not those of the lesson any more, so no answer fits. Go back to them to compare.
label-course-change = Make a change
label-course-check = Check
label-course-check-note = judged by what happens, not by what is written
label-course-required = Must hold:
label-course-holds = Holds:
label-course-fails = Does not hold:
label-course-passed = Done.
label-course-next = Next lesson
label-course-goal = Goal:
label-course-made = Made for you
label-course-today = Today's challenge
label-course-another = Another one
label-course-link = Link to this challenge
label-course-unreadable = The files of the lesson cannot be loaded.
label-tour-welcome = A call to a Service is ready. Press Send and watch its packet, hop by hop.
label-tour-start = Show me around
label-tour-skip = Skip
label-tour-back = Back
label-tour-next = Next
label-tour-done = Done
label-tour-editor = The manifests
label-tour-editor-text = Paste your own here, or change these. The cluster follows at once, and what an API server would reject is listed below.
label-tour-send = Send
label-tour-send-text = Choose who calls and what is called, then press Send. ×100 shows how connections are spread over pods.
label-tour-header = The header
label-tour-header-text = Source and destination of the packet at this hop. What the hop rewrites is struck out, and the list says why. Underlined terms explain themselves.
label-tour-rules = The rules
label-tour-rules-text = The rules that kube-proxy wrote on the node, as the node would print them. After Send, those that matched are lit. The Lesson tab begins with the first step.
label-glossary-lesson = Lesson
label-lesson-section-basics = Services
label-lesson-section-discovery = Finding a Service
label-lesson-section-outside = From outside
label-lesson-section-traffic = Where traffic goes
label-lesson-section-debug = Debugging
label-lesson-section-gateway = The Gateway API
label-lesson-section-own-hardware = Without a cloud: MetalLB and k3s
label-lesson-section-challenges = Challenges: broken clusters

## What the check of a lesson requires.

required-answered = is answered
required-answered-by = is answered by { $by }
required-source-seen = the source seen is { $source ->
        [client] the outside client
       *[other] { $source }
    }
required-refused = is refused
required-timed-out = times out
required-no-such-name = the name does not exist
required-lookup-failed = the name cannot be looked up
required-status = HTTP status { $status }
required-pods = { $count ->
    [one] one pod answers
   *[other] { $count } pods answer
}
required-share = { $by } answers { $percent } %
required-prints = prints “{ $text }”
required-prints-not = does not print “{ $text }”

## What the check of a lesson found in its place.

instead-ended = instead: { $verdict }{ GIVEN($node) ->
    [yes] {" "}That pod is on { $node }.
   *[no] {""}
}
instead-source = instead: the source seen is { $source }
instead-share = instead: { $percent } % of the connections
instead-pods = instead: { $count ->
    [0] no pod answers
    [one] one pod answers
   *[other] { $count } pods answer
}
instead-not-printed = instead: no line of the output contains it
instead-printed = instead: the output contains it
instead-impossible = cannot be asked: { $why }
