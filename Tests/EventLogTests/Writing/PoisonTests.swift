import EventLog
import LogFormat
import LogStorage
import LoyaltyLedgerTesting
import SystemPackage
import Testing

/// A fault at every storage call of everything that a writer does.
@Suite struct PoisonTests {
    @Test(
        "after a failed call everything throws the first cause, and reopening goes on",
        arguments: WritingTask.allCases,
        [Errno.ioError, .noSpace]
    )
    func everyCall(_ task: WritingTask, _ errno: Errno) throws {
        var poisoned = 0
        let prepared = try task.prepared()
        for number in 1... {
            let disk = prepared.crashed()
            let log = try LogFixture.open(disk)
            let head = log.head
            let before = disk.calls.count
            disk.failCall(number, errno: errno)
            let result = Result { try task.run(log) }
            guard disk.calls.count - before >= number else {
                try result.get()
                break
            }
            let call = disk.calls[before + number - 1]
            switch result {
            case .success:
                // Only derived files come behind the first that is one, and before the batch.
                let isDerived = disk.calls[before..<before + number].contains { $0.path.string.contains(".cards") }
                #expect(isDerived, "\(call) failed unnoticed")
            case .failure(let error):
                let error = try #require(error as? LogError)
                #expect(error.underlying?.errno == errno)
                #expect(error.underlying?.operation == call.operation)
                #expect(log.head == head)
                if Self.changesNothing(call, errno) {
                    try expectIntact(log, task, error)
                } else {
                    poisoned += 1
                    try expectPoisoned(log, error)
                }
            }
            try expectReopens(disk, head, "\(call)")
        }
        #expect(poisoned >= (task == .closeMarked ? 1 : 2))
    }

    /// Whether the disk was full when the next segment was made ready, under its temporary name.
    private static func changesNothing(_ call: SimulatedDisk.Call, _ errno: Errno) -> Bool {
        errno == .noSpace && call.path.string.hasSuffix(".segment.tmp") && call.operation != .rename
    }

    private func expectIntact(_ log: EventLog, _ task: WritingTask, _ error: LogError) throws {
        #expect(error.code == .noSpace)
        #expect(log.failure == nil)
        try log.writeMarker()
        try task.run(log)
        try log.close()
    }

    private func expectPoisoned(_ log: EventLog, _ first: LogError) throws {
        #expect(first.code == .io, "\(first)")
        #expect(log.failure == first)
        let calls: [() throws -> Void] = [
            { _ = try log.append(WritingTask.batch, recordedAt: 10) },
            { try log.writeMarker() },
            { try log.close() },
        ]
        for call in calls + calls {
            let error = #expect(throws: LogError.self) { try call() }
            #expect(error?.code == .poisoned)
            #expect(error?.underlying == first.underlying)
            #expect(error?.file == first.file)
        }
        #expect(log.failure == first)
    }

    private func expectReopens(_ disk: SimulatedDisk, _ head: LogHead, _ call: String) throws {
        for disk in [disk.crashed(), disk] {
            if try disk.isLocked("/ledger/LOCK") { continue }
            let again = try LogFixture.open(disk)
            #expect(again.head.position >= head.position, "\(call)")
            _ = try again.append(LogFixture.batch(5), recordedAt: 10)
            try again.close()
            #expect(try EventLog.verify(at: LogFixture.root, storage: disk).isGood, "\(call)")
        }
    }
}
