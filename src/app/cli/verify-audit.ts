import { type AuditFault, type AuditVerdict, verifyAudit } from '#server/audit/audit-verify.ts'
import { type Command, exitCodes, print, printJson, readArguments } from './command.ts'
import { asItIs, organisationNamed, organisations } from './workplace.ts'

export const verifyAudits: Command = {
  about: {
    en: 'Check the audit of every organisation from its first line.',
    zh: '从第一行起校验各机构的审计链',
  },
  usage: `verify-audit

  --org NAME  only this organisation
  --json      the verdicts as JSON

Names the first line that is not as it was written; the exit code is 1 then.`,
  async run(args) {
    const { options } = readArguments(args, { org: 'value', json: 'switch' })
    const verdicts = await asItIs(async ({ database }) => {
      const asked =
        options.org === null
          ? await organisations(database)
          : [await organisationNamed(database, options.org)]
      const all: { readonly orgId: string; readonly name: string; readonly verdict: AuditVerdict }[] = []
      for (const each of asked) all.push({ ...each, verdict: await verifyAudit(database.owner, each.orgId) })
      return all
    })
    if (options.json)
      printJson(verdicts.map(({ verdict, ...organisation }) => ({ ...organisation, ...verdict })))
    else for (const { name, verdict } of verdicts) print(`${name}: ${verdictText(verdict)}`)
    return verdicts.every(({ verdict }) => verdict.isIntact) ? exitCodes.done : exitCodes.failed
  },
}

const faults: { readonly [F in AuditFault]: string } = {
  changed: 'is not as it was written',
  missing: 'is missing',
  head: 'is the last, but the chain was noted to end elsewhere',
}

function verdictText(verdict: AuditVerdict): string {
  return verdict.isIntact
    ? `${verdict.entries} lines, intact; head ${verdict.head}`
    : `BROKEN: line ${verdict.n} ${faults[verdict.what]}`
}
