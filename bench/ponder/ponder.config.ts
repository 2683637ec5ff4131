import { createConfig } from 'ponder'
import { type Address, isAddress } from 'viem'
import { DEVICE_NFT } from './device-nft'

function required(name: string): string {
  const value = process.env[name]
  if (value) return value
  throw new Error(`${name} is missing; bench/backfill sets it when it starts Ponder.`)
}

function contractAddress(): Address {
  const text = required('BACKFILL_CONTRACT')
  if (isAddress(text)) return text
  throw new Error(`BACKFILL_CONTRACT is ${text}, expected an address.`)
}

export default createConfig({
  database: { kind: 'postgres', connectionString: required('DATABASE_URL') },
  chains: {
    bench: { id: Number(required('BACKFILL_CHAIN_ID')), rpc: required('BACKFILL_RPC_URL') },
  },
  contracts: {
    DeviceNFT: {
      abi: DEVICE_NFT,
      chain: 'bench',
      address: contractAddress(),
      startBlock: Number(required('BACKFILL_START_BLOCK')),
    },
  },
})
