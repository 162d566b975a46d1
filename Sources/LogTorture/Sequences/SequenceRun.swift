import EventLog
import LoyaltyLedgerTesting

/// Every crash of one sequence: at each of its calls, with every subset of the last unsynced pieces.
struct SequenceRun {
    /// A crash that the log did not survive as it should.
    struct Failure: Error, CustomStringConvertible {
        var sequence: [Operation]
        var call: Int
        var stop: Trial.Stop
        var lost: [UnsyncedUnit]
        var violation: any Error
        var calls: [SimulatedDisk.Call]

        var description: String {
            let trace = calls.map { "    \($0)" }.joined(separator: "\n")
            return """
                sequence \(sequence.map(\.rawValue)), at call \(call) \(stop.rawValue); the calls were
                \(trace)
                lost: \(lost.map(\.description))
                \(violation)
                """
        }
    }

    /// So many unsynced pieces are tried in every combination; of more, none, all, and each alone there or not.
    static let exhaustivePieces = 6

    let sequence: [Operation]
    private(set) var crashes = 0

    init(_ sequence: [Operation]) { self.sequence = sequence }

    /// Tries all of it, from a log that is not changed.
    mutating func run(from base: Trial) throws {
        for stop in Trial.Stop.allCases {
            var call = 1
            while try tryCrashes(base, call, stop) { call += 1 }
        }
    }

    private mutating func tryCrashes(_ base: Trial, _ call: Int, _ stop: Trial.Stop) throws -> Bool {
        var trial = Trial(copying: base) { _ in true }
        let isReached: Bool
        do {
            isReached = try trial.run(sequence, stopAt: call, stop)
        } catch {
            throw failure(trial, call, stop, [], error)
        }
        let units = trial.disk.unsynced
        for subset in Self.subsets(units.count, isThorough: stop == .powerCut) {
            let lost = units.indices.filter { !subset($0) }.map { units[$0] }
            let lostSet = Set(lost)
            try judge(trial, Trial(copying: trial) { !lostSet.contains($0) }, call, stop, lost)
        }
        try judge(trial, Trial(copying: trial, survives: nil), call, stop, [])
        return isReached
    }

    private mutating func judge(
        _ trial: Trial,
        _ crashed: Trial,
        _ call: Int,
        _ stop: Trial.Stop,
        _ lost: [UnsyncedUnit]
    ) throws {
        var crashed = crashed
        crashes += 1
        do {
            try crashed.judge()
        } catch {
            throw failure(trial, call, stop, lost, error)
        }
    }

    /// The subsets of so many pieces that survive; after a call that only failed, none or all of them.
    static func subsets(_ count: Int, isThorough: Bool = true) -> [(Int) -> Bool] {
        guard isThorough || count == 0 else { return [{ _ in true }, { _ in false }] }
        guard count > exhaustivePieces else {
            return (0..<1 << count).map { mask in { mask >> $0 & 1 == 1 } }
        }
        let whole: [(Int) -> Bool] = [{ _ in true }, { _ in false }]
        let single = (0..<count).flatMap { one -> [(Int) -> Bool] in [{ $0 == one }, { $0 != one }] }
        let prefixes = (1..<count).map { length -> (Int) -> Bool in { $0 < length } }
        // The newest pieces in every combination, with all older ones there.
        let newest = (1..<(1 << exhaustivePieces) - 1).map { mask -> (Int) -> Bool in
            { $0 < count - exhaustivePieces || mask >> ($0 - (count - exhaustivePieces)) & 1 == 1 }
        }
        return whole + single + prefixes + newest
    }

    private func failure(
        _ trial: Trial,
        _ call: Int,
        _ stop: Trial.Stop,
        _ lost: [UnsyncedUnit],
        _ error: any Error
    ) -> Failure {
        Failure(
            sequence: sequence,
            call: call,
            stop: stop,
            lost: lost,
            violation: error,
            calls: trial.disk.calls.suffix(60)
        )
    }
}
