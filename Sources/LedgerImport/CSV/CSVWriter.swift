/// Writes rows of CSV (RFC 4180, but lines end in LF): no byte order mark, quotes only where a field needs them, nothing for no value.
package struct CSVWriter {
    /// The text of one row, line end included.
    package static func line(_ fields: [String?]) -> String {
        fields.map { escaped($0 ?? "") }.joined(separator: ",") + "\n"
    }

    private static func escaped(_ field: String) -> String {
        let needsQuotes = field.utf8.contains { byte in
            byte == UInt8(ascii: ",") || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\n")
                || byte == UInt8(ascii: "\r")
        }
        guard needsQuotes else { return field }
        // By scalars: a quote under a combining accent is one character with it, and still a quote.
        var text = "\""
        for scalar in field.unicodeScalars {
            if scalar == "\"" { text.unicodeScalars.append(scalar) }
            text.unicodeScalars.append(scalar)
        }
        return text + "\""
    }
}
