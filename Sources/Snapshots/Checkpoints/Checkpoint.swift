public import LogFormat

/// How far a projection or a subscriber came, with the state of a projection (DESIGN.md 4.9).
public struct Checkpoint: Hashable, Sendable {
    /// What the checkpoint is of.
    public enum Kind: UInt16, Hashable, Sendable {
        /// A fold of one's own, with its state.
        case projection = 1
        /// A subscriber, whose state lies elsewhere.
        case subscriber = 2
    }

    /// A checkpoint's file: what it is of, its name and, for a projection, the version.
    public struct Key: Hashable, Sendable {
        /// What it is of.
        public var kind: Kind
        /// The name.
        public var name: String
        /// The version of the projection; 0 for a subscriber.
        public var version: UInt32

        /// Names a file; nil where the name is not 1 to 64 of `a-z`, `0-9` and `-`.
        public init?(_ kind: Kind, _ name: String, version: UInt32 = 0) {
            let isPlain = name.utf8.allSatisfy { byte in
                (0x61...0x7a).contains(byte) || (0x30...0x39).contains(byte) || byte == 0x2d
            }
            guard (1...64).contains(name.utf8.count), isPlain, kind == .projection || version == 0 else { return nil }
            self.kind = kind
            self.name = name
            self.version = version
        }

        /// The key of a file's name; nil for the names of other files.
        init?(fileName: String) {
            let parts = fileName.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
            switch (parts.count, parts.last) {
            case (2, CheckpointFormat.subscriberSuffix): self.init(.subscriber, parts[0])
            case (3, CheckpointFormat.projectionSuffix):
                guard let version = UInt32(parts[1]), String(version) == parts[1] else { return nil }
                self.init(.projection, parts[0], version: version)
            default: return nil
            }
        }

        /// The name of the file.
        var fileName: String {
            switch kind {
            case .projection: "\(name).\(version).\(CheckpointFormat.projectionSuffix)"
            case .subscriber: "\(name).\(CheckpointFormat.subscriberSuffix)"
            }
        }
    }

    /// The place in one log: its id, the position, and what ties the position to that log's history.
    public struct Place: Hashable, Sendable {
        /// The log.
        public var logID: LogID
        /// The last event that was folded or seen; 0 for none.
        public var position: Position
        /// The last position of the batch that holds it; 0 for none.
        public var anchor: Position
        /// The chain hash after the anchor.
        public var chainHash: ChainHash

        /// Names a place.
        public init(logID: LogID, position: Position, anchor: Position, chainHash: ChainHash) {
            self.logID = logID
            self.position = position
            self.anchor = anchor
            self.chainHash = chainHash
        }
    }

    /// Its file.
    public var key: Key
    /// Where it stands.
    public var place: Place
    /// The state, opaque; empty for a subscriber.
    public var state: [UInt8]

    /// Creates a checkpoint.
    public init(_ key: Key, _ place: Place, state: [UInt8] = []) {
        self.key = key
        self.place = place
        self.state = state
    }
}

/// The constants of checkpoint format version 1: part of what lies on disk, never to be changed in place.
enum CheckpointFormat {
    static let magic: [UInt8] = [0x8b, 0x4c, 0x50, 0x4a, 0x0d, 0x0a, 0x1a, 0x0a]
    static let version: UInt16 = 1
    static let oldestReader: UInt16 = 1
    static let headerByteCount = 112
    /// The part of the header that the checksum of the state covers.
    static let boundByteCount = 96
    static let checksumOffset = 108
    /// A state has at most this many bytes: 16 gibibytes.
    static let stateBytes = 1 << 34
    static let projectionSuffix = "projection"
    static let subscriberSuffix = "subscriber"
    static let temporarySuffix = ".tmp"
}
