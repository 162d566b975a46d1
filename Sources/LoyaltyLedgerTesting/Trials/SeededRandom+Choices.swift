internal import LoyaltyDomain

extension SeededRandom {
    mutating func once(in count: Int) -> Bool { Int.random(in: 0..<count, using: &self) == 0 }

    mutating func pick<Value>(_ values: Value...) -> Value { values[Int.random(in: 0..<values.count, using: &self)] }

    mutating func count<Unit>(_ range: ClosedRange<Int32>, of: Unit.Type = Unit.self) -> Count<Unit> {
        Count(Int32.random(in: range, using: &self))
    }
}
