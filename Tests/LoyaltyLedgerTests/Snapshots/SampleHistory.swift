// swift-format-ignore-file: NeverForceUnwrap

// Test literals are valid by construction; a wrong one should stop the test where it stands.
import Crypto
import Foundation
import Projections

@testable import LoyaltyLedger

/// A fixed history with every kind of event, folded without deciding anything, so that it says what the fold does and no more.
struct SampleHistory {
    private(set) var state = LedgerState(of: nil)

    /// Folds the events of the sample, or those of them that are wanted.
    init(where isWanted: (CardEvent) -> Bool = { _ in true }) throws {
        try fold(.ledgerCreated(.manual), .sequence(source: 0, number: 1))
        try fold(.programDefined(Self.version(1, program: 0, "coffee")), .sequence(source: 0, number: 2))
        try fold(.programDefined(Self.version(2, program: 1, "tea")), .uuid7(high: 0x7000, low: 1 << 63))
        try fold(
            .attributionDefined(AttributionNumber(1), Attribution(staff: Label("Ann"), device: Label("till 3"))),
            .sequence(source: 0, number: 3)
        )
        let prefix = ImportSource.Prefix(rows: 1, digest: [UInt8](repeating: 2, count: 32))
        let source = ImportSource(number: 1, digest: [UInt8](repeating: 1, count: 32), rows: 3, prefixes: [prefix])
        try fold(.sourceRegistered(source), .sequence(source: 0, number: 4))
        let events = Self.events.filter(isWanted)
        let secondCard = events.lastIndex { $0.kind == "cardIssued" }!
        for (index, event) in events.enumerated() {
            let number = UInt64(index) + 1
            let id: CommandID =
                switch index % 3 {
                case 0: .sequence(source: 1, number: number)
                case 1: .opaque(high: 9, low: number)
                default: .sequence(source: 2, number: number * 5000)
                }
            try fold(event, id, card: CardNumber(index < secondCard ? 1 : 2), after: Int64(index))
        }
    }

    static func digest(of bytes: [UInt8]) -> String {
        SHA256.hash(data: bytes).map { String($0 / 16, radix: 16) + String($0 % 16, radix: 16) }.joined()
    }

    private mutating func fold(_ event: LedgerEvent, _ id: CommandID) throws {
        try state.evolve(
            LedgerRecord(commandID: id, recordedAt: Self.start, event: event),
            at: state.position + 1
        )
    }

    private mutating func fold(_ event: CardEvent, _ id: CommandID, card: CardNumber, after hours: Int64) throws {
        let occurredAt = Self.start.advanced(byMilliseconds: hours * 3_600_000)
        let effective = EffectiveEvent(event, effectiveAt: occurredAt.advanced(byMilliseconds: hours % 2))
        let moment = CardState.Moment(occurredAt: occurredAt, occurredOn: occurredAt.dayInUTC)
        let first = state.position + 1
        let recordedAt = occurredAt.advanced(byMilliseconds: 250)
        try state.evolve(
            effective,
            of: card,
            at: moment,
            recordedAt: recordedAt,
            attribution: AttributionNumber(1),
            position: first
        )
        state.note(id, recordedAt: recordedAt, first: first, count: 1)
    }

    private static func version(_ number: UInt32, program: UInt16, _ name: String) -> ProgramCatalog.Version {
        ProgramCatalog.Version(
            version: RuleVersion(number),
            number: ProgramNumber(program),
            effectiveFrom: .earliest,
            program: Program(
                id: ProgramID(name)!,
                currency: Currency("USD")!,
                timeZone: "America/New_York",
                rules: CardRules.stampCard(mechanic: .visit(stamps: 2), stampsPerReward: 10)
            )
        )
    }
}

extension SampleHistory {
    static let start = Timestamp(milliseconds: 1_700_000_000_000)

