internal import LoyaltyLedger
internal import SystemPackage

/// A file with one row for each event of a load: the same facts for stores that decide nothing (DESIGN.md 13).
public final class LoadRowFile {
    /// The file begins with these eight bytes.
    public static let magic: [UInt8] = Array("LLROWS1\n".utf8)

    private static let bufferBytes = 1 << 20
    private let file: FileDescriptor
    private var buffer: [UInt8] = []

    /// Creates the file, in place of one that is there.
    ///
    /// - Throws: `Errno`.
    public init(at path: String) throws {
        file = try FileDescriptor.open(
            FilePath(path),
            .writeOnly,
            options: [.create, .truncate, .closeOnExec],
            permissions: [.ownerReadWrite, .groupRead, .otherRead]
        )
        buffer.reserveCapacity(Self.bufferBytes + 4096)
        buffer += Self.magic
    }

    deinit { try? file.close() }

    /// Adds a row for each event of a receipt.
    func append(_ receipt: Receipt, of command: LoadCommand) throws {
        for event in receipt.events {
            LoadRow(event, of: receipt, command).encode(to: &buffer)
            if buffer.count >= Self.bufferBytes { try flush() }
        }
    }

    /// Writes what is left.
    ///
    /// - Throws: `Errno`.
    public func flush() throws {
        _ = try file.writeAll(buffer)
        buffer.removeAll(keepingCapacity: true)
    }
}
