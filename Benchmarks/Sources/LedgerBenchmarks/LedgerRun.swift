import Foundation
import LoyaltyLedger

/// One ledger filled with purchases of skewed cards, then replayed.
struct LedgerRun {
    struct Figures {
        var events: UInt64
        var bytes: Int
        var appendRate: Double
        var replayRate: Double
    }

    let commands: Int
    let cards: Int
    let batch: Int

    func measure() async throws -> Figures {
        let path = FileManager.default.temporaryDirectory.appendingPathComponent("bench-\(UUID().uuidString)").path
        defer { try? FileManager.default.removeItem(atPath: path) }
        let ledger = try await Ledger.create(at: path, program: try program())
        let before = try bytes(in: path)
        let clock = ContinuousClock()
        let start = clock.now
        var next = 0
        while next < commands {
            let end = min(next + batch, commands)
            for outcome in try await ledger.execute((next..<end).map(request)) { _ = try outcome.get() }
            next = end
        }
        let seconds = seconds(start.duration(to: clock.now))
        let replay = try await ledger.replay()
        guard replay.isEqual else { throw ReplayDiffers() }
        let written = try bytes(in: path) - before
        try await ledger.close()
        return Figures(
            events: replay.events,
            bytes: written,
            appendRate: Double(commands) / seconds,
            replayRate: replay.eventsPerSecond
        )
    }

    private struct ReplayDiffers: Error {}

    private func program() throws -> Program {
        guard let id = ProgramID("bench"), let usd = Currency("USD") else { throw ReplayDiffers() }
        let rule = SpendRule(stamps: 1, per: MinorUnits(1000))
        let rules = CardRules.stampCard(mechanic: .spend(rule), stampsPerReward: 10)
        return Program(id: id, currency: usd, timeZone: "Europe/Berlin", rules: rules)
    }

    /// The purchase of that number; a small generator of its own makes every run the same.
    private func request(_ number: Int) -> CommandRequest {
        var mixed = UInt64(number) &* 0x9E37_79B9_7F4A_7C15
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        let share = Double(mixed >> 11) / Double(1 << 53)
        let card = Int(share * share * Double(cards))
        let amount = MinorUnits(Int64(300 + mixed % 4700))
        guard let id = CardID("C\(card)"), let usd = Currency("USD") else {
            preconditionFailure("valid by construction")
        }
        let occurredAt = Timestamp(milliseconds: 1_700_000_000_000 + Int64(number) * 137)
        return CommandRequest(
            CardCommand(.purchase(Money(amount, usd)), on: id, at: occurredAt),
            id: .sequence(source: 1, number: UInt64(number) + 1),
            issuing: CardIssue()
        )
    }

    /// The bytes that hold something; an active segment is allocated ahead.
    private func bytes(in path: String) throws -> Int {
        let log = path + "/log"
        return try FileManager.default.contentsOfDirectory(atPath: log).reduce(0) { sum, name in
            guard name.hasSuffix(".segment"), let data = FileManager.default.contents(atPath: log + "/" + name) else {
                return sum
            }
            return sum + (data.lastIndex { $0 != 0 } ?? 0)
        }
    }
}

func seconds(_ duration: Duration) -> Double {
    Double(duration.components.seconds) + Double(duration.components.attoseconds) / 1e18
}
