/// Emphasis on a terminal, and none anywhere else.
struct TextStyle {
    private let isColoured: Bool

    /// No emphasis.
    static let plain = TextStyle(isColoured: false)

    private init(isColoured: Bool) {
        self.isColoured = isColoured
    }

    /// The style for a stream: colours on a terminal that understands them, unless NO_COLOR is set (https://no-color.org).
    init(isTerminal: Bool, environment: [String: String]) {
        let isUnwanted = environment["NO_COLOR"].map { !$0.isEmpty } ?? false
        isColoured = isTerminal && !isUnwanted && environment["TERM"] != "dumb"
    }

    /// A heading.
    func heading(_ text: String) -> String { marked(text, "1") }

    /// The word that begins an error.
    func alarm(_ text: String) -> String { marked(text, "31;1") }

    private func marked(_ text: String, _ code: String) -> String {
        isColoured ? "\u{1B}[\(code)m\(text)\u{1B}[0m" : text
    }
}
