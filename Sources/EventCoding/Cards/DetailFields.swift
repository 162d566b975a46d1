internal import LogFormat
internal import LoyaltyDomain

/// The texts of a record, apart from its facts.
///
/// Each field: tag (u8, ascending), form (u8), varint count, bytes. Form 0 is clear UTF-8. Form 1 is sealed: key id (16 bytes), nonce (12 bytes)
/// and ciphertext. Version 1 writes no sealed field and reads one as an absent text.
struct DetailFields {
    private enum Tag: UInt8 {
        case reference = 1
        case customerComment = 2
        case internalNote = 3
        case namedReference = 4
    }

    private static let clear: UInt8 = 0
    private static let sealed: UInt8 = 1
    private static let smallestSealed = 28

    private var texts: [(tag: Tag, text: String)] = []
    private var hasSealed = false

    init(of record: CardRecord) {
        add(.reference, record.texts.reference)
        add(.customerComment, record.texts.customerComment)
        add(.internalNote, record.texts.internalNote)
        add(.namedReference, record.events.lazy.compactMap(\.event.transactionName).first?.reference)
    }

    private mutating func add(_ tag: Tag, _ text: String?) {
        if let text { texts.append((tag, text)) }
    }

    func encode(to details: inout ByteWriter) {
        for (tag, text) in texts {
            details.u8(tag.rawValue)
            details.u8(Self.clear)
            details.string(text)
        }
    }

    init(decoding details: ByteReader) throws(DecodingFailure) {
        var details = details
        var last: UInt8 = 0
        while !details.isAtEnd {
            let start = details.offset
            let byte = try details.u8()
            guard byte > last, let tag = Tag(rawValue: byte) else {
                throw DecodingFailure(
                    offset: start,
                    expected: "a detail tag after \(last), at most 4",
                    found: "\(byte)"
                )
            }
            last = byte
            let formOffset = details.offset
            switch try details.u8() {
            case Self.clear: texts.append((tag, try details.string()))
            case Self.sealed:
                let count = try details.varint(upTo: UInt64(details.remaining), "a sealed field that fits")
                guard count >= Self.smallestSealed else {
                    throw DecodingFailure(
                        offset: formOffset,
                        expected: "a sealed field of 28 bytes or more",
                        found: "\(count)"
                    )
                }
                _ = try details.skip(Int(count))
                hasSealed = true
            case let form: throw DecodingFailure(offset: formOffset, expected: "form 0 or 1", found: "\(form)")
            }
        }
    }

    /// Puts the texts where they belong: beside the command, and into the name that a correction gives a transaction.
    func apply(to texts: inout RecordTexts, _ events: inout [EffectiveEvent]) {
        texts.isSealed = hasSealed
        for (tag, text) in self.texts {
            switch tag {
            case .reference: texts.reference = text
            case .customerComment: texts.customerComment = text
            case .internalNote: texts.internalNote = text
            case .namedReference: for index in events.indices { events[index].event.setNamedReference(text) }
            }
        }
    }
}

extension CardEvent {
    fileprivate var transactionName: TransactionName? {
        switch self {
        case .amountRefunded(_, let name, _), .commandRefused(.refund(_, let name), _): name
        case .amountEdited(let edit): edit.named
        case .commandRefused(.editAmount(let name, _), _): name
        default: nil
        }
    }

    fileprivate mutating func setNamedReference(_ text: String) {
        guard var name = transactionName else { return }
        name.reference = text
        switch self {
        case .amountRefunded(let amount, _, let correction):
            self = .amountRefunded(amount: amount, named: name, correction)
        case .commandRefused(.refund(let amount, _), let refusal):
            self = .commandRefused(.refund(amount, of: name), refusal)
        case .amountEdited(var edit):
            edit.named = name
            self = .amountEdited(edit)
        case .commandRefused(.editAmount(_, let amount), let refusal):
            self = .commandRefused(.editAmount(of: name, to: amount), refusal)
        default: break
        }
    }
}
