import ArgumentParser

/// How a report that is no table of rows is written.
enum ReportFormat: String, CaseIterable, ExpressibleByArgument {
    /// Text for a person.
    case table

    /// One object.
    case json
}
