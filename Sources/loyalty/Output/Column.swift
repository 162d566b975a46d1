/// A column of a report.
struct Column: Hashable {
    /// Who sees it.
    enum Audience: Hashable {
        /// People and programs.
        case everyone
        /// Programs only; a table leaves it out, because a line on a screen is short.
        case dataOnly
        /// People only; data leave it out, because other columns say the same.
        case tableOnly
    }

    /// Its name in CSV and JSON.
    let name: String

    /// Its heading in a table.
    let title: String

    /// Who sees it.
    let audience: Audience

    /// Creates a column; its heading is its name in words unless given.
    init(_ name: String, _ audience: Audience = .everyone, title: String? = nil) {
        self.name = name
        self.title = title ?? name.split(separator: "_").joined(separator: " ")
        self.audience = audience
    }
}
