import ArgumentParser

/// How a report is written.
enum OutputFormat: String, CaseIterable, ExpressibleByArgument {
    /// Aligned columns for a person.
    case table

    /// RFC 4180 with LF, no byte order mark, nothing for no value.
    case csv

    /// An array with one object per row, keys in the order of the columns.
    case json
}
