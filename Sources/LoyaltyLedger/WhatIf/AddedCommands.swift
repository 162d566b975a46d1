internal import LoyaltyDomain

/// Commands that are supposed to have been given, waiting for their place among those that were.
struct AddedCommands {
    /// Those with a recorded time, by it.
    private var recorded: ArraySlice<CommandRequest>
    /// Those without, by card and by when they occurred.
    private var undated: [CardID: [CommandRequest]] = [:]
    private var lastRecordedAt = Timestamp.epoch

    init(_ requests: [CommandRequest]) {
        recorded =
            requests.filter { $0.recordedAt != nil }
            .sorted { ($0.recordedAt ?? .epoch) < ($1.recordedAt ?? .epoch) }[...]
        for request in requests.sorted(by: { $0.command.occurredAt < $1.command.occurredAt })
        where request.recordedAt == nil {
            undated[request.command.card, default: []].append(request)
        }
    }

    /// Those recorded before an instant that were not given out yet.
    mutating func recorded(before instant: Timestamp) -> [CommandRequest] {
        lastRecordedAt = max(lastRecordedAt, instant)
        let due = recorded.prefix { ($0.recordedAt ?? .epoch) < instant }
        recorded.removeFirst(due.count)
        return Array(due)
    }

    /// Those without a recorded time that occurred on the same card before a command; they come in with it.
    mutating func occurred(before command: CommandRequest) -> [CommandRequest] {
        guard let waiting = undated[command.command.card] else { return [] }
        let due = waiting.prefix { $0.command.occurredAt < command.command.occurredAt }
        undated[command.command.card] = Array(waiting.dropFirst(due.count))
        return due.map { request in
            var request = request
            request.recordedAt = command.recordedAt
            request.issuing = request.issuing ?? command.issuing
            return request
        }
    }

    /// What is left, in the order of time.
    mutating func rest() -> [CommandRequest] {
        let late = undated.values.joined().map { request in
            var request = request
            request.recordedAt = max(lastRecordedAt, request.command.occurredAt)
            return request
        }
        let all = recorded + late.sorted { $0.placeAtTheEnd < $1.placeAtTheEnd }
        (recorded, undated) = ([], [:])
        return Array(all)
    }
}

extension CommandRequest {
    /// By when it was recorded and occurred, then by card, so that no order of a dictionary shows.
    fileprivate var placeAtTheEnd: (Timestamp, Timestamp, String) {
        (recordedAt ?? .epoch, command.occurredAt, command.card.text)
    }
}
