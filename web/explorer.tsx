/** The explorer: what there is to learn, and the API it is served with. */
import { render } from 'preact'
import { App } from './app.tsx'

render(<App />, document.body)
