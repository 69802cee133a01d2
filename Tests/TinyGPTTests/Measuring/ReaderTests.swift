import Testing
import TinyGPT

/// Names read one after another in one block are as if read alone.
struct ReaderTests {
  @Test func nothingIsLeftOfTheNameBefore() throws {
    let trainer = Trainer(try Fixture.smallRun())
    let (model, documents) = (trainer.model, trainer.documents)
    var off = Switches()
    off.setHead(layer: 0, head: 0, off: true, config: model.config)
    let reader = Reader(model)
    for place in 0..<20 {
      let document = documents.document(at: place)
      for off in [Switches(), off] {
        let alone = Trace(model, document, off: off, gradients: false)
        withExtendedLifetime((reader, alone)) {
          let (read, expected) = (reader.read(document, off: off), alone.views)
          #expect(read.positions == expected.positions)
          #expect(read.logits.values.bits == expected.logits.values.bits)
          for layer in 0..<model.config.nLayer {
            for head in 0..<model.config.nHead {
              let (a, b) = (read.layer(layer).attention(head), expected.layer(layer).attention(head))
              #expect(a.values.bits == b.values.bits)
            }
          }
        }
      }
    }
  }
}
