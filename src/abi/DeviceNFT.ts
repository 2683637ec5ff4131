import * as p from '@subsquid/evm-codec'
import { event, fun, viewFun, indexed, ContractBase } from '@subsquid/evm-abi'
import type { EventParams as EParams, FunctionArguments, FunctionReturn } from '@subsquid/evm-abi'

export const events = {
    Approval: event("0x8c5be1e5ebec7d5bd14f71427d1e84f3dd0314c0f7b2291e5b200ac8c7c3b925", "Approval(address,address,uint256)", {"owner": indexed(p.address), "approved": indexed(p.address), "tokenId": indexed(p.uint256)}),
    ApprovalForAll: event("0x17307eab39ab6107e8899845ad3d59bd9653f200f220920489ca2b5937696c31", "ApprovalForAll(address,address,bool)", {"owner": indexed(p.address), "operator": indexed(p.address), "approved": p.bool}),
    BatchMetadataUpdate: event("0x6bd5c950a8d8df17f772f5af37cb3655737899cbf903264b9795592da439661c", "BatchMetadataUpdate(uint256,uint256)", {"_fromTokenId": p.uint256, "_toTokenId": p.uint256}),
    DeviceDecommissioned: event("0xab7067b7826c0d631daaf07af9a6d35159f54d05b587989e1ac881370bb204f7", "DeviceDecommissioned(uint256,address,string)", {"tokenId": indexed(p.uint256), "holder": indexed(p.address), "reason": p.string}),
    DeviceMetadataSet: event("0x5a4c17cfed44e240a2f43cc718d8e9a37ceb6fc95eb52000abc71c4a1861de75", "DeviceMetadataSet(uint256,string,bytes32)", {"tokenId": indexed(p.uint256), "metadataUri": p.string, "metadataHash": p.bytes32}),
    DeviceMinted: event("0x3b97def8fb74edc9a8c4347f4cdd91821072b59b672a00e437c076e1b20a9a89", "DeviceMinted(uint256,uint256,address,string,string,uint32,uint32,string,bytes32)", {"tokenId": indexed(p.uint256), "modelId": indexed(p.uint256), "manufacturer": indexed(p.address), "serial": p.string, "lot": p.string, "manufacturedOn": p.uint32, "expiresOn": p.uint32, "metadataUri": p.string, "metadataHash": p.bytes32}),
    DeviceReturned: event("0x9d550f4f705735a3767e92d7a9a8bfb3d0c753c3dc1167125412455ea68fce69", "DeviceReturned(uint256,address,address,string)", {"tokenId": indexed(p.uint256), "from": indexed(p.address), "manufacturer": indexed(p.address), "reason": p.string}),
    DeviceSold: event("0x416152a4199ba8945f5f45768adddb7200bd26c2870e3c722e9ee9f4b74ba46a", "DeviceSold(uint256,address,address,uint256,uint256)", {"tokenId": indexed(p.uint256), "seller": indexed(p.address), "buyer": indexed(p.address), "price": p.uint256, "fee": p.uint256}),
    FeeUpdated: event("0xc8fcf8ee1425e7e60b8af83735e1eb516d5b9ef05bfd6eece552ebaeb7c75b48", "FeeUpdated(uint16)", {"feeBasisPoints": p.uint16}),
    HandoffCancelled: event("0x3665fb6a47a8954273dd243dc9b6bd0990ec5f17ccf2bde0fb224e83ba5ba8a0", "HandoffCancelled(uint256,address,address,address)", {"tokenId": indexed(p.uint256), "from": indexed(p.address), "to": indexed(p.address), "by": p.address}),
    HandoffConfirmed: event("0xb537243f7410ba727d4a51070e8cd89f779b439643a21a53dbb89f9600196cc2", "HandoffConfirmed(uint256,address,address)", {"tokenId": indexed(p.uint256), "from": indexed(p.address), "to": indexed(p.address)}),
    HandoffStarted: event("0x6dd3e786c6d114e81d5165fc164ea86b0f6064cd27aae6b8064880799ee4eab0", "HandoffStarted(uint256,address,address)", {"tokenId": indexed(p.uint256), "from": indexed(p.address), "to": indexed(p.address)}),
    Locked: event("0x032bc66be43dbccb7487781d168eb7bda224628a3b2c3388bdf69b532a3a1611", "Locked(uint256)", {"tokenId": p.uint256}),
    MetadataUpdate: event("0xf8e1a15aba9398e019f0b49df1a4fde98ee17ae345cb5f6b5e2c27f5033e8ce7", "MetadataUpdate(uint256)", {"_tokenId": p.uint256}),
    ModelApprovalRevoked: event("0x96b5da36a2c208dee01b34495b953b9afd6701ebe27bd34c64d2e916e9ac14d3", "ModelApprovalRevoked(uint256,address,string)", {"modelId": indexed(p.uint256), "regulator": indexed(p.address), "reason": p.string}),
    ModelApproved: event("0x6a0827631c98a2982f5b82d3573529ad31575ba81e4d482f48ef42f9643ea5b2", "ModelApproved(uint256,address)", {"modelId": indexed(p.uint256), "regulator": indexed(p.address)}),
    ModelRejected: event("0x2efea1a600bb60ebdd667e8e37a8eeb7297971799b41992124183381ad4293b6", "ModelRejected(uint256,address,string)", {"modelId": indexed(p.uint256), "regulator": indexed(p.address), "reason": p.string}),
    ModelSubmitted: event("0xa8863360f7d7a903fe81d8578ba46dad701ddbbfb8f8426ae67efe5ef7de0514", "ModelSubmitted(uint256,address,string,string,string,bytes32)", {"modelId": indexed(p.uint256), "manufacturer": indexed(p.address), "udiDi": p.string, "name": p.string, "metadataUri": p.string, "metadataHash": p.bytes32}),
    PartyRemoved: event("0xf14dffbaeab131560f8fe224a0d2dcabfe6c39356672da98264ce472aaf9317c", "PartyRemoved(address)", {"party": indexed(p.address)}),
    PartyUpdated: event("0xa65a80bd6d076bc3ea28d1a540f2b2e17644d93c48f6b5944b0f1bf91dd1d444", "PartyUpdated(address,uint8,string,string)", {"party": indexed(p.address), "kind": p.uint8, "name": p.string, "gln": p.string}),
    RecallClosed: event("0xb4765b9bd856748c53bf9151dea6ec028774ecb4cb29b7d80eeaa95574db1d44", "RecallClosed(uint256,address)", {"recallId": indexed(p.uint256), "by": indexed(p.address)}),
    RecallIssued: event("0x4d77fa47108b1067097af5f678d3ede8731f85a68cc2d93a8562fee462486f31", "RecallIssued(uint256,uint256,address,uint8,string,string,bytes32)", {"recallId": indexed(p.uint256), "modelId": indexed(p.uint256), "issuer": indexed(p.address), "class": p.uint8, "reason": p.string, "noticeUri": p.string, "noticeHash": p.bytes32}),
    RecallScopeAdded: event("0x16a829fd3076c989600d75846d0409806b781a40f17665a8ff8f1bf851329cbf", "RecallScopeAdded(uint256,bool,string[],string[])", {"recallId": indexed(p.uint256), "wholeModel": p.bool, "lots": p.array(p.string), "serials": p.array(p.string)}),
    RecallUnitResolved: event("0xafc6fd72037592fe51029edeaafe4694a276b045a4bbbee955f07d56ad37fe79", "RecallUnitResolved(uint256,uint256,address,uint8,string)", {"recallId": indexed(p.uint256), "tokenId": indexed(p.uint256), "by": indexed(p.address), "resolution": p.uint8, "note": p.string}),
    RoleAdminChanged: event("0xbd79b86ffe0ab8e8776151514217cd7cacd52c909f66475c3af44e129f0b00ff", "RoleAdminChanged(bytes32,bytes32,bytes32)", {"role": indexed(p.bytes32), "previousAdminRole": indexed(p.bytes32), "newAdminRole": indexed(p.bytes32)}),
    RoleGranted: event("0x2f8788117e7eff1d82e926ec794901d17c78024a50270940304540a733656f0d", "RoleGranted(bytes32,address,address)", {"role": indexed(p.bytes32), "account": indexed(p.address), "sender": indexed(p.address)}),
    RoleRevoked: event("0xf6391f5c32d9c69d2a47ea670b442974b53935d1edc7fd64eb21e047a839171b", "RoleRevoked(bytes32,address,address)", {"role": indexed(p.bytes32), "account": indexed(p.address), "sender": indexed(p.address)}),
    SaleDelisted: event("0x428820a22b76aa43ead38379d374f7cc9aeb3c5596b02e49aec4ffd57dc5d680", "SaleDelisted(uint256,address)", {"tokenId": indexed(p.uint256), "seller": indexed(p.address)}),
    SaleListed: event("0x79351ae1825c03ce33505be76226462fe51448612950b73118e7a8cdcace2fc2", "SaleListed(uint256,address,uint256)", {"tokenId": indexed(p.uint256), "seller": indexed(p.address), "price": p.uint256}),
    Transfer: event("0xddf252ad1be2c89b69c2b068fc378daa952ba7f163c4a11628f55a4df523b3ef", "Transfer(address,address,uint256)", {"from": indexed(p.address), "to": indexed(p.address), "tokenId": indexed(p.uint256)}),
    TreasuryUpdated: event("0x7dae230f18360d76a040c81f050aa14eb9d6dc7901b20fc5d855e2a20fe814d1", "TreasuryUpdated(address)", {"treasury": indexed(p.address)}),
    Unlocked: event("0xf27b6ce5b2f5e68ddb2fd95a8a909d4ecf1daaac270935fff052feacb24f1842", "Unlocked(uint256)", {"tokenId": p.uint256}),
}

