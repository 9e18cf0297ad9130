import { readdirSync, readFileSync } from 'node:fs'
import { posix } from 'node:path'
import { fileURLToPath } from 'node:url'

/** A source file, its path from the repository's root. */
export interface SourceFile {
  readonly path: string
  readonly text: string
}

interface Layer {
  readonly name: string
  /** Layers that it may import, besides itself. */
  readonly imports: readonly string[]
}

const PURE = ['schemas', 'src/core', 'src/language', 'src/dialog', 'src/channel', 'src/outbox']

/** From the bottom up; who is not in the list belongs to the top (src/*.ts, src/slip-desk, src/cli), which may import everything. */
const LAYERS: readonly Layer[] = [
  { name: 'schemas', imports: [] },
  { name: 'src/core', imports: ['schemas'] },
  { name: 'src/language', imports: ['schemas', 'src/core'] },
  { name: 'src/dialog', imports: ['schemas', 'src/core', 'src/language'] },
  { name: 'src/channel', imports: ['schemas', 'src/core', 'src/language'] },
  { name: 'src/outbox', imports: ['schemas', 'src/core'] },
  { name: 'channels', imports: ['schemas', 'src/core', 'src/language', 'src/dialog', 'src/channel'] },
  { name: 'src/slip', imports: PURE },
  { name: 'src/http', imports: PURE },
  { name: 'src/store', imports: PURE },
  { name: 'src/kafka', imports: PURE },
  { name: 'src/registry', imports: PURE },
]
const TOP: Layer = { name: 'src', imports: ['channels', ...LAYERS.map(({ name }) => name)] }

/** What a layer without I/O may take from Node. */
const PURE_BUILTINS = new Set(['node:buffer', 'node:crypto', 'node:util', 'node:querystring'])
const EVERYWHERE = new Set(['zod'])
const LINES_MAX = 250
const VAGUE_NAME = /(^|[-./])(utils?|helpers?|common|misc|service|manager)([-./]|$)/
const AMBIENT =
  /\b(Date\.now\(|new Date\(\)|Math\.random\(|randomUUID\(|process\.env\b|performance\.now\(|Temporal\.Now\b)/
const LOOSE_END = /\b(TODO|FIXME)\b|@ts-(ignore|expect-error|nocheck)|\bnot implemented\b/
const PLAIN_CLASS = /^\s*(export )?(abstract )?class \w+\b(?! extends \w*Error\b)/m

/** The layer of a file. The script that writes the schemas' files is a tool of the top. */
function layerOf(path: string): Layer {
  if (path === 'schemas/generate.ts') return TOP
  return LAYERS.find(({ name }) => path.startsWith(`${name}/`)) ?? TOP
}

const IMPORT = /^\s*(?:import|export)\s+(?:type\s+)?[\w*\s,]*(?:\{[^}]*\}\s*)?from\s*'([^']+)'/gm
const BARE_IMPORT = /^\s*import\s+'([^']+)'/gm
const LATE_IMPORT = /\bimport\(\s*'([^']+)'/g

/** Module names that a file imports, dynamically too. Comments don't count. */
export function importsOf(text: string): string[] {
  const code = text.replace(/^\s*(\/\/|\/?\*).*$/gm, '')
  return [IMPORT, BARE_IMPORT, LATE_IMPORT].flatMap((form) => [...code.matchAll(form)].map(([, name = '']) => name))
}

/** `@scope/name` or `name` of a module name. */
export function packageOf(module: string): string {
  return module.split('/', module.startsWith('@') ? 2 : 1).join('/')
}

/** Everything that breaks the rules of the house, a line each; none: good. */
export function layerProblems(files: readonly SourceFile[]): string[] {
  const sources = files.filter(({ path }) => !path.startsWith('test/'))
  return [
    ...sources.flatMap(importProblems),
    ...sources.flatMap(ambientProblems),
    ...packageProblems(sources),
    ...files.flatMap(shapeProblems),
  ]
}

function importProblems({ path, text }: SourceFile): string[] {
  const layer = layerOf(path)
  return importsOf(text).flatMap((module) => {
    const why = module.startsWith('.')
      ? pathProblem(path, layer, posix.join(posix.dirname(path), module))
      : builtinProblem(layer, module)
    return why === null ? [] : [`${path} imports ${module}: ${why}`]
  })
}

function pathProblem(from: string, layer: Layer, target: string): string | null {
  if (target === 'src/main.ts') return 'nobody imports it'
  const other = layerOf(target)
  if (layer.name === 'channels' && other.name === 'channels' && from !== 'channels/index.ts')
    return ownFolder(from, target)
  if (other === layer || layer.imports.includes(other.name)) return null
  return `${layer.name} may not know ${other.name}`
}

function ownFolder(from: string, target: string): string | null {
  const folder = (path: string): string | undefined => path.split('/')[1]
  return folder(from) === folder(target) ? null : 'a channel never imports another'
}

function builtinProblem(layer: Layer, module: string): string | null {
  if (!module.startsWith('node:') || PURE_BUILTINS.has(module)) return null
  return PURE.includes(layer.name) || layer.name === 'channels' ? `${layer.name} does no I/O` : null
}

function ambientProblems({ path, text }: SourceFile): string[] {
  const found = layerOf(path) === TOP ? null : AMBIENT.exec(text)
  return found === null
    ? []
    : [`${path} takes ${found[1]} for itself: clock, randomness and environment come as arguments`]
}

function packageProblems(files: readonly SourceFile[]): string[] {
  const homes = new Map<string, Set<string>>()
  for (const { path, text } of files) {
    const modules = importsOf(text).filter((module) => !module.startsWith('.') && !module.startsWith('node:'))
    for (const name of modules.map(packageOf)) homes.set(name, (homes.get(name) ?? new Set()).add(layerOf(path).name))
  }
  return [...homes]
    .filter(([name, layers]) => layers.size > 1 && !EVERYWHERE.has(name))
    .map(([name, layers]) => `${name} is named in more than one layer: ${[...layers].join(', ')}`)
}

function shapeProblems({ path, text }: SourceFile): string[] {
  const lines = text.split('\n').length - 1
  const problems: [wrong: boolean, problem: string][] = [
    [lines > LINES_MAX, `has ${lines} lines, more than ${LINES_MAX}`],
    [VAGUE_NAME.test(path), 'has a name that says nothing'],
    [!/^[a-z0-9./-]+$/.test(path), 'is not written in kebab-case'],
    [PLAIN_CLASS.test(text) && !path.startsWith('test/'), 'declares a class that is no error'],
    [LOOSE_END.test(text) && !/^test\/layers(\.test)?\.ts$/.test(path), 'holds a loose end'],
  ]
  return problems.filter(([wrong]) => wrong).map(([, problem]) => `${path} ${problem}`)
}

/** All TypeScript files of the repository. */
export function repositoryFiles(): SourceFile[] {
  const root = fileURLToPath(new URL('..', import.meta.url))
  return ['schemas', 'channels', 'src', 'test'].flatMap((folder) =>
    readdirSync(`${root}${folder}`, { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.ts'))
      .map((name) => `${folder}/${name.replaceAll('\\', '/')}`)
      .map((path) => ({ path, text: readFileSync(`${root}${path}`, 'utf8') })),
  )
}

if (import.meta.main) {
  const problems = layerProblems(repositoryFiles())
  for (const problem of problems) console.error(problem)
  process.exitCode = problems.length > 0 ? 1 : 0
}
