import Foundation
import NIOCore
import NIOHTTP1
import NIOPosix
import Synchronization

/// A small HTTP/1 server for the lab: one thread, at most 256 connections.
final class LabServer {
  static let mostConnections = 256

  private let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
  private let channel: any Channel

  /// Starts to listen.
  ///
  /// - Throws: ``Failure`` where the port is in use or the address is not this machine's.
  init(host: String, port: Int, site: @escaping @Sendable () -> Site) throws(Failure) {
    let hosts = HostRule(given: host)
    let connections = Connections(most: LabServer.mostConnections)
    let bootstrap = ServerBootstrap(group: group)
      .serverChannelOption(.backlog, value: 256)
      .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
      .childChannelInitializer { channel in
        channel.eventLoop.makeCompletedFuture {
          let requestGuard = RequestGuard()
          try channel.pipeline.syncOperations.addHandler(connections.limit())
          try channel.pipeline.syncOperations.addHandler(requestGuard)
          try channel.pipeline.syncOperations.configureHTTPServerPipeline(withErrorHandling: false)
          try channel.pipeline.syncOperations.addHandler(
            Responder(site: site, hosts: hosts, requestGuard: requestGuard))
        }
      }
    do {
      channel = try bootstrap.bind(host: host, port: port).wait()
    } catch {
      try? group.syncShutdownGracefully()
      throw .cannotListen(host: host, port: port, error)
    }
  }

  /// The port it listens on.
  var port: Int { channel.localAddress?.port ?? 0 }

  /// Ends every connection.
  func stop() {
    try? channel.close().wait()
    try? group.syncShutdownGracefully()
  }
}

/// Counts the open connections; the one too many is closed at once.
private final class Connections: Sendable {
  private let most: Int
  private let open = Atomic(0)

  init(most: Int) { self.most = most }

  func limit() -> Limit { Limit(connections: self) }

  /// Takes a place, or says that there is none.
  func enter() -> Bool {
    if open.add(1, ordering: .relaxed).newValue <= most { return true }
    leave()
    return false
  }

  func leave() { open.subtract(1, ordering: .relaxed) }

  final class Limit: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer

    private let connections: Connections
    private var isInside = false

    init(connections: Connections) { self.connections = connections }

    func channelActive(context: ChannelHandlerContext) {
      isInside = connections.enter()
      if isInside { context.fireChannelActive() } else { context.close(promise: nil) }
    }

    func channelInactive(context: ChannelHandlerContext) {
      if isInside { connections.leave() }
      context.fireChannelInactive()
    }
  }
}
