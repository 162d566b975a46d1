internal import EventLog
internal import LogFormat
internal import LoyaltyDomain
internal import Synchronization
internal import SystemPackage

/// Pulls committed blocks behind a position: what is there, then what comes.
///
/// Disks are waited for on threads of their own; nothing is read ahead of who asks.
final class EventFeed: Sendable {
    /// Where blocks come from.
    enum Source: Sendable {
        /// The log this process writes, or a log as it was when it was opened.
        case own(@Sendable () throws -> LogReader, PositionSignal)
        /// A log that another process may be writing.
        case other(path: String, LedgerOptions)
    }

    /// What was pulled.
    enum Pull: Sendable {
        /// Blocks of which the first may begin before the position; not one of them lies behind it whole.
        case blocks([DecodedBlock])
        /// Nothing more yet.
        case nothing
        /// Nothing more will ever come.
        case end
    }

    private enum Reading {
        case own(LogReader)
        case other(LogFollower)

        var reader: LogReader {
            switch self {
            case .own(let reader): reader
            case .other(let follower): follower.reader
            }
        }
    }

    private let source: Source
    private let sections: SectionSet
    /// Opened at the first pull, on a thread that may wait.
    private let reading = Mutex<Reading?>(nil)

    /// How long the look at another process's log is put off while nothing comes.
    private static let lookInterval = Duration.milliseconds(20)
    /// Looks may take this share of the time at most.
    private static let looksAtMostOneIn = 4

    init(_ source: Source, readsTexts: Bool) {
        self.source = source
        sections = readsTexts ? .all : .ids
    }

    /// The next blocks, of what is there.
    ///
    /// - Parameters:
    ///   - position: The last position that is not wanted.
    ///   - wanted: The last one that is, at which a batch ends; nil for all.
    func pull(after position: UInt64, through wanted: UInt64? = nil) async throws(LedgerError) -> Pull {
        let last: Position
        switch source {
        case .own(_, let signal):
            // Whether more will come is asked first: what is committed in between is then not missed.
            let now = signal.now
            if now.position <= position { return now.isFinished ? .end : .nothing }
            last = Position(rawValue: min(now.position, wanted ?? now.position))
        case .other: last = Position(rawValue: UInt64.max / 2)
        }
        let blocks = try await withReader { [sections] reader in
            try reader.blocks(after: Position(rawValue: position), through: last, sections: sections)
        }
        if blocks.isEmpty, case .own = source { throw .missing(position + 1) }
        return blocks.isEmpty ? .nothing : .blocks(blocks)
    }

    /// Waits until there may be more than a position, or the task is cancelled.
    func wait(beyond position: UInt64) async throws(LedgerError) {
        if case .own(_, let signal) = source { return await signal.wait(beyond: position) }
        let clock = ContinuousClock()
        var pause = Self.lookInterval
        while !Task.isCancelled {
            let start = clock.now
            if try await look() { return }
            pause = max(Self.lookInterval, (clock.now - start) * (Self.looksAtMostOneIn - 1))
            try? await Task.sleep(for: pause)
        }
    }

    /// The last position that may be read, and where its log stands.
    func head() async throws(LedgerError) -> UInt64 {
        if case .own(_, let signal) = source { return signal.now.position }
        return try await withReader { $0.head.position.rawValue }
    }

    /// Fails where a log ends before the position at which a subscriber says it stood: it is not the log it was.
    func check(_ position: UInt64) async throws(LedgerError) {
        let head = try await settle(through: position)
        guard head >= position || Task.isCancelled else {
            throw LedgerError(
                .beyondEnd,
                "the ledger ends at position \(head): it is not the one that was read up to here",
                position: position
            )
        }
    }

    /// The last position that may be read, after a moment's wait where it is a smaller one.
    func settle(through position: UInt64) async throws(LedgerError) -> UInt64 {
        var head = try await head()
        let clock = ContinuousClock()
        let deadline = clock.now + .seconds(1)
        // What another process has acknowledged may not be promised yet.
        while head < position, case .other = source, clock.now < deadline, !Task.isCancelled {
            try? await Task.sleep(for: Self.lookInterval)
            _ = try await look()
            head = try await self.head()
        }
        return head
    }

    /// Runs a call with the reader, on a thread that may wait.
    func withReader<Result: Sendable>(
        _ body: @escaping @Sendable (LogReader) throws -> Result
    ) async throws(LedgerError) -> Result {
        try await use { try body($0.reader) }
    }

    private func look() async throws(LedgerError) -> Bool {
        try await use { reading in
            if case .other(let follower) = reading { try follower.look() } else { false }
        }
    }

    private func use<Result: Sendable>(
        _ body: @escaping @Sendable (Reading) throws -> Result
    ) async throws(LedgerError) -> Result {
        do {
            return try await offThePool { [self] in
                try LedgerError.reading {
                    try reading.withLock { opened in
                        let reading = try opened ?? open()
                        opened = reading
                        return try body(reading)
                    }
                }
            }
        } catch let error as LedgerError {
            throw error
        } catch {
            throw LedgerError(.log, "\(error)")
        }
    }

    private func open() throws -> Reading {
        switch source {
        case .own(let makeReader, _): .own(try makeReader())
        case .other(let path, let options): .other(try LogFollower(at: FilePath(path), storage: options.storage))
        }
    }
}

extension LedgerError {
    fileprivate static func missing(_ position: UInt64) -> LedgerError {
        LedgerError(.log, "an event that was committed cannot be found", position: position)
    }
}
