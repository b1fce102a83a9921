// `rapport user`: for operators who are locked out, and for scripts. Everything else is done in the app.
import { randomInt } from 'node:crypto'
import { checkFields } from '#core/check.ts'
import { listOf, oneOf } from '#core/field.ts'
import { roles } from '#core/role.ts'
import {
  BadUsage,
  type Command,
  type ExitCode,
  exitCodes,
  print,
  printJson,
  readArguments,
} from './command.ts'
import { addUser, deactivateUser, listUsers, resetPassword } from './user-acts.ts'
import { atWork, organisationNamed } from './workplace.ts'

const options = { org: 'value', name: 'value', roles: 'value', json: 'switch' } as const

export const user: Command = {
  about: {
    en: 'List people, add one, reset a password, end an access.',
    zh: '查看、添加、停用用户，重设密码',
  },
  usage: `user list
       rapport user add EMAIL --name NAME --roles ROLE[,ROLE]
       rapport user reset-password EMAIL
       rapport user deactivate EMAIL

  --org NAME  which organisation, where there are several
  --json      the outcome as JSON

Roles: ${roles.join(', ')}.
A new password is made up and printed once; a reset also ends all sessions and takes the second factor off.`,
  async run(args) {
    const { words, options: given } = readArguments(args, options, [1, 2])
    const [what = '', email] = words
    if (what === 'list' && email === undefined) return list(given)
    if (email === undefined) throw new BadUsage('An e-mail address is missing.')
    if (what === 'add') return add(email, given)
    if (what === 'reset-password') return reset(email, given)
    if (what === 'deactivate') return deactivate(email, given)
    throw new BadUsage(`"${what}" is nothing that can be done with users.`)
  },
}

type Given = ReturnType<typeof readArguments<typeof options>>['options']

async function list({ org, json }: Given): Promise<ExitCode> {
  const users = await atWork(async ({ database }) =>
    listUsers(database.owner, await organisationNamed(database, org)),
  )
  if (json) printJson(users)
  else {
    for (const { email, name, roles: held, isActive, hasAccount } of users) {
      const state = isActive ? (hasAccount ? 'active' : 'invited') : 'deactivated'
      print([email, name, held.join(','), state].join('\t'))
    }
  }
  return exitCodes.done
}

async function add(email: string, { org, name, roles: wanted, json }: Given): Promise<ExitCode> {
  if (name === null || wanted === null) throw new BadUsage('--name and --roles are needed.')
  const held = checkFields(
    { roles: listOf(oneOf(roles), { max: roles.length }) },
    { roles: wanted.split(',') },
  )
  const password = newPassword()
  await atWork(async (workplace) => {
    const { orgId } = await organisationNamed(workplace.database, org)
    await addUser(workplace, { orgId, email, name, roles: held.roles, password })
  })
  return tellPassword({ email, password, json })
}

async function reset(email: string, { org, json }: Given): Promise<ExitCode> {
  const password = newPassword()
  await atWork(async (workplace) => {
    const { orgId } = await organisationNamed(workplace.database, org)
    await resetPassword(workplace.database.owner, { orgId, email, password })
  })
  return tellPassword({ email, password, json })
}

async function deactivate(email: string, { org, json }: Given): Promise<ExitCode> {
  await atWork(async (workplace) => {
    const { orgId } = await organisationNamed(workplace.database, org)
    await deactivateUser(workplace, { orgId, email })
  })
  if (json) printJson({ email, isActive: false })
  else print(`${email} cannot sign in any more.`)
  return exitCodes.done
}

function tellPassword({
  email,
  password,
  json,
}: {
  email: string
  password: string
  json: boolean
}): ExitCode {
  if (json) printJson({ email, password })
  else print(`${email} signs in with the password ${password}`)
  return exitCodes.done
}

/** Without letters that are taken for each other; four times four of 30 are 78 bits. */
function newPassword(): string {
  const letters = 'abcdefghjkmnpqrstuvwxyz2345679'
  const group = () => Array.from({ length: 4 }, () => letters[randomInt(letters.length)]).join('')
  return Array.from({ length: 4 }, group).join('-')
}
