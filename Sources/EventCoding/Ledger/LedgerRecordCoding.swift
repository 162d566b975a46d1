public import LogFormat
public import LoyaltyDomain

/// A record of the ledger's own stream and its bytes: a type byte, then the fields.
public enum LedgerRecordCoding {
    /// Writes an event behind what the writer holds.
    public static func encode(_ event: LedgerEvent, facts: inout ByteWriter) {
        switch event {
        case .ledgerCreated(let clock):
            facts.u8(LedgerEventType.ledgerCreated.rawValue)
            facts.u8(clock.rawValue)
        case .programDefined(let version):
            facts.u8(LedgerEventType.programDefined.rawValue)
            facts.programVersion(version)
        case .attributionDefined(let number, let attribution):
            facts.u8(LedgerEventType.attributionDefined.rawValue)
            facts.varint(UInt64(number.rawValue))
            for label in [attribution.staff, attribution.device, attribution.location] {
                facts.optional(label) { $0.string($1.text) }
            }
        case .sourceRegistered(let source):
            facts.u8(LedgerEventType.sourceRegistered.rawValue)
            facts.varint(UInt64(source.number))
            facts.digest(source.digest)
            facts.varint(source.rows)
            facts.varint(UInt64(source.prefixes.count))
            for prefix in source.prefixes {
                facts.varint(prefix.rows)
                facts.digest(prefix.digest)
            }
        case .deviceRegistered(let device):
            facts.u8(LedgerEventType.deviceRegistered.rawValue)
            facts.varint(UInt64(device.number))
            facts.string(device.label.text)
        case .unknown(let event):
            facts.event(ofType: event.type, isIgnorable: true) { $0.bytes(event.bytes) }
        }
    }

    /// Reads an event.
    public static func decode(_ facts: ByteReader) throws(DecodingFailure) -> LedgerEvent {
        var facts = facts
        let event = try event(&facts)
        try facts.finish()
        return event
    }

    private static func event(_ facts: inout ByteReader) throws(DecodingFailure) -> LedgerEvent {
        let start = facts.offset
        let tag = try facts.u8()
        if tag & ExtendedTag.flag != 0 {
            return .unknown(try ExtendedTag(tag, at: start, &facts).unknownEvent(&facts))
        }
        guard let type = LedgerEventType(rawValue: tag) else { throw .unknownType(UInt64(tag), at: start) }
        switch type {
        case .ledgerCreated: return .ledgerCreated(try facts.choice(ClockMode.self))
        case .programDefined: return .programDefined(try facts.programVersion())
        case .attributionDefined:
            let number = UInt32(try facts.varint(upTo: UInt64(UInt32.max), "an attribution number"))
            let attribution = Attribution(
                staff: try facts.label(),
                device: try facts.label(),
                location: try facts.label()
            )
            return .attributionDefined(AttributionNumber(number), attribution)
        case .sourceRegistered: return .sourceRegistered(try source(&facts))
        case .deviceRegistered:
            let number = UInt32(try facts.varint(upTo: UInt64(UInt32.max), "a source number"))
            let label = try facts.text("device") { Label($0) }
            return .deviceRegistered(OfflineDevice(number: number, label: label))
        }
    }

    private static func source(_ facts: inout ByteReader) throws(DecodingFailure) -> ImportSource {
        let number = UInt32(try facts.varint(upTo: UInt64(UInt32.max), "a source number"))
        let digest = try facts.bytes(32)
        let rows = try facts.varint()
        let count = try facts.varint(upTo: 65, "prefixes")
        var prefixes: [ImportSource.Prefix] = []
        for _ in 0..<count {
            prefixes.append(ImportSource.Prefix(rows: try facts.varint(), digest: try facts.bytes(32)))
        }
        return ImportSource(number: number, digest: digest, rows: rows, prefixes: prefixes)
    }
}

extension ByteWriter {
    fileprivate mutating func digest(_ bytes: [UInt8]) {
        precondition(bytes.count == 32, "a SHA-256 digest has 32 bytes, not \(bytes.count)")
        self.bytes(bytes)
    }
}

extension ByteReader {
    fileprivate mutating func label() throws(DecodingFailure) -> Label? {
        try flag() ? try text("label") { Label($0) } : nil
    }
}
