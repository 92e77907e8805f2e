/** Neither accounts nor a collection: functions and nothing else. */
import { z } from 'zod'
import { defineApi, done, found, missing, resource, Unavailable } from '../../src/server/index.ts'

const echo = resource('/echo', {
  allow: { get: 'anyone', post: 'anyone', delete: 'anyone' },
  get: () => ({ echo: true }),
  post: {
    input: z.object({ say: z.string() }),
    outcomes: ['done'],
    perform: ({ input }) => {
      if (input.say === 'nothing') return done()
      if (input.say === 'busy') throw new Unavailable('busy')
      return done({ said: true })
    },
  },
  delete: { outcomes: ['done'], perform: () => done() },
})

const stones = resource('/stones/{stone}', {
  load: ({ params }) => {
    if (params.stone === 'pumice') throw new Unavailable()
    return params.stone === 'flint' ? found({ hard: true }) : missing()
  },
  allow: { get: ({ item }) => item.hard },
})

export const plain = defineApi({ echo, stones })
