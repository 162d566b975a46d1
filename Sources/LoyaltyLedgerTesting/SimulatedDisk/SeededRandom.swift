/// SplitMix64: one number repeats a whole run.
public struct SeededRandom: RandomNumberGenerator, Hashable, Sendable {
    private var state: UInt64

    /// Starts a sequence of its own for each seed.
    public init(seed: UInt64) { state = seed }

    /// The next 64 bits.
    public mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    /// True with a probability in percent.
    public mutating func chance(_ percent: Int) -> Bool { below(100) < percent }

    /// A number from 0 to `bound` - 1.
    ///
    /// - Precondition: `bound` is positive.
    public mutating func below(_ bound: Int) -> Int {
        precondition(bound > 0, "nothing is below \(bound)")
        return Int(next() % UInt64(bound))
    }

    /// One of some values.
    public mutating func pick<Value>(_ values: [Value]) -> Value { values[below(values.count)] }
}
