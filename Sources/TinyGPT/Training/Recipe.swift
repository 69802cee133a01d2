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
