internal import LogFormat
internal import LoyaltyDomain

extension ByteReader {
    mutating func cardAction() throws(DecodingFailure) -> CardAction {
        let type = try choice(CardActionType.self)
        switch type {
        case .issue:
            let customer = try text("customer id") { CustomerID($0) }
            return .issue(customer: customer, program: try text("program id") { ProgramID($0) })
        case .install: return .install(try choice(Platform.self))
        case .delete: return .delete
        case .purchase: return .purchase(try money(), stated: try flag() ? try money() : nil)
        case .visit: return .visit(try flag() ? try money() : nil)
        case .refund: return .refund(try money(), of: try flag() ? try transactionName() : nil)
        case .editAmount: return .editAmount(of: try transactionName(), to: try money())
        case .removeVisits: return .removeVisits(try count())
        case .addStamps: return .addStamps(try count())
        case .removeStamps: return .removeStamps(try count())
        case .grantRewards: return .grantRewards(try count(), purchase: try money())
        case .reverseGrant: return .reverseGrant(try commandID())
        case .redeemRewards: return .redeemRewards(try count(), purchase: try money())
        case .removeRewards:
            return .removeRewards(try count(), purchase: try money(), try choice(RewardRemovalReason.self))
        case .setExpiry: return .setExpiry(try optionalDay())
        default: return try partAction(of: type)
        }
    }

    mutating func refusal() throws(DecodingFailure) -> Refusal {
        switch try choice(RefusalType.self) {
        case .cardExpired: return .cardExpired(on: try day())
        case .cardDeleted: return .cardDeleted
        case .alreadyIssued: return .alreadyIssued
        case .currencyMismatch: return .currencyMismatch(expected: try text("currency") { Currency($0) })
        case .amountsDiffer: return .amountsDiffer
        case .amountTooSmall: return .amountTooSmall
        case .quantityTooSmall: return .quantityTooSmall
        case .limitExceeded: return .limitExceeded
        case .exceedsBalance: return .exceedsBalance(try count())
        case .exceedsAvailable: return .exceedsAvailable(try count())
        case .exceedsOpenAmount: return .exceedsOpenAmount(try amount())
        case .exceedsVisits: return .exceedsVisits(try count())
        case .belowRefunded: return .belowRefunded(try amount())
        case .transactionNotFound: return .transactionNotFound
        case .transactionAmbiguous: return .transactionAmbiguous
        case .spendCardsOnly: return .spendCardsOnly
        case .occurredInFuture: return .occurredInFuture
        case .shortfall: return .shortfall(due: try count(), balance: try count())
        case .alreadyReversed: return .alreadyReversed
        case .notOnThisCard: return .notOnThisCard
        case .notInstalled: return .notInstalled
        case .notDeleted: return .notDeleted
        case .outsideProgram: return .outsideProgram
        case .insideProgram: return .insideProgram
        case .cardMerged: return .cardMerged
        case .unknownOtherCard: return .unknownOtherCard
        case .otherCardUnfit: return .otherCardUnfit
        case .otherCardExists: return .otherCardExists
        case .newCardMissing: return .newCardMissing
        case .convertedCardInUse: return .convertedCardInUse
        case .notANewcomer: return .notANewcomer
        case .exceedsBonus: return .exceedsBonus(try count())
        case .exceedsLoad: return .exceedsLoad(try count(), try amount())
        case .milestoneNotOpen: return .milestoneNotOpen
        case .unknownReward: return .unknownReward
        case .usageLimitReached: return .usageLimitReached(try count())
        case .claimNotOutstanding: return .claimNotOutstanding
        case .unknownTier: return .unknownTier
        case .periodLimitReached: return .periodLimitReached(try int32())
        case .membershipCancelled: return .membershipCancelled
        case .expiryHeldElsewhere: return .expiryHeldElsewhere
        case .eligibleExceedsAmount: return .eligibleExceedsAmount
        case .caseNotOpen: return .caseNotOpen
        case .caseNotDecided: return .caseNotDecided
        case .claimInFuture: return .claimInFuture
        case .claimUnreadable: return .claimUnreadable
        }
    }
}
