import EventLog
import LoyaltyLedgerTesting
import SystemPackage
import Testing

@testable import LogTorture

/// A small part of `LogTorture damage`, and that its oracle would notice.
@Suite struct DamageTests {
    private static let golden = FilePath(#filePath).removingLastComponent().removingLastComponent()
        .removingLastComponent().removingLastComponent().pushing("Fixtures/golden/format-1/ledger")

    @Test("a sample of all bits and lengths, and all exchanges of files, land in their rows")
    func sample() throws {
        let ledger = try DamagedLedger(loading: Self.golden)
        let result = DamageCampaign(ledger, sample: 5000).run(jobs: 2)
        for (damage, complaint) in result.failures { Issue.record("\(damage): \(complaint)") }
        #expect(result.trials > 100)
        #expect(result.counts.count >= 10)
    }

    @Test("all bits of all files are tried, and all lengths")
    func all() throws {
        let ledger = try DamagedLedger(loading: Self.golden)
        let bytes = ledger.files.reduce(0) { $0 + ledger.bytes($1).count }
        let damages = Damage.all(of: ledger)
        #expect(damages.filter { $0.kind == .flips }.count == 8 * bytes)
        #expect(damages.filter { $0.kind == .truncations }.count == bytes)
        #expect(Set(damages).count == damages.count)
    }

    @Test("a trial that does not end as the oracle says is a failure")
    func oracle() throws {
        let ledger = try DamagedLedger(loading: Self.golden)
        let oracle = DamageOracle(ledger: ledger)
        let flip = Damage.flip(ledger.segments[2].file, byte: 700, bit: 0)
        try DamageTrial(flip, oracle).run()
        let other = Damage.flip(ledger.segments[2].file, byte: 700, bit: 1)
        #expect(oracle.outcome(of: other) != oracle.outcome(of: flip))
        let trial = DamageTrial(other, oracle)
        flip.apply(to: trial.disk, of: ledger)
        #expect(throws: DamageTrial.Complaint.self) { try trial.run() }
    }
}
