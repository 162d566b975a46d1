import Foundation

/// One of the process's two output streams.
enum StandardStream: Int32 {
    case output = 1
    case error = 2

    /// Whether a person reads it on a terminal.
    var isTerminal: Bool { isatty(rawValue) == 1 }

    /// The emphasis that suits it.
    var style: TextStyle { TextStyle(isTerminal: isTerminal, environment: ProcessInfo.processInfo.environment) }

    /// The terminal's width in columns, 80 where it tells none.
    var columns: Int {
        var size = winsize()
        guard ioctl(rawValue, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return 80 }
        return Int(size.ws_col)
    }

    /// Writes the text at once.
    ///
    /// - Throws: Where the stream does not take it: a full disk, a closed pipe.
    func write(_ text: String) throws {
        let handle = self == .output ? FileHandle.standardOutput : FileHandle.standardError
        try handle.write(contentsOf: Data(text.utf8))
    }
}
