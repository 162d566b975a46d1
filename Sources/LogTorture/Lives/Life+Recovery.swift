import EventLog
import LoyaltyLedgerTesting

extension Life {
    /// Opens the log again, through crashes and faults in recovery, up to three deep.
    func recover() throws {
        log = nil
        var depth = random.below(4)
        while true {
            if random.chance(15) { try look() }
            let isDisturbed = depth > 0
            if isDisturbed { disturb(calls: 20) }
            if let opened = try open(isDisturbed: isDisturbed) {
                disk.clearPlan()
                return try accept(opened)
            }
            die(withMachine: 50)
            depth -= 1
        }
    }

    /// The log; nil where a fault or a power cut is why there is none.
    private func open(isDisturbed: Bool) throws(Violation) -> EventLog? {
        do throws(LogError) {
            let opened = try EventLog.open(at: Self.root, storage: disk, options: options)
            return disk.isOff ? nil : opened
        } catch {
            tell("not opened: \(error.summary)")
            let isExcused = isDisturbed && [.io, .noSpace].contains(error.code)
            try Violation.unless(isExcused, "opening halted without damage: \(error)")
            return nil
        }
    }

    /// Before recovery, a reader sees what the law allows, and verify finds no damage.
    private func look() throws {
        let report = try EventLog.verify(at: Self.root, storage: disk)
        if let damage = report.damage { throw Violation("verify found damage where there is none: \(damage)") }
        let reader = try EventLog.openReadOnly(at: Self.root, storage: disk).makeReader()
        try model.compare(reader, least: model.position)
    }

    /// Closes the log, and looks at it from all sides.
    func finish() throws {
        try log?.close()
        log = nil
        disk.crash { _ in false }
        try look()
        try accept(EventLog.open(at: Self.root, storage: disk, options: options))
        try log.map { try append($0, .usual) }
        disk.restart()
        log = nil
        try look()
    }
}
