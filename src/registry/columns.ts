import type { Problems } from './problems.ts'

/** The columns of the registry file, in the order in which billing exports them. */
export const columns = [
  'branch',
  'account',
  'old_account',
  'unified_account',
  'phone',
  'address',
  'service',
  'meter',
  'meter_status',
  'replaced_by',
  'register',
  'zone',
  'digits',
  'decimals',
  'ratio',
  'last_value',
  'last_date',
  'monthly_usage',
] as const
/** See the list above. */
export type Column = (typeof columns)[number]

/** Where each column stands in a row. */
export type ColumnPlaces = Readonly<Record<Column, number>>

/**
 * Reads the header: every column there, none twice, none unknown; their order is free. null where it is wrong, and the
 * problems say why. An unknown name is told by its place only: in a file without a header it is somebody's data.
 */
export function readHeader(names: readonly string[], problems: Problems): ColumnPlaces | null {
  if (isSeparatedOtherwise(names)) {
    problems.add(1, null, 'has its columns separated by semicolons or tabs: separate them by commas')
    return null
  }
  const before = problems.count
  const places: Partial<Record<Column, number>> = {}
  for (const [place, name] of names.entries()) {
    const column = columns.find((known) => known === name)
    if (column === undefined) problems.add(1, null, `the header's field ${place + 1} is no known column`)
    else if (places[column] !== undefined) problems.add(1, column, 'stands twice in the header')
    else places[column] = place
  }
  for (const column of columns) if (places[column] === undefined) problems.add(1, column, 'is missing in the header')
  return problems.count === before ? (places as ColumnPlaces) : null
}

/** Spreadsheets of many countries, Russia's too, write semicolons: the whole header is one field then. */
function isSeparatedOtherwise([whole = '', ...others]: readonly string[]): boolean {
  return (
    others.length === 0 && whole.split(/[;\t]/).filter((name) => columns.some((known) => known === name)).length > 1
  )
}
