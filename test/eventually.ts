const MS_MAX = 60_000

/** Waits until it holds. Throws after a minute: longer than any machine that is only slow needs. */
export async function eventually(holds: () => boolean | Promise<boolean>): Promise<void> {
  const until = performance.now() + MS_MAX
  while (!(await holds())) {
    if (performance.now() > until) throw new Error('it never came to hold')
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
}
