/** What the subset of YAML that compose.yaml keeps to can hold. */
export type Yaml = string | Yaml[] | { [key: string]: Yaml }

interface Line {
  readonly indent: number
  readonly text: string
}

/**
 * Reads maps, lists and one-line values; every scalar is a string. Anything else (anchors, tags, block text) throws, so
 * that a test never passes on what it did not understand.
 */
export function parseYaml(text: string): Yaml {
  const lines = text
    .split('\n')
    .filter((line) => !/^\s*(#|$)/.test(line))
    .flatMap((line): Line[] => {
      const indent = line.search(/\S/)
      const item = /^(- +)([A-Za-z_]+:( .*)?)$/.exec(line.trim())
      if (item === null) return [{ indent, text: line.trim() }]
      return [
        { indent, text: '-' },
        { indent: indent + (item[1]?.length ?? 0), text: item[2] ?? '' },
      ]
    })
  const value = block(lines, 0)
  if (lines.length > 0) throw new Error(`not understood: ${lines[0]?.text}`)
  return value
}

/** Takes from `lines` what stands at `indent` or deeper. */
function block(lines: Line[], indent: number): Yaml {
  const own = lines[0]?.indent ?? -1
  if (own < indent) return ''
  return lines[0]?.text.startsWith('-') ? list(lines, own) : map(lines, own)
}

function list(lines: Line[], indent: number): Yaml[] {
  const items: Yaml[] = []
  while (lines[0]?.indent === indent && lines[0].text.startsWith('-')) {
    const text = lines.shift()?.text.slice(1).trim() ?? ''
    items.push(text === '' ? block(lines, indent + 1) : scalar(text))
  }
  return items
}

function map(lines: Line[], indent: number): { [key: string]: Yaml } {
  const entries: { [key: string]: Yaml } = {}
  while (lines[0]?.indent === indent) {
    const [, key, value] = /^([A-Za-z0-9_-]+):(?: (.*))?$/.exec(lines.shift()?.text ?? '') ?? []
    if (key === undefined) throw new Error('a map without a key')
    entries[key] = value === undefined ? block(lines, indent + 1) : scalar(value)
  }
  return entries
}

function scalar(text: string): Yaml {
  if (text.startsWith('[') || text.startsWith('"')) return JSON.parse(text)
  if (/^[&*!|>{'%@`]/.test(text) || / #/.test(text)) throw new Error(`not understood: ${text}`)
  return text
}
