import { join } from 'node:path'
import { readConfig } from '@subsquid/commands'
import { Manifest } from '@subsquid/manifest'
import { describe, expect, it } from 'vitest'
import { ROOT } from './architecture/source-file'
import { lintCompose, servicesOf } from './deployment/compose'
import { argumentsOf, copiedPaths, dockerfileProblems, stagesOf } from './deployment/dockerfile'
import { commandProblem, defaultOf, exists, KNOWN_VARIABLES, read } from './deployment/program'

/** Deployment files are read by the parser of the tool that reads them, and name what exists. */
describe('Dockerfile', () => {
  const stages = stagesOf(read('Dockerfile'))
  const last = stages[stages.length - 1] ?? { image: '', instructions: [] }

  it('is valid', () => {
    expect(dockerfileProblems(read('Dockerfile'))).toEqual([])
    expect(dockerfileProblems('FROM node:20-slim\nCOPPY . .')).not.toEqual([])
  })

  it('builds in one stage and runs in another, on the same pinned Node', () => {
    expect(stages.map(({ image }) => image)).toEqual(['node:20-slim', 'node:20-slim'])
  })

  it('does not run as root', () => {
    expect(argumentsOf(last, 'USER')).toEqual([['node']])
  })

  it('copies only what exists and what .dockerignore lets in', () => {
    const admitted: readonly string[] = read('.dockerignore').match(/(?<=^!).*/gm) ?? []
    const copied = copiedPaths(stages).map((path) => path.replace('./', ''))
    expect(copied).not.toEqual([])
    expect(copied.filter((path) => !exists(path) || !admitted.includes(path))).toEqual([])
    expect(read('.dockerignore')).toMatch(/^\*$/m)
  })

  it('exposes the default ports of the program', () => {
    const ports = [defaultOf('PORT'), defaultOf('METRICS_PORT')]
    expect(argumentsOf(last, 'EXPOSE').flat()).toEqual(ports)
  })

  it('starts a command that exists', async () => {
    const [command = []] = argumentsOf(last, 'CMD')
    const line: string[] = JSON.parse(command.join(' '))
    expect(await commandProblem(line)).toBeUndefined()
  })

  it('runs npm scripts that exist', async () => {
    const runs = stages.flatMap((stage) => argumentsOf(stage, 'RUN')).map((args) => args.join(' '))
    const named = runs.flatMap((run) => [...run.matchAll(/npm run (\S+)/g)].map(([, name]) => name))
    expect(named).toEqual(['build'])
    expect(await commandProblem(['npm', 'run', ...named.map(String)])).toBeUndefined()
  })
})

