// A bare client over kept connections: `fetch` would cost as much as the server.
import { Agent, request } from 'node:http'

export interface Client {
  /** The answer's text. @throws when it is not a success */
  get(path: string): Promise<string>
  post(path: string, body: unknown): Promise<string>
  close(): void
}

/** At most `connections` at a time, as the holder of a token. */
export function clientOf(url: string, token: string, connections: number): Client {
  const agent = new Agent({ keepAlive: true, maxSockets: connections })
  const { hostname, port } = new URL(url)
  const authorization = `Bearer ${token}`
  const ask = (method: string, path: string, body?: string) =>
    new Promise<string>((resolve, reject) => {
      const headers = {
        authorization,
        ...(body === undefined
          ? {}
          : { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) }),
      }
      const sent = request({ agent, hostname, port, method, path, headers }, (response) => {
        const parts: Buffer[] = []
        response.on('data', (part: Buffer) => parts.push(part))
        response.on('error', reject)
        response.on('end', () => {
          const text = Buffer.concat(parts).toString()
          if (response.statusCode === 200) resolve(text)
          else reject(new Error(`${method} ${path} was answered ${response.statusCode} ${text}`))
        })
      })
      sent.on('error', reject)
      sent.end(body)
    })
  return {
    get: (path) => ask('GET', path),
    post: (path, body) => ask('POST', path, JSON.stringify(body)),
    close: () => agent.destroy(),
  }
}
