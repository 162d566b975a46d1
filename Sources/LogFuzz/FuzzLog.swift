import EventLog
import LogFormat
import LogStorage
import LoyaltyLedgerTesting
import SystemPackage

/// A log in memory whose files a target filled: everything that looks at a log must come back with an answer or an error.
struct FuzzLog {
    static let root: FilePath = "/fuzz"
    static let logID = LogID([UInt8](1...16)) ?? LogID.random()
    static let capacity = FormatLimits.smallestSegment

    private let disk = MemoryDisk()

    /// The identity of a segment of the log.
    static func identity(_ ordinal: UInt64) -> SegmentIdentity { SegmentIdentity(logID: logID, ordinal: ordinal) }

    /// A good header.
    static func header(_ ordinal: UInt64, first: Position, previousHash: ChainHash) -> SegmentHeader {
        SegmentHeader(
            identity: identity(ordinal),
            firstPosition: first,
            capacity: capacity,
            createdAt: 0,
            previousHash: previousHash
        )
    }

    /// Puts a segment there.
    func put(_ segment: [UInt8], first: Position) {
        disk.put(segment, at: Self.root.appending("log").appending(first.hexadecimal + ".segment"))
    }

    /// Puts the manifest there.
    func put(_ manifest: Manifest) { disk.put(manifest.encoded(), at: Self.root.appending("MANIFEST")) }

    /// Looks at the log in every way, reading first, as opening may change it.
    func explore() {
        _ = try? EventLog.verify(at: Self.root, storage: disk)
        _ = try? EventLog.describe(at: Self.root, storage: disk)
        if let log = try? EventLog.openReadOnly(at: Self.root, storage: disk) { read(log.makeReader()) }
        guard let log = try? EventLog.open(at: Self.root, storage: disk) else { return }
        read(log.makeReader())
        try? log.close()
    }

    private func read(_ reader: LogReader) {
        try? reader.forEachBlock(sections: .all) { _ in }
        try? reader.forEachRecord(ofStream: StreamNumber(rawValue: 1)) { _, _ in }
        _ = try? reader.record(at: .first)
        _ = try? reader.chainHash(after: Position(rawValue: 2))
    }
}
