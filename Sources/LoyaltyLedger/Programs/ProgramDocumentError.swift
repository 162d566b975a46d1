/// Why a program's JSON document was not understood: where in it, and what should stand there.
public struct ProgramDocumentError: Error, Hashable, Sendable {
    /// The place: a path such as `stampCard.mechanic.spend.perAmount`, or a line and column where it is no JSON at all.
    public let place: String

    /// What is wrong there, with what was expected and what was found.
    public let message: String

    init(at place: String, _ message: String) {
        self.place = place
        self.message = message
    }
}

extension ProgramDocumentError: CustomStringConvertible {
    /// The place, a colon and what is wrong there.
    public var description: String { "\(place): \(message)" }
}
