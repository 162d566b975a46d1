internal import EventCoding
internal import EventLog
internal import LogFormat
internal import LoyaltyDomain

/// Records of cards.
extension SalvageEditor {
    mutating func editCard(_ record: SalvagedRecord) {
        var record = record
        var decoded: CardRecord
        do throws(DecodingFailure) {
            decoded = try CardRecordCoding.decode(
                facts: ByteReader(record.stored.facts),
                details: nil,
                id: record.stored.id ?? .lost(at: record.stored.position),
                card: CardNumber(record.stored.stream.rawValue),
                eventCount: record.stored.eventCount,
                recordedAt: Timestamp(milliseconds: record.stored.recordedAt)
            )
        } catch {
            return leaveOut(record, .undecodable)
        }
        if let refusal = issue(decoded) { return leaveOut(record, refusal) }
        guard let card = cards.number(decoded.card) else { return leaveOut(record, .issueLost) }
        record.stored.stream = StreamNumber(rawValue: card.rawValue)
        if case .sequence(let source, _) = decoded.commandID, [.import, .offline].contains(decoded.source) {
            registerSources(through: source)
        }
        let number = attribution(decoded.attribution)
        if number != decoded.attribution,
            let facts = try? CardRecordCoding.replacingAttribution(in: record.stored.facts, with: number)
        {
            record.stored.facts = facts
            decoded.attribution = number
        }
        if decoded.awaitsIssue(in: cards) {
            held = HeldRecord(record: record, decoded: decoded)
        } else {
            written.append(linked(record, decoded))
        }
    }

    /// The record with the new numbers of the cards it names; its details stay as they are stored.
    mutating func linked(_ record: SalvagedRecord, _ decoded: CardRecord) -> SalvagedRecord {
        guard let linked = cards.linked(decoded, at: record.stored.position.rawValue) else { return record }
        var record = record
        var facts = ByteWriter(capacity: record.stored.facts.count + 16)
        CardRecordCoding.encodeFacts(of: linked, to: &facts)
        record.stored.facts = facts.bytes
        return record
    }

    /// Gives a card that the record issues its new number; says why where it cannot.
    private mutating func issue(_ record: CardRecord) -> LedgerSalvageReport.LeftOut.Reason? {
        for case .cardIssued(let card, _, let program) in record.events.map(\.event) {
            serials[record.card] = serials[record.card] ?? card
            guard !issued.contains(card) else { return .contradiction }
            while catalog.program(program) == nil, recreateNextVersion() {}
            guard catalog.program(program) != nil else { return .programLost }
            guard cards.issue(record.card) else { return .contradiction }
            issued.insert(card)
        }
        return nil
    }

    /// The new number of an attribution; none where it is lost.
    private mutating func attribution(_ old: AttributionNumber) -> AttributionNumber {
        if let new = attributionNumbers[old] { return new }
        guard let attribution = known?.attributions[old] else {
            report.unattributedRecords += 1
            return .none
        }
        let new = attributions.nextNumber
        recreate(.attributionDefined(new, attribution), "attribution \(old.rawValue)", .snapshot)
        attributions.append(attribution)
        attributionNumbers[old] = new
        return new
    }

    mutating func leaveOut(_ record: SalvagedRecord, _ reason: LedgerSalvageReport.LeftOut.Reason) {
        let stored = record.stored
        let last = stored.position.advanced(by: stored.eventCount - 1).rawValue
        let stream = stored.stream.rawValue
        let key = LeftOutKey(stream: stream, reason: reason)
        if let index = leftOutPlaces[key] {
            report.leftOut[index].records += 1
            report.leftOut[index].events += stored.eventCount
            report.leftOut[index].last = last
            return
        }
        let entry = LedgerSalvageReport.LeftOut(
            stream: stream,
            card: stored.stream == .ledger ? nil : serial(stored.stream),
            reason: reason,
            records: 1,
            events: stored.eventCount,
            first: stored.position.rawValue,
            last: last
        )
        leftOutPlaces[key] = report.leftOut.count
        report.leftOut.append(entry)
    }
}

extension CardRecord {
    /// Whether it says that a coupon turned into a card that is issued only in the record behind it.
    fileprivate func awaitsIssue(in cards: SalvagedCards) -> Bool {
        events.contains { event in
            if case .cardConverted(let card) = event.event { cards.number(card) == nil && !card.isLost } else { false }
        }
    }
}
