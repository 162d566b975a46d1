import EventLog
import LogFormat
import LoyaltyLedgerTesting
import SystemPackage

/// A short sequence of operations on a small log, stopped at one of its calls to the disk.
struct Trial {
    /// How it is stopped.
    enum Stop: String, CaseIterable {
        /// The power goes.
        case powerCut = "the power goes"
        /// The call fails, and the process dies.
        case failure = "it fails with an I/O error"
        /// The call finds no room, and the process dies.
        case noSpace = "it finds no room"
    }

    static let root: FilePath = "/ledger"
    private static let options: EventLogOptions = {
        var options = EventLogOptions(segmentCapacity: 64 << 10, now: { 1_700_000_000_000 })
        let id = LogID([UInt8](1...16)) ?? .random()
        options.makeLogID = { id }
        return options
    }()

    let disk: SimulatedDisk
    private(set) var model = LogModel()
    private var log: EventLog?
    private var random = SeededRandom(seed: 7)
    private var number: UInt64 = 0

    /// A log whose first segment has a few free sectors left.
    init() throws {
        disk = SimulatedDisk()
        try disk.createDirectory("/")
        let log = try EventLog.create(at: Self.root, storage: disk, options: Self.options)
        self.log = log
        while try used(log) < 52_000 { _ = try append(.large) }
    }

    /// The same log on a disk of its own, after a crash that leaves some unsynced pieces; nil for the end of the process alone.
    init(copying other: Trial, survives: ((UnsyncedUnit) -> Bool)?) {
        disk = survives.map { other.disk.afterCrash(keeping: $0) } ?? other.disk.restarted()
        model = other.model
        random = other.random
        number = other.number
    }

    /// Runs a sequence and stops at the `call`th call to the disk.
    ///
    /// - Returns: false if the sequence was over before.
    mutating func run(_ sequence: [Operation], stopAt call: Int, _ stop: Stop) throws -> Bool {
        log = try EventLog.open(at: Self.root, storage: disk, options: Self.options)
        let end = disk.callCount + call
        switch stop {
        case .powerCut: disk.cutPower(at: call)
        case .failure: disk.failCall(call)
        case .noSpace: disk.failCall(call, errno: .noSpace)
        }
        for operation in sequence {
            do throws(LogError) {
                try perform(operation)
            } catch {
                let isAllowed = [.io, .noSpace, .poisoned].contains(error.code)
                try Violation.unless(isAllowed, "\(operation) failed: \(error)")
                break
            }
        }
        log = nil
        return disk.callCount >= end || disk.isOff
    }

    /// Opens what a crash left, compares it with the model, and goes on.
    mutating func judge() throws {
        let report = try EventLog.verify(at: Self.root, storage: disk)
        if let damage = report.damage { throw Violation("verify found damage where there is none: \(damage)") }
        do throws(LogError) {
            log = try EventLog.open(at: Self.root, storage: disk, options: Self.options)
        } catch {
            throw Violation("opening halted without damage: \(error)")
        }
        guard let log else { return }
        try model.accept(log.head)
        try model.compare(log.makeReader(), least: model.position)
        _ = try append(.small)
        self.log = nil
        disk.crash { _ in false }
        let again = try EventLog.open(at: Self.root, storage: disk, options: Self.options)
        try model.accept(again.head)
        try model.compare(again.makeReader(), least: model.position)
    }

    private func used(_ log: EventLog) throws -> Int {
        try EventLog.describe(at: Self.root, storage: disk).segments[0].usedByteCount
    }

    private mutating func perform(_ operation: Operation) throws(LogError) {
        switch operation {
        case .small, .large, .roll: try append(operation)
        case .marker: try log?.writeMarker()
        case .reopen, .restart:
            if operation == .reopen { try log?.close() }
            log = nil
            if operation == .restart, !disk.isOff { disk.releaseLocks() }
            log = try EventLog.open(at: Self.root, storage: disk, options: Self.options)
            if let head = log?.head, (try? model.accept(head)) == nil {
                throw LogError(.corrupt, "the log ends at \(head.position), which the law forbids")
            }
        }
    }

    private mutating func append(_ operation: Operation) throws(LogError) {
        guard let log else { return }
        let size =
            switch operation {
            case .small: 40
            case .large: 1500
            default: 14_000
            }
        number += 1
        let record = ModelRecord(
            stream: .ledger,
            eventCount: 1,
            id: .sequence(source: 1, number: number),
            recordedAt: 5,
            facts: BatchShape.noise(&random, size),
            details: []
        )
        let batch = ModelBatch(records: [record])
        model.handOver(batch)
        do throws(LogError) {
            _ = try log.append(batch.builder(blockBytes: 4096), recordedAt: 5)
            model.acknowledge(log.head.chainHash)
        } catch {
            if error.code == .noSpace { model.refuse() }
            throw error
        }
    }
}
