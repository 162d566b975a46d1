import ArgumentParser
import SystemPackage

/// Every single-bit flip and every truncation of every file of a ledger.
struct DamageCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "damage",
        abstract:
            "Every flipped bit, every truncation, every exchange of files of a ledger: each must land in its row.",
        discussion:
            "The ledger is copied to memory and not changed. Ends with status 1 if one trial does not land in its row."
    )

    @Option(help: "Try one in this many of the bits and lengths, always the same ones.")
    var sample = 1
    @Option(help: "Threads.")
    var jobs = 2
    @Option(help: "The ledger, of three segments or so.")
    var ledger = "Fixtures/golden/format-1/ledger"

    func validate() throws {
        guard sample >= 1, jobs >= 1 else { throw ValidationError("--sample and --jobs must be at least 1") }
    }

    func run() throws {
        let campaign = DamageCampaign(try DamagedLedger(loading: FilePath(ledger)), sample: sample)
        let clock = ContinuousClock()
        let start = clock.now
        let result = campaign.run(jobs: jobs)
        let duration = start.duration(to: clock.now)
        print(result)
        for (damage, complaint) in result.failures.prefix(20) { print("FAILED: \(damage): \(complaint)") }
        let seconds = Double(duration.components.seconds) + Double(duration.components.attoseconds) / 1e18
        let each = seconds * Double(jobs) / Double(max(result.trials, 1)) * 1000
        print(
            "\(result.trials) trials, \(result.failures.count) failed, \(rounded(seconds)) s, \(rounded(each)) ms each"
        )
        if !result.failures.isEmpty { throw ExitCode.failure }
    }

    private func rounded(_ value: Double) -> Double { (value * 1000).rounded() / 1000 }
}
