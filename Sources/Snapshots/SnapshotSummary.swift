public import LogFormat
internal import LogStorage
internal import SystemPackage

/// What the header of a snapshot says.
public struct SnapshotSummary: Hashable, Sendable {
    /// What it is tied to.
    public var binding: SnapshotBinding
    /// The size of the file in bytes.
    public var byteCount: Int
    /// The size of the state in bytes.
    public var stateByteCount: Int
    /// The number of chunks.
    public var chunkCount: Int
}

extension SnapshotStore {
    /// Reads the header of the snapshot at a position, and nothing else of it.
    public func summary(at position: Position) throws(SnapshotProblem) -> SnapshotSummary {
        let file: any LogFile
        let size: Int
        do throws(StorageError) {
            file = try storage.open(self.file(at: position), for: .read)
            size = try file.size()
        } catch {
            throw SnapshotProblem(error)
        }
        let header = try header(file, size: size)
        return SnapshotSummary(
            binding: header.binding,
            byteCount: size,
            stateByteCount: header.stateByteCount,
            chunkCount: header.chunkCount
        )
    }
}
