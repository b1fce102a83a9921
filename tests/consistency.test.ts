import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { registry } from '#app/registry.ts'
import { catalogue } from '#app/words.ts'
import type { Field, Fields } from '#core/field.ts'

const sources = readdirSync('src', { recursive: true, encoding: 'utf8' })
  .map((file) => `src/${file.replaceAll('\\', '/')}`)
  .filter((file) => /\.tsx?$/.test(file) && !/\.test\.tsx?$/.test(file))
  .map((file) => ({ file, text: readFileSync(file, 'utf8') }))

const entities = [...registry.entities.values()]
const mutations = [...registry.mutations.values()]

function withoutText(keys: Iterable<string>): readonly string[] {
  return [...keys].filter((key) => {
    const text = Object.hasOwn(catalogue, key) ? catalogue[key] : undefined
    return !text?.['zh-CN'].trim() || !text.en.trim()
  })
}

test('every entity that is defined is registered and stands in the glossary', () => {
  const glossary = readFileSync('GLOSSARY.md', 'utf8')
  const defined = sources.flatMap(({ file, text }) =>
    file.endsWith('.entity.ts') ? [/= entity\('([a-z_]+)'/.exec(text)?.[1] ?? file] : [],
  )
  expect(defined.length).toBe(entities.length)
  expect(defined.filter((name) => !registry.entities.has(name))).toEqual([])
  expect(defined.filter((name) => !glossary.includes(`\`${name}\``))).toEqual([])
})

test('every mutation that is defined is registered', () => {
  const defined = sources.flatMap(({ file, text }) =>
    file.endsWith('.mutations.ts')
      ? [...text.matchAll(/= mutation\('([a-z_.]+)'/g)].map(([, name]) => name)
      : [],
  )
  expect(new Set(defined)).toEqual(new Set(mutations.map(({ name }) => name)))
})

test('every refusal has a text in both languages', () => {
  const codes = sources.flatMap(({ text }) =>
    [...text.matchAll(/new Refused\(\s*'([a-z_.]+)'/g)].map(([, code]) => code ?? ''),
  )
  expect(codes.length).toBeGreaterThan(20)
  expect(withoutText(new Set(codes))).toEqual([])
})

test('every problem that a value can have has a text in both languages', () => {
  const check = readFileSync('src/core/check.ts', 'utf8')
  const codes = [...check.matchAll(/wrong\(path, '([a-z_]+)'|code: '([a-z_]+)'/g)].map(
    (match) => match[1] ?? match[2],
  )
  expect(codes.length).toBeGreaterThan(10)
  expect(withoutText(new Set(codes.map((code) => `problem.${code}`)))).toEqual([])
})

test('every entity, field and option has a label in both languages', () => {
  const keys = entities.flatMap(({ name, fields }) => [name, ...labelsOf(name, fields)])
  expect(withoutText(keys)).toEqual([])
})

test('every mutation has a name for people in both languages', () => {
  expect(withoutText(mutations.map(({ name }) => `do.${name}`))).toEqual([])
})

test('what two files call by one key, they say with the same words', () => {
  // `catalogue` is put together so that a second text under one key is an error; this keeps it so.
  expect(() => Object.keys(catalogue)).not.toThrow()
  expect(Object.keys(catalogue).length).toBeGreaterThan(200)
})

test('the folders that the architecture names are there', () => {
  const named = [...readFileSync('ARCHITECTURE.md', 'utf8').matchAll(/^\| `([a-z/]+)\/`/gm)].map(
    ([, folder]) => folder ?? '',
  )
  expect(named.length).toBeGreaterThan(6)
  expect(named.filter((folder) => !existsSync(folder))).toEqual([])
})

function labelsOf(entity: string, fields: Fields): readonly string[] {
  return Object.entries(fields)
    .filter(([, field]) => field.facts.conflict !== 'server' && field.facts.serverOnly !== true)
    .flatMap(([name, field]) => [
      `${entity}.${name}`,
      ...optionsOf(field).map((option) => `${entity}.${name}.${option}`),
    ])
}

function optionsOf(field: Field): readonly string[] {
  return field.options ?? field.element?.options ?? []
}
