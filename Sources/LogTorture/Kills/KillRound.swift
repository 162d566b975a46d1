import EventLog
import LogFormat
import LoyaltyLedgerTesting
import SystemPackage

/// One log that lives through a number of kills.
struct KillRound {
    let path: String
    let program: String

    /// Kills so many victims; each goes on with the log the one before left.
    ///
    /// - Returns: how many events were acknowledged.
    func run(_ kills: Int, _ random: inout SeededRandom, progress: (Int) -> Void) throws -> UInt64 {
        var position: UInt64 = 0
        for kill in 0..<kills {
            let victim = try Victim(program: program, log: path)
            // Now and then in the middle of opening, or of creating.
            let awaitsFirst = !random.chance(15)
            let microseconds = random.below(random.pick([200, 3000, 12_000]))
            let result = try victim.kill(after: microseconds, awaitingFirst: awaitsFirst)
            try Violation.unless(result.wasAlive, "the victim of kill \(kill) of \(path) ended by itself")
            guard let acknowledged = result.positions.last ?? (position > 0 ? position : nil) else {
                progress(kill)
                continue
            }
            try Violation.unless(acknowledged >= position, "\(path): a victim found \(acknowledged) after \(position)")
            position = try check(acknowledged, from: position + 1, kill)
            progress(kill)
        }
        let report = try position > 0 ? EventLog.verify(at: FilePath(path)) : nil
        if let damage = report?.damage { throw Violation("\(path): \(damage)") }
        return position
    }

    /// Opens the log and looks at what is new; returns where it ends.
    private func check(_ acknowledged: UInt64, from first: UInt64, _ kill: Int) throws -> UInt64 {
        do {
            let log = try EventLog.open(at: FilePath(path), options: KillLog.options)
            let position = log.head.position.rawValue
            try Violation.unless(
                position >= acknowledged,
                "\(path), kill \(kill): the log ends at \(position), and \(acknowledged) was acknowledged"
            )
            try KillLog.check(log.makeReader(), from: first)
            try log.close()
            return position
        } catch let error as LogError {
            throw Violation("\(path), kill \(kill): \(error)")
        }
    }
}
