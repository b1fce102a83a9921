// Runs in a thread of its own: reads a stranger's file and looks at the list in it. It has no database; what it wants
// to know of customers it asks the thread that started it.
import { parentPort, workerData } from 'node:worker_threads'
import { Refused } from '#core/refused.ts'
import { readSpreadsheet } from '#server/spreadsheet/spreadsheet.ts'
import { examine } from './import-examination.rules.ts'
import type { ExistingCustomer } from './import-existing.rules.ts'
import type { FromWorker, Reading, ToWorker } from './import-reading.server.ts'

const port = parentPort
if (port === null) throw new Error('import-worker.server.ts runs as a worker only')
const tell = (message: FromWorker) => port.postMessage(message)

// Whoever starts it passes a Reading, see readList.
const reading = workerData as Reading
try {
  const file = await readSpreadsheet(reading.path, { fileName: reading.fileName })
  const existing = { ...reading.existing, customers: askForCustomers }
  const { target, choices } = reading
  const warnings = file.warnings.map(({ code, ...details }) => ({ code, details: { ...details } }))
  tell({ examined: await examine({ ...file, warnings }, target, { choices, existing }) })
} catch (error) {
  if (!(error instanceof Refused)) throw error
  tell({ refused: { code: error.code, details: error.details } })
}
port.close()

function askForCustomers(names: readonly string[], mobiles: readonly string[]) {
  return new Promise<readonly ExistingCustomer[]>((resolve) => {
    port?.once('message', ({ customers }: ToWorker) => resolve(customers))
    tell({ asked: { names, mobiles } })
  })
}
