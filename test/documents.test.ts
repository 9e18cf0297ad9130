import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { relayName } from '../src/kafka/publisher.ts'

const root = fileURLToPath(new URL('..', import.meta.url))
const { scripts, dependencies, devDependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
const documents = ['', 'channels', 'schemas', 'src']
  .flatMap((folder) =>
    readdirSync(join(root, folder || '.'), { recursive: folder !== '', encoding: 'utf8' }).map((name) =>
      join(folder, name),
    ),
  )
  .filter((path) => path.endsWith('.md'))
const text = (path: string): string => readFileSync(join(root, path), 'utf8')

describe.each(documents)('%s', (document) => {
  test('links to what is there', () => {
    const links = [...text(document).matchAll(/\]\(([^)#\s]+)[^)]*\)/g)].map(([, link = '']) => link)
    const inside = links.filter((link) => !/^[a-z]+:/.test(link))
    expect(inside.filter((link) => !existsSync(join(root, dirname(document), link)))).toEqual([])
  })

  test('names only scripts that there are', () => {
    const named = [...text(document).matchAll(/npm run (?:-s )?([a-z]+)/g)].map(([, script = '']) => script)
    expect(named.filter((script) => !(script in scripts))).toEqual([])
  })
})

test('every dependency has its sentence in src/README.md, in production or for development, and none that is gone', () => {
  const parts = text('src/README.md').split('## Dependencies')[1]?.split('| *development* | |') ?? []
  const [production, development] = parts.map((rows) =>
    [...rows.matchAll(/^\| ([@a-z][^|]*) \|/gm)].flatMap(([, names = '']) => names.split(', ')),
  )
  expect(production?.filter((name) => name !== 'package').sort()).toEqual(Object.keys(dependencies).sort())
  expect(development?.sort()).toEqual(Object.keys(devDependencies).sort())
})

test('the README tells under which names Kafka must let the relay in', () => {
  expect(text('README.md')).toContain(`\`${relayName('')}\``)
})

test('every folder of src has its row in src/README.md', () => {
  const map = text('src/README.md').split('## Who may import whom')[0] ?? ''
  const folders = readdirSync(join(root, 'src'), { withFileTypes: true }).filter((entry) => entry.isDirectory())
  expect(folders.map(({ name }) => name).filter((name) => !map.includes(`\`${name}\``))).toEqual([])
})
