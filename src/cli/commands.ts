/** Every command, by name. What a command needs is loaded when it runs. */
import type { Command, Option } from './command.ts'

const FILE = 'FILE is the file that declares the API; without it api.ts, api.js or src/api.ts.'
const DATABASE: Option = {
  type: 'string',
  value: 'URL',
  help: 'the database (DATABASE_URL), file:./data/NAME.db unless told otherwise',
}

export const COMMANDS: Readonly<Record<string, Command>> = {
  serve: {
    words: '[FILE]',
    most: 1,
    summary: `Serve an API. ${FILE}`,
    options: {
      port: { type: 'string', value: 'N', help: 'the port (PORT), 4010 unless told otherwise; 0 takes any' },
      host: {
        type: 'string',
        value: 'ADDRESS',
        help: 'the address to listen on (HOST), 127.0.0.1 unless told otherwise',
      },
      database: DATABASE,
      watch: { type: 'boolean', help: 'load the file again when it changes; --no-watch does not' },
      log: { type: 'boolean', help: 'in production, one line of JSON for each request (LOG=access)' },
      traces: {
        type: 'string',
        value: 'ROLE',
        help: 'in production, the role that may read why a request got its code (TRACES)',
      },
    },
    run: async (call) => (await import('./serve.ts')).serveCommand(call),
  },
  openapi: {
    words: '[FILE]',
    most: 1,
    summary: 'Print the description of an API (OpenAPI 3.1).',
    options: { out: { type: 'string', value: 'FILE', help: 'write it to a file' } },
    run: async (call) => (await import('./openapi.ts')).openApiCommand(call),
  },
  user: {
    words: 'add [FILE]',
    most: 2,
    summary: 'Add an account of any role, the first admin for one; prints its key once.',
    options: {
      role: { type: 'string', value: 'ROLE', help: 'its role' },
      set: { type: 'string', multiple: true, value: 'MEMBER=VALUE', help: 'a member of the account; once for each' },
      password: { type: 'string', value: '-', help: 'with a password: - reads it from standard input' },
      database: DATABASE,
    },
    run: async (call) => (await import('./user.ts')).userCommand(call),
  },
  explain: {
    words: 'CODE… | WORDS | REFERENCE | -',
    most: Infinity,
    summary:
      'Say what status codes mean, or why an exchange got its code. CODE…: what they mean, and which of them it is. WORDS: the codes that have them. -: what is wrong with a response that is pasted; the exit code is 1 where the RFC forbids it. REFERENCE, or the link in the log: why an exchange with a running server ended as it did.',
    options: {
      json: { type: 'boolean', help: 'for programs' },
      url: {
        type: 'string',
        value: 'URL',
        help: 'the server of a REFERENCE, http://127.0.0.1 with PORT or 4010 unless told otherwise',
      },
    },
    run: async (call) => (await import('./explain.ts')).explainCommand(call),
  },
  lesson: {
    words: '[FILE]',
    most: 1,
    summary: 'Send the requests of a lesson and say what their codes mean. To BASE_URL, or to a server of its own.',
    options: {},
    run: async (call) => (await import('./lesson.ts')).lessonCommand(call),
  },
}
