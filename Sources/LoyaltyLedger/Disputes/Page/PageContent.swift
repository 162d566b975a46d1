internal import LoyaltyDomain

/// What stands on a page about a dispute, in the order in which it is read; texts are plain and escaped when they are written.
struct PageContent {
    /// A fact with its name.
    struct Fact {
        var name: String
        var text: String
    }

    /// A part with a heading, a sentence and a table.
    struct Part {
        var heading: String
        var note: String?
        var columns: [String]
        var rows: [[Cell]]
    }

    /// One cell: a text, smaller lines below it, and what sets it apart.
    struct Cell {
        var text: String
        var lines: [String] = []
        var isNumber = false
        var isCode = false
        var isInstant = false

        init(_ text: String, lines: [String] = [], isNumber: Bool = false, isCode: Bool = false) {
            self.text = text
            self.lines = lines
            self.isNumber = isNumber
            self.isCode = isCode
        }

        init(at instant: String) {
            self.init(instant)
            isInstant = true
        }
    }

    var title: String
    var audience: String
    var shop: String
    var claim: String
    var verdict: Verdict
    var answer: String
    var facts: [Fact]
    var chart: DisputeChart
    var figure: (Int64) -> String
    var parts: [Part]
    var ending: [Fact]
}
