import { describe, expect, test } from 'vitest'
import { layerProblems, repositoryFiles, type SourceFile } from './layers.ts'

const file = (path: string, ...lines: string[]): SourceFile => ({ path, text: `${lines.join('\n')}\n` })

test('the repository keeps its own rules', () => {
  const files = repositoryFiles()
  expect(files.map(({ path }) => path)).toContain('src/core/facts.ts')
  expect(layerProblems(files)).toEqual([])
})

describe('allowed is', () => {
  test.each([
    ['an arrow down', [file('src/store/a.ts', "import { b } from '../core/b.ts'")]],
    ['a neighbour in the same layer', [file('src/core/a.ts', "import { b } from './rules/b.ts'")]],
    ['the list of channels', [file('channels/index.ts', "import { sms } from './sms/index.ts'")]],
    [
      'everything for the top',
      [file('src/main.ts', "import { s } from './store/s.ts'", "import { env } from 'node:process'")],
    ],
    [
      'zod in every layer',
      [file('src/core/a.ts', "import { z } from 'zod'"), file('src/http/a.ts', "import { z } from 'zod'")],
    ],
    [
      'one package in several files of a layer',
      [file('src/kafka/a.ts', "import 'kafkajs'"), file('src/kafka/b.ts', "import 'kafkajs'")],
    ],
    ['a hash in the core', [file('src/core/a.ts', "import { createHash } from 'node:crypto'")]],
    ['an error class', [file('src/core/a.ts', 'export class StoreDown extends Error {}')]],
    ['a comment about an import', [file('src/core/a.ts', "// import { s } from '../store/s.ts'")]],
    ['the word import in a text', [file('src/core/a.ts', "const usage = ['registry import', '../store/a.ts']")]],
    ['a file of 250 lines', [file('src/core/a.ts', ...Array<string>(250).fill(''))]],
  ])('%s', (_what, files) => expect(layerProblems(files)).toEqual([]))
})

describe('refused is', () => {
  test.each([
    ['an arrow up', 'may not know', [file('src/core/a.ts', "import { s } from '../store/s.ts'")]],
    ['a type that points up', 'may not know', [file('src/core/a.ts', "import type { S } from '../store/s.ts'")]],
    ['an arrow up, taken late', 'may not know', [file('src/core/a.ts', "const s = await import('../store/s.ts')")]],
    [
      'an arrow over several lines',
      'may not know',
      [file('src/core/a.ts', 'import {', '  s,', "} from '../store/s.ts'")],
    ],
    ['an arrow sideways', 'may not know', [file('src/http/a.ts', "import { s } from '../store/s.ts'")]],
    [
      'a channel that knows the store',
      'may not know',
      [file('channels/sms/a.ts', "import { s } from '../../src/store/s.ts'")],
    ],
    [
      'a channel that knows another',
      'never imports another',
      [file('channels/sms/a.ts', "import { v } from '../viber/v.ts'")],
    ],
    ['a hand on main', 'nobody imports it', [file('src/cli/a.ts', "import { m } from '../main.ts'")]],
    ['a file read in the core', 'does no I/O', [file('src/core/a.ts', "import { readFileSync } from 'node:fs'")]],
    ['a socket in a channel', 'does no I/O', [file('channels/sms/a.ts', "import { connect } from 'node:net'")]],
    ['a clock in the core', 'come as arguments', [file('src/core/a.ts', 'const now = Date.now()')]],
    ['the environment in the store', 'come as arguments', [file('src/store/a.ts', "const url = process.env['URL']")]],
    [
      'a package with two homes',
      'more than one layer: src/http, src/kafka',
      [file('src/http/a.ts', "import '@a/b/c'"), file('src/kafka/a.ts', "import '@a/b'")],
    ],
    ['a file of 251 lines', 'more than 250', [file('src/core/a.ts', ...Array<string>(251).fill(''))]],
    ['a name that says nothing', 'says nothing', [file('src/core/string-utils.ts')]],
    ['a folder that says nothing', 'says nothing', [file('src/common/a.ts')]],
    ['a name in capitals', 'kebab-case', [file('src/core/aB.ts')]],
    ['a class', 'no error', [file('src/core/a.ts', 'export class Judge {}')]],
    ['a loose end', 'loose end', [file('src/core/a.ts', '// TODO later')]],
  ])('%s', (_what, why, files) => {
    expect(layerProblems(files)).toHaveLength(1)
    expect(layerProblems(files)[0]).toContain(why)
  })
})
