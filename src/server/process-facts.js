// Plain JavaScript because the start-up scripts need it before any dependency is installed.
import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'

/**
 * What the system knows of a process, or null when there is none with that number.
 * `startedAt` tells two processes apart that bore the same number one after the other (or after a reboot).
 */
export function processFacts(pid) {
  return process.platform === 'linux' ? factsFromProc(pid) : factsFromPs(pid)
}

function factsFromProc(pid) {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    // The command in parentheses may itself hold spaces and parentheses: fields are counted after the last one.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()
    const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ').trim()
    return { isZombie: fields[0] === 'Z' || fields[0] === 'X', startedAt: `${boot}/${fields[19]}`, command }
  } catch {
    return null
  }
}

function factsFromPs(pid) {
  const ps = spawnSync('ps', ['-ww', '-o', 'stat=,lstart=,command=', '-p', String(pid)], { encoding: 'utf8' })
  const line = /^\s*(\S+)\s+(\S+\s+\S+\s+\S+\s+\S+\s+\d{4})\s+(.*)$/.exec(ps.stdout ?? '')
  if (line) return { isZombie: line[1].startsWith('Z'), startedAt: line[2], command: line[3] }
  return ps.error && answersSignals(pid) ? { isZombie: false, startedAt: '', command: '' } : null
}

/** The last resort where there is neither /proc nor ps (Windows): alive or not. */
function answersSignals(pid) {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error.code === 'EPERM'
  }
}