export const functions = {
    BASIS_POINTS: viewFun("0xe1f1c4a7", "BASIS_POINTS()", {}, p.uint256),
    DEFAULT_ADMIN_ROLE: viewFun("0xa217fddf", "DEFAULT_ADMIN_ROLE()", {}, p.bytes32),
    MANUFACTURER_ROLE: viewFun("0x965288b0", "MANUFACTURER_ROLE()", {}, p.bytes32),
    MAX_BATCH: viewFun("0x950bff9f", "MAX_BATCH()", {}, p.uint256),
    MAX_FEE_BASIS_POINTS: viewFun("0x4befe2ca", "MAX_FEE_BASIS_POINTS()", {}, p.uint16),
    MAX_SCOPE_ITEMS_PER_CALL: viewFun("0xdb609838", "MAX_SCOPE_ITEMS_PER_CALL()", {}, p.uint256),
    MAX_SCOPE_ITEMS_PER_RECALL: viewFun("0x979f99f3", "MAX_SCOPE_ITEMS_PER_RECALL()", {}, p.uint256),
    REGULATOR_ROLE: viewFun("0x144bf589", "REGULATOR_ROLE()", {}, p.bytes32),
    addRecallScope: fun("0xc06ea6fc", "addRecallScope(uint256,(bool,string[],string[]))", {"recallId": p.uint256, "scope": p.struct({"wholeModel": p.bool, "lots": p.array(p.string), "serials": p.array(p.string)})}, ),
    approve: fun("0x095ea7b3", "approve(address,uint256)", {"to": p.address, "tokenId": p.uint256}, ),
    approveModel: fun("0x8564aca4", "approveModel(uint256)", {"modelId": p.uint256}, ),
    approvedModelOf: viewFun("0x9cef3f9f", "approvedModelOf(string)", {"udiDi": p.string}, p.uint256),
    balanceOf: viewFun("0x70a08231", "balanceOf(address)", {"owner": p.address}, p.uint256),
    buy: fun("0xd96a094a", "buy(uint256)", {"tokenId": p.uint256}, ),
    cancelHandoff: fun("0xc8573566", "cancelHandoff(uint256)", {"tokenId": p.uint256}, ),
    closeRecall: fun("0x7bde897d", "closeRecall(uint256)", {"recallId": p.uint256}, ),
    confirmHandoff: fun("0x62345487", "confirmHandoff(uint256)", {"tokenId": p.uint256}, ),
    decommission: fun("0xba9670cd", "decommission(uint256,string)", {"tokenId": p.uint256, "reason": p.string}, ),
    delist: fun("0x964bc33f", "delist(uint256)", {"tokenId": p.uint256}, ),
    feeBasisPoints: viewFun("0xb8606eef", "feeBasisPoints()", {}, p.uint16),
    feeFor: viewFun("0xad6f49a3", "feeFor(uint256)", {"price": p.uint256}, p.uint256),
    getApproved: viewFun("0x081812fc", "getApproved(uint256)", {"tokenId": p.uint256}, p.address),
    getRoleAdmin: viewFun("0x248a9ca3", "getRoleAdmin(bytes32)", {"role": p.bytes32}, p.bytes32),
    grantRole: fun("0x2f2ff15d", "grantRole(bytes32,address)", {"role": p.bytes32, "account": p.address}, ),
    handoffOf: viewFun("0x4cdefb2d", "handoffOf(uint256)", {"tokenId": p.uint256}, p.address),
    hasRole: viewFun("0x91d14854", "hasRole(bytes32,address)", {"role": p.bytes32, "account": p.address}, p.bool),
    inScope: viewFun("0xbbbabad6", "inScope(uint256,uint256)", {"recallId": p.uint256, "tokenId": p.uint256}, p.bool),
    isApprovedForAll: viewFun("0xe985e9c5", "isApprovedForAll(address,address)", {"owner": p.address, "operator": p.address}, p.bool),
    isRecalled: viewFun("0x3ea4a730", "isRecalled(uint256)", {"tokenId": p.uint256}, p.bool),
    issueRecall: fun("0x236f40b9", "issueRecall(uint256,uint8,(bool,string[],string[]),string,string,bytes32)", {"modelId": p.uint256, "class": p.uint8, "scope": p.struct({"wholeModel": p.bool, "lots": p.array(p.string), "serials": p.array(p.string)}), "reason": p.string, "noticeUri": p.string, "noticeHash": p.bytes32}, p.uint256),
    list: fun("0x50fd7367", "list(uint256,uint256)", {"tokenId": p.uint256, "price": p.uint256}, ),
    lock: fun("0xdd467064", "lock(uint256)", {"tokenId": p.uint256}, ),
    locked: viewFun("0xb45a3c0e", "locked(uint256)", {"tokenId": p.uint256}, p.bool),
    mint: fun("0x92e64dd9", "mint(address,uint256,(string,string,uint32,uint32,string,bytes32))", {"to": p.address, "modelId": p.uint256, "unit": p.struct({"serial": p.string, "lot": p.string, "manufacturedOn": p.uint32, "expiresOn": p.uint32, "metadataUri": p.string, "metadataHash": p.bytes32})}, p.uint256),
    mintBatch: fun("0x5c6b0f58", "mintBatch(address,uint256,(string,string,uint32,uint32,string,bytes32)[])", {"to": p.address, "modelId": p.uint256, "units": p.array(p.struct({"serial": p.string, "lot": p.string, "manufacturedOn": p.uint32, "expiresOn": p.uint32, "metadataUri": p.string, "metadataHash": p.bytes32}))}, p.uint256),
    modelCount: viewFun("0xc6a645fe", "modelCount()", {}, p.uint256),
    modelOf: viewFun("0x57759fc6", "modelOf(uint256)", {"modelId": p.uint256}, p.struct({"manufacturer": p.address, "status": p.uint8, "udiDi": p.string})),
    name: viewFun("0x06fdde03", "name()", {}, p.string),
    ownerOf: viewFun("0x6352211e", "ownerOf(uint256)", {"tokenId": p.uint256}, p.address),
    partyOf: viewFun("0x2cea2d3b", "partyOf(address)", {"account": p.address}, p.struct({"kind": p.uint8, "name": p.string, "gln": p.string})),
    recallCount: viewFun("0xd30a39b2", "recallCount()", {}, p.uint256),
    recallOf: viewFun("0x63024c99", "recallOf(uint256)", {"recallId": p.uint256}, {"recall": p.struct({"modelId": p.uint256, "issuer": p.address, "class": p.uint8, "closed": p.bool}), "scopeItems": p.uint256}),
    rejectModel: fun("0x95a3fe86", "rejectModel(uint256,string)", {"modelId": p.uint256, "reason": p.string}, ),
    removeParty: fun("0xc1a42243", "removeParty(address)", {"party": p.address}, ),
    renounceRole: fun("0x36568abe", "renounceRole(bytes32,address)", {"role": p.bytes32, "callerConfirmation": p.address}, ),
    resolveRecalledUnit: fun("0x4846b728", "resolveRecalledUnit(uint256,uint256,uint8,string)", {"recallId": p.uint256, "tokenId": p.uint256, "resolution": p.uint8, "note": p.string}, ),
    returnToManufacturer: fun("0x47531c82", "returnToManufacturer(uint256,string)", {"tokenId": p.uint256, "reason": p.string}, ),
    revokeModelApproval: fun("0x9bd459b5", "revokeModelApproval(uint256,string)", {"modelId": p.uint256, "reason": p.string}, ),
    revokeRole: fun("0xd547741f", "revokeRole(bytes32,address)", {"role": p.bytes32, "account": p.address}, ),
    'safeTransferFrom(address,address,uint256)': fun("0x42842e0e", "safeTransferFrom(address,address,uint256)", {"from": p.address, "to": p.address, "tokenId": p.uint256}, ),
    'safeTransferFrom(address,address,uint256,bytes)': fun("0xb88d4fde", "safeTransferFrom(address,address,uint256,bytes)", {"from": p.address, "to": p.address, "tokenId": p.uint256, "data": p.bytes}, ),
    saleOf: viewFun("0x550a778b", "saleOf(uint256)", {"tokenId": p.uint256}, {"seller": p.address, "price": p.uint256, "fee": p.uint256}),
    setApprovalForAll: fun("0xa22cb465", "setApprovalForAll(address,bool)", {"operator": p.address, "approved": p.bool}, ),
    setFee: fun("0x8e005553", "setFee(uint16)", {"basisPoints": p.uint16}, ),
    setMetadata: fun("0xd940705b", "setMetadata(uint256,string,bytes32)", {"tokenId": p.uint256, "metadataUri": p.string, "metadataHash": p.bytes32}, ),
    setParty: fun("0x1f43c6a8", "setParty(address,uint8,string,string)", {"party": p.address, "kind": p.uint8, "name": p.string, "gln": p.string}, ),
    setTreasury: fun("0xf0f44260", "setTreasury(address)", {"treasury_": p.address}, ),
    startHandoff: fun("0xb585267c", "startHandoff(uint256,address)", {"tokenId": p.uint256, "to": p.address}, ),
    submitModel: fun("0x754fa222", "submitModel(string,string,string,bytes32)", {"udiDi": p.string, "name": p.string, "metadataUri": p.string, "metadataHash": p.bytes32}, p.uint256),
    supportsInterface: viewFun("0x01ffc9a7", "supportsInterface(bytes4)", {"interfaceId": p.bytes4}, p.bool),
    symbol: viewFun("0x95d89b41", "symbol()", {}, p.string),
    tokenOf: viewFun("0x8324e91b", "tokenOf(uint256,string)", {"modelId": p.uint256, "serial": p.string}, p.uint256),
    tokenURI: viewFun("0xc87b56dd", "tokenURI(uint256)", {"tokenId": p.uint256}, p.string),
    transferFrom: fun("0x23b872dd", "transferFrom(address,address,uint256)", {"from": p.address, "to": p.address, "tokenId": p.uint256}, ),
    treasury: viewFun("0x61d027b3", "treasury()", {}, p.address),
    unitCount: viewFun("0xf584fbf6", "unitCount()", {}, p.uint256),
    unitOf: viewFun("0x06fead0f", "unitOf(uint256)", {"tokenId": p.uint256}, p.struct({"modelId": p.uint256, "lotHash": p.bytes32, "serialHash": p.bytes32, "metadataUri": p.string})),
    unlock: fun("0x6198e339", "unlock(uint256)", {"tokenId": p.uint256}, ),
}

