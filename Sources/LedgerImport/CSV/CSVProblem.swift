/// What makes a row of a CSV file unreadable.
package enum CSVProblem: Hashable, Sendable {
    /// The row has another number of fields than the header.
    case ragged(found: Int, expected: Int)

    /// The row holds bytes that are not UTF-8.
    case notUTF8

    /// A quote is never closed; the row takes the rest of the file.
    case unterminatedQuote(lastLine: Int)

    /// Something other than a comma or the end of the line follows a closing quote.
    case textBehindQuote

    /// The stable word for it in rejects files.
    package var code: String {
        switch self {
        case .ragged: "ragged-row"
        case .notUTF8: "bad-utf8"
        case .unterminatedQuote: "unterminated-quote"
        case .textBehindQuote: "bad-quote"
        }
    }

    /// One sentence for a person.
    package var message: String {
        switch self {
        case .ragged(let found, let expected): "the row has \(found) fields, the header \(expected)"
        case .notUTF8: "the row is not UTF-8; save the file in that encoding"
        case .unterminatedQuote(let lastLine):
            "a quote is never closed, so that the row runs to the end of the file, line \(lastLine)"
        case .textBehindQuote: "text follows a closing quote; a quote inside a quoted field is written twice"
        }
    }
}
