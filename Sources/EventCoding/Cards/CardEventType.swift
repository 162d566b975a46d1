/// The numbers of card events on disk.
///
/// They are never reused; a changed layout gets a new number.
///
/// The tag byte of an event holds the number in its low 6 bits. Bit 6 says that the event counts later than it occurred and that the
/// difference follows. Bit 7 is kept for types from 64 on, which will carry their length so that older readers can pass over them.
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

    static let laterFlag: UInt8 = 0x40
    static let extendedFlag: UInt8 = 0x80
}
