import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { runCommand } from '../../src/cli/commands.ts'
import { importText, registryFile, row, temporaryDir } from '../registry/sample.ts'
import { openPdf } from '../slip/print/printed.ts'

/** Three accounts: one register, day and night with an archived meter beside it, and a number of two branches. */
const registry = registryFile(
  row(),
  row({ account: '2891652287', meter: '5361493290684', register: 'T1', zone: 'DAY', old_account: '', phone: '' }),
  row({ account: '2891652287', meter: '5361493290684', register: 'T2', zone: 'NIGHT', old_account: '', phone: '' }),
  row({ account: '2891652287', meter: '11', meter_status: 'ARCHIVED', old_account: '', phone: '' }),
  row({ account: '2800711268', old_account: '', unified_account: '', service: 'GAS', digits: '5', decimals: '3' }),
)

async function houseWith(content: string) {
  const dir = temporaryDir()
  const imported = await importText(dir, content)
  if (imported.kind !== 'imported') throw new Error(JSON.stringify(imported))
  return dir
}

async function print(dir: string, args: readonly string[], env: Record<string, string> = {}) {
  const out: string[] = []
  const err: string[] = []
  const words = ['slips', 'print', '--period', '2026-12', '--out', 'slips.pdf', ...args]
  const context = { env: { DATA_DIR: dir, ...env }, cwd: dir }
  const stdout = (line: string) => void out.push(line)
  const status = await runCommand(words, { ...context, stdout, stderr: (line) => void err.push(line) })
  return { status, out, err }
}

async function pagesOf(dir: string): Promise<readonly string[]> {
  const document = await openPdf(readFileSync(join(dir, 'slips.pdf')))
  return [...document.pages()].map((page) => page.getText())
}

describe('slips print', () => {
  test('--all prints one for each active meter, four on a sheet', async () => {
    const dir = await houseWith(registry)
    expect(await print(dir, ['--all'])).toEqual({ status: 0, out: ['printed: 3 slips for 3 accounts'], err: [] })
    const pages = await pagesOf(dir)
    expect(pages).toHaveLength(1)
    for (const account of ['2880950488-', '2891652287-', '2800711268-']) expect(pages[0]).toContain(account)
    expect(readdirSync(dir).filter((name) => name.startsWith('slips'))).toEqual(['slips.pdf'])
  })

  test('--accounts prints those of a list, in its order, however the list is written', async () => {
    const dir = await houseWith(registry)
    writeFileSync(join(dir, 'list.txt'), '\ufeff2891652287\r\n\r\n 28 80950488 \r\n')
    expect(await print(dir, ['--accounts', 'list.txt', '--layout', 'a6'])).toMatchObject({
      status: 0,
      out: ['printed: 2 slips for 2 accounts'],
    })
    const pages = await pagesOf(dir)
    expect(pages.map((text) => /(\d{10})-\d\d/.exec(text)?.[1])).toEqual(['2891652287', '2880950488'])
  })

  test('--branch prints those of a branch', async () => {
    const dir = await houseWith(registry)
    expect(await print(dir, ['--branch', 'amur'])).toMatchObject({
      status: 0,
      out: ['printed: 3 slips for 3 accounts'],
    })
    expect(await print(dir, ['--branch', 'sakhalin'])).toMatchObject({ status: 1 })
    expect(await print(dir, ['--branch', 'nowhere'])).toMatchObject({
      status: 1,
      err: ['not printed: there is no branch of that name'],
    })
  })

  test('the supplier is named by SUPPLIER_NAME', async () => {
    const dir = await houseWith(registry)
    await print(dir, ['--all'], { SUPPLIER_NAME: 'ДЭК' })
    expect((await pagesOf(dir))[0]).toContain('ДЭК')
    expect(await print(dir, ['--all'], { SUPPLIER_NAME: 'a|b' })).toMatchObject({
      status: 1,
      err: [expect.stringMatching(/^not printed: SUPPLIER_NAME must be /)],
    })
  })
})