describe('docker-compose.yml', () => {
  const services = servicesOf('docker-compose.yml')

  it('keeps to the schema of the compose specification and to its linter', async () => {
    expect(await lintCompose(join(ROOT, 'docker-compose.yml'))).toEqual([])
    const broken = join(ROOT, 'test/gates/deployment/broken-compose.yml')
    expect(await lintCompose(broken)).not.toEqual([])
  })

  it('starts commands that exist', async () => {
    const commands = Object.values(services).flatMap(({ command }) => (command ? [command] : []))
    expect(commands).toHaveLength(3)
    expect(await Promise.all(commands.map(commandProblem))).toEqual([
      undefined,
      undefined,
      undefined,
    ])
  })

  it('sets only variables that the program knows', () => {
    const names = ['migrate', 'indexer', 'api'].flatMap((name) =>
      Object.keys(services[name]?.environment ?? {}),
    )
    expect(names).toContain('RPC_URL')
    expect(names.filter((name) => !KNOWN_VARIABLES.includes(name))).toEqual([])
  })

  it('carries no secret, and stops when one is missing', () => {
    const required = read('docker-compose.yml').match(/\b(DB_PASS|POSTGRES_PASSWORD|RPC_URL): .*/g)
    expect(required).toHaveLength(3)
    expect(required?.filter((line) => !/: \$\{\w+:\?[^}]+\}$/.test(line))).toEqual([])
  })

  it('checks the health of every service that stays up, and keeps the data in a volume', () => {
    const healthy = Object.entries(services).flatMap(([name, { healthcheck }]) =>
      healthcheck ? [name] : [],
    )
    expect(healthy.sort()).toEqual(['api', 'indexer', 'postgres'])
    expect(services.postgres?.volumes).toEqual(['postgres-data:/var/lib/postgresql/data'])
  })

  it('migrates before it indexes or serves', () => {
    for (const name of ['indexer', 'api']) {
      const condition = services[name]?.depends_on?.migrate?.condition
      expect(condition).toBe('service_completed_successfully')
    }
  })

  it('lets the API listen where other containers and the host can reach it', () => {
    expect(services.api?.environment?.HOST).toBe('0.0.0.0')
  })

  it('uses the default ports of the program, on this host only', () => {
    const port = defaultOf('PORT')
    const metricsPort = defaultOf('METRICS_PORT')
    const only = (each: string | undefined) => [`127.0.0.1:${each}:${each}`]
    expect(services.api?.ports).toEqual(only(port))
    expect(services.indexer?.ports).toEqual(only(metricsPort))
    expect(services.api?.environment?.PORT).toBe(port)
    expect(services.indexer?.environment?.METRICS_PORT).toBe(metricsPort)
    expect(services.api?.healthcheck?.test.at(-1)).toContain(`:${port}/health`)
    expect(services.indexer?.healthcheck?.test.at(-1)).toContain(`:${metricsPort}/`)
  })
})

describe('squid.yaml', () => {
  const { value: manifest, error } = Manifest.parse(read('squid.yaml'))
  const deploy = manifest?.deploy

  it('is read by the parser of the SQD CLI', () => {
    expect(error).toBeUndefined()
    expect(Manifest.parse('manifest_version: subsquid.io/v0.1\nname: x').error).toBeDefined()
  })

  it('builds from a Dockerfile that exists', () => {
    expect(exists(manifest?.build?.dockerfile ?? 'missing')).toBe(true)
  })

  it('starts commands that exist', async () => {
    const parts = [deploy?.init, ...(deploy?.processor ?? []), deploy?.api]
    const problems = await Promise.all(parts.map((part) => commandProblem(part?.cmd ?? [])))
    expect(problems).toEqual([undefined, undefined, undefined])
  })

  it('sets only variables that the program knows, and takes secrets from the secret store', () => {
    const parts = [deploy, deploy?.init, ...(deploy?.processor ?? []), deploy?.api]
    const variables = Object.assign({}, ...parts.map((part) => part?.env ?? {}))
    expect(Object.keys(variables)).toContain('RPC_URL')
    expect(Object.keys(variables).filter((name) => !KNOWN_VARIABLES.includes(name))).toEqual([])
    expect(variables.HOST).toBe('0.0.0.0')
    expect(variables.RPC_URL).toMatch(/^\$\{\{ secrets\.RPC_URL \}\}$/)
  })
})

describe('commands.json', () => {
  it('is read by the parser of the SQD CLI and names commands that exist', async () => {
    const { commands = {} } = await readConfig(join(ROOT, 'commands.json'))
    const lines = Object.values(commands).map(({ cmd = [] }) => cmd.map(String))
    expect(lines).not.toEqual([])
    const problems = await Promise.all(lines.map(commandProblem))
    expect(problems.filter((problem) => problem !== undefined)).toEqual([])
  })

  it('depends only on its own commands', async () => {
    const { commands = {} } = await readConfig(join(ROOT, 'commands.json'))
    const needed = Object.values(commands).flatMap(({ deps = [] }) => deps)
    expect(needed.filter((name) => !(name in commands))).toEqual([])
  })

  it('would refuse a misspelt key', async () => {
    await expect(
      readConfig(join(ROOT, 'test/gates/deployment/broken-commands.json')),
    ).rejects.toThrow()
  })
})
