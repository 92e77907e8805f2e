/** The front page: the ten codes that come first, lit once this API has given them. */
import { useState } from 'preact/hooks'
import { ESSENTIAL, type Lesson } from '../../src/rules/index.ts'
import { rolesOf } from '../api/lesson.ts'
import { useAsked } from '../api/use-asked.ts'
import { KeysForm } from '../parts/keys.tsx'
import { Search } from '../parts/search.tsx'
import { Square } from '../parts/square.tsx'
import { linkTo } from '../route.ts'
import { useShared } from '../state.ts'

export function Board() {
  const { met, keys } = useShared()
  const lesson = useAsked<Lesson>('lesson')
  const [opened, open] = useState<number>()
  const steps = lesson.state === 'told' ? lesson.value.steps : []
  const lit = ESSENTIAL.filter((code) => met.has(code)).length
  const roles = [...new Set(steps.flatMap(rolesOf))]
  return (
    <>
      <h1>Ten codes</h1>
      <p class="lead">
        They say almost everything that an API has to say. Each lights up once yours has given it.{' '}
        <span role="status">
          {lit} of {ESSENTIAL.length}.
        </span>
      </p>
      <ul class="board">
        {ESSENTIAL.map((code) => (
          <Square
            key={code}
            code={code}
            step={steps.find((step) => step.code === code)}
            opened={opened === code}
            open={() => open(code)}
          />
        ))}
      </ul>
      {lesson.state === 'failed' && (
        <p class="note">
          This API has no lesson beside it: <a href={linkTo('operations')}>its operations</a> say which of them gives
          which code.
        </p>
      )}
      {roles.length > 0 && <KeysForm roles={roles} open={roles.some((role) => keys[role] === undefined)} />}
      <Search />
      <p>
        <a href={linkTo('codes')}>All codes, their classes, and those that are confused</a> ·{' '}
        <a href={linkTo('graph')}>the whole graph</a>
      </p>
    </>
  )
}
