internal import LoyaltyDomain

/// The numbered staff, device and location triples of a ledger.
struct AttributionTable: Sendable {
    private var attributions: [Attribution] = [Attribution()]
    private var numbers: [Attribution: AttributionNumber] = [Attribution(): .none]

    /// The number the next triple gets.
    var nextNumber: AttributionNumber { AttributionNumber(UInt32(attributions.count)) }

    /// The number of a triple, or nil where it has none yet.
    func number(of attribution: Attribution) -> AttributionNumber? { numbers[attribution] }

    /// The triple of a number, or nil where it was never defined.
    subscript(number: AttributionNumber) -> Attribution? {
        attributions.indices.contains(Int(number.rawValue)) ? attributions[Int(number.rawValue)] : nil
    }

    /// Adds the next triple.
    mutating func append(_ attribution: Attribution) {
        numbers[attribution] = nextNumber
        attributions.append(attribution)
    }

    /// All triples but the empty one, with their numbers, in ascending order.
    var numbered: [(AttributionNumber, Attribution)] {
        attributions.indices.dropFirst().map { (AttributionNumber(UInt32($0)), attributions[$0]) }
    }
}
