import Foundation
import Testing
import TinyGPT

/// One update of Adam, its learning rate and its corrections.
struct AdamTests {
  /// Parameters, moments and gradients of one update.
  private struct State {
    let p, m, v, g: Block<Float>

    init(p: [Float], m: [Float], v: [Float], g: [Float]) {
      (self.p, self.m, self.v, self.g) = (Block(p), Block(m), Block(v), Block(g))
    }

    /// The same in every lane.
    init(p: Float, m: Float, v: Float, g: Float) {
      func lanes(_ x: Float) -> [Float] { Array(repeating: x, count: laneCount) }
      self.init(p: lanes(p), m: lanes(m), v: lanes(v), g: lanes(g))
    }

    func update(_ coefficients: AdamCoefficients, into updated: Block<Float>? = nil, keepMoments: Bool = true) {
      adam(
        p.view, m: m.view, v: v.view, g: g.view, coefficients, into: (updated ?? p).view, keepMoments: keepMoments)
    }
  }

  /// A recipe with a rate, moments and a schedule that are easy on paper.
  private var recipe: Recipe {
    var recipe = Recipe()
    recipe.learningRate = 0.1
    recipe.beta1 = 0.5
    recipe.beta2 = 0.75
    recipe.horizon = 4
    recipe.floor = 0.25
    return recipe
  }

  /// Update 3, by hand: the rate is 0.1 (1 - 2/4) = 0.05; m = 0.5 · 0.2 + 0.5 · 0.6 = 0.4, of which the correction
  /// makes 0.4 / (1 - 0.125); v = 0.75 · 0.04 + 0.25 · 0.36 = 0.12, of which it makes 0.12 / (1 - 0.421875).
  @Test func updatesAsOnPaper() {
    let state = State(p: 1, m: 0.2, v: 0.04, g: 0.6)
    state.update(AdamCoefficients(recipe, update: 3))
    let expected = 1 - 0.05 * (0.4 / 0.875) / ((0.12 / 0.578125).squareRoot() + 1e-8)
    for lane in 0..<laneCount {
      #expect(abs(Double(state.p.view[lane]) - expected) <= 6e-8)
      #expect(abs(Double(state.m.view[lane]) - 0.4) <= 3e-8)
      #expect(abs(Double(state.v.view[lane]) - 0.12) <= 8e-9)
    }
  }

  /// With its corrections, the first update moves every weight by the learning rate, however small its gradient.
  @Test(arguments: [1e-3, 0.1, 1, -1, -50] as [Float])
  func firstUpdateMovesByTheLearningRate(gradient: Float) {
    let state = State(p: 0, m: 0, v: 0, g: gradient)
    state.update(AdamCoefficients(Recipe(), update: 1))
    let expected = gradient > 0 ? -0.005 : 0.005
    #expect(abs(Double(state.p.view[0]) - expected) <= 0.005 * 2e-5)
  }

  @Test(arguments: 0..<50)
  func isThePlainFormula(seed: Int) {
    var random = RandomStream(case: seed)
    func drawn() -> [Float] { (0..<32).map { _ in Float(random.normal()) } }
    let (p, m, v, g) = (drawn(), drawn(), drawn().map(abs), drawn())
    let coefficients = AdamCoefficients(Recipe(), update: 1 + seed)
    let state = State(p: p, m: m, v: v, g: g)
    state.update(coefficients)
    let (beta1, rest1) = (Float(0.85), Float(1 - 0.85))
    let (beta2, rest2) = (Float(0.99), Float(1 - 0.99))
    let newM = (0..<32).map { m[$0] * beta1 + g[$0] * rest1 }
    let newV = (0..<32).map { v[$0] * beta2 + g[$0] * g[$0] * rest2 }
    let newP = (0..<32).map { p[$0] - newM[$0] * coefficients.rate / (newV[$0].squareRoot() + coefficients.epsilon) }
    #expect(state.m.view.array().bits == newM.bits)
    #expect(state.v.view.array().bits == newV.bits)
    #expect(state.p.view.array().bits == newP.bits)
  }

