import LoyaltyLedgerTesting

/// What happened in a life, step by step, with every call to the disk; costs nothing unless it is wanted.
struct Story {
    /// Whether anybody wants to read it.
    let isTold: Bool
    private(set) var lines: [String] = []
    private var callsTold = 0

    init(isTold: Bool) { self.isTold = isTold }

    /// Tells a step, after the calls that came before it.
    mutating func tell(_ step: @autoclosure () -> String, _ disk: SimulatedDisk) {
        guard isTold else { return }
        tellCalls(disk)
        lines.append(step())
    }

    /// Tells the calls that were not told yet.
    mutating func tellCalls(_ disk: SimulatedDisk) {
        guard isTold else { return }
        let calls = disk.calls
        for number in callsTold..<max(callsTold, calls.count) { lines.append("    \(number): \(calls[number])") }
        callsTold = calls.count
    }

    var text: String { lines.joined(separator: "\n") }
}
