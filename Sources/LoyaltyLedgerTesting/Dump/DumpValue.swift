/// A value of a dump line: as little of JSON as the dump needs.
enum DumpValue {
    case none
    case number(Int64)
    case text(String)
    case list([DumpValue])

    init(_ number: some BinaryInteger) { self = .number(Int64(number)) }
    init(_ number: Int64?) { self = number.map { .number($0) } ?? .none }
    init(_ text: String?) { self = text.map { .text($0) } ?? .none }

    /// JSON without spaces, with every character that need not be escaped as it is.
    var json: String {
        switch self {
        case .none: "null"
        case .number(let number): "\(number)"
        case .text(let text): Self.quoted(text)
        case .list(let values): "[" + values.map(\.json).joined(separator: ",") + "]"
        }
    }

    private static func quoted(_ text: String) -> String {
        var json = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": json += "\\\""
            case "\\": json += "\\\\"
            case "\n": json += "\\n"
            case "\r": json += "\\r"
            case "\t": json += "\\t"
            case "\u{8}": json += "\\b"
            case "\u{c}": json += "\\f"
            case _ where scalar.value < 0x20:
                let digits = String(scalar.value, radix: 16)
                json += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            default: json.unicodeScalars.append(scalar)
            }
        }
        return json + "\""
    }
}

extension DumpValue: ExpressibleByIntegerLiteral {
    init(integerLiteral value: Int64) { self = .number(value) }
}
