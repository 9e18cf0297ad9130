import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { z } from 'zod'
import { type Branch, Branches } from './core/branch.ts'

/** The branches that stand in the repository: five of the Far East, as the demonstration uses them. */
export const bundledBranchesFile = fileURLToPath(new URL('branches.example.json', import.meta.url))

/** Either the branches, or every error of the file, each named by its path: `[0].timeZone: …`. */
export type LoadedBranches = { readonly branches: Branches } | { readonly problems: readonly string[] }

/** A pattern longer than this says more than the shape of an account number. */
const PATTERN_CHARACTERS_MAX = 200

/** Reads a branches file. `file` null: the bundled example. Throws nothing: an unreadable file is a problem like any other. */
export function loadBranches(file: string | null): LoadedBranches {
  let text: string
  try {
    text = readFileSync(file ?? bundledBranchesFile, 'utf8')
  } catch {
    return { problems: ['the file cannot be read'] }
  }
  return parseBranches(text)
}

/** Parses and checks the text of a branches file. */
export function parseBranches(text: string): LoadedBranches {
  let json: unknown
  try {
    // Editors may put a mark before the first character of a file.
    json = JSON.parse(text.replace(/^\ufeff/, ''))
  } catch {
    return { problems: ['the file is not JSON'] }
  }
  const parsed = Branches.safeParse(json)
  if (!parsed.success) return { problems: parsed.error.issues.map(issueLine) }
  const problems = [...parsed.data.flatMap(branchProblems), ...repeatedIds(parsed.data)]
  return problems.length > 0 ? { problems } : { branches: parsed.data }
}

function issueLine({ path, message }: z.core.$ZodIssue): string {
  const where = path.map((step) => (typeof step === 'number' ? `[${step}]` : `.${String(step)}`)).join('')
  return where === '' ? message : `${where}: ${message}`
}

function branchProblems(branch: Branch, index: number): string[] {
  const problems: string[] = []
  const name = (path: string, problem: string): number => problems.push(`[${index}].${path}: ${problem}`)
  if (!isTimeZone(branch.timeZone)) name('timeZone', 'is no IANA time zone, such as Asia/Yakutsk')
  if (branch.window.fromDay > branch.window.toDay) name('window.fromDay', 'stands after window.toDay')
  const pattern = patternProblem(branch.accountPattern)
  if (pattern !== null) name('accountPattern', pattern)
  return problems
}

function repeatedIds(branches: Branches): string[] {
  const first = new Map<string, number>()
  return branches.flatMap(({ id }, index) => {
    const before = first.get(id)
    if (before === undefined) first.set(id, index)
    return before === undefined ? [] : [`[${index}].id: is the id of [${before}] too`]
  })
}

/** Temporal would take offsets such as +09:00 too; a branch names a place. */
function isTimeZone(zone: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone })
    return /^[A-Za-z]/.test(zone)
  } catch {
    return false
  }
}

/**
 * The pattern runs on every word of every message, hostile ones too: it is anchored, short, and repeats no group, which
 * leaves no way to match the same characters twice over.
 */
function patternProblem(pattern: string): string | null {
  if (pattern.length > PATTERN_CHARACTERS_MAX) return `is longer than ${PATTERN_CHARACTERS_MAX} characters`
  try {
    new RegExp(pattern, 'u')
  } catch {
    return 'is no regular expression'
  }
  if (!/^\^.*\$$/s.test(pattern) || pattern.endsWith('\\$')) return 'must stand between ^ and $'
  if (hasTopLevelAlternative(pattern))
    return 'must put its alternatives in a group, ^(?:…|…)$, so that ^ and $ hold for each'
  if (/\)[*+{]/.test(pattern)) return 'must not repeat a group: it could take for ever on a hostile message'
  if ((pattern.match(/(?<!\\)[*+]|\{\d+,\d*\}/g) ?? []).length > 2)
    return 'repeats open-endedly more than twice: give counts, such as \\d{10}'
  return null
}

function hasTopLevelAlternative(pattern: string): boolean {
  let depth = 0
  const plain = pattern.replace(/\\./gs, '').replace(/\[[^\]]*\]/g, '')
  for (const character of plain) {
    if (character === '(') depth += 1
    if (character === ')') depth -= 1
    if (character === '|' && depth === 0) return true
  }
  return false
}