describe('where something is wrong', () => {
  test('lines that name no account are told by their numbers alone, and what stood there before stays', async () => {
    const dir = await houseWith(registry)
    writeFileSync(join(dir, 'slips.pdf'), 'before')
    const known = Array(600).fill('2880950488')
    writeFileSync(join(dir, 'list.txt'), ['2880950489', ...known, 'привет', '2891652287'].join('\n'))
    const said = await print(dir, ['--accounts', 'list.txt'])
    expect(said).toEqual({
      status: 1,
      out: [],
      err: [
        'line 1: there is no account of that number',
        'line 602: there is no account of that number',
        'not printed: 2 lines name no account, nothing was written',
      ],
    })
    expect(readFileSync(join(dir, 'slips.pdf'), 'utf8')).toBe('before')
    expect(existsSync(join(dir, 'slips.pdf.part'))).toBe(false)
  })

  test('of very many such lines the first 20 are told', async () => {
    const dir = await houseWith(registry)
    writeFileSync(join(dir, 'list.txt'), Array(1_200).fill('1').join('\n'))
    const { err } = await print(dir, ['--accounts', 'list.txt'])
    expect([err.length, err.at(-1)]).toEqual([21, 'not printed: 1200 lines name no account, nothing was written'])
  })

  test('a meter that the form has no room for is counted', async () => {
    const dir = await houseWith(registryFile(row(), row({ account: '2880950489', phone: '', digits: '9' })))
    expect(await print(dir, ['--all'])).toEqual({
      status: 0,
      out: ['printed: 1 slips for 2 accounts'],
      err: ['1 meters got no slip: more than 3 registers, or more than 8 digits'],
    })
  })

  test('a list that is not there, is a folder, or is empty, ends with 1', async () => {
    const dir = await houseWith(registry)
    expect(await print(dir, ['--accounts', 'none'])).toMatchObject({
      status: 1,
      err: ['not printed: the list of accounts cannot be read (ENOENT)'],
    })
    writeFileSync(join(dir, 'list.txt'), '\n')
    expect(await print(dir, ['--accounts', 'list.txt'])).toMatchObject({
      status: 1,
      err: ['not printed: these accounts have no meter that a slip could be printed for'],
    })
    expect(await print(dir, ['--accounts', '.'])).toMatchObject({
      status: 1,
      err: ['not printed: the list of accounts is no file'],
    })
    expect(readdirSync(dir).filter((name) => name.startsWith('slips'))).toEqual([])
  })

  test('a signal ends it with 1, and nothing is left behind', async () => {
    const others = Array.from({ length: 5_000 }, (_, n) => row({ account: `${2_000_000_000 + n}`, phone: '' }))
    const dir = await houseWith(registryFile(...others))
    const command = fileURLToPath(new URL('../../src/cli/main.ts', import.meta.url))
    const words = ['slips', 'print', '--all', '--period', '2026-12', '--out', join(dir, 'slips.pdf')]
    const child = spawn(process.execPath, [command, ...words], { env: { DATA_DIR: dir } })
    const said = child.stderr.setEncoding('utf8').toArray()
    const exit = once(child, 'exit')
    while (!existsSync(join(dir, 'slips.pdf.part')) && child.exitCode === null) await sleep(5)
    child.kill('SIGTERM')
    expect([await exit, (await said).join('')]).toEqual([[1, null], 'not printed: it was stopped\n'])
    expect(readdirSync(dir).filter((name) => name.startsWith('slips'))).toEqual([])
  })

  test('without a registry it fails with a reason', async () => {
    await expect(print(temporaryDir(), ['--all'])).rejects.toThrow('there is no registry yet: import one first')
  })

  test('with a registry that is spoilt, or half gone, it says what to do', async () => {
    const advice = 'the registry in DATA_DIR cannot be read: look at its rights, or import it again'
    const dir = await houseWith(registry)
    for (const name of readdirSync(dir)) if (name.endsWith('.sqlite')) rmSync(join(dir, name))
    await expect(print(dir, ['--all'])).rejects.toThrow(advice)
    writeFileSync(join(dir, 'registry.json'), '{')
    await expect(print(dir, ['--all'])).rejects.toThrow(advice)
  })

  test.each([
    ['nothing to print', []],
    ['two things to print', ['--all', '--branch', 'amur']],
    ['no such month', ['--all', '--period', '2026-13']],
    ['no such layout', ['--all', '--layout', 'a5']],
    ['no name for the file', ['--all', '--out', '']],
    ['a word too many', ['--all', 'now']],
  ])('%s is wrong usage', async (_what, args) => {
    expect(await print(temporaryDir(), args)).toMatchObject({
      status: 2,
      out: [],
      err: [expect.stringContaining('usage:')],
    })
  })
})
