internal import LogFormat
internal import LoyaltyDomain

/// The numbers of actions on disk, inside refusals.
enum CardActionType: UInt8 {
    case issue = 1
    case install = 2
    case delete = 3
    case purchase = 4
    case visit = 5
    case refund = 6
    case editAmount = 7
    case removeVisits = 8
    case addStamps = 9
    case removeStamps = 10
    case grantRewards = 11
    case reverseGrant = 12
    case redeemRewards = 13
    case removeRewards = 14
    case setExpiry = 15
}

/// The numbers of refusals on disk.
enum RefusalType: UInt8 {
    case cardExpired = 1
    case cardDeleted = 2
    case alreadyIssued = 3
    case currencyMismatch = 4
    case amountsDiffer = 5
    case amountTooSmall = 6
    case quantityTooSmall = 7
    case limitExceeded = 8
    case exceedsBalance = 9
    case exceedsAvailable = 10
    case exceedsOpenAmount = 11
    case exceedsVisits = 12
    case belowRefunded = 13
    case transactionNotFound = 14
    case transactionAmbiguous = 15
    case spendCardsOnly = 16
    case occurredInFuture = 17
    case shortfall = 18
    case alreadyReversed = 19
}

extension ByteWriter {
    mutating func cardAction(_ action: CardAction) {
        switch action {
        case .issue(let customer, let program):
            u8(CardActionType.issue.rawValue)
            string(customer.text)
            string(program.text)
        case .install(let platform):
            u8(CardActionType.install.rawValue)
            u8(platform.rawValue)
        case .delete: u8(CardActionType.delete.rawValue)
        case .purchase(let amount, let stated):
            u8(CardActionType.purchase.rawValue)
            money(amount)
            optional(stated) { $0.money($1) }
        case .visit(let amount):
            u8(CardActionType.visit.rawValue)
            optional(amount) { $0.money($1) }
        case .refund(let amount, let name):
            u8(CardActionType.refund.rawValue)
            money(amount)
            optional(name) { $0.transactionName($1) }
        case .editAmount(let name, let amount):
            u8(CardActionType.editAmount.rawValue)
            transactionName(name)
            money(amount)
        case .removeVisits(let count): quantity(count, of: .removeVisits)
        case .addStamps(let count): quantity(count, of: .addStamps)
        case .removeStamps(let count): quantity(count, of: .removeStamps)
        case .grantRewards(let count, let purchase):
            quantity(count, of: .grantRewards)
            money(purchase)
        case .reverseGrant(let id):
            u8(CardActionType.reverseGrant.rawValue)
            commandID(id)
        case .redeemRewards(let count, let purchase):
            quantity(count, of: .redeemRewards)
            money(purchase)
        case .removeRewards(let count, let purchase, let reason):
            quantity(count, of: .removeRewards)
            money(purchase)
            u8(reason.rawValue)
        case .setExpiry(let day):
            u8(CardActionType.setExpiry.rawValue)
            self.day(day)
        }
    }

    private mutating func quantity<Unit>(_ count: Count<Unit>, of type: CardActionType) {
        u8(type.rawValue)
        self.count(count)
    }

    mutating func refusal(_ refusal: Refusal) {
        u8(refusal.type.rawValue)
        switch refusal {
        case .cardExpired(let day): self.day(day)
        case .currencyMismatch(let expected): string(expected.code)
        case .exceedsBalance(let balance): count(balance)
        case .exceedsAvailable(let available): count(available)
        case .exceedsOpenAmount(let amount), .belowRefunded(let amount): self.amount(amount)
        case .exceedsVisits(let visits): count(visits)
        case .shortfall(let due, let balance):
            count(due)
            count(balance)
        case .cardDeleted, .alreadyIssued, .amountsDiffer, .amountTooSmall, .quantityTooSmall, .limitExceeded,
            .transactionNotFound, .transactionAmbiguous, .spendCardsOnly, .occurredInFuture, .alreadyReversed:
            break
        }
    }
}

extension Refusal {
    var type: RefusalType {
        switch self {
        case .cardExpired: .cardExpired
        case .cardDeleted: .cardDeleted
        case .alreadyIssued: .alreadyIssued
        case .currencyMismatch: .currencyMismatch
        case .amountsDiffer: .amountsDiffer
        case .amountTooSmall: .amountTooSmall
        case .quantityTooSmall: .quantityTooSmall
        case .limitExceeded: .limitExceeded
        case .exceedsBalance: .exceedsBalance
        case .exceedsAvailable: .exceedsAvailable
        case .exceedsOpenAmount: .exceedsOpenAmount
        case .exceedsVisits: .exceedsVisits
        case .belowRefunded: .belowRefunded
        case .transactionNotFound: .transactionNotFound
        case .transactionAmbiguous: .transactionAmbiguous
        case .spendCardsOnly: .spendCardsOnly
        case .occurredInFuture: .occurredInFuture
        case .shortfall: .shortfall
        case .alreadyReversed: .alreadyReversed
        }
    }
}
