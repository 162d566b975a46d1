internal import LoyaltyDomain

/// A value within a document together with the path to it, so that every error can name its place.
struct DocumentNode {
    let value: JSONValue
    let path: String

    /// The members of an object whose keys are all known.
    func members(_ known: String...) throws(ProgramDocumentError) -> DocumentObject { try members(known) }

    /// The members of an object whose keys are all known.
    func members(_ known: [String]) throws(ProgramDocumentError) -> DocumentObject {
        guard case .object(let members) = value else { throw mismatch("an object with the keys \(listed(known))") }
        if let unknown = members.first(where: { !known.contains($0.key) }) {
            throw ProgramDocumentError(at: inside(unknown.key), "unknown key; expected \(listed(known))")
        }
        return DocumentObject(node: self, members: members)
    }

    /// The only member of an object, which names one of several kinds.
    func choice(_ kinds: String...) throws(ProgramDocumentError) -> (kind: String, node: DocumentNode) {
        let expected = "an object with exactly one of the keys \(listed(kinds))"
        guard case .object(let members) = value else { throw mismatch(expected) }
        if let unknown = members.first(where: { !kinds.contains($0.key) }) {
            throw ProgramDocumentError(at: inside(unknown.key), "unknown key; expected \(listed(kinds))")
        }
        guard let only = members.first, members.count == 1 else {
            let found = members.isEmpty ? "none" : members.map(\.key).joined(separator: " and ")
            throw ProgramDocumentError(at: path, "expected \(expected), found \(found)")
        }
        return (only.key, DocumentNode(value: only.value, path: inside(only.key)))
    }

    /// A text.
    func text(_ expected: String = "a text") throws(ProgramDocumentError) -> String {
        guard case .string(let text) = value else { throw mismatch(expected) }
        return text
    }

    /// One of a few words.
    func word<Meaning>(_ words: KeyValuePairs<String, Meaning>) throws(ProgramDocumentError) -> Meaning {
        let expected = "one of " + words.map { "\"\($0.key)\"" }.joined(separator: ", ")
        guard case .string(let text) = value, let match = words.first(where: { $0.key == text }) else {
            throw mismatch(expected)
        }
        return match.value
    }

    /// A whole number from 1 to `greatest`, written without fraction, exponent or quotes.
    func count(from least: Int32 = 1, upTo greatest: Int32) throws(ProgramDocumentError) -> Int32 {
        guard case .number(let digits) = value, let count = Int32(digits), (least...greatest).contains(count) else {
            throw mismatch("a whole number from \(least) to \(greatest)")
        }
        return count
    }

    /// `true` or `false`.
    func flag() throws(ProgramDocumentError) -> Bool {
        guard case .bool(let flag) = value else { throw mismatch("true or false") }
        return flag
    }

    /// A calendar day such as `"2026-12-31"`.
    func day() throws(ProgramDocumentError) -> LocalDay {
        guard case .string(let text) = value, let day = LocalDay(text) else {
            throw mismatch("a day in quotes, such as \"2026-12-31\"")
        }
        return day
    }

    /// The elements of an array, in order, each with its index in its path.
    func elements<Element>(
        _ read: (DocumentNode) throws(ProgramDocumentError) -> Element
    ) throws(ProgramDocumentError) -> [Element] {
        guard case .array(let values) = value else { throw mismatch("an array") }
        var elements: [Element] = []
        for (index, value) in values.enumerated() {
            elements.append(try read(DocumentNode(value: value, path: "\(path)[\(index)]")))
        }
        return elements
    }

    /// A name of 1 to 64 bytes without control characters.
    func label() throws(ProgramDocumentError) -> Label {
        guard let label = Label(try text()) else {
            throw mismatch("a name of 1 to 64 bytes without control characters")
        }
        return label
    }

    /// A decimal amount in quotes, at least so many minor units.
    func amount(
        in currency: Currency,
        atLeast least: MinorUnits = MinorUnits(1)
    ) throws(ProgramDocumentError) -> MinorUnits {
        let bound = least > .zero ? " above nothing" : ""
        let expected =
            "a decimal amount of \(currency)\(bound), in quotes, such as "
            + "\"\(MinorUnits(1000).decimal(in: currency))\""
        guard let amount = Money(decimal: try text(expected), currency)?.minorUnits, amount >= least else {
            throw mismatch(expected)
        }
        return amount
    }

    /// A number of stamps or rewards.
    func quantity<Unit>(from least: Int32 = 1) throws(ProgramDocumentError) -> Count<Unit> {
        Count(try count(from: least, upTo: Count<Unit>.largest.rawValue))
    }

    /// A share in basis points, 0 to 10000.
    func share() throws(ProgramDocumentError) -> BasisPoints { BasisPoints(try count(from: 0, upTo: 10_000)) }

    /// The error that something else stands here.
    func mismatch(_ expected: String) -> ProgramDocumentError {
        let found: String =
            switch value {
            case .object: "an object"
            case .array: "an array"
            case .string, .number, .bool, .null: value.text
            }
        return ProgramDocumentError(at: path, "expected \(expected), found \(found)")
    }

    fileprivate func inside(_ key: String) -> String { path.isEmpty ? key : "\(path).\(key)" }
}

/// The members of an object in a document.
struct DocumentObject {
    fileprivate let node: DocumentNode
    fileprivate let members: [JSONValue.Member]

    /// The member with that key; it must be there.
    func required(_ key: String) throws(ProgramDocumentError) -> DocumentNode {
        guard let member = optional(key) else {
            throw ProgramDocumentError(at: node.inside(key), "missing")
        }
        return member
    }

    /// The member with that key, or nil where it is left out.
    func optional(_ key: String) -> DocumentNode? {
        members.first { $0.key == key }.map { DocumentNode(value: $0.value, path: node.inside(key)) }
    }
}

private func listed(_ keys: [String]) -> String {
    keys.count < 2 ? keys.joined() : keys.dropLast().joined(separator: ", ") + " or " + keys[keys.count - 1]
}
