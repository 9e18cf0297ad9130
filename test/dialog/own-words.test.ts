import { describe, expect, test } from 'vitest'
import { languages } from '../../src/core/delivery.ts'
import { services, zones } from '../../src/core/facts.ts'
import { chatMessagesIn } from '../../src/dialog/chat/turn.ts'
import { messagesIn } from '../../src/dialog/render.ts'
import { lex } from '../../src/language/lex.ts'

describe.each(languages)('the words of replies in %s', (language) => {
  const named = zones.filter((zone) => zone !== 'TOTAL')

  test.each(named)('name the zone %s as customers may, too', (zone) => {
    const { tokens } = lex(`${messagesIn(language).zones[zone]} 4426`)
    expect(tokens).toMatchObject([{ kind: 'label', zone }, { text: '4426' }])
  })

  test.each(services)('name the service %s as customers may, too', (service) => {
    const { tokens } = lex(`${chatMessagesIn(language).services[service]} 4426`)
    expect(tokens.map((token) => (token.kind === 'service' ? token.service : token.kind))).toContain(service)
  })
})
