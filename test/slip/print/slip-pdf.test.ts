import { describe, expect, test } from 'vitest'
import { prepareZXingModule, readBarcodes } from 'zxing-wasm/reader'
import type { PrintedSlip } from '../../../src/core/printed-slip.ts'
import { LAYOUTS } from '../../../src/slip/print/sheet.ts'
import { oneSlipPdf, slipPdf } from '../../../src/slip/print/slip-pdf.ts'
import { wasmOf } from '../../../src/slip/zxing-files.ts'
import { drawn, inked, openPdf, type Picture, printed, rows, slip } from './printed.ts'

prepareZXingModule({ overrides: { wasmBinary: wasmOf('reader') } })

/** The codes on a page, in reading order. */
async function codesIn({ width, height, grey }: Picture) {
  const data = new Uint8ClampedArray(width * height * 4)
  for (const [at, value] of grey.entries()) data.set([value, value, value, 255], at * 4)
  const found = await readBarcodes({ width, height, data }, { formats: ['QRCode'], maxNumberOfSymbols: 8 })
  return found.toSorted((a, b) => {
    const rowsApart = Math.abs(a.position.topLeft.y - b.position.topLeft.y) > height / 4
    return rowsApart ? a.position.topLeft.y - b.position.topLeft.y : a.position.topLeft.x - b.position.topLeft.x
  })
}

describe('the code', () => {
  test.each<[string, PrintedSlip, string]>([
    [
      'of the form’s own example',
      slip({ period: '2025-11' }),
      'ST00012|Name=ЭНЕРГОСБЫТ|PersAcc=5012345678|CounterId=011234567890|PaymPeriod=112025|TechCode=02|Form=R1|Regs=60,60|Chk=88',
    ],
    [
      'of an account with a stroke and of decimals',
      slip({ account: '12345/67', service: 'GAS', rows: rows([5, 3]) }),
      'ST00012|Name=ЭНЕРГОСБЫТ|PersAcc=12345/67|CounterId=011234567890|PaymPeriod=122026|TechCode=02|Form=R1|Regs=53|Chk=20',
    ],
  ])('%s says who, for when and which boxes', async (_what, one, text) => {
    const picture = await drawn(await openPdf(await printed([one], 'a6')), { dpi: 300 })
    const [code] = await codesIn(picture)
    expect(Buffer.from(code?.bytes ?? []).toString('utf8')).toBe(text)
    // `]Q1` is model 2 without an ECI; with one it would be `]Q2`.
    expect([code?.ecLevel, code?.symbologyIdentifier, code?.hasECI]).toEqual(['M', ']Q1', false])
    expect(Number(code?.version)).toBeGreaterThanOrEqual(7)
    expect(Number(code?.version)).toBeLessThanOrEqual(10)
    const { topLeft, bottomRight } = code?.position ?? { topLeft: { x: 0, y: 0 }, bottomRight: { x: 0, y: 0 } }
    for (const [at, wanted] of [
      [topLeft.x / picture.perMm.x, 14],
      [topLeft.y / picture.perMm.y, 14],
      [bottomRight.x / picture.perMm.x, 44],
      [bottomRight.y / picture.perMm.y, 44],
    ] as const)
      expect(Math.abs(at - wanted)).toBeLessThan(0.2)
  })

  test('can be read at the coarsest scan there is', async () => {
    const picture = await drawn(await openPdf(await printed([slip()], 'a6')), { dpi: 150 })
    expect(await codesIn(picture)).toHaveLength(1)
  })
})

describe('the texts', () => {
  const text = async (one: PrintedSlip) => (await openPdf(await printed([one], 'a6'))).getPage(0).getText()

  test('are Russian, can be copied, and say the account with its check digits', async () => {
    const said = await text(slip({ rows: rows([6, 0], [6, 0], [6, 0]) }))
    for (const words of [
      ...['Показания счётчика', 'Лицевой счёт', '5012345678-88', '011234567890', 'за декабрь 2026 г.', 'Адрес'],
      ...[
        'Пишите чёрной или синей ручкой, по одной цифре в клетке,',
        'не касаясь рамки; пустые клетки слева не заполняйте',
      ],
      ...['Т1 (день)', 'Т2 (ночь)', 'Т3 (полупик)', 'кВт·ч', 'Дата', 'Подпись', 'ЭНЕРГОСБЫТ'],
    ])
      expect(said).toContain(words)
  })

  test.each([
    ['ELECTRICITY', 'Электроэнергия', 'кВт·ч'],
    ['COLD_WATER', 'Холодная вода', 'м³'],
    ['HOT_WATER', 'Горячая вода', 'м³'],
    ['HEAT', 'Тепловая энергия', 'Гкал'],
    ['GAS', 'Газ', 'м³'],
  ] as const)('%s has its name and its unit, and its only row is called the reading', async (service, name, unit) => {
    const said = await text(slip({ service, rows: rows([6, 0]) }))
    for (const words of [name, unit, 'Показание']) expect(said).toContain(words)
    expect(said).not.toContain('Т1')
  })
})

