// Lists that are brought in on screen.
import { Readable } from 'node:stream'
import multipart from '@fastify/multipart'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { checkFields } from '#core/check.ts'
import { oneOf } from '#core/field.ts'
import { Refused } from '#core/refused.ts'
import { languages } from '#core/words.ts'
import type { Gate, SignedIn } from '#features/access/gate.server.ts'
import { idInPath } from '#features/access/path-id.server.ts'
import { choiceFields } from '#features/imports/import-choices.rules.ts'
import type { ImportDesk } from '#features/imports/import-desk.server.ts'
import { importTargets } from '#features/imports/import-run.entity.ts'
import { problemSheet, templateSheet } from '#features/imports/import-sheets.rules.ts'
import { spreadsheetLimits } from '#server/spreadsheet/spreadsheet-limits.ts'
import { writeSpreadsheet } from '#server/spreadsheet/spreadsheet-write.ts'
import type { ServerDeps } from '#sync/server/principal.ts'
import { readList } from '#sync/server/read-rows.ts'
import { refusalIn } from './refusal-in.ts'

export interface ImportRoutes {
  readonly gate: Gate
  readonly desk: ImportDesk
  readonly sync: ServerDeps
}

type OfImport = { Params: { id: string } }

const target = { target: oneOf(importTargets) }
const asked = { format: oneOf(['xlsx', 'csv']), language: oneOf(languages) }

/** More than this is not even received to its end. */
const mostReceived = 6 * spreadsheetLimits.maxBytes

export function routeImports(http: FastifyInstance, { gate, desk, sync }: ImportRoutes): void {
  const needImporter = async (request: FastifyRequest): Promise<SignedIn> => {
    const signedIn = await gate.need(request)
    desk.mayImport(signedIn)
    return signedIn
  }
  routeUpload(http, { desk, needImporter })
  routeSheets(http, { desk, needImporter })

  http.get('/api/imports', async (request) => {
    const importer = await needImporter(request)
    const { rows } = await readList(sync, importer, 'import_run', { sort: '-createdAt', limit: 50 })
    return { may: desk.mayImport(importer), runs: rows }
  })

  http.post<OfImport>('/api/imports/:id/preview', async (request) => {
    const importer = await needImporter(request)
    return desk.preview(importer, idOf(request), checkFields(choiceFields, request.body))
  })

  http.post<OfImport>('/api/imports/:id/run', async (request) => {
    const importer = await needImporter(request)
    return { run: await desk.run(importer, idOf(request), checkFields(choiceFields, request.body)) }
  })

  http.post<OfImport>('/api/imports/:id/undo', async (request) => {
    return desk.undo(await needImporter(request), idOf(request))
  })
}

interface Steps extends Pick<ImportRoutes, 'desk'> {
  readonly needImporter: (request: FastifyRequest) => Promise<SignedIn>
}

/** The only route that takes files. */
function routeUpload(http: FastifyInstance, { desk, needImporter }: Steps): void {
  http.register(async (scope) => {
    await scope.register(multipart, {
      throwFileSizeLimit: false,
      limits: { fileSize: spreadsheetLimits.maxBytes, files: 1, fields: 0, parts: 1, headerPairs: 20 },
    })
    scope.post('/api/imports', { bodyLimit: mostReceived }, async (request, reply) => {
      const importer = await needImporter(request)
      const { target: of } = checkFields(target, request.query)
      const found = Number(request.headers['content-length'] ?? 0)
      if (found > mostReceived) throw tooLarge(found)
      if (!request.isMultipart()) throw new Refused('import.file_missing')
      const part = await request.file()
      if (part === undefined) throw new Refused('import.file_missing')
      const handedIn = await desk.handIn(
        importer,
        { target: of, fileName: part.filename },
        whole(part.file, found),
      )
      reply.code(201)
      return handedIn
    })
  })
}

/** The stream to its end, or a refusal where the framework has cut it off. */
function whole(file: Readable & { readonly truncated?: boolean }, found: number): Readable {
  return Readable.from(
    (async function* () {
      yield* file
      if (file.truncated === true) throw tooLarge(Math.max(found, spreadsheetLimits.maxBytes))
    })(),
    { objectMode: false },
  )
}

function tooLarge(found: number): Refused {
  return new Refused('import.too_large', { limit: spreadsheetLimits.maxBytes, found })
}

/** Spreadsheets that go out: an empty list to fill in, and the rows that need mending. */
function routeSheets(http: FastifyInstance, { desk, needImporter }: Steps): void {
  http.get('/api/imports/template', async (request, reply) => {
    await needImporter(request)
    const { target: of, format, language } = checkFields({ ...target, ...asked }, request.query)
    const file = await writeSpreadsheet(templateSheet(of, language), { format })
    return attachment(reply, { file, format, name: `template-${of}` })
  })

  http.get<OfImport>('/api/imports/:id/problems', async (request, reply) => {
    const importer = await needImporter(request)
    const { format, language } = checkFields(asked, request.query)
    const faulty = await desk.problems(importer, idOf(request))
    const rows = problemSheet(faulty, {
      heading: refusalIn(language, 'import.problem_heading'),
      of: ({ code, params }) => refusalIn(language, code, params),
    })
    const file = await writeSpreadsheet(rows, { format })
    return attachment(reply, { file, format, name: 'problems' })
  })
}

const types = {
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  csv: 'text/csv; charset=utf-8',
}

function attachment(
  reply: {
    header(name: string, value: string): unknown
    type(type: string): unknown
    send(file: Buffer): unknown
  },
  { file, format, name }: { readonly file: Buffer; readonly format: 'xlsx' | 'csv'; readonly name: string },
) {
  reply.header('content-disposition', `attachment; filename="${name}.${format}"`)
  reply.type(types[format])
  return reply.send(file)
}

function idOf(request: FastifyRequest<OfImport>): string {
  return idInPath(request.params.id, 'import_run')
}
