import LogFormat
import LogStorage
import LoyaltyLedgerTesting
import Snapshots
import SystemPackage

/// A store on a simulated disk, for a log whose every chain hash is the same.
struct Shelf {
    let disk: SimulatedDisk
    let store: SnapshotStore
    let logID: LogID

    init() throws {
        let disk = SimulatedDisk()
        try disk.createDirectory("/ledger")
        self.init(disk)
    }

    init(_ disk: SimulatedDisk) {
        self.disk = disk
        store = SnapshotStore(directory: "/ledger/snapshots", storage: disk)
        logID = Self.logID
    }

    func binding(at position: UInt64, recordedAt: Int64 = 1000) -> SnapshotBinding {
        SnapshotBinding(
            logID: logID,
            position: Position(rawValue: position),
            chainHash: Self.hash(1),
            foldVersion: 1,
            recordedAt: recordedAt,
            greatestEffectiveAt: recordedAt - 1
        )
    }

    func file(_ position: UInt64) -> FilePath { store.file(at: Position(rawValue: position)) }

    func newest(chainHashAt: (Position) -> ChainHash? = { _ in Shelf.hash(1) }) -> SnapshotSearch<[UInt8]> {
        store.newest(matching: logID, foldVersion: 1, chainHashAt: chainHashAt)
    }

    static func hash(_ byte: UInt8) -> ChainHash { ChainHash([UInt8](repeating: byte, count: 32)) ?? .zero }

    /// Bytes that hardly compress, always the same ones.
    static func noise(_ count: Int) -> [UInt8] {
        var state: UInt64 = 0x2545_f491_4f6c_dd1d
        return (0..<count).map { _ in
            state ^= state << 13
            state ^= state >> 7
            state ^= state << 17
            return UInt8(truncatingIfNeeded: state)
        }
    }

    private static let logID: LogID = {
        guard let id = LogID([UInt8](1...16)) else { preconditionFailure("16 bytes are a log id") }
        return id
    }()
}
