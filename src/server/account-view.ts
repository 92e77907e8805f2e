/** An account as its owner sees it. */
import { accountsIn } from './account-table.ts'
import type { ApiDeclaration } from './declaration.ts'
import { ItemView } from './item-view.ts'
import { collectionNamed, membersOf } from './member.ts'
import type { Row } from './storage.ts'

export type ViewAccount = (account: Row) => unknown

export function accountView(api: ApiDeclaration): ViewAccount {
  const { in: name, role: member } = accountsIn(api)
  const view = new ItemView(name, membersOf(collectionNamed(api, name)))
  return (account) => {
    const role = account.values[member]
    const caller = { id: account.id, role: typeof role === 'string' ? role : undefined, credential: '' }
    return JSON.parse(view.content(account, view.variantOf(caller)))
  }
}
