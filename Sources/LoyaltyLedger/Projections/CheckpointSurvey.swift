internal import EventLog
internal import LogFormat
internal import LogStorage
internal import Snapshots
internal import SystemPackage

/// What the checkpoints of a ledger say, every byte of them read, before the log is read that they are compared with.
///
/// They are read first because a process that lives may replace them meanwhile.
struct CheckpointSurvey {
    private struct Entry {
        let key: Checkpoint.Key
        let byteCount: Int
        let place: Checkpoint.Place?
        let problem: CheckpointProblem?
    }

    private let store: CheckpointStore
    private var entries: [Entry] = []
    /// Why the directory cannot be read.
    private var failure: CheckpointProblem?

    /// Reads all files.
    ///
    /// - Complexity: O(bytes); memory for the largest state.
    init(_ store: CheckpointStore) {
        self.store = store
        do throws(CheckpointProblem) {
            for key in try store.keys() {
                if let entry = Self.entry(key, store) { entries.append(entry) }
            }
        } catch {
            failure = error
        }
    }

    /// One file; nil where it was removed meanwhile.
    private static func entry(_ key: Checkpoint.Key, _ store: CheckpointStore) -> Entry? {
        let byteCount = store.byteCount(key)
        do throws(CheckpointProblem) {
            return try store.load(key).map { Entry(key: key, byteCount: byteCount, place: $0.place, problem: nil) }
        } catch {
            return Entry(key: key, byteCount: byteCount, place: nil, problem: error)
        }
    }

    /// The positions whose chain hashes the verdicts depend on.
    var anchors: Set<Position> { Set(entries.compactMap { $0.place?.anchor }) }

    /// The verdict of `verify` on every checkpoint.
    ///
    /// - Parameters:
    ///   - report: What was found of the log.
    ///   - hashes: The chain hashes of the log after the anchors, where they could be read.
    ///   - current: The versions in use, by the names of projections, as far as they are known.
    func verdicts(
        _ report: VerifyReport,
        _ hashes: [Position: ChainHash],
        current: [String: UInt32]
    ) -> [VerifyReport.FileVerdict] {
        guard let logID = report.logID else { return [] }
        if let failure { return [verdict(failure.file, 0, failure)] }
        let bound = entries.map { entry -> (entry: Entry, problem: CheckpointProblem?) in
            guard let place = entry.place else { return (entry, entry.problem) }
            // What a living writer has not promised yet was not looked at.
            if report.isBeingWritten, place.logID == logID, place.anchor > report.head.position { return (entry, nil) }
            let problem = store.problem(with: place, of: entry.key, in: logID) { $0 == .zero ? .zero : hashes[$0] }
            return (entry, problem)
        }
        let good = bound.filter { $0.problem == nil }.map(\.entry)
        return bound.map { entry, problem in
            verdict(store.file(entry.key), entry.byteCount, problem ?? superseded(entry, by: good, current))
        }
    }

    /// Says which version took the place of a checkpoint's: the one in use, or a later one that has come as far.
    private func superseded(_ entry: Entry, by good: [Entry], _ current: [String: UInt32]) -> CheckpointProblem? {
        let key = entry.key
        guard key.kind == .projection else { return nil }
        let later = good.filter { other in
            guard let (there, here) = other.place.flatMap({ there in entry.place.map { (there, $0) } }) else {
                return false
            }
            return other.key.kind == .projection && other.key.name == key.name && other.key.version > key.version
                && there.position >= here.position
        }
        guard let version = current[key.name] ?? later.map(\.key.version).max(), version != key.version else {
            return nil
        }
        let (expected, found) = ("version \(version) of projection \(key.name)", "\(key.version)")
        return CheckpointProblem(.otherVersion, store.file(key), offset: 80, expected: expected, found: found)
    }

    private func verdict(_ file: FilePath, _ bytes: Int, _ problem: CheckpointProblem?) -> VerifyReport.FileVerdict {
        VerifyReport.FileVerdict(
            file: file,
            kind: .checkpoint,
            status: problem == nil ? .good : .stale,
            byteCount: bytes,
            flaw: problem.map(LogError.init(_:))
        )
    }
}

extension LogError {
    /// A checkpoint that a projection or a subscriber passes over.
    fileprivate init(_ problem: CheckpointProblem) {
        self.init(
            problem.reason == .newerFormat ? .newerFormat : problem.reason == .unreadable ? .io : .corrupt,
            "a checkpoint is passed over (\(problem.reason.rawValue))",
            file: problem.file,
            offset: problem.offset,
            expected: problem.expected,
            found: problem.found
        )
    }
}
