## Cluster events. .act labels the button that applies the event; .command is its name in the command palette; .cause says
## in the log what no kubectl command does.

happening-unready = { $pod } is not ready
    .act = Not ready
    .command = { $pod }: not ready
    .cause = No kubectl command: its readiness probe fails
happening-ready = { $pod } is ready
    .act = Ready
    .command = { $pod }: ready
    .cause = No kubectl command: its readiness probe succeeds
happening-deleted = { $pod } deleted
    .act = Delete
    .command = { $pod }: delete
happening-gone = { $pod } removed
    .act = Remove
    .command = { $pod }: remove
happening-scaled = { $kind } { $name }: { $replicas ->
        [one] { $replicas } Pod
       *[other] { $replicas } Pods
    }
    .act = Scale to { $replicas }
    .command = { $kind } { $name }: scale to { $replicas }
happening-node-down = { $node } is down
    .act = Node down
    .command = { $node }: down
    .cause = No kubectl command: the machine stops
happening-restarted = { $kind } { $name } restarted
    .act = Rollout restart
    .command = kubectl rollout restart { $object }
happening-image-set = { $kind } { $name }: { GIVEN($image) ->
        [yes] image { $image }
       *[no] next image
    }
    .act = Set image
    .command = kubectl set image { $object } { GIVEN($image) ->
        [yes] { $image }
       *[no] (next tag)
    }
happening-node-back = { $node } is back
    .act = Node back
    .command = { $node }: back
    .cause = No kubectl command: the machine runs again
happening-cordoned = { $node } cordoned
    .act = Cordon
    .command = kubectl cordon { $node }
happening-uncordoned = { $node } uncordoned
    .act = Uncordon
    .command = kubectl uncordon { $node }
happening-labeled = { $object }: { $changes }
    .act = Label { $changes }
    .command = kubectl label --overwrite { $object } { $changes }
happening-annotated = { $object }: { $changes }
    .act = Annotate { $changes }
    .command = kubectl annotate --overwrite { $object } { $changes }
happening-lagging = { $event }; the rules follow { $lag } s later
    .act = Delete, rules { $lag } s late
    .command = { $event }, with rules that follow { $lag } s later
