# Every sentence of kubehop in English, in the Fluent syntax (projectfluent.org/fluent/guide). What real tools print
# (errors of the API server, tables of kubectl, rules) is not here: it stays as they print it.
#
# A message's name is the name of its enum, a dash, and the name of the variant; its arguments are the variant's fields.
# The message itself is the headline, .detail says the rest: what it means and what would mend it.
# An argument that may be missing is asked for with GIVEN: { GIVEN($name) -> [yes] … *[no] … }.


## What is wrong with the manifests

problem-rejected = { $message }

problem-server-warning = { $message }
    .detail = The API server accepts it all the same, and prints this warning.

problem-duplicate-key = The key { $key } stands twice
    .detail = The API server accepts that silently and uses the last one. Remove the one you do not mean.

problem-not-modelled = { $kind } is accepted, but not simulated
    .detail = kubehop counts objects of { $apiVersion } { $kind }. They change nothing in the picture.

problem-capped = { $shown } of { $asked } are shown
    .detail = kubehop simulates no more at once. Ask for fewer to see every one.

problem-selects-nothing = Service { $service } selects no Pod
    .detail = { $pods ->
        [0] No Pod carries { $selector }. Give it to the labels of the Pods that are meant, or change the selector.
        [one] No Pod carries { $selector }. One Pod carries { $nearest }: is that the one meant?
       *[other] No Pod carries { $selector }. { $pods } Pods carry { $nearest }: are those meant?
    }

problem-target-port-not-found = Port { $port } of Service { $service } has no endpoint
    .detail = { GIVEN($declared) ->
        [yes] No container of the selected Pods names a port { $target }. They name { $declared }.
       *[no] No container of the selected Pods names a port { $target }, nor any other. Name one, or use a number.
    }

problem-load-balancer-pending = Service { $service } waits for an external address
    .detail = Nothing in this cluster gives out addresses, so EXTERNAL-IP stays <pending>. Switch on the cloud load balancer under Cluster, or reach the Service through its node port.
