/** A lesson as the command sends it: with the keys of two accounts. */
import type { LessonRequest as AnyRequest, LessonStep as AnyStep } from '../rules/index.ts'

type Role = 'basic' | 'admin'

export type LessonRequest = AnyRequest<Role>
export type LessonStep = AnyStep<Role>
export type Keys = Readonly<Record<Role, string>>
