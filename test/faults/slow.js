/** An API that takes its time, and keeps something open that nobody closes. */
import { collection, defineApi, done, resource } from 'tenfour'
import { z } from 'zod'

setInterval(() => undefined, 1_000)

const things = collection({ name: z.string() }, { allow: { list: 'anyone', create: 'anyone', read: 'anyone' } })

const waiting = (milliseconds) => ({
  allow: { post: 'anyone' },
  post: {
    outcomes: ['done'],
    output: z.object({ waited: z.number() }),
    perform: async () => {
      await new Promise((resolve) => setTimeout(resolve, milliseconds))
      return done({ waited: milliseconds })
    },
  },
})

export default defineApi(
  { things, slow: resource('/slow', waiting(600)), endless: resource('/endless', waiting(2 ** 30)) },
  { limits: { drainTime: 3_000 } },
)
