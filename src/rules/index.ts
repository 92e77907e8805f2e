export {
  type Bodyless,
  type Essential,
  ESSENTIAL,
  isStatusCode,
  parseStatus,
  STATUS,
  STATUS_CODES,
  type StatusClass,
  type StatusCode,
  type StatusRow,
  statusRow,
  type StatusWith,
} from './status.ts'
