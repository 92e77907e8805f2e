/** Returns `act` as a function that runs it at most once in a turn of the event loop. */
export function oncePerTurn(act: () => void): () => void {
  let done = false
  const reset = () => {
    done = false
  }
  return () => {
    if (done) return
    done = true
    // Not unreferenced: the loop must not fall asleep in this turn and wake in what would pass for the same one.
    setImmediate(reset)
    act()
  }
}
