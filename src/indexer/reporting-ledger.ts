import type { PipelinedLedger } from '../persistence/pipelined-ledger'

/** What the processor uses of a ledger. */
export type ProcessorLedger = Pick<
  PipelinedLedger,
  'supportsHotBlocks' | 'connect' | 'transact' | 'transactHot' | 'transactHot2'
>

/**
 * A ledger that tells of its faults before the processor gets to know them: the processor ends the
 * thread on any, and its exit code says nothing of the cause.
 */
export function reportingLedger(
  ledger: ProcessorLedger,
  failed: (error: unknown) => void,
): ProcessorLedger {
  const tell = (error: unknown): never => {
    failed(error)
    throw error
  }
  return {
    supportsHotBlocks: ledger.supportsHotBlocks,
    connect: () => ledger.connect().catch(tell),
    transact: (info, handle) => ledger.transact(info, handle).catch(tell),
    transactHot: (info, handle) => ledger.transactHot(info, handle).catch(tell),
    transactHot2: (info, handle) => ledger.transactHot2(info, handle).catch(tell),
  }
}
