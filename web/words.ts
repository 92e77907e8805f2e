/** The classes as they are written. */
import type { StatusClass } from '../src/rules/index.ts'

export const CLASS_NAME: Readonly<Record<StatusClass, string>> = {
  interim: '1xx',
  success: '2xx',
  redirection: '3xx',
  clientError: '4xx',
  serverError: '5xx',
}
