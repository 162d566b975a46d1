internal import LogFormat
internal import SystemPackage

extension LogDescription: CustomStringConvertible {
    /// The whole structure as a tree of text.
    public var description: String { tree(depth: .blocks) }

    /// The structure as a tree of text, down to a depth.
    public func tree(depth: Depth) -> String {
        let events = segments.reduce(0) { $0 + $1.eventCount }
        let log = logID.map { "log \($0)" } ?? "an unknown log"
        var lines = ["\(log), \(segments.count) segments, \(events) events"]
        let leaves = leaves(depth)
        for (number, leaf) in leaves.enumerated() {
            leaf.write(under: "", isLast: number == leaves.count - 1, to: &lines)
        }
        return lines.joined(separator: "\n")
    }

    private func leaves(_ depth: Depth) -> [TreeNode] {
        var nodes = segments.map { segment in
            (Self.key(segment.file, .segment), TreeNode(segment.line, segment.children(depth)))
        }
        nodes += files.map { (Self.key($0.path, $0.kind), TreeNode($0.line)) }
        return nodes.sorted { $0.0 < $1.0 }.map(\.1)
    }

    /// The manifest first, then each segment with what belongs to it, then snapshots and checkpoints.
    private static func key(_ path: FilePath, _ kind: VerifyReport.FileVerdict.Kind) -> String {
        let name = path.lastComponent?.string ?? ""
        let start = name.prefix { $0 != "." }
        let rank =
            switch kind {
            case .manifest: "0"
            case .segment: "1 \(start) 0"
            case .streamIndex: "1 \(start) 1"
            case .sideFile: "1 \(start) 2"
            case .snapshot: "2"
            case .checkpoint: "3"
            case .unfinished: "4"
            }
        return "\(rank) \(name)"
    }
}

/// One line of a tree and those below it.
struct TreeNode {
    let line: String
    let children: [TreeNode]

    init(_ line: String, _ children: [TreeNode] = []) {
        self.line = line
        self.children = children
    }

    /// Writes the node and everything below it.
    func write(under prefix: String, isLast: Bool, to lines: inout [String]) {
        lines.append(prefix + (isLast ? "└── " : "├── ") + line)
        let below = prefix + (isLast ? "    " : "│   ")
        for (number, child) in children.enumerated() {
            child.write(under: below, isLast: number == children.count - 1, to: &lines)
        }
    }
}

extension LogDescription.Segment {
    /// One line about the segment.
    fileprivate var line: String {
        let name = file.lastComponent?.string ?? file.string
        return "\(name) \(isSealed ? "sealed" : "active"), number \(header.identity.ordinal), "
            + "from position \(header.firstPosition), \(usedByteCount) of \(byteCount) bytes, "
            + "\(eventCount) events in \(batches.count) batches"
    }

    fileprivate func children(_ depth: LogDescription.Depth) -> [TreeNode] {
        var nodes = depth == .segments ? [] : batches.map { $0.node(depth) }
        if let end, row != .cleanEnd {
            nodes.append(TreeNode("stops at byte \(usedByteCount)\(row.map { " (row \($0.rawValue))" } ?? ""): \(end)"))
        }
        return nodes
    }
}

extension LogDescription.Batch {
    fileprivate func node(_ depth: LogDescription.Depth) -> TreeNode {
        let line =
            "\(header.kind) at \(offset): \(header.length) bytes, from position \(header.firstPosition), "
            + "\(header.eventCount) events in \(header.recordCount) records, recorded at \(header.recordedAt), "
            + "durable through \(header.syncedThrough), chain \(header.chainHash.description.prefix(16))"
        guard depth == .blocks else { return TreeNode(line) }
        return TreeNode(line, blocks.enumerated().map { TreeNode("block \($0.offset): \($0.element.line)") })
    }
}

extension BlockEntry {
    fileprivate var line: String {
        let sizes = Section.allCases.map { "\($0) \(self[$0].storedCount) of \(self[$0].rawCount)" }
        return "\(eventCount) events from \(firstPosition), \(sizes.joined(separator: ", ")), mask \(mask)"
    }
}

extension LogDescription.File {
    fileprivate var line: String {
        let name = path.lastComponent?.string ?? path.string
        guard let damage else { return "\(name) \(byteCount) bytes\(text.isEmpty ? "" : ", \(text)")" }
        return "\(name) \(byteCount) bytes, cannot be read: \(damage.clause(namesFile: false))"
    }
}

extension LogError {
    /// What is wrong and where, without the advice.
    package func clause(namesFile: Bool = true) -> String {
        var text = message
        if namesFile, let file { text += "; file \(file)" }
        if let offset { text += " at byte \(offset)" }
        if let expected { text += ": expected \(expected)" }
        if let found { text += ", found \(found)" }
        if let flippedBit { text += "; one flipped bit explains it: \(flippedBit)" }
        if let underlying { text += "; the system said: \(underlying)" }
        if let row { text += " (row \(row.rawValue))" }
        return text
    }
}