export class Contract extends ContractBase {

    BASIS_POINTS() {
        return this.eth_call(functions.BASIS_POINTS, {})
    }

    DEFAULT_ADMIN_ROLE() {
        return this.eth_call(functions.DEFAULT_ADMIN_ROLE, {})
    }

    MANUFACTURER_ROLE() {
        return this.eth_call(functions.MANUFACTURER_ROLE, {})
    }

    MAX_BATCH() {
        return this.eth_call(functions.MAX_BATCH, {})
    }

    MAX_FEE_BASIS_POINTS() {
        return this.eth_call(functions.MAX_FEE_BASIS_POINTS, {})
    }

    MAX_SCOPE_ITEMS_PER_CALL() {
        return this.eth_call(functions.MAX_SCOPE_ITEMS_PER_CALL, {})
    }

    MAX_SCOPE_ITEMS_PER_RECALL() {
        return this.eth_call(functions.MAX_SCOPE_ITEMS_PER_RECALL, {})
    }

    REGULATOR_ROLE() {
        return this.eth_call(functions.REGULATOR_ROLE, {})
    }

    approvedModelOf(udiDi: ApprovedModelOfParams["udiDi"]) {
        return this.eth_call(functions.approvedModelOf, {udiDi})
    }

    balanceOf(owner: BalanceOfParams["owner"]) {
        return this.eth_call(functions.balanceOf, {owner})
    }

