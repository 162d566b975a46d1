internal import EventCoding
internal import LogFormat
internal import LoyaltyDomain
internal import Projections

extension LedgerState {
    /// The whole state as bytes, the same for the same state: what a snapshot keeps.
    ///
    /// - Complexity: O(cards + commands), and a sort of the commands that do not count, by shards.
    package func encoded() -> [UInt8] {
        var writer = ByteWriter(capacity: 4096 + 64 * cards.count + commands.encodedByteCount)
        writer.varint(position)
        writer.u8(clock.rawValue)
        writer.zigzag(recordedAt.milliseconds)
        writer.varint(ownFacts)
        writer.zigzag(greatestEffectiveAt.milliseconds)
        writer.varint(UInt64(refusals))
        writer.list(catalog.versions.map { .programDefined($0) })
        encodeDefinitions(to: &writer)
        writer.list(attributions.numbered.map { .attributionDefined($0, $1) })
        let devices = devices.map { ($0.number, LedgerEvent.deviceRegistered($0)) }
        let registered = sources.map { ($0.number, LedgerEvent.sourceRegistered($0)) } + devices
        writer.list(registered.sorted { $0.0 < $1.0 }.map(\.1))
        couplings.encode(to: &writer)
        encodeCards(to: &writer)
        commands.encode(to: &writer)
        return writer.bytes
    }

    private func encodeDefinitions(to writer: inout ByteWriter) {
        writer.varint(UInt64(definitions.count))
        for (id, definition) in definitions.sorted(by: { $0.value.version < $1.value.version }) {
            writer.varint(UInt64(definition.version.rawValue))
            writer.varint(definition.position)
            writer.recordID(RecordID(id), after: nil)
        }
    }

    /// The cards in the order of their numbers, in groups behind their lengths; a customer with the card's own serial is an
    /// empty text.
    private func encodeCards(to writer: inout ByteWriter) {
        var (group, left) = (ByteWriter(capacity: 64 * CardGroup.cardsPerGroup), cards.count)
        writer.varint(UInt64(cards.count))
        cards.forEach { number, state in
            let (card, customer) = (directory.card(number), directory.customer(of: number))
            group.string(card.text)
            group.string(customer.isCalled(as: card) ? "" : customer.text)
            SparseCardCoding.encode(copy state, to: &group)
            left -= 1
            guard left == 0 || Int(number.rawValue) % CardGroup.cardsPerGroup == 0 else { return }
            writer.varint(UInt64(group.count))
            writer.bytes(group.bytes)
            group.removeAll()
        }
    }
}

extension ByteWriter {
    /// Facts of the ledger's own, each behind its length, in the bytes they have in the log.
    fileprivate mutating func list(_ events: [LedgerEvent]) {
        var event = ByteWriter(capacity: 128)
        varint(UInt64(events.count))
        for fact in events {
            event.removeAll()
            LedgerRecordCoding.encode(fact, facts: &event)
            varint(UInt64(event.count))
            bytes(event.bytes)
        }
    }
}
