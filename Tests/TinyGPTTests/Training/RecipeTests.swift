import Testing
import TinyGPT

/// Which recipes can be trained with.
struct RecipeTests {
  private static func problem(_ change: (inout Recipe) -> Void) -> RecipeError? {
    var recipe = Recipe()
    change(&recipe)
    return recipe.problem
  }

  @Test func theLabsRecipeIsSound() { #expect(Recipe().problem == nil) }

  @Test(arguments: [0.005, 1e-30, 1, 1e18, Double(Float.greatestFiniteMagnitude)])
  func soundLearningRates(rate: Double) { #expect(RecipeTests.problem { $0.learningRate = rate } == nil) }

  @Test(arguments: [0, -0.005, 1e39, .infinity, -.infinity])
  func learningRateIsPositiveAndFitsAFloat(rate: Double) {
    #expect(RecipeTests.problem { $0.learningRate = rate } == .learningRate(rate))
  }

  @Test(arguments: [0, 0.5, 0.999999])
  func soundShares(share: Double) {
    #expect(RecipeTests.problem { $0.beta1 = share } == nil)
    #expect(RecipeTests.problem { $0.beta2 = share } == nil)
    #expect(RecipeTests.problem { $0.holdOut = share } == nil)
    #expect(RecipeTests.problem { $0.floor = share } == nil)
  }

  @Test(arguments: [-1e-9, 1, 1.5, -.infinity, .infinity])
  func betasAndHoldOutAreBelowOne(share: Double) {
    #expect(RecipeTests.problem { $0.beta1 = share } == .beta1(share))
    #expect(RecipeTests.problem { $0.beta2 = share } == .beta2(share))
    #expect(RecipeTests.problem { $0.holdOut = share } == .holdOut(share))
  }

  @Test func floorMayBeOneAndNoMore() {
    #expect(RecipeTests.problem { $0.floor = 1 } == nil)
    for floor in [-0.1, 1.0.nextUp, .infinity] { #expect(RecipeTests.problem { $0.floor = floor } == .floor(floor)) }
  }

  @Test func horizonIsAtLeastOne() {
    for horizon in [1, .max] { #expect(RecipeTests.problem { $0.horizon = horizon } == nil) }
    for horizon in [0, -1, .min] { #expect(RecipeTests.problem { $0.horizon = horizon } == .horizon(horizon)) }
  }

  @Test func initStdIsNotNegativeNorHuge() {
    for std in [0, 0.08, 1e6] { #expect(RecipeTests.problem { $0.initStd = std } == nil) }
    for std in [-0.1, 1e6.nextUp, .infinity] { #expect(RecipeTests.problem { $0.initStd = std } == .initStd(std)) }
  }

  @Test func batchHasBounds() {
    for batch in [1, 65_536] { #expect(RecipeTests.problem { $0.batch = batch } == nil) }
    for batch in [0, -1, 65_537, .max, .min] { #expect(RecipeTests.problem { $0.batch = batch } == .batch(batch)) }
  }

  /// Not-a-number is unequal to itself, so only that there is a problem can be said.
  @Test func notANumberIsRefusedEverywhere() {
    let changes: [(inout Recipe) -> Void] = [
      { $0.learningRate = .nan }, { $0.beta1 = .nan }, { $0.beta2 = .nan }, { $0.floor = .nan }, { $0.initStd = .nan },
      { $0.holdOut = .nan },
    ]
    for change in changes { #expect(RecipeTests.problem(change) != nil) }
  }

  @Test func aRunRefusesWhatItsPartsRefuse() throws {
    let names = try Fixture.names("rex\n")
    var recipe = Recipe()
    recipe.batch = 0
    #expect(throws: RunError.recipe(.batch(0))) { try Run(names: names, recipe: recipe) }
    var config = Config()
    config.nHead = 3
    let error = ConfigError.headsDoNotDivideWidth(nHead: 3, nEmbd: 32)
    #expect(throws: RunError.config(error)) { try Run(names: names, config: config) }
    config = Config()
    config.vocabSize = 5
    #expect(try Run(names: names, config: config).config.vocabSize == 27, "comes from the names")
  }
}
