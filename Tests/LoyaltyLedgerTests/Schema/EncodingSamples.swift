// swift-format-ignore-file: NeverForceUnwrap

// Test literals are valid by construction.
import LogFormat
import LoyaltyLedger

@testable import EventCoding

/// Bytes of every type, action, refusal and layout, as this version writes them.
struct EncodingSample: Hashable {
    /// What the bytes are of: `card 4 purchaseRecorded`, `action 9`, `ledger 2 programDefined`.
    var key: String
    var bytes: [UInt8]

    var line: String { "\(key)\t" + bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined() }

    static var all: [EncodingSample] { cardEvents + actions + refusals + ledgerEvents }

    private static let instant = SampleHistory.start

    private static func bytes(of event: CardEvent, after milliseconds: Int64 = 0) -> [UInt8] {
        var writer = ByteWriter(capacity: 64)
        let effective = EffectiveEvent(event, effectiveAt: instant.advanced(byMilliseconds: milliseconds))
        writer.cardEvent(effective, occurredAt: instant)
        return writer.bytes
    }

    /// The types as in `EventSchema`; the second delayed, so that the difference is seen too.
    private static var cardEvents: [EncodingSample] {
        SampleHistory.events.enumerated().map { index, event in
            let type = event.type!
            return EncodingSample(
                key: "card \(type.rawValue) \(type.name)",
                bytes: bytes(of: event, after: index == 1 ? 86_400_000 : 0)
            )
        } + [
            EncodingSample(key: "card 55 amountEdited", bytes: bytes(of: .amountEdited(detailedEdit))),
            EncodingSample(
                key: "card \(EventSchema.firstUnassigned) unknown",
                bytes: bytes(of: .unknown(UnknownEvent(type: EventSchema.firstUnassigned, bytes: [1, 2, 3])), after: 7)
            ),
        ]
    }

    private static var detailedEdit: AmountEdit {
        AmountEdit(
            named: TransactionName(commandID: .opaque(high: 3, low: 4)),
            transaction: CardVersion(3),
            day: LocalDay(daysSince1970: 19_675),
            from: MinorUnits(12_345),
            to: MinorUnits(20_000),
            award: Award(
                ruleVersion: RuleVersion(2),
                stamps: 7,
                withheld: 1,
                detail: AwardDetail(share: BasisPoints(300), eligible: MinorUnits(99))
            ),
            absorbed: 1,
            lapsed: 2,
            eligibleChange: MinorUnits(-5),
            clawback: Clawback(due: 4, taken: 2, carriesDebt: true),
            visitChange: .restored,
            wasStamped: true,
            remaining: LastDays(visit: LocalDay(daysSince1970: 19_670), purchase: nil)
        )
    }

    private static let money = Money(MinorUnits(1234), Shop.usd)
    private static let named = CommandID.sequence(source: 4, number: 200)
    private static let day = LocalDay(daysSince1970: 19_700)

    private static let firstActions: [CardAction] = [
        .issue(customer: CustomerID("k-1")!, program: ProgramID("coffee")!), .install(.android), .delete,
        .purchase(money, stated: money), .purchase(money), .visit(money), .visit(nil),
        .refund(money, of: TransactionName(commandID: named)), .refund(money, of: nil),
        .editAmount(of: TransactionName(commandID: named), to: money), .removeVisits(2), .addStamps(3),
        .removeStamps(4),
        .grantRewards(1, purchase: money), .reverseGrant(named), .redeemRewards(2, purchase: money),
        .removeRewards(1, purchase: money, .expired), .setExpiry(day), .setExpiry(nil),
    ]

    private static var actions: [EncodingSample] {
        (firstActions + SampleHistory.partActions).map { action in
            var writer = ByteWriter(capacity: 64)
            writer.cardAction(action)
            return EncodingSample(key: "action \(writer.bytes[0])", bytes: writer.bytes)
        }
    }

    private static let firstRefusals: [Refusal] = [
        .cardExpired(on: day), .cardDeleted, .alreadyIssued, .currencyMismatch(expected: Currency("EUR")!),
        .amountsDiffer, .amountTooSmall, .quantityTooSmall, .limitExceeded, .exceedsBalance(5), .exceedsAvailable(6),
        .exceedsOpenAmount(MinorUnits(70)), .exceedsVisits(8), .belowRefunded(MinorUnits(90)), .transactionNotFound,
        .transactionAmbiguous, .spendCardsOnly, .occurredInFuture, .shortfall(due: 3, balance: 2), .alreadyReversed,
    ]

    private static var refusals: [EncodingSample] {
        (firstRefusals + SampleHistory.partRefusals).map { refusal in
            var writer = ByteWriter(capacity: 64)
            writer.refusal(refusal)
            return EncodingSample(key: "refusal \(writer.bytes[0])", bytes: writer.bytes)
        }
    }

    private static var ledgerEvents: [EncodingSample] {
        let prefix = ImportSource.Prefix(rows: 1, digest: [UInt8](repeating: 2, count: 32))
        let source = ImportSource(number: 1, digest: [UInt8](repeating: 1, count: 32), rows: 3, prefixes: [prefix])
        let rules: [CardRules] = [
            Shop.coffee, .giftCard(), .multipassCard(bonusPerVisit: 20),
            .stampCard(mechanic: .manual, stampsPerReward: 3),
        ]
        let programs = rules.enumerated().map { index, rules in
            LedgerEvent.programDefined(
                ProgramCatalog.Version(
                    version: RuleVersion(UInt32(index) + 1),
                    number: ProgramNumber(UInt16(index)),
                    effectiveFrom: instant,
                    program: Shop.program(rules)
                )
            )
        }
        let attribution = Attribution(staff: Label("Ann"), device: nil, location: Label("Pier"))
        let others: [LedgerEvent] = [
            .ledgerCreated(.manual), .attributionDefined(AttributionNumber(300), attribution),
            .sourceRegistered(source), .deviceRegistered(OfflineDevice(number: 2, label: Label("till 7")!)),
            .unknown(UnknownEvent(type: EventSchema.firstUnassigned, bytes: [])),
        ]
        return (others + programs).map { event in
            var writer = ByteWriter(capacity: 64)
            LedgerRecordCoding.encode(event, facts: &writer)
            let type = LedgerEventType(rawValue: writer.bytes[0])
            let key = type.map { "ledger \($0.rawValue) \($0)" } ?? "ledger \(EventSchema.firstUnassigned) unknown"
            return EncodingSample(key: key, bytes: writer.bytes)
        }
    }

    /// The same bytes, read and written again by this version.
    static func rewritten(_ key: Substring, _ bytes: [UInt8]) throws(DecodingFailure) -> [UInt8] {
        var reader = ByteReader(bytes)
        var writer = ByteWriter(capacity: bytes.count)
        switch key.prefix(while: { $0 != " " }) {
        case "card": writer.cardEvent(try reader.cardEvent(occurredAt: instant), occurredAt: instant)
        case "action": writer.cardAction(try reader.cardAction())
        case "refusal": writer.refusal(try reader.refusal())
        default:
            LedgerRecordCoding.encode(try LedgerRecordCoding.decode(reader), facts: &writer)
            return writer.bytes
        }
        try reader.finish()
        return writer.bytes
    }
}
