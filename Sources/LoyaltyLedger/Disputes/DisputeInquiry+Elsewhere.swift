internal import EventLog
internal import LoyaltyDomain

/// A purchase that may have gone to another card: by its receipt, or by its amount and time.
private struct Anchor {
    var amount: MinorUnits
    var span: ClosedRange<Timestamp>
    var reference: String?
}

extension DisputeInquiry {
    private static let twoHours: Int64 = 2 * 3_600_000

    /// Looks through all cards for purchases with the same receipt, or of the same amount within two hours.
    ///
    /// - Complexity: O(events of the ledger).
    func look(elsewhereFor report: inout DisputeReport, among lines: [Explanation.Line]) {
        let anchors = anchors(among: lines)
        guard !anchors.isEmpty else { return }
        var found: [DisputeReport.Elsewhere] = []
        do throws(LedgerError) {
            try reader.forEachCardRecord(through: state.position) { position, record in
                guard record.card != number, state.cards.contains(record.card),
                    state.cards[record.card].links.mergedInto != number
                else { return }
                for event in record.events {
                    guard let minor = event.event.transactionAmount,
                        let currency = state.catalog.program(state.cards[record.card].program)?.currency
                    else { continue }
                    let amount = Money(minor, currency)
                    guard let match = match(amount, record, anchors) else { continue }
                    found.append(elsewhere(record, at: position, amount, hasSameReceipt: match == .receipt))
                }
            }
        } catch {
            let message = "not every other card could be looked at: \(error)"
            if damage == nil { report.obstacles.append(DisputeReport.Obstacle(kind: .damage, message: message)) }
        }
        report.elsewhere = found
    }

    private enum Match {
        case receipt
        case amount
    }

    private func match(_ amount: Money, _ record: CardRecord, _ anchors: [Anchor]) -> Match? {
        if let reference = record.texts.reference, anchors.contains(where: { $0.reference == reference }) {
            return .receipt
        }
        let isNear = anchors.contains {
            Money($0.amount, program.currency) == amount && $0.span.contains(record.moment.occurredAt)
        }
        return isNear ? .amount : nil
    }

    private func elsewhere(
        _ record: CardRecord,
        at position: UInt64,
        _ amount: Money,
        hasSameReceipt: Bool
    ) -> DisputeReport.Elsewhere {
        DisputeReport.Elsewhere(
            card: state.directory.card(record.card),
            position: position,
            occurredAt: record.moment.occurredAt,
            recordedAt: record.recordedAt,
            amount: amount,
            reference: record.texts.reference,
            attribution: state.attributions[record.attribution] ?? Attribution(),
            hasSameReceipt: hasSameReceipt
        )
    }

    /// The claimed purchase, and the card's own purchases and attempts within the claim's window.
    private func anchors(among lines: [Explanation.Line]) -> [Anchor] {
        var anchors: [Anchor] = []
        if case .purchase(let amount, let reference) = claim.subject {
            anchors.append(Anchor(amount: amount, span: widened(window.start...window.end), reference: reference))
        }
        for line in lines {
            let occurredAt = line.entry.occurredAt
            guard window.spans.contains(where: { $0.contains(occurredAt) }) else { continue }
            var amount = line.entry.event.event.transactionAmount
            if case .commandRefused(let action, _) = line.entry.event.event { amount = action.transactionAmount }
            guard let amount, amount > .zero else { continue }
            let span = widened(occurredAt...occurredAt)
            anchors.append(Anchor(amount: amount, span: span, reference: line.entry.texts.reference))
        }
        return anchors
    }

    private func widened(_ span: ClosedRange<Timestamp>) -> ClosedRange<Timestamp> {
        span.lowerBound.advanced(
            byMilliseconds: -Self.twoHours
        )...span.upperBound.advanced(byMilliseconds: Self.twoHours)
    }

    /// Numbers that devices left out about the claim's window (D23).
    ///
    /// Where a neighbour of a gap cannot be read, its time is not known and the gap is left out; the damage itself is told.
    func gaps() -> [DisputeReport.DeviceGap] {
        let near = widened(window.start...window.end)
        var found: [DisputeReport.DeviceGap] = []
        for device in state.devices {
            guard let index = state.commands.sequences[device.number] else { continue }
            var last: (number: UInt64, occurredAt: Timestamp)?
            for (number, position) in index.numbered where number > (last?.number ?? 0) {
                guard number > (last?.number ?? 0) + 1 else {
                    last = (number, Timestamp.earliest)
                    continue
                }
                let missing = (last?.number ?? 0) + 1...number - 1
                guard let before = occurrence(at: position) else { continue }
                let after = last.flatMap { index.position(of: $0.number) }.flatMap { occurrence(at: $0) }
                if before >= near.lowerBound, after.map({ $0 <= near.upperBound }) ?? true {
                    found.append(.init(device: device.label, missing: missing, after: after, before: before))
                }
                last = (number, before)
            }
        }
        return found
    }

    private func occurrence(at position: UInt64) -> Timestamp? {
        ((try? reader.cardRecord(at: position)) ?? nil)?.moment.occurredAt
    }
}

extension CardAction {
    fileprivate var transactionAmount: MinorUnits? {
        switch self {
        case .purchase(let money, _), .purchaseEligible(let money, _): money.minorUnits
        case .visit(let money): money?.minorUnits
        default: nil
        }
    }
}
