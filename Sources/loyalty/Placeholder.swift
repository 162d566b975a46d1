@main struct Loyalty { static func main() {} }
