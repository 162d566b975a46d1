internal import EventCoding
internal import LogFormat
internal import LoyaltyDomain
internal import Projections

/// Cards that follow one another in a snapshot, behind the length of their bytes, so that any thread can read them.
struct CardGroup: Sendable {
    /// Where a group lies in the state's bytes.
    struct Extent {
        var bytes: Range<Int>
        var cards: Int
    }

    /// Cards in every group but the last.
    static let cardsPerGroup = 16_384

    /// No card takes fewer bytes: a serial takes at least two and a customer one.
    static let leastByteCount = SparseCardCoding.leastByteCount + 3

    private(set) var names = CardNameList()
    private(set) var states = CardTable()
    /// What the directory finds the cards by.
    private(set) var hashes: [UInt] = []
    private let extent: Extent

    /// Reads a group of cards of one of so many programs.
    init(decoding bytes: [UInt8], _ extent: Extent, programs: Int) throws(DecodingFailure) {
        self.extent = extent
        var reader = ByteReader(bytes, in: extent.bytes)
        for _ in 0..<extent.cards {
            let start = reader.offset
            let serial = try reader.string()
            let customer = try reader.string()
            let holder = CustomerID(customer)
            guard let card = CardID(serial), holder != nil || customer.isEmpty else {
                let found = "\(serial.debugDescription), \(customer.debugDescription)"
                throw DecodingFailure(offset: start, expected: "a card and its customer", found: found)
            }
            let stateOffset = reader.offset
            let state = try SparseCardCoding.decode(&reader)
            guard Int(state.program.rawValue) < programs else {
                let found = "\(state.program.rawValue)"
                throw DecodingFailure(offset: stateOffset, expected: "one of \(programs) programs", found: found)
            }
            if let holder { names.append(card, customer: holder) } else { names.append(card) }
            states.append(state)
        }
        try reader.finish()
        hashes = names.hashes
    }

    /// The failure of a card whose serial was there; its bytes begin somewhere in the group's.
    func repeats(at place: Int) -> DecodingFailure {
        DecodingFailure(
            offset: extent.bytes.lowerBound,
            expected: "a card and its customer, once",
            found: "card \(place + 1) of this group has a serial that was there"
        )
    }
}
