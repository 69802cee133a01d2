/// The places of `values` from the largest value to the smallest, ties in their order; by insertion, for short lists.
///
/// - Note: The standard library's sort by a closure would add 3 kB to the WebAssembly module.
func descending(_ values: [Double]) -> [Int] {
  var places = Array(values.indices)
  for place in places {
    var at = place
    while at > 0, values[places[at - 1]] < values[place] {
      places[at] = places[at - 1]
      at -= 1
    }
    places[at] = place
  }
  return places
}
