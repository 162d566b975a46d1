import ArgumentParser
import LoyaltyLedger

/// The cards whose histories are measured.
struct CardChoosing: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "choose",
        abstract: "Print the numbers of cards whose number of events is nearest to one."
    )

    @Argument var ledger: String
    @Option var events = 50
    @Option var count = 200

    func run() async throws {
        let opened = try await Ledger.open(at: ledger, options: LedgerOptions(access: .readOnly))
        let distances = opened.cards.map { card in
            (distance: abs(Int(card.state.version.rawValue) - events), number: Self.number(of: card.card))
        }
        // In the order of distance and number, then spread over the log by the number.
        let chosen = distances.sorted { $0 < $1 }.prefix(count).map(\.number).sorted()
        for number in chosen { print(number) }
    }

    /// The card of a number of the load.
    static func serial(_ number: some StringProtocol) -> CardID? {
        CardID("C" + String(repeating: "0", count: max(7 - number.count, 0)) + number)
    }

    private static func number(of card: CardID) -> Int { Int(card.text.dropFirst()) ?? 0 }
}
