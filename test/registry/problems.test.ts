import { readdirSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import type { Column } from '../../src/registry/columns.ts'
import { problemLines } from '../../src/registry/problems.ts'
import { header, importText, registryFile, row, temporaryDir } from './sample.ts'

async function problemsOf(content: string | Buffer): Promise<string[]> {
  const imported = await importText(temporaryDir(), content)
  return imported.kind === 'bad' ? problemLines(imported.problems) : [imported.kind]
}

describe('a row is right with', () => {
  test.each<[why: string, changes: Partial<Record<Column, string>>]>([
    ['what the sample has', {}],
    ['nothing where nothing is known', { old_account: '', unified_account: '', phone: '', monthly_usage: '' }],
    ['an account in another spelling', { account: '№ 288-095-04-88' }],
    ['an account with a slash', { branch: 'komsomolsk', account: '36014/42' }],
    ['an old account in Latin letters', { old_account: 'kp468713' }],
    ['an old account that is its ЕЛС', { old_account: '80СБ140983' }],
    ['an ЕЛС with its suffix', { unified_account: '80СБ140983-01' }],
    ['the longest serial', { meter: '12345678901234567890' }],
    ['the highest register', { register: 'T9' }],
    ['a dial of 12 digits', { digits: '12', last_value: '999999999999.999999' }],
    ['zeros in front of the last value', { digits: '4', last_value: '000260' }],
    ['the greatest ratio', { ratio: '100000' }],
    ['a billing day a year ahead', { last_date: '2027-11-22' }],
    ['a leap day', { last_date: '2024-02-29' }],
    ['a usage with a fraction', { monthly_usage: '0.05' }],
    ['an address over two lines', { address: '"one\r\ntwo ""three"""' }],
  ])('%s', async (_why, changes) => expect(await problemsOf(registryFile(row(changes)))).toEqual(['imported']))
})

describe('a row is named for', () => {
  test.each<[column: Column, text: string, what: string]>([
    ['branch', 'moscow', 'is not in the branches file'],
    ['branch', '', 'is not in the branches file'],
    ['account', '288095048', "does not match the branch's pattern"],
    ['account', '', "does not match the branch's pattern"],
    ['old_account', '№ -', 'holds neither letters nor digits'],
    ['unified_account', '80СБ14098', 'is no ЕЛС: two digits, two letters, six digits'],
    ['phone', '89097140165', 'is no E.164 number, such as +79…'],
    ['phone', '+7909714016512345', 'is no E.164 number, such as +79…'],
    ['service', 'electricity', 'is none of ELECTRICITY COLD_WATER HOT_WATER HEAT GAS'],
    ['meter', '', 'is empty or longer than 20 characters'],
    ['meter', '№', 'is empty or longer than 20 characters'],
    ['meter', '123456789012345678901', 'is empty or longer than 20 characters'],
    ['meter_status', 'REMOVED', 'is none of ACTIVE ARCHIVED'],
    ['replaced_by', '123456789012345678901', 'is no serial of at most 20 characters'],
    ['replaced_by', '17', 'is no meter of the same account'],
    ['replaced_by', '250592064305057', 'is the meter itself'],
    ['register', 'T0', 'is none of T1 to T9'],
    ['zone', 'T1', 'is none of TOTAL DAY NIGHT PEAK HALF_PEAK'],
    ['digits', '0', 'is no whole number from 1 to 12'],
    ['digits', '13', 'is no whole number from 1 to 12'],
    ['decimals', '7', 'is no whole number from 0 to 6'],
    ['decimals', '', 'is no whole number from 0 to 6'],
    ['ratio', '0', 'is no whole number from 1 to 100000'],
    ['ratio', '100001', 'is no whole number from 1 to 100000'],
    ['ratio', '1.5', 'is no whole number from 1 to 100000'],
    ['last_value', '100000', 'has more whole digits than the dial'],
    ['last_value', '-1', 'is no decimal number of at most 12 digits before and 6 after the point'],
    ['last_value', '"559,5"', 'is no decimal number of at most 12 digits before and 6 after the point'],
    ['last_value', '1e3', 'is no decimal number of at most 12 digits before and 6 after the point'],
    ['last_date', '2026-02-29', 'is no day such as 2026-10-22, or lies too far ahead'],
    ['last_date', '22.10.2026', 'is no day such as 2026-10-22, or lies too far ahead'],
    ['last_date', '2027-11-23', 'is no day such as 2026-10-22, or lies too far ahead'],
    [
      'monthly_usage',
      '"372,5"',
      'is neither empty nor a decimal number of at most 12 digits before and 6 after the point',
    ],
    ['monthly_usage', '-5', 'is neither empty nor a decimal number of at most 12 digits before and 6 after the point'],
    [
      'monthly_usage',
      '372.1234567',
      'is neither empty nor a decimal number of at most 12 digits before and 6 after the point',
    ],
  ])('column %s, being %j', async (column, text, what) => {
    expect(await problemsOf(registryFile(row({ [column]: text })))).toEqual([`line 2, column ${column}: ${what}`])
  })
})

describe('rows that contradict one another are named, wherever they stand', () => {
  const between = row({ account: '2880950489', meter: '1' })
  test.each<[why: string, changes: Partial<Record<Column, string>>, line: string]>([
    ['twice the same register', {}, 'register: stands on line 2 already for this meter'],
    ['twice the same zone', { register: 'T2' }, 'zone: stands on line 2 already for this meter'],
    ['another old account', { meter: '2', old_account: '' }, 'old_account: differs from line 2 of the same account'],
    [
      'another ЕЛС',
      { meter: '2', unified_account: '80СБ140984' },
      'unified_account: differs from line 2 of the same account',
    ],
    ['another phone', { meter: '2', phone: '' }, 'phone: differs from line 2 of the same account'],
    [
      'another service',
      { register: 'T2', zone: 'DAY', service: 'GAS' },
      'service: differs from line 2 of the same meter',
    ],
    [
      'another status',
      { register: 'T2', zone: 'DAY', meter_status: 'ARCHIVED' },
      'meter_status: differs from line 2 of the same meter',
    ],
    ['another ratio', { register: 'T2', zone: 'DAY', ratio: '2' }, 'ratio: differs from line 2 of the same meter'],
    [
      'another successor',
      { register: 'T2', zone: 'DAY', replaced_by: '250592064305057' },
      'replaced_by: differs from line 2 of the same meter',
    ],
    [
      'the same serial in another spelling',
      { register: 'T2', zone: 'DAY', meter: '250592064-305057' },
      'meter: differs from line 2 of the same meter',
    ],
  ])('%s', async (_why, changes, line) => {
    expect(await problemsOf(registryFile(row(), between, row(changes)))).toEqual([`line 4, column ${line}`])
  })
})

describe('a file is named for', () => {
  test.each<[why: string, content: string | Buffer, lines: string[]]>([
    ['being empty', '', ['line 1: is missing: the file has no header']],
    ['having no rows', `${header}\n`, ['line 2: is missing: the file has no rows']],
    [
      'lacking a column',
      `${header.replace(',phone', '')}\n${row()}\n`,
      ['line 1, column phone: is missing in the header'],
    ],
    [
      'an unknown column, which is not quoted',
      `${header},+79097140165\n${row()},1\n`,
      ["line 1: the header's field 19 is no known column"],
    ],
    [
      'a column that stands twice',
      `${header},phone\n${row()},\n`,
      ['line 1, column phone: stands twice in the header'],
    ],
    ['a field too few', registryFile(row().replace(/,372$/, '')), ['line 2: has 17 fields instead of 18']],
    [
      'semicolons',
      registryFile(row(), row({ address: '' }).replaceAll(',', ';')),
      ['line 3: has 1 fields instead of 18'],
    ],
    [
      'a stray quote',
      registryFile(row({ address: 'a"b"' }), row()),
      ['line 2: is no CSV: a quote stands where none may be'],
    ],
    [
      'a quote that nobody closes, and the bad row after it',
      registryFile(row({ address: '"a' }), row({ ratio: '0' })),
      ['line 2: is no CSV: a quote is never closed', 'line 3, column ratio: is no whole number from 1 to 100000'],
    ],
    [
      'Windows-1251',
      Buffer.concat([Buffer.from(registryFile(row())), Buffer.from([0xca, 0xd0, 0x0a])]),
      ['line 3: is not UTF-8', 'line 3: has 1 fields instead of 18'],
    ],
    ['a letter behind its last line', `${registryFile(row())}x`, ['line 3: has 1 fields instead of 18']],
    ['a line without end', 'x'.repeat(200_000), ['line 1: is longer than 65536 bytes']],
    [
      'stray quotes, and the bad row between them',
      registryFile(row({ address: 'a"b' }), row({ ratio: '0' }), row({ address: 'c"d' }), row({ digits: '0' })),
      [
        'line 2: is no CSV: a quote stands where none may be',
        'line 3, column ratio: is no whole number from 1 to 100000',
        'line 4: is no CSV: a quote is never closed',
        'line 5, column digits: is no whole number from 1 to 12',
      ],
    ],
  ])('%s', async (_why, content, lines) => expect(await problemsOf(content)).toEqual(expect.arrayContaining(lines)))

  test.each([';', '\t'])(
    'columns that are separated by %j throughout, as spreadsheets do it, and for nothing else',
    async (by) =>
      expect(await problemsOf(registryFile(row({ address: '' })).replaceAll(',', by))).toEqual([
        'line 1: has its columns separated by semicolons or tabs: separate them by commas',
      ]),
  )

  test('Windows-1251, before all that only looks wrong for it', async () => {
    const cyrillic = { branch: 'амур', account: 'А', old_account: 'КР', unified_account: 'Д', meter: 'Ж', phone: 'ф' }
    const file = registryFile(...Array<string>(300).fill(row(cyrillic)))
    const inWindows1251 = file.replace(/[А-я]/g, (letter) => String.fromCharCode(letter.charCodeAt(0) - 0x350))
    const lines = await problemsOf(Buffer.from(inWindows1251, 'latin1'))
    expect(lines[0]).toBe('line 2: is not UTF-8')
    expect(lines.filter((line) => line.endsWith('is not UTF-8')).length).toBeGreaterThan(100)
  })

  test('a wrong header alone, whatever stands behind it: no row is read without one', async () => {
    const bad = [row({ address: '"a"b' }), row({ ratio: 'x' }), 'x'.repeat(70_000), row({ address: '"a' })].join('\n')
    expect(await problemsOf(`${header.replaceAll(',', ';')}\n${bad}\n`)).toEqual([
      'line 1: has its columns separated by semicolons or tabs: separate them by commas',
    ])
    const foreign = Buffer.from(`${header.replace('phone', 'fone')}\n${bad}\n\ufffd\n`, 'latin1')
    expect((await problemsOf(foreign)).map((line) => line.replace(/[:,].*/, ''))).toEqual(['line 1', 'line 1'])
  })

  test.each([65_536, 100_000, 400_000])('a field of %i characters, and the bad row behind it', async (length) => {
    const long = row({ address: 'ж'.repeat(length) })
    expect(await problemsOf(registryFile(row({ digits: '0' }), long, row({ ratio: '0' })))).toEqual([
      'line 2, column digits: is no whole number from 1 to 12',
      'line 3: is longer than 65536 bytes',
      'line 4, column ratio: is no whole number from 1 to 100000',
    ])
  })

  test('a first line that can not be read, and nothing else: no row is a header', async () => {
    expect(await problemsOf(`${'x'.repeat(70_000)}\n${row()}\n`)).toEqual(['line 1: is longer than 65536 bytes'])
  })

  test('every bad row, in the order of lines, also after an address of several lines', async () => {
    const content = registryFile(row({ address: '"a\r\nb\r\nc"', ratio: 'x', zone: 'x' }), '', row({ digits: 'x' }))
    expect((await problemsOf(content)).map((line) => line.replace(/:.*/, ''))).toEqual([
      'line 2, column zone',
      'line 2, column ratio',
      'line 6, column digits',
    ])
  })

  test('1,000 bad rows, and the number of those beyond', async () => {
    const lines = await problemsOf(registryFile(...Array<string>(1234).fill(row({ ratio: 'x' }))))
    expect(lines).toHaveLength(1001)
    expect(lines.at(-1)).toBe('and 234 more problems')
  })
})

test('where the row of a successor is wrong, the meter that it follows is not', async () => {
  const old = row({ meter: '17', meter_status: 'ARCHIVED', replaced_by: '250592064305057' })
  expect(await problemsOf(registryFile(old, row({ ratio: 'x' })))).toEqual([
    'line 3, column ratio: is no whole number from 1 to 100000',
  ])
})

test('a problem never says what stands in the row', async () => {
  const secrets = { account: '99887766', phone: '79001112233', meter: 'SERIAL-THAT-IS-TOO-LONG', address: 'Зейская"1"' }
  const lines = await problemsOf(registryFile(row(secrets), row({ ...secrets, address: '' })))
  expect(lines).toHaveLength(4)
  for (const secret of Object.values(secrets)) expect(lines.join('\n')).not.toContain(secret)
})

test('after a bad import nothing of it is left', async () => {
  const dir = temporaryDir()
  await importText(dir, registryFile(row({ ratio: 'x' })))
  expect(readdirSync(dir).sort()).toEqual(['import.csv', 'registry.lock'])
})
