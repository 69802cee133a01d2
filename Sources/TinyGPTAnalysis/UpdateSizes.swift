import TinyGPT

/// How large the gradients and changes of one update are, by tensor and over all weights.
package struct UpdateSizes: Equatable {
  /// Of some weights.
  package struct Size: Equatable {
    package fileprivate(set) var meanGradient = 0.0
    package fileprivate(set) var meanChange = 0.0
  }

  /// Mean magnitudes in each tensor, in the order of the parameter table.
  package let tensors: [Size]
  /// Mean magnitudes over all weights.
  package let all: Size
  /// The largest magnitude of a change.
  package let largestChange: Double

  /// nil if the trace was made without an optimizer.
  package init?(_ trace: Trace) {
    var tensors: [Size] = []
    var sum = Size()
    var weights = 0
    var largest = 0.0
    for index in trace.model.table.tensors.indices {
      guard let gradient = trace.gradient(tensor: index), let change = trace.change(tensor: index) else { return nil }
      var size = Size()
      for place in gradient.values.indices {
        let step = abs(Double(change.values[place]))
        size.meanGradient += abs(Double(gradient.values[place]))
        size.meanChange += step
        if step > largest { largest = step }
      }
      let count = gradient.values.count
      sum.meanGradient += size.meanGradient
      sum.meanChange += size.meanChange
      weights += count
      size.meanGradient /= Double(count)
      size.meanChange /= Double(count)
      tensors.append(size)
    }
    sum.meanGradient /= Double(weights)
    sum.meanChange /= Double(weights)
    self.tensors = tensors
    all = sum
    largestChange = largest
  }
}
