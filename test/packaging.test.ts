import { existsSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { readConfig } from '../src/config.ts'
import { importsOf, packageOf, repositoryFiles } from './layers.ts'
import { variablesOf } from './variables.ts'
import { parseYaml } from './yaml.ts'

const read = (path: string): string => readFileSync(fileURLToPath(new URL(`../${path}`, import.meta.url)), 'utf8')
const house = JSON.parse(read('package.json'))
const dockerfile = read('Dockerfile')
  .replaceAll('\\\n', ' ')
  .split('\n')
  .filter((line) => /^[A-Z]+ /.test(line))

interface Service {
  image?: string
  build?: string
  environment: Record<string, string>
  depends_on?: Record<string, { condition: string }>
  healthcheck?: { test: string[] }
}
const compose = parseYaml(read('compose.yaml')) as unknown as { services: Record<string, Service>; volumes: object }

/** As Compose fills in `${NAME:-default}` where nothing is set. */
const filled = (text: string): string => text.replace(/\$\{\w+:-([^}]*)\}/g, '$1')

describe('the package', () => {
  const sources = repositoryFiles().filter(({ path }) => !path.startsWith('test/') && path !== 'schemas/generate.ts')
  const packages = new Set(
    sources
      .flatMap(({ text }) => importsOf(text))
      .filter((name) => !/^(\.|node:)/.test(name))
      .map(packageOf),
  )

  test('needs nothing in production that is only there for development', () => {
    expect([...packages].filter((name) => !(name in house.dependencies))).toEqual([])
  })

  test('has every script that the README and the contract name', () => {
    expect(Object.keys(house.scripts).sort()).toEqual(['bench', 'check', 'demo', 'drill', 'gateway', 'start', 'test'])
  })

  test.each(['start', 'demo', 'gateway'])('has no shell between npm and what “%s” runs: signals reach it', (name) => {
    expect(house.scripts[name]).toMatch(/^exec node /)
  })

  test('tells from where to fetch nothing: that is the business of each machine', () => {
    const lockfile = read('package-lock.json')
    expect(lockfile).not.toContain('"resolved"')
    expect(lockfile).toContain('"integrity"')
  })
})

test('the lockfile holds the binaries of every platform, so that npm ci takes it everywhere', () => {
  const { packages } = JSON.parse(read('package-lock.json')) as {
    packages: Record<string, { optionalDependencies?: Record<string, string> }>
  }
  const wanted = Object.entries(packages).flatMap(([path, { optionalDependencies }]) =>
    Object.keys(optionalDependencies ?? {}).map((name) => [`node_modules/${name}`, `${path}/node_modules/${name}`]),
  )
  expect(wanted.filter((places) => !places.some((place) => place in packages))).toEqual([])
})

describe('the image', () => {
  test('runs on the Node.js that the tests run on', () => {
    expect(dockerfile[0]).toBe(`FROM node:${process.versions.node.split('.')[0]}-slim`)
  })

  test('holds production dependencies only', () => {
    expect(dockerfile.filter((line) => line.includes('npm ci'))).toEqual([expect.stringContaining('--omit=dev')])
  })

  test('holds every folder of sources, and the build sees no other file', () => {
    const copied = dockerfile.filter((line) => /^COPY \w+ /.test(line)).map((line) => line.split(' ')[1])
    expect(copied).toEqual(['schemas', 'channels', 'src'])
    expect(read('.dockerignore').trim().split('\n')).toEqual([
      '*',
      '!package.json',
      '!package-lock.json',
      ...copied.map((folder) => `!${folder}`),
    ])
    expect(copied.every((folder) => existsSync(new URL(`../${folder}`, import.meta.url)))).toBe(true)
  })

  test('starts the gateway itself as a user without rights, and stops it in order', () => {
    const last = (word: string): string | undefined => dockerfile.findLast((line) => line.startsWith(`${word} `))
    expect(last('USER')).toBe('USER node')
    expect(last('STOPSIGNAL')).toBe('STOPSIGNAL SIGTERM')
    const command = JSON.parse(last('CMD')?.replace(/^CMD /, '') ?? '') as string[]
    expect(command[0]).toBe('node')
    expect(command.at(-1)).toBe('src/main.ts')
    // Without exec a shell stands between npm and the gateway, and a SIGTERM that npm passes on ends the shell alone.
    expect(house.scripts.start).toBe(`exec ${command.join(' ')}`)
  })

  test('asks /livez whether it is alive, in JavaScript that compiles', () => {
    const check = dockerfile.find((line) => line.startsWith('HEALTHCHECK ')) ?? ''
    const [program, flag, script] = JSON.parse(check.slice(check.indexOf('['))) as string[]
    expect([program, flag]).toEqual(['node', '-e'])
    expect(script).toContain('/livez')
    expect(() => new Function(script ?? '')).not.toThrow()
  })
})

describe('the composition', () => {
  const { gateway, ...parts } = compose.services

  test('has the gateway, Kafka and PostgreSQL', () => {
    expect(gateway?.build).toBe('.')
    expect(Object.keys(parts).sort()).toEqual(['kafka', 'postgres'])
  })

  test('starts the gateway when everything that it needs is healthy', () => {
    const healthy = Object.fromEntries(Object.keys(parts).map((name) => [name, { condition: 'service_healthy' }]))
    expect(gateway?.depends_on).toEqual(healthy)
    for (const part of Object.values(parts)) expect(part.healthcheck?.test[0]).toMatch(/^CMD(-SHELL)?$/)
  })

  test('gives the gateway a configuration that it takes in production', () => {
    const given = Object.entries(gateway?.environment ?? {}).map(([name, value]) => [name, filled(value)])
    const known = variablesOf().map(({ name }) => name)
    expect(given.filter(([name = '']) => !known.includes(name))).toEqual([])
    expect(readConfig({ ...Object.fromEntries(given), NODE_ENV: 'production', DATA_DIR: tmpdir() })).toMatchObject({
      config: { KAFKA_BROKERS: ['kafka:9092'], STORE_URL: 'postgres://gateway:gateway@postgres:5432/gateway' },
    })
  })

  test('runs the Kafka that the tests run, able to hold transactions alone', () => {
    const version = /KAFKA_VERSION = '([\d.]+)'/.exec(read('test/real/kafka-jars.ts'))?.[1]
    expect(parts['kafka']?.image).toBe(`apache/kafka:${version}`)
    expect(parts['kafka']?.environment).toMatchObject({
      KAFKA_PROCESS_ROLES: 'broker,controller',
      KAFKA_TRANSACTION_STATE_LOG_REPLICATION_FACTOR: '1',
      KAFKA_TRANSACTION_STATE_LOG_MIN_ISR: '1',
    })
  })
})
