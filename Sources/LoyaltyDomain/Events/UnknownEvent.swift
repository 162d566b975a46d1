/// An event of a type that only a later version of this program knows, marked by that version as one that may be passed over.
///
/// It changes no figure: it counts in positions and card versions, keeps its bytes wherever its record is copied, and is shown by
/// its number (DESIGN.md section 9). A type that may not be passed over is no value: it stops whoever meets it.
public struct UnknownEvent: Hashable, Sendable {
    /// The number of the type, 64 or more.
    public let type: UInt64
    /// The fields, as they are on disk.
    public let bytes: [UInt8]

    /// Creates an event.
    ///
    /// - Precondition: `type` is 64 or more; smaller numbers cannot carry their length.
    package init(type: UInt64, bytes: [UInt8]) {
        precondition(type >= 64, "type \(type) cannot carry its length")
        self.type = type
        self.bytes = bytes
    }
}

extension UnknownEvent: CustomStringConvertible {
    /// What a history shows.
    public var description: String { "unknown event \(type) (newer version)" }
}
