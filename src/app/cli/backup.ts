import { resolve } from 'node:path'
import { backup } from '#server/backup/backup.ts'
import type { Manifest } from '#server/backup/backup-manifest.ts'
import { restore } from '#server/backup/backup-restore.ts'
import { migrationsFolder } from '../server.ts'
import { type Command, exitCodes, note, print, printJson, readArguments } from './command.ts'
import { asItIs } from './workplace.ts'

export const backupAll: Command = {
  about: {
    en: 'Write everything into one file, also while the server is running.',
    zh: '把全部数据备份到一个文件（服务器运行时也可以）',
  },
  usage: `backup FILE

  --json  what was backed up, as JSON

The file holds all data, files and the secret of the installation in readable form: keep it as safe as the server.`,
  async run(args) {
    const { words, options } = readArguments(args, { json: 'switch' }, [1, 1])
    const file = resolve(words[0] ?? '')
    const { manifest, bytes } = await asItIs(({ database, settings }) =>
      backup({ owner: database.owner, dataFolder: settings.dataFolder }, file),
    )
    if (options.json) printJson({ file, bytes, ...figuresOf(manifest) })
    else print(`${file}: ${(bytes / 1_000_000).toFixed(1)} MB, ${figuresText(manifest)}.`)
    return exitCodes.done
  },
}

export const restoreAll: Command = {
  about: {
    en: 'Bring a backup into an empty database and data folder.',
    zh: '把备份恢复到空的数据库和数据目录',
  },
  usage: `restore FILE

  --json  what was restored, as JSON

RAPPORT_DATA and DATABASE_URL say where to; a backup of the embedded database also goes into a server of your own.`,
  async run(args) {
    const { words, options } = readArguments(args, { json: 'switch' }, [1, 1])
    const file = resolve(words[0] ?? '')
    const { manifest, audits } = await asItIs(({ database, settings }) =>
      restore({ owner: database.owner, dataFolder: settings.dataFolder, migrationsFolder }, file),
    )
    if (options.json) printJson({ file, ...figuresOf(manifest) })
    else
      print(
        `Restored ${figuresText(manifest)}. Devices take a fresh picture and keep what they have not sent.`,
      )
    const broken = manifest.organisations.filter(({ orgId }) => audits.get(orgId)?.isIntact !== true)
    for (const { name } of broken) {
      note(`The audit of ${name} was broken already when it was backed up; see rapport verify-audit.`)
    }
    return broken.length === 0 ? exitCodes.done : exitCodes.failed
  },
}

function figuresOf({ createdAt, tables, files, organisations }: Manifest) {
  const rows = tables.reduce((sum, table) => sum + table.rows, 0)
  return { createdAt, tables: tables.length, rows, files: files.length, organisations }
}

function figuresText(manifest: Manifest): string {
  const { rows, tables, files, organisations } = figuresOf(manifest)
  return `${rows} rows of ${tables} tables and ${files} files of ${organisations.length} organisations`
}
