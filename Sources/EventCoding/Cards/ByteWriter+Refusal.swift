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
    case purchaseEligible = 16
    case adjustStamps = 17
    case adjustBonus = 18
    case load = 19
    case reverseLoad = 20
    case spend = 21
    case reverseSpending = 22
    case redeemMilestone = 23
    case reverseRedemption = 24
    case claimReward = 25
    case useClaim = 26
    case removeClaim = 27
    case redeemCoupon = 28
    case setTier = 29
    case unpinTier = 30
    case setMembership = 31
    case renewMembership = 32
    case cancelMembership = 33
    case refer = 34
    case reinstall = 35
    case leaveProgram = 36
    case rejoinProgram = 37
    case merge = 38
    case openCase = 39
    case addEvidence = 40
    case decideCase = 41
    case remedyCase = 42
    case closeCase = 43
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
    case notOnThisCard = 20
    case notInstalled = 21
    case notDeleted = 22
    case outsideProgram = 23
    case insideProgram = 24
    case cardMerged = 25
    case unknownOtherCard = 26
    case otherCardUnfit = 27
    case otherCardExists = 28
    case newCardMissing = 29
    case convertedCardInUse = 30
    case notANewcomer = 31
    case exceedsBonus = 32
    case exceedsLoad = 33
    case milestoneNotOpen = 34
    case unknownReward = 35
    case usageLimitReached = 36
    case claimNotOutstanding = 37
    case unknownTier = 38
    case periodLimitReached = 39
    case membershipCancelled = 40
    case expiryHeldElsewhere = 41
    case eligibleExceedsAmount = 42
    case caseNotOpen = 43
    case caseNotDecided = 44
    case claimInFuture = 45
    case claimUnreadable = 46
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
        default: partAction(action)
        }
    }

    mutating func quantity<Unit>(_ count: Count<Unit>, of type: CardActionType) {
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
        case .exceedsBonus(let balance): count(balance)
        case .exceedsLoad(let stamps, let purchase):
            count(stamps)
            amount(purchase)
        case .usageLimitReached(let limit): count(limit)
        case .periodLimitReached(let limit): zigzag(Int64(limit))
        case .cardDeleted, .alreadyIssued, .amountsDiffer, .amountTooSmall, .quantityTooSmall, .limitExceeded,
            .transactionNotFound, .transactionAmbiguous, .spendCardsOnly, .occurredInFuture, .alreadyReversed,
            .notOnThisCard, .notInstalled, .notDeleted, .outsideProgram, .insideProgram, .cardMerged, .unknownOtherCard,
            .otherCardUnfit, .otherCardExists, .newCardMissing, .convertedCardInUse, .notANewcomer, .milestoneNotOpen,
            .unknownReward, .claimNotOutstanding, .unknownTier, .membershipCancelled, .expiryHeldElsewhere,
            .eligibleExceedsAmount, .caseNotOpen, .caseNotDecided, .claimInFuture, .claimUnreadable:
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
        case .notOnThisCard: .notOnThisCard
        case .notInstalled: .notInstalled
        case .notDeleted: .notDeleted
        case .outsideProgram: .outsideProgram
        case .insideProgram: .insideProgram
        case .cardMerged: .cardMerged
        case .unknownOtherCard: .unknownOtherCard
        case .otherCardUnfit: .otherCardUnfit
        case .otherCardExists: .otherCardExists
        case .newCardMissing: .newCardMissing
        case .convertedCardInUse: .convertedCardInUse
        case .notANewcomer: .notANewcomer
        case .exceedsBonus: .exceedsBonus
        case .exceedsLoad: .exceedsLoad
        case .milestoneNotOpen: .milestoneNotOpen
        case .unknownReward: .unknownReward
        case .usageLimitReached: .usageLimitReached
        case .claimNotOutstanding: .claimNotOutstanding
        case .unknownTier: .unknownTier
        case .periodLimitReached: .periodLimitReached
        case .membershipCancelled: .membershipCancelled
        case .expiryHeldElsewhere: .expiryHeldElsewhere
        case .eligibleExceedsAmount: .eligibleExceedsAmount
        case .caseNotOpen: .caseNotOpen
        case .caseNotDecided: .caseNotDecided
        case .claimInFuture: .claimInFuture
        case .claimUnreadable: .claimUnreadable
        }
    }
}
