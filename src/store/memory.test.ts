import { storeContract } from './contract.test-suite.ts'
import { openMemoryForTests } from './memory.test-store.ts'

storeContract('memory', async (options) => openMemoryForTests(options))