    feeBasisPoints() {
        return this.eth_call(functions.feeBasisPoints, {})
    }

    feeFor(price: FeeForParams["price"]) {
        return this.eth_call(functions.feeFor, {price})
    }

    getApproved(tokenId: GetApprovedParams["tokenId"]) {
        return this.eth_call(functions.getApproved, {tokenId})
    }

    getRoleAdmin(role: GetRoleAdminParams["role"]) {
        return this.eth_call(functions.getRoleAdmin, {role})
    }

    handoffOf(tokenId: HandoffOfParams["tokenId"]) {
        return this.eth_call(functions.handoffOf, {tokenId})
    }

    hasRole(role: HasRoleParams["role"], account: HasRoleParams["account"]) {
        return this.eth_call(functions.hasRole, {role, account})
    }

    inScope(recallId: InScopeParams["recallId"], tokenId: InScopeParams["tokenId"]) {
        return this.eth_call(functions.inScope, {recallId, tokenId})
    }

    isApprovedForAll(owner: IsApprovedForAllParams["owner"], operator: IsApprovedForAllParams["operator"]) {
        return this.eth_call(functions.isApprovedForAll, {owner, operator})
    }

    isRecalled(tokenId: IsRecalledParams["tokenId"]) {
        return this.eth_call(functions.isRecalled, {tokenId})
    }

