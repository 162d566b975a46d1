/// A named group of cards (S20).
public struct RFMSegment: Hashable, Sendable {
    /// The name, as the scheme's own documents write it.
    public let name: String

    init(_ name: String) {
        self.name = name
    }

    /// Cards that have no visit that counts; `visitsGrid` and `quintiles` name them so.
    public static let notYetVisited = RFMSegment("Not yet visited")
}

extension RFMSegment: CustomStringConvertible {
    /// The name.
    public var description: String { name }
}
