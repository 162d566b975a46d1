internal import LogFormat
internal import LogStorage
public import SystemPackage

/// Why a snapshot was passed over: which file, where, what should be there, and what is.
///
/// It costs time, never an answer: what a snapshot would have said is folded from the log instead.
public struct SnapshotProblem: Error, Hashable, Sendable {
    /// What kind of problem it is.
    public enum Reason: String, Sendable, CaseIterable {
        /// The file system refused.
        case unreadable
        /// Bytes that are not what was written.
        case damaged
        /// A later version of this library wrote it.
        case newerFormat = "newer-format"
        /// An earlier version of this library wrote it.
        case olderFormat = "older-format"
        /// It belongs to another log.
        case foreign
        /// Another version of the fold made the state.
        case otherFold = "other-fold"
        /// The log, as far as it can be seen, has no batch that ends at its position.
        case notInLog = "not-in-log"
        /// The log has another chain hash at its position.
        case otherHistory = "other-history"
        /// All checksums are right, but the state is not what this version understands.
        case undecodable
    }

    /// What kind of problem it is.
    public var reason: Reason
    /// The snapshot, or the directory of all of them.
    public var file: FilePath
    /// The byte in the file, or in the state where it is undecodable.
    public var offset: Int
    /// What should be there.
    public var expected: String
    /// What is there.
    public var found: String

    /// Describes a problem.
    public init(_ reason: Reason, _ file: FilePath, offset: Int = 0, expected: String, found: String) {
        self.reason = reason
        self.file = file
        self.offset = offset
        self.expected = expected
        self.found = found
    }
}

extension SnapshotProblem: CustomStringConvertible {
    /// One line for a person.
    public var description: String {
        "snapshot \(file) passed over (\(reason.rawValue)): at byte \(offset) expected \(expected), found \(found)"
    }
}

extension SnapshotProblem {
    init(_ failure: DecodingFailure, _ reason: Reason, in file: FilePath) {
        self.init(reason, file, offset: failure.offset, expected: failure.expected, found: failure.found)
    }

    init(_ error: StorageError) {
        self.init(
            .unreadable,
            error.path,
            offset: error.offset ?? 0,
            expected: "a file that can be read",
            found: "\(error.errno)"
        )
    }
}
