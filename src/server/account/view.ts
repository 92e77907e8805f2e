/** An account as its owner sees it. */
import { accountsIn } from './table.ts'
import type { ApiDeclaration } from '../declare/declaration.ts'
import { ItemView } from '../collection/item-view.ts'
import { membersOf } from '../collection/member.ts'
import { collectionNamed } from '../declare/collections.ts'
import { itemShape } from '../collection/shape.ts'
import type { Row } from '../storage.ts'

export interface AccountView {
  /** JSON Schema of what is shown. */
  readonly shape: Readonly<Record<string, unknown>>
  show(account: Row): unknown
}

export function accountView(api: ApiDeclaration): AccountView {
  const { in: name, role: member } = accountsIn(api)
  const members = membersOf(collectionNamed(api, name))
  const view = new ItemView(name, members)
  return {
    shape: itemShape(members),
    show(account) {
      const role = account.values[member]
      const owner = { id: account.id, role: typeof role === 'string' ? role : undefined, credential: '' }
      return JSON.parse(view.content(account, view.variantOf(owner)))
    },
  }
}
