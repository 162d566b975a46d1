internal import EventCoding
package import LogFormat
internal import LoyaltyDomain
internal import Projections

extension LedgerState {
    /// Reads the state that a snapshot kept.
    ///
    /// Nothing is reserved on the word of a count that the bytes behind it could not fill.
    ///
    /// - Throws: where the bytes are no state of this fold version, or one that contradicts itself.
    /// - Complexity: O(bytes).
    package init(decoding bytes: [UInt8], at position: Position, of logID: LogID) throws(DecodingFailure) {
        self.init(of: logID)
        var reader = ByteReader(bytes)
        self.position = try reader.varint()
        guard self.position == position.rawValue else {
            let found = "\(self.position)"
            throw DecodingFailure(offset: 0, expected: "the state after position \(position)", found: found)
        }
        let clockOffset = reader.offset
        let byte = try reader.u8()
        guard let clock = ClockMode(rawValue: byte) else {
            throw DecodingFailure(offset: clockOffset, expected: "a kind of clock", found: "\(byte)")
        }
        self.clock = clock
        recordedAt = Timestamp(milliseconds: try reader.zigzag())
        ownFacts = try reader.varint()
        greatestEffectiveAt = Timestamp(milliseconds: try reader.zigzag())
        refusals = Int(try reader.varint(upTo: self.position, "refusals"))
        try decodePrograms(&reader)
        try decodeDefinitions(&reader)
        try decodeAttributions(&reader)
        try decodeSources(&reader)
        couplings = try Couplings(decoding: &reader)
        try decodeCardsAndCommands(&reader, of: bytes, logID)
    }

    private mutating func decodePrograms(_ reader: inout ByteReader) throws(DecodingFailure) {
        try reader.forEachFact("program versions") { (event, offset) throws(DecodingFailure) in
            guard case .programDefined(let version) = event else { throw .unexpected(event, at: offset) }
            do throws(LedgerError) {
                try define(version, at: position)
            } catch {
                throw DecodingFailure(offset: offset, expected: "a program this ledger can have", found: error.message)
            }
        }
    }

    private mutating func decodeDefinitions(_ reader: inout ByteReader) throws(DecodingFailure) {
        var last: UInt64 = 0
        for _ in 0..<(try reader.count(of: 4, "definitions")) {
            let start = reader.offset
            let version = try reader.varint(upTo: UInt64(catalog.versions.count), "a rule version")
            let place = try reader.position(after: 0, through: position)
            let id = CommandID(try reader.recordID(after: nil))
            let definition = Definition(version: RuleVersion(UInt32(version)), position: place)
            guard version > last, definitions.updateValue(definition, forKey: id) == nil else {
                throw DecodingFailure(offset: start, expected: "a version after \(last)", found: "\(version), \(id)")
            }
            last = version
        }
    }

    private mutating func decodeAttributions(_ reader: inout ByteReader) throws(DecodingFailure) {
        try reader.forEachFact("attributions") { (event, offset) throws(DecodingFailure) in
            guard case .attributionDefined(let number, let attribution) = event, number == attributions.nextNumber
            else { throw .unexpected(event, at: offset) }
            attributions.append(attribution)
        }
    }

    private mutating func decodeSources(_ reader: inout ByteReader) throws(DecodingFailure) {
        try reader.forEachFact("sources") { (event, offset) throws(DecodingFailure) in
            switch event {
            case .sourceRegistered(let source) where source.number == nextSource: sources.append(source)
            case .deviceRegistered(let device) where device.number == nextSource: devices.append(device)
            default: throw .unexpected(event, at: offset)
            }
        }
    }

    /// Reads cards and commands, which are nearly all of a state, on as many threads as there are processors.
    ///
    /// Which thread reads what makes no difference: groups are put together in their order, and of several failures the first
    /// in the bytes is thrown.
    private mutating func decodeCardsAndCommands(
        _ reader: inout ByteReader,
        of bytes: [UInt8],
        _ logID: LogID
    ) throws(DecodingFailure) {
        let count = try reader.count(of: CardGroup.leastByteCount, "cards")
        var groups: [CardGroup.Extent] = []
        while groups.count * CardGroup.cardsPerGroup < count {
            let length = try reader.varint(upTo: UInt64(reader.remaining), "a group of cards that fits")
            let cards = min(CardGroup.cardsPerGroup, count - groups.count * CardGroup.cardsPerGroup)
            groups.append(CardGroup.Extent(bytes: try reader.skip(Int(length)), cards: cards))
        }
        let (position, programs, rest, extents) = (position, catalog.programs.count, reader, groups)
        let decoded = StateDecoding.decode(groups.count) { (group) throws(DecodingFailure) in
            try CardGroup(decoding: bytes, extents[group], programs: programs)
        } commands: { () throws(DecodingFailure) in
            var reader = rest
            let commands = try CommandIndex(decoding: &reader, through: position, of: logID)
            try reader.finish()
            return commands
        }
        try gather(decoded.groups.map { (group) throws(DecodingFailure) in try group.get() })
        commands = try decoded.commands.get()
    }

    /// Puts the groups of cards together in their order.
    private mutating func gather(_ groups: [CardGroup]) throws(DecodingFailure) {
        var (names, hashes) = (CardNameList(), [UInt]())
        hashes.reserveCapacity(groups.count * CardGroup.cardsPerGroup)
        for group in groups {
            names.append(group.names)
            hashes += group.hashes
            cards.append(group.states)
        }
        do throws(RepeatedCard) {
            directory = try CardDirectory(names, hashes: hashes)
        } catch {
            let (group, place) = Int(error.number.rawValue - 1).quotientAndRemainder(
                dividingBy: CardGroup.cardsPerGroup
            )
            throw groups[group].repeats(at: place)
        }
    }
}

extension DecodingFailure {
    fileprivate static func unexpected(_ event: LedgerEvent, at offset: Int) -> DecodingFailure {
        DecodingFailure(offset: offset, expected: "the next fact of this list", found: "\(event)")
    }
}

extension ByteReader {
    /// Reads a count of things that take at least `least` bytes each, so that no count asks for more room than they would fill.
    mutating func count(of least: Int, _ what: StaticString) throws(DecodingFailure) -> Int {
        Int(try varint(upTo: UInt64(min(remaining / least, Int(UInt32.max) - 1)), what))
    }

    /// Reads a list of facts of the ledger's own.
    fileprivate mutating func forEachFact(
        _ what: StaticString,
        _ body: (LedgerEvent, Int) throws(DecodingFailure) -> Void
    ) throws(DecodingFailure) {
        for _ in 0..<(try count(of: 2, what)) {
            let length = try varint(upTo: UInt64(remaining), "a fact that fits")
            let start = offset
            let fact = try bytes(Int(length))
            let event: LedgerEvent
            do throws(DecodingFailure) {
                event = try LedgerRecordCoding.decode(ByteReader(fact))
            } catch {
                throw error.shifted(by: start)
            }
            try body(event, start)
        }
    }
}
