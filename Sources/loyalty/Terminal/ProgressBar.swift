/// A bar on standard error that shows how far long work is; nothing where standard error is no terminal.
struct ProgressBar {
    private let isShown: Bool
    private let work: String?
    private let start = ContinuousClock.now
    private var lastDrawn: ContinuousClock.Instant?

    /// The shortest time between two drawings; ten in a second are as many as a person sees.
    private static let pause = Duration.milliseconds(100)

    /// What takes no longer than this needs no bar.
    private static let patience = Duration.milliseconds(250)

    /// Creates a bar for some work, shown where standard error is a terminal that can redraw a line.
    init(_ work: String? = nil, isShown: Bool = StandardStream.error.isTerminal) {
        self.work = work
        self.isShown = isShown
    }

    /// Draws the bar, if the last drawing is long enough ago.
    mutating func update(rows: Int? = nil, fraction: Double) {
        guard isShown else { return }
        let now = ContinuousClock.now
        if let lastDrawn, now - lastDrawn < ProgressBar.pause { return }
        if work != nil, now - start < ProgressBar.patience { return }
        lastDrawn = now
        let line = ProgressLine(work: work, rows: rows, fraction: fraction, seconds: (now - start) / .seconds(1))
        draw("\r" + line.text(columns: StandardStream.error.columns) + "\u{1B}[K")
    }

    /// Takes the bar away.
    mutating func clear() {
        guard isShown, lastDrawn != nil else { return }
        lastDrawn = nil
        draw("\r\u{1B}[K")
    }

    private func draw(_ text: String) {
        // A bar that cannot be drawn is no reason to stop the work.
        try? StandardStream.error.write(text)
    }
}
