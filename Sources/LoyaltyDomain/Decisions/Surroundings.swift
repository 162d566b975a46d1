/// What a decision needs to know that its card does not: other cards, staff, receipts and the clock on the wall (DESIGN.md 7.3).
///
/// The ledger folds it from events and hands it in as a value.
public struct Surroundings: Hashable, Sendable {
    /// The other card that the command names, or that the card's state does.
    public struct Counterpart: Hashable, Sendable {
        /// Its number.
        public var number: CardNumber
        /// Its state.
        public var state: CardState

        /// Creates a counterpart.
        public init(number: CardNumber, state: CardState) {
            self.number = number
            self.state = state
        }
    }

    /// The card's own number.
    public var card = CardNumber(0)
    /// The number the next card issued gets.
    public var nextCard = CardNumber(0)
    /// Who holds it.
    public var customer: CustomerID?
    /// The other card, where there is one.
    public var counterpart: Counterpart?
    /// Whether the card is the only one of its customer (D25).
    public var isOnlyCardOfCustomer = true
    /// Stamps the staff member has awarded on the local day, over all cards of the program.
    public var staffStamps: Stamps = 0
    /// The hash of the command's reference, where it has one.
    public var reference: UInt64?
    /// Whether that reference earned before.
    public var isReferenceUsed = false
    /// Uses of the membership at this location in the running period.
    public var usesHere: Int32 = 0
    /// Whether the command comes from a device that did it without being able to ask (D23).
    public var isOffline = false
    /// The minute of the local day on which it occurred, 0...1439.
    public var minuteOfDay: Int32 = 0

    /// Creates surroundings in which there is nothing.
    public init() {}
}

/// The 64-bit hash (FNV-1a) by which a reference is remembered: over the number of its program and its text.
public func referenceHash(_ reference: String, of program: ProgramNumber) -> UInt64 {
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    func add(_ byte: UInt8) { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01b3 }
    add(UInt8(truncatingIfNeeded: program.rawValue))
    add(UInt8(truncatingIfNeeded: program.rawValue >> 8))
    for byte in reference.utf8 { add(byte) }
    return hash
}
