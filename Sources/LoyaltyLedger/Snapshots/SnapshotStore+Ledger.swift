internal import EventLog
internal import LogFormat
internal import LoyaltyDomain
internal import Snapshots
internal import SystemPackage

extension SnapshotStore {
    /// Finds the newest snapshot that a reader's log may be folded on from, and that will do by its header.
    func newest(
        for reader: LogReader,
        where isWanted: ((SnapshotSummary) -> Bool)? = nil
    ) -> SnapshotSearch<LedgerState> {
        newest(
            matching: reader.logID,
            foldVersion: LedgerState.foldVersion,
            where: isWanted,
            chainHashAt: { reader.chainHashIfReadable(after: $0) },
            decoding: decode
        )
    }

    /// Reads the state of the snapshot at a position, if it serves.
    func load(_ position: Position, for reader: LogReader) throws(SnapshotProblem) -> LedgerState {
        try load(
            position,
            matching: reader.logID,
            foldVersion: LedgerState.foldVersion,
            chainHashAt: { reader.chainHashIfReadable(after: $0) },
            decoding: decode
        )
    }
}

private func decode(_ snapshot: Snapshot) throws(DecodingFailure) -> LedgerState {
    let state = try LedgerState(
        decoding: snapshot.state,
        at: snapshot.binding.position,
        of: snapshot.binding.logID
    )
    // Which snapshot serves a question about the past is told by its header alone: so the header must be right.
    let told = [snapshot.binding.recordedAt, snapshot.binding.greatestEffectiveAt]
    guard told == [state.recordedAt.milliseconds, state.greatestEffectiveAt.milliseconds] else {
        let expected = "a state of the instants \(told[0]) and \(told[1])"
        let found = "\(state.recordedAt.milliseconds) and \(state.greatestEffectiveAt.milliseconds)"
        throw DecodingFailure(offset: 0, expected: expected, found: found)
    }
    return state
}

extension LogReader {
    /// The chain hash after a position; nil where the log cannot be read too: folding it will say so better.
    fileprivate func chainHashIfReadable(after position: Position) -> ChainHash? {
        (try? chainHash(after: position)) ?? nil
    }
}

extension SnapshotStore {
    /// The newest good snapshot of a log that may be too damaged to vouch for it.
    func newest(ofDamaged logID: LogID) -> LedgerState? {
        for position in (try? positions()) ?? [] {
            guard let binding = try? summary(at: position).binding, binding.logID == logID,
                let state = try? load(
                    position,
                    matching: logID,
                    foldVersion: LedgerState.foldVersion,
                    chainHashAt: { _ in binding.chainHash },
                    decoding: decode
                )
            else { continue }
            return state
        }
        return nil
    }

    /// The verdict of `verify` on every snapshot.
    ///
    /// - Parameter hashes: The chain hashes of the log after the positions of snapshots, where they could be read.
    func verdicts(_ logID: LogID, _ hashes: [Position: ChainHash]) -> [VerifyReport.FileVerdict] {
        let all: [Position]
        do throws(SnapshotProblem) {
            all = try positions().reversed()
        } catch {
            return [verdict(at: error.file, bytes: 0, error)]
        }
        return all.map { position in
            let bytes = (try? summary(at: position).byteCount) ?? 0
            do throws(SnapshotProblem) {
                _ = try load(
                    position,
                    matching: logID,
                    foldVersion: LedgerState.foldVersion,
                    chainHashAt: { hashes[$0] },
                    decoding: decode
                )
                return verdict(at: file(at: position), bytes: bytes, nil)
            } catch {
                return verdict(at: file(at: position), bytes: bytes, error)
            }
        }
    }

    private func verdict(
        at file: FilePath,
        bytes: Int,
        _ problem: SnapshotProblem?
    ) -> VerifyReport.FileVerdict {
        VerifyReport.FileVerdict(
            file: file,
            kind: .snapshot,
            status: problem == nil ? .good : .stale,
            byteCount: bytes,
            flaw: problem.map(LogError.init(_:))
        )
    }
}

extension LogError {
    /// A snapshot that opening passes over.
    init(_ problem: SnapshotProblem) {
        self.init(
            problem.reason == .newerFormat ? .newerFormat : problem.reason == .unreadable ? .io : .corrupt,
            "a snapshot is passed over (\(problem.reason.rawValue))",
            file: problem.file,
            offset: problem.offset,
            expected: problem.expected,
            found: problem.found
        )
    }
}

extension SnapshotStore {
    /// What the headers of all snapshots say.
    func descriptions() -> [LogDescription.File] {
        let calendar = ProgramCalendar(timeZone: "UTC")
        func text(_ milliseconds: Int64) -> String {
            let instant = Timestamp(milliseconds: milliseconds)
            return instant.isRepresentable ? calendar?.text(of: instant) ?? "" : "\(milliseconds) ms"
        }
        return ((try? positions()) ?? []).reversed().map { position in
            let path = file(at: position)
            do throws(SnapshotProblem) {
                let summary = try summary(at: position)
                let line =
                    "state after position \(position): \(summary.stateByteCount) bytes in \(summary.chunkCount) chunks, "
                    + "fold \(summary.binding.foldVersion), chain \(summary.binding.chainHash.description.prefix(16)), "
                    + "recorded by \(text(summary.binding.recordedAt)), "
                    + "effective by \(text(summary.binding.greatestEffectiveAt))"
                return LogDescription.File(path, kind: .snapshot, byteCount: summary.byteCount, text: line)
            } catch {
                return LogDescription.File(path, kind: .snapshot, byteCount: 0, text: "", damage: LogError(error))
            }
        }
    }
}
