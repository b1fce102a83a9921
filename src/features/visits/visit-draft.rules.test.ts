import { describe, expect, test } from 'vitest'
import { instantAt } from '#core/calendar.ts'
import { checkFields } from '#core/check.ts'
import { aVisit, idOf } from '#tests/kit/field-rows.ts'
import { completeVisit, editVisit } from './visit.mutations.ts'
import { correctionOf, draftOf, isWritten, lackOf, reportOf } from './visit-draft.rules.ts'

const now = '2026-11-23T07:07:31.000Z'
const planned = aVisit({
  id: idOf(11),
  channel: 'phone',
  startsAt: instantAt('2026-11-23', '14:30'),
  minutes: 20,
  objective: '指南更新要点',
})

describe('a report begins with', () => {
  test('what was planned, when its time has come', () => {
    expect(draftOf(planned, now)).toMatchObject({
      channel: 'phone',
      day: '2026-11-23',
      time: '14:30',
      minutes: 20,
    })
  })

  test('the present five minutes, when it is reported before its time or was not planned', () => {
    const early = { ...planned, startsAt: instantAt('2026-11-23', '16:00') }
    expect(draftOf(early, now).time).toBe('15:05')
    expect(draftOf(null, now)).toMatchObject({ time: '15:05', minutes: 15, channel: 'face_to_face' })
  })
})

describe('a report needs', () => {
  test('whether its objective was reached', () => {
    expect(lackOf(draftOf(planned, now))).toBe('result')
    expect(lackOf({ ...draftOf(planned, now), result: 'partly' })).toBeNull()
  })

  test('a word on what was said, when it had no objective', () => {
    expect(lackOf(draftOf(null, now))).toBe('note')
    expect(lackOf({ ...draftOf(null, now), note: '问候' })).toBeNull()
  })

  test('a day and a time', () => {
    expect(lackOf({ ...draftOf(planned, now), result: 'reached', time: '' })).toBe('time')
  })
})

test('only what somebody wrote would be missed', () => {
  const begun = draftOf(planned, now)
  expect(isWritten({ ...begun, channel: 'wechat', note: '  ' }, begun)).toBe(false)
  expect(isWritten({ ...begun, note: '谈了安全性' }, begun)).toBe(true)
})

test('a report is accepted by the mutation as it is', () => {
  const draft = { ...draftOf(planned, now), result: 'reached', note: ' 谈了安全性 ' } as const
  const args = { id: planned.id, ...reportOf(draft) }
  expect(checkFields(completeVisit.args, args)).toEqual({ ...args, note: '谈了安全性' })
})

describe('a correction', () => {
  const standing = aVisit({ ...planned, status: 'completed', result: 'partly', note: '甲' })

  test('changes nothing when nothing was changed', () => {
    expect(correctionOf(draftOf(standing, now), standing)).toEqual({})
  })

  test('names only what was changed, and empties what was emptied', () => {
    const changes = correctionOf({ ...draftOf(standing, now), note: ' ', minutes: 30 }, standing)
    expect(changes).toEqual({ note: null, minutes: 30 })
    expect(checkFields(editVisit.args, { id: standing.id, changes }).changes).toEqual(changes)
  })
})
