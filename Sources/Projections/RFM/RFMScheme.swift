public import LoyaltyDomain

/// A way to sort cards into segments by recency, frequency and monetary value (S20).
///
/// Each scheme is a pure function of the cards and an explicit day, in whole numbers only. Equal cards get equal rows in every
/// order of the input: no scheme breaks a tie by position.
public enum RFMScheme: Hashable, Sendable, CaseIterable {
    /// The platform's own grid of days since the last visit and visits, clamped at its edges (DOMAIN.md 4.1).
    case visitsGrid

    /// Quintiles of recency and frequency over the cards themselves, on the five-by-five map (DOMAIN.md 4.2).
    case quintiles

    /// What R's package `rfm` 0.3.0 computes, to the last card (DOMAIN.md 4.3).
    case rPackage

    /// The scheme's name on the command line.
    public var name: String {
        switch self {
        case .visitsGrid: "visits-grid"
        case .quintiles: "quintiles"
        case .rPackage: "r-rfm"
        }
    }

    /// The scheme of that name, or nil.
    public init?(name: some StringProtocol) {
        guard let scheme = RFMScheme.allCases.first(where: { $0.name == name }) else { return nil }
        self = scheme
    }

    /// One row per card, in the order of the cards; `rPackage` leaves out cards without a purchase.
    ///
    /// - Parameters:
    ///   - subjects: The cards as they stood at the end of `day`; what they did later is not subtracted.
    ///   - day: The day from which recency counts back; it is itself included.
    /// - Complexity: O(n), where n is the number of cards.
    public func rows(of subjects: [RFMSubject], asOf day: LocalDay) -> [RFMRow] {
        var rows: [RFMRow] = []
        rows.reserveCapacity(subjects.count)
        forEachRow(of: subjects, asOf: day) { rows.append($0) }
        return rows
    }
}
