extension Refusal {
    /// What a person can do instead: one sentence for whoever stands at the till.
    public var nextStep: String {
        switch self {
        case .cardExpired: "Set a later last day (set-expiry), then record it again."
        case .cardDeleted: "Install the card again (reinstall); corrections work without that."
        case .alreadyIssued: "Use the card as it is; to issue another, choose a new serial."
        case .currencyMismatch: "Give the amount in the program's currency."
        case .amountsDiffer: "Read the receipt again and give one amount."
        case .amountTooSmall, .quantityTooSmall: "Give at least 1; a correction has a command of its own."
        case .limitExceeded: "Check the figure; split it where it is right."
        case .exceedsBalance, .exceedsBonus: "Take at most what is there, or add what is missing first."
        case .exceedsAvailable: "Redeem at most what is there; grant a reward where one is owed."
        case .exceedsOpenAmount: "Refund at most what is open, or name the purchase."
        case .exceedsVisits: "Write off at most the visits there are."
        case .belowRefunded: "Give an amount of at least what was refunded."
        case .transactionNotFound: "Look up the command id in the history of the card it was recorded on."
        case .transactionAmbiguous: "Name the purchase by its command id, which the history shows."
        case .spendCardsOnly: "Use remove-visits: it takes a visit with its amount and its stamps."
        case .occurredInFuture: "Set the clock of the till, then record it again."
        case .shortfall: "Collect what is missing another way, or change the program's policy."
        case .alreadyReversed: "Nothing is left to do: it was taken back before."
        case .notOnThisCard: "Use a command that this card type knows; see loyalty do --help."
        case .notInstalled: "Have the customer install the card (install), then record it again."
        case .notDeleted: "Use install: the card was not deleted."
        case .outsideProgram: "Let the customer rejoin (rejoin-program) first."
        case .insideProgram: "Nothing is left to do: the customer is in the program."
        case .cardMerged: "Use the card it was merged into."
        case .unknownOtherCard: "Check the serial of the other card."
        case .otherCardUnfit: "Choose another card of the same program that is neither deleted nor merged."
        case .otherCardExists: "Choose a serial that is free."
        case .newCardMissing: "Name a serial for the new card."
        case .convertedCardInUse: "Correct the new card instead: it has been used."
        case .notANewcomer: "Nothing is owed: the customer was there before."
        default: partNextStep
        }
    }

    private var partNextStep: String {
        switch self {
        case .exceedsLoad: "Take back at most what is left of the load."
        case .milestoneNotOpen: "Wait for the milestone, or redeem one that is open."
        case .unknownReward: "Choose a reward of the catalogue; loyalty quote lists them."
        case .usageLimitReached: "Choose another reward: this one is used up on this card."
        case .claimNotOutstanding: "Nothing is left of the claim; claim the reward again."
        case .unknownTier: "Choose a tier of the program; loyalty program shows them."
        case .periodLimitReached: "Wait for the next period, or set a higher tier."
        case .membershipCancelled: "Renew the membership (renew-membership) first."
        case .expiryHeldElsewhere: "Renew the membership instead."
        case .caseNotOpen: "Open a case (open-case); loyalty dispute lists those of a card."
        case .caseNotDecided: "Decide the case (decide-case) first."
        case .claimInFuture: "Wait until the day of the claim, or correct its date."
        case .claimUnreadable: "Write the claim again."
        default: "Give a part that is at most the amount."
        }
    }
}
