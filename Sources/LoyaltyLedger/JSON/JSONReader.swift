/// Reads one JSON text (RFC 8259), strictly.
struct JSONReader {
    /// What is wrong with the text, and where.
    struct Problem: Error, Hashable {
        /// Where it is, counted from 1, in lines and in bytes of the line.
        let line: Int
        let column: Int
        /// What should have been there, or what may not.
        let message: String
    }

    private let bytes: [UInt8]
    private var position = 0

    /// Deeper nesting is refused: no document of ours comes near, and a stack is finite.
    private static let deepest = 32

    private static let digits = UInt8(ascii: "0")...UInt8(ascii: "9")

    static func read(_ bytes: [UInt8]) throws(Problem) -> JSONValue {
        var reader = JSONReader(bytes: bytes)
        guard String(validating: bytes, as: UTF8.self) != nil else { throw reader.problem("the text must be UTF-8") }
        let value = try reader.value(depth: 0)
        reader.skipSpace()
        guard reader.next == nil else { throw reader.problem("expected nothing behind the value") }
        return value
    }

    private init(bytes: [UInt8]) {
        self.bytes = bytes
    }

    private mutating func value(depth: Int) throws(Problem) -> JSONValue {
        guard depth <= JSONReader.deepest else { throw problem("nested deeper than \(JSONReader.deepest) levels") }
        skipSpace()
        switch next {
        case UInt8(ascii: "{"): return try object(depth: depth)
        case UInt8(ascii: "["): return try array(depth: depth)
        case UInt8(ascii: "\""): return .string(try string())
        case let byte? where byte == UInt8(ascii: "-") || JSONReader.digits.contains(byte):
            return .number(try number())
        default:
            for (word, value) in [("true", JSONValue.bool(true)), ("false", .bool(false)), ("null", .null)]
            where bytes[position...].starts(with: word.utf8) {
                position += word.utf8.count
                return value
            }
            throw problem("expected a value")
        }
    }

    private mutating func object(depth: Int) throws(Problem) -> JSONValue {
        position += 1
        var members: [JSONValue.Member] = []
        if take("}") { return .object([]) }
        repeat {
            skipSpace()
            guard next == UInt8(ascii: "\"") else { throw problem("expected a key in double quotes") }
            let start = position
            let key = try string()
            guard !members.contains(where: { $0.key == key }) else {
                position = start
                throw problem("the key \(key) stands twice in one object")
            }
            guard take(":") else { throw problem("expected a colon") }
            members.append(JSONValue.Member(key, try value(depth: depth + 1)))
        } while take(",")
        guard take("}") else { throw problem("expected a comma or a closing brace") }
        return .object(members)
    }

    private mutating func array(depth: Int) throws(Problem) -> JSONValue {
        position += 1
        var elements: [JSONValue] = []
        if take("]") { return .array([]) }
        repeat {
            elements.append(try value(depth: depth + 1))
        } while take(",")
        guard take("]") else { throw problem("expected a comma or a closing bracket") }
        return .array(elements)
    }

    private mutating func number() throws(Problem) -> String {
        let start = position
        _ = takeByte("-")
        if !takeByte("0") { try digits() }
        if takeByte(".") { try digits() }
        if takeByte("e") || takeByte("E") {
            if !takeByte("+") { _ = takeByte("-") }
            try digits()
        }
        return String(decoding: bytes[start..<position], as: UTF8.self)
    }

    private mutating func digits() throws(Problem) {
        let start = position
        while let byte = next, JSONReader.digits.contains(byte) { position += 1 }
        guard position > start else { throw problem("expected a digit") }
    }

    private mutating func string() throws(Problem) -> String {
        position += 1
        var text: [UInt8] = []
        while let byte = next {
            switch byte {
            case UInt8(ascii: "\""):
                position += 1
                return String(decoding: text, as: UTF8.self)
            case UInt8(ascii: "\\"):
                position += 1
                text.append(contentsOf: Array(String(try escaped()).utf8))
            case 0..<0x20: throw problem("a control character must be escaped")
            default:
                text.append(byte)
                position += 1
            }
        }
        throw problem("the text is not closed by a double quote")
    }

    private mutating func escaped() throws(Problem) -> Unicode.Scalar {
        let plain: [Unicode.Scalar: Unicode.Scalar] = [
            "\"": "\"", "\\": "\\", "/": "/", "b": "\u{8}", "f": "\u{C}", "n": "\n", "r": "\r", "t": "\t",
        ]
        guard let letter = next.map({ Unicode.Scalar($0) }) else { throw problem("expected an escape") }
        if let scalar = plain[letter] {
            position += 1
            return scalar
        }
        guard takeByte("u") else { throw problem("expected one of \" \\ / b f n r t u behind a backslash") }
        var code = try codeUnit()
        if (0xD800..<0xDC00).contains(code), takeByte("\\"), takeByte("u") {
            let low = try codeUnit()
            guard (0xDC00..<0xE000).contains(low) else { throw problem("expected the second half of a character") }
            code = 0x10000 + (code - 0xD800) << 10 + (low - 0xDC00)
        }
        guard let scalar = Unicode.Scalar(code) else { throw problem("half a character stands alone") }
        return scalar
    }

    private mutating func codeUnit() throws(Problem) -> UInt32 {
        let digits = bytes[position...].prefix(4)
        guard digits.count == 4, digits.allSatisfy({ Character(Unicode.Scalar($0)).isHexDigit }),
            let code = UInt32(String(decoding: digits, as: UTF8.self), radix: 16)
        else {
            throw problem("expected four hexadecimal digits")
        }
        position += 4
        return code
    }

    private var next: UInt8? { position < bytes.count ? bytes[position] : nil }

    private mutating func skipSpace() {
        while let byte = next, [0x20, 0x09, 0x0A, 0x0D].contains(byte) { position += 1 }
    }

    private mutating func take(_ character: Unicode.Scalar) -> Bool {
        skipSpace()
        return takeByte(character)
    }

    private mutating func takeByte(_ character: Unicode.Scalar) -> Bool {
        guard next == UInt8(ascii: character) else { return false }
        position += 1
        return true
    }

    private func problem(_ message: String) -> Problem {
        let before = bytes[..<position]
        let line = before.count { $0 == UInt8(ascii: "\n") } + 1
        let lineStart = before.lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? 0
        return Problem(line: line, column: position - lineStart + 1, message: message)
    }
}
