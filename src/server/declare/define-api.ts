/**
 * An API put together: its resources by name, who has accounts, how they sign in.
 *
 * A misspelt guard, role, member, collection or path does not compile, and says what would; what
 * types cannot see is checked when the program starts, all at once.
 */
import type { Carrier } from '../../rules/contract.ts'
import { type Choices, POLICY } from '../../rules/index.ts'
import type { AuthMethod } from './auth.ts'
import type { ApiDeclaration, ResourceLike, SeedItem } from './declaration.ts'
import type { Checked } from './declaration-check.ts'
import type { ApiShape, FieldsOf } from './fact-types.ts'
import type { InputOf, OutputOf } from './field.ts'
import type { Having, NewItem } from './item.ts'
import { type ApiLimits, LIMITS } from './limits.ts'
import type { Operations } from './operation-types.ts'
import { faultsIn } from './read-options.ts'
import { noticesOf, validateDeclaration } from './validate/declaration.ts'
import { validateForm } from './validate/form.ts'

export type Resources = Readonly<Record<string, ResourceLike>>

/** What a program serves. Its operations are a phantom, for `StatusOf` and for clients. */
export interface Api<C = unknown> extends Carrier<C> {
  readonly declaration: ApiDeclaration
  /** What works, but less well than it could: a line each, to be shown at start. */
  readonly notices: readonly string[]
}

/** An API by its resources and options, so that a compiler that writes its type down need not write its operations out. */
export interface DefinedApi<X, Z extends ApiShape> extends Api<Operations<X, Z>> {}

/** Where accounts are kept: the collection, the member that says what they may do, the member they sign in with. */
export type AccountsIn<X> = {
  [K in keyof X & string]: X[K] extends { readonly kind: 'collection' }
    ? {
        readonly in: K
        readonly role: Texts<FieldsOf<X[K]>>
        /** A unique member. */
        readonly login: Texts<FieldsOf<X[K]>> & Having<FieldsOf<X[K]>, 'unique'>
      }
    : never
}[keyof X & string]

export interface ApiOptions<X, A, U, V, N, C> {
  /** As the API's description has it. */
  readonly title?: string
  /** Of the API, not of HTTP. */
  readonly version?: string
  readonly accounts?: A
  /** How accounts prove who they are. */
  readonly auth?: U
  /** Names the space that credentials are for (RFC 9110 §11.5). */
  readonly realm?: string
  /** Accounts to begin with, made when there are none; keys and passwords are set again at each start. */
  readonly seed?: SeedIn<X, A>
  /** What content is answered with that can be read but does not fit: 400, or 422 apart from it. */
  readonly validation?: V
  /** What is answered when the database cannot be reached: 503, or 500 like any other failure. */
  readonly unavailable?: N
  /** Origins under which the API is served, if it should answer for no other (RFC 9110 §7.4). */
  readonly origins?: readonly string[]
  /** Pages of these origins may use the API. */
  readonly cors?: C
  readonly limits?: Partial<ApiLimits>
}

export type Cors = { readonly origins: readonly string[] | '*' }

/** Puts an API together. Throws a `DeclarationError` that names everything that is wrong. */
export function defineApi<
  const X extends Resources,
  const A extends AccountsIn<X> | undefined = undefined,
  const U extends readonly AuthMethod[] = [],
  V extends Choices['validation'] = 400,
  N extends Choices['unavailable'] = 503,
  C extends Cors | undefined = undefined,
>(
  resources: X & Checked<X, A>,
  options?: ApiOptions<X, A, U, V, N, C>,
): DefinedApi<
  X,
  {
    readonly accounts: A
    readonly auth: U[number]['kind']
    readonly validation: V
    readonly unavailable: N
    readonly cors: [C] extends [undefined] ? false : true
  }
>
export function defineApi(resources: Resources, typed: object = {}): Api {
  validateForm(resources, faultsIn('api', typed).faults)
  // From here on the types that the author sees are taken off.
  const options = typed as UntypedOptions
  const { auth = [], seed = {}, limits = {} } = options
  const declaration: ApiDeclaration = {
    resources,
    title: options.title ?? 'API',
    version: options.version ?? '1.0.0',
    accounts: options.accounts,
    auth: {
      password: auth.some(({ kind }) => kind === 'password'),
      apiKeys: auth.some(({ kind }) => kind === 'apiKeys'),
    },
    realm: options.realm ?? 'api',
    seed: Object.fromEntries(Object.entries(seed).map(([name, items]) => [name, items.map(seedItem)])),
    validation: options.validation ?? POLICY.validation.option[0],
    unavailable: options.unavailable ?? POLICY.unavailable.option[0],
    origins: options.origins,
    cors: options.cors,
    limits: { ...LIMITS, ...limits },
  }
  validateDeclaration(declaration)
  return { declaration, notices: noticesOf(declaration) }
}

/** An account to begin with. `key` and `password` become its credentials; undefined, a key is made up and shown. */
type SeedIn<X, A> = A extends { readonly in: infer K extends keyof X & string }
  ? { readonly [C in K]?: readonly SeedOf<FieldsOf<X[C]>>[] }
  : Readonly<Record<string, never>>

type SeedOf<F> = NewItem<F> & { readonly [M in Having<F, 'readOnly'>]?: InputOf<F[M]> } & {
  readonly key?: string | undefined
  readonly password?: string | undefined
}

type Texts<F> = { [K in keyof F]: OutputOf<F[K]> extends string | undefined ? K : never }[keyof F] & string

interface UntypedOptions extends Omit<
  ApiOptions<
    unknown,
    ApiDeclaration['accounts'],
    readonly AuthMethod[],
    Choices['validation'],
    Choices['unavailable'],
    Cors
  >,
  'seed'
> {
  readonly seed?: Readonly<Record<string, readonly Readonly<Record<string, unknown>>[]>>
}

function seedItem({ key, password, ...values }: Readonly<Record<string, unknown>>): SeedItem {
  return { values, ...credential('key', key), ...credential('password', password) }
}

const credential = <K extends string>(name: K, value: unknown) =>
  typeof value === 'string' ? { [name]: value } : undefined
