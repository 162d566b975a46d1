/// The numbers of card events on disk.
///
/// They are never reused; a changed layout gets a new number (DESIGN.md section 9). All below 64 are taken: the next one is 64, and is
/// written behind an `ExtendedTag`.
///
/// The tag byte of an event holds the number in its low 6 bits. Bit 6 says that the event counts later than it occurred and that the
/// difference follows. Bit 7 says that the number is 64 or more and follows with the length of the fields (`ExtendedTag`).
enum CardEventType: UInt8, CaseIterable {
    case cardIssued = 1
    case cardInstalled = 2
    case cardDeleted = 3
    case purchaseRecorded = 4
    case visitRecorded = 5
    case stampsAdded = 6
    case stampsRemoved = 7
    case debtPaid = 8
    case rewardsUnlocked = 9
    case amountRefunded = 10
    case visitsRemoved = 11
    case amountEdited = 12
    case rewardsGranted = 13
    case grantReversed = 14
    case rewardsRedeemed = 15
    case rewardsRemoved = 16
    case expirySet = 17
    case cardExpired = 18
    case commandRefused = 19
    case purchaseDetailed = 20
    case visitDetailed = 21
    case stampsCredited = 22
    case bonusRemoved = 23
    case stampsSpent = 24
    case spendingReversed = 25
    case loadReversed = 26
    case stampsLapsed = 27
    case stampsRestored = 28
    case milestoneReached = 29
    case milestoneRedeemed = 30
    case rewardClaimed = 31
    case claimUsed = 32
    case claimRemoved = 33
    case redemptionReversed = 34
    case redemptionConflicted = 35
    case rewardsCredited = 36
    case tierChanged = 37
    case membershipSet = 38
    case periodStarted = 39
    case membershipRenewed = 40
    case membershipCancelled = 41
    case cardReinstalled = 42
    case programLeft = 43
    case programRejoined = 44
    case cardReferred = 45
    case referralPaid = 46
    case referralCredited = 47
    case referralCollected = 48
    case referenceClaimed = 49
    case cardMerged = 50
    case cardAbsorbed = 51
    case cardConverted = 52
    case cardCreated = 53
    case conversionUndone = 54
    case amountEditedDetailed = 55
    case couponRedeemed = 56
    case termSet = 57
    case useConflicted = 58
    case caseOpened = 59
    case evidenceAdded = 60
    case caseDecided = 61
    case caseRemedied = 62
    case caseClosed = 63

    static let laterFlag: UInt8 = 0x40
    static let numberMask: UInt8 = 0x3f
}

extension CardEventType {
    /// The type of a number on disk; nil where this version knows none.
    init?(number: UInt64) {
        guard let byte = UInt8(exactly: number) else { return nil }
        self.init(rawValue: byte)
    }

    /// The number on disk.
    var number: UInt64 { UInt64(rawValue) }

    /// Whether a version that does not know the type may pass over its events, as they change no figure; only a type from 64 on can.
    var isIgnorable: Bool {
        switch self {
        default: false
        }
    }

    /// The type with the newer layout of the same event, where there is one.
    var supersededBy: CardEventType? {
        switch self {
        case .purchaseRecorded: .purchaseDetailed
        case .visitRecorded: .visitDetailed
        case .amountEdited: .amountEditedDetailed
        default: nil
        }
    }

    /// The type with the older layout of the same event, where there is one.
    private var supersedes: CardEventType? { Self.allCases.first { $0.supersededBy == self } }

    /// The name of the event, whatever its layout.
    var name: String { supersedes?.name ?? "\(self)" }

    /// Which layout of the event it is, from 1.
    var layout: Int { supersedes.map { $0.layout + 1 } ?? 1 }
}
