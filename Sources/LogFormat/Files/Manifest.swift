/// The list of the segments that there should be: derived, and as text so that a person can read it.
public struct Manifest: Hashable, Sendable {
    /// One segment.
    public struct Segment: Hashable, Sendable {
        /// The position of its first event.
        public var firstPosition: Position
        /// How it ends; nil in the active segment.
        public var seal: Seal?

        /// Describes a segment.
        public init(firstPosition: Position, seal: Seal?) {
            self.firstPosition = firstPosition
            self.seal = seal
        }
    }

    /// The end of a sealed segment.
    public struct Seal: Hashable, Sendable {
        /// The position of its last event.
        public var lastPosition: Position
        /// The chain hash after it.
        public var chainHash: ChainHash

        /// Describes an end.
        public init(lastPosition: Position, chainHash: ChainHash) {
            self.lastPosition = lastPosition
            self.chainHash = chainHash
        }
    }

    /// Why a manifest was refused.
    public enum Refusal: Error, Hashable, Sendable {
        /// A manifest of a later version.
        case newerFormat(version: Int)
        /// Not a whole manifest; it is rebuilt.
        case damaged(DecodingFailure)
    }

    /// The log.
    public var logID: LogID
    /// Its segments, in order.
    public var segments: [Segment]

    /// Lists segments.
    public init(logID: LogID, segments: [Segment]) {
        self.logID = logID
        self.segments = segments
    }

    private static let title = "loyalty-ledger manifest "
}

extension Manifest {
    /// The text, checksum and all.
    public func encoded() -> [UInt8] {
        var text = "\(Self.title)1\nlog \(logID)\n"
        for segment in segments {
            text += "segment \(segment.firstPosition.hexadecimal) "
            if let seal = segment.seal {
                text += "sealed \(seal.lastPosition.hexadecimal) \(seal.chainHash)\n"
            } else {
                text += "active\n"
            }
        }
        let bytes = Array(text.utf8)
        return bytes + Array("crc32c \(Hexadecimal.text(CRC32C.checksum(bytes)))\n".utf8)
    }

    /// Reads a manifest.
    public static func decode(_ bytes: [UInt8]) throws(Refusal) -> Manifest {
        do {
            let lines = try checkedLines(bytes)
            guard let first = lines.first, first.hasPrefix(title), let version = Int(first.dropFirst(title.count))
            else {
                throw failure(1, "\(title)1", lines.first ?? "")
            }
            guard version <= 1 else { throw Refusal.newerFormat(version: version) }
            guard version == 1 else { throw failure(1, "version 1", "\(version)") }
            guard lines.count >= 2, lines[1].hasPrefix("log "),
                let logID = LogID(hexadecimal: String(lines[1].dropFirst(4)))
            else {
                throw failure(2, "log and 32 hexadecimal digits", lines.count >= 2 ? lines[1] : "")
            }
            var manifest = Manifest(logID: logID, segments: [])
            for index in lines.indices.dropFirst(2) { manifest.segments.append(try segment(lines[index], index + 1)) }
            return manifest
        } catch let refusal as Refusal {
            throw refusal
        } catch let failure as DecodingFailure {
            throw .damaged(failure)
        } catch {
            preconditionFailure("only two kinds of error are thrown above, not \(error)")
        }
    }

    /// The lines before the checksum, which is right.
    private static func checkedLines(_ bytes: [UInt8]) throws(DecodingFailure) -> [String] {
        let lastLineCount = "crc32c 00000000\n".utf8.count
        let end = bytes.count - lastLineCount
        guard end > 0, bytes[end - 1] == 0x0a else {
            throw DecodingFailure(offset: max(end, 0), expected: "a last line crc32c XXXXXXXX", found: "none")
        }
        let expected = "crc32c \(Hexadecimal.text(CRC32C.checksum(bytes, in: 0..<end)))\n"
        guard bytes[end...].elementsEqual(expected.utf8) else {
            let found = String(decoding: bytes[end...], as: UTF8.self)
            throw DecodingFailure(offset: end, expected: expected, found: found)
        }
        return String(decoding: bytes[..<(end - 1)], as: UTF8.self)
            .split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    }

    private static func segment(_ line: String, _ number: Int) throws(DecodingFailure) -> Segment {
        let words = line.split(separator: " ", omittingEmptySubsequences: false)
        guard words.count >= 3, words[0] == "segment", let first = Position(hexadecimal: words[1]) else {
            throw failure(number, "segment and a position", line)
        }
        if words.count == 3, words[2] == "active" { return Segment(firstPosition: first, seal: nil) }
        guard words.count == 5, words[2] == "sealed", let last = Position(hexadecimal: words[3]),
            let hash = ChainHash(hexadecimal: words[4])
        else {
            throw failure(number, "active, or sealed with a position and a hash", line)
        }
        return Segment(firstPosition: first, seal: Seal(lastPosition: last, chainHash: hash))
    }

    private static func failure(_ line: Int, _ expected: String, _ found: String) -> DecodingFailure {
        DecodingFailure(offset: 0, expected: "\(expected) in line \(line)", found: "\"\(found.prefix(80))\"")
    }
}
