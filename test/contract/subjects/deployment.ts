import { BaseError, encodeDeployData, type Hex } from 'viem'
import { expect, test } from 'vitest'
import { readArtifact } from '../artifact'
import { ContractClient } from '../contract-client'
import { ADMIN_ROLE, FEE_BASIS_POINTS, receiptOf } from '../deployment'
import { type Stage, ZERO } from '../stage'

/** EIP-170. */
const MAX_CODE_BYTES = 24_576

export function deployment(onStage: () => Stage): void {
  test('the code fits the limit that every chain sets', async () => {
    const { node, device } = onStage()
    const code = await node.getCode({ address: device.address })
    const bytes = ((code?.length ?? 0) - 2) / 2
    expect(bytes).toBeGreaterThan(10_000)
    expect(bytes).toBeLessThanOrEqual(MAX_CODE_BYTES)
  })

  test('says the admin, the treasury and the fee that it starts with', async () => {
    const { node, who, device } = onStage()
    const artifact = await readArtifact('DeviceNFT')
    const args = [who.admin, who.treasury, FEE_BASIS_POINTS]
    const hash = await node.deployContract({ ...artifact, args, account: who.stranger })
    const { contractAddress } = await receiptOf(node, hash)
    if (!contractAddress) throw new Error(`deployment ${hash} left no contract`)
    const deployed = new ContractClient(node, contractAddress, device.abi)
    const { logs } = await deployed.eventsOf(hash)
    expect(logs).toEqual([
      ['RoleGranted', { role: ADMIN_ROLE, account: who.admin, sender: who.stranger }],
      ['TreasuryUpdated', { treasury: who.treasury }],
      ['FeeUpdated', { feeBasisPoints: FEE_BASIS_POINTS }],
    ])
  })

  test('refuses to be without admin or treasury, or above the fee cap', async () => {
    const { who } = onStage()
    const { admin, treasury } = who
    await rejectsDeployment(onStage(), [ZERO, treasury, 0], ['AdminMissing'])
    await rejectsDeployment(onStage(), [admin, ZERO, 0], ['TreasuryMissing'])
    await rejectsDeployment(onStage(), [admin, treasury, 1001], ['FeeTooHigh', 1001, 1000])
  })

  test('tells which standards it follows', async () => {
    const { device } = onStage()
    const standards = {
      'ERC-165': '0x01ffc9a7',
      'ERC-721': '0x80ac58cd',
      'ERC-721 metadata': '0x5b5e139f',
      'ERC-4906': '0x49064906',
      'ERC-5192': '0xb45a3c0e',
      AccessControl: '0x7965db0b',
    }
    for (const [name, id] of Object.entries(standards)) {
      expect(await device.read('supportsInterface', [id]), name).toBe(true)
    }
    expect(await device.read('supportsInterface', ['0xffffffff'])).toBe(false)
    expect(await device.read('supportsInterface', ['0x780e9d63']), 'ERC-721 enumerable').toBe(false)
  })

  test('gives out and takes away power by roles alone', async () => {
    const { who, device } = onStage()
    const role = await device.read('REGULATOR_ROLE')
    const unauthorized = ['AccessControlUnauthorizedAccount', who.stranger, ADMIN_ROLE] as const
    await device.rejects(who.stranger, ['grantRole', [role, who.stranger]], unauthorized)
    await device.rejects(
      who.stranger,
      ['renounceRole', [role, who.regulator]],
      ['AccessControlBadConfirmation'],
    )
    expect(await device.send(who.admin, 'revokeRole', [role, who.regulator])).toEqual([
      ['RoleRevoked', { role, account: who.regulator, sender: who.admin }],
    ])
  })
}

async function rejectsDeployment(
  { node, who, device }: Stage,
  args: readonly unknown[],
  error: readonly unknown[],
): Promise<void> {
  const data = encodeDeployData({ ...(await readArtifact('DeviceNFT')), args })
  const outcome = await node.call({ data, account: who.stranger }).then(
    () => ['no revert'],
    (problem: unknown) => device.decodeError(revertDataOf(problem)),
  )
  expect(outcome).toEqual(error)
}

/** The raw revert data behind a failed call; any other failure is passed on. */
function revertDataOf(problem: unknown): Hex {
  const carrier =
    problem instanceof BaseError ? problem.walk((cause) => dataOf(cause) !== undefined) : null
  const data = dataOf(carrier)
  if (data === undefined) throw problem
  return data
}

function dataOf(error: unknown): Hex | undefined {
  if (typeof error !== 'object' || error === null || !('data' in error)) return undefined
  const { data } = error
  return typeof data === 'string' && data.startsWith('0x') ? `0x${data.slice(2)}` : undefined
}
