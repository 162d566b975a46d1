import CLibFuzzer

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// Feeds hostile bytes to every decoder: none may trap, and none may allocate beyond its limit.
///
/// Built by `make fuzz` it runs under libFuzzer, guided by coverage; built as usual it runs the files it is given once each, which is how
/// the findings in Fixtures/corrupt stay found.
///
///     LogFuzz TARGET [FILE or libFuzzer option ...]
private let target: FuzzTarget = {
    guard CommandLine.arguments.count > 1, let target = FuzzTarget(rawValue: CommandLine.arguments[1]) else {
        let names = FuzzTarget.allCases.map(\.rawValue).joined(separator: ", ")
        complain("usage: LogFuzz TARGET [FILE or libFuzzer option ...], where TARGET is one of \(names)")
        exit(64)
    }
    return target
}()

private func complain(_ message: String) {
    let line = Array((message + "\n").utf8)
    _ = write(STDERR_FILENO, line, line.count)
}

#if FUZZING

/// The package manager makes this symbol the program's main.
@_cdecl("LogFuzz_main")
public func logFuzzMain(_ count: CInt, _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?) -> CInt {
    _ = target
    // libFuzzer sees the program's name and its own options, not the target.
    var arguments = UnsafeMutablePointer(arguments)
    arguments?[1] = arguments?[0]
    arguments = arguments?.advanced(by: 1)
    var count = count - 1
    return LLVMFuzzerRunDriver(&count, &arguments) { data, size in
        target.run(Array(UnsafeBufferPointer(start: data, count: size)))
        return 0
    }
}

#else

@main
struct LogFuzz {
    static func main() {
        for path in CommandLine.arguments.dropFirst(2) {
            guard let bytes = contents(of: path) else {
                complain("LogFuzz: \(path) cannot be read")
                exit(1)
            }
            target.run(bytes)
        }
        print("\(target.rawValue): \(max(CommandLine.arguments.count - 2, 0)) files, no trap")
    }

    private static func contents(of path: String) -> [UInt8]? {
        guard let file = fopen(path, "r") else { return nil }
        defer { fclose(file) }
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let count = fread(&chunk, 1, chunk.count, file)
            if count == 0 { return bytes }
            bytes += chunk[..<count]
        }
    }
}

#endif
