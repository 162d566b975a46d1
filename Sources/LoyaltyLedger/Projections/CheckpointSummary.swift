internal import LogFormat
public import Snapshots

/// What a checkpoint's file says, without its state.
public struct CheckpointSummary: Sendable {
    /// Whether it is a projection's or a subscriber's.
    public let kind: Checkpoint.Kind
    /// Its name.
    public let name: String
    /// The version of the projection; 0 for a subscriber.
    public let version: UInt32
    /// The last event that was folded or seen; nil where the file cannot be read.
    public let position: UInt64?
    /// How many events came since; nil where it does not serve.
    public let behind: UInt64?
    /// Why it does not serve; nil where it does.
    public let problem: CheckpointProblem?
}

extension Ledger {
    /// The checkpoints of projections and subscribers, in the order of kinds, names and versions.
    ///
    /// - Throws: `LedgerError` where the log or the directory cannot be read; a bad file is a problem of its own line.
    public func checkpoints() async throws(LedgerError) -> [CheckpointSummary] {
        let (store, feed) = (checkpointStore, EventFeed(source(following: true), readsTexts: false))
        let keys: [Checkpoint.Key]
        do throws(CheckpointProblem) {
            keys = try store.keys()
        } catch {
            throw LedgerError(.checkpoint, error.description)
        }
        var summaries: [CheckpointSummary] = []
        for key in keys {
            var (place, problem): (Checkpoint.Place?, CheckpointProblem?)
            do throws(CheckpointProblem) {
                place = try store.place(key)
            } catch {
                problem = error
            }
            var behind: UInt64?
            if let place {
                let head = try await feed.settle(through: place.anchor.rawValue)
                problem = try await feed.withReader { store.problem(with: place, of: key, $0) }
                if problem == nil { behind = head - place.position.rawValue }
            }
            summaries.append(
                CheckpointSummary(
                    kind: key.kind,
                    name: key.name,
                    version: key.version,
                    position: place?.position.rawValue,
                    behind: behind,
                    problem: problem
                )
            )
        }
        return summaries
    }
}
