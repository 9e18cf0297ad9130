import { seededRandom } from '../../drill/seeded-random.ts'

/** Draws that are the same for the same seed. */
export interface Chance {
  /** low ≤ x < high. */
  uniform(low: number, high: number): number
  normal(mean: number, spread: number): number
  /** A whole number, low ≤ n < above. */
  whole(low: number, above: number): number
  yes(share: number): boolean
  one<Option>(options: readonly Option[]): Option
  /** One of the options, each with its weight. */
  weighted<Option>(options: readonly (readonly [Option, number])[]): Option
  shuffled<Item>(items: readonly Item[]): Item[]
}

/** The draws of a seed. */
export function chanceOf(seed: number): Chance {
  const random = seededRandom(seed)
  const uniform = (low: number, high: number): number => low + random() * (high - low)
  const whole = (low: number, above: number): number => low + Math.floor(random() * (above - low))
  const one = <Option>(options: readonly Option[]): Option => options[whole(0, options.length)] as Option
  return {
    uniform,
    whole,
    one,
    yes: (share) => random() < share,
    // Box and Muller's way.
    normal: (mean, spread) => mean + spread * Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random()),
    weighted(options) {
      let left = random() * options.reduce((sum, [, weight]) => sum + weight, 0)
      for (const [option, weight] of options) {
        left -= weight
        if (left < 0) return option
      }
      return (options.at(-1) as (typeof options)[number])[0]
    },
    shuffled(items) {
      const all = [...items]
      for (let last = all.length - 1; last > 0; last--) {
        const other = whole(0, last + 1)
        ;[all[last], all[other]] = [all[other] as (typeof all)[number], all[last] as (typeof all)[number]]
      }
      return all
    },
  }
}
