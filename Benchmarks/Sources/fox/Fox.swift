import FlyingFox
import Foundation

/// The fixed answer by FlyingFox.
@main
struct Fox {
  static func main() async throws {
    let arguments = CommandLine.arguments
    guard arguments.count == 3, let port = UInt16(arguments[1]) else {
      fatalError("fox PORT FILE-WITH-THE-FIXED-ANSWER")
    }
    let fixed = try Data(contentsOf: URL(fileURLWithPath: arguments[2]))
    let server = HTTPServer(address: try .inet(ip4: "127.0.0.1", port: port))
    await server.appendRoute("/") { _ in
      HTTPResponse(statusCode: .ok, headers: [.contentType: "application/json"], body: fixed)
    }
    try await server.run()
  }
}
