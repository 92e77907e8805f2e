/** What is around every page: the navigation above, one main part, and the focus where a new page begins. */
import { useEffect, useRef } from 'preact/hooks'
import type { Pages } from './page.ts'
import { linkTo, useRoute } from './route.ts'

export function Frame({ pages }: { readonly pages: Pages }) {
  const { page, rest } = useRoute()
  const main = useRef<HTMLElement>(null)
  const first = useRef(true)
  useEffect(() => {
    if (!first.current) {
      scrollTo(0, 0)
      main.current?.focus({ preventScroll: true })
    }
    first.current = false
    return main.current === null ? undefined : followTitle(main.current)
  }, [page, rest])
  const shown = pages[page]
  return (
    <>
      <header class="top">
        <a
          class="skip"
          href={location.hash || '#/'}
          onClick={(event) => (event.preventDefault(), main.current?.focus())}
        >
          Skip to the page
        </a>
        <a class="brand" href="#/">
          Tenfour
        </a>
        <nav aria-label="Pages">
          {Object.entries(pages).flatMap(([name, { title, listed }]) =>
            listed ? (
              <a key={name} href={linkTo(name)} aria-current={name === page ? 'page' : undefined}>
                {title}
              </a>
            ) : (
              []
            ),
          )}
        </nav>
      </header>
      <main ref={main} tabIndex={-1}>
        {shown === undefined ? <Nowhere /> : shown.show(rest)}
      </main>
    </>
  )
}

/** The title is the page's heading, which may come later than the page. */
function followTitle(within: Element): () => void {
  const name = (): void => {
    document.title = `${within.querySelector('h1')?.textContent ?? 'The explorer'} · Tenfour`
  }
  name()
  const observer = new MutationObserver(name)
  observer.observe(within, { childList: true, subtree: true })
  return () => observer.disconnect()
}

function Nowhere() {
  return (
    <>
      <h1>There is no such page</h1>
      <p>
        <a href="#/">To the front page</a>
      </p>
    </>
  )
}
