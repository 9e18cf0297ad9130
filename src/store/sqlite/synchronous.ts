/** A part of the store's port as SQLite has it: the answer comes at once. */
export type Synchronous<Port> = {
  readonly [Name in keyof Port]: Port[Name] extends (...asked: infer Asked) => Promise<infer Answer>
    ? (...asked: Asked) => Answer
    : never
}
