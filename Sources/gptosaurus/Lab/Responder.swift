import Foundation
import NIOCore
import NIOHTTP1

/// Answers the requests of one connection from a table of files: GET and HEAD, nothing else.
final class Responder: ChannelInboundHandler {
  typealias InboundIn = HTTPServerRequestPart
  typealias OutboundOut = HTTPServerResponsePart

  private let site: @Sendable () -> Site
  private let hosts: HostRule
  private let requestGuard: RequestGuard
  private var head: HTTPRequestHead?

  init(site: @escaping @Sendable () -> Site, hosts: HostRule, requestGuard: RequestGuard) {
    self.site = site
    self.hosts = hosts
    self.requestGuard = requestGuard
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    switch unwrapInboundIn(data) {
    case .head(let head):
      self.head = head
    case .body:
      // Nothing here takes a body; the guard counts it.
      break
    case .end:
      requestGuard.requestArrived()
      guard let head else { return }
      self.head = nil
      answer(head, context)
    }
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    guard error is HTTPParserError else { return context.close(promise: nil) }
    // Where one request can't be read, none after it can.
    head = nil
    let last = HTTPRequestHead(version: .http1_1, method: .GET, uri: "", headers: ["Connection": "close"])
    send(.badRequest, text: "This is not HTTP/1.1.\n", last, context)
  }

  private func answer(_ head: HTTPRequestHead, _ context: ChannelHandlerContext) {
    guard hosts.allows(head.headers["host"]) else {
      return send(.misdirectedRequest, text: "This lab answers to its own address only.\n", head, context)
    }
    guard head.method == .GET || head.method == .HEAD else {
      return send(.methodNotAllowed, text: "GET and HEAD only.\n", head, context, more: [("Allow", "GET, HEAD")])
    }
    let path = head.uri.prefix { $0 != "?" && $0 != "#" }
    guard let file = site().file(at: path) else {
      return send(.notFound, text: "There is no such page: the lab is at /.\n", head, context)
    }
    let headers = [("Content-Type", file.contentType), ("ETag", file.entityTag), ("Cache-Control", "no-cache")]
    let known = head.headers[canonicalForm: "if-none-match"]
    if known.contains("*") || known.contains(where: { $0.trimmingPrefix("W/") == file.entityTag }) {
      send(.notModified, body: [], head, context, headers)
    } else {
      send(.ok, body: file.bytes, head, context, headers)
    }
  }

  private func send(
    _ status: HTTPResponseStatus, text: String, _ head: HTTPRequestHead, _ context: ChannelHandlerContext,
    more: [(String, String)] = []
  ) {
    send(status, body: Array(text.utf8), head, context, [("Content-Type", "text/plain; charset=utf-8")] + more)
  }

  private func send(
    _ status: HTTPResponseStatus, body: [UInt8], _ head: HTTPRequestHead, _ context: ChannelHandlerContext,
    _ more: [(String, String)]
  ) {
    var headers = HTTPHeaders(more)
    headers.add(name: "Content-Security-Policy", value: Site.contentSecurityPolicy)
    headers.add(name: "X-Content-Type-Options", value: "nosniff")
    headers.add(name: "Referrer-Policy", value: "no-referrer")
    if status != .notModified { headers.add(name: "Content-Length", value: String(body.count)) }
    if !head.isKeepAlive { headers.add(name: "Connection", value: "close") }
    context.write(
      wrapOutboundOut(.head(HTTPResponseHead(version: head.version, status: status, headers: headers))), promise: nil)
    if head.method != .HEAD && !body.isEmpty {
      context.write(wrapOutboundOut(.body(.byteBuffer(context.channel.allocator.buffer(bytes: body)))), promise: nil)
    }
    let channel = context.channel
    let isKeptAlive = head.isKeepAlive
    let requestGuard = NIOLoopBound(requestGuard, eventLoop: context.eventLoop)
    context.writeAndFlush(wrapOutboundOut(.end(nil))).whenComplete { _ in
      if isKeptAlive { requestGuard.value.expectRequest(channel) } else { channel.close(promise: nil) }
    }
  }
}

/// Which Host headers are answered: the machine's own names, an address as such, and the name the server was given. A page
/// of another name that was pointed at this machine gets nothing.
struct HostRule: Sendable {
  let given: String

  /// Whether the request's Host headers are one, and an allowed one.
  func allows(_ headers: [String]) -> Bool {
    guard headers.count == 1, let header = headers.first else { return false }
    let host = HostRule.withoutPort(header).lowercased()
    return host == "localhost" || host == given.lowercased() || HostRule.isAddress(host)
  }

  /// `[::1]:8726` and `localhost:8726` without their ports; brackets go too.
  private static func withoutPort(_ header: String) -> String {
    if header.hasPrefix("[") { return String(header.dropFirst().prefix { $0 != "]" }) }
    return String(header.prefix { $0 != ":" })
  }

  private static func isAddress(_ host: String) -> Bool {
    (try? SocketAddress(ipAddress: host, port: 0)) != nil
  }
}
