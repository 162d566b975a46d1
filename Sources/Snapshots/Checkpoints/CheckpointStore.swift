internal import LogFormat
public import LogStorage
public import SystemPackage

/// The checkpoints of one ledger: a directory of files that may all be deleted at any time.
///
/// A file belongs to one writer at a time: an inline projection or a runner by its name and version, a subscriber by its name.
public struct CheckpointStore: Sendable {
    /// The directory; it need not exist.
    public let directory: FilePath
    private let storage: any LogStorage

    /// Names the directory.
    public init(directory: FilePath, storage: any LogStorage) {
        self.directory = directory
        self.storage = storage
    }

    /// The file of a checkpoint.
    public func file(_ key: Checkpoint.Key) -> FilePath { directory.appending(key.fileName) }

    /// The checkpoints there are, by their files' names, in the order of kinds, names and versions.
    public func keys() throws(CheckpointProblem) -> [Checkpoint.Key] {
        do throws(StorageError) {
            guard try storage.exists(directory) else { return [] }
            return try storage.list(directory)
                .compactMap { Checkpoint.Key(fileName: $0) }
                .sorted { ($0.kind.rawValue, $0.name, $0.version) < ($1.kind.rawValue, $1.name, $1.version) }
        } catch {
            throw CheckpointProblem(error)
        }
    }

    /// Reads a checkpoint; nil where there is none.
    ///
    /// Whether the log really has its place is for the caller to ask.
    ///
    /// - Throws: `CheckpointProblem` where it does not serve.
    /// - Complexity: O(bytes).
    public func load(_ key: Checkpoint.Key) throws(CheckpointProblem) -> Checkpoint? {
        guard let (header, file) = try open(key) else { return nil }
        let offset = file.headerByteCount
        let state: [UInt8]
        do throws(StorageError) {
            state = try file.file.read(at: offset, count: header.stateByteCount)
        } catch {
            throw CheckpointProblem(error)
        }
        guard state.count == header.stateByteCount, header.checksum(of: state) == header.stateChecksum else {
            let failure = DecodingFailure(offset: offset, expected: "a state with its checksum", found: "another")
            throw CheckpointProblem(failure, in: self.file(key))
        }
        return Checkpoint(key, header.place, state: state)
    }

    /// Reads where a checkpoint stands, and not its state; nil where there is none.
    public func place(_ key: Checkpoint.Key) throws(CheckpointProblem) -> Checkpoint.Place? {
        try open(key)?.header.place
    }

    /// The size of a checkpoint's file in bytes; 0 where there is none, or it cannot be read.
    public func byteCount(_ key: Checkpoint.Key) -> Int {
        (try? storage.open(file(key), for: .read).size()) ?? 0
    }

    /// Writes a checkpoint in place of the one before, atomically and durably.
    ///
    /// - Throws: `StorageError` where it could not be written; then the one before is still there.
    public func write(_ checkpoint: Checkpoint) throws(StorageError) {
        let path = file(checkpoint.key)
        guard checkpoint.state.count <= CheckpointFormat.stateBytes else {
            throw StorageError(.write, path, errno: .fileTooLarge)
        }
        if try !storage.exists(directory) { try storage.createDirectory(directory) }
        try storage.syncDirectory(directory.removingLastComponent())
        var header = CheckpointHeader(
            key: checkpoint.key,
            place: checkpoint.place,
            stateByteCount: checkpoint.state.count
        )
        header.stateChecksum = header.checksum(of: checkpoint.state)
        try storage.replace(path, with: header.encoded() + checkpoint.state)
    }

    /// Removes a checkpoint, if it is there.
    public func remove(_ key: Checkpoint.Key) throws(StorageError) {
        if try storage.exists(file(key)) { try storage.remove(file(key)) }
    }

    private typealias OpenFile = (file: any LogFile, headerByteCount: Int)

    private func open(_ key: Checkpoint.Key) throws(CheckpointProblem) -> (header: CheckpointHeader, file: OpenFile)? {
        let path = file(key)
        let count = CheckpointFormat.headerByteCount + key.name.utf8.count
        let (file, bytes, size): (any LogFile, [UInt8], Int)
        do throws(StorageError) {
            guard try storage.exists(path) else { return nil }
            file = try storage.open(path, for: .read)
            size = try file.size()
            bytes = try file.read(at: 0, count: min(size, count))
        } catch {
            throw CheckpointProblem(error)
        }
        do throws(CheckpointHeader.Refusal) {
            return (try CheckpointHeader(decoding: bytes, named: key, fileByteCount: size), (file, count))
        } catch {
            switch error {
            case .damaged(let failure): throw CheckpointProblem(failure, in: path)
            case .newerFormat(let version):
                throw CheckpointProblem(
                    .newerFormat,
                    path,
                    offset: CheckpointFormat.magic.count,
                    expected: "a format that version \(CheckpointFormat.version) may read",
                    found: "version \(version)"
                )
            }
        }
    }
}
