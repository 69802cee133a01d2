import NIOCore

/// Closes a connection whose next request takes more than 8 kB or 5 seconds, idle ones too.
///
/// Stands before the HTTP decoder and counts bytes; a whole request starts both counts anew.
final class RequestGuard: ChannelInboundHandler {
  typealias InboundIn = ByteBuffer
  typealias InboundOut = ByteBuffer

  static let mostBytes = 8_192
  static let mostTime = TimeAmount.seconds(5)

  private var bytes = 0
  private var deadline: Scheduled<Void>?

  func channelActive(context: ChannelHandlerContext) {
    expectRequest(context.channel)
    context.fireChannelActive()
  }

  func channelInactive(context: ChannelHandlerContext) {
    deadline?.cancel()
    context.fireChannelInactive()
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    bytes += unwrapInboundIn(data).readableBytes
    if bytes > RequestGuard.mostBytes {
      context.close(promise: nil)
    } else {
      context.fireChannelRead(data)
    }
  }

  /// A request is whole: until it is answered there is no deadline.
  func requestArrived() {
    bytes = 0
    deadline?.cancel()
  }

  /// From now on the next request is awaited.
  func expectRequest(_ channel: any Channel) {
    deadline?.cancel()
    deadline = channel.eventLoop.assumeIsolated().scheduleTask(in: RequestGuard.mostTime) {
      channel.close(promise: nil)
    }
  }
}
