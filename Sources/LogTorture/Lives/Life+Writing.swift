import EventLog
import LogFormat
import LoyaltyLedgerTesting
import Snapshots

extension Life {
    /// Creates the log, through crashes and faults.
    func create() throws {
        for attempt in 0... {
            if attempt < 3, random.chance(30) { disturb(calls: 25) }
            do throws(LogError) {
                log = try EventLog.create(at: Self.root, storage: disk, options: options)
                disk.clearPlan()
                return tell("created")
            } catch {
                tell("not created: \(error.summary)")
                if error.code == .alreadyExists, !disk.isOff {
                    disk.clearPlan()
                    return try accept(EventLog.open(at: Self.root, storage: disk, options: options))
                }
                try Violation.unless(
                    attempt < 3 && [.io, .noSpace].contains(error.code),
                    "a log could not be created: \(error)"
                )
                die(withMachine: 50)
            }
        }
    }

    /// Lets a fault or a power cut strike one of the next calls.
    func disturb(calls: Int) {
        let number = 1 + random.below(calls)
        if random.chance(50) {
            disk.cutPower(at: number)
            tell("the power will go \(number) calls from here")
        } else {
            let fault = random.pick(temper.callFaults)
            let times = fault == .failedSync || random.chance(60) ? 1 : 2 + random.below(6)
            disk.schedule(fault, from: number, times: times)
            tell("\(fault.rawValue) will strike \(number) calls from here, \(times) times")
        }
    }

    /// Appends, writes markers and snapshots, until the steps are done or the log is.
    func work(steps: Int) throws {
        // What a recovery has cut or written again must hold through a crash in the very next append.
        if let log, log.openReport.tornTail != nil, random.chance(40) { try dieAppending(log) }
        if random.chance(temper.callPercent) { disturb(calls: 1 + 6 * steps) }
        for _ in 0..<steps {
            guard let log, log.failure == nil else { break }
            switch random.below(20) {
            case 0..<2: try writeMarker(log)
            case 2: writeSnapshot(log)
            case 3: try read(log)
            default: try append(log, BatchShape.pick(&random))
            }
        }
    }

    func append(_ log: EventLog, _ shape: BatchShape) throws {
        clock += Int64(random.below(3))
        let batch = shape.batch(&random, number: &recordNumber, recordedAt: clock)
        let builder = batch.builder(blockBytes: random.pick([512, 4096, 64 << 10]))
        let before = model.position
        model.handOver(batch)
        do throws(LogError) {
            let positions = try log.append(builder, recordedAt: clock)
            let expected = before + 1...before + UInt64(batch.eventCount)
            try check(positions.lowerBound.rawValue...positions.upperBound.rawValue == expected, "\(positions)")
            model.acknowledge(log.head.chainHash)
            tell("appended \(batch.eventCount) events, \(shape): position \(model.position)")
        } catch let error {
            tell("not appended, \(shape): \(error.summary)")
            if error.code == .noSpace, !disk.isOff {
                model.refuse()
                let isIntact = log.failure == nil && log.head.position.rawValue == before
                try Violation.unless(isIntact, "a full disk changed the log: \(error)")
            } else {
                try checkPoisoned(log, error)
            }
        }
    }

    /// The power goes at the write or the sync of an append, or in a roll.
    private func dieAppending(_ log: EventLog) throws {
        let number = random.chance(80) ? 1 + random.below(2) : 3 + random.below(8)
        disk.cutPower(at: number)
        tell("the power will go \(number) calls from here")
        try append(log, BatchShape.pick(&random))
    }

    func writeMarker(_ log: EventLog) throws {
        do throws(LogError) {
            try log.writeMarker()
            tell("wrote a marker")
        } catch {
            tell("no marker: \(error.summary)")
            if error.code == .noSpace, !disk.isOff { return }
            try checkPoisoned(log, error)
        }
    }

    /// Reads all of it; a disk that fails is no violation.
    private func read(_ log: EventLog) throws {
        do {
            try model.compare(log.makeReader(), least: model.position)
            tell("read everything")
        } catch let error as LogError where error.code == .io {
            tell("not read: \(error.summary)")
        }
    }

    /// After a failed call the log must take nothing more, and not even try.
    private func checkPoisoned(_ log: EventLog, _ error: LogError) throws {
        try Violation.unless(error.code == .io, "an append failed for no reason of the disk: \(error)")
        let calls = disk.callCount
        var number = recordNumber
        let batch = BatchShape.tiny.batch(&random, number: &number, recordedAt: clock)
        do throws(LogError) {
            _ = try log.append(batch.builder(blockBytes: 512), recordedAt: clock)
        } catch {
            try Violation.unless(error.code == .poisoned, "after a failure: \(error)")
            return try Violation.unless(disk.callCount == calls, "a poisoned log went on to use the disk")
        }
        throw Violation("a log accepted a batch after it had failed: \(error)")
    }

    private func check(_ condition: Bool, _ positions: String) throws(LogError) {
        precondition(condition, "the log gave positions \(positions), which are not the next ones")
    }

    /// Ends the process in one of the ways a process ends.
    func end() throws {
        if let log, log.failure == nil, !disk.isOff, random.chance(25) { try dieAppending(log) }
        if let log, random.chance(35) {
            do throws(LogError) {
                try log.close()
                tell("closed")
            } catch {
                tell("not closed: \(error.summary)")
            }
        }
        die(withMachine: 65)
    }

    // MARK: - Snapshots

    /// A state that tells which position it was taken at.
    private static func snapshotState(_ position: UInt64) -> [UInt8] {
        (0..<64 + Int(position % 1000)).map { UInt8(truncatingIfNeeded: $0 ^ Int(position)) }
    }

    private func writeSnapshot(_ log: EventLog) {
        let head = log.head
        guard head.position >= .first else { return }
        let binding = SnapshotBinding(
            logID: log.logID,
            position: head.position,
            chainHash: head.chainHash,
            foldVersion: 1,
            recordedAt: head.recordedAt,
            greatestEffectiveAt: head.recordedAt
        )
        do {
            try store.write(Self.snapshotState(head.position.rawValue), binding)
            snapshotPosition = head.position.rawValue
            tell("wrote a snapshot at \(head.position)")
        } catch {
            tell("no snapshot: \(error)")
        }
    }

    /// The newest snapshot that was written is found, and it is what was written.
    func checkSnapshots(_ reader: LogReader) throws {
        guard snapshotPosition > 0 else { return }
        let search = store.newest(
            matching: reader.logID,
            foldVersion: 1,
            chainHashAt: { try? reader.chainHash(after: $0) }
        )
        let position = search.found?.binding.position.rawValue ?? 0
        try Violation.unless(
            position >= snapshotPosition,
            "the snapshot at \(snapshotPosition) is gone: \(search.passedOver)"
        )
        let isSame = search.found?.state == Self.snapshotState(position)
        try Violation.unless(isSame, "the snapshot at \(position) holds another state")
    }
}
