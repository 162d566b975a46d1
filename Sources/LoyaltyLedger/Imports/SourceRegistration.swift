internal import LoyaltyDomain

/// The number under which an import file's rows are commands.
public struct SourceRegistration: Hashable, Sendable {
    /// The source number in `CommandID.sequence`.
    public let number: UInt32

    /// Whether the very same file was registered before.
    public let isKnown: Bool
}

extension ImportSource {
    /// How many equal leading rows make two files look like one that was mended, where neither is a prefix of the other.
    ///
    /// A wrong suspicion costs the caller one option; a mended file taken for a new one records all its other rows twice.
    static let suspiciousRows: UInt64 = 2

    /// Whether files begin alike: all rows of this one, or enough of them (D28).
    func shares(_ fingerprint: ImportFingerprint) -> Bool {
        prefixes.contains { prefix in
            (prefix.rows == rows || prefix.rows >= Self.suspiciousRows)
                && fingerprint.digest(ofFirst: prefix.rows) == prefix.digest
        }
    }
}

extension LedgerError {
    static func grownFile(_ earlier: ImportSource) -> LedgerError {
        LedgerError(
            .grownFile,
            "the file begins like an earlier import (source \(earlier.number), \(earlier.rows) rows), "
                + "whose rows would be recorded twice"
        )
    }
}
