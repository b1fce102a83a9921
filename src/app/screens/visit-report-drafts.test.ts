import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { draftOf } from '#features/visits/visit-draft.rules.ts'
import { fakeDevice } from '#tests/kit/fake-device.ts'
import { now, orgId, rep } from '#tests/kit/stage.ts'
import { forgetDraft, keepDraft, keepDraftsNow, keptDraft } from './visit-report-drafts.ts'

const begun = draftOf(null, now)
const written = { visitId: 'v', draft: { ...begun, note: '谈了新指南' } }

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

test('a draft is there at once, and on the device after a pause in writing', async () => {
  const device = newDevice()
  const keep = vi.spyOn(device, 'keepDraft')
  for (const note of ['谈', '谈了', '谈了新指南']) {
    keepDraft(device, 'c', { ...written, draft: { ...begun, note } })
    await vi.advanceTimersByTimeAsync(100)
  }
  expect(keptDraft(device, 'c', begun)).toEqual(written)
  expect(keep).not.toHaveBeenCalled()
  await vi.advanceTimersByTimeAsync(300)
  expect(keep).toHaveBeenCalledTimes(1)
  expect(keptDraft(device, 'c', begun)).toEqual(written)
  expect(keptDraft(device, 'other', begun)).toBeNull()
})

test('what still waits for a pause is kept when the page goes', async () => {
  const device = newDevice()
  keepDraft(device, 'c', written)
  await keepDraftsNow(device)
  expect(device.draft('visit-report c')).toEqual(written)
})

test('a draft that is given up does not come back with the next pause', async () => {
  const device = newDevice()
  keepDraft(device, 'c', written)
  await keepDraftsNow(device)
  keepDraft(device, 'c', written)
  await forgetDraft(device, 'c')
  await vi.advanceTimersByTimeAsync(1000)
  expect(keptDraft(device, 'c', begun)).toBeNull()
})

test('a draft that cannot be kept stays in memory', async () => {
  const device = newDevice()
  vi.spyOn(device, 'keepDraft').mockRejectedValue(new Error('the disk is full'))
  keepDraft(device, 'c', written)
  await vi.advanceTimersByTimeAsync(1000)
  expect(keptDraft(device, 'c', begun)).toEqual(written)
})

test('a draft of an older app gets what that app did not ask for', async () => {
  const device = newDevice()
  const { minutes: _, ...older } = written.draft
  await device.keepDraft('visit-report c', { visitId: 'v', draft: { ...older, commitments: [] } })
  expect(keptDraft(device, 'c', begun)).toEqual(written)
})

function newDevice() {
  const until = '2099-01-01T00:00:00.000Z'
  const person = { ...rep, orgId, orgName: '示例', name: '李娜', email: 'demo@example.test' }
  return fakeDevice({ lease: { ...person, from: now, until, pass: 'demo' }, rows: [] })
}