    locked(tokenId: LockedParams["tokenId"]) {
        return this.eth_call(functions.locked, {tokenId})
    }

    modelCount() {
        return this.eth_call(functions.modelCount, {})
    }

    modelOf(modelId: ModelOfParams["modelId"]) {
        return this.eth_call(functions.modelOf, {modelId})
    }

    name() {
        return this.eth_call(functions.name, {})
    }

    ownerOf(tokenId: OwnerOfParams["tokenId"]) {
        return this.eth_call(functions.ownerOf, {tokenId})
    }

    partyOf(account: PartyOfParams["account"]) {
        return this.eth_call(functions.partyOf, {account})
    }

    recallCount() {
        return this.eth_call(functions.recallCount, {})
    }

    recallOf(recallId: RecallOfParams["recallId"]) {
        return this.eth_call(functions.recallOf, {recallId})
    }

    saleOf(tokenId: SaleOfParams["tokenId"]) {
        return this.eth_call(functions.saleOf, {tokenId})
    }

    supportsInterface(interfaceId: SupportsInterfaceParams["interfaceId"]) {
        return this.eth_call(functions.supportsInterface, {interfaceId})
    }

    symbol() {
        return this.eth_call(functions.symbol, {})
    }

    tokenOf(modelId: TokenOfParams["modelId"], serial: TokenOfParams["serial"]) {
        return this.eth_call(functions.tokenOf, {modelId, serial})
    }

    tokenURI(tokenId: TokenURIParams["tokenId"]) {
        return this.eth_call(functions.tokenURI, {tokenId})
    }