    /// The kinds of events there are.
    static let kinds: Set<String> = Set([
        "cardIssued", "cardInstalled", "cardDeleted", "purchaseRecorded", "visitRecorded", "stampsAdded",
        "stampsRemoved",
        "debtPaid", "rewardsUnlocked", "amountRefunded", "visitsRemoved", "amountEdited", "rewardsGranted",
        "grantReversed",
        "rewardsRedeemed", "rewardsRemoved", "expirySet", "cardExpired", "commandRefused",
    ]).union(partKinds)

    static let events: [CardEvent] = firstEvents + partEvents + lastEvents

    private static let firstEvents: [CardEvent] = [
        .cardIssued(card: CardID("C-1")!, customer: CustomerID("C-1")!, program: ProgramNumber(0)),
        .cardInstalled(.iOS),
        .purchaseRecorded(
            amount: MinorUnits(12_345),
            award: Award(ruleVersion: RuleVersion(1), stamps: 12, withheld: 1)
        ),
        .visitRecorded(amount: nil, award: Award(ruleVersion: RuleVersion(1), stamps: 2)),
        .visitRecorded(amount: MinorUnits(100), award: Award(ruleVersion: RuleVersion(1), stamps: 0)),
        .stampsAdded(7),
        .stampsRemoved(3),
        .rewardsUnlocked(1, converted: 10, ruleVersion: RuleVersion(1)),
        .rewardsGranted(2, purchase: MinorUnits(990)),
        .grantReversed(named: .opaque(high: 1, low: 1), 1, purchase: MinorUnits(990)),
        .rewardsRedeemed(1, purchase: .zero),
        .rewardsRemoved(1, purchase: .zero, .expired),
        .amountRefunded(amount: MinorUnits(345), named: nil, correction(visit: false)),
        .visitsRemoved(1, correction(visit: true)),
        .amountEdited(edit),
        .debtPaid(1),
        .expirySet(LocalDay(daysSince1970: 20_000)),
        .cardExpired(LocalDay(daysSince1970: 20_000)),
        .commandRefused(.addStamps(0), .quantityTooSmall),
        .cardDeleted,
    ]

    private static let lastEvents: [CardEvent] = [
        .cardIssued(card: CardID("carte-é")!, customer: CustomerID("somebody")!, program: ProgramNumber(1)),
        .rewardsRemoved(1, purchase: .zero, .correction),
        .milestoneRedeemed(
            MilestoneRedemption(MilestoneNumber(1), value: 6, isNamed: true, purchase: .zero, restart: nil)
        ),
        .expirySet(nil),
        // The last one counts latest, so that whether a refusal moves any instant is seen.
        .commandRefused(.addStamps(0), .quantityTooSmall),
    ]

    private static func correction(visit: Bool) -> Correction {
        let reduction = Reduction(
            transaction: CardVersion(3),
            ruleVersion: RuleVersion(1),
            isPurchase: !visit,
            amount: MinorUnits(visit ? 0 : 345),
            absorbed: 0,
            due: 4,
            withdrawsVisit: visit,
            wasStamped: visit
        )
        let remaining = LastDays(visit: LocalDay(daysSince1970: 19_670), purchase: nil)
        let clawback = Clawback(due: 4, taken: 2, carriesDebt: !visit)
        return Correction(reductions: [reduction], clawback: clawback, remaining: visit ? remaining : nil)
    }

    private static let edit = AmountEdit(
        named: TransactionName(reference: "r"),
        transaction: CardVersion(3),
        day: LocalDay(daysSince1970: 19_675),
        from: MinorUnits(12_345),
        to: MinorUnits(20_000),
        award: Award(ruleVersion: RuleVersion(1), stamps: 7),
        absorbed: 0,
        clawback: .none,
        visitChange: .unchanged,
        wasStamped: true,
        remaining: nil
    )
}

extension CardEvent {
    /// The name of the case.
    var kind: String { String("\(self)".prefix { $0 != "(" }) }
}
