/** What is told of each request: in development why it got its code, in production only if asked for. */
import { isAid } from '../server/development/address.ts'
import type { Log } from '../server/operation.ts'
import type { EngineOptions } from '../server/serving.ts'
import type { Host } from './host.ts'
import { requestLine } from './request-line.ts'
import type { Settings } from './settings.ts'

/** `url`: where the server is reached, known once it listens. */
export function observer(
  { production, accessLog }: Settings,
  log: Log,
  host: Host,
  url: () => string,
): Pick<EngineOptions, 'observe'> {
  if (!production) {
    return {
      observe(line) {
        if (!isAid(line.path)) host.out(requestLine(line, url(), host.colours))
      },
    }
  }
  if (!accessLog) return {}
  return {
    observe({ reference, method, path, status, milliseconds }) {
      log.info({ reference, method, path, status, milliseconds }, 'answered')
    },
  }
}
