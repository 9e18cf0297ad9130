import { Buffer } from 'node:buffer'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { afterAll, expect, test } from 'vitest'
import { prepareZXingModule, writeBarcode } from 'zxing-wasm/writer'
import { explainQr } from '../../src/cli/explain-qr.ts'
import { wasmOf } from '../../src/slip/zxing-files.ts'
import { sheetOf } from '../channels/qr-pictures.ts'

const folder = mkdtempSync(join(tmpdir(), 'explain-qr-'))
afterAll(() => rmSync(folder, { recursive: true }))

async function explained(args: string[], input = '') {
  const out: string[] = []
  const err: string[] = []
  const status = await explainQr(args, {
    env: { BILL_URL_HOSTS: 'pay.dvec.ru' },
    stdin: Readable.from([input]),
    stdout: (line) => out.push(line),
    stderr: (line) => err.push(line),
    cwd: folder,
  })
  return { status, out, err }
}

const line = (text: string) => JSON.stringify({ bytes_base64: Buffer.from(text).toString('base64') })

test('one answer a line comes for many codes on stdin', async () => {
  const input = [line('ST00012|PersAcc=2880950488|CounterId=12'), line(''), line('https://pay.dvec.ru/?ls=7')].join(
    '\n',
  )
  expect(await explained(['-'], input)).toEqual({
    status: 0,
    out: ['{"account":"2880950488","meter":"12"}', '{"error":"NOT_A_BILL"}', '{"account":"7","meter":null}'],
    err: [],
  })
})

test('a line that is none keeps its place and fails the command', async () => {
  const said = await explained(['-'], `nonsense\n${line('ST00012|PersAcc=1')}`)
  expect(said.out).toEqual(['{"error":"NOT_A_BILL"}', '{"account":"1","meter":null}'])
  expect(said.status).toBe(1)
})

test('a file holds the bytes of a code', async () => {
  writeFileSync(join(folder, 'code'), 'ST00012|PersAcc=2880950488')
  expect((await explained(['code'])).out).toEqual(['{"account":"2880950488","meter":null}'])
})

test('a picture is searched for its code, whose bytes stay as printed', async () => {
  prepareZXingModule({ overrides: { wasmBinary: wasmOf('writer') } })
  const koi8 = Uint8Array.from([...Buffer.from('ST00013|PersAcc='), 0xeb, 0xf2, ...Buffer.from('468713|CounterId=77')])
  const { image } = await writeBarcode(koi8, { format: 'QRCode', scale: 4 })
  writeFileSync(join(folder, 'bill.png'), Buffer.from(await (image as Blob).arrayBuffer()))
  expect((await explained(['bill.png'])).out).toEqual(['{"account":"КР468713","meter":"77"}'])
})

test("of several codes in a picture the bill's is explained, else the first", async () => {
  const foreign = 'https://example.ru/app'
  writeFileSync(join(folder, 'sheet.png'), await sheetOf(foreign, 'ST00012|PersAcc=2880950488'))
  writeFileSync(join(folder, 'foreign.png'), await sheetOf(foreign, foreign))
  expect((await explained(['sheet.png'])).out).toEqual(['{"account":"2880950488","meter":null}'])
  expect(await explained(['foreign.png'])).toEqual({ status: 0, out: ['{"error":"UNKNOWN_HOST"}'], err: [] })
})

test('a picture without a code fails', async () => {
  const pixel = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=='
  writeFileSync(join(folder, 'empty.png'), Buffer.from(pixel, 'base64'))
  expect(await explained(['empty.png'])).toMatchObject({ status: 1, out: ['{"error":"NOT_A_BILL"}'] })
})

test('a missing file fails, no file at all is wrong usage, and so is an option', async () => {
  expect((await explained(['none'])).status).toBe(1)
  expect((await explained([])).status).toBe(2)
  expect((await explained(['--none'])).status).toBe(2)
})
