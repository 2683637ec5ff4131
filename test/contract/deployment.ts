import { setTimeout as sleep } from 'node:timers/promises'
import {
  type Address,
  createTestClient,
  getAddress,
  type Hex,
  http,
  keccak256,
  publicActions,
  stringToHex,
  type TransactionReceipt,
  TransactionReceiptNotFoundError,
  walletActions,
} from 'viem'
import { foundry } from 'viem/chains'
import type { Artifact } from './artifact'

/** Who acts in the tests; each has 10,000 ether. */
export interface Cast {
  readonly admin: Address
  readonly regulator: Address
  readonly maker: Address
  readonly otherMaker: Address
  readonly clinic: Address
  readonly buyer: Address
  readonly carrier: Address
  readonly stranger: Address
  readonly treasury: Address
}

export const FEE_BASIS_POINTS = 250
export const REGULATOR_ROLE = keccak256(stringToHex('REGULATOR_ROLE'))
export const MANUFACTURER_ROLE = keccak256(stringToHex('MANUFACTURER_ROLE'))
export const ADMIN_ROLE: Hex = `0x${'00'.repeat(32)}`

const RECEIPT_TIMEOUT_MS = 10_000
const RECEIPT_POLL_MS = 2

export type Node = ReturnType<typeof connect>

/** All that a test needs of a local node: read, send from unlocked accounts, turn back time. */
export function connect(url: string) {
  return createTestClient({
    chain: foundry,
    mode: 'anvil',
    transport: http(url),
    pollingInterval: 5,
    cacheTime: 0,
  })
    .extend(publicActions)
    .extend(walletActions)
}

/** The node's accounts under their parts in the play. */
export async function castOf(node: Node): Promise<Cast> {
  const accounts = await node.getAddresses()
  const account = (index: number): Address => {
    const address = accounts[index]
    if (address === undefined) throw new Error(`the node has no account ${index}: start it with 10`)
    return address
  }
  return {
    admin: account(0),
    regulator: account(1),
    maker: account(2),
    otherMaker: account(3),
    clinic: account(4),
    buyer: account(5),
    carrier: account(6),
    stranger: account(7),
    treasury: account(8),
  }
}

/**
 * The receipt of a transaction that the node mines at once.
 *
 * viem's own wait goes by new block numbers; on a node whose snapshots are reverted between tests
 * it was seen to miss one and never to end, about once in ten runs. Asking again until the receipt
 * is there cannot miss it.
 */
export async function receiptOf(node: Node, hash: Hex): Promise<TransactionReceipt> {
  const deadline = Date.now() + RECEIPT_TIMEOUT_MS
  for (;;) {
    try {
      return await node.getTransactionReceipt({ hash })
    } catch (problem) {
      if (!(problem instanceof TransactionReceiptNotFoundError)) throw problem
      if (Date.now() > deadline) {
        const pool = await node.getTxpoolStatus()
        throw new Error(
          `${hash} has no receipt after ${RECEIPT_TIMEOUT_MS} ms: ${JSON.stringify(pool)}`,
        )
      }
      await sleep(RECEIPT_POLL_MS)
    }
  }
}

/** Puts a contract on the chain and returns its address. */
export async function deploy(
  node: Node,
  from: Address,
  artifact: Artifact,
  args: readonly unknown[] = [],
): Promise<Address> {
  const hash = await node.deployContract({ ...artifact, args, account: from })
  const { contractAddress, status } = await receiptOf(node, hash)
  if (status !== 'success' || !contractAddress) throw new Error(`deployment ${hash}: ${status}`)
  return getAddress(contractAddress)
}
