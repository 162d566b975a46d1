public import LoyaltyDomain

/// A figure over time on both clocks: as the ledger showed it at the time, and as it knows it now.
public struct DisputeChart: Hashable, Sendable {
    /// A figure from an instant on, until the next one.
    public struct Step: Hashable, Sendable {
        /// From when.
        public let from: Timestamp
        /// The figure.
        public let value: Int64
    }

    /// The time it shows.
    public let span: ClosedRange<Timestamp>
    /// What the card showed at each instant.
    public let shown: [Step]
    /// What is known now of each instant.
    public let known: [Step]
    /// What the claim says; nil for a purchase.
    public let claimed: Int64?
    /// The instants the claim is about.
    public let window: ClosedRange<Timestamp>

    /// The most instants a line is worked out at.
    static let mostSteps = 400

    init(_ timeline: CardTimeline, _ figure: ClaimFigure, _ window: ClaimWindow, span: ClosedRange<Timestamp>) {
        self.span = span
        self.window = window.start...window.end
        claimed = figure.claimed
        shown = DisputeChart.steps(timeline.showings(in: span)) {
            timeline.state(asOf: $0, knownAt: $0).map(figure.value)
        }
        known = DisputeChart.steps(timeline.instants(in: span)) { timeline.state(asOf: $0).map(figure.value) }
    }

    private static func steps(_ instants: [Timestamp], _ value: (Timestamp) -> Int64?) -> [Step] {
        let stride = max(1, instants.count / mostSteps)
        var steps: [Step] = []
        for (index, instant) in instants.enumerated() where index % stride == 0 || index == instants.count - 1 {
            guard let value = value(instant), steps.last?.value != value else { continue }
            steps.append(Step(from: instant, value: value))
        }
        return steps
    }

    /// The least and the most that either line or the claim reaches.
    var range: ClosedRange<Int64> {
        let values = (shown + known).map(\.value) + [claimed].compactMap(\.self) + [0]
        return (values.min() ?? 0)...(values.max() ?? 0)
    }
}
