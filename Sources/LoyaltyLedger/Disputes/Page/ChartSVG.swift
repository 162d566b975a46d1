internal import LoyaltyDomain

/// A figure over time on both clocks as inline SVG: a step line for what is known now, a dashed one for what was shown then, a band for the
/// time of the claim and a line at what it says.
struct ChartSVG {
    let chart: DisputeChart
    let calendar: ProgramCalendar
    let figure: (Int64) -> String

    private let size = (width: 760, height: 260)
    private let inset = (left: 64, right: 18, top: 18, bottom: 34)

    /// The drawing, with its content in words for those who do not see it.
    var text: String {
        let claimed = chart.claimed.map { " The claim says \(figure($0))." } ?? ""
        let last = chart.known.last.map { " It ends at \(figure($0.value))." } ?? ""
        let words =
            "The balance from \(calendar.shortText(of: chart.span.lowerBound)) to "
            + "\(calendar.shortText(of: chart.span.upperBound)), as it was shown then and as it is known now.\(claimed)\(last)"
        return """
            <svg viewBox="0 0 \(size.width) \(size.height)" role="img" aria-label="\(escaped(words))">
            \(band)\(grid)\(claim)\(line(chart.known, "known"))\(line(chart.shown, "shown"))\(days)
            </svg>
            """
    }

    private var plot: (width: Int, height: Int) {
        (size.width - inset.left - inset.right, size.height - inset.top - inset.bottom)
    }

    private func x(_ instant: Timestamp) -> Int {
        let span = max(1, chart.span.upperBound.milliseconds - chart.span.lowerBound.milliseconds)
        let at = min(max(instant.milliseconds - chart.span.lowerBound.milliseconds, 0), span)
        // Tenths of a pixel are finer than any screen; both factors are far below 2^31.
        return inset.left + Int(at / max(1, span / Int64(plot.width * 10)) / 10).clamped(to: 0...plot.width)
    }

    /// Whole steps between the lowest and the highest figure, at most six of them.
    private var scale: (low: Int64, high: Int64, step: Int64) {
        let range = chart.range
        let spread = max(1, range.upperBound &- range.lowerBound)
        var step: Int64 = 1
        // 1, 2, 5, 10, 20, 50 ...
        while spread / step > 5, step < Int64.max / 10 {
            step = String(step).hasPrefix("2") ? step / 2 * 5 : step * 2
        }
        let low = range.lowerBound >= 0 ? 0 : range.lowerBound / step * step - step
        let high = (range.upperBound / step + 1) * step
        return (low, max(high, low + step), step)
    }

    private func y(_ value: Int64) -> Int {
        let (low, high, _) = scale
        let above = (value &- low) &* Int64(plot.height) / max(1, high &- low)
        return inset.top + plot.height - Int(above).clamped(to: 0...plot.height)
    }

    private var band: String {
        let (start, end) = (x(chart.window.lowerBound), x(chart.window.upperBound))
        let width = max(3, end - start)
        return """
            <rect class="band" x="\(start)" y="\(inset.top)" width="\(width)" height="\(plot.height)"/>
            <text class="mark" x="\(start + width / 2)" y="\(inset.top - 6)" text-anchor="middle">claim</text>

            """
    }

    private var grid: String {
        let (low, high, step) = scale
        return stride(from: low, through: high, by: Int64.Stride(step)).map { value in
            """
            <line class="grid" x1="\(inset.left)" x2="\(size.width - inset.right)" y1="\(y(value))" y2="\(y(value))"/>
            <text class="axis" x="\(inset.left - 8)" y="\(y(value) + 4)" text-anchor="end">\(escaped(short(value)))</text>

            """
        }
        .joined()
    }

    /// The figure without its unit, which the legend names.
    private func short(_ value: Int64) -> String {
        let text = figure(value)
        return String(text.prefix { $0 != " " })
    }

    private var claim: String {
        guard let claimed = chart.claimed else { return "" }
        return """
            <line class="claimed" x1="\(inset.left)" x2="\(size.width - inset.right)" y1="\(y(claimed))" y2="\(y(claimed))"/>
            <circle class="point" cx="\(x(chart.window.lowerBound) + max(3, x(chart.window.upperBound) - x(chart.window.lowerBound)) / 2)" \
            cy="\(y(claimed))" r="5"/>

            """
    }

    private func line(_ steps: [DisputeChart.Step], _ kind: String) -> String {
        guard let first = steps.first else { return "" }
        var path = "M\(x(first.from)) \(y(first.value))"
        for step in steps.dropFirst() { path += "H\(x(step.from))V\(y(step.value))" }
        return "<path class=\"\(kind)\" d=\"\(path)H\(size.width - inset.right)\"/>\n"
    }

    /// A tick at the first instant of a day, as many as fit.
    private var days: String {
        let (first, last) = (calendar.localDay(of: chart.span.lowerBound), calendar.localDay(of: chart.span.upperBound))
        let count = Int(last.daysSince1970) - Int(first.daysSince1970)
        let gap = max(1, (count + 7) / 8)
        return stride(from: 1, through: max(1, count), by: gap).map { offset in
            let day = first.advanced(byDays: Int32(offset))
            let at = x(calendar.firstInstant(of: day))
            let fields = day.fields
            let label = "\(padded(fields.month, to: 2))-\(padded(fields.day, to: 2))"
            return """
                <line class="tick" x1="\(at)" x2="\(at)" y1="\(size.height - inset.bottom)" y2="\(size.height - inset.bottom + 5)"/>
                <text class="axis" x="\(at)" y="\(size.height - inset.bottom + 19)" text-anchor="middle">\(label)</text>

                """
        }
        .joined()
    }
}

extension Comparable {
    fileprivate func clamped(to range: ClosedRange<Self>) -> Self { min(max(self, range.lowerBound), range.upperBound) }
}
