// swift-format-ignore-file: NeverForceUnwrap

// Test literals are valid by construction; a wrong one should stop the test where it stands.
import EventLog
import Foundation
import LogStorage
import LoyaltyLedger
import Testing

/// A ledger in a directory of its own, for one test.
final class Shop {
    static let usd = Currency("USD")!
    static let noon = Timestamp(milliseconds: 1_767_287_000_000)

    let path: String
    var options: LedgerOptions
    private(set) var ledger: Ledger
    private var nextID: UInt64 = 0

    init(
        _ rules: CardRules = Shop.coffee,
        clock: ClockMode = .system,
        options: LedgerOptions = LedgerOptions(segmentCapacity: 64 << 10)
    ) async throws {
        path = FileManager.default.temporaryDirectory.appendingPathComponent("shop-\(UUID().uuidString)").path
        self.options = options
        ledger = try await Ledger.create(at: path, program: Shop.program(rules), clock: clock, options: options)
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    static let coffee = CardRules.stampCard(
        mechanic: .spend(SpendRule(stamps: 1, per: MinorUnits(1000))),
        stampsPerReward: 10
    )

    static func program(_ rules: CardRules = coffee, id: String = "coffee") -> Program {
        Program(id: ProgramID(id)!, currency: usd, timeZone: "America/New_York", rules: rules)
    }

    /// A fresh command id.
    func id() -> CommandID {
        nextID += 1
        return .opaque(high: 7, low: nextID)
    }

    func card(_ name: String = "C-1") -> CardID { CardID(name)! }

    func money(_ text: String) -> Money { Money(decimal: text, Shop.usd)! }

    /// Executes one command, issuing its card if need be.
    @discardableResult
    func run(
        _ action: CardAction,
        on card: String = "C-1",
        at time: Timestamp = Shop.noon,
        id: CommandID? = nil,
        context: CommandContext = CommandContext(),
        recordedAt: Timestamp? = nil
    ) async throws -> Receipt {
        let request = CommandRequest(
            CardCommand(action, on: self.card(card), at: time),
            id: id ?? self.id(),
            context: context,
            issuing: CardIssue(),
            recordedAt: recordedAt
        )
        return try #require(try await ledger.execute([request]).first).get()
    }

    func state(_ card: String = "C-1") throws -> CardState {
        try #require(ledger.card(self.card(card))).state
    }

    func reopen(_ access: LedgerOptions.Access = .readWrite) async throws {
        try await ledger.close()
        options.access = access
        ledger = try await Ledger.open(at: path, options: options)
    }

    /// A second ledger object on the same directory.
    func other(_ access: LedgerOptions.Access) async throws -> Ledger {
        var options = options
        options.access = access
        return try await Ledger.open(at: path, options: options)
    }
}