    treasury() {
        return this.eth_call(functions.treasury, {})
    }

    unitCount() {
        return this.eth_call(functions.unitCount, {})
    }

    unitOf(tokenId: UnitOfParams["tokenId"]) {
        return this.eth_call(functions.unitOf, {tokenId})
    }
}

/// Event types
export type ApprovalEventArgs = EParams<typeof events.Approval>
export type ApprovalForAllEventArgs = EParams<typeof events.ApprovalForAll>
export type BatchMetadataUpdateEventArgs = EParams<typeof events.BatchMetadataUpdate>
export type DeviceDecommissionedEventArgs = EParams<typeof events.DeviceDecommissioned>
export type DeviceMetadataSetEventArgs = EParams<typeof events.DeviceMetadataSet>
export type DeviceMintedEventArgs = EParams<typeof events.DeviceMinted>
export type DeviceReturnedEventArgs = EParams<typeof events.DeviceReturned>
export type DeviceSoldEventArgs = EParams<typeof events.DeviceSold>
export type FeeUpdatedEventArgs = EParams<typeof events.FeeUpdated>
export type HandoffCancelledEventArgs = EParams<typeof events.HandoffCancelled>
export type HandoffConfirmedEventArgs = EParams<typeof events.HandoffConfirmed>
export type HandoffStartedEventArgs = EParams<typeof events.HandoffStarted>
export type LockedEventArgs = EParams<typeof events.Locked>
export type MetadataUpdateEventArgs = EParams<typeof events.MetadataUpdate>
export type ModelApprovalRevokedEventArgs = EParams<typeof events.ModelApprovalRevoked>
export type ModelApprovedEventArgs = EParams<typeof events.ModelApproved>
export type ModelRejectedEventArgs = EParams<typeof events.ModelRejected>
export type ModelSubmittedEventArgs = EParams<typeof events.ModelSubmitted>
export type PartyRemovedEventArgs = EParams<typeof events.PartyRemoved>
export type PartyUpdatedEventArgs = EParams<typeof events.PartyUpdated>
export type RecallClosedEventArgs = EParams<typeof events.RecallClosed>
export type RecallIssuedEventArgs = EParams<typeof events.RecallIssued>
export type RecallScopeAddedEventArgs = EParams<typeof events.RecallScopeAdded>
export type RecallUnitResolvedEventArgs = EParams<typeof events.RecallUnitResolved>
export type RoleAdminChangedEventArgs = EParams<typeof events.RoleAdminChanged>
export type RoleGrantedEventArgs = EParams<typeof events.RoleGranted>
export type RoleRevokedEventArgs = EParams<typeof events.RoleRevoked>
export type SaleDelistedEventArgs = EParams<typeof events.SaleDelisted>
export type SaleListedEventArgs = EParams<typeof events.SaleListed>
export type TransferEventArgs = EParams<typeof events.Transfer>
export type TreasuryUpdatedEventArgs = EParams<typeof events.TreasuryUpdated>
export type UnlockedEventArgs = EParams<typeof events.Unlocked>

/// Function types
export type BASIS_POINTSParams = FunctionArguments<typeof functions.BASIS_POINTS>
export type BASIS_POINTSReturn = FunctionReturn<typeof functions.BASIS_POINTS>

export type DEFAULT_ADMIN_ROLEParams = FunctionArguments<typeof functions.DEFAULT_ADMIN_ROLE>
export type DEFAULT_ADMIN_ROLEReturn = FunctionReturn<typeof functions.DEFAULT_ADMIN_ROLE>

export type MANUFACTURER_ROLEParams = FunctionArguments<typeof functions.MANUFACTURER_ROLE>
export type MANUFACTURER_ROLEReturn = FunctionReturn<typeof functions.MANUFACTURER_ROLE>

export type MAX_BATCHParams = FunctionArguments<typeof functions.MAX_BATCH>
export type MAX_BATCHReturn = FunctionReturn<typeof functions.MAX_BATCH>

export type MAX_FEE_BASIS_POINTSParams = FunctionArguments<typeof functions.MAX_FEE_BASIS_POINTS>
export type MAX_FEE_BASIS_POINTSReturn = FunctionReturn<typeof functions.MAX_FEE_BASIS_POINTS>

export type MAX_SCOPE_ITEMS_PER_CALLParams = FunctionArguments<typeof functions.MAX_SCOPE_ITEMS_PER_CALL>
export type MAX_SCOPE_ITEMS_PER_CALLReturn = FunctionReturn<typeof functions.MAX_SCOPE_ITEMS_PER_CALL>

export type MAX_SCOPE_ITEMS_PER_RECALLParams = FunctionArguments<typeof functions.MAX_SCOPE_ITEMS_PER_RECALL>
export type MAX_SCOPE_ITEMS_PER_RECALLReturn = FunctionReturn<typeof functions.MAX_SCOPE_ITEMS_PER_RECALL>

