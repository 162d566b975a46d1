import LoyaltyLedgerTesting
import Testing

@testable import LogTorture

/// A sample of the lives of `make torture`, small enough for a debug build.
@Suite struct LifeTests {
    @Test("whole lives on a disk that crashes and fails: what was acknowledged is there", arguments: 0..<4)
    func lives(_ part: Int) throws {
        for number in 0..<25 {
            let seed = UInt64(1 + part * 25 + number)
            do {
                try Life.run(seed: seed)
            } catch {
                Issue.record("seed \(seed): \(error)\n\(Life.tell(seed: seed).story)")
                return
            }
        }
    }

    @Test("one seed repeats a life, call by call", arguments: [3, 17, 91] as [UInt64])
    func replay(_ seed: UInt64) {
        let first = Life.tell(seed: seed)
        let second = Life.tell(seed: seed)
        #expect(first.story == second.story)
        #expect(first.story.split(separator: "\n").count > 20)
    }

    @Test("the lives of a few dozen seeds meet every kind of fault")
    func faults() {
        var seen: Set<DiskFault> = []
        for seed in UInt64(1)...40 {
            let life = Life(seed: seed)
            try? life.live()
            seen.formUnion(life.disk.calls.compactMap(\.fault))
            seen.formUnion(life.temper.crashFaults)
            if let damage = life.temper.damage { seen.insert(damage) }
        }
        #expect(seen == Set(DiskFault.allCases))
    }
}
