import { expect, test } from 'vitest'
import { httpTransport } from './transport-http.ts'

const pull = { cursor: 0, epoch: '' }

function answering(answer: () => Promise<Response>) {
  const asked: { path: unknown; init: RequestInit | undefined }[] = []
  const transport = httpTransport({
    fetch: (path, init) => {
      asked.push({ path, init })
      return answer()
    },
    pass: 'org.member.proof',
    openEvents: () => {
      throw new Error('no events here')
    },
  })
  return { transport, asked }
}

test('a pull gives the bytes as they came and proves that our page asked', async () => {
  const { transport, asked } = answering(async () => new Response('{"rows":[]}'))
  expect(new TextDecoder().decode(await transport.pull(pull))).toBe('{"rows":[]}')
  expect(asked[0]?.path).toBe('/api/sync/pull')
  expect(asked[0]?.init?.headers).toMatchObject({
    'x-rapport': '1',
    'x-rapport-protocol': '1',
    'x-rapport-member': 'org.member.proof',
  })
})

test.each([
  ['a session that is over', new Response('{}', { status: 401 }), { reason: 'signed_out' }],
  [
    'a session that is not there',
    new Response('{"code":"session.required"}', { status: 401 }),
    { reason: 'signed_out' },
  ],
  [
    'a member who has left',
    new Response('{"code":"member.inactive","details":{}}', { status: 403 }),
    { reason: 'left' },
  ],
  [
    'a program that is too old',
    new Response('{"code":"app.outdated","details":{}}', { status: 426 }),
    { reason: 'outdated' },
  ],
  ['a fault of the server', new Response('<html>', { status: 502 }), { reason: 'unreachable' }],
  ['too many requests', new Response('{}', { status: 429 }), { reason: 'unreachable' }],
  ['a page of a proxy', new Response('<html>', { status: 403 }), { reason: 'unreachable' }],
  [
    'the server’s no',
    new Response('{"code":"device.cloned","details":{}}', { status: 422 }),
    { name: 'Refused', code: 'device.cloned' },
  ],
])('%s is told apart', async (_, response, expected) => {
  const { transport } = answering(async () => response)
  await expect(transport.pull(pull)).rejects.toMatchObject(expected)
})

test('no network, and an answer that breaks off, are the same as no answer', async () => {
  const gone = answering(() => Promise.reject(new TypeError('failed to fetch')))
  await expect(gone.transport.pull(pull)).rejects.toMatchObject({ reason: 'unreachable' })
  const broken = answering(async () => new Response('{"outcomes":['))
  const push = broken.transport.push({ device: 'd', sentAt: '', mutations: [] })
  await expect(push).rejects.toMatchObject({ reason: 'unreachable' })
})