  @Test(arguments: 0..<50)
  func noGradientIsAGradientOfZero(seed: Int) {
    var random = RandomStream(case: seed)
    func drawn() -> [Float] { (0..<64).map { _ in Float(random.normal()) } }
    let (p, m, v) = (drawn(), drawn(), drawn().map(abs))
    let coefficients = AdamCoefficients(Recipe(), update: 1 + seed)
    let (zeros, none) = (State(p: p, m: m, v: v, g: p.map { _ in 0 }), State(p: p, m: m, v: v, g: p))
    zeros.update(coefficients)
    adam(
      none.p.view, m: none.m.view, v: none.v.view, g: nil, coefficients, into: none.p.view, keepMoments: true,
      isFar: true)
    #expect(none.p.view.array().bits == zeros.p.view.array().bits)
    #expect(none.m.view.array().bits == zeros.m.view.array().bits)
    #expect(none.v.view.array().bits == zeros.v.view.array().bits)
  }

  @Test(arguments: 0..<50)
  func canSayWhatWouldChange(seed: Int) {
    var random = RandomStream(case: seed)
    func drawn() -> [Float] { (0..<16).map { _ in Float(random.normal()) } }
    let (p, m, v, g) = (drawn(), drawn(), drawn().map(abs), drawn())
    let coefficients = AdamCoefficients(Recipe(), update: 7)
    let asked = State(p: p, m: m, v: v, g: g)
    let answer = Block<Float>(count: 16)
    asked.update(coefficients, into: answer, keepMoments: false)
    #expect(asked.p.view.array() == p && asked.m.view.array() == m && asked.v.view.array() == v)
    let done = State(p: p, m: m, v: v, g: g)
    done.update(coefficients)
    #expect(answer.view.array().bits == done.p.view.array().bits)
  }

  /// The gradient leaves half of each moment, so 2⁻⁹⁹ stays and 2⁻¹⁰⁰ goes under.
  @Test func momentsBelowTwoToTheMinusHundredBecomeZero() {
    var halving = Recipe()
    (halving.beta1, halving.beta2) = (0.5, 0.5)
    let state = State(
      p: [1, 1, 1, 1], m: [0x1p-99, -0x1p-99, 0x1.FFFFFEp-100, -0x1p-100], v: [0x1p-99, 0x1p-100, 0, 1],
      g: [0, 0, 0, 0])
    state.update(AdamCoefficients(halving, update: 1))
    #expect(state.m.view.array() == [0x1p-100, -0x1p-100, 0, 0])
    #expect(state.v.view.array() == [0x1p-100, 0, 0, 0.5])
  }

  @Test func aDeadUnitStaysWhereItIs() {
    let state = State(p: 0.125, m: 0, v: 0, g: 0)
    for update in 1...3 { state.update(AdamCoefficients(Recipe(), update: update)) }
    #expect(state.p.view.array() == [0.125, 0.125, 0.125, 0.125])
  }

  @Test func learningRateFallsLinearlyToTheFloor() {
    let recipe = Recipe()
    let shares = [
      (1, 1), (2, 0.9998), (2_501, 0.5), (4_500, 0.1002), (4_501, 0.1), (4_502, 0.1), (90_000, 0.1),
    ]
    for (update, share) in shares {
      let correction = (1 - pow(recipe.beta2, Double(update))).squareRoot()
      let rate = recipe.learningRate * share * correction / (1 - pow(recipe.beta1, Double(update)))
      let coefficients = AdamCoefficients(recipe, update: update)
      #expect(abs(Double(coefficients.rate) - rate) <= rate * 2e-7, "update \(update)")
      #expect(abs(Double(coefficients.epsilon) - 1e-8 * correction) <= 1e-15, "update \(update)")
    }
  }

  @Test func correctionsVanishInTheLongRun() {
    let coefficients = AdamCoefficients(Recipe(), update: 100_000)
    #expect(coefficients.rate == Float(0.005 * 0.1))
    #expect(coefficients.epsilon == 1e-8)
  }

  @Test(arguments: 0..<50)
  func powerIsRepeatedSquaring(seed: Int) {
    var random = RandomStream(case: seed)
    let (x, n) = (Double(random.uniform()), random.count(0...3_000))
    #expect(abs(power(x, n) - pow(x, Double(n))) <= 1e-12 * pow(x, Double(n)))
    #expect(power(x, 0) == 1 && power(x, 1) == x && power(x, 2) == x * x && power(x, 5) == x * ((x * x) * (x * x)))
    #expect(power(3, 30) == 205_891_132_094_649)
    #expect(power(0.85, .max) == 0)
  }
}
