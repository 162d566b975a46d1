// swift-format-ignore-file: NeverForceUnwrap

// Test literals are valid by construction.
import LoyaltyLedger

/// Tasks that stamp cards of one ledger at the same time.
struct BusyTill {
    let ledger: Ledger
    let seed: UInt64

    /// Stamps from several tasks, so many times each, and waits for all of them.
    func stamp(tasks: Int, times: Int, series: UInt64 = 0) async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            for task in 0..<tasks {
                group.addTask {
                    var random = SplitMix(state: seed &+ UInt64(task) &+ series << 32)
                    for time in 0..<times {
                        let requests = (0..<Int.random(in: 1...5, using: &random)).map { index in
                            request(id: series << 48 | UInt64(task) << 32 | UInt64(time) << 8 | UInt64(index), &random)
                        }
                        for outcome in try await ledger.execute(requests) { _ = try outcome.get() }
                        if Bool.random(using: &random) { await Task.yield() }
                    }
                }
            }
            try await group.waitForAll()
        }
    }

    private func request(id: UInt64, _ random: inout SplitMix) -> CommandRequest {
        let card = CardID("C-\(Int.random(in: 0..<40, using: &random))")!
        let amount = MinorUnits(Int64.random(in: 1...5000, using: &random))
        let note = (0..<4).map { _ in String(random.next(), radix: 36) }.joined()
        return CommandRequest(
            CardCommand(.purchase(Money(amount, Shop.usd)), on: card, at: Shop.noon),
            id: .opaque(high: seed, low: id),
            context: CommandContext(internalNote: note),
            issuing: CardIssue()
        )
    }
}
