public import LogFormat
public import LogStorage
public import SystemPackage

/// The snapshots of one log: a directory of files that may all be deleted at any time.
///
/// A snapshot is named by its position, 16 hexadecimal digits and `.snapshot`. At most one process writes: the one that holds
/// the log's lock.
public struct SnapshotStore: Sendable {
    /// The directory; it need not exist.
    public let directory: FilePath
    let storage: any LogStorage

    /// Names the directory.
    public init(directory: FilePath, storage: any LogStorage) {
        self.directory = directory
        self.storage = storage
    }

    /// The file of the snapshot at a position.
    public func file(at position: Position) -> FilePath {
        directory.appending(position.hexadecimal + SnapshotFormat.suffix)
    }

    /// The positions of all snapshots by their names, newest first.
    public func positions() throws(SnapshotProblem) -> [Position] {
        do throws(StorageError) {
            guard try storage.exists(directory) else { return [] }
            return try storage.list(directory)
                .filter { $0.hasSuffix(SnapshotFormat.suffix) }
                .compactMap { Position(hexadecimal: $0.dropLast(SnapshotFormat.suffix.count)) }
                .sorted(by: >)
        } catch {
            throw SnapshotProblem(error)
        }
    }
}

/// The newest snapshot that serves, and those that did not.
public struct SnapshotSearch<State> {
    /// What was found; nil where nothing serves.
    public var found: (binding: SnapshotBinding, state: State)?
    /// The newer ones that do not serve, newest first, and why.
    public var passedOver: [SnapshotProblem]
}

extension SnapshotSearch: Sendable where State: Sendable {}

extension SnapshotStore {
    /// Finds the newest snapshot that belongs to a log, to a way of folding and to a place that the log really has.
    ///
    /// It never throws: a snapshot that does not serve is passed over and reported.
    ///
    /// - Parameters:
    ///   - logID: The log.
    ///   - foldVersion: The version of the fold.
    ///   - isWanted: Whether one with such a header would do; those that would not are no problem and not reported.
    ///   - chainHashAt: The log's chain hash after a position; nil where no batch ends there.
    ///   - decoding: Makes a state of the bytes; one that cannot be is passed over too.
    /// - Complexity: O(bytes of the snapshot); one that is stale or not wanted costs a read of its header.
    public func newest<State>(
        matching logID: LogID,
        foldVersion: UInt32,
        where isWanted: ((SnapshotSummary) -> Bool)? = nil,
        chainHashAt: (Position) -> ChainHash?,
        decoding: (Snapshot) throws(DecodingFailure) -> State
    ) -> SnapshotSearch<State> {
        var search = SnapshotSearch<State>(found: nil, passedOver: [])
        do throws(SnapshotProblem) {
            for position in try positions() {
                do throws(SnapshotProblem) {
                    if let isWanted, !isWanted(try summary(at: position)) { continue }
                    let snapshot = try load(position, logID, foldVersion, chainHashAt)
                    search.found = (snapshot.binding, try decoded(snapshot, decoding))
                    return search
                } catch {
                    search.passedOver.append(error)
                }
            }
        } catch {
            search.passedOver.append(error)
        }
        return search
    }

    /// Finds the newest snapshot that serves and leaves its state as bytes.
    public func newest(
        matching logID: LogID,
        foldVersion: UInt32,
        chainHashAt: (Position) -> ChainHash?
    ) -> SnapshotSearch<[UInt8]> {
        newest(matching: logID, foldVersion: foldVersion, chainHashAt: chainHashAt) { snapshot in snapshot.state }
    }
}
