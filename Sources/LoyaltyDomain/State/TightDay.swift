/// A day that may be absent, in the four bytes of a day; the least day that 32 bits hold stands for none.
struct TightDay: Hashable, Sendable {
    private var days = Int32.min

    /// The day, or nil.
    var day: LocalDay? {
        get { days == .min ? nil : LocalDay(daysSince1970: days) }
        set { days = newValue?.daysSince1970 ?? .min }
    }
}
