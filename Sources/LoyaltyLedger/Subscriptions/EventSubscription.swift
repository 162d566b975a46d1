internal import EventLog
internal import LogFormat
public import LoyaltyDomain

/// Every committed event behind a position, in the order of positions: none left out, none twice.
///
/// First what is there, then what comes. Each iteration reads on its own, from the same position. Blocks are read when they are
/// asked for, so that a slow subscriber holds up nobody and keeps no more in memory than the blocks it is at.
///
///     for try await event in ledger.events(after: checkpoint.position) {
///         try await mail(event)
///         try await checkpoint.save(event.position)
///     }
///
/// It ends when its task is cancelled, when the ledger is closed and everything was delivered, or, if it does not follow, at the end
/// of the ledger as it was. It fails where the log cannot be read, is damaged, or holds an event that this version does not
/// understand; then it has delivered everything before that.
public struct EventSubscription: AsyncSequence, Sendable {
    /// A committed event.
    public typealias Element = RecordedEvent
    /// Why the log cannot be read on.
    public typealias Failure = LedgerError

    let source: EventFeed.Source
    let position: UInt64
    /// The last one that is wanted; nil for all that come.
    let last: UInt64?

    /// Begins to read.
    public func makeAsyncIterator() -> Iterator {
        Iterator(feed: EventFeed(source, readsTexts: true), position: position, last: last)
    }

    /// One walk over the events.
    public struct Iterator: AsyncIteratorProtocol {
        private let feed: EventFeed
        private let last: UInt64?
        private var position: UInt64
        private var blocks: ArraySlice<DecodedBlock> = []
        private var record = 0
        private var events: ArraySlice<RecordedEvent> = []
        private var decoder = EventDecoder(readsTexts: true)
        private var hasBegun = false
        private var hasEnded = false

        init(feed: EventFeed, position: UInt64, last: UInt64?) {
            self.feed = feed
            self.position = position
            self.last = last
        }

        /// Whether the next call has to read, and perhaps to wait: a good moment to write out what was gathered.
        public var isDrained: Bool {
            events.isEmpty && blocks.dropFirst().isEmpty && blocks.first.map { record >= $0.records.count } ?? true
        }

        /// The next event; nil at the end, or where the task was cancelled.
        ///
        /// - Throws: `LedgerError`; then there is no next one.
        public mutating func next(
            isolation actor: isolated (any Actor)? = #isolation
        ) async throws(LedgerError) -> RecordedEvent? {
            do throws(LedgerError) {
                while !hasEnded, !Task.isCancelled {
                    if let event = events.popFirst() {
                        position = event.position
                        return event
                    }
                    if try !decodeRecord() { try await pull() }
                }
            } catch {
                hasEnded = true
                throw error
            }
            return nil
        }

        /// Decodes the next record of the blocks that are there; false where there is none.
        private mutating func decodeRecord() throws(LedgerError) -> Bool {
            guard let block = blocks.first else { return false }
            guard record < block.records.count else {
                blocks.removeFirst()
                record = 0
                return !blocks.isEmpty
            }
            var decoded: [RecordedEvent] = []
            try decoder.forEach(in: block.records[record], of: block, after: position) { decoded.append(copy $0) }
            record += 1
            events = decoded[...]
            return true
        }

        /// Reads the next blocks, waiting for them where there are none.
        private mutating func pull() async throws(LedgerError) {
            if !hasBegun {
                try await feed.check(position)
                hasBegun = true
            }
            if let last, position >= last {
                hasEnded = true
                return
            }
            switch try await feed.pull(after: position, through: last) {
            case .blocks(let pulled):
                blocks = pulled[...]
                record = 0
                skipSeen()
            case .nothing where last == nil: try await feed.wait(beyond: position)
            case .nothing, .end: hasEnded = true
            }
        }

        /// Passes over records that lie before the position in the first block.
        private mutating func skipSeen() {
            guard let block = blocks.first else { return }
            record = block.records.firstIndex { $0.nextPosition.rawValue > position + 1 } ?? block.records.count
        }
    }
}
