import Foundation
import LoyaltyLedger
import Testing

/// The README's example, word for word; `theReadmeShowsThisCode` compares the two.
private func buyCoffee(at path: String) async throws {
    guard let usd = Currency("USD"), let id = ProgramID("coffee"), let card = CardID("C-1042") else { return }
    let rules = CardRules.stampCard(mechanic: .spend(SpendRule(stamps: 1, per: MinorUnits(1000))), stampsPerReward: 10)
    let program = Program(id: id, currency: usd, timeZone: "America/New_York", rules: rules)
    let ledger = try await Ledger.create(at: path, program: program)
    let purchase = CardCommand(.purchase(Money(MinorUnits(2750), usd)), on: card, at: .systemClock)
    let request = CommandRequest(purchase, id: CommandID(high: 1, low: 1), issuing: CardIssue())
    for receipt in try await ledger.execute([request]) { print(try receipt.get().refusal ?? "durable") }
    print(ledger.card(card)?.state.balance ?? 0)  // 2
    try await ledger.close()
}

@Suite struct ReadmeTests {
    private let root = URL(fileURLWithPath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

    @Test func theExampleRuns() async throws {
        let path = FileManager.default.temporaryDirectory.appendingPathComponent("readme-\(UUID().uuidString)").path
        defer { try? FileManager.default.removeItem(atPath: path) }
        try await buyCoffee(at: path)
        let ledger = try await Ledger.open(at: path)
        let card = try #require(CardID("C-1042"))
        #expect(ledger.card(card)?.state.balance == 2)
        try await ledger.close()
    }

    @Test func theReadmeShowsThisCode() throws {
        let readme = try String(contentsOf: root.appendingPathComponent("README.md"), encoding: .utf8)
        let source = try String(contentsOfFile: #filePath, encoding: .utf8)
        let example = try #require(readme.components(separatedBy: "```swift\n").dropFirst().first)
        let lines = try #require(example.components(separatedBy: "```").first).split(separator: "\n")
        #expect(lines.count <= 15)
        for line in lines where line.hasPrefix("    ") {
            let expected = line.replacingOccurrences(of: "\"shop.ledger\"", with: "path")
            #expect(source.contains(expected), "the README shows \(line)")
        }
    }

    @Test func everyFileTheReadmeNamesExists() throws {
        let readme = try String(contentsOf: root.appendingPathComponent("README.md"), encoding: .utf8)
        let named = readme.matches(of: /`((?:Sources|Tests|Fixtures)\/[A-Za-z0-9_+.\/-]+)`/).map { String($0.1) }
        #expect(!named.isEmpty)
        for name in named {
            #expect(FileManager.default.fileExists(atPath: root.appendingPathComponent(name).path), "\(name)")
        }
    }
}
