/** Loads a lesson: a file whose default export is its steps. */
import { relative } from 'node:path'
import { Failure } from './failure.ts'
import type { Host } from './host.ts'
import type { LessonStep } from './lesson-step.ts'
import { type Loaded, loadModule } from './load.ts'

export async function loadLesson(file: string, host: Host): Promise<Loaded<readonly LessonStep[]>> {
  const loaded = await loadModule(file, host)
  if (isLesson(loaded.value)) return { ...loaded, value: loaded.value }
  throw new Failure(`The default export of ${relative(host.folder, file)} is not a list of steps.`, {
    next: 'A step is { code, title, fact, client, request: { method, path } }, and prepare, a request, if it needs one.',
  })
}

function isLesson(value: unknown): value is readonly LessonStep[] {
  return Array.isArray(value) && value.every(isStep)
}

function isStep(step: unknown): boolean {
  if (typeof step !== 'object' || step === null || !('request' in step)) return false
  const { request } = step
  return (
    'code' in step &&
    typeof step.code === 'number' &&
    typeof request === 'object' &&
    request !== null &&
    'path' in request
  )
}
