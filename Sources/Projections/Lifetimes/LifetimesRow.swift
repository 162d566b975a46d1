public import LoyaltyDomain

/// What one card's purchases on one day add up to.
public struct PurchaseDay: Hashable, Sendable {
    /// The local day.
    public var day: LocalDay
    /// The sum of the day's purchases.
    public var amount: MinorUnits

    /// Creates a day.
    public init(_ day: LocalDay, _ amount: MinorUnits) {
        self.day = day
        self.amount = amount
    }

    /// Purchases gathered by their days, in the order of the days.
    static func days(of purchases: [(day: LocalDay, amount: MinorUnits)]) -> [PurchaseDay] {
        var days: [PurchaseDay] = []
        for purchase in purchases.sorted(by: { $0.day < $1.day }) {
            if days.last?.day == purchase.day {
                days[days.count - 1].amount += purchase.amount
            } else {
                days.append(PurchaseDay(purchase.day, purchase.amount))
            }
        }
        return days
    }
}

/// One card's summary for models of customer lifetimes, as the package `lifetimes` makes it (DOMAIN.md 4.4).
///
/// One period is one day.
public struct LifetimesRow: Hashable, Sendable {
    /// The card.
    public let card: CardNumber

    /// Days with a purchase after the first one.
    public let frequency: Int

    /// Days from the first purchase to the last: the card's age at its last purchase.
    ///
    /// The column is called `recency`, which elsewhere means the days since the last one.
    public let ageAtLast: Int

    /// Days from the first purchase to the day of observation: the column `T`.
    public let age: Int

    /// What was spent on the days after the first.
    public let repeatAmount: MinorUnits

    /// Summarises the days of a card, ascending; nil where there is none.
    public init?(_ card: CardNumber, _ days: [PurchaseDay], asOf day: LocalDay) {
        guard let first = days.first, let last = days.last else { return nil }
        self.card = card
        frequency = days.count - 1
        ageAtLast = Int(last.day.daysSince1970) - Int(first.day.daysSince1970)
        age = Int(day.daysSince1970) - Int(first.day.daysSince1970)
        repeatAmount = days.dropFirst().reduce(.zero) { $0 + $1.amount }
    }

    /// The mean of a day's purchases after the first day, in units of the currency with six decimals; `0.000000` where there is
    /// no such day.
    ///
    /// The quotient is first brought to 53 significant bits, as the tools whose tables these are keep it, then to six decimals,
    /// both half to even: a mean of exactly 30.7471875 is a hair less there, and reads 30.747187. Whole numbers do it all.
    public func monetary(in currency: Currency) -> String {
        let scale = (0..<currency.minorDigits).reduce(UInt128(1)) { power, _ in power * 10 }
        // Amounts left of purchases are never negative.
        let amount = UInt128(repeatAmount.rawValue.magnitude)
        let divisor = UInt128(max(frequency, 1)) * scale
        let shift = max(0, 53 - (amount.bitWidthInUse - divisor.bitWidthInUse))
        var mean = (amount << shift).dividedHalfToEven(by: divisor)
        var places = shift
        if mean.bitWidthInUse > 53, places > 0 {
            places -= 1
            mean = (amount << places).dividedHalfToEven(by: divisor)
        }
        let millionths = (mean * 1_000_000).dividedHalfToEven(by: UInt128(1) << places)
        return "\(millionths / 1_000_000).\(padded(Int128(millionths % 1_000_000), to: 6))"
    }
}

extension UInt128 {
    /// The number of bits up to the highest that is set.
    fileprivate var bitWidthInUse: Int { UInt128.bitWidth - leadingZeroBitCount }

    /// The quotient, rounded half to even.
    fileprivate func dividedHalfToEven(by divisor: UInt128) -> UInt128 {
        let (quotient, remainder) = quotientAndRemainder(dividingBy: divisor)
        let isUp = remainder * 2 > divisor || remainder * 2 == divisor && quotient % 2 == 1
        return quotient + (isUp ? 1 : 0)
    }
}
