internal import LogFormat
public import LogStorage
internal import SystemPackage

extension SnapshotStore {
    /// Writes a snapshot, atomically: a temporary name, write, sync, rename, directory sync.
    ///
    /// A crash at any moment leaves either what was there before or the whole new one beside it. Then those that need not be
    /// kept are removed; that this failed is no failure of the snapshot.
    ///
    /// - Parameter retention: Which older ones are kept.
    /// - Throws: `StorageError` where it could not be written; what was begun is removed again.
    /// - Complexity: O(bytes).
    public func write(
        _ state: [UInt8],
        _ binding: SnapshotBinding,
        keeping retention: SnapshotRetention = .thinned
    ) throws(StorageError) {
        let path = file(at: binding.position)
        guard state.count <= SnapshotFormat.stateBytes else {
            throw StorageError(.write, path, errno: .fileTooLarge)
        }
        try makeDirectory()
        let temporary = FilePath(path.string + SnapshotFormat.temporarySuffix)
        if try storage.exists(temporary) { try storage.remove(temporary) }
        let file = try storage.createFile(temporary, size: 0)
        do throws(StorageError) {
            try fill(file, state, binding)
            try storage.rename(temporary, to: path)
        } catch {
            try? storage.remove(temporary)
            throw error
        }
        try storage.syncDirectory(directory)
        try? removeOld(besides: binding, keeping: retention)
    }

    /// Removes all snapshots, unfinished ones too, and their directory.
    public func removeAll() throws(StorageError) {
        guard try storage.exists(directory) else { return }
        let suffixes = [SnapshotFormat.suffix, SnapshotFormat.suffix + SnapshotFormat.temporarySuffix]
        for name in try storage.list(directory) where suffixes.contains(where: { name.hasSuffix($0) }) {
            try storage.remove(directory.appending(name))
        }
        if try storage.list(directory).isEmpty { try storage.removeDirectory(directory) }
    }

    private func makeDirectory() throws(StorageError) {
        if try !storage.exists(directory) { try storage.createDirectory(directory) }
        // One that is there may be so in the cache alone, from a writer that died before it came so far.
        try storage.syncDirectory(directory.removingLastComponent())
    }

    private func fill(_ file: any LogFile, _ state: [UInt8], _ binding: SnapshotBinding) throws(StorageError) {
        let body = SnapshotBody(binding: binding)
        var offset = SnapshotHeader.byteCount
        var chunk: [UInt8] = []
        for number in 0..<SnapshotFormat.chunkCount(ofState: state.count) {
            let start = number * SnapshotFormat.chunkBytes
            chunk.removeAll(keepingCapacity: true)
            body.encode(
                state,
                start..<min(start + SnapshotFormat.chunkBytes, state.count),
                number: number,
                to: &chunk
            )
            try file.write(chunk, at: offset)
            offset += chunk.count
        }
        let bodyBytes = offset - SnapshotHeader.byteCount
        let header = SnapshotHeader(binding: binding, stateByteCount: state.count, bodyByteCount: bodyBytes)
        try file.write(header.encoded(), at: 0)
        try file.syncAll()
        try file.close()
    }

    /// Removes all snapshots but the one just written and those before it, tied to the same log and fold, that are to be kept.
    ///
    /// One that names a later position than the log's end cannot be of this log's history, and goes too.
    private func removeOld(
        besides newest: SnapshotBinding,
        keeping retention: SnapshotRetention
    ) throws(StorageError) {
        var serving: [(position: Position, recordedAt: Int64)] = []
        for position in (try? positions()) ?? [] {
            if position <= newest.position, let recordedAt = recordedAt(position, beside: newest) {
                serving.append((position, recordedAt))
            } else {
                try storage.remove(file(at: position))
            }
        }
        for (snapshot, isKept) in zip(serving, retention.kept(serving.map(\.recordedAt))) where !isKept {
            try storage.remove(file(at: snapshot.position))
        }
        for name in try storage.list(directory) where name.hasSuffix(SnapshotFormat.temporarySuffix) {
            try storage.remove(directory.appending(name))
        }
        // Should a crash bring removed ones back, the next snapshot removes them again: no sync is needed.
    }

    /// When the last event in a snapshot was recorded; nil where it is not of the same log and fold.
    private func recordedAt(_ position: Position, beside newest: SnapshotBinding) -> Int64? {
        guard let binding = try? summary(at: position).binding, binding.logID == newest.logID,
            binding.foldVersion == newest.foldVersion
        else { return nil }
        return binding.recordedAt
    }
}
