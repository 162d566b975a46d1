public import LoyaltyDomain

/// What a sweep recorded.
public struct SweepReport: Hashable, Sendable {
    /// Cards on which something was due.
    public private(set) var cards: Int
    /// Events recorded.
    public private(set) var events: Int

    mutating func add(_ events: Int) {
        cards += 1
        self.events += events
    }
}

extension Ledger {
    /// Records what is due on every card before an instant: lapses, expiries, periods that begin, pins that end (D9).
    ///
    /// Sweeping twice records nothing the second time. Every command records what is due on its own card, so that a ledger that is never
    /// swept is late, and not wrong.
    ///
    /// - Parameters:
    ///   - instant: The instant; at most ten minutes after now.
    ///   - recordedAt: For manual clocks, and only for those.
    /// - Complexity: O(cards), and the history of those whose dated stamps lapse.
    public func sweep(at instant: Timestamp, recordedAt: Timestamp? = nil) async throws -> SweepReport {
        let request = SweepRequest(instant: instant, recordedAt: recordedAt)
        guard case .sweep(let result) = try await ask(.sweep(request)) else { throw LedgerError.closed }
        return try result.get()
    }

    /// Registers a device that works offline, so that its sequence numbers are command ids
    /// `.sequence(source: number, number: sequence)` (D23).
    ///
    /// The same device gets the number it had before.
    public func register(device: Label, recordedAt: Timestamp? = nil) async throws -> SourceRegistration {
        let request = DeviceRequest(device: device, recordedAt: recordedAt)
        guard case .source(let result) = try await ask(.device(request)) else { throw LedgerError.closed }
        return try result.get()
    }

    /// Takes in what devices did while they were offline, in one order whatever the order of arrival: by when it occurred, then by
    /// device, then by sequence number (D23).
    ///
    /// A redemption or spending of what is gone is recorded as a conflict, since it cannot be undone at the till. The
    /// same upload may be sent again.
    ///
    /// - Parameter requests: Commands with ids of registered devices; their source is set to `offline`.
    /// - Returns: An outcome for each, in the order of `requests`.
    public func upload(_ requests: [CommandRequest]) async throws -> [Result<Receipt, CommandError>] {
        let order = requests.indices.sorted { left, right in
            requests[left].offlineOrder < requests[right].offlineOrder
        }
        let sorted = order.map { index in
            var request = requests[index]
            request.context.source = .offline
            return request
        }
        let outcomes = try await execute(sorted)
        var answers = requests.map { _ in Result<Receipt, CommandError>.failure(.ledger(.closed)) }
        for (place, outcome) in zip(order, outcomes) { answers[place] = outcome }
        return answers
    }

    /// The sequence numbers that a device has left out so far, below its greatest; they are reported and never waited for (D23).
    ///
    /// - Returns: nil where no such device is registered.
    /// - Complexity: O(commands of the device).
    public func sequenceGaps(of device: Label) -> [ClosedRange<UInt64>]? {
        state.read { state in
            guard let number = state.devices.first(where: { $0.label == device })?.number else { return nil }
            return state.commands.sequences[number]?.gaps ?? []
        }
    }
}

extension CommandRequest {
    /// When, by which source, with which number.
    fileprivate var offlineOrder: (Int64, UInt32, UInt64) {
        guard case .sequence(let source, let number) = id else { return (command.occurredAt.milliseconds, .max, .max) }
        return (command.occurredAt.milliseconds, source, number)
    }
}

extension SequenceIndex {
    /// The numbers from 1 to the greatest that no command has.
    fileprivate var gaps: [ClosedRange<UInt64>] {
        var (gaps, next) = ([ClosedRange<UInt64>](), UInt64(1))
        for (number, _) in numbered where number >= next {
            if number > next { gaps.append(next...number - 1) }
            next = number + 1
        }
        return gaps
    }
}
