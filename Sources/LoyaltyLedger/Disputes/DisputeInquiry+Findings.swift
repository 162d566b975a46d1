internal import LoyaltyDomain

extension DisputeInquiry {
    /// Where damage hides what would tell.
    var unread: DisputeReport.Finding {
        DisputeReport.Finding(holds: nil, range: nil, purchases: [], text: "cannot be told")
    }

    /// What the claim rests on, by what was recorded by an instant; nil for all that is known.
    func finding(_ timeline: CardTimeline, knownAt known: Timestamp?) -> DisputeReport.Finding {
        if case .purchase(let amount, let reference) = claim.subject {
            return purchase(of: amount, reference, in: timeline, knownAt: known)
        }
        let values = window.spans.flatMap { span in
            timeline.instants(in: span).compactMap { timeline.state(asOf: $0, knownAt: known).map(figure.value) }
        }
        guard let least = values.min(), let most = values.max() else {
            return DisputeReport.Finding(holds: false, range: nil, purchases: [], text: "the card was not issued yet")
        }
        let (low, high) = (text(least), text(most))
        return DisputeReport.Finding(
            holds: values.contains { $0 == figure.claimed },
            range: least...most,
            purchases: [],
            text: least == most ? high : "between \(low.prefix { $0 != " " }) and \(high)"
        )
    }

    func text(_ value: Int64) -> String { figure.text(value, words, program.currency) }

    /// The purchases and visits of the claimed amount within the claim's window, as recorded or edited by an instant.
    private func purchase(
        of amount: MinorUnits,
        _ reference: String?,
        in timeline: CardTimeline,
        knownAt known: Timestamp?
    ) -> DisputeReport.Finding {
        let there = timeline.transactions(knownAt: known).transactions.filter(isAtClaim)
        let found = there.filter { $0.gross == amount && (reference == nil || $0.reference == reference) }
        let told = there.map { next in
            let receipt = next.reference.map { " (receipt \($0))" } ?? ""
            return "\(next.gross.decimal(in: program.currency))\(receipt)"
        }
        return DisputeReport.Finding(
            holds: !found.isEmpty,
            range: nil,
            purchases: found.map(\.commandID),
            text: told.isEmpty
                ? "no purchase" : "\(told.count == 1 ? "a purchase" : "purchases") of \(told.joined(separator: ", "))"
        )
    }

    private func isAtClaim(_ transaction: TransactionHistory.Transaction) -> Bool {
        window.spans.contains { $0.contains(transaction.occurredAt) }
    }

    /// Why a claimed receipt cannot be told: a purchase of that amount is there, and its receipt was erased.
    var erasure: String? {
        guard case .purchase(let amount, .some) = claim.subject else { return nil }
        let erased = records.contains { placed in
            placed.record.texts.isSealed && placed.record.texts.reference == nil
                && window.spans.contains { $0.contains(placed.record.moment.occurredAt) }
                && placed.record.events.contains { $0.event.transactionAmount == amount }
        }
        return erased ? "a purchase of that amount is there, and the text of its receipt was erased" : nil
    }

    /// What was learnt or put right after the claim's last instant, of what happened by then.
    func changes(among lines: [Explanation.Line]) -> [DisputeReport.Change] {
        var occurredAt: [CardVersion: Timestamp] = [:]
        var commands: [CommandID: Timestamp] = [:]
        var changes: [DisputeReport.Change] = []
        for line in lines {
            let entry = line.entry
            defer {
                occurredAt[entry.version] = entry.occurredAt
                commands[entry.commandID] = entry.occurredAt
            }
            guard entry.recordedAt > window.end, !entry.event.event.isAboutCase, line.reasoning.refusal == nil else {
                continue
            }
            let isBy = { (instant: Timestamp?) in instant.map { $0 <= window.end } ?? false }
            if entry.event.effectiveAt <= window.end {
                changes.append(DisputeReport.Change(kind: .late, line: line))
            } else if entry.event.event.correctedVersions.contains(where: { isBy(occurredAt[$0]) })
                || isBy(entry.event.event.correctedCommand.flatMap { commands[$0] })
            {
                changes.append(DisputeReport.Change(kind: .corrected, line: line))
            } else if entry.event.event.isByHand {
                changes.append(DisputeReport.Change(kind: .adjusted, line: line))
            }
        }
        return changes
    }

    /// Attempts of the thirty days before the claim's end that were refused, or whose stamps were withheld.
    func attempts(among lines: [Explanation.Line]) -> [Explanation.Line] {
        let from = window.start.advanced(byMilliseconds: -30 * 86_400_000)
        return lines.filter { line in
            guard (from...window.end).contains(line.entry.occurredAt), !line.entry.event.event.isAboutCase else {
                return false
            }
            return line.reasoning.refusal != nil || line.entry.event.event.withheld > 0
        }
    }

    /// The rules in effect within the window, and those that lines name.
    func rules(named lines: [Explanation.Line]) -> [ProgramCatalog.Version] {
        let program = state.cards[number].program
        let named = Set(lines.compactMap(\.reasoning.ruleVersion))
        let inEffect = [window.start, window.end].compactMap { state.catalog.version(of: program, at: $0)?.version }
        return state.catalog.versions.filter { named.contains($0.version) || inEffect.contains($0.version) }
    }
}

extension CardEvent {
    /// The amount of a purchase or visit.
    var transactionAmount: MinorUnits? {
        switch self {
        case .purchaseRecorded(let amount, _): amount
        case .visitRecorded(let amount, _): amount ?? .zero
        default: nil
        }
    }

    /// Stamps that a guard withheld.
    var withheld: Stamps {
        switch self {
        case .purchaseRecorded(_, let award), .visitRecorded(_, let award): award.withheld
        default: 0
        }
    }

    /// The events of the card that it puts right.
    fileprivate var correctedVersions: [CardVersion] {
        switch self {
        case .amountRefunded(_, _, let correction), .visitsRemoved(_, let correction):
            correction.reductions.map(\.transaction)
        case .amountEdited(let edit): [edit.transaction]
        default: []
        }
    }

    /// The command that it takes back.
    fileprivate var correctedCommand: CommandID? {
        switch self {
        case .grantReversed(let named, _, _), .claimRemoved(let named, _): named
        case .spendingReversed(let reversal): reversal.named
        case .loadReversed(let reversal): reversal.named
        case .redemptionReversed(let reversal): reversal.named
        default: nil
        }
    }

    /// Whether a person changed a figure by hand.
    fileprivate var isByHand: Bool {
        switch self {
        case .stampsAdded, .stampsRemoved, .bonusRemoved, .rewardsGranted, .rewardsRemoved: true
        case .stampsCredited(let credit): credit.cause == .manual
        default: false
        }
    }
}
