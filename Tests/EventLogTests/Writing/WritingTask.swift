import EventLog
import LogFormat
import LogStorage
import LoyaltyLedgerTesting
import SystemPackage

/// What a writer does, so that a fault can be put at every storage call of it.
enum WritingTask: String, CaseIterable {
    case append, marker, roll, close
    /// Closing a log that needs no marker.
    case closeMarked

    /// The batch of `append` and `roll`.
    static let batch = LogFixture.batch(77, records: 20, factsBytes: 200)

    /// A disk with a log that its writer left about to do it.
    func prepared() throws -> SimulatedDisk {
        let disk = try LogFixture.disk()
        _ = try prepare(on: disk)
        return disk
    }

    /// A log on any storage with a root directory.
    func prepare(on storage: any LogStorage) throws -> EventLog {
        let log = try LogFixture.create(storage)
        for _ in 0..<(self == .roll ? try Self.batchesOfASegment.get() : 1) {
            _ = try log.append(Self.batch, recordedAt: 10)
        }
        if self == .closeMarked { try log.writeMarker() }
        return log
    }

    func run(_ log: EventLog) throws {
        switch self {
        case .append, .roll: _ = try log.append(Self.batch, recordedAt: 10)
        case .marker: try log.writeMarker()
        case .close, .closeMarked: try log.close()
        }
    }

    /// How many batches fit a segment.
    private static let batchesOfASegment = Result<Int, any Error> {
        let disk = MemoryDisk()
        let log = try EventLog.create(at: LogFixture.root, storage: disk, options: LogFixture.options)
        var count = 0
        while disk.paths.filter({ $0.extension == "segment" }).count < 2 {
            _ = try log.append(batch, recordedAt: 10)
            count += 1
        }
        return count - 1
    }
}
