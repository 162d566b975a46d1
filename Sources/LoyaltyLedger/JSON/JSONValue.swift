/// A JSON value as it is written: members in order, numbers as their digits.
///
/// Rules and reports need what the usual decoders do not give: an error for a key that stands twice, numbers that are never
/// floating point, and keys in the order in which they are listed.
package indirect enum JSONValue: Hashable, Sendable {
    /// Members in order; no key stands twice.
    case object([Member])

    /// Elements in order.
    case array([JSONValue])

    /// A text.
    case string(String)

    /// A number, as written.
    case number(String)

    /// `true` or `false`.
    case bool(Bool)

    /// `null`.
    case null

    /// A key and its value.
    package struct Member: Hashable, Sendable {
        /// The key.
        package let key: String

        /// The value.
        package let value: JSONValue

        /// Creates a member.
        package init(_ key: String, _ value: JSONValue) {
            self.key = key
            self.value = value
        }
    }

    /// A whole number.
    package static func integer(_ value: some BinaryInteger) -> JSONValue { .number(String(value)) }
}

extension JSONValue {
    /// The value on one line without spaces, members in order.
    package var text: String {
        var text = ""
        write(to: &text)
        return text
    }

    /// The value with the members of every object in ascending order of their keys' UTF-8 bytes.
    ///
    /// Two values that say the same have the same sorted text.
    package var sorted: JSONValue {
        switch self {
        case .object(let members):
            let sorted = members.map { Member($0.key, $0.value.sorted) }
            return .object(sorted.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) })
        case .array(let elements): return .array(elements.map(\.sorted))
        case .string, .number, .bool, .null: return self
        }
    }

    /// Appends the value's text.
    package func write(to text: inout String) {
        switch self {
        case .object(let members):
            JSONValue.writeList(members, in: ("{", "}"), to: &text) { member, text in
                JSONValue.writeString(member.key, to: &text)
                text += ":"
                member.value.write(to: &text)
            }
        case .array(let elements):
            JSONValue.writeList(elements, in: ("[", "]"), to: &text) { $0.write(to: &$1) }
        case .string(let string): JSONValue.writeString(string, to: &text)
        case .number(let digits): text += digits
        case .bool(let value): text += value ? "true" : "false"
        case .null: text += "null"
        }
    }

    private static func writeList<Element>(
        _ elements: [Element],
        in brackets: (open: String, close: String),
        to text: inout String,
        each: (Element, inout String) -> Void
    ) {
        text += brackets.open
        for (index, element) in elements.enumerated() {
            if index > 0 { text += "," }
            each(element, &text)
        }
        text += brackets.close
    }

    private static func writeString(_ string: String, to text: inout String) {
        text += "\""
        for scalar in string.unicodeScalars {
            switch scalar {
            case "\"": text += "\\\""
            case "\\": text += "\\\\"
            case "\n": text += "\\n"
            case "\r": text += "\\r"
            case "\t": text += "\\t"
            case "\u{0}"..<" ":
                let digits = String(scalar.value, radix: 16)
                text += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            default: text.unicodeScalars.append(scalar)
            }
        }
        text += "\""
    }
}
