import Dispatch
import EventLog
import Synchronization

/// Every damage, or a sample of them, tried on copies of one ledger.
struct DamageCampaign: Sendable {
    /// What came of it.
    struct Result: Sendable {
        /// How many trials of each kind ended in each row, as they should.
        var counts: [RecoveryRow: [Damage.Kind: Int]] = [:]
        /// The trials that did not, and why.
        var failures: [(damage: Damage, complaint: String)] = []

        var trials: Int { counts.values.flatMap(\.values).reduce(0, +) + failures.count }

        mutating func merge(_ other: Result) {
            counts.merge(other.counts) { $0.merging($1, uniquingKeysWith: +) }
            failures += other.failures
        }
    }

    private let oracle: DamageOracle
    private let damages: [Damage]

    /// Takes one in `sample` of the bits and lengths, always the same ones, and all exchanges of whole files.
    init(_ ledger: DamagedLedger, sample: Int) {
        oracle = DamageOracle(ledger: ledger)
        damages = Damage.all(of: ledger).enumerated().filter { index, damage in
            switch damage.kind {
            case .flips, .truncations: Self.mixed(UInt64(index)) % UInt64(sample) == 0
            default: true
            }
        }
        .map(\.element)
    }

    /// The finisher of SplitMix64, so that a sample holds every bit of a byte as often.
    private static func mixed(_ index: UInt64) -> UInt64 {
        var value = (index &+ 1) &* 0x9e37_79b9_7f4a_7c15
        value = (value ^ (value >> 30)) &* 0xbf58_476d_1ce4_e5b9
        value = (value ^ (value >> 27)) &* 0x94d0_49bb_1331_11eb
        return value ^ (value >> 31)
    }

    /// Tries them all, on `jobs` threads.
    func run(jobs: Int) -> Result {
        let total = Mutex(Result())
        DispatchQueue.concurrentPerform(iterations: jobs) { job in
            var result = Result()
            for index in stride(from: job, to: damages.count, by: jobs) { attempt(damages[index], &result) }
            total.withLock { $0.merge(result) }
        }
        return total.withLock { $0 }
    }

    private func attempt(_ damage: Damage, _ result: inout Result) {
        let trial = DamageTrial(damage, oracle)
        do {
            try trial.run()
            result.counts[trial.expected.row, default: [:]][damage.kind, default: 0] += 1
        } catch {
            result.failures.append((damage, "\(trial.expected): \(error)"))
        }
    }
}

extension DamageCampaign.Result: CustomStringConvertible {
    /// The table of rows and kinds.
    var description: String {
        let kinds = Damage.Kind.allCases
        func line(_ cells: [String]) -> String { "| " + cells.joined(separator: " | ") + " |" }
        var lines = [line(["row"] + kinds.map(\.rawValue)), line(["---"] + kinds.map { _ in "---:" })]
        for row in RecoveryRow.allCases {
            guard let counts = counts[row] else { continue }
            lines.append(line([row.rawValue] + kinds.map { counts[$0].map(String.init) ?? "" }))
        }
        let sums = kinds.map { kind in String(counts.values.reduce(0) { $0 + ($1[kind] ?? 0) }) }
        return (lines + [line(["sum"] + sums)]).joined(separator: "\n")
    }
}
