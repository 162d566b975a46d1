/// A bar on standard error that shows how far an import is; nothing where standard error is no terminal.
struct ProgressBar {
    private let isShown: Bool
    private let start = ContinuousClock.now
    private var lastDrawn: ContinuousClock.Instant?

    /// The shortest time between two drawings; ten in a second are as many as a person sees.
    private static let pause = Duration.milliseconds(100)

    /// Creates a bar, shown where standard error is a terminal that can redraw a line.
    init(isShown: Bool = StandardStream.error.isTerminal) {
        self.isShown = isShown
    }

    /// Draws the bar, if the last drawing is long enough ago.
    mutating func update(rows: Int, fraction: Double) {
        guard isShown else { return }
        let now = ContinuousClock.now
        if let lastDrawn, now - lastDrawn < ProgressBar.pause { return }
        lastDrawn = now
        let line = ProgressLine(rows: rows, fraction: fraction, seconds: (now - start) / .seconds(1))
        draw("\r" + line.text(columns: StandardStream.error.columns) + "\u{1B}[K")
    }

    /// Takes the bar away.
    mutating func clear() {
        guard isShown, lastDrawn != nil else { return }
        lastDrawn = nil
        draw("\r\u{1B}[K")
    }

    private func draw(_ text: String) {
        // A bar that cannot be drawn is no reason to stop an import.
        try? StandardStream.error.write(text)
    }
}
