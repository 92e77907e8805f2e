/** The schemas of problem details (RFC 9457) in the API's description. */
import type { Json } from './schemas.ts'

const text = (description: string): Json => ({ type: 'string', description })

export const PROBLEM_SCHEMAS: Readonly<Record<string, Json>> = {
  Problem: {
    type: 'object',
    description: 'What went wrong, for programs and people (RFC 9457). Never repeats a value that was sent.',
    required: ['type', 'title', 'status', 'reference'],
    properties: {
      type: {
        type: 'string',
        format: 'uri-reference',
        description: 'The kind of problem; `about:blank` when the status says it all.',
      },
      title: text('The same for every problem of a type.'),
      status: { type: 'integer', minimum: 100, maximum: 999, description: 'The status of the response.' },
      detail: text('What is wrong, and what to do.'),
      instance: { type: 'string', format: 'uri-reference', description: 'Where this occurrence is explained.' },
      errors: {
        type: 'array',
        description: 'Everything wrong at once.',
        items: { $ref: '#/components/schemas/ProblemError' },
      },
      available: {
        type: 'array',
        description: 'Where Accept allows nothing that is offered: the media types that are.',
        items: { type: 'string' },
      },
      reference: text('The request, as Request-Id names it.'),
    },
  },
  ProblemError: {
    type: 'object',
    description: 'One thing wrong with the request.',
    required: ['detail', 'code'],
    properties: {
      pointer: { type: 'string', format: 'json-pointer', description: 'Where in the content (RFC 6901).' },
      parameter: text('Or which parameter of the query, or which field.'),
      detail: text('How to put it right.'),
      code: text('A stable word for programs: `required`, `taken`.'),
    },
  },
}
