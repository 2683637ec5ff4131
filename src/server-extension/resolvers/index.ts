// graphql-server requires this path and takes every resolver class that loading it registers.
import 'reflect-metadata' // type-graphql's decorators need it before the first of them runs

export { ActivityResolver } from './activity'
export { ChangeRowsResolver } from './change-rows'
export { ChangesResolver } from './changes'
export { CustodyChainResolver } from './custody-chain'
export { CustodyFlowsResolver } from './custody-flows'
export { HoldingResolver, HoldingsResolver } from './holdings'
export { IndexerStatusResolver } from './indexer-status'
export { LookupDevicesResolver } from './lookup-devices'
export { RecallLookupResolver } from './recall-lookup'
export {
  ConsigneeResolver,
  IncomingReceiverResolver,
  RecallTouchedUnitResolver,
} from './recall-parties'
export { RecallProgressResolver } from './recall-progress'
export { RecallProgressListsResolver } from './recall-progress-lists'
export { ConsigneeProgressResolver, MoveAfterRecallResolver } from './recall-progress-parties'
export { ScopeFromNoticeResolver } from './scope-from-notice'
export { VerifyDeviceResolver } from './verify-device'
