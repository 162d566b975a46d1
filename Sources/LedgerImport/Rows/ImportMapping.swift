/// Where each field of an import comes from: a column of the file, a value from the command line, or nowhere.
package struct ImportMapping {
    /// The columns that a rejects file has in front of its input's own.
    package static let rejectColumns = ["row", "reason", "message"]

    /// The header, in order.
    package let columns: [String]

    /// Where the input's own columns begin: behind the three of a rejects file that was mended and is imported itself.
    private let firstInput: Int

    /// The column of each field, and its value from the command line, by the field's raw value.
    private var sources: [Int?]
    private var values: [String?]

    /// Binds the fields to the header's columns.
    ///
    /// - Parameters:
    ///   - columns: The header.
    ///   - renames: `FIELD=COLUMN` texts: the column is read as that field, and no longer under its own name.
    ///   - values: `FIELD=VALUE` texts: the value of that field where the file, or a row of it, has none.
    /// - Throws: What cannot be bound, and what to do.
    package init(columns: [String], renames: [String], values: [String]) throws(MappingProblem) {
        self.columns = columns
        sources = Array(repeating: nil, count: ImportField.allCases.count)
        self.values = Array(repeating: nil, count: ImportField.allCases.count)
        firstInput = columns.starts(with: ImportMapping.rejectColumns) ? ImportMapping.rejectColumns.count : 0
        guard columns.count > firstInput else {
            throw MappingProblem(
                "the file has no columns but \(columns.joined(separator: ", "))",
                hint: "Import a rejects file with the columns of its input behind those three."
            )
        }
        for rename in renames {
            let (field, column) = try ImportMapping.assignment(rename, option: "--map")
            guard sources[field.rawValue] == nil else { throw ImportMapping.doubled(field, option: "--map") }
            sources[field.rawValue] = try index(of: column)
        }
        for assignment in values {
            let (field, value) = try ImportMapping.assignment(assignment, option: "--set")
            guard field != .commandID else {
                throw MappingProblem(
                    "--set \(assignment) gives all rows one command id",
                    hint: "Leave it out, or map a column."
                )
            }
            guard self.values[field.rawValue] == nil else { throw ImportMapping.doubled(field, option: "--set") }
            self.values[field.rawValue] = value
        }
        let renamed = Set(sources.compactMap(\.self))
        for field in ImportField.allCases where sources[field.rawValue] == nil {
            let places = places(of: field.name).filter { !renamed.contains($0) }
            guard places.count < 2 else { throw ImportMapping.ambiguous(field.name) }
            sources[field.rawValue] = places.first
        }
        for field in ImportField.indispensable where !has(field) { throw missing(field) }
    }

    /// Whether the field has a column or a value.
    package func has(_ field: ImportField) -> Bool { sources[field.rawValue] != nil || values[field.rawValue] != nil }

    /// The field's text in a row: the row's own where it is not empty, else the value from the command line, else nil.
    package func text(of field: ImportField, in record: CSVRecord) -> String? {
        if let column = sources[field.rawValue], !record.isEmpty(column) { return record[column] }
        return values[field.rawValue]
    }

    /// The input's own columns.
    package var inputColumns: [String] { Array(columns[firstInput...]) }

    /// A row's texts under the input's own columns, whatever is wrong with the row: missing fields are empty, surplus ones
    /// stand in the last column with their commas.
    package func inputFields(of record: CSVRecord) -> [String] {
        let texts = Array(record.texts.dropFirst(firstInput))
        let missing = inputColumns.count - texts.count
        if missing >= 0 { return texts + Array(repeating: "", count: missing) }
        let kept = inputColumns.count - 1
        return texts.prefix(kept) + [texts.dropFirst(kept).joined(separator: ",")]
    }

    private func places(of column: String) -> [Int] {
        columns.indices.filter { $0 >= firstInput && columns[$0] == column }
    }

    private func index(of column: String) throws(MappingProblem) -> Int {
        let places = places(of: column)
        guard places.count < 2 else { throw ImportMapping.ambiguous(column) }
        guard let place = places.first else {
            throw MappingProblem(
                "unknown column \(column)",
                hint: "The file's columns are: \(columns.joined(separator: ", "))."
            )
        }
        return place
    }

    private func missing(_ field: ImportField) -> MappingProblem {
        MappingProblem(
            "the file has no column \(field.name)",
            hint: "Name one with --map \(field.name)=COLUMN (the file has \(columns.joined(separator: ", "))), "
                + "or give all rows one value with --set \(field.name)=VALUE."
        )
    }

    private static func assignment(
        _ text: String,
        option: String
    ) throws(MappingProblem) -> (field: ImportField, value: String) {
        let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        guard let name = parts.first, parts.count == 2, !parts[1].isEmpty else {
            let form = option == "--map" ? "FIELD=COLUMN" : "FIELD=VALUE"
            throw MappingProblem(
                "\(option) \(text) is not of the form \(form)",
                hint: "The fields are: \(ImportField.list)."
            )
        }
        guard let field = ImportField(name: name) else {
            throw MappingProblem(
                "unknown field \(name) in \(option) \(text)",
                hint: "The fields are: \(ImportField.list)."
            )
        }
        return (field, String(parts[1]))
    }

    private static func doubled(_ field: ImportField, option: String) -> MappingProblem {
        MappingProblem("\(option) names the field \(field.name) twice", hint: "Keep the one you mean.")
    }

    private static func ambiguous(_ column: String) -> MappingProblem {
        MappingProblem("the file has two columns named \(column)", hint: "Rename one of them in the file's first line.")
    }
}
