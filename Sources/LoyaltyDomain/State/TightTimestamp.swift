/// An instant that may be absent, in the eight bytes of an instant; the least instant that 64 bits hold stands for none.
struct TightTimestamp: Hashable, Sendable {
    private var milliseconds = Int64.min

    /// The instant, or nil.
    var instant: Timestamp? {
        get { milliseconds == .min ? nil : Timestamp(milliseconds: milliseconds) }
        set { milliseconds = newValue?.milliseconds ?? .min }
    }
}
