public import LoyaltyLedger

/// The commands of a load, one after another, without end: purchases, refunds, redemptions, grants, corrections by hand and changes of
/// expiry, in the order in which they happen.
///
/// The sequence keeps a few bytes for each card, so that a reward is redeemed where there is one.
public struct LoadCommands: Sequence, IteratorProtocol, Sendable {
    /// What the load knows of a card.
    private struct Holding {
        var stamps: UInt8 = 0
        var rewards: UInt8 = 0
    }

    private let plan: LoadPlan
    private let source: UInt32
    private let euro: Currency
    private let staff = LoadStaff()
    private var random: LoadRandom
    private var choice: CardChoice
    private var week: ShopWeek
    private var recent = RecentPurchases()
    private var holdings: [Holding] = []
    private var number: UInt64 = 0

    /// Starts a load.
    ///
    /// - Parameters:
    ///   - plan: What it consists of.
    ///   - source: The source its command ids are numbered under, where they are numbered.
    ///   - earliest: The first week begins no earlier; the first of 2024 unless set.
    public init(_ plan: LoadPlan, source: UInt32, notBefore earliest: Timestamp = .epoch) {
        self.plan = plan
        self.source = source
        euro = LoadPlan.program.currency
        random = LoadRandom(seed: plan.seed)
        choice = CardChoice(plan)
        week = ShopWeek(cards: plan.cards, notBefore: earliest.milliseconds)
        holdings.reserveCapacity(plan.cards)
    }

    /// The next command; there is always one.
    public mutating func next() -> LoadCommand? {
        let occurredAt = Timestamp(milliseconds: week.next(&random))
        number += 1
        let (card, isNew) = choice.next(&random)
        if isNew { holdings.append(Holding()) }
        let (holder, action) = isNew ? (card, purchase(by: card)) : action(of: card, at: occurredAt)
        let (attribution, place) = staff.serving(holder, hour: week.hourOfDay, &random)
        var context = CommandContext(source: .scanner, attribution: attribution)
        if plan.hasComments { comment(on: action, in: &context) }
        let request = CommandRequest(
            CardCommand(action, on: serial(of: holder), at: occurredAt),
            id: id(of: number),
            context: context,
            issuing: isNew ? CardIssue() : nil
        )
        return LoadCommand(request: request, card: UInt32(holder), attribution: UInt16(place))
    }

    /// What happens, and on which card: of a thousand commands about 20 are refunds and 13 other work behind the counter.
    private mutating func action(of card: Int, at occurredAt: Timestamp) -> (card: Int, CardAction) {
        if holdings[card].rewards > 0, random.below(2) == 0 {
            holdings[card].rewards -= 1
            return (card, .redeemRewards(1, purchase: Money(.zero, euro)))
        }
        switch random.below(1000) {
        case 0..<20: return refund() ?? (card, purchase(by: card))
        case 20..<24:
            holdings[card].rewards += holdings[card].rewards < .max ? 1 : 0
            return (card, .grantRewards(1, purchase: Money(.zero, euro)))
        case 24..<30:
            add(1, to: card)
            return (card, .addStamps(1))
        case 30..<33:
            let day = occurredAt.dayInUTC.advanced(byDays: Int32(7300 + random.below(365)))
            return (card, .setExpiry(random.below(3) == 0 ? nil : day))
        default: return (card, purchase(by: card))
        }
    }

    private mutating func purchase(by card: Int) -> CardAction {
        // The lesser of two amounts: small ones are the usual ones. Prices end in 0 or 5.
        let amount = Int64(2 + Swift.min(random.below(1200), random.below(1200))) * 5
        add(Int(amount / LoadPlan.unit), to: card)
        recent.note(RecentPurchases.Purchase(card: card, number: number, amount: amount), &random)
        return .purchase(Money(MinorUnits(amount), euro))
    }

    /// A purchase that is brought back, two of three times whole; nil where there is none to bring back.
    private mutating func refund() -> (card: Int, CardAction)? {
        guard let purchase = recent.take(&random) else { return nil }
        let amount = random.below(3) < 2 ? purchase.amount : purchase.amount / 2
        let due = purchase.amount / LoadPlan.unit - (purchase.amount - amount) / LoadPlan.unit
        holdings[purchase.card].stamps -= UInt8(Swift.min(Int64(holdings[purchase.card].stamps), due))
        let name = TransactionName(commandID: id(of: purchase.number))
        return (purchase.card, .refund(Money(MinorUnits(amount), euro), of: name))
    }

    private mutating func add(_ stamps: Int, to card: Int) {
        let sum = Int(holdings[card].stamps) + stamps
        holdings[card].stamps = UInt8(sum % LoadPlan.stampsPerReward)
        let rewards = Int(holdings[card].rewards) + sum / LoadPlan.stampsPerReward
        holdings[card].rewards = UInt8(Swift.min(rewards, Int(UInt8.max)))
    }

    private mutating func comment(on action: CardAction, in context: inout CommandContext) {
        switch action {
        case .addStamps: context.customerComment = "Sorry for the wait, order \(number)"
        case .grantRewards: context.customerComment = "Thank you for your patience"
        case .refund: context.internalNote = "Brought back, till \(number % 97)"
        default: if random.below(50) == 0 { context.internalNote = "Table \(random.below(40)), order \(number)" }
        }
    }

    private func id(of number: UInt64) -> CommandID {
        switch plan.identifiers {
        case .sequence: .sequence(source: source, number: number)
        case .opaque: CommandID(high: LoadRandom.mix(plan.seed ^ number << 1), low: LoadRandom.mix(~number))
        }
    }

    private func serial(of card: Int) -> CardID {
        let digits = String(card)
        guard let id = CardID("C" + String(repeating: "0", count: 7 - digits.count) + digits) else {
            preconditionFailure("a serial of 8 characters")
        }
        return id
    }
}
