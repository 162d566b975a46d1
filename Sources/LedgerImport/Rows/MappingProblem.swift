/// Why the fields of an import cannot be bound to the columns of a file.
package struct MappingProblem: Error, Hashable {
    /// What is wrong: one line, without a period.
    package let message: String

    /// What to do next: one line.
    package let hint: String

    init(_ message: String, hint: String) {
        self.message = message
        self.hint = hint
    }
}
