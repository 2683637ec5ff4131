import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type Hex, isHex, keccak256, stringToHex } from 'viem'
import { z } from 'zod'
import { demoError } from '../demo-error'
import type { DemoScript } from '../story/script'

const BYTECODE_FILE = join(__dirname, '..', '..', '..', 'abi', 'DeviceNFT.bytecode.json')
const artifactSchema = z.object({ bytecode: z.custom<Hex>((value) => isHex(value)) })
const recordSchema = z.object({ bytecodeHash: z.string(), scriptHash: z.string() })

/** What a chain of the demo is made with; another contract or script needs another chain. */
export type Deployment = z.infer<typeof recordSchema>

/**
 * The contract as the build of the contracts wrote it.
 *
 * @throws DeviceTrailError DEMO_ARTIFACT_MISSING
 */
export async function contractBytecode(): Promise<Hex> {
  try {
    return artifactSchema.parse(JSON.parse(await readFile(BYTECODE_FILE, 'utf8'))).bytecode
  } catch (cause) {
    throw demoError(
      'DEMO_ARTIFACT_MISSING',
      `${BYTECODE_FILE} is missing or holds no {"bytecode": "0x…"}.`,
      'Restore it from the repository or build the contracts again.',
      cause,
    )
  }
}

/** The mark of a chain made with this contract and this script. */
export function deploymentOf(bytecode: Hex, script: DemoScript): Deployment {
  const text = JSON.stringify(script, (_, value: unknown) => {
    return typeof value === 'bigint' ? String(value) : value
  })
  return { bytecodeHash: keccak256(bytecode), scriptHash: keccak256(stringToHex(text)) }
}

/** Whether the saved chain in the data folder was made with the same contract and script. */
export async function wasMadeWith(deployment: Deployment, file: string): Promise<boolean> {
  const text = await readFile(file, 'utf8').catch(() => '{}')
  const { data } = recordSchema.safeParse(parsed(text))
  const { bytecodeHash, scriptHash } = deployment
  return data?.bytecodeHash === bytecodeHash && data.scriptHash === scriptHash
}

/** Writes the mark down, once the chain with the whole script is saved. */
export async function recordDeployment(deployment: Deployment, file: string): Promise<void> {
  await writeFile(file, JSON.stringify(deployment))
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
