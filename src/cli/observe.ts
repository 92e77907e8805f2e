/** What is told of each request: in development why it got its code, in production only if asked for. */
import type { EngineOptions } from '../server/engine/engine.ts'
import type { Log } from '../server/operation.ts'
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
      observe({ engine, reference }) {
        const line = engine.traces?.line(reference)
        if (line !== undefined) host.out(requestLine(line, url(), host.colours))
      },
    }
  }
  if (!accessLog) return {}
  return {
    observe({ reference, method, path, now }, { status }) {
      log.info({ reference, method, path, status, milliseconds: Date.now() - now }, 'answered')
    },
  }
}
