public import LogFormat
internal import LogStorage
internal import SystemPackage

extension SnapshotStore {
    /// Reads the state of the snapshot at a position, under the same conditions as ``newest(matching:foldVersion:chainHashAt:)``.
    ///
    /// - Throws: `SnapshotProblem` where it does not serve.
    public func load<State>(
        _ position: Position,
        matching logID: LogID,
        foldVersion: UInt32,
        chainHashAt: (Position) -> ChainHash?,
        decoding: (Snapshot) throws(DecodingFailure) -> State
    ) throws(SnapshotProblem) -> State {
        try decoded(try load(position, logID, foldVersion, chainHashAt), decoding)
    }

    /// Reads a snapshot whose header says that it serves.
    func load(
        _ position: Position,
        _ logID: LogID,
        _ foldVersion: UInt32,
        _ chainHashAt: (Position) -> ChainHash?
    ) throws(SnapshotProblem) -> Snapshot {
        let path = file(at: position)
        let file: any LogFile
        let size: Int
        do throws(StorageError) {
            file = try storage.open(path, for: .read)
            size = try file.size()
        } catch {
            throw SnapshotProblem(error)
        }
        let header = try header(file, size: size)
        try check(header.binding, path, position, logID, foldVersion, chainHashAt)
        let state = try SnapshotBody(binding: header.binding).decode(file, header)
        return Snapshot(binding: header.binding, state: state)
    }

    /// Makes a state of a snapshot.
    func decoded<State>(
        _ snapshot: Snapshot,
        _ decoding: (Snapshot) throws(DecodingFailure) -> State
    ) throws(SnapshotProblem) -> State {
        do throws(DecodingFailure) {
            return try decoding(snapshot)
        } catch {
            throw SnapshotProblem(error, .undecodable, in: file(at: snapshot.binding.position))
        }
    }

    /// Reads and checks a header, against the size of its file too.
    func header(_ file: any LogFile, size: Int) throws(SnapshotProblem) -> SnapshotHeader {
        let bytes: [UInt8]
        do throws(StorageError) {
            bytes = try file.read(at: 0, count: min(size, SnapshotHeader.byteCount))
        } catch {
            throw SnapshotProblem(error)
        }
        let header: SnapshotHeader
        do throws(SnapshotHeader.Refusal) {
            header = try SnapshotHeader(decoding: bytes)
        } catch {
            switch error {
            case .damaged(let failure): throw SnapshotProblem(failure, .damaged, in: file.path)
            case .newerFormat(let version): throw otherFormat(.newerFormat, version, in: file)
            case .olderFormat(let version): throw otherFormat(.olderFormat, version, in: file)
            }
        }
        guard header.fileByteCount == size else {
            let expected = "\(header.fileByteCount) bytes in all"
            throw SnapshotProblem(
                .damaged,
                file.path,
                offset: min(size, header.fileByteCount),
                expected: expected,
                found: "\(size)"
            )
        }
        return header
    }

    private func otherFormat(
        _ reason: SnapshotProblem.Reason,
        _ version: UInt16,
        in file: any LogFile
    ) -> SnapshotProblem {
        SnapshotProblem(
            reason,
            file.path,
            offset: SnapshotHeader.Offset.version,
            expected: "a format that version \(SnapshotFormat.version) may read",
            found: "version \(version)"
        )
    }

    private func check(
        _ binding: SnapshotBinding,
        _ path: FilePath,
        _ position: Position,
        _ logID: LogID,
        _ foldVersion: UInt32,
        _ chainHashAt: (Position) -> ChainHash?
    ) throws(SnapshotProblem) {
        typealias Offset = SnapshotHeader.Offset
        func refuse(
            _ reason: SnapshotProblem.Reason,
            _ offset: Int,
            _ expected: String,
            _ found: String
        ) -> SnapshotProblem {
            SnapshotProblem(reason, path, offset: offset, expected: expected, found: found)
        }
        guard binding.logID == logID else {
            throw refuse(.foreign, Offset.logID, "log \(logID)", "\(binding.logID)")
        }
        guard binding.position == position else {
            throw refuse(.damaged, Offset.position, "position \(position), as named", "\(binding.position)")
        }
        guard binding.foldVersion == foldVersion else {
            throw refuse(.otherFold, Offset.foldVersion, "fold version \(foldVersion)", "\(binding.foldVersion)")
        }
        guard let hash = chainHashAt(position) else {
            throw refuse(.notInLog, Offset.position, "a position at which a batch of the log ends", "\(position)")
        }
        guard hash == binding.chainHash else {
            throw refuse(.otherHistory, Offset.chainHash, "chain hash \(hash)", "\(binding.chainHash)")
        }
    }
}
