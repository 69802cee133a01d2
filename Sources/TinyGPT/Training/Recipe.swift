/// Why a recipe can't be trained with.
public enum RecipeError: Error, Equatable, Sendable {
  /// Not positive, or not a number that a float can hold.
  case learningRate(Double)
  /// Not in 0 ..< 1.
  case beta1(Double)
  case beta2(Double)
  /// Not in 0 ... 1.
  case floor(Double)
  /// Below 1.
  case horizon(Int)
  /// Negative, or not a number that a float can hold.
  case initStd(Double)
  /// Not in 0 ..< 1.
  case holdOut(Double)
  /// Not in 1 ... ``Recipe/largestBatch``.
  case batch(Int)
}

extension Recipe {
  /// The most names an update.
  public static let largestBatch = 65_536

  /// What is wrong with the recipe, or nil.
  package var problem: RecipeError? {
    let largest = Double(Float.greatestFiniteMagnitude)
    if !(learningRate > 0 && learningRate <= largest) { return .learningRate(learningRate) }
    if !(beta1 >= 0 && beta1 < 1) { return .beta1(beta1) }
    if !(beta2 >= 0 && beta2 < 1) { return .beta2(beta2) }
    if !(floor >= 0 && floor <= 1) { return .floor(floor) }
    if horizon < 1 { return .horizon(horizon) }
    if !(initStd >= 0 && initStd <= 1e6) { return .initStd(initStd) }
    if !(holdOut >= 0 && holdOut < 1) { return .holdOut(holdOut) }
    if batch < 1 || batch > Recipe.largestBatch { return .batch(batch) }
    return nil
  }
}

extension AdamCoefficients {
  /// The coefficients of update `t`, counted from 1.
  package init(_ recipe: Recipe, update t: Int) {
    precondition(t >= 1, "AdamCoefficients: updates count from 1")
    let correction = squareRoot(1 - power(recipe.beta2, t))
    rate = Float(recipe.learningRate(ofUpdate: t) * correction / (1 - power(recipe.beta1, t)))
    epsilon = Float(1e-8 * correction)
    beta1 = Float(recipe.beta1)
    rest1 = Float(1 - recipe.beta1)
    beta2 = Float(recipe.beta2)
    rest2 = Float(1 - recipe.beta2)
  }
}

extension Recipe {
  /// The learning rate of update `t`, counted from 1: learningRate · max(floor, 1 - (t - 1) / horizon).
  package func learningRate(ofUpdate t: Int) -> Double {
    learningRate * max(floor, 1 - Double(t - 1) / Double(horizon))
  }
}

/// xⁿ by repeated squaring: the same bits whatever came before.
package func power(_ x: Double, _ n: Int) -> Double {
  var result = 1.0
  var square = x
  var rest = n
  while rest > 0 {
    if rest & 1 == 1 { result *= square }
    square *= square
    rest >>= 1
  }
  return result
}
