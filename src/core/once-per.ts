interface Node<T> {
  readonly next: WeakMap<object, Node<T>>
  made?: { readonly value: T }
}

/**
 * The same function, worked out once for each combination of arguments, told apart by identity. For what
 * follows from rows that do not change in place (a row, the array of `View.all`); an answer is forgotten
 * together with its arguments.
 */
export function oncePer<K extends readonly object[], T>(make: (...keys: K) => T): (...keys: K) => T {
  const root: Node<T> = { next: new WeakMap() }
  return (...keys) => {
    let node = root
    for (const key of keys) {
      const known = node.next.get(key)
      const next: Node<T> = known ?? { next: new WeakMap() }
      if (!known) node.next.set(key, next)
      node = next
    }
    node.made ??= { value: make(...keys) }
    return node.made.value
  }
}
