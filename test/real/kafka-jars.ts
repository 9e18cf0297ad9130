import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { homedir, tmpdir } from 'node:os'
import { join } from 'node:path'

const KAFKA_VERSION = '4.1.1'
const JAVA_MIN = 17

const POM = `<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion><groupId>test</groupId><artifactId>kafka</artifactId><version>1</version>
  <dependencies>
    <dependency><groupId>org.apache.kafka</groupId><artifactId>kafka_2.13</artifactId><version>${KAFKA_VERSION}</version></dependency>
    <dependency><groupId>org.apache.kafka</groupId><artifactId>kafka-tools</artifactId><version>${KAFKA_VERSION}</version></dependency>
  </dependencies>
</project>
`

/** The Java to run, from JAVA_HOME or the path. */
export const java = process.env['JAVA_HOME'] === undefined ? 'java' : join(process.env['JAVA_HOME'], 'bin', 'java')

/** For a Java that lives some seconds: code that is optimised later would cost more than it gives. */
export const SHORT_LIVED = ['-XX:+UseSerialGC', '-XX:TieredStopAtLevel=1'] as const

/** Folder of Apache Kafka's jars, broker and tools; fetched by Maven once and kept outside the repository. Throws why not. */
export function kafkaJars(): string {
  found ??= findJars()
  return found
}

/** A look at Java costs the start of one. */
let found: string | undefined

function findJars(): string {
  checkJava()
  const cache = join(process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'), 'meter-reading-gateway')
  const jars = join(cache, `kafka-${KAFKA_VERSION}`)
  if (!existsSync(jars)) fetchJars(cache, jars)
  return jars
}

function checkJava(): void {
  const { status, stderr } = spawnSync(java, ['-version'], { encoding: 'utf8' })
  if (status !== 0) throw new Error(`no Java ${JAVA_MIN}: install openjdk-17-jre-headless, or set KAFKA_BROKERS`)
  const version = Number(/version "(\d+)/.exec(stderr)?.[1])
  if (!(version >= JAVA_MIN)) throw new Error(`Java is older than ${JAVA_MIN}: set JAVA_HOME, or KAFKA_BROKERS`)
}

/** Into a folder of its own first, so that a broken download is never taken for a whole one. */
function fetchJars(cache: string, jars: string): void {
  const work = mkdtempSync(join(tmpdir(), 'gateway-kafka-jars-'))
  mkdirSync(cache, { recursive: true })
  const fresh = mkdtempSync(join(cache, 'fetching-'))
  try {
    writeFileSync(join(work, 'pom.xml'), POM)
    const goal = ['dependency:copy-dependencies', '-DincludeScope=runtime', `-DoutputDirectory=${fresh}`]
    const maven = spawnSync('mvn', ['-q', '-B', '-f', join(work, 'pom.xml'), ...goal], {
      encoding: 'utf8',
      timeout: 240_000,
    })
    if (maven.error !== undefined) throw new Error('no Maven to fetch Kafka with: install maven, or set KAFKA_BROKERS')
    if (maven.status !== 0) throw new Error(`Maven could not fetch Kafka: ${maven.stdout.slice(-2000)}`)
    if (!existsSync(jars)) renameSync(fresh, jars)
  } finally {
    rmSync(work, { recursive: true, force: true })
    rmSync(fresh, { recursive: true, force: true })
  }
}