export type REGULATOR_ROLEParams = FunctionArguments<typeof functions.REGULATOR_ROLE>
export type REGULATOR_ROLEReturn = FunctionReturn<typeof functions.REGULATOR_ROLE>

export type AddRecallScopeParams = FunctionArguments<typeof functions.addRecallScope>
export type AddRecallScopeReturn = FunctionReturn<typeof functions.addRecallScope>

export type ApproveParams = FunctionArguments<typeof functions.approve>
export type ApproveReturn = FunctionReturn<typeof functions.approve>

export type ApproveModelParams = FunctionArguments<typeof functions.approveModel>
export type ApproveModelReturn = FunctionReturn<typeof functions.approveModel>

export type ApprovedModelOfParams = FunctionArguments<typeof functions.approvedModelOf>
export type ApprovedModelOfReturn = FunctionReturn<typeof functions.approvedModelOf>

export type BalanceOfParams = FunctionArguments<typeof functions.balanceOf>
export type BalanceOfReturn = FunctionReturn<typeof functions.balanceOf>

export type BuyParams = FunctionArguments<typeof functions.buy>
export type BuyReturn = FunctionReturn<typeof functions.buy>

export type CancelHandoffParams = FunctionArguments<typeof functions.cancelHandoff>
export type CancelHandoffReturn = FunctionReturn<typeof functions.cancelHandoff>

export type CloseRecallParams = FunctionArguments<typeof functions.closeRecall>
export type CloseRecallReturn = FunctionReturn<typeof functions.closeRecall>

export type ConfirmHandoffParams = FunctionArguments<typeof functions.confirmHandoff>
export type ConfirmHandoffReturn = FunctionReturn<typeof functions.confirmHandoff>

export type DecommissionParams = FunctionArguments<typeof functions.decommission>
export type DecommissionReturn = FunctionReturn<typeof functions.decommission>

export type DelistParams = FunctionArguments<typeof functions.delist>
export type DelistReturn = FunctionReturn<typeof functions.delist>

export type FeeBasisPointsParams = FunctionArguments<typeof functions.feeBasisPoints>
export type FeeBasisPointsReturn = FunctionReturn<typeof functions.feeBasisPoints>

export type FeeForParams = FunctionArguments<typeof functions.feeFor>
export type FeeForReturn = FunctionReturn<typeof functions.feeFor>

export type GetApprovedParams = FunctionArguments<typeof functions.getApproved>
export type GetApprovedReturn = FunctionReturn<typeof functions.getApproved>

export type GetRoleAdminParams = FunctionArguments<typeof functions.getRoleAdmin>
export type GetRoleAdminReturn = FunctionReturn<typeof functions.getRoleAdmin>

export type GrantRoleParams = FunctionArguments<typeof functions.grantRole>
export type GrantRoleReturn = FunctionReturn<typeof functions.grantRole>

export type HandoffOfParams = FunctionArguments<typeof functions.handoffOf>
export type HandoffOfReturn = FunctionReturn<typeof functions.handoffOf>

export type HasRoleParams = FunctionArguments<typeof functions.hasRole>
export type HasRoleReturn = FunctionReturn<typeof functions.hasRole>

export type InScopeParams = FunctionArguments<typeof functions.inScope>
export type InScopeReturn = FunctionReturn<typeof functions.inScope>

export type IsApprovedForAllParams = FunctionArguments<typeof functions.isApprovedForAll>
export type IsApprovedForAllReturn = FunctionReturn<typeof functions.isApprovedForAll>

export type IsRecalledParams = FunctionArguments<typeof functions.isRecalled>
export type IsRecalledReturn = FunctionReturn<typeof functions.isRecalled>

export type IssueRecallParams = FunctionArguments<typeof functions.issueRecall>
export type IssueRecallReturn = FunctionReturn<typeof functions.issueRecall>

export type ListParams = FunctionArguments<typeof functions.list>
export type ListReturn = FunctionReturn<typeof functions.list>

export type LockParams = FunctionArguments<typeof functions.lock>
export type LockReturn = FunctionReturn<typeof functions.lock>

export type LockedParams = FunctionArguments<typeof functions.locked>
export type LockedReturn = FunctionReturn<typeof functions.locked>

export type MintParams = FunctionArguments<typeof functions.mint>
export type MintReturn = FunctionReturn<typeof functions.mint>

export type MintBatchParams = FunctionArguments<typeof functions.mintBatch>
export type MintBatchReturn = FunctionReturn<typeof functions.mintBatch>

export type ModelCountParams = FunctionArguments<typeof functions.modelCount>
export type ModelCountReturn = FunctionReturn<typeof functions.modelCount>

export type ModelOfParams = FunctionArguments<typeof functions.modelOf>
export type ModelOfReturn = FunctionReturn<typeof functions.modelOf>

export type NameParams = FunctionArguments<typeof functions.name>
export type NameReturn = FunctionReturn<typeof functions.name>

export type OwnerOfParams = FunctionArguments<typeof functions.ownerOf>
export type OwnerOfReturn = FunctionReturn<typeof functions.ownerOf>

