public import LoyaltyLedger

#if canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#else
internal import Darwin
#endif

/// A file with one row for each event of a load: the same facts for stores that decide nothing (DESIGN.md 13).
public final class LoadRowFile {
    /// The file could not be written.
    public struct WriteFailure: Error, Hashable, Sendable {
        /// What the system said.
        public let errno: Int32
    }

    /// The file begins with these eight bytes.
    public static let magic: [UInt8] = Array("LLROWS1\n".utf8)

    private static let bufferBytes = 1 << 20
    private let file: UnsafeMutablePointer<FILE>
    private var buffer: [UInt8] = []

    /// Creates the file, in place of one that is there.
    public init(at path: String) throws(WriteFailure) {
        guard let file = unsafe fopen(path, "w") else { throw WriteFailure(errno: errno) }
        unsafe self.file = file
        buffer.reserveCapacity(Self.bufferBytes + 4096)
        buffer += Self.magic
    }

    deinit { unsafe fclose(file) }

    /// Adds a row for each event of a receipt.
    func append(_ receipt: Receipt, of command: LoadCommand) throws(WriteFailure) {
        for event in receipt.events {
            LoadRow(event, of: receipt, command).encode(to: &buffer)
            if buffer.count >= Self.bufferBytes { try flush() }
        }
    }

    /// Writes what is left.
    public func close() throws(WriteFailure) {
        try flush()
        guard unsafe fflush(file) == 0 else { throw WriteFailure(errno: errno) }
    }

    private func flush() throws(WriteFailure) {
        let written = unsafe fwrite(buffer, 1, buffer.count, file)
        guard written == buffer.count else { throw WriteFailure(errno: errno) }
        buffer.removeAll(keepingCapacity: true)
    }
}
