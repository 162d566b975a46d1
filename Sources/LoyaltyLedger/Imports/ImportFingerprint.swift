internal import Crypto
internal import LoyaltyDomain

/// What makes an import file recognisable: the digest of its bytes, and a digest of every number of leading rows (D28).
public struct ImportFingerprint: Sendable {
    /// SHA-256 of the file.
    public let fileDigest: [UInt8]

    private var chain: [[UInt8]]

    /// Starts the fingerprint of a file with its bytes and its header.
    ///
    /// - Complexity: O(bytes).
    public init(file: [UInt8], header: [String]) {
        fileDigest = Array(SHA256.hash(data: file))
        chain = [Self.digest(after: [], header)]
    }

    /// Adds the next data row.
    public mutating func append(_ fields: [String]) {
        chain.append(Self.digest(after: chain[chain.count - 1], fields))
    }

    /// The number of data rows.
    public var rows: UInt64 { UInt64(chain.count - 1) }

    /// The digest of the first rows, or nil where there are not so many.
    func digest(ofFirst rows: UInt64) -> [UInt8]? {
        rows <= self.rows ? chain[Int(rows)] : nil
    }

    /// What is kept of it: digests at 1, 2, 4, 8 ...
    ///
    /// rows and at the last.
    var prefixes: [ImportSource.Prefix] {
        var counts: [UInt64] = []
        var count: UInt64 = 1
        while count < rows {
            counts.append(count)
            count *= 2
        }
        if rows > 0 { counts.append(rows) }
        return counts.map { ImportSource.Prefix(rows: $0, digest: chain[Int($0)]) }
    }

    private static func digest(after previous: [UInt8], _ fields: [String]) -> [UInt8] {
        var hash = SHA256()
        hash.update(data: previous)
        for field in fields {
            // The count in front keeps "a", "b" apart from "ab", "".
            var count = UInt64(field.utf8.count)
            while count >= 0x80 {
                hash.update(data: [UInt8(truncatingIfNeeded: count) | 0x80])
                count >>= 7
            }
            hash.update(data: [UInt8(truncatingIfNeeded: count)])
            hash.update(data: Array(field.utf8))
        }
        return Array(hash.finalize())
    }
}
