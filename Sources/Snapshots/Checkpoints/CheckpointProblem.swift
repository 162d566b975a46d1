internal import LogFormat
internal import LogStorage
public import SystemPackage

/// Why a checkpoint was passed over: which file, where, what should be there, and what is.
///
/// It costs time, never an answer: a projection is folded from its initial state, a subscriber begins again.
public struct CheckpointProblem: Error, Hashable, Sendable {
    /// What kind of problem it is.
    public enum Reason: String, Sendable, CaseIterable {
        /// The file system refused.
        case unreadable
        /// Bytes that are not what was written.
        case damaged
        /// A later version of this library wrote it.
        case newerFormat = "newer-format"
        /// Another version of the projection wrote it, and the one in use has a file of its own.
        case otherVersion = "other-version"
        /// It belongs to another log.
        case foreign
        /// The log, as far as it can be seen, does not reach so far, or has another chain hash there.
        case otherHistory = "other-history"
        /// All checksums are right, but the projection makes no state of the bytes.
        case undecodable
    }

    /// What kind of problem it is.
    public var reason: Reason
    /// The checkpoint, or the directory of all of them.
    public var file: FilePath
    /// The byte in the file.
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

extension CheckpointProblem: CustomStringConvertible {
    /// One line for a person.
    public var description: String {
        "checkpoint \(file) passed over (\(reason.rawValue)): at byte \(offset) expected \(expected), found \(found)"
    }
}

extension CheckpointProblem {
    init(_ failure: DecodingFailure, in file: FilePath) {
        self.init(.damaged, file, offset: failure.offset, expected: failure.expected, found: failure.found)
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
