internal import LoyaltyLedger

/// One event as 48 bytes and a tail of text.
///
/// Little-endian: occurred at i64, command id 2 x u64 (of a sequence the source, then the number), card u32, amount i32, recorded at less
/// occurred at i32 in ms, attribution u16, rule version u16, stamps i16, rewards i16, kind u8 (the type of the event in the log),
/// source u8, length of the tail u16. The tail: of a refund the low half of the id it names; of an issue the serial; then the comments.
struct LoadRow {
    private var kind: UInt8 = 0
    private var amount: Int64 = 0
    private var stamps: Int32 = 0
    private var rewards: Int32 = 0
    private var ruleVersion: UInt32 = 0
    private var tail: [UInt8] = []
    private let receipt: Receipt
    private let command: LoadCommand

    init(_ event: EffectiveEvent, of receipt: Receipt, _ command: LoadCommand) {
        self.receipt = receipt
        self.command = command
        note(event.event)
        guard event == receipt.events.last else { return }
        let context = command.request.context
        for text in [context.customerComment, context.internalNote] { tail += (text ?? "").utf8 }
    }

    private mutating func note(_ event: CardEvent) {
        switch event {
        case .cardIssued(let card, _, _):
            kind = 1
            tail = Array(card.text.utf8)
        case .purchaseRecorded(let amount, let award):
            (kind, self.amount) = (4, amount.rawValue)
            (stamps, ruleVersion) = (award.stamps.rawValue, award.ruleVersion.rawValue)
        case .stampsAdded(let count): (kind, stamps) = (6, count.rawValue)
        case .rewardsUnlocked(let count, let converted, let version):
            (kind, rewards, stamps, ruleVersion) = (9, count.rawValue, converted.rawValue, version.rawValue)
        case .amountRefunded(let amount, let name, let correction):
            (kind, self.amount, stamps) = (10, amount.rawValue, correction.clawback.taken.rawValue)
            tail = littleEndian(named(name))
        case .rewardsGranted(let count, let purchase):
            (kind, rewards, amount) = (13, count.rawValue, purchase.rawValue)
        case .rewardsRedeemed(let count, let purchase):
            (kind, rewards, amount) = (15, count.rawValue, purchase.rawValue)
        case .expirySet(let day): (kind, amount) = (17, Int64(day?.daysSince1970 ?? 0))
        case .commandRefused: kind = 19
        default: preconditionFailure("no command of a load records \(event)")
        }
    }

    private func named(_ name: TransactionName?) -> UInt64 {
        switch name?.commandID {
        case .sequence(_, let number): number
        case .uuid7(_, let low), .opaque(_, let low): low
        case nil: 0
        }
    }

    func encode(to bytes: inout [UInt8]) {
        let (high, low): (UInt64, UInt64) =
            switch receipt.commandID {
            case .sequence(let source, let number): (UInt64(source), number)
            case .uuid7(let high, let low), .opaque(let high, let low): (high, low)
            }
        let occurred = receipt.occurredAt.milliseconds
        bytes += littleEndian(occurred) + littleEndian(high) + littleEndian(low)
        bytes += littleEndian(command.card) + littleEndian(Int32(truncatingIfNeeded: amount))
        bytes += littleEndian(Int32(truncatingIfNeeded: receipt.recordedAt.milliseconds - occurred))
        bytes += littleEndian(command.attribution) + littleEndian(UInt16(truncatingIfNeeded: ruleVersion))
        bytes += littleEndian(Int16(truncatingIfNeeded: stamps)) + littleEndian(Int16(truncatingIfNeeded: rewards))
        bytes += [kind, command.request.context.source.rawValue] + littleEndian(UInt16(tail.count)) + tail
    }
}

private func littleEndian<Value: FixedWidthInteger>(_ value: Value) -> [UInt8] {
    (0..<Value.bitWidth / 8).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
}
