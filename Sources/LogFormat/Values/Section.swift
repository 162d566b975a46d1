/// One of the three parts of a block.
public enum Section: Int, CaseIterable, Sendable {
    /// What folds need.
    case facts = 0
    /// The record ids.
    case ids = 1
    /// What only people read.
    case details = 2
}

/// Which sections of a block are decoded.
///
/// Facts always are: they tell where one record ends and the next begins.
public struct SectionSet: OptionSet, Sendable, Hashable {
    /// The bits.
    public let rawValue: Int

    /// Takes bits as they are.
    public init(rawValue: Int) { self.rawValue = rawValue }

    /// Facts alone, as replay reads them.
    public static let facts: SectionSet = []
    /// Record ids too.
    public static let ids = SectionSet(rawValue: 1 << Section.ids.rawValue)
    /// Details too.
    public static let details = SectionSet(rawValue: 1 << Section.details.rawValue)
    /// Everything.
    public static let all: SectionSet = [.ids, .details]

    /// Whether a section is decoded.
    public func contains(_ section: Section) -> Bool {
        section == .facts || rawValue & (1 << section.rawValue) != 0
    }
}
