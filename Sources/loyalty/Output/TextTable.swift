/// Lines of fields, aligned in columns with two spaces between them and none at the end of a line.
struct TextTable {
    /// One field of a line.
    struct Field {
        let text: String
        let isFlushRight: Bool

        init(_ text: String, isFlushRight: Bool = false) {
            self.text = text.displayed
            self.isFlushRight = isFlushRight
        }
    }

    private var rows: [[Field]] = []
    private var widths: [Int] = []

    /// Adds a line.
    mutating func add(_ fields: [Field]) {
        rows.append(fields)
        for (index, field) in fields.enumerated() {
            if index == widths.count { widths.append(0) }
            widths[index] = max(widths[index], field.text.displayWidth)
        }
    }

    /// The lines.
    var lines: [String] {
        rows.map { fields in
            var line = ""
            var gap = 0
            for (field, width) in zip(fields, widths) {
                let padding = width - field.text.displayWidth
                if !field.text.isEmpty {
                    line += String(repeating: " ", count: gap + (field.isFlushRight ? padding : 0)) + field.text
                    gap = 0
                }
                gap += 2 + (field.text.isEmpty ? width : field.isFlushRight ? 0 : padding)
            }
            return line
        }
    }
}

extension String {
    /// The columns of a terminal that the text takes: two for East Asian wide characters and emoji, none for combining marks.
    var displayWidth: Int {
        utf8.allSatisfy { $0 < 0x80 } ? utf8.count : reduce(0) { $0 + $1.displayWidth }
    }

    /// The text with control characters as pictures, so that no name in a ledger moves the cursor of a terminal.
    var displayed: String {
        guard unicodeScalars.contains(where: { $0.properties.generalCategory == .control }) else { return self }
        let scalars = unicodeScalars.map { scalar -> Unicode.Scalar in
            switch scalar.value {
            case 0..<0x20: Unicode.Scalar(0x2400 + scalar.value) ?? "\u{FFFD}"
            case 0x7F..<0xA0: "\u{FFFD}"
            default: scalar
            }
        }
        return String(String.UnicodeScalarView(scalars))
    }
}

extension Character {
    fileprivate var displayWidth: Int {
        guard let first = unicodeScalars.first else { return 0 }
        let properties = first.properties
        if [.nonspacingMark, .enclosingMark, .format, .control].contains(properties.generalCategory) { return 0 }
        if properties.isEmojiPresentation || unicodeScalars.contains("\u{FE0F}") { return 2 }
        return Character.wideRanges.contains { $0.contains(first.value) } ? 2 : 1
    }

    /// The main blocks of East Asian Width W and F (Unicode Standard Annex 11).
    private static let wideRanges: [ClosedRange<UInt32>] = [
        0x1100...0x115F, 0x2E80...0x303E, 0x3041...0x33FF, 0x3400...0x4DBF, 0x4E00...0x9FFF, 0xA000...0xA4CF,
        0xA960...0xA97F, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F, 0xFF00...0xFF60, 0xFFE0...0xFFE6,
        0x20000...0x3FFFD,
    ]
}
