## What is wrong with a file of expectations (`kubehop check --expect`).

expectation-not-yaml = { $message }
expectation-wrong-shape = { GIVEN($field) ->
    [yes] { $field } must be
   *[no] This must be
} { $wanted ->
    [list] a list.
    [mapping] a mapping.
    [number] a number.
    [status] an HTTP status from 100 to 599.
    [shares] a mapping from who answers to a percentage.
    [percent] a percentage from 0 to 100.
    [range] a range of addresses, 10.244.0.0/16.
   *[text] a text.
}
expectation-unknown-field = There is no field { $field } here. The fields are { $known }.
expectation-missing-field = The field { $field } is missing.
expectation-unknown-outcome = { $text } is not an outcome. The outcomes are { $known }.
expectation-no-answerer = { $text } names nobody who can answer. Write pod/name, deployment/name, node/name, an IP address, or outside.
expectation-other-question = “{ $wanted }” does not fit the question: a connection is answered or fails, and only what run names prints.

## What became of an expectation. $wanted is in the words of the file: answered by deployment/web.

judgement-met = { $wanted }
judgement-not-met = expected { $wanted }. { $found }
judgement-not-printed = expected { $wanted }, but no line of the output contains it.
judgement-printed = expected { $wanted }, but the output contains it.
judgement-other-source = expected { $wanted }, but the source is { $source }.
judgement-other-share = expected { $wanted }, but the share is { $percent } %.
judgement-other-pods = expected { $wanted }, but { $count ->
    [one] one pod answers.
   *[other] { $count } pods answer.
}
judgement-impossible = expected { $wanted }. { $why }
