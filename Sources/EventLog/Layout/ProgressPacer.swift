/// Calls a progress callback at a steady pace: by time, however long a step takes, and not at all in what is soon done.
///
/// An operation asks it after each step. Where no step takes longer than 150 ms, the first call comes within 250 ms, and the
/// others at most 250 ms apart.
final class ProgressPacer {
    private static let interval: Duration = .milliseconds(100)

    private let callback: ((LogProgress) -> Void)?
    private let clock = ContinuousClock()
    private var next: ContinuousClock.Instant

    init(_ callback: ((LogProgress) -> Void)?) {
        self.callback = callback
        next = clock.now + Self.interval
    }

    /// Reports a step if it is time.
    func step(_ phase: LogProgress.Phase, _ completed: Int, of total: Int) {
        guard let callback else { return }
        let now = clock.now
        guard now >= next else { return }
        next = now + Self.interval
        callback(LogProgress(phase: phase, completedBytes: completed, totalBytes: total))
    }
}
