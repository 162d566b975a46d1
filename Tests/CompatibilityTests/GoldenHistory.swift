// swift-format-ignore-file: NeverForceUnwrap

// Literals here are valid by construction; a wrong one should stop the test where it stands.
import LoyaltyLedger

/// A shop's history, the same at every run; what happens in it stands in extensions.
struct GoldenHistory {
    static let usd = Currency("USD")!
    static let start = Timestamp(milliseconds: 1_767_287_000_000)

    let ledger: Ledger
    private(set) var now = GoldenHistory.start
    private var pending: [CommandRequest] = []
    private var nextID: UInt64 = 0

    init(_ ledger: Ledger) { self.ledger = ledger }

    static func program(_ id: String, _ rules: CardRules) -> Program {
        Program(id: ProgramID(id)!, currency: usd, timeZone: "America/New_York", rules: rules)
    }

    func money(_ amount: Int64) -> Money { Money(MinorUnits(amount), Self.usd) }

    func staff(_ name: String) -> Attribution { Attribution(staff: Label(name), location: Label("Main St")) }

    mutating func pass(hours: Int64) { now = Timestamp(milliseconds: now.milliseconds + hours * 3_600_000) }

    @discardableResult
    mutating func add(
        _ action: CardAction,
        on card: Int,
        _ context: CommandContext = CommandContext(),
        program: String = "coffee",
        id: CommandID? = nil
    ) -> CommandID {
        add(action, on: "C-\(card)", of: "customer-\(card)", context, program: program, id: id)
    }

    /// Adds a command that happened now, a few seconds ago, or so many hours before.
    @discardableResult
    mutating func add(
        _ action: CardAction,
        on card: String,
        of customer: String,
        _ context: CommandContext = CommandContext(),
        program: String,
        id: CommandID? = nil,
        hoursAgo: Int64 = 0
    ) -> CommandID {
        nextID += 1
        let isUUID = nextID % 4 == 0
        let id =
            id
            ?? (isUUID
                ? .uuid7(high: 0x0195_0000_0000_7000 + nextID, low: 0x8000 << 48) : .opaque(high: 7, low: nextID))
        let issue = CardIssue(customer: CustomerID(customer), program: ProgramID(program))
        let ago = Int64(nextID % 5) * 1000 + hoursAgo * 3_600_000
        let command = CardCommand(action, on: CardID(card)!, at: Timestamp(milliseconds: now.milliseconds - ago))
        pending.append(CommandRequest(command, id: id, context: context, issuing: issue, recordedAt: now))
        return id
    }

    /// Executes what was added, in one batch, a second later than the batch before.
    mutating func flush() async throws {
        _ = try await ledger.execute(pending).map { try? $0.get() }
        pending.removeAll()
        now = Timestamp(milliseconds: now.milliseconds + 1000)
    }
}