export type PartyOfParams = FunctionArguments<typeof functions.partyOf>
export type PartyOfReturn = FunctionReturn<typeof functions.partyOf>

export type RecallCountParams = FunctionArguments<typeof functions.recallCount>
export type RecallCountReturn = FunctionReturn<typeof functions.recallCount>

export type RecallOfParams = FunctionArguments<typeof functions.recallOf>
export type RecallOfReturn = FunctionReturn<typeof functions.recallOf>

export type RejectModelParams = FunctionArguments<typeof functions.rejectModel>
export type RejectModelReturn = FunctionReturn<typeof functions.rejectModel>

export type RemovePartyParams = FunctionArguments<typeof functions.removeParty>
export type RemovePartyReturn = FunctionReturn<typeof functions.removeParty>

export type RenounceRoleParams = FunctionArguments<typeof functions.renounceRole>
export type RenounceRoleReturn = FunctionReturn<typeof functions.renounceRole>

export type ResolveRecalledUnitParams = FunctionArguments<typeof functions.resolveRecalledUnit>
export type ResolveRecalledUnitReturn = FunctionReturn<typeof functions.resolveRecalledUnit>

export type ReturnToManufacturerParams = FunctionArguments<typeof functions.returnToManufacturer>
export type ReturnToManufacturerReturn = FunctionReturn<typeof functions.returnToManufacturer>

export type RevokeModelApprovalParams = FunctionArguments<typeof functions.revokeModelApproval>
export type RevokeModelApprovalReturn = FunctionReturn<typeof functions.revokeModelApproval>

export type RevokeRoleParams = FunctionArguments<typeof functions.revokeRole>
export type RevokeRoleReturn = FunctionReturn<typeof functions.revokeRole>

export type SafeTransferFromParams_0 = FunctionArguments<typeof functions['safeTransferFrom(address,address,uint256)']>
export type SafeTransferFromReturn_0 = FunctionReturn<typeof functions['safeTransferFrom(address,address,uint256)']>

export type SafeTransferFromParams_1 = FunctionArguments<typeof functions['safeTransferFrom(address,address,uint256,bytes)']>
export type SafeTransferFromReturn_1 = FunctionReturn<typeof functions['safeTransferFrom(address,address,uint256,bytes)']>

export type SaleOfParams = FunctionArguments<typeof functions.saleOf>
export type SaleOfReturn = FunctionReturn<typeof functions.saleOf>

export type SetApprovalForAllParams = FunctionArguments<typeof functions.setApprovalForAll>
export type SetApprovalForAllReturn = FunctionReturn<typeof functions.setApprovalForAll>

export type SetFeeParams = FunctionArguments<typeof functions.setFee>
export type SetFeeReturn = FunctionReturn<typeof functions.setFee>

export type SetMetadataParams = FunctionArguments<typeof functions.setMetadata>
export type SetMetadataReturn = FunctionReturn<typeof functions.setMetadata>

export type SetPartyParams = FunctionArguments<typeof functions.setParty>
export type SetPartyReturn = FunctionReturn<typeof functions.setParty>

export type SetTreasuryParams = FunctionArguments<typeof functions.setTreasury>
export type SetTreasuryReturn = FunctionReturn<typeof functions.setTreasury>

export type StartHandoffParams = FunctionArguments<typeof functions.startHandoff>
export type StartHandoffReturn = FunctionReturn<typeof functions.startHandoff>

export type SubmitModelParams = FunctionArguments<typeof functions.submitModel>
export type SubmitModelReturn = FunctionReturn<typeof functions.submitModel>

export type SupportsInterfaceParams = FunctionArguments<typeof functions.supportsInterface>
export type SupportsInterfaceReturn = FunctionReturn<typeof functions.supportsInterface>

export type SymbolParams = FunctionArguments<typeof functions.symbol>
export type SymbolReturn = FunctionReturn<typeof functions.symbol>

export type TokenOfParams = FunctionArguments<typeof functions.tokenOf>
export type TokenOfReturn = FunctionReturn<typeof functions.tokenOf>

export type TokenURIParams = FunctionArguments<typeof functions.tokenURI>
export type TokenURIReturn = FunctionReturn<typeof functions.tokenURI>

export type TransferFromParams = FunctionArguments<typeof functions.transferFrom>
export type TransferFromReturn = FunctionReturn<typeof functions.transferFrom>

export type TreasuryParams = FunctionArguments<typeof functions.treasury>
export type TreasuryReturn = FunctionReturn<typeof functions.treasury>

export type UnitCountParams = FunctionArguments<typeof functions.unitCount>
export type UnitCountReturn = FunctionReturn<typeof functions.unitCount>

export type UnitOfParams = FunctionArguments<typeof functions.unitOf>
export type UnitOfReturn = FunctionReturn<typeof functions.unitOf>

export type UnlockParams = FunctionArguments<typeof functions.unlock>
export type UnlockReturn = FunctionReturn<typeof functions.unlock>

