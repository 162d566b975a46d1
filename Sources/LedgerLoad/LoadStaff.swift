internal import LoyaltyLedger

/// Who serves, with what, where: 24 places with two tills and four people each.
struct LoadStaff: Sendable {
    private static let places = 24
    private let attributions: [Attribution]

    init() {
        attributions = (0..<Self.places * 8).map { index in
            Attribution(
                staff: Label("staff-\(index / 8 * 4 + index % 4)"),
                device: Label("till-\(index / 4)"),
                location: Label("shop-\(index / 8)")
            )
        }
    }

    /// The people of a place and shift; four of five cards come to their own place.
    ///
    /// - Returns: The attribution and its number, from 1.
    func serving(_ card: Int, hour: Int, _ random: inout LoadRandom) -> (Attribution, number: Int) {
        let place = random.below(5) < 4 ? card % Self.places : random.below(Self.places)
        let person = (hour < 13 ? 0 : 2) + random.below(2)
        let index = place * 8 + random.below(2) * 4 + person
        return (attributions[index], index + 1)
    }
}
