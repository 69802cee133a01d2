import Testing
import TinyGPT

/// Blocks own zeroed, aligned memory; views are windows onto it.
struct BlockTests {
  @Test(arguments: [0, 1, 3, 16, 1_000, 40_000, 1_000_000])
  func isZeroedAndAligned(count: Int) {
    let block = Block<Float>(count: count)
    #expect(block.view.count == count)
    #expect(block.view.array() == Array(repeating: 0, count: count))
    #expect(UInt(bitPattern: block.view.start) % 64 == 0)
  }

  @Test func holdsItsElements() {
    let block = Block<UInt16>([3, 1, 4, 1, 5])
    #expect(block.view.array() == [3, 1, 4, 1, 5])
    block.view[2] = 400
    #expect(block.view[2] == 400)
  }

  @Test func viewsAreWindows() {
    let block = Block<Int>([0, 1, 2, 3, 4, 5])
    #expect(block.view.from(4).array() == [4, 5])
    #expect(block.view.from(6).array() == [])
    #expect(block.view.slice(1, 3).array() == [1, 2, 3])
    block.view.slice(1, 3).fill(9)
    #expect(block.view.array() == [0, 9, 9, 9, 4, 5])
    let other = Block<Int>(count: 2)
    other.view.copy(from: block.view.from(4))
    #expect(other.view.array() == [4, 5])
  }
}
