import LoyaltyLedger
import Synchronization

/// A progress bar that work on another thread moves.
final class WorkProgress: Sendable {
    private let bar: Mutex<ProgressBar>

    /// Creates a bar for some work, such as `verifying`.
    init(_ work: String) { bar = Mutex(ProgressBar(work)) }

    /// Draws the share that is done, 0...1.
    func update(_ fraction: Double) { bar.withLock { $0.update(fraction: fraction) } }

    /// Draws how far the log is.
    func update(_ progress: LogProgress) {
        update(Double(progress.completedBytes) / Double(max(progress.totalBytes, 1)))
    }

    /// Takes the bar away.
    func clear() { bar.withLock { $0.clear() } }
}
