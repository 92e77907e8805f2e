/** A newsroom: users and their articles. The whole API; no status code is written anywhere. */
import { apiKeys, collection, defineApi, owner, password, setBy, unique } from 'tenfour'
import { z } from 'zod'

const user = {
  email: unique(z.email()),
  username: unique(z.string().min(3).max(40)),
  role: setBy('admin', z.enum(['basic', 'admin']).default('basic')),
}
const users = collection(user, {
  allow: { create: 'anyone', list: 'admin', read: ['self', 'admin'], update: ['self', 'admin'], delete: 'admin' },
})

const article = {
  title: z.string().min(1).max(200),
  body: z.string(),
  slug: unique(z.string().optional()),
  authorId: owner('users', { onDelete: 'restrict' }),
}
const articles = collection(article, {
  allow: { list: 'anyone', read: 'anyone', create: 'signedIn', update: ['owner', 'admin'], delete: ['owner', 'admin'] },
  list: { filter: ['authorId'], sort: ['-createdAt'] },
})

export default defineApi(
  { users, articles },
  {
    title: 'Newsroom',
    accounts: { in: 'users', role: 'role', login: 'email' },
    auth: [password(), apiKeys()],
    seed: {
      users: [
        { email: 'basic@example.com', username: 'basic', role: 'basic', key: process.env.BASIC_KEY },
        { email: 'admin@example.com', username: 'admin', role: 'admin', key: process.env.ADMIN_KEY },
      ],
    },
  },
)
