internal import Synchronization

/// Tells those who wait how far something is, and whether it will go on: the published state, or a projection.
///
/// Whoever waits is woken once.
final class PositionSignal: Sendable {
    private struct Contents {
        var position: UInt64
        var isFinished = false
        var waiting: [UInt64: CheckedContinuation<Void, Never>] = [:]
        var nextID: UInt64 = 0
    }

    private let contents: Mutex<Contents>

    init(position: UInt64) { contents = Mutex(Contents(position: position)) }

    /// The last position, and whether it is the last there will be.
    var now: (position: UInt64, isFinished: Bool) { contents.withLock { ($0.position, $0.isFinished) } }

    /// It came further.
    func advance(to position: UInt64) {
        wake { $0.position = max($0.position, position) }
    }

    /// It will go no further.
    func finish() {
        wake { $0.isFinished = true }
    }

    private func wake(_ change: (inout Contents) -> Void) {
        let woken = contents.withLock { contents in
            change(&contents)
            defer { contents.waiting = [:] }
            return Array(contents.waiting.values)
        }
        for continuation in woken { continuation.resume() }
    }

    /// Waits until there is more than a position, until nothing more will come, or until the task is cancelled.
    func wait(beyond position: UInt64) async {
        let id = contents.withLock { contents in
            contents.nextID += 1
            return contents.nextID
        }
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let isOver = contents.withLock { contents in
                    if contents.position > position || contents.isFinished || Task.isCancelled { return true }
                    contents.waiting[id] = continuation
                    return false
                }
                if isOver { continuation.resume() }
            }
        } onCancel: {
            contents.withLock { $0.waiting.removeValue(forKey: id) }?.resume()
        }
    }
}
