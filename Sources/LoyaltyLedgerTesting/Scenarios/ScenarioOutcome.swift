public import LoyaltyLedger

/// What a scenario left behind.
public struct ScenarioOutcome: Sendable {
    /// How the last step ended.
    enum Last: Sendable {
        case receipt(Receipt)
        case error(CommandError)

        init(_ outcome: Result<Receipt, CommandError>) {
            switch outcome {
            case .success(let receipt): self = .receipt(receipt)
            case .failure(let error): self = .error(error)
            }
        }
    }

    let terms: ScenarioTerms
    /// Every card as it is in the end.
    public let profiles: [CardProfile]
    /// The whole history of each.
    public let histories: [CardID: [HistoryEntry]]
    let last: Last?
    let problems: [String]

    /// One card as it is in the end, by its name.
    public func card(_ name: String = "card") throws -> CardProfile {
        try known(profiles.first { $0.card.text == name }, "there is no card \(name)")
    }

    /// What happened to a card, in recorded order.
    public func events(of name: String = "card") -> [CardEvent] {
        histories.first { $0.key.text == name }?.value.map(\.event.event) ?? []
    }
}
