/// An instant in UTC, in whole milliseconds since 1970-01-01T00:00:00Z.
///
/// The ledger keeps two of them on every event: when it occurred and when it was recorded. It never reads a clock itself.
public struct Timestamp: Hashable, Comparable, Sendable {
    /// Milliseconds since 1970-01-01T00:00:00Z; negative before it.
    public var milliseconds: Int64

    /// Creates an instant from milliseconds since 1970-01-01T00:00:00Z.
    public init(milliseconds: Int64) {
        self.milliseconds = milliseconds
    }

    /// 1970-01-01T00:00:00Z, where a manual clock starts.
    public static let epoch = Timestamp(milliseconds: 0)

    /// The earliest instant the ledger accepts: 0000-01-01T00:00:00Z.
    public static let earliest = Timestamp(milliseconds: -62_167_219_200_000)

    /// The latest instant the ledger accepts: 9999-12-31T23:59:59.999Z.
    public static let latest = Timestamp(milliseconds: 253_402_300_799_999)

    /// Whether the instant lies between `earliest` and `latest`.
    public var isRepresentable: Bool { self >= .earliest && self <= .latest }

    /// Whether the left instant is earlier.
    public static func < (left: Timestamp, right: Timestamp) -> Bool {
        left.milliseconds < right.milliseconds
    }

    /// The instant that many milliseconds later; stops at `latest` and `earliest`.
    public func advanced(byMilliseconds step: Int64) -> Timestamp {
        let (sum, overflow) = milliseconds.addingReportingOverflow(step)
        if overflow { return step < 0 ? .earliest : .latest }
        return Timestamp(milliseconds: min(max(sum, Timestamp.earliest.milliseconds), Timestamp.latest.milliseconds))
    }
}

extension Timestamp {
    /// The calendar day of the instant in UTC.
    public var dayInUTC: LocalDay {
        LocalDay(daysSince1970: Int32(floorDivide(Int(milliseconds), 86_400_000)))
    }
}
