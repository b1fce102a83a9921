import { resolve } from 'node:path'
import { describe, expect, test } from 'vitest'
import { BadSetting, readSettings } from './settings.ts'

describe('settings', () => {
  test('nothing set gives the defaults of a local start', () => {
    expect(readSettings({})).toEqual({
      port: 3000,
      host: '127.0.0.1',
      dataFolder: resolve('.rapport'),
      isDemo: true,
      databaseUrl: null,
      publicUrl: 'http://localhost:3000',
      secret: null,
    })
  })

  test('every variable is read', () => {
    const secret = 'x'.repeat(32)
    const settings = readSettings({
      PORT: '8080',
      HOST: '0.0.0.0',
      RAPPORT_DATA: '/data',
      RAPPORT_DEMO: 'off',
      DATABASE_URL: 'postgres://a:b@db/rapport',
      RAPPORT_URL: 'https://rapport.example.com/',
      RAPPORT_SECRET: secret,
    })
    expect(settings).toEqual({
      port: 8080,
      host: '0.0.0.0',
      dataFolder: '/data',
      isDemo: false,
      databaseUrl: 'postgres://a:b@db/rapport',
      publicUrl: 'https://rapport.example.com',
      secret,
    })
  })

  test('an empty variable counts as none', () => {
    expect(readSettings({ PORT: '', DATABASE_URL: ' ' })).toEqual(readSettings({}))
  })

  test('the public address follows the port', () => {
    expect(readSettings({ PORT: '4001' }).publicUrl).toBe('http://localhost:4001')
  })

  test.each([
    ['PORT', 'eighty'],
    ['PORT', '65536'],
    ['PORT', '-1'],
    ['PORT', '3000.5'],
    ['RAPPORT_DEMO', 'maybe'],
    ['DATABASE_URL', 'localhost'],
    ['DATABASE_URL', 'mysql://localhost/rapport'],
    ['DATABASE_URL', 'postgres://localhost'],
    ['RAPPORT_URL', 'rapport.example.com'],
    ['RAPPORT_URL', 'ftp://rapport.example.com'],
    ['RAPPORT_URL', 'https://example.com/rapport'],
    ['RAPPORT_SECRET', 'short'],
  ])('%s=%s is refused, and the message begins with its name and says what to set', (name, value) => {
    const attempt = () => readSettings({ [name]: value })
    expect(attempt).toThrow(BadSetting)
    expect(attempt).toThrow(new RegExp(`^${name} .*Set (a random|it like|for example|${name})`))
  })

  test('a password or a secret is never repeated in a message', () => {
    expect(() => readSettings({ DATABASE_URL: 'mysql://u:geheim@h/d' })).toThrow(/^(?!.*geheim)/)
    expect(() => readSettings({ RAPPORT_SECRET: 'geheim' })).toThrow(/^(?!.*geheim)/)
  })
})
