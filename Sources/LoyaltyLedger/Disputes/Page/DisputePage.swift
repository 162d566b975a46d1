internal import LoyaltyDomain

/// Writes a page: one file without any outside resource or script, light, and fit to be printed.
struct DisputePage {
    let content: PageContent
    let calendar: ProgramCalendar

    /// The file.
    var html: String {
        """
        <!DOCTYPE html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
        <title>\(escaped(content.title))</title>
        <style>\(DisputePage.style)</style>
        </head>
        <body>
        <main>
        \(head)
        \(figure)
        \(content.parts.map(part).joined(separator: "\n"))
        \(ending)
        </main>
        </body>
        </html>

        """
    }

    private var head: String {
        let facts = content.facts.map { "<div><dt>\(escaped($0.name))</dt><dd>\(escaped($0.text))</dd></div>" }
        return """
            <header>
            <p class="shop">\(escaped(content.shop)) <span>\(escaped(content.audience))</span></p>
            <h1>\(escaped(content.title))</h1>
            <blockquote>\(escaped(content.claim))</blockquote>
            <p class="verdict \(content.verdict.code)"><strong><span aria-hidden="true">\(sign)</span> \
            \(escaped(headline))</strong> \(escaped(content.answer))</p>
            <dl class="facts">\(facts.joined(separator: "\n"))</dl>
            </header>
            """
    }

    private var headline: String {
        let words = content.verdict.words
        return words.prefix(1).uppercased() + words.dropFirst() + "."
    }

    /// A sign beside the words, so that no meaning hangs on a colour.
    private var sign: String {
        switch content.verdict {
        case .knownThen, .trueNow: "\u{2713}"
        case .refuted: "\u{2715}"
        case .undecidable: "?"
        }
    }

    private var figure: String {
        let drawing = ChartSVG(chart: content.chart, calendar: calendar, figure: content.figure)
        return """
            <figure>
            \(drawing.text)
            <figcaption><span class="key known"></span> as it is known now
            <span class="key shown"></span> as the card showed it then
            <span class="key band"></span> the time of the claim</figcaption>
            </figure>
            """
    }

    private func part(_ part: PageContent.Part) -> String {
        let note = part.note.map { "<p>\(escaped($0))</p>" } ?? ""
        let titles = part.columns.enumerated().map { place, title in
            let isNumber = part.rows.first.map { $0[place].isNumber } ?? false
            return "<th scope=\"col\"\(isNumber ? " class=\"number\"" : "")>\(escaped(title))</th>"
        }
        .joined()
        let rows = part.rows.map { "<tr>\($0.map(cell).joined())</tr>" }.joined(separator: "\n")
        return """
            <section>
            <h2>\(escaped(part.heading))</h2>
            \(note)
            <div class="scroll"><table>
            <thead><tr>\(titles)</tr></thead>
            <tbody>
            \(rows)
            </tbody>
            </table></div>
            </section>
            """
    }

    private func cell(_ cell: PageContent.Cell) -> String {
        let tag = cell.isCode ? "code" : "small"
        let lines = cell.lines.map { "<\(tag)>\(escaped($0))</\(tag)>" }.joined()
        let kind = cell.isNumber ? " class=\"number\"" : cell.isInstant ? " class=\"instant\"" : ""
        return "<td\(kind)>\(escaped(cell.text))\(lines)</td>"
    }

    private var ending: String {
        let facts = content.ending.map { "<div><dt>\(escaped($0.name))</dt><dd>\(escaped($0.text))</dd></div>" }
        return "<footer><dl>\(facts.joined(separator: "\n"))</dl></footer>"
    }
}

extension DisputeReport {
    /// The staff's page: HTML in one file.
    ///
    /// - Parameter calendar: The calendar of the card's program.
    public func page(in calendar: ProgramCalendar) -> String {
        DisputePage(content: PageContent(self, in: calendar), calendar: calendar).html
    }
}

extension DisputeStatement {
    /// The customer's page: HTML in one file.
    ///
    /// - Parameter calendar: The calendar of the card's program.
    public func page(in calendar: ProgramCalendar) -> String {
        DisputePage(content: PageContent(self, in: calendar), calendar: calendar).html
    }
}
