/// Why a row of an import is not a command: a stable word for scripts, and a sentence for people.
package struct RowProblem: Error, Hashable {
    /// The word in the rejects file's column `reason`.
    package let code: String

    /// The sentence in its column `message`.
    package let message: String

    /// A field that the row's kind needs has no value.
    package static func missing(_ field: ImportField, for kind: ImportKind? = nil) -> RowProblem {
        let needed = kind.map { "; \($0.rawValue) needs one" } ?? ""
        return RowProblem(code: "missing-field", message: "\(field.name) has no value\(needed)")
    }

    /// A date or time that cannot be read.
    static func badDate(_ field: ImportField, _ text: String, expected: String) -> RowProblem {
        RowProblem(code: "bad-date", message: "\(field.name) \(quoted(text)) is not \(expected)")
    }

    /// An amount that cannot be read.
    static func badAmount(_ field: ImportField, _ text: String, expected: String) -> RowProblem {
        RowProblem(code: "bad-amount", message: "\(field.name) \(quoted(text)) is not \(expected)")
    }

    /// A quantity that cannot be read.
    static func badQuantity(_ text: String, atLeast least: Int32) -> RowProblem {
        RowProblem(code: "bad-quantity", message: "quantity \(quoted(text)) is not a whole number of at least \(least)")
    }

    /// A quantity with a sign that cannot be read.
    static func badSignedQuantity(_ text: String) -> RowProblem {
        RowProblem(
            code: "bad-quantity",
            message: "quantity \(quoted(text)) is not a whole number such as 24 or -24, or is 0"
        )
    }

    /// A word that is none of those a field knows.
    static func unknownWord(_ field: ImportField, _ text: String, expected: String) -> RowProblem {
        RowProblem(code: "unknown-word", message: "\(field.name) \(quoted(text)) is not \(expected)")
    }

    /// Two amounts that say different things (R9).
    static func amountsDiffer(_ amount: String, _ minor: String) -> RowProblem {
        RowProblem(code: "amounts-differ", message: "amount \(quoted(amount)) and amount_minor \(quoted(minor)) differ")
    }

    /// An amount where the row's kind has no use for one, so that it would be lost.
    static func unexpectedAmount(for kind: ImportKind) -> RowProblem {
        RowProblem(code: "unexpected-amount", message: "\(kind.rawValue) takes no amount; leave it empty or 0")
    }

    /// A word that stands for no kind of row.
    static func unknownKind(_ text: String) -> RowProblem {
        RowProblem(code: "unknown-kind", message: "kind \(quoted(text)) is none of \(ImportKind.list)")
    }

    /// A word that stands for no reason.
    static func unknownReason(_ text: String) -> RowProblem {
        RowProblem(code: "unknown-reason", message: "reason \(quoted(text)) is neither correction nor expired")
    }

    /// A program that the ledger does not have.
    static func unknownProgram(_ text: String) -> RowProblem {
        RowProblem(code: "unknown-program", message: "the ledger has no program \(quoted(text))")
    }

    /// A program that is not the one the card was issued under.
    static func otherProgram(_ program: String, card: String) -> RowProblem {
        RowProblem(code: "other-program", message: "card \(quoted(card)) was issued under program \(quoted(program))")
    }

    /// A text that is too long or holds control characters.
    static func badText(_ field: ImportField, longest: Int) -> RowProblem {
        RowProblem(
            code: "bad-text",
            message: "\(field.name) is longer than \(longest) bytes or holds a control character"
        )
    }
}

/// The text in quotes, cut to a length that fits a line.
private func quoted(_ text: String) -> String {
    "\"\(text.count > 40 ? text.prefix(40) + "..." : text[...])\""
}