describe('a sheet of A4', () => {
  const five = Array.from({ length: 5 }, (_, at) => slip({ account: `501234567${at}` }))

  test('holds four slips in reading order, and the fifth begins another', async () => {
    const document = await openPdf(await printed(five, 'a4'))
    expect(document.getPageCount()).toBe(2)
    const accounts: (string | undefined)[] = []
    for (const page of [0, 1]) {
      const codes = await codesIn(await drawn(document, { page, dpi: 200 }))
      accounts.push(...codes.map(({ text }) => /PersAcc=(\d+)/.exec(text)?.[1]))
    }
    expect(accounts).toEqual(five.map(({ account }) => account))
  })

  test('has each slip at its own size, and marks where it is cut', async () => {
    const picture = await drawn(await openPdf(await printed(five.slice(0, 4), 'a4')), { dpi: 300 })
    for (const [x, y] of [
      [0.5, 0],
      [148.5, 0],
      [0.5, 105],
      [148.5, 105],
    ] as const) {
      const mark = inked(picture, { left: x + 3.5, top: y + 3.5, right: x + 12.5, bottom: y + 12.5 })
      expect(mark?.left).toBeCloseTo(x + 5.5, 0)
      expect(mark?.bottom).toBeCloseTo(y + 10.5, 0)
      const code = inked(picture, { left: x + 11, top: y + 11, right: x + 47, bottom: y + 48 })
      expect((code?.right ?? 0) - (code?.left ?? 0)).toBeGreaterThan(29.8)
      expect((code?.right ?? 0) - (code?.left ?? 0)).toBeLessThan(30.2)
    }
    const cuts = [
      inked(picture, { left: 146, top: 1, right: 151, bottom: 6 }, 0.1),
      inked(picture, { left: 1, top: 103, right: 3, bottom: 107 }, 0.1),
    ]
    expect(((cuts[0]?.left ?? 0) + (cuts[0]?.right ?? 0)) / 2).toBeCloseTo(148.5, 1)
    expect(((cuts[1]?.top ?? 0) + (cuts[1]?.bottom ?? 0)) / 2).toBeCloseTo(105, 1)
  })

  test('asks to be printed as it is', async () => {
    expect((await printed(five, 'a4')).toString('latin1')).toContain('/PrintScaling/None')
    expect([LAYOUTS.a4.width, LAYOUTS.a4.height]).toEqual([297, 210])
  })
})

describe('the file', () => {
  test('of many slips is whole, page for page', async () => {
    const slips = Array.from({ length: 1_030 }, (_, at) => slip({ account: String(5_000_000_000 + at) }))
    const document = await openPdf(await printed(slips, 'a4'))
    expect(document.getPageCount()).toBe(258)
    expect(document.getPage(257).getText()).toContain('5000001029-')
  })

  test('of the same slips is the same to the byte', async () => {
    expect(await printed([slip()], 'a4')).toEqual(await printed([slip()], 'a4'))
    expect(oneSlipPdf(slip(), { layout: 'a4', supplier: 'ЭНЕРГОСБЫТ' })).toEqual(await printed([slip()], 'a4'))
  })

  test('comes while slips still come: none is waited for but those of one sheet', async () => {
    let asked = 0
    const parts = slipPdf(
      (function* () {
        for (;;) yield slip({ account: String(++asked) })
      })(),
      { layout: 'a4', supplier: 'ЭНЕРГОСБЫТ' },
    )
    for (let part = 0; part < 4; part++) await parts.next()
    await parts.return(undefined)
    expect(asked).toBe(12)
  })

  test('can hold no slip whose letters would break it', async () => {
    const odd = slip({ account: '1)(\\<>', meter: '№ 5Ж\u{1f600}' })
    expect((await openPdf(await printed([odd], 'a6'))).getPage(0).getText()).toContain('1)(\\<>-')
  })
})
